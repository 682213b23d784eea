//! The tokens whose text is data: numerals, strings with escapes, long strings, and long comments, which end like them.

use super::{Kind, Lexer, Token};
use crate::lua::compiler::error::Parse;
use crate::lua::number::parse_number;

/// So many decimal digits are exact in an `f64`.
const EXACT_DIGITS: usize = 15;

impl Lexer<'_> {
    /// Scans a numeral from its first digit, or from the digit after the dot at `start`.
    pub(super) fn scan_numeral(&mut self, start: usize) -> Parse<Token> {
        while self.peek().is_some_and(|byte| byte.is_ascii_digit() || byte == b'.') {
            self.position += 1;
        }
        if self.skip_one_of(b"Ee") {
            self.skip_one_of(b"+-");
        }
        self.skip_word();
        let text = self.set_text(start);
        // The reference hands a C string to its conversion, so a zero byte (which may end an exponent) ends the number.
        let text = super::until_zero(text);
        let number = if text.len() <= EXACT_DIGITS && text.iter().all(u8::is_ascii_digit) {
            text.iter().fold(0u64, |value, digit| value * 10 + u64::from(digit - b'0')) as f64
        } else {
            parse_number(text).ok_or_else(|| self.error(b"malformed number", Some(Kind::Number)))?
        };
        Ok(Token { kind: Kind::Number, number, ..Token::plain(Kind::Number) })
    }

    /// Scans a string from its opening quote.
    pub(super) fn scan_string(&mut self, quote: u8) -> Parse<Token> {
        let start = self.position;
        self.position += 1;
        self.skip_plain(quote);
        if self.peek() == Some(quote) {
            self.position += 1;
            let text = self.set_text(start);
            return Ok(self.string_token(&text[1..text.len() - 1]));
        }
        self.buffer.clear();
        self.buffer.extend_from_slice(&self.source[start..self.position]);
        self.is_buffered = true;
        loop {
            match self.peek() {
                None => return Err(self.error(b"unfinished string", Some(Kind::EndOfStream))),
                Some(b'\n' | b'\r') => return Err(self.error(b"unfinished string", Some(Kind::String))),
                Some(b'\\') => self.scan_escape()?,
                Some(byte) if byte == quote => break,
                Some(_) => {
                    let start = self.position;
                    self.skip_plain(quote);
                    self.buffer.extend_from_slice(&self.source[start..self.position]);
                }
            }
        }
        self.position += 1;
        self.buffer.push(quote);
        Ok(self.buffered_string_token(1))
    }

    /// Skips bytes that stand for themselves in a quoted string.
    fn skip_plain(&mut self, quote: u8) {
        let rest = &self.source[self.position..];
        let is_special = |&byte: &u8| byte == quote || matches!(byte, b'\\' | b'\n' | b'\r');
        self.position += rest.iter().position(is_special).unwrap_or(rest.len());
    }

    /// Scans an escape sequence from its backslash.
    fn scan_escape(&mut self) -> Parse<()> {
        self.position += 1;
        // At the end of the stream the string is unfinished, which the caller finds out.
        let Some(byte) = self.peek() else { return Ok(()) };
        let value = match byte {
            b'a' => 0x07,
            b'b' => 0x08,
            b'f' => 0x0C,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'v' => 0x0B,
            b'0'..=b'9' => return self.scan_decimal_escape(),
            b'\n' | b'\r' => {
                self.buffer.push(b'\n');
                return self.skip_newline();
            }
            other => other,
        };
        self.buffer.push(value);
        self.position += 1;
        Ok(())
    }

    /// Scans the one to three digits of a decimal escape.
    fn scan_decimal_escape(&mut self) -> Parse<()> {
        let digits = self.source[self.position..].iter().take(3).take_while(|byte| byte.is_ascii_digit());
        let (count, value) =
            digits.fold((0, 0u32), |(count, value), digit| (count + 1, value * 10 + u32::from(digit - b'0')));
        self.position += count;
        let byte = u8::try_from(value).map_err(|_| self.error(b"escape sequence too large", Some(Kind::String)))?;
        self.buffer.push(byte);
        Ok(())
    }

    /// Scans what a `[` begins: a long string, or nothing but itself.
    pub(super) fn scan_bracket(&mut self) -> Parse<Token> {
        let start = self.position;
        if let Some(level) = self.skip_separator() {
            return self.scan_long_string(start, level);
        }
        if self.position == start + 1 {
            return Ok(Token::plain(Kind::Char(b'[')));
        }
        self.set_text(start);
        Err(self.error(b"invalid long string delimiter", Some(Kind::String)))
    }

    /// Skips a bracket and the `=` signs after it (`skip_sep`). Gives their number if the same bracket follows them, which is
    /// not skipped.
    pub(super) fn skip_separator(&mut self) -> Option<usize> {
        let bracket = self.peek();
        self.position += 1;
        let rest = self.source.get(self.position..).unwrap_or_default();
        let level = rest.iter().take_while(|&&byte| byte == b'=').count();
        self.position += level;
        (self.peek() == bracket).then_some(level)
    }

    /// Scans a long string from its second opening bracket; the first one is at `start`.
    fn scan_long_string(&mut self, start: usize, level: usize) -> Parse<Token> {
        self.position += 1;
        self.buffer.clear();
        self.buffer.extend_from_slice(&self.source[start..self.position]);
        self.is_buffered = true;
        if matches!(self.peek(), Some(b'\n' | b'\r')) {
            self.skip_newline()?;
        }
        loop {
            let start = self.position;
            let at_end = self.skip_long_run(level, b"unfinished long string")?;
            self.buffer.extend_from_slice(&self.source[start..self.position]);
            if at_end {
                return Ok(self.buffered_string_token(level + 2));
            }
            self.buffer.push(b'\n');
            self.skip_newline()?;
        }
    }

    /// Skips a long comment from its second opening bracket.
    pub(super) fn skip_long_comment(&mut self, level: usize) -> Parse<()> {
        self.position += 1;
        while !self.skip_long_run(level, b"unfinished long comment")? {
            self.skip_newline()?;
        }
        Ok(())
    }

    /// Skips long-string text up to a line end (gives false) or past the closing bracket of this level (gives true).
    fn skip_long_run(&mut self, level: usize, unfinished: &[u8]) -> Parse<bool> {
        loop {
            let rest = &self.source[self.position..];
            let is_special = |byte: &u8| matches!(byte, b'[' | b']' | b'\n' | b'\r');
            self.position += rest.iter().position(is_special).unwrap_or(rest.len());
            match self.peek() {
                None => return Err(self.error(unfinished, Some(Kind::EndOfStream))),
                Some(b'[') => {
                    if self.skip_separator() == Some(level) {
                        self.position += 1;
                        if level == 0 {
                            return Err(self.error(b"nesting of [[...]] is deprecated", Some(Kind::Char(b'['))));
                        }
                    }
                }
                Some(b']') => {
                    if self.skip_separator() == Some(level) {
                        self.position += 1;
                        return Ok(true);
                    }
                }
                Some(_) => return Ok(false),
            }
        }
    }

    fn string_token(&mut self, content: &[u8]) -> Token {
        Token { kind: Kind::String, text: self.names.intern(content), number: 0.0 }
    }

    /// The string in the buffer, without the `delimiter` bytes at both ends.
    fn buffered_string_token(&mut self, delimiter: usize) -> Token {
        let content = &self.buffer[delimiter..self.buffer.len() - delimiter];
        Token { kind: Kind::String, text: self.names.intern(content), number: 0.0 }
    }
}
