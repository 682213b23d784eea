//! Every program of `corpus/seeds` on Ferrous with a collection at every allocation, and with the smallest possible part of
//! one, against Ferrous without: what the collector does not know to be alive shows up as another outcome, or trips the
//! assertions of a debug build: on dead references, and on what marking has missed.
#![cfg(feature = "lockstep")]

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Instant,
};

use lockstep::{
    engine::{Ending, Engine, Limits, Program, Run, Snapshot, ferrous::FerrousEngine},
    lua::heap::Stress,
    outcome::{Names, Reason, Verdict, compare_runs, normalise},
    script,
};

/// As in `tests/seeds.rs`.
const SEEDS: usize = 150;
/// A collection takes some 50 µs even where there is little to collect. Programs that execute more than so many
/// instructions are cut, with and without stress at the same one.
const BUDGET: u64 = 75_000;
/// What a thread gets by default; stated, because the environment may say otherwise.
const STACK: usize = 2 << 20;

/// Their iteration orders depend on when a collection happens, as in the reference: after one, a key that was removed is not
/// found where it was. For them, the output's bytes are compared in no order.
const REORDERED: [&str; 2] =
    ["corpus/seeds/base/pairs-order-growth.lua", "corpus/seeds/found/dead-keys-after-collection.lua"];

/// They tell when a collection happens, by which finalisers have been called and which not. For them, nothing is compared: they
/// are only run.
const TIMED: [&str; 3] =
    ["corpus/seeds/gc/at-close.lua", "corpus/seeds/gc/finaliser-errors.lua", "corpus/seeds/debug/hook-gc.lua"];

/// A run in which every object has the same address: under stress, the next object is likely to get the address of the last.
fn without_addresses(run: &Run) -> Run {
    let mut run = normalise(run);
    run.output = without_numbers(&run.output);
    match &mut run.ending {
        Ending::Returned(values) => values.iter_mut().for_each(forget_address),
        Ending::Raised { value, traceback } => {
            forget_address(value);
            *traceback = without_numbers(traceback);
        }
        _ => {}
    }
    run
}

fn forget_address(value: &mut Snapshot) {
    match value {
        Snapshot::Object { address, .. } => *address = 0,
        Snapshot::String(text) => *text = without_numbers(text),
        _ => {}
    }
}

/// A text without the digits after `#`, which is how normalised addresses look.
fn without_numbers(text: &[u8]) -> Vec<u8> {
    let mut is_number = false;
    let keep = |byte: &u8| {
        is_number = *byte == b'#' || is_number && byte.is_ascii_digit();
        !is_number
    };
    text.iter().copied().filter(keep).collect()
}

/// What one file came to.
enum Finding {
    Same,
    /// The same as far as the budget goes.
    SameSoFar,
    Different(String),
}

fn examine(path: &Path, stress: Stress) -> Finding {
    let program = match script::read(path, &[]) {
        Ok(program) => program,
        Err(error) => return Finding::Different(format!("cannot read it: {error}")),
    };
    let limits = Limits { instructions: BUDGET, ..Limits::default() };
    // The engines are new for each file, because a panic may leave one in any state.
    let expected = FerrousEngine::new().run(&program, &limits);
    let run = catch_unwind(AssertUnwindSafe(|| FerrousEngine::with_stress(stress).run(&program, &limits)));
    let Ok(found) = run else { return Finding::Different("it panicked under stress".into()) };
    if TIMED.iter().any(|known| path.ends_with(known)) {
        return Finding::Same;
    }
    let (mut expected, mut found) = (without_addresses(&expected), without_addresses(&found));
    if REORDERED.iter().any(|known| path.ends_with(known)) {
        expected.output.sort_unstable();
        found.output.sort_unstable();
    }
    let names = Names { reference: "without stress", subject: "with stress" };
    match compare_runs(&expected, &found, &program.name, names) {
        Verdict::Agree(_) => Finding::Same,
        Verdict::Inconclusive(Reason::Budget) => Finding::SameSoFar,
        other => Finding::Different(format!("{other:#?}")),
    }
}

/// Examines the files that it takes from `files`, on a thread with a stack of [`STACK`] bytes.
fn examine_some(files: &[PathBuf], stress: Stress, next: &AtomicUsize, findings: &Mutex<Vec<(usize, Finding)>>) {
    while let Some((index, path)) = Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|i| Some((i, files.get(i)?))) {
        let start = Instant::now();
        let finding = examine(path, stress);
        if start.elapsed().as_secs() >= 2 {
            println!("slow: {} took {:?}", path.display(), start.elapsed());
        }
        findings.lock().expect("no panic under the lock").push((index, finding));
    }
}

#[test]
fn collecting_at_every_allocation_changes_no_seed() {
    no_seed_changes_under(Stress::WholeCollections);
}

#[test]
fn a_step_at_every_allocation_changes_no_seed() {
    no_seed_changes_under(Stress::Steps);
}

fn no_seed_changes_under(stress: Stress) {
    let (files, unusable) = script::find(&[PathBuf::from("corpus/seeds")]);
    assert!(unusable.is_empty(), "unusable: {unusable:?}");
    assert!(files.len() >= SEEDS, "only {} seeds", files.len());
    for known in REORDERED.iter().chain(&TIMED) {
        assert!(Path::new(known).exists(), "{known} is gone");
    }

    let (next, findings) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|threads| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            let examine = || examine_some(&files, stress, &next, &findings);
            thread::Builder::new().stack_size(STACK).spawn_scoped(threads, examine).expect("a thread starts");
        }
    });
    let mut findings = findings.into_inner().expect("no panic under the lock");
    assert_eq!(findings.len(), files.len(), "every seed was examined");
    findings.sort_by_key(|(index, _)| *index);

    let (mut cut, mut different) = (Vec::new(), Vec::new());
    for (index, finding) in &findings {
        let path = files[*index].display();
        match finding {
            Finding::Same => {}
            Finding::SameSoFar => cut.push(path.to_string()),
            Finding::Different(how) => different.push(format!("{path}: {how}")),
        }
    }
    println!("{} seeds, of which cut after {BUDGET} instructions: {} {cut:?}", files.len(), cut.len());
    assert!(cut.len() * 6 <= files.len(), "too many are cut for this to say much");
    assert!(different.is_empty(), "{} differ:\n\n{}", different.len(), different.join("\n\n"));
}

/// What a chunk returns without stress, and with it.
fn returned(chunk: &str) -> [Ending; 2] {
    let program = Program { chunk: chunk.into(), name: b"=chunk".to_vec(), arguments: Vec::new(), script: Vec::new() };
    [FerrousEngine::new(), FerrousEngine::with_stress(Stress::WholeCollections)]
        .map(|mut engine| engine.run(&program, &Limits::default()).ending)
}

#[test]
fn stress_means_that_what_nobody_refers_to_is_gone_at_once() {
    let [plain, stressed] = [false, true].map(|gone| Ending::Returned(vec![Snapshot::Boolean(gone)]));
    for weak in ["setmetatable({}, {__mode = 'v'})", "{__mode = 'v'} setmetatable(t, t)"] {
        let chunk = format!("local t = {weak} t[1] = {{}} local next = {{}} return t[1] == nil");
        assert_eq!(returned(&chunk), [plain.clone(), stressed.clone()], "{weak}");
    }
}
