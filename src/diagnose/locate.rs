//! The first instruction at which two engines diverge, found in two runs of each.
//!
//! The first run of both finds the stretch of instructions in which they first differ in what they wrote and handed on: digests are
//! compared, at any length and in bounded memory. The second records everything in that stretch, from its events to all
//! registers. A run that does not repeat itself up to there is found out by its digest.

use std::io;

use super::error_class::error_class;
use super::silent::silent_write;
use crate::engine::{Ending, Limits, Program, Snapshot, TraceEnd, TraceEngine, TraceOrder, TracedRun};
use crate::lua::bytecode::{Instruction, Opcode};
use crate::trace::{
    Blocks, Comparison, Datum, Difference, Digests, Event, Field, Kind, Moment, Stretch, compare, compare_digests,
};

/// How many instructions are looked at before the difference, and after it.
const AROUND: u64 = 24;

/// An engine with the program that it is to run: the two sides may run different forms of one.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    pub engine: &'a dyn TraceEngine,
    pub program: &'a Program,
}

/// What two traced runs came to.
#[derive(Debug)]
pub enum Located {
    /// They did the same, for so many instructions; the digest of the trace.
    Same {
        instructions: u64,
        digest: u64,
    },
    Diverged(Box<Divergence>),
    /// A repetition did not do the same. The instruction at or behind which the runs differed the first time, and the second time, if
    /// they did; the digests of the first and the second run of the side that did not repeat itself.
    Flaky {
        first: u64,
        second: Option<u64>,
        digests: (u64, u64),
    },
}

/// Where two runs diverge.
#[derive(Debug)]
pub struct Divergence {
    /// The instruction that did not do the same on both sides, by its number in the run.
    pub culprit: u64,
    /// Its word.
    pub word: Option<u32>,
    /// What it took, with [`Divergence::field`] not being about that.
    pub operands: Vec<Datum>,
    /// The labelled library function that it calls.
    pub callee: Option<String>,
    pub field: Field,
    pub left: Side,
    pub right: Side,
}

/// What one side did around the divergence.
#[derive(Debug)]
pub struct Side {
    pub engine: String,
    /// What the objects are called that have a name, by their numbers.
    pub labels: Vec<String>,
    /// Everything before each instruction, from some before the culprit to some after it.
    pub moments: Vec<Moment>,
    pub events: Vec<Event>,
    /// The class of the error that the culprit raised, if it raised one whose message is known.
    pub raised: Option<String>,
}

impl Side {
    /// The moment before the instruction with this number.
    pub fn moment(&self, sequence: u64) -> Option<&Moment> {
        self.moments.iter().find(|moment| moment.sequence == sequence)
    }

    /// The moment after it in the same activation, if that is among those that were kept.
    pub fn moment_after(&self, sequence: u64) -> Option<&Moment> {
        let before = self.moment(sequence)?;
        self.moments
            .iter()
            .filter(|moment| moment.sequence > sequence && moment.thread == before.thread)
            .find(|moment| moment.depth <= before.depth)
            .filter(|moment| moment.depth == before.depth && moment.prototype == before.prototype)
    }
}

/// Finds the first instruction at which two runs diverge.
///
/// # Errors
/// A run that could not be started or broke off, and a trace that cannot be read.
pub fn locate(left: Subject<'_>, right: Subject<'_>, limits: &Limits) -> io::Result<Located> {
    let order = |subject: Subject<'_>| TraceOrder::digests(subject.program.clone(), *limits);
    let mut here = left.engine.start(&order(left))?;
    let mut there = right.engine.start(&order(right))?;
    let stretch = match compare_digests(&mut here.blocks, &mut there.blocks) {
        Digests::Same { .. } => {
            let end = finish(left, here)?;
            finish(right, there)?;
            return Ok(Located::Same { instructions: end.instructions, digest: end.digest });
        }
        Digests::Different(stretch) => stretch,
    };
    // One that has no such block may have broken off; what is left of a run that goes on is of no use.
    for (subject, run, digest) in [(left, here, stretch.digests.0), (right, there, stretch.digests.1)] {
        if digest.is_none() {
            finish(subject, run)?;
        }
    }
    repeat(left, right, limits, &stretch)
}

/// Runs both again, with everything recorded in the stretch in which they differ.
fn repeat(left: Subject<'_>, right: Subject<'_>, limits: &Limits, stretch: &Stretch) -> io::Result<Located> {
    let watched = (stretch.instructions.start.saturating_sub(AROUND), stretch.instructions.end.saturating_add(AROUND));
    let order = |subject: Subject<'_>| TraceOrder {
        events: (stretch.block.saturating_sub(1), stretch.block + 2),
        all_operands: true,
        watched,
        end: Some(watched.1),
        ..TraceOrder::digests(subject.program.clone(), *limits)
    };
    let mut here = left.engine.start(&order(left))?;
    let mut there = right.engine.start(&order(right))?;
    let flaky = |second, digests| Ok(Located::Flaky { first: stretch.instructions.start, second, digests });
    let (second, digests) = skip(&mut here.blocks, &mut there.blocks, stretch.block);
    for digest in [digests.0, digests.1] {
        if digest != stretch.before {
            return flaky(second, (stretch.before, digest));
        }
    }
    let comparison = compare(&mut here.blocks, &mut there.blocks);
    let repeated = (stretch.digest_in(&here.blocks), stretch.digest_in(&there.blocks));
    let difference = match comparison {
        Comparison::Different(difference) if repeated.0 != repeated.1 => *difference,
        Comparison::Different(difference) => return flaky(Some(difference.sequence), stretch.changed(repeated)),
        Comparison::Same { .. } => {
            // Runs that broke off have nothing in common with the first ones.
            finish(left, here)?;
            finish(right, there)?;
            return flaky(None, stretch.changed(repeated));
        }
        Comparison::Broken(bad) => return Err(io::Error::new(io::ErrorKind::InvalidData, bad)),
    };
    let culprit = culprit(&difference);
    let behind = difference.before.iter().rev().find(|event| matches!(event, Event::Begun { .. }));
    let behind = behind.map_or(difference.sequence, |event| event.sequence() + 1);
    let wanted = vec![around(culprit), around(behind)];
    let mut ends = (finish_with(left, here, wanted.clone())?, finish_with(right, there, wanted)?);
    if culprit < watched.0 {
        let (here, there) = moments_around(culprit, left, right, limits)?;
        ends.0.moments.splice(..0, here);
        ends.1.moments.splice(..0, there);
    }
    Ok(Located::Diverged(Box::new(divergence(difference, (left, ends.0), (right, ends.1)))))
}

/// The instructions around one.
fn around(instruction: u64) -> (u64, u64) {
    (instruction.saturating_sub(AROUND), instruction.saturating_add(AROUND))
}

/// Takes so many blocks of both. Gives where they differed, if they did, and the digests of what was taken.
fn skip(left: &mut Blocks, right: &mut Blocks, blocks: u64) -> (Option<u64>, (u64, u64)) {
    let (mut digests, mut second) = ((0, 0), None);
    for _ in 0..blocks {
        let (here, there) = (left.pull(), right.pull());
        let first = here.or(there).map(|block| block.first);
        digests.0 = here.map_or(digests.0, |block| block.digest);
        digests.1 = there.map_or(digests.1, |block| block.digest);
        if digests.0 != digests.1 {
            second = second.or(first);
        }
    }
    (second, digests)
}

/// What is seen around an instruction that began long before the difference: in other runs of both sides, at the same time.
fn moments_around(
    culprit: u64,
    left: Subject<'_>,
    right: Subject<'_>,
    limits: &Limits,
) -> io::Result<(Vec<Moment>, Vec<Moment>)> {
    let watched = around(culprit);
    let start = |subject: Subject<'_>| {
        let whole = TraceOrder::digests(subject.program.clone(), *limits);
        subject.engine.start(&TraceOrder { watched, end: Some(watched.1), ..whole })
    };
    let (mut here, mut there) = (start(left)?, start(right)?);
    // They are the same up to there; this keeps them side by side.
    compare_digests(&mut here.blocks, &mut there.blocks);
    Ok((finish_with(left, here, vec![watched])?.moments, finish_with(right, there, vec![watched])?.moments))
}

/// Waits for the end of a run.
fn finish(subject: Subject<'_>, run: TracedRun) -> io::Result<TraceEnd> {
    finish_with(subject, run, Vec::new())
}

fn finish_with(subject: Subject<'_>, run: TracedRun, moments: Vec<(u64, u64)>) -> io::Result<TraceEnd> {
    let end = run.finish_with_moments(moments);
    end.map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", subject.engine.name())))
}

fn divergence(
    difference: Difference,
    (left, left_end): (Subject<'_>, TraceEnd),
    (right, right_end): (Subject<'_>, TraceEnd),
) -> Divergence {
    let silent = silent_write(difference.sequence, &difference.field, &left_end.moments, &right_end.moments);
    let culprit = silent.as_ref().map_or_else(|| culprit(&difference), |write| write.sequence);
    let field = silent.map_or(difference.field, |write| Field::Register(write.register, write.left, write.right));
    let side = |subject: Subject<'_>, end: TraceEnd, events: Vec<Event>| Side {
        engine: subject.engine.name().to_owned(),
        raised: raised(culprit, &events, &end.run.ending).map(|message| error_class(&message)),
        labels: end.labels,
        moments: end.moments,
        events,
    };
    let (left, right) = (side(left, left_end, difference.left), side(right, right_end, difference.right));
    // Where the sides take different values, the left one's are as good as any.
    let moment = left.moment(culprit).or_else(|| right.moment(culprit));
    let (word, operands) = moment.map(|moment| (moment.word, moment.operands.clone())).unzip();
    let operands = operands.unwrap_or_default();
    let callee = operands.first().filter(|_| word.is_some_and(calls)).and_then(|function| match function {
        Datum::Object(Kind::Function, number) => left.labels.get(*number as usize).cloned(),
        _ => None,
    });
    Divergence { culprit, word, operands, callee, field, left, right }
}

/// The instruction whose doing differs: the one that ends on one side alone; where the sides go to different places, the one before.
fn culprit(difference: &Difference) -> u64 {
    let goes_elsewhere = matches!(
        difference.field,
        Field::Thread(..)
            | Field::Depth(..)
            | Field::Prototype(..)
            | Field::Pc(..)
            | Field::Code
            | Field::Order
            | Field::Length
    );
    if !goes_elsewhere {
        return difference.sequence;
    }
    let ended = [&difference.left, &difference.right].into_iter().filter_map(|events| match events.first() {
        Some(Event::Ended { sequence, .. }) => Some(*sequence),
        _ => None,
    });
    let before = difference.before.iter().rev().map(Event::sequence).find(|number| *number < difference.sequence);
    ended.min().or(before).unwrap_or(difference.sequence)
}

/// The message of the error that the culprit raised: the next call that completes with `false` and a message has caught it; if
/// nothing more is executed, the run has ended with it.
fn raised(culprit: u64, events: &[Event], ending: &Ending) -> Option<Vec<u8>> {
    for event in events {
        match event {
            Event::Begun { sequence, .. } if *sequence > culprit => return None,
            Event::Ended { sequence, written, .. } if *sequence < culprit => {
                if let [(_, Datum::Boolean(false)), (_, Datum::String { start, hash: None, .. }), ..] = &written[..] {
                    return Some(start.clone());
                }
            }
            _ => {}
        }
    }
    match ending {
        Ending::Raised { value: Snapshot::String(message), .. } => Some(message.clone()),
        Ending::Crashed(note) => Some(note.clone().into_bytes()),
        _ => None,
    }
}

fn calls(word: u32) -> bool {
    matches!(Instruction(word).opcode(), Some(Opcode::Call | Opcode::TailCall | Opcode::TForLoop))
}
