//! Random instructions that stand a chance with the verifier.

use lockstep::lua::bytecode::{
    ArgumentMode, Constant, Format, Instruction, MAX_ARG_SBX, Opcode, Prototype, RK_CONSTANT,
};

use crate::random::Random;

/// The same instruction with another operand or opcode.
pub fn somehow_changed(random: &mut Random, word: Instruction) -> Instruction {
    let operand = random.interesting() as u32;
    match random.below(8) {
        0 => word.with_opcode(*random.pick(&Opcode::ALL)),
        1 => word.with_a(operand),
        2 => word.with_b(operand),
        3 => word.with_c(operand),
        4 => word.with_bx(operand),
        5 => word.with_a(word.a().wrapping_add(random.below(3) as u32).wrapping_sub(1)),
        6 => word.with_b(word.b().wrapping_add(random.below(3) as u32).wrapping_sub(1)),
        _ => word.with_c(word.c().wrapping_add(random.below(3) as u32).wrapping_sub(1)),
    }
}

/// An instruction whose operands exist in the function, most of the time.
pub fn likely(random: &mut Random, function: &Prototype, pc: usize) -> Instruction {
    let opcode = *random.pick(&Opcode::ALL);
    let a = register(random, function);
    match opcode.format() {
        Format::Abc => {
            let b = operand(random, function, opcode, opcode.b_mode());
            let c = operand(random, function, opcode, opcode.c_mode());
            Instruction::abc(opcode, a, b, c)
        }
        Format::Abx => {
            let bound = if opcode == Opcode::Closure { function.prototypes.len() } else { function.constants.len() };
            let mut bx = random.below(bound);
            if matches!(opcode, Opcode::GetGlobal | Opcode::SetGlobal) {
                bx = name(function, bx);
            }
            Instruction::abx(opcode, a, bx as u32)
        }
        Format::Asbx => {
            let target = if random.one_in(2) { random.below(function.code.len()) } else { pc + random.below(6) };
            let a = if opcode == Opcode::Jmp && !random.one_in(10) { 0 } else { a };
            let distance = (target as i32 - pc as i32 - 1).clamp(-MAX_ARG_SBX, MAX_ARG_SBX);
            Instruction::asbx(opcode, a, distance)
        }
    }
}

fn register(random: &mut Random, function: &Prototype) -> u32 {
    // The verifier wants most registers, and some of those after them, below the frame's size.
    random.below(usize::from(function.max_stack_size)) as u32
}

/// A string constant from this one on, if there is one.
fn name(function: &Prototype, from: usize) -> usize {
    let is_name = |constant: &Constant| matches!(constant, Constant::String(_) | Constant::NullString);
    let found = function.constants.iter().skip(from).position(is_name).map(|distance| from + distance);
    found.or_else(|| function.constants.iter().position(is_name)).unwrap_or(from)
}

fn operand(random: &mut Random, function: &Prototype, opcode: Opcode, mode: ArgumentMode) -> u32 {
    match mode {
        ArgumentMode::Unused => u32::from(random.one_in(50)),
        ArgumentMode::RegisterOrJump => register(random, function),
        ArgumentMode::ConstantOrRegister if random.one_in(2) && !function.constants.is_empty() => {
            RK_CONSTANT | random.below(function.constants.len().min(256)) as u32
        }
        ArgumentMode::ConstantOrRegister => register(random, function),
        ArgumentMode::Used => match opcode {
            Opcode::GetUpval | Opcode::SetUpval => random.below(usize::from(function.upvalue_count)) as u32,
            Opcode::NewTable if random.one_in(2) => random.below(40) as u32,
            Opcode::NewTable | Opcode::LoadBool => random.interesting() as u32,
            Opcode::SetList if random.one_in(3) => random.interesting() as u32,
            _ => random.below(6) as u32,
        },
    }
}
