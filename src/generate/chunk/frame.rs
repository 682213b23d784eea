//! What a function is beside its code: frame, flags, constants, debug information, all within the verifier's rules.

use super::super::Choices;
use super::{constant, edge};
use crate::lua::bytecode::{
    Bytes, Instruction, LocalVariable, MAX_STACK_SIZE, Prototype, VARARG_HAS_ARG, VARARG_IS_VARARG, VARARG_NEEDS_ARG,
};

/// Flags that the verifier accepts: who needs the table `arg` has it, and other bits mean nothing.
const FLAGS: [u8; 9] = [
    VARARG_IS_VARARG,
    0,
    VARARG_HAS_ARG | VARARG_IS_VARARG,
    VARARG_HAS_ARG | VARARG_IS_VARARG | VARARG_NEEDS_ARG,
    VARARG_HAS_ARG,
    VARARG_HAS_ARG | VARARG_NEEDS_ARG,
    8 | VARARG_IS_VARARG,
    0xFF,
    0xFA,
];

/// A function without code, lines and functions inside.
pub fn frame(choices: &mut Choices<'_>) -> Prototype {
    let max_stack_size = match choices.weighted(&[12, 2, 2, 2]) {
        1 => MAX_STACK_SIZE - choices.below(2) as u8,
        2 => 1,
        3 => choices.byte().clamp(1, MAX_STACK_SIZE),
        _ => 2 + choices.below(8) as u8,
    };
    let vararg_flags = *choices.pick(&FLAGS);
    let room = max_stack_size - (vararg_flags & VARARG_HAS_ARG);
    let parameter_count = match choices.weighted(&[8, 4, 1]) {
        1 => choices.below(4).min(usize::from(room)) as u8,
        2 => room,
        _ => 0,
    };
    let upvalue_count = *choices.pick(&[0, 0, 0, 1, 1, 2, 2, 3, 60, 255]);
    let constants = (0..choices.below(8)).map(|_| constant::constant(choices)).collect();
    Prototype { max_stack_size, vararg_flags, parameter_count, upvalue_count, constants, ..Prototype::default() }
}

/// Adds what helps whoever looks for the fault in the code, once that is there.
pub fn add_debug_information(choices: &mut Choices<'_>, function: &mut Prototype) {
    if choices.flag() {
        function.line_info = (0..function.code.len()).map(|_| line(choices)).collect();
    }
    function.locals = (0..choices.below(4)).map(|_| local(choices, &function.code)).collect();
    let names = choices.below(usize::from(function.upvalue_count) + 1);
    function.upvalue_names = (0..names).map(|_| name(choices)).collect();
    function.source = match choices.weighted(&[4, 4, 1]) {
        1 => Some(Bytes::from(&b"@built.lua"[..])),
        2 => Some(Bytes::from(super::source::chunk_name(choices))),
        _ => None,
    };
    if choices.flag() {
        function.line_defined = line(choices) & i32::MAX;
        function.last_line_defined = line(choices) & i32::MAX;
    }
}

fn line(choices: &mut Choices<'_>) -> i32 {
    if choices.chance(20) { edge(choices) as i32 } else { i32::from(choices.byte()) }
}

/// A name, or none, as only a chunk made by hand has it.
pub fn name(choices: &mut Choices<'_>) -> Option<Bytes> {
    let name = choices.one_of(&["a", "self", "b", "(for index)", "", "x\0y"]);
    (!choices.chance(40)).then(|| Bytes::from(name.as_bytes()))
}

/// A local that is there for a while, or at no time.
pub fn local(choices: &mut Choices<'_>, code: &[Instruction]) -> LocalVariable {
    let mut place = || match choices.chance(40) {
        true => edge(choices) as i32 & i32::MAX,
        false => choices.below(code.len() + 1) as i32,
    };
    let (start_pc, end_pc) = (place(), place());
    LocalVariable { name: name(choices), start_pc, end_pc }
}
