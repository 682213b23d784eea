//! Single instructions for functions that are there already: others of their kind, and such as stand a chance with the verifier.

use super::super::Choices;
use super::constant::is_name;
use super::edge;
use crate::lua::bytecode::{ArgumentMode, Format, Instruction, MAX_ARG_SBX, Opcode, Prototype, RK_CONSTANT};

/// The same instruction with another operand or opcode.
pub fn somehow_changed(choices: &mut Choices<'_>, word: Instruction) -> Instruction {
    let operand = edge(choices) as u32;
    match choices.below(9) {
        1 => word.with_b(operand),
        2 => word.with_c(operand),
        3 => word.with_bx(operand),
        4 => word.with_sbx((operand as i32).clamp(-MAX_ARG_SBX, MAX_ARG_SBX)),
        5 => word.with_opcode(*choices.pick(&Opcode::ALL)),
        6 => word.with_a(beside(choices, word.a())),
        7 => word.with_b(beside(choices, word.b())),
        8 => word.with_c(beside(choices, word.c())),
        _ => word.with_a(operand),
    }
}

fn beside(choices: &mut Choices<'_>, operand: u32) -> u32 {
    if choices.flag() { operand.wrapping_add(1) } else { operand.wrapping_sub(1) }
}

/// An instruction whose operands exist in the function, most of the time.
pub fn likely(choices: &mut Choices<'_>, function: &Prototype, pc: usize) -> Instruction {
    let opcode = *choices.pick(&Opcode::ALL);
    let a = register(choices, function);
    match opcode.format() {
        Format::Abc => {
            let b = operand(choices, function, opcode, opcode.b_mode());
            let c = operand(choices, function, opcode, opcode.c_mode());
            Instruction::abc(opcode, a, b, c)
        }
        Format::Abx => {
            let bound = if opcode == Opcode::Closure { function.prototypes.len() } else { function.constants.len() };
            let mut bx = choices.below(bound);
            if matches!(opcode, Opcode::GetGlobal | Opcode::SetGlobal) {
                bx = name(function, bx);
            }
            Instruction::abx(opcode, a, bx as u32)
        }
        Format::Asbx => {
            let target = if choices.flag() { choices.below(function.code.len()) } else { pc + choices.below(6) };
            let a = if opcode == Opcode::Jmp && !choices.chance(25) { 0 } else { a };
            let distance = (target as i32 - pc as i32 - 1).clamp(-MAX_ARG_SBX, MAX_ARG_SBX);
            Instruction::asbx(opcode, a, distance)
        }
    }
}

fn register(choices: &mut Choices<'_>, function: &Prototype) -> u32 {
    choices.below(usize::from(function.max_stack_size)) as u32
}

/// A string constant from this one on, if there is one.
fn name(function: &Prototype, from: usize) -> usize {
    let found = function.constants.iter().skip(from).position(is_name).map(|distance| from + distance);
    found.or_else(|| function.constants.iter().position(is_name)).unwrap_or(from)
}

fn operand(choices: &mut Choices<'_>, function: &Prototype, opcode: Opcode, mode: ArgumentMode) -> u32 {
    match mode {
        ArgumentMode::Unused => u32::from(choices.chance(5)),
        ArgumentMode::RegisterOrJump => register(choices, function),
        ArgumentMode::ConstantOrRegister if choices.flag() && !function.constants.is_empty() => {
            RK_CONSTANT | choices.below(function.constants.len().min(256)) as u32
        }
        ArgumentMode::ConstantOrRegister => register(choices, function),
        ArgumentMode::Used => match opcode {
            Opcode::GetUpval | Opcode::SetUpval => choices.below(usize::from(function.upvalue_count)) as u32,
            Opcode::NewTable if choices.flag() => choices.below(40) as u32,
            Opcode::NewTable | Opcode::LoadBool => edge(choices) as u32,
            Opcode::SetList if choices.chance(85) => edge(choices) as u32,
            _ => choices.below(6) as u32,
        },
    }
}
