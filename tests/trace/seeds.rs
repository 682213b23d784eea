//! Our trace equals the reference's on every seed program: every register written by every instruction.

use std::{path::PathBuf, process::Command, sync::Mutex, thread, time::Duration};

use lockstep::{
    diagnose::{Located, Subject, locate},
    engine::{Limits, ProcessTracer},
    report::trace::divergence,
    script,
};

/// There are at least so many seeds, and so many instructions in them.
const SEEDS: usize = 150;
const INSTRUCTIONS: u64 = 5_000_000;

fn tracer(engine: &'static str) -> ProcessTracer {
    let command = move || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lockstep"));
        command.args(["trace-worker", engine]);
        command
    };
    ProcessTracer::new(engine, command, Duration::from_secs(120))
}

/// How many instructions both engines did alike, or how they did not.
fn traced(path: &PathBuf) -> Result<u64, String> {
    let program = script::read(path, &[]).map_err(|error| error.to_string())?;
    let (reference, ferrous) = (tracer("reference"), tracer("ferrous"));
    let limits = Limits::default();
    let left = Subject { engine: &reference, program: &program };
    let right = Subject { engine: &ferrous, program: &program };
    match locate(left, right, &limits).map_err(|error| error.to_string())? {
        Located::Same { instructions, .. } => Ok(instructions),
        Located::Diverged(found) => Err(divergence::text(&found, &program)),
        flaky @ Located::Flaky { .. } => Err(format!("{flaky:?}")),
    }
}

#[test]
fn every_seed_has_the_same_trace_on_both_engines() {
    let (files, unusable) = script::find(&[PathBuf::from("corpus/seeds")]);
    assert!(unusable.is_empty(), "unusable: {unusable:?}");
    assert!(files.len() >= SEEDS, "only {} seeds", files.len());
    let (queue, results) = (Mutex::new(files.iter()), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(path) = { queue.lock().unwrap().next() } {
                    let result = traced(path);
                    results.lock().unwrap().push((path, result));
                }
            });
        }
    });
    let results = results.into_inner().unwrap();
    assert_eq!(results.len(), files.len(), "every seed has a result");
    let instructions: u64 = results.iter().filter_map(|(_, result)| result.as_ref().ok()).sum();
    let others: Vec<String> = results
        .iter()
        .filter_map(|(path, result)| result.as_ref().err().map(|text| format!("{}:\n{text}", path.display())))
        .collect();
    println!("{} seeds, {instructions} instructions compared", results.len());
    assert!(others.is_empty(), "{} of {} seeds:\n\n{}", others.len(), results.len(), others.join("\n"));
    assert!(instructions >= INSTRUCTIONS, "only {instructions} instructions");
}
