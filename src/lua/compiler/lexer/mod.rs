//! The lexer: bytes to tokens (`llex.c`). It knows lines and the text of errors; it must not know the grammar.

mod interner;
mod literals;
mod token;

use std::ops::Range;

pub(super) use interner::{Interner, NameId, mix};
pub(super) use token::{Kind, Token};

use super::chunk_id::{chunk_id_in, until_zero};
use super::error::{Parse, SyntaxError};
use crate::lua::bytecode::Bytes;

/// The largest line number, item count and code size (`MAX_INT`).
pub(super) const MAX_INT: i32 = i32::MAX - 2;
/// The size of the reference's buffer for the chunk id in syntax errors (`MAXSRC`); larger than that of run-time errors.
const SOURCE_ID_SIZE: usize = 80;

/// The lexer's state: where it is, the current token, one token of lookahead.
pub(super) struct Lexer<'a> {
    source: &'a [u8],
    position: usize,
    /// The line of the next byte.
    pub line: i32,
    /// The line where the token before the current one ended.
    pub last_line: i32,
    pub token: Token,
    lookahead: Option<Token>,
    /// The text of the last name, number or string, for messages: either here ...
    text: Range<usize>,
    /// ... or, if `is_buffered`, here: a string that does not stand in the source as it is.
    buffer: Vec<u8>,
    is_buffered: bool,
    pub names: Interner,
    chunk_name: Bytes,
}

impl<'a> Lexer<'a> {
    /// A lexer before its first token.
    pub fn new(source: &'a [u8], chunk_name: Bytes) -> Self {
        Self {
            source,
            position: 0,
            line: 1,
            last_line: 1,
            token: Token::plain(Kind::EndOfStream),
            lookahead: None,
            text: 0..0,
            buffer: Vec::new(),
            is_buffered: false,
            names: Interner::new(),
            chunk_name,
        }
    }

    /// Makes the next token the current one.
    pub fn advance(&mut self) -> Parse<()> {
        self.last_line = self.line;
        self.token = match self.lookahead.take() {
            Some(token) => token,
            None => self.scan()?,
        };
        Ok(())
    }

    /// Reads the token after the current one, and says what it is.
    pub fn look_ahead(&mut self) -> Parse<Kind> {
        let token = self.scan()?;
        self.lookahead = Some(token);
        Ok(token.kind)
    }

    /// An error at the current line; `near` is the token that it names, whose text is then what was read last.
    #[cold]
    pub fn error(&self, message: &[u8], near: Option<Kind>) -> Box<SyntaxError> {
        let mut whole = chunk_id_in(&self.chunk_name, SOURCE_ID_SIZE);
        whole.extend_from_slice(format!(":{}: ", self.line).as_bytes());
        whole.extend_from_slice(message);
        // The reference takes a zero byte, whose token is 0, for "no token".
        if let Some(kind) = near.filter(|&kind| kind != Kind::Char(0)) {
            whole.extend_from_slice(b" near '");
            match kind {
                Kind::Name | Kind::String | Kind::Number => whole.extend_from_slice(until_zero(self.text())),
                _ => whole.extend_from_slice(&kind.spelling()),
            }
            whole.push(b'\'');
        }
        Box::new(SyntaxError {
            message: whole,
            is_runtime: false,
            at_end: self.position >= self.source.len(),
            levels: 0,
        })
    }

    /// An error that names the current token.
    #[cold]
    pub fn error_near_token(&self, message: &[u8]) -> Box<SyntaxError> {
        self.error(message, Some(self.token.kind))
    }

    fn text(&self) -> &[u8] {
        if self.is_buffered { &self.buffer } else { self.source.get(self.text.clone()).unwrap_or_default() }
    }

    /// Declares the source from `start` up to here the text of the last token.
    fn set_text(&mut self, start: usize) -> &'a [u8] {
        self.is_buffered = false;
        self.text = start..self.position;
        &self.source[start..self.position]
    }

    fn peek(&self) -> Option<u8> {
        self.source.get(self.position).copied()
    }

    /// Skips a line end, which may be of two bytes if they differ.
    fn skip_newline(&mut self) -> Parse<()> {
        let first = self.peek();
        self.position += 1;
        if matches!(self.peek(), Some(b'\n' | b'\r')) && self.peek() != first {
            self.position += 1;
        }
        self.line += 1;
        if self.line >= MAX_INT {
            return Err(self.error_near_token(b"chunk has too many lines"));
        }
        Ok(())
    }

    fn scan(&mut self) -> Parse<Token> {
        loop {
            let Some(byte) = self.peek() else { return Ok(Token::plain(Kind::EndOfStream)) };
            match byte {
                b'\n' | b'\r' => self.skip_newline()?,
                b' ' | b'\t' | 0x0B | 0x0C => self.position += 1,
                b'a'..=b'z' | b'A'..=b'Z' | b'_' => return Ok(self.scan_word()),
                b'0'..=b'9' => return self.scan_numeral(self.position),
                b'"' | b'\'' => return self.scan_string(byte),
                b'-' => {
                    self.position += 1;
                    if self.peek() != Some(b'-') {
                        return Ok(Token::plain(Kind::Char(b'-')));
                    }
                    self.position += 1;
                    self.skip_comment()?;
                }
                b'[' => return self.scan_bracket(),
                b'.' => return self.scan_dot(),
                b'=' => return Ok(self.scan_comparison(byte, Kind::Equal)),
                b'<' => return Ok(self.scan_comparison(byte, Kind::LessEqual)),
                b'>' => return Ok(self.scan_comparison(byte, Kind::GreaterEqual)),
                b'~' => return Ok(self.scan_comparison(byte, Kind::NotEqual)),
                _ => {
                    self.position += 1;
                    return Ok(Token::plain(Kind::Char(byte)));
                }
            }
        }
    }

    /// A sign that an `=` after it changes.
    fn scan_comparison(&mut self, first: u8, with_equals: Kind) -> Token {
        self.position += 1;
        if self.peek() == Some(b'=') {
            self.position += 1;
            return Token::plain(with_equals);
        }
        Token::plain(Kind::Char(first))
    }

    fn scan_dot(&mut self) -> Parse<Token> {
        let start = self.position;
        self.position += 1;
        Ok(Token::plain(if !self.skip_one_of(b".") {
            if self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
                return self.scan_numeral(start);
            }
            Kind::Char(b'.')
        } else if self.skip_one_of(b".") {
            Kind::Dots
        } else {
            Kind::Concat
        }))
    }

    /// Skips a byte if it is in `set` (`check_next`). A zero byte always is: the reference looks for it with `strchr`, which
    /// finds the end of the set.
    fn skip_one_of(&mut self, set: &[u8]) -> bool {
        let found = self.peek().is_some_and(|byte| byte == 0 || set.contains(&byte));
        self.position += usize::from(found);
        found
    }

    fn scan_word(&mut self) -> Token {
        let start = self.position;
        self.skip_word();
        let word = self.set_text(start);
        if let Some(kind) = Kind::reserved(word) {
            return Token::plain(kind);
        }
        Token { kind: Kind::Name, text: self.names.intern(word), number: 0.0 }
    }

    /// Skips letters, digits and underscores.
    fn skip_word(&mut self) {
        let rest = &self.source[self.position..];
        self.position += rest.iter().position(|&byte| !IS_WORD[usize::from(byte)]).unwrap_or(rest.len());
    }

    /// Skips a comment whose two dashes have been read.
    fn skip_comment(&mut self) -> Parse<()> {
        if self.peek() == Some(b'[')
            && let Some(level) = self.skip_separator()
        {
            return self.skip_long_comment(level);
        }
        let rest = &self.source[self.position..];
        self.position += rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
        Ok(())
    }
}

/// Which bytes go on a word, in the C locale.
const IS_WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = (byte as u8).is_ascii_alphanumeric() || byte as u8 == b'_';
        byte += 1;
    }
    table
};
