//! The matcher: walks the subject and the pattern, and goes back to the latest open choice when they disagree.

use super::backtrack::{Backtrack, Choice};
use super::byte_set::ByteSet;
use super::item::{Item, SetCache};
use super::{Captures, MAX_CAPTURES, PatternError};
use std::ops::Range;

/// What matchers write to, one after the other: so that none has to set it up anew. Its contents matter to nobody but the
/// latest matcher.
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    captures: Captures,
    choices: Backtrack,
    sets: SetCache,
}

impl Workspace {
    /// The captures of the latest match, if it was successful.
    pub fn captures(&self) -> &Captures {
        &self.captures
    }
}

/// A pattern being matched against a subject.
///
/// Cheap to make: nothing is allocated before a match has more than a few open choices, and the pattern is only read as
/// far as matching gets.
#[derive(Debug)]
pub struct Matcher<'a> {
    subject: &'a [u8],
    pattern: &'a [u8],
    anchored: bool,
    work: &'a mut Workspace,
    fuel: u64,
}

/// What comes of one step.
enum Step {
    /// Go on at these positions of the subject and of the pattern.
    Go(usize, usize),
    /// The match is complete, and ends here.
    Done(usize),
    /// No match this way.
    Fail,
}

impl<'a> Matcher<'a> {
    /// A matcher as `find`, `match` and `gsub` use it: a `^` at the start of the pattern anchors it.
    #[inline]
    pub fn new(subject: &'a [u8], pattern: &'a [u8], work: &'a mut Workspace) -> Matcher<'a> {
        let (anchored, pattern) = match pattern {
            [b'^', rest @ ..] => (true, rest),
            _ => (false, pattern),
        };
        Matcher { anchored, ..Matcher::unanchored(subject, pattern, work) }
    }

    /// A matcher as `gmatch` uses it: a `^` is a character like any other.
    #[inline]
    pub fn unanchored(subject: &'a [u8], pattern: &'a [u8], work: &'a mut Workspace) -> Matcher<'a> {
        // The reference sees its pattern as a C string.
        let length = pattern.iter().position(|&c| c == 0).unwrap_or(pattern.len());
        let pattern = &pattern[..length];
        work.sets.prepare(pattern);
        Matcher { subject, pattern, anchored: false, work, fuel: u64::MAX }
    }

    /// The same matcher with a limit on the work it may do from now on, over all its matches. A unit is about one byte
    /// of the subject compared. Without this call there is practically no limit.
    pub fn with_fuel(mut self, fuel: u64) -> Matcher<'a> {
        self.fuel = fuel;
        self
    }

    /// How much of the fuel is left.
    pub fn fuel_left(&self) -> u64 {
        self.fuel
    }

    /// Whether the pattern matches only where a search starts.
    pub fn is_anchored(&self) -> bool {
        self.anchored
    }

    /// The captures of the latest successful match.
    pub fn captures(&self) -> &Captures {
        &self.work.captures
    }

    /// The first match that starts at `start` (counted from 0) or after it; only one at `start` if the pattern is
    /// anchored. This is the loop of `find`, `match` and `gmatch`; for `gsub` it skips what stays as it is.
    ///
    /// # Errors
    ///
    /// The pattern is malformed in a part that was reached, or the fuel is used up.
    pub fn find_from(&mut self, start: usize) -> Result<Option<Range<usize>>, PatternError> {
        let first = if self.anchored { None } else { self.first_item() };
        let mut start = start;
        while start <= self.subject.len() {
            if let Some(item) = &first {
                let rest = &self.subject[start..];
                let found = item.find(rest);
                self.spend(found.unwrap_or(rest.len()))?;
                let Some(skipped) = found else { return Ok(None) };
                start += skipped;
            }
            if let Some(end) = self.match_at(start)? {
                return Ok(Some(start..end));
            }
            if self.anchored {
                break;
            }
            start += 1;
        }
        Ok(None)
    }

    /// Matches the pattern at `start` (counted from 0) and nowhere else; returns where the match ends. A position beyond
    /// the subject counts as its end.
    ///
    /// # Errors
    ///
    /// The pattern is malformed in a part that was reached, or the fuel is used up.
    pub fn match_at(&mut self, start: usize) -> Result<Option<usize>, PatternError> {
        self.work.captures.clear();
        self.work.choices.clear();
        let mut positions = (start.min(self.subject.len()), 0);
        loop {
            self.spend(1)?;
            match self.step(positions.0, positions.1)? {
                Step::Go(subject, pattern) => positions = (subject, pattern),
                Step::Done(end) => return Ok(Some(end)),
                Step::Fail => match self.retry()? {
                    Some(next) => positions = next,
                    None => return Ok(None),
                },
            }
        }
    }

    #[inline]
    fn spend(&mut self, units: usize) -> Result<(), PatternError> {
        self.fuel = self.fuel.checked_sub(units as u64).ok_or(PatternError::Exhausted)?;
        Ok(())
    }

    /// The item that every match starts with, if there is one, and if what is before it cannot raise an error.
    fn first_item(&mut self) -> Option<Item> {
        let opened = self.pattern.iter().take_while(|&&c| c == b'(').count();
        let harmless = opened <= MAX_CAPTURES && self.pattern.get(opened) != Some(&b')');
        if harmless { self.required_item(0) } else { None }
    }

    /// The item that has to match a byte for the pattern to go on from a position, if there is one that is easy to see.
    ///
    /// Only to be asked when no parenthesis up to that item can raise an error, for instance because matching has already
    /// gone through them. What comes after the item is not looked at where the item does not match, so all those places
    /// can be passed over, and no error with them.
    fn required_item(&mut self, position: usize) -> Option<Item> {
        let mut position = position;
        loop {
            match self.pattern.get(position..)? {
                [b'(', b')', ..] => position += 2,
                [b'(' | b')', ..] => position += 1,
                [b'$'] | [b'%', b'b' | b'f' | b'0'..=b'9', ..] | [] => return None,
                _ => break,
            }
        }
        let (item, end) = self.work.sets.item(self.pattern, position).ok()?;
        let optional = matches!(self.pattern.get(end), Some(b'?' | b'*' | b'-'));
        if optional { None } else { Some(item) }
    }

    /// Matches what is at one position of the pattern.
    #[inline(always)]
    fn step(&mut self, s: usize, p: usize) -> Result<Step, PatternError> {
        match self.pattern.get(p..).unwrap_or_default() {
            [] => Ok(Step::Done(s)),
            [b'(', b')', ..] => {
                self.work.captures.add_position(s)?;
                self.work.choices.push(Choice::UndoOpen);
                Ok(Step::Go(s, p + 2))
            }
            [b'(', ..] => {
                self.work.captures.open(s)?;
                self.work.choices.push(Choice::UndoOpen);
                Ok(Step::Go(s, p + 1))
            }
            [b')', ..] => {
                let index = self.work.captures.close(s)?;
                self.work.choices.push(Choice::UndoClose(index));
                Ok(Step::Go(s, p + 1))
            }
            [b'$'] => Ok(if s == self.subject.len() { Step::Done(s) } else { Step::Fail }),
            [b'%', b'b', delimiters @ ..] => self.balanced(s, p, delimiters),
            [b'%', b'f', rest @ ..] => {
                if rest.first() != Some(&b'[') {
                    return Err(PatternError::FrontierWithoutSet);
                }
                let (end, set) = self.work.sets.set(self.pattern, p + 2)?;
                Ok(if self.is_frontier(s, &set) { Step::Go(s, end) } else { Step::Fail })
            }
            [b'%', digit @ b'0'..=b'9', ..] => self.back_reference(s, p, *digit),
            _ => self.item(s, p),
        }
    }

    /// A single-character item and the quantifier after it.
    #[inline]
    fn item(&mut self, s: usize, p: usize) -> Result<Step, PatternError> {
        let (item, end) = self.work.sets.item(self.pattern, p)?;
        let matches = self.subject.get(s).is_some_and(|&byte| item.matches(byte));
        match self.pattern.get(end) {
            Some(b'?') => {
                if !matches {
                    return Ok(Step::Go(s, end + 1));
                }
                self.work.choices.push(Choice::Skip { subject: s, pattern: end + 1 });
                Ok(Step::Go(s + 1, end + 1))
            }
            Some(b'*') => self.take_most(s, &item, end + 1),
            Some(b'+') if matches => self.take_most(s + 1, &item, end + 1),
            Some(b'-') => {
                self.work.choices.push(Choice::More { subject: s, item: p, pattern: end + 1 });
                Ok(Step::Go(s, end + 1))
            }
            Some(b'+') => Ok(Step::Fail),
            _ if matches => Ok(Step::Go(s + 1, end)),
            _ => Ok(Step::Fail),
        }
    }

    /// As many repetitions as possible; fewer remain as a choice.
    fn take_most(&mut self, s: usize, item: &Item, pattern: usize) -> Result<Step, PatternError> {
        let count = item.run_length(self.subject.get(s..).unwrap_or_default());
        self.spend(count)?;
        // At the pattern's end the first try succeeds, so the choice would never be used.
        if count > 0 && pattern < self.pattern.len() {
            self.work.choices.push(Choice::Fewer { subject: s, count: count - 1, pattern });
        }
        Ok(Step::Go(s + count, pattern))
    }

    /// `%bxy`: `s` must be at an `x`, and the match goes to the `y` that balances it.
    fn balanced(&mut self, s: usize, p: usize, delimiters: &[u8]) -> Result<Step, PatternError> {
        let &[open, close, ..] = delimiters else { return Err(PatternError::Unbalanced) };
        let text = self.subject.get(s..).unwrap_or_default();
        if text.first() != Some(&open) {
            return Ok(Step::Fail);
        }
        let mut depth = 1usize;
        for (offset, &byte) in text.iter().enumerate().skip(1) {
            if byte == close {
                depth -= 1;
                if depth == 0 {
                    self.spend(offset)?;
                    return Ok(Step::Go(s + offset + 1, p + 4));
                }
            } else if byte == open {
                depth += 1;
            }
        }
        self.spend(text.len())?;
        Ok(Step::Fail)
    }

    /// Whether the set is entered at `s`. Both ends of the subject count as zero bytes.
    fn is_frontier(&self, s: usize, set: &ByteSet) -> bool {
        let at = |position: Option<usize>| position.and_then(|i| self.subject.get(i)).copied().unwrap_or(0);
        !set.contains(at(s.checked_sub(1))) && set.contains(at(Some(s)))
    }

    /// `%1` to `%9`: the text of a closed capture once more.
    fn back_reference(&mut self, s: usize, p: usize, digit: u8) -> Result<Step, PatternError> {
        let Some(span) = self.work.captures.referenced(digit)? else { return Ok(Step::Fail) };
        let captured = self.subject.get(span).unwrap_or_default();
        self.spend(captured.len())?;
        let repeated = self.subject.get(s..).is_some_and(|text| text.starts_with(captured));
        Ok(if repeated { Step::Go(s + captured.len(), p + 2) } else { Step::Fail })
    }

    /// Undoes what led into the dead end, up to the latest choice, and returns where it continues.
    fn retry(&mut self) -> Result<Option<(usize, usize)>, PatternError> {
        while let Some(choice) = self.work.choices.pop() {
            let next = match choice {
                Choice::UndoOpen => {
                    self.work.captures.undo_open();
                    None
                }
                Choice::UndoClose(index) => {
                    self.work.captures.undo_close(index);
                    None
                }
                Choice::Skip { subject, pattern } => Some((subject, pattern)),
                Choice::Fewer { subject, count, pattern } => self.take_fewer(subject, count, pattern)?,
                Choice::More { subject, item, pattern } => self.take_more(subject, item, pattern)?,
            };
            if next.is_some() {
                return Ok(next);
            }
        }
        Ok(None)
    }

    /// The next shorter repetition after which the match can go on, at most `count` bytes long.
    fn take_fewer(&mut self, s: usize, count: usize, pattern: usize) -> Result<Option<(usize, usize)>, PatternError> {
        let mut length = count;
        if let Some(next) = self.required_item(pattern) {
            let text = self.subject.get(s..).unwrap_or_default();
            let found = next.find_last(text.get(..=count).unwrap_or(text));
            self.spend(count - found.unwrap_or(0))?;
            let Some(found) = found else { return Ok(None) };
            length = found;
        }
        if length > 0 {
            self.work.choices.push(Choice::Fewer { subject: s, count: length - 1, pattern });
        }
        Ok(Some((s + length, pattern)))
    }

    /// The next longer repetition after which the match can go on, if the item at `item` allows it.
    fn take_more(&mut self, s: usize, item: usize, pattern: usize) -> Result<Option<(usize, usize)>, PatternError> {
        let (repeated, _) = self.work.sets.item(self.pattern, item)?;
        let text = self.subject.get(s..).unwrap_or_default();
        let more = match self.required_item(pattern) {
            Some(next) => repeated.run_before(&next, text),
            None if text.first().is_some_and(|&byte| repeated.matches(byte)) => Ok(1),
            None => Err(0),
        };
        let (Ok(examined) | Err(examined)) = more;
        self.spend(examined)?;
        let Ok(more) = more else { return Ok(None) };
        self.work.choices.push(Choice::More { subject: s + more, item, pattern });
        Ok(Some((s + more, pattern)))
    }
}
