//! Events: what a trace consists of, and their bytes.
//!
//! An executed instruction is one record in two events: what it began with, and how it ended, which other instructions may come in
//! between of. The bytes are made to be compared and hashed in bulk; `docs/trace-format.md` describes them. Nothing here knows how
//! events come about.

use serde::{Deserialize, Serialize};

use super::Kind;

/// The version of the format. A reader refuses others.
pub const FORMAT_VERSION: u32 = 1;

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
/// The tags of values; objects have 16 and their kind.
pub(super) const NIL: u8 = 0;
pub(super) const FALSE: u8 = 1;
pub(super) const TRUE: u8 = 2;
pub(super) const NUMBER: u8 = 3;
pub(super) const SHORT: u8 = 4;
pub(super) const LONG: u8 = 5;
pub(super) const OBJECT: u8 = 16;

/// Bytes that are no events, with the offset where they stop making sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("these bytes are no trace events: the one at offset {offset} makes no sense")]
pub struct BadEvents {
    pub offset: usize,
}

/// Reads the events of a block.
///
/// # Errors
/// Bytes that are no events.
pub fn decode(bytes: &[u8]) -> Result<Vec<Event>, BadEvents> {
    let mut reader = Reader { bytes, at: 0 };
    let mut events = Vec::new();
    while reader.at < bytes.len() {
        events.push(reader.event()?);
    }
    Ok(events)
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn bad(&self) -> BadEvents {
        BadEvents { offset: self.at }
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], BadEvents> {
        let taken = self.bytes.get(self.at..).and_then(|rest| rest.first_chunk::<N>()).ok_or(self.bad())?;
        self.at += N;
        Ok(*taken)
    }

    fn byte(&mut self) -> Result<u8, BadEvents> {
        self.take::<1>().map(|[byte]| byte)
    }

    fn u32(&mut self) -> Result<u32, BadEvents> {
        self.take().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Result<u64, BadEvents> {
        self.take().map(u64::from_le_bytes)
    }

    fn text(&mut self, length: usize) -> Result<Vec<u8>, BadEvents> {
        let end = self.at.checked_add(length).ok_or(self.bad())?;
        let text = self.bytes.get(self.at..end).ok_or(self.bad())?.to_vec();
        self.at = end;
        Ok(text)
    }

    fn event(&mut self) -> Result<Event, BadEvents> {
        let bad = self.bad();
        match self.byte()? {
            PROTOTYPE => self.prototype(),
            BEGUN => self.begun(),
            ENDED => self.ended(),
            LABEL => {
                let (number, length) = (self.u32()?, self.u32()? as usize);
                let name = String::from_utf8_lossy(&self.text(length)?).into_owned();
                Ok(Event::Label { number, name })
            }
            _ => Err(bad),
        }
    }

    fn prototype(&mut self) -> Result<Event, BadEvents> {
        let (number, line_defined, last_line_defined) = (self.u32()?, self.u32()?, self.u32()?);
        let code = self.u64()?;
        let length = self.u32()? as usize;
        Ok(Event::Prototype { number, source: self.text(length)?, line_defined, last_line_defined, code })
    }

    fn begun(&mut self) -> Result<Event, BadEvents> {
        let sequence = self.u64()?;
        let (thread, depth, prototype) = (self.u32()?, self.u32()?, self.u32()?);
        let (pc, word, count) = (self.u32()?, self.u32()?, self.u32()?);
        let operands = (0..recorded(count)).map(|_| self.datum()).collect::<Result<_, _>>()?;
        Ok(Event::Begun { sequence, thread, depth, prototype, pc, word, operands, count })
    }

    fn ended(&mut self) -> Result<Event, BadEvents> {
        let sequence = self.u64()?;
        let bad = self.bad();
        let how = match self.byte()? {
            1 => How::Completed,
            2 => How::Called,
            3 => How::Returned,
            4 => How::Raised,
            _ => return Err(bad),
        };
        let count = self.u32()?;
        let written = (0..recorded(count)).map(|_| Ok((self.u32()?, self.datum()?))).collect::<Result<_, _>>()?;
        Ok(Event::Ended { sequence, how, written, count })
    }

    fn datum(&mut self) -> Result<Datum, BadEvents> {
        let bad = self.bad();
        Ok(match self.byte()? {
            NIL => Datum::Nil,
            FALSE => Datum::Boolean(false),
            TRUE => Datum::Boolean(true),
            NUMBER => Datum::Number(self.u64()?),
            SHORT => {
                let length = usize::from(self.byte()?);
                Datum::String { start: self.text(length)?, length: length as u64, hash: None }
            }
            LONG => {
                let (length, hash) = (self.u64()?, self.u64()?);
                Datum::String { start: self.text(LONGEST_STRING)?, length, hash: Some(hash) }
            }
            tag => {
                let kinds = [Kind::Table, Kind::Function, Kind::Userdata, Kind::Thread, Kind::LightUserdata];
                let kind = kinds.into_iter().find(|kind| OBJECT + *kind as u8 == tag).ok_or(bad)?;
                Datum::Object(kind, self.u32()?)
            }
        })
    }
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
    fn bytes_that_are_no_events_are_refused_with_their_place() {
        assert_eq!(decode(&[9]), Err(BadEvents { offset: 0 }));
        assert_eq!(decode(&[ENDED, 0, 0]), Err(BadEvents { offset: 1 }));
        let mut ended = vec![ENDED];
        ended.extend([0; 8]);
        ended.push(77);
        assert_eq!(decode(&ended), Err(BadEvents { offset: 9 }));
    }

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
