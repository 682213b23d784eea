//! Tokens as bytes: white space, comments, line ends, and what is at both ends of a text. It knows no grammar.

use super::super::Choices;
use super::Token;

/// What may be between two tokens and changes nothing but lines.
const GAPS: [&str; 20] = [
    " ",
    "\n",
    "",
    "\t",
    "\r\n",
    "\n\r",
    "\r",
    "\n\n",
    "\r\r\n\n",
    "\u{b}",
    "\u{c}",
    "--\n",
    "-- a comment\r\n",
    "--[[b]]",
    "--[==[\n]]\n]==]",
    "--[=[]]\r\n]=]",
    "--[ no\n",
    "--[=no]]\n",
    "--[[\r\n\n\r]]",
    "\n--]]\n",
];

/// Gaps that are not what they seem.
const WRONG_GAPS: [&str; 8] = ["\0", "--", "--[[", "--[=[ ]]", "\u{a0}", "//\n", "\u{1a}", "#\n"];

/// The text of these tokens, none of which becomes part of another.
pub fn careful(choices: &mut Choices<'_>, tokens: &[Token]) -> Vec<u8> {
    match choices.weighted(&[4, 3, 2, 5]) {
        1 => joined(tokens, |_, _| b""),
        2 => joined(tokens, |_, _| b"\n"),
        3 => joined(tokens, |_, _| choices.one_of(&GAPS).as_bytes()),
        _ => joined(tokens, |_, _| b" "),
    }
}

/// As [`careful`], but now and then without a thought.
pub fn careless(choices: &mut Choices<'_>, tokens: &[Token]) -> Vec<u8> {
    match choices.weighted(&[12, 1, 2]) {
        1 => tokens.concat(),
        2 => joined(tokens, |_, _| match choices.chance(10) {
            true => choices.one_of(&WRONG_GAPS).as_bytes(),
            false => b" ",
        }),
        _ => careful(choices, tokens),
    }
}

fn joined<'g>(tokens: &[Token], mut gap: impl FnMut(&[u8], &[u8]) -> &'g [u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(tokens.len() * 4);
    let mut before: &[u8] = b"";
    for token in tokens {
        if !before.is_empty() {
            let chosen = gap(before, token);
            // Before a comment, a minus would become part of it, and a bracket is one of a long string to some.
            if (chosen.is_empty() && merge(before, token)) || (chosen.starts_with(b"-") && before.ends_with(b"-")) {
                text.push(b' ');
            }
            text.extend_from_slice(chosen);
        }
        text.extend_from_slice(token);
        before = token;
    }
    text
}

/// Whether two tokens without anything between them would be others.
fn merge(before: &[u8], after: &[u8]) -> bool {
    let (Some(last), Some(first)) = (before.last(), after.first()) else { return false };
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let is_numeral = before.iter().all(|byte| is_word(byte) || matches!(byte, b'.' | b'+' | b'-'))
        && before.iter().any(u8::is_ascii_digit);
    match (last, first) {
        (last, first) if is_word(last) && is_word(first) => true,
        (b'-', b'-') | (b'[', b'[' | b'=') | (b'.', b'.' | b'0'..=b'9') => true,
        (b'=' | b'~' | b'<' | b'>', b'=') => true,
        (_, b'.') | (b'.', _) => is_numeral,
        _ => false,
    }
}

/// What may be at the beginning of a text: what a stand-alone interpreter skips and a compiler does not.
const BEGINNINGS: [&str; 8] = ["", "#!/usr/bin/lua\n", "#", "#\n", "\u{ef}\u{bb}\u{bf}", "\n#", " ", "--#\n"];

/// Changes what is at the ends of a text, and all of its line ends. The text is not a binary chunk then.
pub fn finish(choices: &mut Choices<'_>, text: &mut Vec<u8>) {
    if choices.chance(12) {
        let line_end = choices.one_of(&["\r", "\r\n", "\n\r", "\n\n"]);
        *text = text.split(|byte| *byte == b'\n').collect::<Vec<_>>().join(line_end.as_bytes());
    }
    if choices.chance(12) {
        let beginning = super::literals::latin(choices.one_of(&BEGINNINGS));
        text.splice(0..0, beginning);
    }
    if choices.chance(24) {
        let end = choices.below(text.len() + 1);
        text.truncate(end);
    }
    if choices.chance(8) {
        text.extend_from_slice(choices.one_of(&["\0", "\u{1a}", "--", "\r", "\\", "'"]).as_bytes());
    }
    if text.first() == Some(&crate::engine::BINARY_SIGNATURE) {
        text.insert(0, b' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnose::reduce::token;

    #[test]
    fn no_text_begins_as_a_binary_chunk_does() {
        for seed in 0..200 {
            let mut text = b"\x1bLua".to_vec();
            finish(&mut Choices::new(&super::super::super::bytes_of_seed(seed)), &mut text);
            assert_ne!(text.first(), Some(&crate::engine::BINARY_SIGNATURE), "seed {seed}");
        }
    }

    fn split(text: &[u8]) -> Vec<Token> {
        let tokens = token::tokens(text).into_iter().filter(|token| token.kind != token::Kind::Comment);
        tokens.map(|token| text[token.range].to_vec()).collect()
    }

    #[test]
    fn laid_out_with_care_tokens_come_back() {
        let words = "a = - - 1 .. 2 . b [ [[x]] ] [ [=[y]=] ] == = ~= < = > = 0x1 e ... .. .5 'a' \"b\" { } ; a 1 _ 1.";
        let tokens: Vec<Token> = words.split(' ').map(|word| word.as_bytes().to_vec()).collect();
        for seed in 0..500 {
            let bytes = super::super::super::bytes_of_seed(seed);
            let text = careful(&mut Choices::new(&bytes), &tokens);
            assert_eq!(split(&text), tokens, "{}", String::from_utf8_lossy(&text));
        }
    }
}
