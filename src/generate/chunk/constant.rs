//! Constants of any kind, the kinds that no compiler makes included. They know no function.

use super::super::Choices;
use super::edge;
use crate::lua::bytecode::{Bytes, Constant};

/// Names of globals, of metamethods, and strings that are numbers.
const STRINGS: [&str; 22] = [
    "key",
    "print",
    "pcall",
    "error",
    "type",
    "string",
    "x",
    "setmetatable",
    "__index",
    "__call",
    "__mode",
    "__gc",
    "__eq",
    "1",
    "0x10",
    "nan",
    "-inf",
    "1e999",
    " 7 ",
    "n",
    "arg",
    "",
];

/// A constant.
pub fn constant(choices: &mut Choices<'_>) -> Constant {
    match choices.weighted(&[8, 4, 2, 2, 2, 1, 1, 2, 2, 1]) {
        1 => Constant::Number(edge(choices) as i64 as f64),
        2 => Constant::Nil,
        3 => Constant::Boolean(choices.flag()),
        4 => Constant::Number(f64::from_bits(choices.word())),
        // The bits of a NaN, or where its payload would be a tag and an index.
        5 => Constant::Number(f64::from_bits(0x7FF0 << 48 | choices.word())),
        6 => Constant::Number(f64::from_bits(
            0xFFF8 << 48 | u64::from(choices.byte() % 8) << 48 | u64::from(choices.byte()),
        )),
        7 => Constant::NullString,
        8 => Constant::String(Bytes::from(&b"a\0b"[..])),
        9 => Constant::String(vec![b'x'; choices.below(1 << 16)].into()),
        _ => string(choices),
    }
}

/// A string that may be a global's name.
pub fn string(choices: &mut Choices<'_>) -> Constant {
    Constant::String(Bytes::from(choices.one_of(&STRINGS).as_bytes()))
}

/// Whether a global may be called that.
pub fn is_name(constant: &Constant) -> bool {
    matches!(constant, Constant::String(_) | Constant::NullString)
}
