//! The corpus under an oracle, for a second: so that every oracle is exercised by every `cargo test`.

use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use super::{InProcess, Pair, Tally, Verdict};
use crate::engine::{Limits, Program};
use crate::script;

pub const LIMITS: Limits = Limits { instructions: 1_000_000, memory: 64 << 20 };

/// So many cases have to hold, however long that takes.
const LEAST: u64 = 10;
/// As much as a process has.
const STACK: usize = 8 << 20;

/// A program without arguments.
pub fn program(source: impl Into<Vec<u8>>) -> Program {
    Program { chunk: source.into(), name: b"@case.lua".to_vec(), arguments: Vec::new(), script: b"case.lua".to_vec() }
}

/// The corpus, with programs of one kind far from each other.
pub fn seeds() -> Vec<Program> {
    /// No divisor of any likely number of seeds.
    const STEP: usize = 61;
    let (paths, unusable) = script::find(&[PathBuf::from("corpus/seeds")]);
    assert!(unusable.is_empty() && paths.len() >= 150, "only {} seeds, unusable: {unusable:?}", paths.len());
    let order = (0..paths.len()).map(|number| &paths[number * STEP % paths.len()]);
    order.map(|path| script::read(path, &[]).expect("readable")).collect()
}

/// Checks seeds until a second is over.
///
/// # Panics
/// When a claim is broken, or hardly any case puts it to the test.
pub fn for_a_second(mut check: impl FnMut(&mut Pair<'_>, &Program) -> Verdict + Send + 'static) {
    let work = move || {
        let (start, mut tally, mut engines) = (Instant::now(), Tally::default(), InProcess::default());
        for seed in seeds() {
            let verdict = check(&mut engines.pair(), &seed);
            tally.add(&verdict);
            assert!(verdict.finding().is_none(), "{}: {verdict}", String::from_utf8_lossy(&seed.name));
            if start.elapsed() > Duration::from_secs(1) && tally.holds >= LEAST {
                break;
            }
        }
        println!("{tally}");
        assert!(tally.holds >= LEAST, "hardly anything is put to the test: {tally}");
    };
    let thread = thread::Builder::new().stack_size(STACK).spawn(work).expect("a thread starts");
    if let Err(panic) = thread.join() {
        std::panic::resume_unwind(panic);
    }
}
