//! A large source text for compilers, the same every time.

/// A piece of ordinary Lua, in which `N` within a name stands for the number of the copy.
const PIECE: &str = include_str!("piece.lua");

/// Copies of [`PIECE`], one after the other, in which names, strings and numbers differ: at least `length` bytes.
pub(super) fn generate(length: usize) -> Vec<u8> {
    let mut text = Vec::with_capacity(length + PIECE.len() * 2);
    let mut number = 0_u32;
    while text.len() < length {
        number += 1;
        text.extend_from_slice(PIECE.replace("_N", &format!("_{number}")).as_bytes());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lua::compiler::{CompileOptions, compile};

    #[test]
    fn the_text_is_long_enough_and_the_same_every_time() {
        let text = generate(100_000);
        assert!((100_000..110_000).contains(&text.len()), "{}", text.len());
        assert_eq!(text, generate(100_000));
    }

    #[test]
    fn copies_differ_and_are_valid() {
        let text = String::from_utf8(generate(2 * PIECE.len())).expect("text");
        assert!(text.contains("function account_1") && text.contains("function account_2"), "{text}");
        assert!(!text.contains("_N"), "{text}");
        let prototype = compile(text.as_bytes(), b"=source", CompileOptions::default()).expect("valid");
        assert!(prototype.prototypes.len() > 10);
    }
}
