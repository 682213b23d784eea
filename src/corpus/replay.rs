//! Cases of the corpus on every oracle that applies, in parallel, each oracle in a process that may die.

use std::io;
use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::Regression;
use crate::engine::Lost;
use crate::fuzz::{BenchProcess, Input, Subject, Target};
use crate::oracle::{Silence, Verdict};

/// What an oracle came to over a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The claim holds, or the case is not what this oracle is about.
    Good(Verdict),
    /// The claim is broken.
    Broken(Verdict),
    /// The process died or did not answer.
    Lost(String),
    /// The oracle that once found this has nothing to say of it any more, so that the case is worth nothing.
    Worthless(String),
}

impl Outcome {
    /// Whether this is as it should be.
    pub fn is_good(&self) -> bool {
        matches!(self, Self::Good(_))
    }
}

/// An oracle's outcome over the case with this number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    pub case: usize,
    pub target: Target,
    pub outcome: Outcome,
}

/// The oracles that have something to say of such an input.
pub fn targets_for(input: &Input) -> &'static [Target] {
    match input {
        Input::Program(program) if program.is_binary() => &[Target::Chunk, Target::Roundtrip],
        Input::Program(_) => {
            &[Target::Parse, Target::Bytecode, Target::Execute, Target::Trace, Target::Roundtrip, Target::Clone]
        }
        Input::Call(_) => &[Target::Library],
        Input::Copies { .. } => &[Target::Clone],
        Input::Host { .. } => &[Target::Heap],
    }
}

/// Judges every case on every oracle that applies, with so many processes at once, which `start` makes. The results are in the order of
/// cases and oracles.
///
/// # Errors
/// When a process cannot be started, or a case has no meaning.
pub fn replay(
    cases: &[Regression],
    jobs: NonZeroUsize,
    start: impl Fn() -> BenchProcess + Sync,
    done: impl Fn(&Judged) + Sync,
) -> io::Result<Vec<Judged>> {
    let mut work = Vec::new();
    for (case, regression) in cases.iter().enumerate() {
        let input = regression.input().map_err(io::Error::other)?;
        let asked = targets_for(&input).iter().filter(|target| !regression.not_for.contains(target));
        work.extend(asked.map(|target| (case, *target)));
    }
    let (next, results) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|threads| {
        for _ in 0..jobs.get().min(work.len()) {
            threads.spawn(|| {
                let mut process = start();
                while let Some((case, target)) = work.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let judged = outcome(&mut process, &cases[*case], *target).map(|outcome| Judged {
                        case: *case,
                        target: *target,
                        outcome,
                    });
                    if let Ok(judged) = &judged {
                        done(judged);
                    }
                    results.lock().unwrap_or_else(PoisonError::into_inner).push(judged);
                }
            });
        }
    });
    let mut judged: Vec<Judged> =
        results.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter().collect::<io::Result<_>>()?;
    judged.sort_by_key(|judged| (judged.case, judged.target));
    Ok(judged)
}

fn outcome(process: &mut BenchProcess, case: &Regression, target: Target) -> io::Result<Outcome> {
    let verdict = match process.check(target, Subject::File(case.file.clone(), case.chunk_name()))? {
        Ok(verdict) => verdict,
        Err(Lost::Crashed(note)) => return Ok(Outcome::Lost(note)),
        Err(Lost::TimedOut) => return Ok(Outcome::Lost("no answer in time".into())),
    };
    let is_finder = case.header.as_ref().is_some_and(|header| header.oracle == target.name());
    Ok(match verdict {
        Verdict::Broken(_) => Outcome::Broken(verdict),
        Verdict::SaysNothing(Silence::Harness(what)) => Outcome::Lost(what),
        Verdict::SaysNothing(silence) if is_finder => Outcome::Worthless(silence.word().to_owned()),
        Verdict::Holds | Verdict::SaysNothing(_) => Outcome::Good(verdict),
    })
}
