//! Patterns read into operations, as far as matching has got so far.
//!
//! Reading ahead would raise errors that the reference never comes to, so an error is an operation too. A few patterns
//! are remembered, because programs use the same ones again and again.

use super::PatternError;
use super::byte_set::{ByteSet, class};
use super::item::Item;

/// What is at one place of a pattern. What follows it is the next operation.
#[derive(Clone, Copy, Debug)]
pub(super) enum Op {
    /// `(`
    Open,
    /// `()`
    OpenPosition,
    /// `)`
    Close,
    /// `$` at the pattern's end.
    SubjectEnd,
    /// `%bxy`
    Balanced(u8, u8),
    /// `%f`, and the number of the set.
    Frontier(u32),
    /// `%0` to `%9`
    BackReference(u8),
    /// An item that stands for one byte, and how often.
    Single(Single, Quantifier),
    /// The pattern's end.
    Done,
    /// The pattern is malformed here.
    Malformed(PatternError),
}

/// The bytes that an item matches; sets by their number.
#[derive(Clone, Copy, Debug)]
pub(super) enum Single {
    Any,
    Byte(u8),
    Set(u32),
}

/// How often an item may match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quantifier {
    Once,
    /// `?`
    Optional,
    /// `*`
    Any,
    /// `+`
    AtLeastOnce,
    /// `-`
    Fewest,
}

/// One pattern.
#[derive(Clone, Debug, Default)]
pub(super) struct Program {
    /// The pattern, if it is short enough to be remembered.
    source: Option<Vec<u8>>,
    /// Where its first zero byte is, or its end: the reference sees patterns as C strings.
    end: usize,
    /// How far it has been read.
    read: usize,
    ops: Vec<Op>,
    sets: Vec<ByteSet>,
}

impl Program {
    fn is_of(&self, pattern: &[u8]) -> bool {
        self.source.as_deref() == Some(pattern)
    }

    fn start(&mut self, pattern: &[u8]) {
        let mut source = self.source.take().unwrap_or_default();
        if pattern.len() <= LONGEST {
            source.clear();
            source.extend_from_slice(pattern);
            self.source = Some(source);
        }
        self.end = pattern.iter().position(|&c| c == 0).unwrap_or(pattern.len());
        self.read = 0;
        if self.ops.capacity() > 4 * LONGEST {
            (self.ops, self.sets) = (Vec::new(), Vec::new());
        }
        self.ops.clear();
        self.sets.clear();
    }

    /// The operation with this number. Only to be asked for when all before it have been, and with the program's pattern.
    #[inline(always)]
    pub fn op(&mut self, pattern: &[u8], number: usize) -> Op {
        match self.ops.get(number) {
            Some(op) => *op,
            None => self.read_op(pattern),
        }
    }

    /// What an item matches.
    #[inline(always)]
    pub fn item(&self, single: Single) -> Item<'_> {
        match single {
            Single::Any => Item::Any,
            Single::Byte(byte) => Item::Byte(byte),
            Single::Set(number) => Item::Set(self.set(number)),
        }
    }

    /// A set by its number.
    #[inline(always)]
    pub fn set(&self, number: u32) -> &ByteSet {
        static NONE: ByteSet = ByteSet::EMPTY;
        self.sets.get(number as usize).unwrap_or(&NONE)
    }

    #[cold]
    fn read_op(&mut self, pattern: &[u8]) -> Op {
        let pattern = pattern.get(..self.end).unwrap_or(pattern);
        let op = self.parse(pattern).unwrap_or_else(Op::Malformed);
        self.ops.push(op);
        op
    }

    fn parse(&mut self, pattern: &[u8]) -> Result<Op, PatternError> {
        let (op, length) = match pattern.get(self.read..).unwrap_or_default() {
            [] => (Op::Done, 0),
            [b'(', b')', ..] => (Op::OpenPosition, 2),
            [b'(', ..] => (Op::Open, 1),
            [b')', ..] => (Op::Close, 1),
            [b'$'] => (Op::SubjectEnd, 1),
            [b'%', b'b', open, close, ..] => (Op::Balanced(*open, *close), 4),
            [b'%', b'b', ..] => return Err(PatternError::Unbalanced),
            [b'%', b'f', b'[', ..] => {
                let (number, end) = self.read_set(pattern, self.read + 2)?;
                (Op::Frontier(number), end - self.read)
            }
            [b'%', b'f', ..] => return Err(PatternError::FrontierWithoutSet),
            [b'%', digit @ b'0'..=b'9', ..] => (Op::BackReference(*digit), 2),
            [first, ..] => return self.parse_single(pattern, *first),
        };
        self.read += length;
        Ok(op)
    }

    /// An item that stands for one byte, and the quantifier behind it.
    fn parse_single(&mut self, pattern: &[u8], first: u8) -> Result<Op, PatternError> {
        let (single, end) = match first {
            b'.' => (Single::Any, self.read + 1),
            b'[' => {
                let (number, end) = self.read_set(pattern, self.read)?;
                (Single::Set(number), end)
            }
            b'%' => {
                let &escaped = pattern.get(self.read + 1).ok_or(PatternError::EndsWithEscape)?;
                let single = match class(escaped) {
                    Some(set) => Single::Set(self.add_set(*set)),
                    None => Single::Byte(escaped),
                };
                (single, self.read + 2)
            }
            byte => (Single::Byte(byte), self.read + 1),
        };
        let quantifier = match pattern.get(end) {
            Some(b'?') => Quantifier::Optional,
            Some(b'*') => Quantifier::Any,
            Some(b'+') => Quantifier::AtLeastOnce,
            Some(b'-') => Quantifier::Fewest,
            _ => Quantifier::Once,
        };
        self.read = if quantifier == Quantifier::Once { end } else { end + 1 };
        Ok(Op::Single(single, quantifier))
    }

    /// Reads the set whose `[` is at `start`; gives its number and the position behind it.
    fn read_set(&mut self, pattern: &[u8], start: usize) -> Result<(u32, usize), PatternError> {
        let end = set_end(pattern, start)?;
        let set = read_members(pattern, start + 1, end - 1);
        Ok((self.add_set(set), end))
    }

    /// A pattern has far fewer than 2^32 sets.
    fn add_set(&mut self, set: ByteSet) -> u32 {
        self.sets.push(set);
        self.sets.len() as u32 - 1
    }
}

/// How many patterns are remembered, and up to which length.
const REMEMBERED: usize = 4;
const LONGEST: usize = 256;

/// The patterns used lately.
#[derive(Clone, Debug, Default)]
pub(super) struct Programs {
    known: [Program; REMEMBERED],
    latest: usize,
}

impl Programs {
    /// The program of a pattern: a remembered one, or one that takes the place of another.
    #[inline]
    pub fn of(&mut self, pattern: &[u8]) -> &mut Program {
        if !self.known[self.latest].is_of(pattern) {
            self.switch_to(pattern);
        }
        &mut self.known[self.latest]
    }

    fn switch_to(&mut self, pattern: &[u8]) {
        match self.known.iter().position(|program| program.is_of(pattern)) {
            Some(found) => self.latest = found,
            None => {
                self.latest = (self.latest + 1) % REMEMBERED;
                self.known[self.latest].start(pattern);
            }
        }
    }
}

/// The position after the `]` that closes the set whose `[` is at `start`. The first character of a set never closes it.
fn set_end(pattern: &[u8], start: usize) -> Result<usize, PatternError> {
    let mut position = start + 1;
    if pattern.get(position) == Some(&b'^') {
        position += 1;
    }
    loop {
        let &byte = pattern.get(position).ok_or(PatternError::UnclosedSet)?;
        position += 1;
        if byte == b'%' && position < pattern.len() {
            position += 1;
        }
        if pattern.get(position) == Some(&b']') {
            return Ok(position + 1);
        }
    }
}

/// The contents of a set whose inside starts at `start` and whose `]` is at `close`.
///
/// The end of a range is taken as it is, even if it is a `%`; when that makes the character before the `]` an escape, the
/// `]` is an element too, as it is in the reference.
fn read_members(pattern: &[u8], start: usize, close: usize) -> ByteSet {
    let mut set = ByteSet::default();
    let at = |position: usize| pattern.get(position).copied().unwrap_or(0);
    let negated = at(start) == b'^';
    let mut position = if negated { start + 1 } else { start };
    while position < close {
        if at(position) == b'%' {
            let escaped = at(position + 1);
            match class(escaped) {
                Some(members) => set.insert_all(members),
                None => set.insert(escaped),
            }
            position += 2;
        } else if at(position + 1) == b'-' && position + 2 < close {
            set.insert_range(at(position), at(position + 2));
            position += 3;
        } else {
            set.insert(at(position));
            position += 1;
        }
    }
    if negated { set.complement() } else { set }
}
