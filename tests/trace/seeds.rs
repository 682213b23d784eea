//! Our trace equals the reference's on every seed program: every register written by every instruction.

use std::{
    path::{Path, PathBuf},
    sync::Mutex,
    thread,
    time::Duration,
};

use lockstep::{
    diagnose::{Located, Subject, locate},
    engine::Limits,
    report::trace::divergence,
    script,
};

use crate::tracer::tracer;

const TIMEOUT: Duration = Duration::from_secs(120);

/// There are at least so many seeds, and so many instructions in them.
const SEEDS: usize = 150;
const INSTRUCTIONS: u64 = 5_000_000;

/// The seeds whose values the engines choose freely, with the beginning of the first difference. An entry that does not
/// differ any more fails as well.
const FREE: [(&str, &str); 3] = [
    // How many bytes a state holds.
    ("corpus/seeds/base/collectgarbage.lua", "diverges at instruction 13: R2 after CALL of collectgarbage"),
    ("corpus/seeds/gc/options.lua", "diverges at instruction 62: R5 after CALL of collectgarbage"),
    // Processor time.
    ("corpus/seeds/os/errors.lua", "diverges at instruction 338: R3 after CALL of os.clock"),
];

/// The seeds that go through tables in an order that depends on addresses, which the reference's allocator chooses anew in each
/// run: they may differ, or be flaky, or agree by chance.
const UNORDERED: [&str; 3] = [
    "corpus/seeds/gc/weak-tables.lua",
    "corpus/seeds/metamethods/mode-and-gc-fields.lua",
    "corpus/seeds/table/keys-of-all-types.lua",
];

/// How many instructions both engines did alike, or how they did not.
fn traced(path: &Path) -> Result<u64, String> {
    let program = script::read(path, &[]).map_err(|error| error.to_string())?;
    let [reference, ferrous] = ["reference", "ferrous"].map(|engine| tracer(engine, Path::new("."), TIMEOUT));
    let limits = Limits::default();
    let left = Subject { engine: &reference, program: &program };
    let right = Subject { engine: &ferrous, program: &program };
    match locate(left, right, &limits).map_err(|error| error.to_string())? {
        Located::Same { instructions, .. } => Ok(instructions),
        Located::Diverged(found) => Err(divergence::text(&found, &program)),
        flaky @ Located::Flaky { .. } => Err(format!("{flaky:?}")),
    }
}

/// What is wrong with a result: a difference that the engines may not choose freely, or none where they do.
fn unexpected(path: &Path, result: &Result<u64, String>) -> Option<String> {
    if UNORDERED.iter().any(|file| Path::new(file) == path) {
        return None;
    }
    let free = FREE.iter().find(|(file, _)| Path::new(file) == path).map(|(_, beginning)| *beginning);
    match (result, free) {
        (Ok(_), None) => None,
        (Err(text), Some(beginning)) if text.starts_with(beginning) => None,
        (Ok(_), Some(beginning)) => Some(format!("{}: does not differ any more ({beginning})", path.display())),
        (Err(text), _) => Some(format!("{}:\n{text}", path.display())),
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
    let others: Vec<String> = results.iter().filter_map(|(path, result)| unexpected(path, result)).collect();
    println!("{} seeds, {instructions} instructions compared", results.len());
    assert!(others.is_empty(), "{} of {} seeds:\n\n{}", others.len(), results.len(), others.join("\n"));
    assert!(instructions >= INSTRUCTIONS, "only {instructions} instructions");
}
