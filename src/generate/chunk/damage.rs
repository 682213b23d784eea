//! Bytes of a chunk changed: sizes, counts, tags and signs that are not what they were, and ends that come too early or too late.

use super::super::Choices;
use super::edge;
use super::format::{Field, Kind, fields};

/// Changes bytes, once most of the time.
pub fn damage(choices: &mut Choices<'_>, chunk: &mut Vec<u8>) {
    for _ in 0..choices.count(3) {
        match choices.weighted(&[12, 3, 3, 2, 1]) {
            1 => flip(choices, chunk),
            2 => cut(choices, chunk),
            3 => chunk.extend((0..choices.below(20)).map(|index| index as u8)),
            4 => insert_copy(choices, chunk),
            _ => change_field(choices, chunk),
        }
    }
    // Else it would be text.
    match chunk.first_mut() {
        Some(first) => *first = crate::engine::BINARY_SIGNATURE,
        None => chunk.push(crate::engine::BINARY_SIGNATURE),
    }
}

fn change_field(choices: &mut Choices<'_>, chunk: &mut [u8]) {
    let fields = fields(chunk);
    let kinds =
        [Kind::Count, Kind::Size, Kind::Tag, Kind::Line, Kind::Extent, Kind::Header, Kind::Boolean, Kind::Frame];
    let kind = *choices.pick(&kinds);
    let of_kind: Vec<&Field> = fields.iter().filter(|(of, _)| *of == kind).collect();
    if of_kind.is_empty() {
        return;
    }
    let (_, range) = *choices.pick(&of_kind);
    let field = &mut chunk[range.clone()];
    match field.len() {
        4 => {
            let old = i32::from_le_bytes([field[0], field[1], field[2], field[3]]);
            field.copy_from_slice(&integer(choices, old).to_le_bytes());
        }
        8 => {
            let old = u64::from_le_bytes(std::array::from_fn(|index| field[index]));
            field.copy_from_slice(&size(choices, old).to_le_bytes());
        }
        length => {
            let byte = choices.byte();
            field[choices.below(length)] = if choices.flag() { byte } else { byte % 8 };
        }
    }
}

/// A count or line beside what it was, negative, or so large that it is a claim.
fn integer(choices: &mut Choices<'_>, old: i32) -> i32 {
    match choices.weighted(&[6, 6, 4, 3, 1]) {
        1 => old.wrapping_sub(1),
        2 => -1,
        3 => *choices.pick(&[0, i32::MIN, 1, 255]),
        4 => edge(choices) as i32,
        _ => old.wrapping_add(1),
    }
}

/// As [`integer`], for the size of a string. The largest ones are refused on their own account.
fn size(choices: &mut Choices<'_>, old: u64) -> u64 {
    match choices.weighted(&[6, 6, 4, 2, 1]) {
        1 => old.wrapping_sub(1),
        2 => 0,
        3 => u64::MAX - 3 + choices.below(4) as u64,
        4 => edge(choices),
        _ => old.wrapping_add(1),
    }
}

fn flip(choices: &mut Choices<'_>, chunk: &mut [u8]) {
    let place = choices.below(chunk.len());
    if let Some(byte) = chunk.get_mut(place) {
        *byte ^= 1 << choices.below(8);
    }
}

/// Cuts the end off: within a field, most of the time.
fn cut(choices: &mut Choices<'_>, chunk: &mut Vec<u8>) {
    let length = choices.below(chunk.len() + 1);
    chunk.truncate(length);
}

fn insert_copy(choices: &mut Choices<'_>, chunk: &mut Vec<u8>) {
    let start = choices.below(chunk.len());
    let part = chunk[start..(start + choices.below(16)).min(chunk.len())].to_vec();
    let to = choices.below(chunk.len() + 1);
    chunk.splice(to..to, part);
}

#[cfg(test)]
mod tests {
    use super::super::super::bytes_of_seed;
    use super::*;

    #[test]
    fn what_is_damaged_is_still_no_text() {
        let mut damaged = 0;
        for seed in 0..1000 {
            let mut chunk = b"\x1bLuaQ".to_vec();
            damage(&mut Choices::new(&bytes_of_seed(seed)), &mut chunk);
            assert_eq!(chunk.first(), Some(&crate::engine::BINARY_SIGNATURE), "seed {seed}");
            damaged += u32::from(chunk != b"\x1bLuaQ");
        }
        assert!(damaged > 200, "{damaged}");
    }
}
