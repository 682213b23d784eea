//! Which of two programs is the smaller one.
//!
//! Every step of a reduction makes the measure smaller, and every descending sequence of measures ends; so a reduction
//! ends. It must not know about passes or about grammar.

use super::token::{Kind, Token};

/// How large a program is. What comes first counts first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Measure {
    /// The sum over the tokens, in which a simple token counts less than a complicated one: `nil` less than a name.
    pub weight: u64,
    pub bytes: usize,
    pub lines: usize,
    /// The sum of the numbers, which tells `5` from `2`.
    pub magnitude: u64,
}

impl Measure {
    /// The measure of a text with these tokens.
    pub fn of(text: &[u8], tokens: &[Token]) -> Self {
        let mut measure = Self { weight: 0, bytes: text.len(), lines: lines(text), magnitude: 0 };
        for token in tokens {
            let word = text.get(token.range.clone()).unwrap_or_default();
            measure.weight += weight(token.kind, word);
            if token.kind == Kind::Number {
                measure.magnitude = measure.magnitude.saturating_add(value(word));
            }
        }
        measure
    }
}

/// How many lines a text has; what follows the last newline is one if it is not empty.
pub fn lines(text: &[u8]) -> usize {
    let newlines = text.iter().filter(|byte| **byte == b'\n').count();
    newlines + usize::from(text.last().is_some_and(|last| *last != b'\n'))
}

/// What a token counts.
pub fn weight(kind: Kind, word: &[u8]) -> u64 {
    const SIMPLE: u64 = 1;
    const FIXED: u64 = 2;
    const NAME: u64 = 3;
    match (kind, word) {
        (Kind::Comment, _) => 0,
        (Kind::Keyword, b"nil" | b"true" | b"false") | (Kind::Number, b"0" | b"1") => SIMPLE,
        (Kind::String, b"''" | b"\"\"") => SIMPLE,
        (Kind::Number | Kind::String, _) => FIXED + word.len() as u64,
        (Kind::Keyword | Kind::Punctuation, _) => FIXED,
        (Kind::Name | Kind::Stray, _) => NAME,
    }
}

fn value(word: &[u8]) -> u64 {
    let number = std::str::from_utf8(word).ok().and_then(|word| word.parse::<f64>().ok());
    // Values beyond what fits, and those that are no decimal number, only count as large.
    number.map_or(u64::MAX, |number| number as u64)
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    fn measure(text: &str) -> Measure {
        Measure::of(text.as_bytes(), &tokens(text.as_bytes()))
    }

    #[test]
    fn simple_is_smaller_than_short() {
        for (smaller, larger) in [
            ("return nil", "return f"),
            ("return f", "return f()"),
            ("return 1", "return 2"),
            ("return 2", "return 5"),
            ("return 9", "return 10"),
            ("return 50", "return 500"),
            ("return ''", "return 'x'"),
            ("return 'x'", "return [[x]]"),
            ("f(a)", "f(total)"),
            ("f(a)", "f(a) -- comment"),
            ("do f() end", "do\nf()\nend"),
            ("f()", "f()\n"),
            ("a = 1", "local a = 1"),
        ] {
            assert!(measure(smaller) < measure(larger), "{smaller:?} < {larger:?}");
        }
    }

    #[test]
    fn lines_are_counted_as_an_editor_does() {
        assert_eq!(["", "a", "a\n", "a\nb", "\n\n"].map(|text| lines(text.as_bytes())), [0, 1, 1, 2, 2]);
    }
}
