//! `lockstep triage`, and what is behind it on engines that are wrong on purpose.
//!
//! The judging process is this same test binary, which is started again with the name of an ignored test, in which it serves.

use std::fs::{self, File};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use lockstep::corpus::Regression;
use lockstep::diagnose::reduce::Until;
use lockstep::engine::WorkerCommand;
use lockstep::fuzz::{BenchProcess, Input, Target, raw, serve_judge};
use lockstep::generate::bytes_of_seed;
use lockstep::oracle::Verdict;
use lockstep::report::triage::{Style, json, text};
use lockstep::triage::{Artifact, Found, kept, sort};

use crate::command::{lockstep, stderr, stdout};

/// The variable that makes this binary a worker.
const SERVES: &str = "LOCKSTEP_TEST_SERVES";

/// Finds fault with programs that have a loop, dies of those that have none but a function.
fn judge(target: Target, input: &Input) -> Verdict {
    let Some(program) = input.as_program() else { return Verdict::Holds };
    let source = String::from_utf8_lossy(&program.chunk);
    // Bytes that are no source text any more become a generated program.
    if source.contains("show") {
        return Verdict::Holds;
    }
    if source.contains("while") {
        return Verdict::broken(target.name(), "no loops", "a loop", "somewhere");
    }
    if source.contains("repeat") {
        std::process::abort();
    }
    Verdict::Holds
}

#[test]
#[ignore = "a process that other tests start"]
fn worker() {
    if std::env::var_os(SERVES).is_some() {
        let output = File::options().write(true).open("/proc/self/fd/3").expect("the shell has kept it");
        rustix::stdio::dup2_stdout(&output).expect("it can be put back");
        serve_judge(|| |target, input: &Input, _| judge(target, input)).expect("served");
    }
}

fn process() -> BenchProcess {
    let script = format!("exec 3>&1 >/dev/null; {SERVES}=1 exec \"$0\" --exact triage::worker --ignored --nocapture");
    let this = std::env::current_exe().expect("it has a path");
    let arguments = vec!["-c".into(), script.into(), this.into()];
    BenchProcess::new(WorkerCommand { program: "/bin/sh".into(), arguments }, Duration::from_secs(20))
}

fn artifact(name: &str, bytes: &[u8]) -> Artifact {
    Artifact { path: PathBuf::from("artifacts/parse").join(name), target: Target::Parse, bytes: bytes.to_vec() }
}

/// Source text is a case of this target as it is.
fn sources() -> Vec<Artifact> {
    let sources = [
        ("crash-1", "local x = 1\nwhile x < 3 do x = x + 1 print(x) end\nreturn x"),
        ("crash-2", "while true do break end"),
        ("crash-3", "repeat local y = {1, 2, 3} until y"),
        ("crash-4", "return 1"),
    ];
    sources.iter().map(|(name, source)| artifact(name, &[raw::SOURCE, source.as_bytes()].concat())).collect()
}

#[test]
fn artifacts_become_findings_each_once_and_small() {
    let artifacts = sources();
    let sorted = sort(&artifacts, &mut process(), |_| {}).expect("judged");
    assert_eq!(sorted.silent, [&artifacts[3]]);
    let fingerprints: Vec<&str> = sorted.groups.iter().map(|group| &*group.finding.fingerprint).collect();
    assert_eq!(fingerprints, ["parse: crash: signal _ (SIGABRT)", "parse: no loops"]);
    assert_eq!(sorted.groups[1].artifacts, [&artifacts[1], &artifacts[0]], "the smallest is the first");
    let folder = tempfile::tempdir().expect("a folder");
    let mut findings = Vec::new();
    for group in &sorted.groups {
        let is_known = group.finding.fingerprint.contains("SIGABRT");
        let until = Until::after(Duration::from_secs(60), Arc::default());
        let explain = |_, _: &Input| Some("fault: this test\n".to_owned());
        let mut found = Found::new(group, is_known, &process, NonZeroUsize::MIN, until, explain).expect("a finding");
        if !is_known {
            let path = kept(&found.specimen, None, folder.path()).expect("written");
            let again = Regression::read(&path).expect("read");
            assert!(again.file.bytes.ends_with(b"while"), "{}", String::from_utf8_lossy(&again.file.bytes));
            assert_eq!(kept(&found.specimen, None, folder.path()).expect("there already"), path);
            found.path = path.file_name().map(PathBuf::from);
        }
        findings.push(found);
    }
    insta::assert_snapshot!("triage", text(&sorted, &findings, Style::Text));
    insta::assert_snapshot!("triage-markdown", text(&sorted, &findings, Style::Markdown));
    insta::assert_snapshot!("triage-json", json(&sorted, &findings).expect("written"));
}

#[test]
fn artifacts_that_show_nothing_are_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("heap")).expect("made");
    fs::write(folder.path().join("heap/crash-1"), bytes_of_seed(1)).expect("written");
    fs::write(folder.path().join("heap/timeout-2"), []).expect("written");
    let output = lockstep(folder.path(), &["triage", "."]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stdout(&output), "2 artifacts: 0 new findings, 0 known, 2 artifacts show nothing any more\n");
    assert!(!folder.path().join("findings").exists());
}

#[test]
fn what_cannot_be_judged_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = lockstep(folder.path(), &["triage", "."]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("there is no artifact"), "{}", stderr(&output));
    fs::write(folder.path().join("crash-1"), []).expect("written");
    let output = lockstep(folder.path(), &["triage", "crash-1"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--target says which"), "{}", stderr(&output));
    let output = lockstep(folder.path(), &["triage", "--target", "nothing", "crash-1"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("there are parse, bytecode,"), "{}", stderr(&output));
}
