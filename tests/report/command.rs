//! `lockstep report …` as a user meets it: files, exit codes and what is printed.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use lockstep::report::conformance::{Report, write_file};
use serde_json::Value;
use tempfile::TempDir;

use super::{comparing::two_days, joining::split, sample};

/// A folder with these reports in it.
fn folder(reports: &[(&str, &Report)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, report) in reports {
        write_file(report, &folder.path().join(name)).expect("written");
    }
    folder
}

/// Runs `lockstep report` and gives its standard output and standard error, if it exits with this code.
fn lockstep(folder: &Path, arguments: &[&str], code: i32) -> (String, String) {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_lockstep"))
        .current_dir(folder)
        .arg("report")
        .args(arguments)
        .output()
        .expect("the binary that was just built starts");
    let texts = (String::from_utf8(stdout).expect("text"), String::from_utf8(stderr).expect("text"));
    assert_eq!(status.code(), Some(code), "{arguments:?}: {texts:?}");
    texts
}

#[test]
fn comparing_exits_with_1_on_a_regression() {
    let (old, new) = two_days();
    let folder = folder(&[("old.json", &old), ("new.json", &new)]);
    let (text, _) = lockstep(folder.path(), &["compare", "old.json", "new.json"], 1);
    assert!(text.contains("official/sort.lua/dump/ferrous: pass → crash: killed by signal 11 (SIGSEGV)"), "{text}");
    let (text, _) = lockstep(folder.path(), &["compare", "old.json", "old.json"], 0);
    assert!(text.starts_with("0 regressed"), "{text}");
    let (text, _) = lockstep(folder.path(), &["compare", "--format", "json", "old.json", "new.json"], 1);
    let document: Value = serde_json::from_str(&text).expect("one document");
    assert_eq!(document["format"], "lockstep-conformance-comparison");
    assert_eq!(document["version"], 1);
    assert_eq!(document["regressed"][0]["new"]["id"], "official/big.lua/source/reference");
}

#[test]
fn joining_writes_what_the_parts_were_split_from() {
    let whole = sample::report();
    let parts = split(&whole, 2, |number| number % 2);
    let folder = folder(&[("1.json", &parts[0]), ("2.json", &parts[1]), ("whole.json", &whole)]);
    lockstep(folder.path(), &["merge", "2.json", "1.json", "-o", "joined.json", "-o", "joined.html"], 0);
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("there");
    assert_eq!(read("joined.json"), read("whole.json"));
    assert!(read("joined.html").starts_with("<!doctype html>"));
}

#[test]
fn joining_writes_nothing_unless_all_is_there() {
    let parts = split(&sample::report(), 2, |number| number % 2);
    let folder = folder(&[("1.json", &parts[0]), ("2.json", &parts[1])]);
    let (_, message) = lockstep(folder.path(), &["merge", "1.json", "-o", "joined.json"], 2);
    assert!(message.starts_with("lockstep: missing: part 2 of 2; "), "{message}");
    let (_, message) = lockstep(folder.path(), &["merge", "1.json", "1.json", "-o", "joined.json"], 2);
    assert_eq!(message, "lockstep: 1.json and 1.json are both part 1\n");
    assert!(!folder.path().join("joined.json").exists());
}

#[test]
fn rendering_writes_files_and_to_standard_output() {
    let folder = folder(&[("report.json", &sample::report())]);
    let (text, _) = lockstep(folder.path(), &["render", "report.json", "--format", "md", "--to", "x/a.xml"], 0);
    assert!(text.starts_with("## Lua 5.1 conformance"), "{text}");
    assert!(folder.path().join("x/a.xml").is_file());
    let (text, _) = lockstep(folder.path(), &["render", "report.json", "--format", "json"], 0);
    assert_eq!(text, fs::read_to_string(folder.path().join("report.json")).expect("there"));
}

#[test]
fn what_cannot_be_done_is_said_with_the_name_of_the_file() {
    let folder = folder(&[("report.json", &sample::report())]);
    fs::write(folder.path().join("other.json"), "{\"format\": \"lockstep-diff\", \"version\": 1}").expect("written");
    let (_, message) = lockstep(folder.path(), &["compare", "report.json", "other.json"], 2);
    assert!(
        message.starts_with("lockstep: other.json: not a conformance report: `format` is \"lockstep-diff\""),
        "{message}"
    );
    let (_, message) = lockstep(folder.path(), &["render", "missing.json", "--to", "a.md"], 2);
    assert!(message.starts_with("lockstep: missing.json: "), "{message}");
    let (_, message) = lockstep(folder.path(), &["render", "report.json", "--to", "a.md", "--to", "a.pdf"], 2);
    assert!(message.contains("a.pdf: the name says no format"), "{message}");
    assert!(!folder.path().join("a.md").exists(), "nothing is written if not everything can be");
    for usage in [&["render", "report.json"][..], &["merge", "-o", "x.json"], &["merge", "report.json"], &[]] {
        lockstep(folder.path(), usage, 2);
    }
}

#[test]
fn help_has_examples_and_exit_codes() {
    for command in [&["--help"][..], &["compare", "--help"], &["merge", "--help"], &["render", "--help"]] {
        let (text, _) = lockstep(Path::new("."), command, 0);
        assert!(text.contains("Exit codes:") && text.contains("Examples:\n  lockstep report "), "{text}");
    }
}
