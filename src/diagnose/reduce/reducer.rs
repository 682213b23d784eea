//! The course of a reduction: rounds of passes until none gets any further.

use std::num::NonZeroUsize;
use std::thread;
use std::time::Instant;

use super::ReduceError;
use super::edit::{Change, apply};
use super::measure::Measure;
use super::passes::{self, Pass, Trial};
use super::predicate::Interesting;
use super::progress::{PassCount, Reduction, Status, Stop, Watch};
use super::scheduler::{Found, Scheduler};
use super::source::Source;
use super::token::tokens;
use super::until::Until;

/// How to reduce.
#[derive(Clone, Debug)]
pub struct Options {
    /// How many candidates are tested at once. The result does not depend on it.
    pub jobs: NonZeroUsize,
    /// How long it may take. A test that is under way then is waited for.
    pub until: Until,
    /// Varies the order of the passes; 0 is the order that usually is fastest.
    pub seed: u64,
}

/// Reduces a program as far as it stays interesting.
///
/// # Errors
/// When the program is not interesting to begin with, a candidate cannot be tested, or an improvement cannot be kept.
pub fn reduce(
    program: &[u8],
    predicate: &dyn Interesting,
    options: &Options,
    watch: &mut dyn Watch,
) -> Result<Reduction, ReduceError> {
    let start = Instant::now();
    if !predicate.is_interesting(program)? {
        return Err(ReduceError::NotInteresting);
    }
    thread::scope(|threads| {
        let scheduler = Scheduler::start(threads, predicate, options.jobs, options.until.clone());
        let passes = passes_in_order(options.seed);
        let counts = passes.iter().map(|pass| PassCount { name: pass.name, tests: 0, accepted: 0, bytes: 0 }).collect();
        let source = Source::new(program.to_vec());
        let original = source.measure;
        let mut reducer = Reducer { source, scheduler, watch, counts };
        let (stop, rounds) = reducer.rounds(&passes)?;
        let Reducer { source, scheduler, counts, .. } = reducer;
        let confirmed = match stop {
            Stop::Fixpoint => Some(predicate.is_interesting(&source.text)?),
            Stop::Time | Stop::Interrupt => None,
        };
        Ok(Reduction {
            measure: source.measure,
            program: source.text,
            original,
            stop,
            tests: scheduler.tests + 1,
            repeats: scheduler.repeats,
            rounds,
            passes: counts,
            confirmed,
            elapsed: start.elapsed(),
        })
    })
}

/// The passes in the order for a seed.
fn passes_in_order(seed: u64) -> Vec<Pass> {
    let mut passes = passes::ALL.to_vec();
    let mut state = seed;
    if seed != 0 {
        for last in (1..passes.len()).rev() {
            let other = next_random(&mut state) % (last as u64 + 1);
            passes.swap(last, usize::try_from(other).unwrap_or_default());
        }
    }
    passes
}

/// The next number of the generator splitmix64.
fn next_random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

struct Reducer<'w> {
    /// The smallest interesting program so far.
    source: Source,
    scheduler: Scheduler,
    watch: &'w mut dyn Watch,
    /// By pass.
    counts: Vec<PassCount>,
}

/// The changes of a pass at one depth, on the way through them.
struct Walk {
    changes: Vec<Change>,
    /// How many are tried together.
    size: usize,
    /// The first that is tried next.
    position: usize,
}

impl Walk {
    fn new(changes: Vec<Change>, trial: Trial) -> Self {
        let size = match trial {
            Trial::Halves => changes.len(),
            Trial::Singles => changes.len().min(1),
        };
        Self { changes, size, position: 0 }
    }

    /// The walk as it goes on if nothing more is interesting: where each step begins, and how many changes it takes.
    fn steps(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let (mut size, mut position, count) = (self.size, self.position, self.changes.len());
        std::iter::from_fn(move || {
            while position >= count && size > 1 {
                (size, position) = (size / 2, 0);
            }
            let step = (size > 0 && position < count).then_some((position, size));
            position += size;
            step
        })
    }
}

impl Reducer<'_> {
    /// Goes through all passes until a round has changed nothing.
    fn rounds(&mut self, passes: &[Pass]) -> Result<(Stop, u64), ReduceError> {
        for round in 1.. {
            let before = self.source.measure;
            for (index, pass) in passes.iter().enumerate() {
                let mut depth = 0;
                while depth < pass.depth_count(&self.source) {
                    let stop = self.pass(index, pass, depth)?;
                    if stop != Stop::Fixpoint {
                        return Ok((stop, round));
                    }
                    depth += 1;
                }
            }
            if self.source.measure == before {
                return Ok((Stop::Fixpoint, round));
            }
        }
        Ok((Stop::Fixpoint, u64::MAX))
    }

    /// Tries the changes of a pass, and goes on from each that succeeds.
    fn pass(&mut self, index: usize, pass: &Pass, depth: usize) -> Result<Stop, ReduceError> {
        let mut walk = Walk::new(pass.changes(&self.source, depth), pass.trial);
        let tests = self.scheduler.tests;
        let stop = loop {
            match self.search(&walk, pass.name)? {
                Found::Nothing => break Stop::Fixpoint,
                Found::Stopped if self.scheduler.until.is_interrupted() => break Stop::Interrupt,
                Found::Stopped => break Stop::Time,
                Found::Interesting((position, size), text) => {
                    let start = walk.changes.get(position).map_or(0, Change::start);
                    self.accept(index, &text)?;
                    walk.changes = pass.changes(&self.source, depth);
                    walk.size = size.min(walk.changes.len());
                    // What is at the place of the change now is next.
                    walk.position = walk.changes.partition_point(|change| change.start() < start);
                }
            }
        };
        if let Some(count) = self.counts.get_mut(index) {
            count.tests += self.scheduler.tests - tests;
        }
        Ok(stop)
    }

    /// The next step of a walk that gives an interesting program.
    fn search(&mut self, walk: &Walk, pass: &'static str) -> Result<Found<(usize, usize)>, ReduceError> {
        let Self { source, scheduler, watch, .. } = self;
        let until = scheduler.until.clone();
        // There may be many that are not smaller, one after the other.
        let steps = walk.steps().take_while(|_| !until.is_over());
        let candidates = steps.filter_map(|(position, size)| {
            let end = walk.changes.len().min(position + size);
            let text = apply(&source.text, walk.changes.get(position..end)?);
            (Measure::of(&text, &tokens(&text)) < source.measure).then_some(((position, size), text))
        });
        let tick = |scheduler: &Scheduler| {
            watch.progress(&Status { measure: source.measure, tests: scheduler.tests, pass });
        };
        Ok(scheduler.first_interesting(candidates, tick)?)
    }

    fn accept(&mut self, index: usize, text: &[u8]) -> Result<(), ReduceError> {
        if let Some(count) = self.counts.get_mut(index) {
            count.accepted += 1;
            count.bytes += self.source.text.len() as i64 - text.len() as i64;
        }
        self.source = Source::new(text.to_vec());
        self.watch.improved(text).map_err(ReduceError::NotKept)
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::Arc;
    use std::time::Duration;

    use super::*;
    use crate::diagnose::reduce::PredicateError;
    use crate::diagnose::reduce::edit::Edit;

    /// Finds everything interesting, or nothing.
    struct Always(bool);

    impl Interesting for Always {
        fn is_interesting(&self, _: &[u8]) -> Result<bool, PredicateError> {
            Ok(self.0)
        }
    }

    struct Nobody;

    impl Watch for Nobody {
        fn progress(&mut self, _: &Status) {}

        fn improved(&mut self, _: &[u8]) -> io::Result<()> {
            Ok(())
        }
    }

    /// The first of some changes after which a program is smaller and interesting.
    fn search(program: Vec<u8>, changes: Vec<Change>, predicate: &Always, time: Duration) -> Found<(usize, usize)> {
        let source = Source::new(program);
        thread::scope(|threads| {
            let until = Until::after(time, Arc::default());
            let scheduler = Scheduler::start(threads, predicate, NonZeroUsize::MIN, until);
            let mut reducer = Reducer { source, scheduler, watch: &mut Nobody, counts: Vec::new() };
            reducer.search(&Walk::new(changes, Trial::Singles), "none").expect("it can be tested")
        })
    }

    #[test]
    fn only_what_is_smaller_is_tested() {
        let changes = |texts: &[&'static str]| texts.iter().map(|text| Edit::replace(0..1, *text).into()).collect();
        let found =
            |texts: &[&'static str]| search(b"b".to_vec(), changes(texts), &Always(true), Duration::from_secs(60));
        assert_eq!(found(&["bb", "a", "b"]), Found::Nothing);
        assert_eq!(found(&["bb", "a", "1", ""]), Found::Interesting((2, 1), Arc::from(*b"1")));
    }

    #[test]
    fn the_time_ends_also_among_changes_that_make_nothing_smaller() {
        const TIME: Duration = Duration::from_millis(50);
        let changes = (0..4000).map(|_| Edit::replace(0..0, "longer ").into()).collect();
        let program = b"f(x)\n".repeat(50_000);
        let start = Instant::now();
        assert_eq!(search(program, changes, &Always(false), TIME), Found::Stopped);
        // The program is taken apart before the time begins.
        assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
    }
}
