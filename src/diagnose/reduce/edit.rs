//! Edits of a text: byte ranges with what comes in their place.
//!
//! A candidate is a text and nothing else. Passes say what to change in ranges, and this applies it; so everything that no
//! edit names stays as it is, byte for byte. It must not know what the text means.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::token::{is_space, is_word};

/// Bytes to be replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub range: Range<usize>,
    pub replacement: Vec<Piece>,
}

/// Part of a replacement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Text(Cow<'static, [u8]>),
    /// What the text has in this range. Deeply nested programs have many long parts, which are not to be copied before
    /// they are needed.
    Copy(Range<usize>),
}

impl From<&'static str> for Piece {
    fn from(text: &'static str) -> Self {
        Self::Text(Cow::Borrowed(text.as_bytes()))
    }
}

impl From<Vec<u8>> for Piece {
    fn from(text: Vec<u8>) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<Range<usize>> for Piece {
    fn from(range: Range<usize>) -> Self {
        Self::Copy(range)
    }
}

/// Edits that belong together: all of them or none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    pub edits: Vec<Edit>,
}

impl Edit {
    /// Other bytes in the place of a range.
    pub fn replace(range: Range<usize>, replacement: impl Into<Piece>) -> Self {
        Self { range, replacement: vec![replacement.into()] }
    }

    /// Nothing in the place of a range, whatever it leaves behind.
    pub fn cut(range: Range<usize>) -> Self {
        Self { range, replacement: Vec::new() }
    }

    /// Nothing in the place of a range. The line goes with it if nothing is left on it, and words that would run into
    /// each other are kept apart.
    pub fn delete(text: &[u8], range: Range<usize>) -> Self {
        let before = text.get(..range.start).unwrap_or_default();
        let after = text.get(range.end..).unwrap_or_default();
        let indent = before.iter().rev().take_while(|byte| is_space(**byte) && **byte != b'\n').count();
        let trailing = after.iter().take_while(|byte| is_space(**byte) && **byte != b'\n').count();
        let line_start = range.start - indent;
        let opens_line = line_start == 0 || text.get(line_start - 1) == Some(&b'\n');
        match after.get(trailing) {
            Some(b'\n') if opens_line => Self::cut(line_start..range.end + trailing + 1),
            None if opens_line => Self::cut(line_start..text.len()),
            Some(b'\n') | None => Self::cut(line_start..range.end + trailing),
            Some(next) => {
                let joins = before.last().is_some_and(|last| join(*last, *next));
                Self::replace(range.start..range.end + trailing, if joins { " " } else { "" })
            }
        }
    }
}

impl From<Edit> for Change {
    fn from(edit: Edit) -> Self {
        Self { edits: vec![edit] }
    }
}

impl Change {
    /// A part in the place of what it is in, with brackets around it if that is wanted.
    pub fn keep(text: &[u8], whole: Range<usize>, part: Range<usize>, brackets: Option<[&'static str; 2]>) -> Self {
        let between = |left: Option<usize>, right: usize| {
            let joins = left.and_then(|left| text.get(left)).zip(text.get(right)).is_some_and(|(l, r)| join(*l, *r));
            if joins { " " } else { "" }
        };
        let [open, close] = brackets.unwrap_or_else(|| {
            [between(whole.start.checked_sub(1), part.start), between(part.end.checked_sub(1), whole.end)]
        });
        let edits = [Edit::replace(whole.start..part.start, open), Edit::replace(part.end..whole.end, close)];
        let does_something = |edit: &Edit| !edit.range.is_empty() || edit.replacement != [Piece::from("")];
        Self { edits: edits.into_iter().filter(does_something).collect() }
    }

    /// Where it begins; 0 if it changes nothing.
    pub fn start(&self) -> usize {
        self.edits.iter().map(|edit| edit.range.start).min().unwrap_or_default()
    }
}

/// Whether two bytes that stand beside each other could belong to one token.
fn join(left: u8, right: u8) -> bool {
    match (left, right) {
        (b'.', b'.') | (b'-', b'-') | (b'[', b'[') => true,
        (b'=' | b'<' | b'>' | b'~' | b'[', b'=') | (b'=', b'[') => true,
        (b'.', digit) | (digit, b'.') => digit.is_ascii_digit(),
        _ => is_word(left) && is_word(right),
    }
}

/// The text with all changes applied that do not overlap with one before them.
pub fn apply(text: &[u8], changes: &[Change]) -> Vec<u8> {
    let mut taken: BTreeMap<usize, &Edit> = BTreeMap::new();
    for change in changes {
        if change.edits.iter().all(|edit| is_free(&taken, &edit.range)) {
            taken.extend(change.edits.iter().map(|edit| (edit.range.start, edit)));
        }
    }
    let mut result = Vec::with_capacity(text.len());
    let mut position = 0;
    for edit in taken.values() {
        result.extend_from_slice(text.get(position..edit.range.start).unwrap_or_default());
        for piece in &edit.replacement {
            result.extend_from_slice(match piece {
                Piece::Text(text) => text,
                Piece::Copy(range) => text.get(range.clone()).unwrap_or_default(),
            });
        }
        position = edit.range.end;
    }
    result.extend_from_slice(text.get(position..).unwrap_or_default());
    result
}

/// Whether nothing that was taken overlaps with a range.
fn is_free(taken: &BTreeMap<usize, &Edit>, range: &Range<usize>) -> bool {
    let before = taken.range(..=range.start).next_back();
    let after = taken.range(range.start..).next();
    before.is_none_or(|(start, edit)| *start != range.start && edit.range.end <= range.start)
        && after.is_none_or(|(start, _)| *start >= range.end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn without(text: &str, part: &str) -> String {
        let start = text.find(part).expect("the part is there");
        let edit = Edit::delete(text.as_bytes(), start..start + part.len());
        String::from_utf8(apply(text.as_bytes(), &[edit.into()])).expect("text")
    }

    #[test]
    fn a_line_goes_with_what_was_on_it() {
        assert_eq!(without("a\n  b \nc", "b"), "a\nc");
        assert_eq!(without("a\nb", "b"), "a\n");
        assert_eq!(without("b\nc", "b"), "c");
        assert_eq!(without("b", "b"), "");
    }

    #[test]
    fn what_else_is_on_the_line_stays() {
        assert_eq!(without("x=1 y=2 z=3\n", "y=2"), "x=1 z=3\n");
        assert_eq!(without("x=1 y=2\nz", "y=2"), "x=1\nz");
        assert_eq!(without("f()g()", "g()"), "f()");
    }

    #[test]
    fn words_do_not_run_together() {
        assert_eq!(without("do(x)end", "(x)"), "do end");
        assert_eq!(without("a;b", ";"), "a b");
        assert_eq!(without("a.b.c", "b"), "a. .c");
        assert_eq!(without("1 x.. 2", "x"), "1 .. 2");
        assert_eq!(without("- a-b", "a"), "- -b");
        assert_eq!(without("(x)end", "x"), "()end");
    }

    #[test]
    fn the_first_of_overlapping_changes_wins() {
        let change = |range: Range<usize>, text: &'static str| Change::from(Edit::replace(range, text));
        let changes = [change(4..6, "X"), change(0..2, "Y"), change(1..3, "no"), change(5..5, "no"), change(6..6, "Z")];
        assert_eq!(apply(b"01234567", &changes), b"Y23XZ67");
        let both = Change { edits: vec![Edit::replace(0..1, "a"), Edit::replace(5..6, "no")] };
        assert_eq!(apply(b"01234567", &[change(4..6, "X"), both]), b"0123X67");
    }

    #[test]
    fn a_part_takes_the_place_of_the_whole() {
        let kept = |text: &str, whole, part, brackets| {
            String::from_utf8(apply(text.as_bytes(), &[Change::keep(text.as_bytes(), whole, part, brackets)]))
                .expect("text")
        };
        assert_eq!(kept("return(x)or y", 6..9, 7..8, None), "return x or y");
        assert_eq!(kept("return x + y", 7..12, 7..8, None), "return x");
        assert_eq!(kept("do f() end g()", 0..10, 3..6, Some(["do ", " end"])), "do f() end g()");
        assert_eq!(Change::keep(b"x", 0..1, 0..1, None).edits, []);
    }

    #[test]
    fn parts_of_the_text_can_be_moved() {
        let edit = Edit { range: 1..5, replacement: vec!["(".into(), (3..4).into(), ")".into()] };
        assert_eq!(apply(b"012345", &[edit.into()]), b"0(3)5");
    }

    proptest! {
        #[test]
        fn what_no_edit_names_stays(ranges in prop::collection::vec((0usize..40, 0usize..10), 0..20)) {
            let text: Vec<u8> = (0..50).collect();
            let changes: Vec<Change> =
                ranges.iter().map(|(start, length)| Edit::replace(*start..start + length, vec![255]).into()).collect();
            let named = |byte: u8| ranges.iter().any(|(start, length)| (*start..start + length).contains(&usize::from(byte)));
            let result = apply(&text, &changes);
            for byte in text {
                prop_assert!(named(byte) || result.contains(&byte));
            }
            let kept: Vec<u8> = result.into_iter().filter(|byte| *byte != 255).collect();
            prop_assert!(kept.is_sorted());
        }
    }
}
