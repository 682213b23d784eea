//! What a match has captured, while it is running and afterwards.

use super::PatternError;
use std::ops::Range;

/// The most captures that a pattern may have (`LUA_MAXCAPTURES`).
pub const MAX_CAPTURES: usize = 32;

/// The value of a capture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Capture {
    /// A part of the subject.
    Span(Range<usize>),
    /// A position in the subject as Lua counts it, from 1 (the capture `()`).
    Position(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    Open,
    Position,
    Length(usize),
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    start: usize,
    extent: Extent,
}

/// The captures of a match, in the order of their opening parentheses.
#[derive(Clone, Debug)]
pub struct Captures {
    slots: [Slot; MAX_CAPTURES],
    level: usize,
}

impl Default for Captures {
    fn default() -> Captures {
        Captures { slots: [Slot { start: 0, extent: Extent::Open }; MAX_CAPTURES], level: 0 }
    }
}

impl Captures {
    /// How many captures the match has made.
    pub fn len(&self) -> usize {
        self.level
    }

    /// Whether the match has made no capture.
    pub fn is_empty(&self) -> bool {
        self.level == 0
    }

    /// How many values `match`, `gmatch` and a `gsub` callback get: the captures, or the whole match if there are none.
    /// (`find` returns [`Captures::len`] values after its two positions.)
    pub fn value_count(&self) -> usize {
        self.level.max(1)
    }

    /// The capture of that index, counted from 0; index 0 is the whole match if the match has made no captures.
    ///
    /// # Errors
    ///
    /// There is no such capture, or it was never closed.
    pub fn get(&self, index: usize, whole: &Range<usize>) -> Result<Capture, PatternError> {
        let Some(slot) = self.slots[..self.level].get(index) else {
            return if index == 0 { Ok(Capture::Span(whole.clone())) } else { Err(PatternError::InvalidCaptureIndex) };
        };
        match slot.extent {
            Extent::Open => Err(PatternError::UnfinishedCapture),
            Extent::Position => Ok(Capture::Position(slot.start + 1)),
            Extent::Length(length) => Ok(Capture::Span(slot.start..slot.start + length)),
        }
    }

    pub(super) fn clear(&mut self) {
        self.level = 0;
    }

    pub(super) fn open(&mut self, start: usize) -> Result<(), PatternError> {
        self.push(Slot { start, extent: Extent::Open })
    }

    pub(super) fn add_position(&mut self, position: usize) -> Result<(), PatternError> {
        self.push(Slot { start: position, extent: Extent::Position })
    }

    fn push(&mut self, slot: Slot) -> Result<(), PatternError> {
        *self.slots.get_mut(self.level).ok_or(PatternError::TooManyCaptures)? = slot;
        self.level += 1;
        Ok(())
    }

    /// Takes back the latest capture.
    pub(super) fn undo_open(&mut self) {
        self.level = self.level.saturating_sub(1);
    }

    /// Closes the innermost open capture, and returns its index.
    pub(super) fn close(&mut self, end: usize) -> Result<usize, PatternError> {
        let open = self.slots[..self.level].iter().rposition(|slot| slot.extent == Extent::Open);
        let index = open.ok_or(PatternError::UnopenedCapture)?;
        let slot = &mut self.slots[index];
        slot.extent = Extent::Length(end.saturating_sub(slot.start));
        Ok(index)
    }

    /// Opens a closed capture again.
    pub(super) fn undo_close(&mut self, index: usize) {
        if let Some(slot) = self.slots.get_mut(index) {
            slot.extent = Extent::Open;
        }
    }

    /// What the back reference `%digit` refers to; `None` for a position, which no text can be equal to.
    pub(super) fn referenced(&self, digit: u8) -> Result<Option<Range<usize>>, PatternError> {
        let slot = usize::from(digit).checked_sub(usize::from(b'1')).and_then(|l| self.slots[..self.level].get(l));
        match slot {
            Some(Slot { start, extent: Extent::Length(length) }) => Ok(Some(*start..start + length)),
            Some(Slot { extent: Extent::Position, .. }) => Ok(None),
            Some(Slot { extent: Extent::Open, .. }) | None => Err(PatternError::InvalidCaptureIndex),
        }
    }
}
