//! Numerals and strings in every spelling, those that are right apart from those that need not be.

use super::super::Choices;
use super::Token;

/// Numerals at which something changes: what is folded, what is a small integer, what is exact.
const NUMERALS: [&str; 30] = [
    "0",
    "1",
    "2",
    "3",
    "10",
    "255",
    "256",
    "0.5",
    ".5",
    "5.",
    "0x0",
    "0xFF",
    "0Xa",
    "1e1",
    "1E+2",
    "1e-2",
    "3.0",
    "1e308",
    "1e309",
    "4.9e-324",
    "1e-400",
    "0e12",
    "007",
    "9007199254740993",
    "0xffffffffffffffffffff",
    "123456789012345678901234567890",
    "2147483647",
    "2147483648",
    "00.1e01",
    "0.1",
];

/// What is in strings as it is.
const CONTENTS: [&str; 16] = [
    "",
    "a",
    "key",
    "1",
    "x y",
    "\\n",
    "\\065",
    "\\0",
    "\\255z",
    "\\\"",
    "\\'",
    "\\\\",
    "\\\n",
    "\u{ff}\u{80}",
    "--",
    "]]",
];

/// A numeral that is one.
pub fn numeral(choices: &mut Choices<'_>) -> Token {
    match choices.weighted(&[12, 12, 3]) {
        1 => choices.below(1000).to_string().into_bytes(),
        2 => format!("{}.{}e{}", choices.below(40), choices.below(40), choices.small()).into_bytes(),
        _ => choices.one_of(&NUMERALS).into(),
    }
}

/// A string that is one.
pub fn string(choices: &mut Choices<'_>) -> Token {
    let content = choices.one_of(&CONTENTS);
    match choices.weighted(&[8, 5, 4]) {
        1 => latin(&format!("\"{content}\"")),
        2 => {
            let level = "=".repeat(choices.below(3));
            let start = choices.one_of(&["", "\n", "\r\n", "[", "] "]);
            // A bracket after the content cannot close anything early, as a space is before it.
            latin(&format!("[{level}[{start}{} ]{level}]", content.replace("]]", "] ]")))
        }
        _ => latin(&format!("'{content}'")),
    }
}

/// Characters up to U+00FF as one byte each.
pub fn latin(text: &str) -> Token {
    text.chars().map(|character| u8::try_from(u32::from(character)).unwrap_or(b'?')).collect()
}

/// Statements around literals that need not be right.
pub fn tokens(choices: &mut Choices<'_>) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for _ in 0..choices.count(5) {
        let (before, after) = *choices.pick(&[
            ("a=", ""),
            ("return", ""),
            ("a=b..", ""),
            ("a={", ",1}"),
            ("f", ""),
            ("a=-", ";"),
            ("a=b[", "]"),
            ("", ""),
            ("--", ""),
        ]);
        tokens.push(before.into());
        tokens.push(any_literal(choices));
        tokens.push(after.into());
    }
    tokens
}

/// A literal, right or wrong.
pub fn any_literal(choices: &mut Choices<'_>) -> Token {
    match choices.below(3) {
        1 => any_quoted(choices),
        2 => any_long(choices),
        _ => any_numeral(choices),
    }
}

/// Digits, points, exponents and what else numerals are made of, in an order in which they may be one.
fn any_numeral(choices: &mut Choices<'_>) -> Token {
    const STARTS: [&str; 10] = ["", "0x", "0X", "0", ".", "..", "0b", "00", "1_", "-"];
    const DIGITS: [&str; 14] =
        ["1", "", "0", "7", "12", "08", "ff", "G", "a", "99999999999999999999", "1e", "_", "FFFFFFFFFFFFFFFF", "p1"];
    const POINTS: [&str; 9] = ["", ".", "..", "...", ",", ".5", ".e", "'", "\0"];
    const EXPONENTS: [&str; 18] = [
        "", "e1", "E2", "e", "e+", "e-", "e+1", "E-2", "e1.5", "e1e1", "p1", "p-2", "e400", "e-400", "e ", "f", "e\0",
        "ee1",
    ];
    const ENDS: [&str; 14] = ["", "L", "f", "i", "..", ".", "..1", "_", "\0", "\0\0", " 1", "x", "\u{e9}", "%"];
    let pieces: [&[&'static str]; 5] = [&STARTS, &DIGITS, &POINTS, &EXPONENTS, &ENDS];
    let text: String = pieces.iter().map(|piece| choices.one_of(piece)).collect();
    latin(&text)
}

/// A string in quotes with escapes of any kind, which may have no end.
fn any_quoted(choices: &mut Choices<'_>) -> Token {
    const PIECES: [&str; 40] = [
        "a", "\\n", "\\a", "\\b", "\\f", "\\r", "\\t", "\\v", "\\\\", "\\\"", "\\'", "\\\n", "\\\r", "\\\r\n",
        "\\\n\r", "\\0", "\\00", "\\000", "\\0009", "\\9", "\\10", "\\255", "\\256", "\\300", "\\999", "\\2555",
        "\\x41", "\\u", "\\z", "\\ ", "\\", "\0", "\u{ff}", "\n", "\r", "\t", "\u{1a}", "\\e", "--", "[[",
    ];
    let quote = choices.one_of(&["'", "\""]);
    let mut text = String::from(quote);
    for _ in 0..choices.count(8) {
        text.push_str(choices.one_of(&PIECES));
    }
    text.push_str(match choices.weighted(&[12, 2, 1]) {
        1 => "",
        2 => "\\",
        _ => quote,
    });
    latin(&text)
}

/// A long bracket of any level with brackets of others in it, which may have no end, as a string or a comment.
fn any_long(choices: &mut Choices<'_>) -> Token {
    const PIECES: [&str; 18] = [
        "a", "\n", "\r", "\r\n", "\n\r", "]", "]]", "]=]", "]==]", "[[", "[=[", "[==[", "[", "=", "\0", "\\n", "--",
        "]=",
    ];
    let (level, comment) = ("=".repeat(choices.below(3)), choices.one_of(&["", "--"]));
    let opening = if choices.chance(240) { "[" } else { choices.one_of(&["", " ", "=", "]"]) };
    let mut text = format!("{comment}[{level}{opening}");
    for _ in 0..choices.below(8) {
        text.push_str(choices.one_of(&PIECES));
    }
    match choices.weighted(&[12, 2, 1, 1]) {
        1 => {}
        2 => text.push_str(&format!("]{level}")),
        3 => text.push_str(&format!("]{level}=]")),
        _ => text.push_str(&format!("]{level}]")),
    }
    latin(&text)
}
