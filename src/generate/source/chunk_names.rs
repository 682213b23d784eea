//! Chunk names: what messages say of a text is made of them, in a space of 60 or 80 bytes. They know no text.

use super::super::Choices;
use super::literals::latin;

/// Lengths of names around those that messages cut at.
const LENGTHS: [usize; 16] = [0, 1, 40, 43, 44, 45, 46, 47, 58, 59, 60, 61, 66, 79, 80, 200];

/// What may be somewhere in a name.
const MIDDLES: [&str; 9] = ["", "\n", "\r", "\r\n", "\0", "\"]", "\u{e4}", "\u{1b}", "%s"];

/// A chunk name. The simplest is that of a file.
pub fn chunk_name(choices: &mut Choices<'_>) -> Vec<u8> {
    match choices.weighted(&[12, 2, 2, 1, 5]) {
        1 => latin(choices.one_of(&["=stdin", "=", "@", "", "=?", "==", "@@", "\u{1b}Lua", "...", "[string \"x\"]"])),
        2 => latin(choices.one_of(&["return 1", "a = 1\nb = 2", "x\n", "\n", "x\ry", "x = =", "--[[\n]]", " "])),
        3 => (0..choices.below(100)).map(|_| choices.byte()).collect(),
        4 => long(choices),
        _ => b"@generated.lua".to_vec(),
    }
}

fn long(choices: &mut Choices<'_>) -> Vec<u8> {
    let kind = choices.one_of(&["@", "=", "", "a"]);
    let length = *choices.pick(&LENGTHS);
    let mut name: Vec<u8> = kind.bytes().chain((0..length).map(|index| b"0123456789abcdef"[index % 16])).collect();
    let place = choices.below(name.len() + 1);
    name.splice(place..place, latin(choices.one_of(&MIDDLES)));
    name
}
