//! What of something long is shown: all of it if it is short, else the surroundings of the places that matter.

use std::collections::BTreeSet;
use std::ops::Range;

/// So many lines or instructions are shown whole.
const SHORT: usize = 1500;
/// So many are shown before and after each place that matters in something longer.
const AROUND: usize = 150;

/// The parts to show of something with so many items, in order and without overlaps.
pub fn parts(length: usize, places: &BTreeSet<usize>) -> Vec<Range<usize>> {
    if length <= SHORT {
        return std::iter::once(0..length).filter(|whole| !whole.is_empty()).collect();
    }
    let mut parts: Vec<Range<usize>> = Vec::new();
    for place in places.iter().filter(|place| **place < length) {
        let part = place.saturating_sub(AROUND)..(place + AROUND + 1).min(length);
        match parts.last_mut() {
            Some(last) if part.start <= last.end => last.end = part.end,
            _ => parts.push(part),
        }
    }
    if parts.is_empty() {
        parts.push(0..AROUND);
    }
    parts
}

/// The lines of a source as Lua counts them: `\n`, `\r` and either followed by the other end one.
pub fn lines(source: &[u8]) -> Vec<&[u8]> {
    let mut lines = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(byte) = source.get(at) {
        at += 1;
        if !matches!(byte, b'\n' | b'\r') {
            continue;
        }
        lines.push(source.get(start..at - 1).unwrap_or_default());
        if source.get(at).is_some_and(|next| matches!(next, b'\n' | b'\r') && next != byte) {
            at += 1;
        }
        start = at;
    }
    match source.get(start..) {
        Some(rest) if !rest.is_empty() => lines.push(rest),
        _ => {}
    }
    lines
}

/// The beginning of a line, at most `bound` bytes, and how many bytes more there are. No character is cut in two.
pub fn beginning(line: &[u8], bound: usize) -> (&[u8], usize) {
    if line.len() <= bound {
        return (line, 0);
    }
    let is_inner = |at: &usize| line.get(*at).is_some_and(|byte| byte & 0xC0 == 0x80);
    // What has more than three inner bytes in a row is no text.
    let end = (bound.saturating_sub(3)..=bound).rev().find(|at| !is_inner(at)).unwrap_or(bound);
    (line.get(..end).unwrap_or(line), line.len() - end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alone(part: Range<usize>) -> Vec<Range<usize>> {
        std::iter::once(part).collect()
    }

    #[test]
    fn what_is_short_is_shown_whole() {
        assert!(parts(0, &BTreeSet::new()).is_empty());
        assert_eq!(parts(SHORT, &BTreeSet::from([3])), alone(0..SHORT));
    }

    #[test]
    fn of_what_is_long_the_surroundings_of_places_are_shown() {
        let places = BTreeSet::from([0, 100, 5000, 9999, 10_000]);
        assert_eq!(parts(10_000, &places), [0..251, 4850..5151, 9849..10_000]);
        assert_eq!(parts(10_000, &BTreeSet::new()), alone(0..AROUND));
    }

    #[test]
    fn lines_end_as_for_lua() {
        let shown: Vec<&[u8]> = lines(b"a\nb\r\nc\rd\n\r\ne\r\r\nf");
        assert_eq!(shown, [&b"a"[..], b"b", b"c", b"d", b"", b"e", b"", b"f"]);
        assert_eq!(lines(b"a\n"), [b"a"]);
        assert!(lines(b"").is_empty());
    }

    #[test]
    fn long_lines_are_cut_between_characters() {
        assert_eq!(beginning(b"abc", 3), (&b"abc"[..], 0));
        assert_eq!(beginning(b"abcd", 3), (&b"abc"[..], 1));
        assert_eq!(beginning("ab\u{e9}d".as_bytes(), 3), (&b"ab"[..], 3));
        assert_eq!(beginning(&[0x80; 9], 5), (&[0x80; 5][..], 4));
    }
}
