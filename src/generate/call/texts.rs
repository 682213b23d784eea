//! Strings as arguments: words, any bytes, what patterns match, patterns, formats with what they take, source text, formats of dates.
//!
//! Patterns and formats come from the grammars of whole programs. It knows no function.

use super::values::{self, expression, one_of};
use crate::generate::Choices;
use crate::generate::program::{formats, patterns, sources};
use crate::oracle::library::Argument;

const WORDS: [&str; 20] = [
    "",
    "a",
    "abc",
    "x",
    "Hello, World",
    "10",
    "%d%s",
    "  pad ",
    "aXbXc",
    "key = value",
    "a\0b",
    "\0",
    "line\nline\r\n",
    "caf\u{e9}",
    "\u{ff}\u{fe}",
    "\"quoted\\",
    "1\x002",
    "THE (quick) fox",
    "[[long]]",
    "_G",
];

/// A string of these characters, each a byte.
pub(super) fn bytes(text: impl AsRef<str>) -> Argument {
    Argument::String(bytes_of(text.as_ref()))
}

/// One byte for each character, as all of them are below U+0100.
fn bytes_of(text: &str) -> Vec<u8> {
    text.chars().map(|character| u8::try_from(u32::from(character)).unwrap_or(b'?')).collect()
}

/// A string.
pub(super) fn text(choices: &mut Choices<'_>) -> Vec<u8> {
    match choices.weighted(&[8, 3, 2, 1]) {
        1 => (0..choices.count(12)).map(|_| choices.byte()).collect(),
        2 => long(choices),
        3 => (0..=255).collect(),
        _ => bytes_of(choices.one_of(&WORDS)),
    }
}

/// A string of some length, around the sizes of buffers.
fn long(choices: &mut Choices<'_>) -> Vec<u8> {
    let unit = choices.one_of(&["a", "ab", "x ", "\0", "(", "%", "1"]);
    let length = *choices.pick(&[30, 31, 32, 79, 80, 81, 200, 255, 256, 257, 511, 512, 513, 1024, 1500]);
    unit.bytes().cycle().take(length).collect()
}

/// What is matched.
pub(super) fn subject(choices: &mut Choices<'_>) -> String {
    match choices.weighted(&[6, 2, 1]) {
        1 => {
            let letters = ["a", "b", " ", "1", "(", ")", "%", "X", "\0", "\u{e9}", "]", "-"];
            (0..choices.below(24)).map(|_| choices.one_of(&letters)).collect()
        }
        2 => choices.one_of(&["a", "ab", "( ", "1"]).repeat(choices.below(200)),
        _ => patterns::subject_text(choices).to_owned(),
    }
}

/// A pattern, which is now and then none.
pub(super) fn pattern(choices: &mut Choices<'_>) -> String {
    let has_mistakes = choices.chance(60);
    patterns::text(choices, has_mistakes)
}

/// What `gsub` replaces by.
pub(super) fn replacement(choices: &mut Choices<'_>) -> Argument {
    const TEXTS: [&str; 12] = ["", "x", "<%0>", "%1", "%2%1", "%%", "%", "%9", "a\0b", "%a", "%0%0", "100%%"];
    const GIVEN: [&str; 10] = [
        "function(...) return ... end",
        "function() end",
        "function() return false end",
        "function(x) return #x end",
        "function() return {} end",
        "string.upper",
        "function() error('in replacement') end",
        "coroutine.yield",
        "setmetatable({}, {__index = function(t, k) return '[' .. tostring(k) .. ']' end})",
        "setmetatable({}, {__index = function() return true end})",
    ];
    match choices.weighted(&[5, 4, 2]) {
        1 => one_of(choices, &GIVEN),
        2 => {
            let values = ["A", "", "%1", "b"].map(|key| (bytes(key), Argument::Number(values::number(choices))));
            let mut entries = values.to_vec();
            entries.push((bytes("a"), expression(choices.one_of(&["'A'", "false", "true", "{}", "print"]))));
            Argument::Table(entries)
        }
        _ => bytes(choices.one_of(&TEXTS)),
    }
}

/// A format, and mostly what it takes.
pub(super) fn format_call(choices: &mut Choices<'_>, arguments: &mut Vec<Argument>) {
    let (mut format, mut taken) = (String::new(), Vec::new());
    if choices.chance(24) {
        format.push_str(choices.one_of(&formats::MISTAKES));
    }
    for _ in 0..choices.count(4) {
        if choices.flag() {
            format.push_str(choices.one_of(&formats::BETWEEN));
        }
        let directive = formats::directive(choices);
        format.push_str(&directive.text);
        taken.push(match directive.conversion {
            "s" | "q" => Argument::String(text(choices)),
            _ if choices.chance(20) => values::numeral(choices),
            _ => Argument::Number(values::number(choices)),
        });
    }
    arguments.push(bytes(format));
    arguments.append(&mut taken);
}

/// What a chunk is loaded from: right, wrong, or the beginning of a binary one.
pub(super) fn source(choices: &mut Choices<'_>) -> Vec<u8> {
    match choices.weighted(&[3, 4, 4, 1]) {
        1 => bytes_of(choices.one_of(&sources::REFUSED)),
        2 => {
            let tokens: Vec<&str> = (0..choices.count(12)).map(|_| choices.one_of(&sources::TOKENS)).collect();
            bytes_of(&tokens.join(" "))
        }
        3 => bytes_of(choices.one_of(&[
            "\u{1b}",
            "\u{1b}Lua",
            "\u{1b}LuaQ\0\u{1}\u{4}\u{8}\u{4}\u{8}\0",
            "#!shebang\nreturn 1",
        ])),
        _ => bytes_of(choices.one_of(&[
            "return 1",
            "",
            "return ...",
            "x = 1",
            "-- nothing",
            "return function() end",
            "f()",
        ])),
    }
}

/// A format of `os.date`.
pub(super) fn date_format(choices: &mut Choices<'_>) -> Argument {
    if choices.chance(60) {
        return bytes(choices.one_of(&["*t", "!*t", "*tx", "", "!", "%", "!%", "%c", "\0%Y"]));
    }
    let mut format = String::from(choices.one_of(&["!", ""]));
    for _ in 0..choices.count(6) {
        format.push_str(choices.one_of(&["", " ", "-", "\0", "x"]));
        // The conversions of C89: the C library decides on any other.
        let conversions = b"aAbBcdHIjmMpSUwWxXyYZ%";
        format.push('%');
        format.push(char::from(*choices.pick(conversions)));
    }
    bytes(format)
}
