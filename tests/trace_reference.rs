//! Tracing the reference does not change what it does: every program of `corpus/seeds` prints the same, ends the same and
//! executes as many instructions with a recorder as without.
#![cfg(feature = "lockstep")]

use std::{
    path::{Path, PathBuf},
    thread,
};

use lockstep::{
    engine::{
        Engine, Limits, Program,
        reference::{ReferenceEngine, STACK_SIZE},
    },
    outcome::normalise,
    script,
    trace::Recorder,
};

/// There are at least so many seeds: a folder that is empty, or is not found, must not pass for sameness.
const SEEDS: usize = 150;

/// Its finalisers resume coroutines while the state is closed: that is counted, and no longer recorded.
const RUNS_WHILE_CLOSING: &str = "corpus/seeds/gc/at-close.lua";

/// What a traced run does differently, if anything.
fn difference(program: &Program, file: &Path) -> Option<String> {
    let mut engine = ReferenceEngine::new();
    let limits = Limits::default();
    let plain = normalise(&engine.run(program, &limits));
    let mut recorder = Recorder::new(Box::new(|_| true));
    let traced = normalise(&engine.trace(program, &limits, &mut recorder));
    if plain != traced {
        return Some(format!("without a recorder: {plain:?}\nwith one: {traced:?}"));
    }
    let is_all_recorded = recorder.instructions() == plain.instructions;
    (is_all_recorded == (file == Path::new(RUNS_WHILE_CLOSING)))
        .then(|| format!("{} instructions recorded, {} executed", recorder.instructions(), plain.instructions))
}

#[test]
fn a_traced_run_is_the_run() {
    let (files, unusable) = script::find(&[PathBuf::from("corpus/seeds")]);
    assert!(unusable.is_empty(), "unusable: {unusable:?}");
    assert!(files.len() >= SEEDS, "only {} seeds", files.len());
    let compare = move || {
        let differing = files.iter().filter_map(|file| {
            let program = script::read(file, &[]).expect("a readable seed");
            difference(&program, file).map(|difference| format!("{}: {difference}", file.display()))
        });
        differing.collect::<Vec<_>>()
    };
    let differing = thread::Builder::new().stack_size(STACK_SIZE).spawn(compare).expect("a thread").join();
    let differing = differing.expect("no panic");
    assert!(differing.is_empty(), "{} seeds:\n{}", differing.len(), differing.join("\n\n"));
}
