//! Which bytes of a stream of choices made what. It knows no construct: generators name theirs.

use std::ops::Range;

/// The name of a kind of construct. Two of the same name can stand in each other's place.
pub type Construct = &'static str;

/// The bytes that made one construct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    pub construct: Construct,
    /// Never empty.
    pub range: Range<usize>,
}

/// Where a construct begins.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    pub(super) left: usize,
}

/// The spans of a stream of this length.
#[derive(Clone, Debug)]
pub(super) struct Record {
    length: usize,
    spans: Vec<Span>,
}

impl Record {
    pub(super) fn new(length: usize) -> Self {
        Self { length, spans: Vec::new() }
    }

    /// Notes a construct that began at a mark and ends where so many bytes are left. One that took no byte has no place.
    pub(super) fn add(&mut self, construct: Construct, mark: Mark, left: usize) {
        if left < mark.left {
            self.spans.push(Span { construct, range: self.length - mark.left..self.length - left });
        }
    }

    pub(super) fn into_spans(self) -> Vec<Span> {
        self.spans
    }
}
