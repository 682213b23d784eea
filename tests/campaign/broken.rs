//! Engines that are wrong on purpose: what kills or blocks a worker is found, and put down to whose fault it is.
//!
//! The workers are this same test binary, which is started again with the name of an ignored test, in which it serves.

use std::collections::BTreeMap;
use std::fs::File;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread;
use std::time::Duration;

use lockstep::campaign::coordinate::{self, Commands, Setting, Watch};
use lockstep::campaign::isolated::Isolated;
use lockstep::campaign::judge::Judge;
use lockstep::campaign::keep::{Folder, Found};
use lockstep::campaign::ledger::{FINDINGS, Ledger};
use lockstep::campaign::plan::Plan;
use lockstep::campaign::reduction::{Reduce, Reductions};
use lockstep::campaign::serve::serve;
use lockstep::diagnose::reduce::Until;
use lockstep::engine::ferrous::FerrousEngine;
use lockstep::engine::reference::ReferenceEngine;
use lockstep::engine::{CompileFailure, Engine, Limits, Program, Run, TraceEngine, WorkerCommand, WorkerEngine};
use lockstep::fuzz::{Bench, Case, Input, Target};
use lockstep::generate::{bytes_of_seed, case_seed};
use lockstep::oracle::Verdict;
use lockstep::oracle::trace::in_process;
use lockstep::report::campaign::{Configuration, Summary};

const SEED: u64 = 42;
/// The cases of the series that kill and block.
const DEADLY: u64 = 3;
const ENDLESS: u64 = 5;
const CASES: u64 = 12;
const TIMEOUT: Duration = Duration::from_secs(3);

/// The variables that tell a worker who is wrong, and which engine it is.
const WRONG: &str = "LOCKSTEP_TEST_WRONG";
const ENGINE: &str = "LOCKSTEP_TEST_ENGINE";

/// A command that starts this binary for the ignored test of this name. What the test's harness prints goes nowhere.
fn served_by(name: &str, wrong: &str, engine: &str) -> WorkerCommand {
    let script = format!(
        "exec 3>&1 >/dev/null; {WRONG}={wrong} {ENGINE}={engine} exec \"$0\" --exact broken::{name} --ignored --nocapture"
    );
    let this = std::env::current_exe().expect("it has a path");
    WorkerCommand { program: "/bin/sh".into(), arguments: vec!["-c".into(), script.into(), this.into()] }
}

/// Gives the standard output back to who is to serve; who is wrong, if this is a worker.
fn wrong() -> Option<String> {
    let wrong = std::env::var(WRONG).ok()?;
    let output = File::options().write(true).open("/proc/self/fd/3").expect("the shell has kept it");
    rustix::stdio::dup2_stdout(&output).expect("it can be put back");
    Some(wrong)
}

fn input(target: Target, index: u64) -> Input {
    Case::of_bytes(target, &bytes_of_seed(case_seed(SEED, index))).input
}

/// Dies of one case and does not end over another.
fn suffer(target: Target, found: &Input) {
    if *found == input(target, DEADLY) {
        std::process::abort();
    }
    while *found == input(target, ENDLESS) {
        thread::sleep(TIMEOUT);
    }
}

/// A bench with an engine in it that is wrong, which the process shares with the other one.
struct Suffering(Bench);

impl Judge for Suffering {
    fn judge(&mut self, target: Target, input: &Input) -> Verdict {
        suffer(target, input);
        self.0.check(target, input)
    }
}

#[test]
#[ignore = "a process that other tests start"]
fn shared_worker() {
    if wrong().is_some() {
        serve(|| Ok(Suffering(Bench::new()))).expect("served");
    }
}

#[test]
#[ignore = "a process that other tests start"]
fn isolated_worker() {
    let Some(wrong) = wrong() else { return };
    serve(move || {
        let engine = |name: &str| WorkerEngine::start(served_by("engine_worker", &wrong, name), TIMEOUT);
        let tracer = |name| -> Box<dyn TraceEngine> { Box::new(in_process(name).expect("it is there")) };
        let engines: (Box<dyn Engine>, Box<dyn Engine>) =
            (Box::new(engine("reference")?), Box::new(engine("ferrous")?));
        Ok(Isolated::with_engines(engines, (tracer("reference"), tracer("ferrous"))))
    })
    .expect("served");
}

/// An engine that is wrong if its name is that of who is.
struct Faulty {
    name: String,
    engine: Box<dyn Engine>,
    is_wrong: bool,
}

impl Engine for Faulty {
    fn name(&self) -> &str {
        &self.name
    }

    fn compile(&mut self, source: &[u8], name: &[u8]) -> Result<Vec<u8>, CompileFailure> {
        self.engine.compile(source, name)
    }

    fn run(&mut self, program: &Program, limits: &Limits) -> Run {
        if self.is_wrong {
            suffer(Target::Execute, &Input::Program(program.clone()));
        }
        self.engine.run(program, limits)
    }
}

#[test]
#[ignore = "a process that other tests start"]
fn engine_worker() {
    let Some(wrong) = wrong() else { return };
    let name = std::env::var(ENGINE).expect("it is said");
    lockstep::engine::serve(move || {
        let engine: Box<dyn Engine> = match name.as_str() {
            "reference" => Box::new(ReferenceEngine::new()),
            _ => Box::new(FerrousEngine::new()),
        };
        Box::new(Faulty { name: name.clone(), engine, is_wrong: name == wrong })
    })
    .expect("served");
}

/// Hears of findings.
#[derive(Default)]
struct Heard(Vec<String>);

impl Watch for Heard {
    fn progress(&mut self, _: &Summary, _: usize) {}

    fn found(&mut self, found: &Found, files: &[String]) {
        self.0.push(format!("{}: {}", found.index, files.len()));
    }
}

/// Makes every program empty.
struct Emptying;

impl Reduce for Emptying {
    fn reduce(&mut self, _: &Found, _: Until) -> std::io::Result<Input> {
        Ok(Input::program(b"--".to_vec(), "@empty.lua"))
    }
}

/// What a campaign finds whose shared workers suffer, and whose isolated ones are these; with what was heard of it.
fn campaign(target: Target, isolated: WorkerCommand) -> (Summary, Heard, Vec<String>) {
    let folder = tempfile::tempdir().expect("a folder");
    let configuration = Configuration {
        lockstep: "test".into(),
        seed: SEED,
        targets: vec![target.name().into()],
        shard: None,
        cases: Some(CASES),
        timeout: TIMEOUT.as_secs_f64(),
    };
    let plan = Plan::new(SEED, &[target], None, Some(CASES)).expect("there is such a plan");
    let interrupt = Arc::new(AtomicBool::new(false));
    let setting = Setting {
        commands: Commands { shared: served_by("shared_worker", "somebody", "both"), isolated },
        timeout: TIMEOUT,
        jobs: NonZeroUsize::MIN,
        time: None,
        interrupt: Arc::clone(&interrupt),
    };
    let (mut ledger, _) = Ledger::open(folder.path(), configuration).expect("a new ledger");
    let mut keeper = Folder::new(folder.path().join(FINDINGS));
    let mut reductions = Reductions::start(Box::new(Emptying), Duration::from_secs(20), interrupt);
    let mut heard = Heard::default();
    coordinate::run(&plan, &setting, &mut ledger, &mut keeper, &mut reductions, &mut heard).expect("carried out");
    let entries = std::fs::read_dir(folder.path().join(FINDINGS)).expect("a folder").flatten();
    let mut files: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    files.sort();
    (ledger.summary().clone(), heard, files)
}

fn silent(summary: &Summary) -> BTreeMap<String, u64> {
    summary.totals().says_nothing
}

fn found(summary: &Summary) -> Vec<(&str, u64, u64)> {
    let findings = summary.findings.iter();
    findings.map(|finding| (finding.fingerprint.as_str(), finding.first.index, finding.count)).collect()
}

#[test]
fn a_crash_and_a_hang_of_the_engine_under_test_are_findings() {
    let (summary, heard, files) = campaign(Target::Execute, served_by("isolated_worker", "ferrous", "both"));
    let expected = [("execute: crash: signal _ (SIGABRT)", DEADLY, 1), ("execute: hang", ENDLESS, 1)];
    assert_eq!(found(&summary), expected);
    let totals = summary.totals();
    assert_eq!((totals.cases, totals.broken, totals.holds), (CASES, 2, CASES - 2));
    assert_eq!((summary.exit_code(), summary.complete), (1, true));
    assert_eq!(heard.0, ["3: 1", "5: 1"]);
    assert_eq!(files.len(), 3, "{files:?}");
    for finding in &summary.findings {
        let reduction = &summary.run.reductions[&finding.fingerprint];
        assert_eq!((reduction.after, &reduction.note), (2, &None));
        assert!(files.contains(&finding.files[0]), "{files:?}");
        assert_eq!(reduction.file, Some(format!("reduced/{}", finding.files[0])));
    }
}

#[test]
fn a_crash_and_a_hang_of_the_reference_say_nothing() {
    let (summary, ..) = campaign(Target::Execute, served_by("isolated_worker", "reference", "both"));
    assert_eq!(found(&summary), []);
    let expected = [("reference-crashed".to_owned(), 1), ("reference-timed-out".to_owned(), 1)];
    assert_eq!((silent(&summary), summary.totals().holds), (BTreeMap::from(expected), CASES - 2));
    assert_eq!(summary.exit_code(), 0);
}

#[test]
fn a_death_that_neither_engine_dies_alone_is_not_hidden() {
    let (summary, ..) = campaign(Target::Execute, served_by("isolated_worker", "nobody", "both"));
    assert_eq!(found(&summary), []);
    // The case that only did not end is judged with the engines apart, and holds.
    assert_eq!((silent(&summary), summary.totals().holds), (BTreeMap::from([("harness".to_owned(), 1)]), CASES - 1));
    assert!(summary.run.failures[0].starts_with("execute 3: dies only where both engines are in one process"));
    assert_eq!(summary.exit_code(), 2);
}

#[test]
fn a_process_without_the_reference_dies_of_the_engine_under_test() {
    let (summary, ..) = campaign(Target::Roundtrip, served_by("shared_worker", "somebody", "both"));
    let expected = [("roundtrip: crash: signal _ (SIGABRT)", DEADLY, 1), ("roundtrip: hang", ENDLESS, 1)];
    assert_eq!(found(&summary), expected);
}
