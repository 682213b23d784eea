//! Pattern items that stand for one byte of the subject: a character, `.`, a class or a set.

use super::PatternError;
use super::byte_set::{ByteSet, class};
use super::search::find_byte;

/// The bytes that an item matches.
#[derive(Clone, Copy, Debug)]
pub(super) enum Item {
    Any,
    Byte(u8),
    Class(&'static ByteSet),
    Set(ByteSet),
}

impl Item {
    #[inline]
    pub fn matches(&self, byte: u8) -> bool {
        match self {
            Item::Any => true,
            Item::Byte(wanted) => *wanted == byte,
            Item::Class(set) => set.contains(byte),
            Item::Set(set) => set.contains(byte),
        }
    }

    /// How many bytes at the start of the text match.
    pub fn run_length(&self, text: &[u8]) -> usize {
        let run = match self {
            Item::Any => None,
            Item::Byte(wanted) => text.iter().position(|byte| byte != wanted),
            Item::Class(set) => text.iter().position(|&byte| !set.contains(byte)),
            Item::Set(set) => text.iter().position(|&byte| !set.contains(byte)),
        };
        run.unwrap_or(text.len())
    }

    /// How many bytes at the start of the text (at least one) match, up to the first place that is followed by a byte
    /// which `next` matches; if there is no such place, how many bytes it took to see that.
    pub fn run_before(&self, next: &Item, text: &[u8]) -> Result<usize, usize> {
        let followers = text.get(1..).unwrap_or_default();
        if matches!(self, Item::Any) {
            return next.find(followers).map(|skipped| skipped + 1).ok_or(text.len());
        }
        for (position, (&byte, &follower)) in text.iter().zip(followers).enumerate() {
            if !self.matches(byte) {
                return Err(position);
            }
            if next.matches(follower) {
                return Ok(position + 1);
            }
        }
        Err(text.len())
    }

    /// Where the last byte is that matches.
    pub fn find_last(&self, text: &[u8]) -> Option<usize> {
        text.iter().rposition(|&byte| self.matches(byte))
    }

    /// Where the first byte is that matches.
    pub fn find(&self, text: &[u8]) -> Option<usize> {
        match self {
            Item::Any => (!text.is_empty()).then_some(0),
            Item::Byte(wanted) => find_byte(text, *wanted),
            Item::Class(set) => text.iter().position(|&byte| set.contains(byte)),
            Item::Set(set) => text.iter().position(|&byte| set.contains(byte)),
        }
    }
}

/// Sets are the one kind of item that takes time to read; the first few of a pattern are kept.
#[derive(Clone, Debug, Default)]
pub(super) struct SetCache {
    /// The pattern that they are of.
    source: Vec<u8>,
    /// Where a set starts in the pattern, where it ends, and what it contains; the first `used` are valid.
    known: [(usize, usize, ByteSet); 4],
    used: usize,
}

impl SetCache {
    /// Forgets the sets of other patterns than this one.
    #[inline]
    pub fn prepare(&mut self, pattern: &[u8]) {
        if self.used > 0 && self.source != pattern {
            self.used = 0;
        }
    }

    /// The item at a position of the pattern, and the position after it.
    ///
    /// # Errors
    ///
    /// The pattern ends in the middle of the item.
    #[inline]
    pub fn item(&mut self, pattern: &[u8], position: usize) -> Result<(Item, usize), PatternError> {
        match pattern.get(position) {
            Some(b'%') => {
                let &escaped = pattern.get(position + 1).ok_or(PatternError::EndsWithEscape)?;
                Ok((class(escaped).map_or(Item::Byte(escaped), Item::Class), position + 2))
            }
            Some(b'[') => {
                let (end, set) = self.set(pattern, position)?;
                Ok((Item::Set(set), end))
            }
            Some(b'.') => Ok((Item::Any, position + 1)),
            Some(&byte) => Ok((Item::Byte(byte), position + 1)),
            None => Ok((Item::Set(ByteSet::default()), position)),
        }
    }

    /// The end of the set whose `[` is at that position, and its contents.
    ///
    /// # Errors
    ///
    /// The set is not closed.
    pub fn set(&mut self, pattern: &[u8], position: usize) -> Result<(usize, ByteSet), PatternError> {
        if let Some(&(_, end, set)) = self.known.iter().take(self.used).find(|(start, ..)| *start == position) {
            return Ok((end, set));
        }
        let end = set_end(pattern, position)?;
        let set = read_set(pattern, position + 1, end - 1);
        if self.used == 0 {
            self.source.clear();
            self.source.extend_from_slice(pattern);
        }
        if let Some(slot) = self.known.get_mut(self.used) {
            *slot = (position, end, set);
            self.used += 1;
        }
        Ok((end, set))
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
fn read_set(pattern: &[u8], start: usize, close: usize) -> ByteSet {
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
