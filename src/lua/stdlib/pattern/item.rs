//! What pattern items that stand for one byte of the subject match: a character, any byte, or the members of a set.

use super::byte_set::ByteSet;
use super::search::find_byte;

/// The bytes that an item matches.
#[derive(Clone, Copy, Debug)]
pub(super) enum Item<'a> {
    Any,
    Byte(u8),
    Set(&'a ByteSet),
}

impl Item<'_> {
    #[inline]
    pub fn matches(self, byte: u8) -> bool {
        match self {
            Item::Any => true,
            Item::Byte(wanted) => wanted == byte,
            Item::Set(set) => set.contains(byte),
        }
    }

    /// How many bytes at the start of the text match.
    #[inline]
    pub fn run_length(self, text: &[u8]) -> usize {
        let run = match self {
            Item::Any => None,
            Item::Byte(wanted) => text.iter().position(|&byte| byte != wanted),
            Item::Set(set) => text.iter().position(|&byte| !set.contains(byte)),
        };
        run.unwrap_or(text.len())
    }

    /// How many bytes at the start of the text (at least one) match, up to the first place that is followed by a byte
    /// which `next` matches; if there is no such place, how many bytes it took to see that.
    pub fn run_before(self, next: Item<'_>, text: &[u8]) -> Result<usize, usize> {
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
    pub fn find_last(self, text: &[u8]) -> Option<usize> {
        text.iter().rposition(|&byte| self.matches(byte))
    }

    /// Where the first byte is that matches.
    #[inline]
    pub fn find(self, text: &[u8]) -> Option<usize> {
        match self {
            Item::Any => (!text.is_empty()).then_some(0),
            Item::Byte(wanted) => find_byte(text, wanted),
            Item::Set(set) => text.iter().position(|&byte| set.contains(byte)),
        }
    }
}
