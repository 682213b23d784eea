//! Tokens in no order, and bytes in none.

use super::super::Choices;
use super::Token;
use super::literals::{any_literal, latin};
use super::vocabulary::{FRAGMENTS, STRAYS, TOKENS};

/// How many tokens there are at most.
const MOST: usize = 80;

/// A token, which may be none of Lua.
pub fn token(choices: &mut Choices<'_>) -> Token {
    let mark = choices.begin();
    let token = match choices.weighted(&[24, 2, 3, 2]) {
        1 => latin(choices.one_of(&STRAYS)),
        2 => choices.one_of(&FRAGMENTS).into(),
        3 => any_literal(choices),
        _ => choices.one_of(&TOKENS).into(),
    };
    choices.end("token", mark);
    token
}

/// Tokens without a thought of what comes before.
pub fn tokens(choices: &mut Choices<'_>) -> Vec<Token> {
    let count = choices.below(MOST);
    (0..count).map(|_| token(choices)).collect()
}

/// A fragment where a statement may stand: in a block of one kind or another.
pub fn fragment_in_block(choices: &mut Choices<'_>) -> Vec<Token> {
    const BLOCKS: [(&str, &str); 9] = [
        ("", ""),
        ("local a, b", ""),
        ("do", "end"),
        ("while a do", "end"),
        ("repeat", "until a"),
        ("for a = 1, 2 do", "end"),
        ("if a then", "else b() end"),
        ("function a(b)", "end"),
        ("a = function(...)", "end"),
    ];
    let ((opening, closing), gap) = (*choices.pick(&BLOCKS), choices.one_of(&[" ", "\n"]));
    let fragment = choices.one_of(&FRAGMENTS);
    let closing = if choices.chance(40) { "" } else { closing };
    vec![format!("{opening}{gap}{fragment}{gap}{closing}").into()]
}

/// Bytes as they come.
pub fn bytes(choices: &mut Choices<'_>) -> Vec<u8> {
    let count = choices.below(200);
    (0..count).map(|_| choices.byte()).collect()
}
