//! Every program of `corpus/seeds` through the differential judgement: the reference and Ferrous, each in a process of its
//! own, must agree on all of them.
#![cfg(feature = "lockstep")]

use std::{num::NonZeroUsize, path::PathBuf, thread, time::Duration};

use lockstep::{
    batch::{Workers, judge_files},
    engine::{WorkerCommand, WorkerEngine},
    outcome::{Scope, Verdict},
    report::{FileReport, Finding, text},
    script,
};

/// There are at least so many seeds: a folder that is empty, or is not found, must not pass for agreement.
const SEEDS: usize = 150;
/// For each compilation and each run, by the wall clock.
const TIMEOUT: Duration = Duration::from_secs(60);

fn start(engine: &str) -> std::io::Result<WorkerEngine> {
    WorkerEngine::start(WorkerCommand::lockstep(PathBuf::from(env!("CARGO_BIN_EXE_lockstep")), engine), TIMEOUT)
}

fn agrees(report: &FileReport) -> bool {
    matches!(report.finding, Finding::Judged { verdict: Verdict::Agree(_), .. })
}

/// What `lockstep diff` would print about a file.
fn rendered(report: &FileReport) -> String {
    let style = text::Style { colour: false, agreeing: true, reference: "reference", subject: "ferrous" };
    let mut out = Vec::new();
    style.file(&mut out, report).expect("a vector takes everything");
    String::from_utf8_lossy(&out).into_owned()
}

#[test]
fn both_engines_agree_on_every_seed() {
    let (files, unusable) = script::find(&[PathBuf::from("corpus/seeds")]);
    assert!(unusable.is_empty(), "unusable: {unusable:?}");
    println!("{} seeds read from corpus/seeds", files.len());
    assert!(files.len() >= SEEDS, "only {} seeds", files.len());

    let jobs = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let workers = || Ok(Workers { reference: start("reference")?, subject: start("ferrous")? });
    let (mut judged, mut others) = (0, Vec::new());
    judge_files(&files, &[], &Scope::default(), jobs, workers, |report| {
        judged += 1;
        // A seed that cannot be judged is of no use, so that is a failure as well.
        if !agrees(&report) {
            others.push(rendered(&report));
        }
    });
    assert_eq!(judged, files.len(), "every seed has a report");
    assert!(others.is_empty(), "{} of {judged} seeds:\n\n{}", others.len(), others.join("\n"));
}
