//! Random source text: bytes, soups of tokens, and valid programs with something changed.

use crate::random::Random;
use crate::seeds::Seeds;

const TOKENS: &[&str] = &[
    "and",
    "break",
    "do",
    "else",
    "elseif",
    "end",
    "false",
    "for",
    "function",
    "if",
    "in",
    "local",
    "nil",
    "not",
    "or",
    "repeat",
    "return",
    "then",
    "true",
    "until",
    "while",
    "+",
    "-",
    "*",
    "/",
    "%",
    "^",
    "#",
    "==",
    "~=",
    "<=",
    ">=",
    "<",
    ">",
    "=",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    ";",
    ":",
    ",",
    ".",
    "..",
    "...",
    "a",
    "b",
    "c",
    "x",
    "self",
    "_G",
    "print",
    "pairs",
    "next",
    "pcall",
    "error",
    "string",
    "table",
    "math",
    "coroutine",
    "setmetatable",
    "unpack",
    "rep",
    "sub",
    "0",
    "1",
    "2",
    "3",
    "-1",
    "1e308",
    "1e-320",
    "0x7fffffff",
    "0xffffffffffffffffffff",
    "3.14",
    "1e",
    "0x",
    ".5",
    "''",
    "'a'",
    "\"b\"",
    "[[x]]",
    "[==[\n]==]",
    "'\\0'",
    "'\\300'",
    "'\\z'",
    "'",
    "\"",
    "[[",
    "[=",
    "--",
    "--[[",
    "]]",
    "--[==[",
    "\n",
    "\r\n",
    "\0",
    "#!",
    "\u{1b}",
    "\u{feff}",
    "~",
    "!",
    "@",
    "$",
    "&",
    "|",
    "\\",
    "`",
    "?",
    "goto",
    "//",
    "<<",
    "function f(...)",
    "local x =",
    "for i = 1, 3 do",
    "for k, v in pairs(_G) do",
    "while true do",
    "return function()",
    "setmetatable({}, {__index = ",
    "coroutine.wrap(function()",
    "string.rep('x', 1e5)",
    "pcall(function()",
];

/// A random source text.
pub fn make(random: &mut Random, seeds: &Seeds) -> Vec<u8> {
    match random.below(10) {
        0 => {
            let length = random.below(200);
            random.bytes(length)
        }
        1..=3 => soup(random),
        _ => changed(random, seeds),
    }
}

fn soup(random: &mut Random) -> Vec<u8> {
    let mut text = Vec::new();
    for _ in 0..random.below(60) {
        text.extend_from_slice(random.pick(TOKENS).as_bytes());
        if !random.one_in(8) {
            text.push(b' ');
        }
    }
    text
}

/// A valid program with a few changes, or a part of one.
fn changed(random: &mut Random, seeds: &Seeds) -> Vec<u8> {
    let source = if random.one_in(2) { &seeds.sources[random.below(seeds.small)] } else { random.pick(&seeds.sources) };
    let mut text = source.clone();
    if random.one_in(6) {
        text.truncate(random.cut(text.len()));
    }
    for _ in 0..random.below(4) + 1 {
        change(random, seeds, &mut text);
    }
    text
}

fn change(random: &mut Random, seeds: &Seeds, text: &mut Vec<u8>) {
    match random.below(16) {
        0 => damage(random, seeds, text),
        1 => {
            let position = random.cut(text.len());
            let other = random.pick(&seeds.sources);
            let line = random_line(random, other).to_vec();
            text.splice(position..position, line);
        }
        2 => {
            let (position, line) = (random.cut(text.len()), random_line(random, text).to_vec());
            text.splice(position..position, line);
        }
        _ => replace_by_its_like(random, text),
    }
}

/// A change that most likely makes the text invalid.
fn damage(random: &mut Random, seeds: &Seeds, text: &mut Vec<u8>) {
    let position = random.cut(text.len());
    let (from, to) = word_around(text, position);
    match random.below(5) {
        0 => {
            if let Some(byte) = text.get_mut(position) {
                *byte ^= 1 << random.below(8);
            }
        }
        1 => drop(text.splice(from..to, random.pick(TOKENS).bytes())),
        2 => drop(text.splice(position..position, random.pick(TOKENS).bytes())),
        3 => drop(text.drain(from..to)),
        _ => {
            let other = random.pick(&seeds.sources);
            let tail = other[random.cut(other.len())..].to_vec();
            text.truncate(position);
            text.extend_from_slice(&tail);
        }
    }
}

/// Operators of which each fits where another does.
const OPERATORS: &[&str] = &["+", "-", "*", "/", "%", "^", "..", "==", "~=", "<", ">", "<=", ">=", " and ", " or "];
/// Where a variable is, these fit as well.
const EXPRESSIONS: &[&str] = &[
    "nil",
    "true",
    "{}",
    "...",
    "_G",
    "print",
    "pairs",
    "next",
    "pcall",
    "error",
    "string",
    "table",
    "math",
    "unpack",
    "coroutine.yield",
    "coroutine.wrap",
    "coroutine.running",
    "select",
    "setmetatable",
    "getmetatable",
    "rawset",
    "rawget",
    "table.sort",
    "table.concat",
    "table.insert",
    "table.remove",
    "table.maxn",
    "string.rep",
    "string.format",
    "string.gsub",
    "string.find",
    "string.byte",
    "string.dump",
    "load",
    "loadstring",
    "setfenv",
    "getfenv",
    "collectgarbage",
    "tostring",
    "tonumber",
    "xpcall",
    "newproxy",
    "math.floor",
    "math.random",
    "function() end",
    "function(...) return ... end",
    "(0/0)",
];

/// Replaces a word by another of the same kind, so that the text likely stays valid.
fn replace_by_its_like(random: &mut Random, text: &mut Vec<u8>) {
    let position = random.cut(text.len());
    let (from, to) = word_around(text, position);
    let word = &text[from..to];
    let is_variable = |word: &[u8]| word.first().is_some_and(|byte| byte.is_ascii_alphabetic()) && !is_keyword(word);
    let new = match word {
        [b'0'..=b'9', ..] if random.one_in(2) => (random.interesting() as i64).to_string().into_bytes(),
        [b'0'..=b'9', ..] => {
            random.pick(&["0", "1", "2", "3", "10", "0.5", "1e300", "(0/0)", "(1/0)", "'7'", "nil"]).as_bytes().to_vec()
        }
        [b'+' | b'-' | b'*' | b'/' | b'%' | b'^'] => random.pick(OPERATORS).as_bytes().to_vec(),
        word if is_variable(word) && random.one_in(2) => random.pick(EXPRESSIONS).as_bytes().to_vec(),
        word if is_variable(word) => {
            let position = random.cut(text.len());
            let (from, to) = word_around(text, position);
            text[from..to].to_vec()
        }
        _ => return,
    };
    text.splice(from..to, new);
}

fn is_keyword(word: &[u8]) -> bool {
    TOKENS[..21].iter().any(|keyword| keyword.as_bytes() == word)
}

fn random_line<'t>(random: &mut Random, text: &'t [u8]) -> &'t [u8] {
    let lines: Vec<&[u8]> = text.split_inclusive(|byte| *byte == b'\n').collect();
    lines.get(random.below(lines.len())).copied().unwrap_or_default()
}

/// The extent of the word, or else the byte, at a position.
fn word_around(text: &[u8], position: usize) -> (usize, usize) {
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
    let before = text[..position].iter().rev().take_while(is_part).count();
    let after = text[position..].iter().take_while(is_part).count();
    let end = if before + after == 0 { position + 1 } else { position + after };
    (position - before, end.min(text.len()))
}
