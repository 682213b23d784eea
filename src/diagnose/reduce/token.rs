//! Lua 5.1's tokens as byte ranges, for any bytes whatsoever.
//!
//! Between tokens and comments there is only white space. What is no token of Lua is a [`Kind::Stray`] byte, so that a
//! text that no compiler accepts can still be taken apart. It must not know about grammar.

use std::ops::Range;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Name,
    Keyword,
    Number,
    /// With its quotes or long brackets.
    String,
    Punctuation,
    /// Also a first line that begins with `#`.
    Comment,
    /// A byte that belongs to no token: control characters, all of a string that has no end.
    Stray,
}

/// A token and where it lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub kind: Kind,
    pub range: Range<usize>,
}

const KEYWORDS: [&str; 21] = [
    "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "if", "in", "local", "nil", "not", "or",
    "repeat", "return", "then", "true", "until", "while",
];

const LONG_PUNCTUATION: [&[u8]; 6] = [b"...", b"..", b"==", b"~=", b"<=", b">="];
const PUNCTUATION: &[u8] = b"+-*/%^#<>=(){}[];:,.";

/// Whether this is a reserved word.
pub fn is_keyword(word: &[u8]) -> bool {
    KEYWORDS.iter().any(|keyword| keyword.as_bytes() == word)
}

/// Whether this byte is white space to Lua in the C locale.
pub fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C)
}

/// Whether this byte can be part of a name or a number.
pub fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The tokens and comments of a text, in order. Takes time in proportion to the text's length.
pub fn tokens(text: &[u8]) -> Vec<Token> {
    let mut lexer = Lexer { text, tokens: Vec::new(), unclosed: Vec::new() };
    let mut position = 0;
    if text.first() == Some(&b'#') {
        position = lexer.push(Kind::Comment, 0, line_end(text, 0));
    }
    while let Some(byte) = text.get(position) {
        position = if is_space(*byte) { position + 1 } else { lexer.token(position, *byte) };
    }
    lexer.tokens
}

struct Lexer<'t> {
    text: &'t [u8],
    tokens: Vec<Token>,
    /// Levels of long brackets that nothing closes any more.
    unclosed: Vec<usize>,
}

impl Lexer<'_> {
    fn push(&mut self, kind: Kind, start: usize, end: usize) -> usize {
        self.tokens.push(Token { kind, range: start..end });
        end
    }

    /// Takes the token that begins here with this byte, and gives its end.
    fn token(&mut self, start: usize, first: u8) -> usize {
        let rest = self.text.get(start..).unwrap_or_default();
        let second_is_digit = rest.get(1).is_some_and(u8::is_ascii_digit);
        match first {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
                let length = rest.iter().take_while(|byte| is_word(**byte)).count();
                let keyword = is_keyword(rest.get(..length).unwrap_or_default());
                self.push(if keyword { Kind::Keyword } else { Kind::Name }, start, start + length)
            }
            b'0'..=b'9' => self.push(Kind::Number, start, start + numeral_length(rest)),
            b'.' if second_is_digit => self.push(Kind::Number, start, start + numeral_length(rest)),
            b'-' if rest.get(1) == Some(&b'-') => {
                let end = self.long_bracket_end(start + 2).unwrap_or_else(|| line_end(self.text, start));
                self.push(Kind::Comment, start, end)
            }
            b'"' | b'\'' => match quoted_length(rest, first) {
                Ok(length) => self.push(Kind::String, start, start + length),
                Err(length) => self.strays(start, start + length),
            },
            b'[' => match self.long_bracket_end(start) {
                Some(end) => self.push(Kind::String, start, end),
                None => self.push(Kind::Punctuation, start, start + 1),
            },
            _ => match LONG_PUNCTUATION.iter().find(|long| rest.starts_with(long)) {
                Some(long) => self.push(Kind::Punctuation, start, start + long.len()),
                None if PUNCTUATION.contains(&first) => self.push(Kind::Punctuation, start, start + 1),
                None => self.push(Kind::Stray, start, start + 1),
            },
        }
    }

    /// Takes every byte for itself: nothing here is a token.
    fn strays(&mut self, start: usize, end: usize) -> usize {
        for position in start..end {
            if self.text.get(position).is_some_and(|byte| !is_space(*byte)) {
                self.push(Kind::Stray, position, position + 1);
            }
        }
        end
    }

    /// The end of the long bracket that opens here, with both brackets.
    fn long_bracket_end(&mut self, start: usize) -> Option<usize> {
        let level = opening_level(self.text.get(start..)?)?;
        if self.unclosed.contains(&level) {
            return None;
        }
        let closing = [&b"]"[..], &vec![b'='; level], b"]"].concat();
        let content = start + level + 2;
        let found = self.text.get(content..)?.windows(closing.len()).position(|window| window == closing);
        if found.is_none() {
            self.unclosed.push(level);
        }
        found.map(|found| content + found + closing.len())
    }
}

/// How many bytes the reference's `read_numeral` would take.
fn numeral_length(rest: &[u8]) -> usize {
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
    let mut length = digits;
    if matches!(rest.get(length), Some(b'e' | b'E')) {
        length += 1;
        if matches!(rest.get(length), Some(b'+' | b'-')) {
            length += 1;
        }
    }
    length + rest.iter().skip(length).take_while(|byte| is_word(**byte)).count()
}

/// The length of a string with its quotes, or of what there is of it if the line ends first.
fn quoted_length(rest: &[u8], quote: u8) -> Result<usize, usize> {
    let mut position = 1;
    loop {
        match rest.get(position) {
            Some(b'\\') => position += 2,
            Some(byte) if *byte == quote => return Ok(position + 1),
            Some(b'\n' | b'\r') => return Err(position),
            Some(_) => position += 1,
            None => return Err(rest.len()),
        }
    }
}

/// How many `=` are in the long bracket that opens at the beginning of this text.
pub fn opening_level(rest: &[u8]) -> Option<usize> {
    let level = rest.strip_prefix(b"[")?.iter().take_while(|byte| **byte == b'=').count();
    (rest.get(level + 1) == Some(&b'[')).then_some(level)
}

/// Where the line that this position is in ends, before its newline.
pub fn line_end(text: &[u8], position: usize) -> usize {
    let rest = text.get(position..).unwrap_or_default();
    rest.iter().position(|byte| *byte == b'\n').map_or(text.len(), |found| position + found)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn split(text: &str) -> Vec<(Kind, &str)> {
        tokens(text.as_bytes()).into_iter().map(|token| (token.kind, &text[token.range])).collect()
    }

    #[test]
    fn every_kind_is_told_apart() {
        use Kind::{Comment, Keyword, Name, Number, Punctuation, Stray, String};
        assert_eq!(
            split("#!lua\nlocal a1=.5e-3..0x1F--c\n[==[ ]] ]==]--[[ x\n]]'\\''\"\n...~=goto@"),
            [
                (Comment, "#!lua"),
                (Keyword, "local"),
                (Name, "a1"),
                (Punctuation, "="),
                (Number, ".5e-3"),
                (Punctuation, ".."),
                (Number, "0x1F"),
                (Comment, "--c"),
                (String, "[==[ ]] ]==]"),
                (Comment, "--[[ x\n]]"),
                (String, "'\\''"),
                (Stray, "\""),
                (Punctuation, "..."),
                (Punctuation, "~="),
                (Name, "goto"),
                (Stray, "@"),
            ]
        );
    }

    #[test]
    fn what_does_not_end_is_taken_apart() {
        assert_eq!(split("[[ a"), [(Kind::Punctuation, "["), (Kind::Punctuation, "["), (Kind::Name, "a")]);
        assert_eq!(split("'a\\"), [(Kind::Stray, "'"), (Kind::Stray, "a"), (Kind::Stray, "\\")]);
        assert_eq!(split("--[[ a\nb"), [(Kind::Comment, "--[[ a"), (Kind::Name, "b")]);
    }

    #[test]
    fn hostile_texts_take_no_more_time() {
        for piece in ["[[", "\\'", "--[=[\n", "'\\\n"] {
            assert!(tokens(piece.repeat(500_000).as_bytes()).len() >= 500_000 / 2, "{piece:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_but_white_space_is_between_tokens(text in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut position = 0;
            for token in tokens(&text) {
                prop_assert!(token.range.start < token.range.end || token.range.start == 0);
                prop_assert!(text[position..token.range.start].iter().all(|byte| is_space(*byte)));
                position = token.range.end;
            }
            prop_assert!(text[position..].iter().all(|byte| is_space(*byte)));
        }
    }
}
