//! The verifier's rules, each by how it is missed, and how to miss it by as little as can be: `lundump.c` refuses the chunk as `bad code` for it
//! and for nothing else.

use std::sync::Arc;

use super::super::Choices;
use super::code::Writer;
use super::constant::{constant, is_name};
use super::frame::{frame, name};
use crate::lua::bytecode::{
    Constant, Instruction, MAX_STACK_SIZE, Opcode, Prototype, RK_CONSTANT, VARARG_HAS_ARG, VARARG_IS_VARARG,
    VARARG_NEEDS_ARG,
};

use Opcode::*;

/// A rule that does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Miss {
    FrameTooLarge,
    ParametersOutsideFrame,
    ArgTableWithoutRegister,
    MoreNamesThanUpvalues,
    LineInfoSize,
    NoFinalReturn,
    UnknownOpcode,
    RegisterOutsideFrame,
    UnusedOperand,
    NoSuchConstant,
    NoSuchUpvalue,
    NoSuchPrototype,
    JumpOutOfCode,
    JumpIntoListCount,
    SkipOutOfCode,
    SkipIntoListCount,
    TestWithoutJump,
    GlobalNameNotString,
    TooFewToConcatenate,
    LoopWithoutResult,
    OpenResultNotTaken,
    NoListCount,
    NoCapture,
    NotVararg,
}

impl Miss {
    /// All of them.
    pub const ALL: [Self; 24] = [
        Self::FrameTooLarge,
        Self::ParametersOutsideFrame,
        Self::ArgTableWithoutRegister,
        Self::MoreNamesThanUpvalues,
        Self::LineInfoSize,
        Self::NoFinalReturn,
        Self::UnknownOpcode,
        Self::RegisterOutsideFrame,
        Self::UnusedOperand,
        Self::NoSuchConstant,
        Self::NoSuchUpvalue,
        Self::NoSuchPrototype,
        Self::JumpOutOfCode,
        Self::JumpIntoListCount,
        Self::SkipOutOfCode,
        Self::SkipIntoListCount,
        Self::TestWithoutJump,
        Self::GlobalNameNotString,
        Self::TooFewToConcatenate,
        Self::LoopWithoutResult,
        Self::OpenResultNotTaken,
        Self::NoListCount,
        Self::NoCapture,
        Self::NotVararg,
    ];

    /// Gives a function what the miss needs, before its code is written.
    pub(super) fn prepare(self, choices: &mut Choices<'_>, function: &mut Prototype) {
        match self {
            Self::GlobalNameNotString => function.constants.push(Constant::Number(1.0)),
            Self::NotVararg => {
                function.vararg_flags = *choices.pick(&[0, VARARG_HAS_ARG]);
                function.parameter_count = 0;
            }
            Self::NoCapture => {
                let captured = 1 + choices.below(3) as u8;
                let code = vec![Instruction::abc(Return, 0, 1, 0)];
                let nested = Prototype { upvalue_count: captured, code, ..frame(choices) };
                function.prototypes.push(Arc::new(nested));
            }
            _ => {}
        }
    }

    /// Writes what is wrong, if it is an instruction in the middle.
    pub(super) fn write(self, writer: &mut Writer<'_, '_, '_>) {
        let a = writer.register();
        let (constants, prototypes) = (writer.function.constants.len(), writer.function.prototypes.len());
        match self {
            Self::UnknownOpcode => {
                let (opcode, operands) = (38 + writer.choices.below(26) as u32, writer.choices.word() as u32);
                writer.put_word(Instruction(opcode | operands << 14 | a << 6));
            }
            Self::RegisterOutsideFrame => register_outside(writer),
            Self::UnusedOperand => unused_operand(writer),
            Self::NoSuchConstant if constants < 256 && writer.choices.flag() => {
                writer.put(Add, a, RK_CONSTANT | constants as u32, a);
            }
            Self::NoSuchConstant => writer.put_word(Instruction::abx(LoadK, a, constants as u32)),
            Self::NoSuchUpvalue => {
                let opcode = *writer.choices.pick(&[GetUpval, SetUpval]);
                writer.put(opcode, a, u32::from(writer.function.upvalue_count), 0);
            }
            Self::NoSuchPrototype => writer.put_word(Instruction::abx(Closure, a, prototypes as u32)),
            Self::JumpOutOfCode if writer.choices.flag() => writer.put_jump_to(Jmp, 0, -1),
            Self::JumpOutOfCode => writer.put_jump_behind_end(Jmp, 0, 0),
            Self::JumpIntoListCount => jump_into_count(writer, a),
            Self::SkipIntoListCount => {
                writer.put(LoadBool, a, 1, 1);
                writer.put(SetList, a, 0, 0);
                writer.put_count();
            }
            Self::TestWithoutJump => {
                test(writer, a);
                writer.put_filler();
            }
            Self::GlobalNameNotString => {
                let opcode = *writer.choices.pick(&[GetGlobal, SetGlobal]);
                let other = writer.function.constants.iter().position(|constant| !is_name(constant)).unwrap_or(0);
                writer.put_word(Instruction::abx(opcode, a, other as u32));
            }
            Self::TooFewToConcatenate => writer.put(Concat, a, a, a),
            Self::LoopWithoutResult => {
                writer.put(TForLoop, a, 0, 0);
                writer.put_jump(Jmp, 0);
            }
            Self::OpenResultNotTaken => open_result(writer, a),
            Self::NoCapture => {
                writer.put_word(Instruction::abx(Closure, a, prototypes as u32 - 1));
                writer.put_filler();
            }
            Self::NotVararg => writer.put(VarArg, 0, 1, 0),
            _ => {}
        }
    }

    /// Writes what is wrong, if it is what comes last but one, or last.
    pub(super) fn write_end(self, writer: &mut Writer<'_, '_, '_>) {
        match self {
            Self::SkipOutOfCode if writer.choices.flag() => writer.put(LoadBool, 0, 1, 1),
            Self::SkipOutOfCode => test(writer, 0),
            Self::NoListCount => {
                // No jump may miss another rule on the way.
                writer.expect_count();
                writer.put(SetList, 0, 0, 0);
            }
            Self::NoFinalReturn => writer.end_without_return(),
            _ => {}
        }
    }

    /// Spoils what is wrong with a function as a whole.
    pub(super) fn spoil(self, choices: &mut Choices<'_>, function: &mut Prototype) {
        match self {
            Self::FrameTooLarge => function.max_stack_size = MAX_STACK_SIZE + 1,
            Self::ParametersOutsideFrame => {
                let room = function.max_stack_size - (function.vararg_flags & VARARG_HAS_ARG);
                function.parameter_count = room + 1;
            }
            Self::ArgTableWithoutRegister => {
                function.vararg_flags = VARARG_NEEDS_ARG | *choices.pick(&[0, VARARG_IS_VARARG]);
            }
            Self::MoreNamesThanUpvalues => {
                let count = usize::from(function.upvalue_count) + 1;
                function.upvalue_names = (0..count).map(|_| name(choices)).collect();
            }
            Self::LineInfoSize => {
                let lines = if choices.flag() { function.code.len() - 1 } else { function.code.len() + 1 };
                // No line at all is right.
                function.line_info = vec![1; if lines == 0 { 2 } else { lines }];
            }
            Self::GlobalNameNotString if choices.flag() => {
                // Whatever comes behind the constants that the code uses.
                let more = constant(choices);
                function.constants.push(more);
            }
            _ => {}
        }
    }
}

/// A test, without its jump.
fn test(writer: &mut Writer<'_, '_, '_>, a: u32) {
    let opcode = *writer.choices.pick(&[Eq, Lt, Le, Test, TestSet]);
    let c = if matches!(opcode, Test | TestSet) { 1 } else { a };
    writer.put(opcode, 0, a, c);
}

/// An instruction that uses the register behind the last one, in every way in which one can.
fn register_outside(writer: &mut Writer<'_, '_, '_>) {
    let size = u32::from(writer.function.max_stack_size);
    let a = writer.register();
    // The first operand at which a range of registers from A on is too long.
    let too_many = size - a;
    match writer.choices.below(13) {
        1 => writer.put(Move, a, size, 0),
        2 => writer.put(Add, a, size, a),
        3 => writer.put(Sub, a, a, size),
        4 => writer.put(Call, a, too_many + 1, 1),
        5 => writer.put(Call, a, 1, too_many + 2),
        6 => writer.put(Return, a, too_many + 2, 0),
        7 => writer.put(SelfOp, size - 1, a, a),
        8 => writer.put(SetList, a, too_many, 1),
        9 => {
            let a = size.saturating_sub(3);
            writer.put_jump(ForLoop, a);
        }
        10 => {
            writer.put(TForLoop, a, 0, too_many.saturating_sub(2).max(1));
            writer.put_jump(Jmp, 0);
        }
        11 => writer.put_jump(Jmp, size),
        12 => writer.put(TailCall, a, too_many + 1, 1),
        _ => writer.put(Close, size, 0, 0),
    }
}

/// An instruction with a number where nothing is.
fn unused_operand(writer: &mut Writer<'_, '_, '_>) {
    let a = writer.register();
    match writer.choices.below(7) {
        1 => writer.put(Return, a, 1, 1),
        2 => writer.put(Close, a, 1, 0),
        3 => writer.put(Close, a, 0, 1),
        4 => writer.put(Not, a, a, 511),
        5 => writer.put(LoadNil, a, a, 1),
        6 => {
            writer.put(TForLoop, a, 1, 1);
            writer.put_jump(Jmp, 0);
        }
        _ => writer.put(Move, a, a, 1),
    }
}

/// A list whose count is a word of its own, and a jump to it, from before or behind.
fn jump_into_count(writer: &mut Writer<'_, '_, '_>, a: u32) {
    let place = writer.place() as i64;
    if writer.choices.flag() {
        writer.put_jump_to(Jmp, 0, place + 2);
        writer.put(SetList, a, 0, 0);
        writer.put_count();
    } else {
        writer.put(SetList, a, 0, 0);
        writer.put_count();
        writer.put_jump_to(Jmp, 0, place + 1);
    }
}

/// Open results, and next to them something that takes none, or not those.
fn open_result(writer: &mut Writer<'_, '_, '_>, a: u32) {
    let flags = writer.function.vararg_flags;
    let may_vary = flags & VARARG_IS_VARARG != 0 && flags & VARARG_NEEDS_ARG == 0;
    if may_vary && writer.choices.flag() {
        writer.put(VarArg, a, 0, 0);
    } else {
        writer.put(Call, a, 1, 0);
    }
    if writer.choices.flag() {
        writer.put(Return, a, 1, 0);
    } else {
        writer.put_filler();
    }
}
