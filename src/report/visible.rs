//! Text of unknown origin made fit for being shown: no control characters, no endless lengths. It knows nothing of what it is
//! shown in; each writer escapes for its own format.

use std::{borrow::Cow, fmt::Write};

use chrono::{DateTime, Utc};

/// Characters that would not be seen, or would change how their surroundings are shown.
fn is_treacherous(character: char) -> bool {
    match character {
        '\n' | '\t' => false,
        // Marks and overrides of the direction of writing, separators of lines, what must not occur in a text at all.
        '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => true,
        '\u{fdd0}'..='\u{fdef}' => true,
        other => other.is_control() || u32::from(other) & 0xFFFE == 0xFFFE,
    }
}

/// The text with control characters and their like as `\xNN` or `\u{NNNN}`. Line feeds and tabs stay.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_treacherous) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        // Writing to a string cannot fail.
        let _ = match (character, is_treacherous(character)) {
            (_, false) => write!(out, "{character}"),
            ('\r', _) => write!(out, "\\r"),
            (_, _) if character.is_ascii() => write!(out, "\\x{:02x}", u32::from(character)),
            _ => write!(out, "\\u{{{:x}}}", u32::from(character)),
        };
    }
    Cow::Owned(out)
}

/// The same in one line.
pub(super) fn visible_line(text: &str) -> String {
    visible(text).replace('\n', "\\n").replace('\t', "\\t")
}

/// The text, or if it is longer than `bound` bytes its beginning and its end with a note in between of what is left out.
pub(super) fn shortened(text: &str, bound: usize) -> Cow<'_, str> {
    if text.len() <= bound {
        return Cow::Borrowed(text);
    }
    let head = text.floor_char_boundary(bound / 2);
    let tail = text.ceil_char_boundary(text.len() - bound / 2);
    let (Some(start), Some(end)) = (text.get(..head), text.get(tail..)) else { return Cow::Borrowed(text) };
    Cow::Owned(format!("{start}\n…[{} bytes left out]…\n{end}", tail - head))
}

/// Seconds since 1970 as a date; nothing if they are out of the calendar.
pub(super) fn date(seconds: u64) -> Option<DateTime<Utc>> {
    i64::try_from(seconds).ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0))
}

/// A point of time for people.
pub(super) fn time_text(seconds: u64) -> String {
    date(seconds)
        .map_or_else(|| format!("{seconds} s after 1970"), |date| date.format("%Y-%m-%d %H:%M UTC").to_string())
}

/// A duration for people: `0.04 s`, `12.3 s`, `3 min 5 s`.
pub(super) fn seconds_text(seconds: f64) -> String {
    if seconds < 9.995 {
        format!("{seconds:.2} s")
    } else if seconds < 99.95 {
        format!("{seconds:.1} s")
    } else {
        // Durations are far from the bounds of the type; one that is not is cut by the conversion.
        let whole = seconds.round() as u64;
        format!("{} min {} s", whole / 60, whole % 60)
    }
}

/// `1 case`, `2 cases`.
pub(super) fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// The same of cases, however many there are.
pub(super) fn counted_cases(count: u64) -> String {
    format!("{count} case{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_not_be_seen_is_shown() {
        let text = "a\tb\nc\r\u{1b}[31m\0\u{7f}\u{85}\u{202e}\u{feff}\u{ffff}\u{10fffe}é";
        let shown = "a\tb\nc\\r\\x1b[31m\\x00\\x7f\\u{85}\\u{202e}\\u{feff}\\u{ffff}\\u{10fffe}é";
        assert_eq!(visible(text), shown);
        assert_eq!(visible_line("a\tb\nc"), "a\\tb\\nc");
        assert!(matches!(visible("plain\n\ttext é"), Cow::Borrowed(_)));
    }

    #[test]
    fn long_text_loses_its_middle_between_characters() {
        assert_eq!(shortened("short", 5), "short");
        assert_eq!(shortened("abcdefghij", 4), "ab\n…[6 bytes left out]…\nij");
        // Cuts that fall into a character move out of it, to the shorter side.
        assert_eq!(shortened("ééééé", 6), "é\n…[6 bytes left out]…\né");
        assert_eq!(shortened("ééé", 1), "\n…[6 bytes left out]…\n");
    }

    #[test]
    fn times_are_for_people() {
        assert_eq!(time_text(0), "1970-01-01 00:00 UTC");
        assert_eq!(time_text(1_795_000_000), "2026-11-18 11:06 UTC");
        assert_eq!(time_text(u64::MAX), "18446744073709551615 s after 1970");
        let seconds: Vec<_> = [0.0, 0.042, 9.994, 9.996, 99.94, 99.96, 185.2].map(seconds_text).to_vec();
        assert_eq!(seconds, ["0.00 s", "0.04 s", "9.99 s", "10.0 s", "99.9 s", "1 min 40 s", "3 min 5 s"]);
        assert_eq!((counted(1, "case"), counted(0, "case")), ("1 case".into(), "0 cases".into()));
    }
}
