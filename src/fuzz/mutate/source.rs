//! The parts of source text, well-formed or not: tokens, lines, and what stands between matching brackets or words.

use super::Random;
use crate::generate::{Construct, Span};

/// Tokens that take the place of others: every one of the language, numbers and strings at the edges of their grammars.
const TOKENS: [&[u8]; 82] = [
    b"and",
    b"break",
    b"do",
    b"else",
    b"elseif",
    b"end",
    b"false",
    b"for",
    b"function",
    b"if",
    b"in",
    b"local",
    b"nil",
    b"not",
    b"or",
    b"repeat",
    b"return",
    b"then",
    b"true",
    b"until",
    b"while",
    b"goto",
    b"+",
    b"-",
    b"*",
    b"/",
    b"%",
    b"^",
    b"#",
    b"==",
    b"~=",
    b"<=",
    b">=",
    b"<",
    b">",
    b"=",
    b"(",
    b")",
    b"{",
    b"}",
    b"[",
    b"]",
    b";",
    b":",
    b",",
    b".",
    b"..",
    b"...",
    b"~",
    b"!",
    b"&",
    b"a",
    b"_",
    b"_G",
    b"arg",
    b"self",
    b"0",
    b"1",
    b"-1",
    b"3.",
    b".5",
    b"1e",
    b"1e308",
    b"1e-400",
    b"0x",
    b"0xFFFFFFFFFFFFFFFF",
    b"0x1p4",
    b"3..2",
    b"1..2",
    b"9007199254740993",
    b"\"\"",
    b"'\\0'",
    b"'\\300'",
    b"\"\\\n\"",
    b"'\\x41'",
    b"'a",
    b"[[",
    b"]]",
    b"[==[",
    b"[=[]=]",
    b"--[[",
    b"--[=[]=]\n",
];

/// Words that open a block, which a word closes.
const OPENING: [&[u8]; 4] = [b"do", b"function", b"if", b"repeat"];
const CLOSING: [&[u8]; 2] = [b"end", b"until"];

/// The parts of a text behind its first `start` bytes.
pub(super) fn spans(text: &[u8], start: usize) -> Vec<Span> {
    let mut spans = Vec::new();
    let (mut open, mut line, mut at) = (Vec::new(), start, start);
    while at < text.len() {
        let (construct, length) = token(&text[at..]);
        let (range, token) = (at..at + length, &text[at..at + length]);
        at = range.end;
        match construct {
            "opening" => open.push(range.start),
            "closing" => {
                if let Some(start) = open.pop() {
                    spans.push(Span { construct: "group", range: start..range.end });
                }
            }
            _ => {}
        }
        if token == b"\n" {
            spans.push(Span { construct: "line", range: line..at });
            line = at;
        } else if construct != "space" {
            spans.push(Span { construct: "token", range });
        }
    }
    spans
}

/// The class and the length of the token that a text begins with. There is one.
fn token(text: &[u8]) -> (Construct, usize) {
    let run = |holds: fn(u8) -> bool| text.iter().take_while(|byte| holds(**byte)).count();
    match text[0] {
        b'\n' => ("space", 1),
        byte if byte.is_ascii_whitespace() => ("space", run(|byte| byte.is_ascii_whitespace() && byte != b'\n')),
        byte if byte.is_ascii_alphabetic() || byte == b'_' => {
            let length = run(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            (word(&text[..length]), length)
        }
        byte if byte.is_ascii_digit() => ("number", run(|byte| byte.is_ascii_alphanumeric() || byte == b'.')),
        quote @ (b'"' | b'\'') => ("string", quoted(text, quote)),
        b'-' if text.starts_with(b"--") => ("comment", run(|byte| byte != b'\n')),
        b'(' | b'{' | b'[' => ("opening", 1),
        b')' | b'}' | b']' => ("closing", 1),
        byte if byte >= 0x80 => ("bytes", run(|byte| byte >= 0x80)),
        _ => ("symbol", 1),
    }
}

fn word(word: &[u8]) -> Construct {
    if OPENING.contains(&word) {
        "opening"
    } else if CLOSING.contains(&word) {
        "closing"
    } else {
        "word"
    }
}

/// How long a string is, which may end with its line.
fn quoted(text: &[u8], quote: u8) -> usize {
    let mut at = 1;
    while at < text.len() && text[at] != b'\n' {
        at += match text[at] {
            byte if byte == quote => return at + 1,
            b'\\' => 2,
            _ => 1,
        };
    }
    at.min(text.len())
}

/// One token that was not there, or a line of some.
pub(super) fn fresh(construct: Construct, random: &mut Random) -> Vec<u8> {
    let count = if construct == "token" { 1 } else { 1 + random.below(6) };
    let tokens: Vec<&[u8]> = (0..count).map(|_| TOKENS[random.below(TOKENS.len())]).collect();
    let mut text = tokens.join(&b' ');
    text.push(if construct == "line" { b'\n' } else { b' ' });
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str, construct: Construct) -> Vec<&str> {
        let spans = spans(text.as_bytes(), 0).into_iter().filter(|span| span.construct == construct);
        spans.map(|span| &text[span.range]).collect()
    }

    #[test]
    fn a_text_has_tokens_lines_and_groups() {
        let text = "local a = {1.5, 'x\\'y'} -- note\nif a then f(a[1]) end\n";
        assert_eq!(parts(text, "line"), ["local a = {1.5, 'x\\'y'} -- note\n", "if a then f(a[1]) end\n"]);
        assert_eq!(parts(text, "group"), ["{1.5, 'x\\'y'}", "[1]", "(a[1])", "if a then f(a[1]) end"]);
        assert_eq!(parts("x=~1\"a", "token"), ["x", "=", "~", "1", "\"a"]);
    }

    #[test]
    fn every_byte_of_any_text_is_passed() {
        for text in [&b"'\\"[..], b"\"\\\n", b"\xff\xfe--", b"]end)", b"\0\x1b\r\n[[", b"-"] {
            assert!(spans(text, 0).iter().all(|span| span.range.end <= text.len() && !span.range.is_empty()));
        }
    }
}
