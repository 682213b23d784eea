//! Prepared code: the loop's form of a function's instructions, one for one with the bytecode.
//!
//! An instruction is taken apart once, when its prototype is loaded: operands in bytes of their own, the jump after a test in
//! the test itself, and an operation of its own for the common kinds of operands, so that the loop need not ask at every turn whether
//! an operand is a constant, and of what type.

use crate::lua::bytecode::{Instruction, Opcode};
use crate::lua::heap::Value;

/// What the loop does for an instruction. `R` stands for a register, `K` for a constant; a plain name is the general case, whose
/// operands are in the original instruction word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Operation {
    Move,
    LoadK,
    LoadBool,
    LoadNil,
    GetUpval,
    GetGlobal,
    GetTable,
    /// `R[a] = R[b][R[c]]`
    GetIndex,
    /// `R[a] = R[b][K[c]]`, the key a string.
    GetField,
    SetGlobal,
    SetUpval,
    SetTable,
    /// `R[a][R[b]] = R[c]`
    SetIndex,
    /// `R[a][R[b]] = K[c]`
    SetIndexK,
    /// `R[a][K[b]] = R[c]`, the key a string.
    SetFieldR,
    /// `R[a][K[b]] = K[c]`, the key a string.
    SetFieldK,
    NewTable,
    SelfOp,
    /// `R[a + 1] = R[b]; R[a] = R[b][K[c]]`, the key a string.
    SelfField,
    Add,
    AddRR,
    AddRK,
    AddKR,
    Sub,
    SubRR,
    SubRK,
    SubKR,
    Mul,
    MulRR,
    MulRK,
    MulKR,
    Div,
    DivRR,
    DivRK,
    DivKR,
    Mod,
    ModRR,
    ModRK,
    Pow,
    Unm,
    Not,
    Len,
    Concat,
    Jmp,
    Eq,
    EqRR,
    /// The constant is neither a number nor an object with metamethods.
    EqRK,
    /// The constant is a number.
    EqRN,
    Lt,
    LtRR,
    LtRK,
    LtKR,
    Le,
    LeRR,
    LeRK,
    LeKR,
    Test,
    TestSet,
    Call,
    TailCall,
    Return,
    /// Return of one value.
    Return1,
    ForLoop,
    ForPrep,
    TForLoop,
    SetList,
    Close,
    Closure,
    VarArg,
    /// No instruction: the argument word of a `SETLIST`, say, which nothing reaches.
    None,
}

/// A prepared instruction.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(8))]
pub struct Prepared {
    pub operation: Operation,
    pub a: u8,
    /// The low bits of operand `B`: a register, or the index of a constant.
    pub b: u8,
    /// The low bits of operand `C`.
    pub c: u8,
    /// A jump's distance, `Bx`, or in the general case the instruction word. After a test, the distance is from the test itself.
    pub extra: i32,
}

impl Prepared {
    /// The original instruction, where [`Prepared::extra`] holds it.
    #[inline(always)]
    pub const fn word(self) -> Instruction {
        Instruction(self.extra as u32)
    }
}

/// Which of two operands are constants.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Operands {
    Registers,
    RightConstant,
    LeftConstant,
    Constants,
}

/// Prepares the code of a function.
pub fn prepare(code: &[Instruction], constants: &[Value]) -> Vec<Prepared> {
    let jump_after = |pc: usize| code.get(pc + 1).map_or(0, |next| 1 + next.sbx());
    code.iter().enumerate().map(|(pc, word)| prepare_one(*word, constants, jump_after(pc))).collect()
}

fn prepare_one(word: Instruction, constants: &[Value], jump: i32) -> Prepared {
    let Some(opcode) = word.opcode() else { return general(Operation::None, word) };
    let operands = match (word.b() & 256 != 0, word.c() & 256 != 0) {
        (false, false) => Operands::Registers,
        (false, true) => Operands::RightConstant,
        (true, false) => Operands::LeftConstant,
        (true, true) => Operands::Constants,
    };
    let constant = |operand: u32| constants.get(operand as usize & 255).copied().unwrap_or(Value::NIL);
    let numeric = match operands {
        Operands::Registers => true,
        Operands::RightConstant => constant(word.c()).is_number(),
        Operands::LeftConstant => constant(word.b()).is_number(),
        Operands::Constants => false,
    };
    let string_key = |operand: u32| operand & 256 != 0 && constant(operand).is_string();
    let operation = match opcode {
        Opcode::Move => Operation::Move,
        Opcode::LoadK => return with_extra(Operation::LoadK, word, word.bx() as i32),
        Opcode::LoadBool => Operation::LoadBool,
        Opcode::LoadNil => Operation::LoadNil,
        Opcode::GetUpval => Operation::GetUpval,
        Opcode::GetGlobal => return with_extra(Operation::GetGlobal, word, word.bx() as i32),
        Opcode::GetTable if word.c() < 256 => Operation::GetIndex,
        Opcode::GetTable if string_key(word.c()) => Operation::GetField,
        Opcode::GetTable => Operation::GetTable,
        Opcode::SetGlobal => return with_extra(Operation::SetGlobal, word, word.bx() as i32),
        Opcode::SetUpval => Operation::SetUpval,
        Opcode::SetTable => match operands {
            Operands::Registers => Operation::SetIndex,
            Operands::RightConstant => Operation::SetIndexK,
            Operands::LeftConstant if string_key(word.b()) => Operation::SetFieldR,
            Operands::Constants if string_key(word.b()) => Operation::SetFieldK,
            _ => Operation::SetTable,
        },
        Opcode::NewTable => Operation::NewTable,
        Opcode::SelfOp if string_key(word.c()) => Operation::SelfField,
        Opcode::SelfOp => Operation::SelfOp,
        Opcode::Add | Opcode::Sub | Opcode::Mul | Opcode::Div | Opcode::Mod | Opcode::Pow => {
            arithmetic(opcode, operands, numeric)
        }
        Opcode::Unm => Operation::Unm,
        Opcode::Not => Operation::Not,
        Opcode::Len => Operation::Len,
        Opcode::Concat => Operation::Concat,
        Opcode::Jmp => return with_extra(Operation::Jmp, word, word.sbx()),
        Opcode::Eq | Opcode::Lt | Opcode::Le => match comparison(opcode, operands, numeric) {
            Some(operation) => return with_extra(operation, word, jump),
            None => general_comparison(opcode),
        },
        Opcode::Test => return test(Operation::Test, word, jump),
        Opcode::TestSet => return test(Operation::TestSet, word, jump),
        Opcode::Call => Operation::Call,
        Opcode::TailCall => Operation::TailCall,
        Opcode::Return if word.b() == 2 => Operation::Return1,
        Opcode::Return => Operation::Return,
        Opcode::ForLoop => return with_extra(Operation::ForLoop, word, word.sbx()),
        Opcode::ForPrep => return with_extra(Operation::ForPrep, word, word.sbx()),
        Opcode::TForLoop => Operation::TForLoop,
        Opcode::SetList => Operation::SetList,
        Opcode::Close => Operation::Close,
        Opcode::Closure => return with_extra(Operation::Closure, word, word.bx() as i32),
        Opcode::VarArg => Operation::VarArg,
    };
    general(operation, word)
}

fn arithmetic(opcode: Opcode, operands: Operands, numeric: bool) -> Operation {
    use Operands::{LeftConstant, Registers, RightConstant};
    match (opcode, operands, numeric) {
        (Opcode::Add, Registers, _) => Operation::AddRR,
        (Opcode::Add, RightConstant, true) => Operation::AddRK,
        (Opcode::Add, LeftConstant, true) => Operation::AddKR,
        (Opcode::Add, ..) => Operation::Add,
        (Opcode::Sub, Registers, _) => Operation::SubRR,
        (Opcode::Sub, RightConstant, true) => Operation::SubRK,
        (Opcode::Sub, LeftConstant, true) => Operation::SubKR,
        (Opcode::Sub, ..) => Operation::Sub,
        (Opcode::Mul, Registers, _) => Operation::MulRR,
        (Opcode::Mul, RightConstant, true) => Operation::MulRK,
        (Opcode::Mul, LeftConstant, true) => Operation::MulKR,
        (Opcode::Mul, ..) => Operation::Mul,
        (Opcode::Div, Registers, _) => Operation::DivRR,
        (Opcode::Div, RightConstant, true) => Operation::DivRK,
        (Opcode::Div, LeftConstant, true) => Operation::DivKR,
        (Opcode::Div, ..) => Operation::Div,
        (Opcode::Mod, Registers, _) => Operation::ModRR,
        (Opcode::Mod, RightConstant, true) => Operation::ModRK,
        (Opcode::Mod, ..) => Operation::Mod,
        _ => Operation::Pow,
    }
}

fn comparison(opcode: Opcode, operands: Operands, numeric: bool) -> Option<Operation> {
    use Operands::{Constants, LeftConstant, Registers, RightConstant};
    Some(match (opcode, operands, numeric) {
        (Opcode::Eq, Registers, _) => Operation::EqRR,
        (Opcode::Eq, RightConstant, false) => Operation::EqRK,
        (Opcode::Eq, RightConstant, true) => Operation::EqRN,
        (Opcode::Lt, Registers, _) => Operation::LtRR,
        (Opcode::Lt, RightConstant, true) => Operation::LtRK,
        (Opcode::Lt, LeftConstant, true) => Operation::LtKR,
        (Opcode::Le, Registers, _) => Operation::LeRR,
        (Opcode::Le, RightConstant, true) => Operation::LeRK,
        (Opcode::Le, LeftConstant, true) => Operation::LeKR,
        (_, LeftConstant | RightConstant | Constants, _) | (_, Registers, _) => return None,
    })
}

fn general_comparison(opcode: Opcode) -> Operation {
    match opcode {
        Opcode::Eq => Operation::Eq,
        Opcode::Lt => Operation::Lt,
        _ => Operation::Le,
    }
}

/// A test, with a `C` that still fits: what is neither 0 nor 1 equals no truth value.
fn test(operation: Operation, word: Instruction, jump: i32) -> Prepared {
    Prepared { c: word.c().min(2) as u8, ..with_extra(operation, word, jump) }
}

fn general(operation: Operation, word: Instruction) -> Prepared {
    with_extra(operation, word, word.0 as i32)
}

fn with_extra(operation: Operation, word: Instruction, extra: i32) -> Prepared {
    Prepared { operation, a: word.a() as u8, b: word.b() as u8, c: word.c() as u8, extra }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(word: Instruction, constants: &[Value]) -> Prepared {
        prepare(&[word, Instruction::asbx(Opcode::Jmp, 0, -7)], constants)[0]
    }

    #[test]
    fn operands_choose_the_operation() {
        let constants = [Value::number(1.0), Value::TRUE];
        let add = |b, c| one(Instruction::abc(Opcode::Add, 3, b, c), &constants).operation;
        assert_eq!(add(1, 2), Operation::AddRR);
        assert_eq!(add(1, 256), Operation::AddRK);
        assert_eq!(add(256, 1), Operation::AddKR);
        // A constant that is no number, or none at all, takes the general way.
        assert_eq!(add(1, 257), Operation::Add);
        assert_eq!(add(1, 300), Operation::Add);
        assert_eq!(add(256, 256), Operation::Add);
    }

    #[test]
    fn tests_know_the_jump_that_follows() {
        let less = one(Instruction::abc(Opcode::Lt, 1, 2, 3), &[]);
        assert_eq!((less.operation, less.a, less.b, less.c, less.extra), (Operation::LtRR, 1, 2, 3, -6));
        let general = one(Instruction::abc(Opcode::Lt, 1, 256, 257), &[Value::NIL, Value::NIL]);
        assert_eq!((general.operation, general.word().opcode()), (Operation::Lt, Some(Opcode::Lt)));
    }

    #[test]
    fn words_that_are_no_instruction_are_none() {
        assert_eq!(one(Instruction(63), &[]).operation, Operation::None);
    }
}
