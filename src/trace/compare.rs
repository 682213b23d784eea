//! Where two traces first differ: the event, the field, and the instruction that it is about.
//!
//! It knows events and nothing of engines or programs.

use std::ops::Range;

use super::Datum;
use super::decode::{BadEvents, decode};
use super::event::{Event, How};
use super::source::{Blocks, OwnedBlock};

/// What two traces came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Comparison {
    /// They are the same, and have so many instructions.
    Same {
        instructions: u64,
    },
    Different(Box<Difference>),
    /// A side gave bytes that are no events.
    Broken(BadEvents),
}

/// The first difference of two traces.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The sequence number of the instruction that it is about: the one that is not the same, or did not do the same.
    pub sequence: u64,
    pub field: Field,
    /// The last events before, which are the same on both sides, the latest last.
    pub before: Vec<Event>,
    /// What comes next on the left, the first event being the one that differs; empty if the trace ends there.
    pub left: Vec<Event>,
    /// Likewise on the right.
    pub right: Vec<Event>,
}

/// What differs.
#[derive(Clone, Debug, PartialEq)]
pub enum Field {
    /// One side has ended.
    Length,
    /// An instruction begins on one side where another ends on the other.
    Order,
    /// They are in different threads, frames, functions or places of the code.
    Thread(u32, u32),
    Depth(u32, u32),
    Prototype(u32, u32),
    Pc(u32, u32),
    /// Another instruction at the same place.
    Word(u32, u32),
    /// The objects that have names before the run: the engines have not the same libraries.
    Label,
    /// A prototype that is not the same.
    Code,
    /// A value that the instruction took, counted from 0.
    Operand(usize, Datum, Datum),
    /// How many values it took.
    OperandCount(u32, u32),
    How(How, How),
    /// A register that it wrote.
    Register(u32, Datum, Datum),
    /// How many registers it wrote.
    WrittenCount(u32, u32),
}

impl Field {
    /// Whether it is about what an instruction did, rather than about where it is or what it takes.
    pub fn is_a_result(&self) -> bool {
        !matches!(self, Self::Label | Self::Code | Self::Word(..) | Self::Operand(..) | Self::OperandCount(..))
    }
}

/// What the digests of two traces came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Digests {
    /// They are the same, and the traces have so many instructions.
    Same {
        instructions: u64,
    },
    Different(Stretch),
}

/// The part of two traces in which they first differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// How many blocks before it are the same.
    pub block: u64,
    /// The digest of those.
    pub before: u64,
    /// The digests of both sides with the block that differs; `None` where a side has ended.
    pub digests: (Option<u64>, Option<u64>),
    /// The instructions that begin in it on either side.
    pub instructions: Range<u64>,
}

impl Stretch {
    /// The digest of a repetition with the block that differed, if it has that and it was one of the last that were pulled.
    pub fn digest_in(&self, blocks: &Blocks) -> Option<u64> {
        blocks.kept().find(|block| block.first == self.instructions.start).map(|block| block.digest)
    }

    /// The first and the second digest of a side that changed when it was repeated, given those of both sides then.
    pub fn changed(&self, repeated: (Option<u64>, Option<u64>)) -> (u64, u64) {
        let pair =
            |first: Option<u64>, second: Option<u64>| (first.unwrap_or(self.before), second.unwrap_or(self.before));
        let (left, right) = (pair(self.digests.0, repeated.0), pair(self.digests.1, repeated.1));
        if left.0 == left.1 { right } else { left }
    }
}

/// How many events around the difference are kept.
const CONTEXT: usize = 64;

/// Compares the digests of two runs' blocks as they come, up to the first difference.
pub fn compare_digests(left: &mut Blocks, right: &mut Blocks) -> Digests {
    let (mut block, mut instructions, mut before) = (0, 0, 0);
    loop {
        let (here, there) = match (left.pull(), right.pull()) {
            (None, None) => return Digests::Same { instructions },
            (Some(here), Some(there)) if here.digest == there.digest => {
                block += 1;
                instructions += here.instructions;
                before = here.digest;
                continue;
            }
            sides => sides,
        };
        let digest = |block: Option<&OwnedBlock>| block.map(|block| block.digest);
        let longest = here.iter().chain(&there).map(|block| block.instructions).max().unwrap_or(0);
        return Digests::Different(Stretch {
            block,
            before,
            digests: (digest(here), digest(there)),
            instructions: instructions..instructions + longest,
        });
    }
}

/// Compares the events of two runs' blocks as they come, up to the first difference: they must be wanted of both.
pub fn compare(left: &mut Blocks, right: &mut Blocks) -> Comparison {
    let mut instructions = 0;
    loop {
        match (left.pull(), right.pull()) {
            (None, None) => return Comparison::Same { instructions },
            (Some(here), Some(there)) if here.bytes == there.bytes => instructions += here.instructions,
            (here, there) => {
                let ended = (here.is_none(), there.is_none());
                return match locate(left, right, ended) {
                    Ok(difference) => Comparison::Different(Box::new(difference)),
                    Err(bad) => Comparison::Broken(bad),
                };
            }
        }
    }
}

/// Finds the difference in the blocks that were pulled last; `ended` says which sides had none.
fn locate(left: &mut Blocks, right: &mut Blocks, ended: (bool, bool)) -> Result<Difference, BadEvents> {
    let mut before = Vec::new();
    let latest = usize::from(!ended.0);
    if let Some(block) = left.kept().rev().nth(latest) {
        before = decode(&block.bytes)?;
    }
    let here = if ended.0 { Vec::new() } else { from_latest(left)? };
    let there = if ended.1 { Vec::new() } else { from_latest(right)? };
    let same = here.iter().zip(&there).take_while(|(here, there)| here == there).count();
    before.extend_from_slice(&here[..same]);
    before.drain(..before.len().saturating_sub(CONTEXT));
    let (here, there) = (&here[same..], &there[same..]);
    let (mut sequence, field) = field(here.first(), there.first());
    if matches!(field, Field::Code | Field::Label) {
        // What is said before an instruction is about that.
        let begun = |event: &&Event| matches!(event, Event::Begun { .. });
        sequence = here.iter().find(begun).or_else(|| there.iter().find(begun)).map_or(sequence, Event::sequence);
    }
    let window = |events: &[Event]| events[..events.len().min(CONTEXT)].to_vec();
    Ok(Difference { sequence, field, before, left: window(here), right: window(there) })
}

/// The events of the block that was pulled last, and of the one after it.
fn from_latest(blocks: &mut Blocks) -> Result<Vec<Event>, BadEvents> {
    let mut events = Vec::new();
    if let Some(block) = blocks.kept().next_back() {
        events = decode(&block.bytes)?;
    }
    if let Some(OwnedBlock { bytes, .. }) = blocks.pull() {
        events.extend(decode(bytes)?);
    }
    Ok(events)
}

/// The instruction and the field in which two events differ.
fn field(left: Option<&Event>, right: Option<&Event>) -> (u64, Field) {
    match (left, right) {
        (Some(left), Some(right)) => {
            let field = match (left, right) {
                (Event::Begun { .. }, Event::Begun { .. }) => begun(left, right),
                (Event::Ended { .. }, Event::Ended { .. }) => ended(left, right),
                (Event::Prototype { .. }, Event::Prototype { .. }) => Field::Code,
                (Event::Label { .. }, _) | (_, Event::Label { .. }) => Field::Label,
                _ => Field::Order,
            };
            (left.sequence().min(right.sequence()), field)
        }
        (one, other) => (one.or(other).map_or(0, Event::sequence), Field::Length),
    }
}

fn begun(left: &Event, right: &Event) -> Field {
    let (
        Event::Begun { thread, depth, prototype, pc, word, operands, count, .. },
        Event::Begun {
            thread: thread_right,
            depth: depth_right,
            prototype: prototype_right,
            pc: pc_right,
            word: word_right,
            operands: operands_right,
            count: count_right,
            ..
        },
    ) = (left, right)
    else {
        return Field::Order;
    };
    let places = [
        (thread, thread_right, Field::Thread as fn(u32, u32) -> Field),
        (depth, depth_right, Field::Depth),
        (prototype, prototype_right, Field::Prototype),
        (pc, pc_right, Field::Pc),
        (word, word_right, Field::Word),
        (count, count_right, Field::OperandCount),
    ];
    for (here, there, field) in places {
        if here != there {
            return field(*here, *there);
        }
    }
    let values = operands.iter().zip(operands_right).enumerate();
    values
        .filter(|(_, (here, there))| here != there)
        .map(|(at, (here, there))| Field::Operand(at, here.clone(), there.clone()))
        .next()
        .unwrap_or(Field::Order)
}

fn ended(left: &Event, right: &Event) -> Field {
    let (
        Event::Ended { sequence, how, written, count },
        Event::Ended { sequence: sequence_right, how: how_right, written: written_right, count: count_right },
    ) = (left, right)
    else {
        return Field::Order;
    };
    if sequence != sequence_right {
        return Field::Order;
    }
    if how != how_right {
        return Field::How(*how, *how_right);
    }
    if count != count_right {
        return Field::WrittenCount(*count, *count_right);
    }
    let registers = written.iter().zip(written_right).find(|(here, there)| here != there);
    registers
        .map_or(Field::Order, |((register, here), (_, there))| Field::Register(*register, here.clone(), there.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begun_at(sequence: u64, pc: u32) -> Event {
        Event::Begun { sequence, thread: 0, depth: 1, prototype: 0, pc, word: 7, operands: vec![Datum::Nil], count: 1 }
    }

    fn wrote(sequence: u64, value: Datum) -> Event {
        Event::Ended { sequence, how: How::Completed, written: vec![(4, value)], count: 1 }
    }

    #[test]
    fn the_field_is_named() {
        let (one, other) = (Datum::Number(1), Datum::Boolean(true));
        let cases = [
            (begun_at(3, 1), begun_at(3, 2), (3, Field::Pc(1, 2))),
            (wrote(2, one.clone()), wrote(2, other.clone()), (2, Field::Register(4, one, other))),
            (wrote(2, Datum::Nil), begun_at(3, 0), (2, Field::Order)),
        ];
        for (left, right, expected) in cases {
            assert_eq!(field(Some(&left), Some(&right)), expected);
        }
        assert_eq!(field(None, Some(&begun_at(9, 1))), (9, Field::Length));
    }
}
