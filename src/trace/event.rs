//! Events: what a trace consists of, and their bytes.
//!
//! An executed instruction is one record in two events: what it began with, and how it ended, which other instructions may come in
//! between of. Their bytes (`encode`, `decode`) are made to be compared and hashed in bulk; `docs/trace-format.md` describes
//! them. Nothing here knows how events come about.

use serde::{Deserialize, Serialize};

use super::Kind;

/// The version of the format. A reader refuses others.
pub const FORMAT_VERSION: u32 = 2;

/// Values that are handed on together are recorded up to this many; of more, their number alone is.
pub(super) const MOST_VALUES: usize = 32;
/// Strings up to this length are recorded whole, longer ones by their length, hash and beginning.
pub(super) const LONGEST_STRING: usize = 48;

/// A value in a trace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Datum {
    Nil,
    Boolean(bool),
    /// The bits of the number. All NaNs of a sign are one.
    Number(u64),
    /// A string and its length; of a long one, the beginning and a hash of all of it.
    String {
        start: Vec<u8>,
        length: u64,
        hash: Option<u64>,
    },
    /// The kind of an object and its number in the order of first appearance.
    Object(Kind, u32),
}

/// How an instruction ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[repr(u8)]
pub enum How {
    /// Its function went on.
    Completed = 1,
    /// A tail call whose function took over the frame.
    Called,
    /// A return.
    Returned,
    /// An error went through it.
    Raised,
}

/// One event of a trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// An object has a name before the run.
    Label { number: u32, name: String },
    /// A prototype is about to be executed for the first time.
    Prototype {
        /// Its number in the order of first appearance.
        number: u32,
        source: Vec<u8>,
        line_defined: u32,
        last_line_defined: u32,
        /// A hash of its instructions.
        code: u64,
    },
    /// An instruction is about to be executed.
    Begun {
        sequence: u64,
        thread: u32,
        depth: u32,
        prototype: u32,
        pc: u32,
        word: u32,
        /// What a store stores, a call calls and passes, a return returns; with all operands recorded, what any instruction takes.
        operands: Vec<Datum>,
        /// How many operands there were.
        count: u32,
    },
    /// An instruction has ended.
    Ended {
        /// The instruction, by its sequence number.
        sequence: u64,
        how: How,
        /// The registers that it wrote.
        written: Vec<(u32, Datum)>,
        /// How many registers it wrote.
        count: u32,
    },
}

impl Event {
    /// The instruction that the event is about; 0 where it is about none.
    pub fn sequence(&self) -> u64 {
        match self {
            Self::Begun { sequence, .. } | Self::Ended { sequence, .. } => *sequence,
            Self::Label { .. } | Self::Prototype { .. } => 0,
        }
    }
}

/// The tags of events.
pub(super) const PROTOTYPE: u8 = 1;
pub(super) const BEGUN: u8 = 2;
pub(super) const ENDED: u8 = 3;
pub(super) const LABEL: u8 = 4;
/// The state that a block starts from, so that it can be read alone.
pub(super) const START: u8 = 5;
/// What begins from here on is in this frame.
pub(super) const FRAME: u8 = 6;
/// An instruction that hands on nothing has begun.
pub(super) const STEP: u8 = 7;
/// The last one that has begun is complete, and wrote nothing.
pub(super) const DONE: u8 = 8;
/// It is complete, and wrote one register.
pub(super) const WROTE: u8 = 9;
/// It is complete, and wrote so many.
pub(super) const WROTE_SEVERAL: u8 = 12;
/// It has returned.
pub(super) const RETURNED: u8 = 10;
/// What it took.
pub(super) const TOOK: u8 = 11;
/// The first `pc` that a step has no room for.
pub(super) const FAR: u32 = 1 << 24;
/// The tags of values; objects have 16 and their kind.
pub(super) const NIL: u8 = 0;
pub(super) const FALSE: u8 = 1;
pub(super) const TRUE: u8 = 2;
pub(super) const NUMBER: u8 = 3;
pub(super) const SHORT: u8 = 4;
pub(super) const LONG: u8 = 5;
pub(super) const OBJECT: u8 = 16;

/// Where instructions are executed, as long as no call begins or ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Frame {
    pub thread: u32,
    pub depth: u32,
    pub prototype: u32,
}

/// How many of so many values are recorded.
pub(super) fn recorded(count: u32) -> u32 {
    count.min(MOST_VALUES as u32)
}

/// A hash of bytes in which every bit of every byte counts: multiply and fold, 8 bytes at a time.
pub(super) fn hash(bytes: &[u8], seed: u64) -> u64 {
    let mut state = seed ^ 0x9E37_79B9_7F4A_7C15 ^ (bytes.len() as u64).wrapping_mul(0xA076_1D64_78BD_642F);
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        state = fold(state ^ u64::from_le_bytes(*word));
    }
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    fold(fold(state ^ u64::from_le_bytes(last)) ^ 0xE703_7ED1_A0B4_28DB)
}

/// A hash of the same quality, of other values, for many bytes: four words at a time.
pub(super) fn digest(bytes: &[u8], seed: u64) -> u64 {
    let mut lanes = [0x9E37_79B9_7F4A_7C15, 0xA076_1D64_78BD_642F, 0xE703_7ED1_A0B4_28DB, 0x8EBC_6AF0_9C88_C6E3];
    let (blocks, rest) = bytes.as_chunks::<32>();
    for block in blocks {
        let (words, _) = block.as_chunks::<8>();
        for (lane, word) in lanes.iter_mut().zip(words) {
            *lane = fold(*lane ^ u64::from_le_bytes(*word));
        }
    }
    hash(rest, lanes.into_iter().fold(seed ^ bytes.len() as u64, |state, lane| fold(state ^ lane)))
}

fn fold(number: u64) -> u64 {
    let product = u128::from(number) * 0x9FB2_1C65_1E98_DF25;
    (product >> 64) as u64 ^ product as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bit_counts_in_a_hash() {
        for hash in [hash, digest] {
            let bytes = [7_u8; 77];
            let whole = hash(&bytes, 0);
            for bit in 0..bytes.len() * 8 {
                let mut other = bytes;
                other[bit / 8] ^= 1 << (bit % 8);
                assert_ne!(hash(&other, 0), whole, "bit {bit}");
            }
            assert_ne!(hash(&bytes[..76], 0), whole);
            assert_ne!(hash(&bytes, 1), whole);
            assert_ne!(hash(&[], 0), hash(&[0], 0));
        }
    }
}
