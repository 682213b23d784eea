//! The first instruction at which two engines diverge, found in two runs of each.
//!
//! The first run of both finds the difference in what instructions wrote and handed on, at any length and in bounded memory. The
//! second records everything around it: what each instruction took, all registers. A run that does not repeat itself is found
//! out by that.

use std::io;

use serde::Serialize;

use super::error_class::error_class;
use super::silent::silent_write;
use crate::engine::{Ending, Limits, Program, Snapshot, TraceEnd, TraceEngine, TraceOrder, TracedRun};
use crate::lua::bytecode::{Instruction, Opcode};
use crate::trace::{Comparison, Datum, Difference, Event, Field, Kind, Moment, compare};

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
    /// A repetition did not do the same. The instruction at which the runs differed the first time, and the second time, if they did;
    /// the digests of the second runs.
    Flaky {
        first: u64,
        second: Option<u64>,
        digests: (u64, u64),
    },
}

/// Where two runs diverge.
#[derive(Debug, Serialize)]
pub struct Divergence {
    /// The instruction that did not do the same on both sides, by its number in the run.
    pub culprit: u64,
    /// Its word, where both sides have it.
    pub word: Option<u32>,
    /// What it took, with [`Divergence::field`] not being about that.
    pub operands: Vec<Datum>,
    /// The labelled library function that it calls.
    pub callee: Option<String>,
    #[serde(serialize_with = "debugged")]
    pub field: Field,
    pub left: Side,
    pub right: Side,
}

/// What one side did around the divergence.
#[derive(Debug, Serialize)]
pub struct Side {
    pub engine: String,
    /// What the objects are called that have a name, by their numbers.
    pub labels: Vec<String>,
    /// Everything before each instruction, from some before the culprit to some after it.
    pub moments: Vec<Moment>,
    #[serde(skip)]
    pub events: Vec<Event>,
    /// The class of the error that the culprit raised, if it raised one whose message is known.
    pub raised: Option<String>,
    pub digest: u64,
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

fn debugged<S: serde::Serializer>(field: &Field, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{field:?}"))
}

/// Finds the first instruction at which two runs diverge.
///
/// # Errors
/// A run that could not be started or broke off, and a trace that cannot be read.
pub fn locate(left: Subject<'_>, right: Subject<'_>, limits: &Limits) -> io::Result<Located> {
    let whole = |subject: Subject<'_>| TraceOrder::whole(subject.program.clone(), *limits);
    let first = match pass(left, right, &whole(left), &whole(right))? {
        Pass::Same(end) => return Ok(Located::Same { instructions: end.instructions, digest: end.digest }),
        // What is left of the runs is of no use.
        Pass::Different(difference, ..) => *difference,
    };
    let close = |subject: Subject<'_>| TraceOrder {
        all_operands: true,
        watched: (first.sequence.saturating_sub(AROUND), first.sequence + AROUND),
        end: Some(first.sequence + AROUND),
        ..whole(subject)
    };
    let (left_order, right_order) = (close(left), close(right));
    let (second, here, there) = match pass(left, right, &left_order, &right_order)? {
        Pass::Same(end) => {
            return Ok(Located::Flaky { first: first.sequence, second: None, digests: (end.digest, end.digest) });
        }
        Pass::Different(difference, here, there) => (*difference, here, there),
    };
    let ends = (finish(left, here)?, finish(right, there)?);
    // With everything recorded the difference may show earlier, never later.
    if second.sequence > first.sequence {
        let digests = (ends.0.digest, ends.1.digest);
        return Ok(Located::Flaky { first: first.sequence, second: Some(second.sequence), digests });
    }
    Ok(Located::Diverged(Box::new(divergence(second, (left, ends.0), (right, ends.1)))))
}

enum Pass {
    Same(TraceEnd),
    /// With the runs, which go on.
    Different(Box<Difference>, TracedRun, TracedRun),
}

/// One run of each, compared.
fn pass(left: Subject<'_>, right: Subject<'_>, left_order: &TraceOrder, right_order: &TraceOrder) -> io::Result<Pass> {
    let mut here = left.engine.start(left_order)?;
    let mut there = right.engine.start(right_order)?;
    match compare(&mut here.blocks, &mut there.blocks) {
        Comparison::Same { .. } => {
            let end = finish(left, here)?;
            finish(right, there)?;
            Ok(Pass::Same(end))
        }
        Comparison::Different(difference) => Ok(Pass::Different(difference, here, there)),
        Comparison::Broken(bad) => Err(io::Error::new(io::ErrorKind::InvalidData, bad)),
    }
}

/// Waits for the end of a run.
fn finish(subject: Subject<'_>, run: TracedRun) -> io::Result<TraceEnd> {
    run.finish().map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", subject.engine.name())))
}

fn divergence(
    difference: Difference,
    (left, left_end): (Subject<'_>, TraceEnd),
    (right, right_end): (Subject<'_>, TraceEnd),
) -> Divergence {
    let silent = silent_write(difference.sequence, &difference.field, &left_end.moments, &right_end.moments);
    // Without what it takes, nobody could say what it is.
    let silent = silent.filter(|write| begun(&difference.before, write.sequence).is_some());
    let culprit = silent.as_ref().map_or_else(|| culprit(&difference), |write| write.sequence);
    let field = silent.map_or(difference.field, |write| Field::Register(write.register, write.left, write.right));
    let side = |subject: Subject<'_>, end: TraceEnd, events: Vec<Event>| Side {
        engine: subject.engine.name().to_owned(),
        raised: raised(culprit, &events, &end.run.ending).map(|message| error_class(&message)),
        labels: end.labels,
        moments: end.moments,
        events,
        digest: end.digest,
    };
    // Where the sides take different values, the left one's are as good as any.
    let begun = begun(&difference.before, culprit).or_else(|| begun(&difference.left, culprit));
    let (word, operands) = begun.unwrap_or_default();
    let (left, right) = (side(left, left_end, difference.left), side(right, right_end, difference.right));
    let callee = operands.first().filter(|_| word.is_some_and(calls)).and_then(|function| match function {
        Datum::Object(Kind::Function, number) => left.labels.get(*number as usize).cloned(),
        _ => None,
    });
    Divergence { culprit, word, operands, callee, field, left, right }
}

/// The instruction whose doing differs: where the sides go to different places, the one before.
fn culprit(difference: &Difference) -> u64 {
    match difference.field {
        Field::Thread(..) | Field::Depth(..) | Field::Prototype(..) | Field::Pc(..) | Field::Order | Field::Length => {
            difference
                .before
                .iter()
                .rev()
                .map(Event::sequence)
                .find(|sequence| *sequence < difference.sequence)
                .unwrap_or(difference.sequence)
        }
        _ => difference.sequence,
    }
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
        _ => None,
    }
}

fn begun(events: &[Event], sequence: u64) -> Option<(Option<u32>, Vec<Datum>)> {
    events.iter().rev().find_map(|event| match event {
        Event::Begun { sequence: number, word, operands, .. } if *number == sequence => {
            Some((Some(*word), operands.clone()))
        }
        _ => None,
    })
}

fn calls(word: u32) -> bool {
    matches!(Instruction(word).opcode(), Some(Opcode::Call | Opcode::TailCall | Opcode::TForLoop))
}
