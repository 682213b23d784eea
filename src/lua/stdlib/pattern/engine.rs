//! The matcher: walks the subject and the pattern, and goes back to the latest open choice when they disagree.

use super::backtrack::{Backtrack, Choice};
use super::byte_set::ByteSet;
use super::program::{Op, Program, Programs, Quantifier, Single};
use super::{Captures, MAX_CAPTURES, PatternError};
use std::ops::Range;

/// What matchers work with, one after the other: so that none has to set it up anew, or to read a pattern that it knows.
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    captures: Captures,
    choices: Backtrack,
    programs: Programs,
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
    program: &'a mut Program,
    captures: &'a mut Captures,
    choices: &'a mut Backtrack,
    fuel: u64,
}

/// What comes of one step.
enum Step {
    /// Go on at this position of the subject, with this operation.
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
        match pattern {
            [b'^', rest @ ..] => Matcher::with_anchor(true, subject, rest, work),
            _ => Matcher::with_anchor(false, subject, pattern, work),
        }
    }

    /// A matcher as `gmatch` uses it: a `^` is a character like any other.
    #[inline]
    pub fn unanchored(subject: &'a [u8], pattern: &'a [u8], work: &'a mut Workspace) -> Matcher<'a> {
        Matcher::with_anchor(false, subject, pattern, work)
    }

    #[inline]
    fn with_anchor(anchored: bool, subject: &'a [u8], pattern: &'a [u8], work: &'a mut Workspace) -> Matcher<'a> {
        let Workspace { captures, choices, programs } = work;
        Matcher { subject, pattern, anchored, program: programs.of(pattern), captures, choices, fuel: u64::MAX }
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
        self.captures
    }

    /// The first match that starts at `start` (counted from 0) or after it; only one at `start` if the pattern is
    /// anchored. This is the loop of `find`, `match` and `gmatch`; for `gsub` it skips what stays as it is.
    ///
    /// # Errors
    ///
    /// The pattern is malformed in a part that was reached, or the fuel is used up.
    pub fn find_from(&mut self, start: usize) -> Result<Option<Range<usize>>, PatternError> {
        if start > self.subject.len() {
            return Ok(None);
        }
        if self.anchored {
            return Ok(self.match_at(start)?.map(|end| start..end));
        }
        if let Op::Single(item, quantifier @ (Quantifier::Once | Quantifier::AtLeastOnce)) = self.op(0)
            && let Op::Done = self.op(1)
        {
            return self.find_run(start, item, quantifier);
        }
        let first = self.first_item();
        let mut start = start;
        while start <= self.subject.len() {
            if let Some(item) = first {
                let rest = &self.subject[start..];
                let found = self.program.item(item).find(rest);
                self.spend(found.unwrap_or(rest.len()))?;
                let Some(skipped) = found else { return Ok(None) };
                start += skipped;
            }
            if let Some(end) = self.match_at(start)? {
                return Ok(Some(start..end));
            }
            start += 1;
        }
        Ok(None)
    }

    /// Finds the first match of a pattern that is nothing but one item, once or as often as possible.
    #[inline]
    fn find_run(
        &mut self,
        start: usize,
        item: Single,
        quantifier: Quantifier,
    ) -> Result<Option<Range<usize>>, PatternError> {
        self.captures.clear();
        let (item, text) = (self.program.item(item), self.text(start));
        let found = item.find(text).map(|skipped| {
            let more = text.get(skipped + 1..).unwrap_or_default();
            let more = if quantifier == Quantifier::Once { 0 } else { item.run_length(more) };
            start + skipped..start + skipped + 1 + more
        });
        self.spend(found.as_ref().map_or(text.len(), |found| found.end - start))?;
        Ok(found)
    }

    /// Matches the pattern at `start` (counted from 0) and nowhere else; returns where the match ends. A position beyond
    /// the subject counts as its end.
    ///
    /// # Errors
    ///
    /// The pattern is malformed in a part that was reached, or the fuel is used up.
    pub fn match_at(&mut self, start: usize) -> Result<Option<usize>, PatternError> {
        self.captures.clear();
        self.choices.clear();
        let mut positions = (start.min(self.subject.len()), 0);
        loop {
            self.spend(1)?;
            match self.step(positions.0, positions.1)? {
                Step::Go(subject, op) => positions = (subject, op),
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

    #[inline(always)]
    fn op(&mut self, number: usize) -> Op {
        self.program.op(self.pattern, number)
    }

    /// What of the subject is from this position on.
    #[inline(always)]
    fn text(&self, s: usize) -> &'a [u8] {
        self.subject.get(s..).unwrap_or_default()
    }

    #[inline(always)]
    fn matches(&self, s: usize, single: Single) -> bool {
        self.subject.get(s).is_some_and(|&byte| self.program.item(single).matches(byte))
    }

    /// The item that every match starts with, if there is one, and if what is before it cannot raise an error.
    fn first_item(&mut self) -> Option<Single> {
        let (mut captures, mut open) = (0, 0usize);
        for number in 0.. {
            match self.op(number) {
                Op::Single(item, Quantifier::Once | Quantifier::AtLeastOnce) => return Some(item),
                Op::OpenPosition => captures += 1,
                Op::Open => {
                    captures += 1;
                    open += 1;
                }
                Op::Close => open = open.checked_sub(1)?,
                _ => return None,
            }
            if captures > MAX_CAPTURES {
                return None;
            }
        }
        None
    }

    /// The item that has to match a byte for the pattern to go on from an operation, if there is one that is easy to see.
    ///
    /// Only to be asked when matching has already gone through the parentheses up to that item, so that they raise no
    /// error. What comes after the item is not looked at where the item does not match, so all those places can be passed
    /// over, and no error with them.
    fn required_item(&mut self, number: usize) -> Option<Single> {
        for number in number.. {
            match self.op(number) {
                Op::Single(item, Quantifier::Once | Quantifier::AtLeastOnce) => return Some(item),
                Op::Open | Op::OpenPosition | Op::Close => {}
                _ => return None,
            }
        }
        None
    }

    /// Does one operation.
    #[inline(always)]
    fn step(&mut self, s: usize, p: usize) -> Result<Step, PatternError> {
        match self.op(p) {
            Op::Single(item, quantifier) => Ok(self.single(s, p, item, quantifier)?),
            Op::Done => Ok(Step::Done(s)),
            Op::Open => {
                self.captures.open(s)?;
                self.choices.push(Choice::UndoOpen);
                Ok(Step::Go(s, p + 1))
            }
            Op::OpenPosition => {
                self.captures.add_position(s)?;
                self.choices.push(Choice::UndoOpen);
                Ok(Step::Go(s, p + 1))
            }
            Op::Close => {
                let index = self.captures.close(s)?;
                self.choices.push(Choice::UndoClose(index));
                Ok(Step::Go(s, p + 1))
            }
            Op::SubjectEnd => Ok(if s == self.subject.len() { Step::Done(s) } else { Step::Fail }),
            Op::Balanced(open, close) => self.balanced(s, p, open, close),
            Op::Frontier(set) => {
                Ok(if self.is_frontier(s, self.program.set(set)) { Step::Go(s, p + 1) } else { Step::Fail })
            }
            Op::BackReference(digit) => self.back_reference(s, p, digit),
            Op::Malformed(error) => Err(error),
        }
    }

    /// A single-character item with its quantifier.
    #[inline]
    fn single(&mut self, s: usize, p: usize, item: Single, quantifier: Quantifier) -> Result<Step, PatternError> {
        match quantifier {
            Quantifier::Once => Ok(if self.matches(s, item) { Step::Go(s + 1, p + 1) } else { Step::Fail }),
            Quantifier::Any => self.take_most(s, item, p + 1),
            Quantifier::AtLeastOnce if self.matches(s, item) => self.take_most(s + 1, item, p + 1),
            Quantifier::AtLeastOnce => Ok(Step::Fail),
            Quantifier::Fewest => {
                self.choices.push(Choice::More { subject: s, item: p });
                Ok(Step::Go(s, p + 1))
            }
            Quantifier::Optional => {
                if !self.matches(s, item) {
                    return Ok(Step::Go(s, p + 1));
                }
                self.choices.push(Choice::Skip { subject: s, pattern: p + 1 });
                Ok(Step::Go(s + 1, p + 1))
            }
        }
    }

    /// As many repetitions as possible; fewer remain as a choice.
    #[inline]
    fn take_most(&mut self, s: usize, item: Single, next: usize) -> Result<Step, PatternError> {
        let count = self.program.item(item).run_length(self.text(s));
        self.spend(count)?;
        if count > 0 {
            self.choices.push(Choice::Fewer { subject: s, count: count - 1, pattern: next });
        }
        Ok(Step::Go(s + count, next))
    }

    /// `%bxy`: `s` must be at an `x`, and the match goes to the `y` that balances it.
    fn balanced(&mut self, s: usize, p: usize, open: u8, close: u8) -> Result<Step, PatternError> {
        let text = self.text(s);
        if text.first() != Some(&open) {
            return Ok(Step::Fail);
        }
        let mut depth = 1usize;
        for (offset, &byte) in text.iter().enumerate().skip(1) {
            if byte == close {
                depth -= 1;
                if depth == 0 {
                    self.spend(offset)?;
                    return Ok(Step::Go(s + offset + 1, p + 1));
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
        let Some(span) = self.captures.referenced(digit)? else { return Ok(Step::Fail) };
        let captured = self.subject.get(span).unwrap_or_default();
        self.spend(captured.len())?;
        let repeated = self.text(s).starts_with(captured);
        Ok(if repeated { Step::Go(s + captured.len(), p + 1) } else { Step::Fail })
    }

    /// Undoes what led into the dead end, up to the latest choice, and returns where it continues.
    fn retry(&mut self) -> Result<Option<(usize, usize)>, PatternError> {
        while let Some(choice) = self.choices.pop() {
            let next = match choice {
                Choice::UndoOpen => {
                    self.captures.undo_open();
                    None
                }
                Choice::UndoClose(index) => {
                    self.captures.undo_close(index);
                    None
                }
                Choice::Skip { subject, pattern } => Some((subject, pattern)),
                Choice::Fewer { subject, count, pattern } => self.take_fewer(subject, count, pattern)?,
                Choice::More { subject, item } => self.take_more(subject, item)?,
            };
            if next.is_some() {
                return Ok(next);
            }
        }
        Ok(None)
    }

    /// The next shorter repetition after which the match can go on, at most `count` bytes long.
    fn take_fewer(&mut self, s: usize, count: usize, next: usize) -> Result<Option<(usize, usize)>, PatternError> {
        let mut length = count;
        if let Some(required) = self.required_item(next) {
            let text = self.text(s);
            let found = self.program.item(required).find_last(text.get(..=count).unwrap_or(text));
            self.spend(count - found.unwrap_or(0))?;
            let Some(found) = found else { return Ok(None) };
            length = found;
        }
        if length > 0 {
            self.choices.push(Choice::Fewer { subject: s, count: length - 1, pattern: next });
        }
        Ok(Some((s + length, next)))
    }

    /// The next longer repetition after which the match can go on, if the operation `item` allows it.
    fn take_more(&mut self, s: usize, item: usize) -> Result<Option<(usize, usize)>, PatternError> {
        let Op::Single(repeated, _) = self.op(item) else { return Ok(None) };
        let more = match self.required_item(item + 1) {
            Some(next) => self.program.item(repeated).run_before(self.program.item(next), self.text(s)),
            None if self.matches(s, repeated) => Ok(1),
            None => Err(0),
        };
        let (Ok(examined) | Err(examined)) = more;
        self.spend(examined)?;
        let Ok(more) = more else { return Ok(None) };
        self.choices.push(Choice::More { subject: s + more, item });
        Ok(Some((s + more, item + 1)))
    }
}
