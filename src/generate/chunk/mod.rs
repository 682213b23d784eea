//! Binary chunks: valid ones, valid ones changed, and ones built from nothing that satisfy the loader and its verifier or just miss one of their rules.
//!
//! * `building`: functions from nothing: `frame` draws what a function is beside its code, `code` instructions that keep all rules, `miss` what breaks
//!   one rule, which is drawn by name;
//! * `change`: functions that a compiler made, changed field by field, over `instruction` and `constant`;
//! * `damage`: bytes of a chunk changed, at places that `format` knows.
//!
//! Nothing here knows loaders; the verifier is asked whether a change may stay.

mod building;
mod change;
mod code;
mod constant;
mod damage;
mod format;
mod frame;
mod instruction;
mod miss;
mod small_programs;
#[cfg(test)]
mod tests;

use std::sync::Arc;

pub use miss::Miss;
pub use small_programs::SMALL_PROGRAMS;

use super::{Choices, source};
use crate::lua::bytecode::{Instruction, MAX_C_LEVELS, Opcode, Prototype, dump};

/// A chunk nobody dumped, and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedChunk {
    pub bytes: Vec<u8>,
    /// The chunk name, as `lua_load` takes it.
    pub name: Vec<u8>,
}

/// A chunk that may be wrong in any way but one: it begins with the byte that makes it a binary chunk.
pub fn generate(choices: &mut Choices<'_>) -> GeneratedChunk {
    let name = source::chunk_name(choices);
    let bytes = match choices.weighted(&[70, 90, 20, 50, 4]) {
        1 => {
            let mut function = small_programs::compiled(choices);
            for _ in 0..many(choices) {
                change::change_and_stay_valid(choices, &mut function);
            }
            dump(&function, stripped(choices))
        }
        2 => {
            let mut function = small_programs::compiled(choices);
            for _ in 0..choices.count(5) {
                change::change(choices, &mut function);
            }
            dump(&function, stripped(choices))
        }
        3 => {
            let function = if choices.flag() { building::function(choices) } else { small_programs::compiled(choices) };
            let mut bytes = dump(&function, stripped(choices));
            damage::damage(choices, &mut bytes);
            bytes
        }
        4 => dump(&nested(choices), stripped(choices)),
        _ => dump(&building::function(choices), stripped(choices)),
    };
    GeneratedChunk { bytes, name }
}

fn many(choices: &mut Choices<'_>) -> usize {
    if choices.chance(80) { choices.below(50) } else { 1 + choices.below(6) }
}

fn stripped(choices: &mut Choices<'_>) -> bool {
    choices.chance(64)
}

/// Functions in each other, about as deep as the loader allows.
fn nested(choices: &mut Choices<'_>) -> Prototype {
    let depth = MAX_C_LEVELS as usize - 3 + choices.below(6);
    let function =
        Prototype { code: vec![Instruction::abc(Opcode::Return, 0, 1, 0)], max_stack_size: 2, ..Prototype::default() };
    (1..depth).fold(function.clone(), |inner, _| Prototype { prototypes: vec![Arc::new(inner)], ..function.clone() })
}

/// A number at which something changes, as often as not a large one.
fn edge(choices: &mut Choices<'_>) -> u64 {
    const NEAR: [u64; 20] =
        [0, 1, 2, 3, 49, 50, 51, 127, 128, 199, 200, 249, 250, 251, 255, 256, 511, 512, 1 << 16, 1 << 17];
    const FAR: [u64; 8] =
        [1 << 26, 1 << 30, (1 << 31) - 1, 1 << 31, u32::MAX as u64, 1 << 34, i64::MAX as u64, u64::MAX];
    let number = if choices.chance(80) { *choices.pick(&FAR) } else { *choices.pick(&NEAR) };
    match choices.below(3) {
        1 => number.wrapping_add(1),
        2 => number.wrapping_sub(1),
        _ => number,
    }
}
