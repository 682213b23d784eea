//! Bytes changed by parts of what they stand for: a statement goes, an expression takes the place of another one, two texts exchange lines.
//!
//! Whatever the bytes are, they are changed by the [`spans`](Parts::spans) of their constructs: removed, doubled, exchanged, replaced by others of
//! the same kind or by fresh ones. What follows a changed part keeps its meaning as far as that is possible: see [`Parts::fit`]. A share of
//! the changes is left to the fuzzer's own mutator ([`Fallback`]), as its dictionaries act only through it. The same seed and bytes give
//! the same result, unless the fallback does not. Nothing here knows what is judged, or how.

mod chunk;
mod parts;
mod source;

use std::ops::Range;

use super::raw::{self, Form};
use super::{Case, Target};
use crate::generate::{Span, splitmix};
use parts::Parts;

/// A fuzzer's own mutator: it changes the first bytes of a slice, so many as the second argument says, in place, to at most as many as the
/// third says, and returns how many there are then.
pub type Fallback<'m> = &'m mut dyn FnMut(&mut [u8], usize, usize) -> usize;

/// How often something is tried that changes nothing.
const ATTEMPTS: usize = 8;
/// How many bytes something fresh has, before it is fitted.
const FRESH: Range<usize> = 4..96;

/// A source of changes to the bytes of one target.
pub struct Mutator<'m> {
    target: Target,
    random: Random,
    fallback: Fallback<'m>,
}

impl<'m> Mutator<'m> {
    /// One with a seed.
    pub fn new(target: Target, seed: u64, fallback: Fallback<'m>) -> Self {
        Self { target, random: Random(seed), fallback }
    }

    /// Changes the first `size` bytes of `data` in place, to `most` bytes at most, and says how many there are then.
    ///
    /// # Panics
    /// When `data` is shorter than `size` or `most`.
    pub fn mutate(&mut self, data: &mut [u8], size: usize, most: usize) -> usize {
        let form = Form::of(self.target, &data[..size]);
        if self.random.one_of(5) {
            return self.fall_back(form, data, size, most);
        }
        let mut bytes = data[..size].to_vec();
        for _ in 0..1 + self.random.below(3) {
            bytes = self.edited(&bytes, None);
        }
        if let Some(written) = self.written(&bytes, most) {
            bytes = written;
        }
        bytes.truncate(most);
        if bytes == data[..size] {
            return self.fall_back(form, data, size, most);
        }
        data[..bytes.len()].copy_from_slice(&bytes);
        bytes.len()
    }

    /// Writes bytes made of two inputs to `out`, and says how many; 0 if nothing comes of them.
    pub fn cross(&mut self, first: &[u8], second: &[u8], out: &mut [u8]) -> usize {
        for _ in 0..ATTEMPTS {
            let mut bytes = self.crossed(first, second);
            bytes.truncate(out.len());
            if bytes != first && bytes != second {
                out[..bytes.len()].copy_from_slice(&bytes);
                return bytes.len();
            }
        }
        0
    }

    /// A change by the fuzzer itself, which may not touch what says what the bytes are.
    fn fall_back(&mut self, form: Form, data: &mut [u8], size: usize, most: usize) -> usize {
        let prefix = form.prefix().min(most);
        if most == prefix {
            return most;
        }
        let size = size.max(prefix).min(data.len());
        prefix + (self.fallback)(&mut data[prefix..], size - prefix, most - prefix)
    }

    /// The program of a case of choices, now and then, as bytes that are it: where a corpus of texts and chunks comes from.
    fn written(&mut self, bytes: &[u8], most: usize) -> Option<Vec<u8>> {
        let is_wanted = Form::of(self.target, bytes) == Form::Choices && self.random.one_of(12);
        let written = is_wanted.then(|| raw::of_case(self.target, &Case::of_bytes(self.target, bytes))).flatten();
        written.filter(|written| written.len() <= most)
    }

    /// Bytes with one change, for which `other` gives parts; without it, the bytes do themselves.
    fn edited(&mut self, bytes: &[u8], other: Option<&[u8]>) -> Vec<u8> {
        let parts = Parts::of(self.target, bytes);
        let spans = parts.spans(bytes);
        let Some(span) = self.random.span(&spans) else { return parts.grown(bytes, &self.random.bytes(FRESH)) };
        let is_listed = parts.is_listed(span.construct);
        match (self.random.below(9), other) {
            (0, None) if is_listed => without(bytes, span),
            (0, None) => parts.replaced(bytes, span, &parts.simplest(span, bytes)),
            (1, None) if is_listed => parts.inserted(bytes, span, &bytes[span.range.clone()]),
            (2, None) if is_listed => parts.inserted(bytes, span, &self.fresh(&parts, span)),
            (3, None) => self.exchanged(&parts, bytes, &spans, span),
            (4, None) => parts.replaced(bytes, span, &self.fresh(&parts, span)),
            (5 | 6, None) => self.nudged(&parts, bytes, span),
            (7, None) if is_listed => parts.grown(bytes, &self.fresh(&parts, span)),
            (choice, _) => {
                let donor = other.unwrap_or(bytes);
                let theirs = other.map(|other| parts.spans(other));
                let candidates = theirs.as_deref().unwrap_or(&spans);
                let Some(given) = self.random.span_like(candidates, span) else { return bytes.to_vec() };
                let content = &donor[given.range.clone()];
                if is_listed && choice % 3 == 0 {
                    parts.inserted(bytes, span, content)
                } else {
                    parts.replaced(bytes, span, content)
                }
            }
        }
    }

    fn fresh(&mut self, parts: &Parts, span: &Span) -> Vec<u8> {
        parts.fresh(span, &mut self.random)
    }

    /// Two parts of the same kind, each in the other's place.
    fn exchanged(&mut self, parts: &Parts, bytes: &[u8], spans: &[Span], span: &Span) -> Vec<u8> {
        let apart = |other: &Span| other.range.end <= span.range.start || span.range.end <= other.range.start;
        let others: Vec<Span> = spans.iter().filter(|other| apart(other)).cloned().collect();
        let Some(other) = self.random.span_like(&others, span) else { return bytes.to_vec() };
        let (left, right) = if span.range.start < other.range.start { (span, other) } else { (other, span) };
        // The later one first, as that leaves the earlier one where it is.
        let half = parts.replaced(bytes, right, &bytes[left.range.clone()]);
        parts.replaced(&half, left, &bytes[right.range.clone()])
    }

    /// One to four bytes of a part, each a little or altogether different.
    fn nudged(&mut self, parts: &Parts, bytes: &[u8], span: &Span) -> Vec<u8> {
        let mut content = bytes[span.range.clone()].to_vec();
        for _ in 0..1 + self.random.below(4) {
            let at = self.random.below(content.len());
            content[at] = match self.random.below(5) {
                0 => 0,
                1 => 255,
                2 => content[at].wrapping_add(1),
                3 => content[at].wrapping_sub(1),
                _ => self.random.byte(),
            };
        }
        parts.replaced(bytes, span, &content)
    }

    /// Something of both.
    fn crossed(&mut self, first: &[u8], second: &[u8]) -> Vec<u8> {
        let (form, other) = (Form::of(self.target, first), Form::of(self.target, second));
        if form != other {
            return first.to_vec();
        }
        if self.random.one_of(3) {
            return self.joined(first, second);
        }
        let mut bytes = first.to_vec();
        for _ in 0..1 + self.random.below(3) {
            bytes = self.edited(&bytes, Some(second));
        }
        bytes
    }

    /// The beginning of one and the end of the other, cut where constructs of the same kind begin.
    fn joined(&mut self, first: &[u8], second: &[u8]) -> Vec<u8> {
        let parts = Parts::of(self.target, first);
        let (ours, theirs) = (parts.spans(first), parts.spans(second));
        let listed: Vec<Span> = ours.into_iter().filter(|span| parts.is_listed(span.construct)).collect();
        let Some(cut) = self.random.span(&listed) else { return first.to_vec() };
        let Some(tail) = self.random.span_like(&theirs, cut) else { return first.to_vec() };
        [&first[..cut.range.start], &second[tail.range.start..]].concat()
    }
}

fn without(bytes: &[u8], span: &Span) -> Vec<u8> {
    [&bytes[..span.range.start], &bytes[span.range.end..]].concat()
}

/// Numbers that are the same for the same seed.
struct Random(u64);

impl Random {
    /// One below `bound`; 0 if that is 0.
    fn below(&mut self, bound: usize) -> usize {
        (splitmix(&mut self.0) % bound.max(1) as u64) as usize
    }

    fn one_of(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn byte(&mut self) -> u8 {
        self.below(256) as u8
    }

    fn bytes(&mut self, lengths: Range<usize>) -> Vec<u8> {
        let length = lengths.start + self.below(lengths.len());
        (0..length).map(|_| self.byte()).collect()
    }

    /// A span: each kind as likely as any other, however many there are of it.
    fn span<'s>(&mut self, spans: &'s [Span]) -> Option<&'s Span> {
        let mut kinds: Vec<_> = spans.iter().map(|span| span.construct).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let kind = *kinds.get(self.below(kinds.len()))?;
        self.nth(spans, |span| span.construct == kind)
    }

    /// A span of the same kind as another one, at another place if there is one.
    fn span_like<'s>(&mut self, spans: &'s [Span], other: &Span) -> Option<&'s Span> {
        self.nth(spans, |span| span.construct == other.construct && span.range != other.range)
            .or_else(|| spans.iter().find(|span| span.construct == other.construct))
    }

    fn nth<'s>(&mut self, spans: &'s [Span], holds: impl Fn(&Span) -> bool) -> Option<&'s Span> {
        let count = spans.iter().filter(|span| holds(span)).count();
        let chosen = self.below(count);
        spans.iter().filter(|span| holds(span)).nth(chosen)
    }
}

#[cfg(test)]
mod tests;
