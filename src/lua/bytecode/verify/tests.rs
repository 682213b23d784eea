//! One case per rule of the checker, each beside the nearest code that it accepts.

use std::sync::Arc;

use super::super::{Constant, Instruction, Opcode, Prototype, skip_is_checked};
use super::{Flaw, verify};

const RETURN: Instruction = Instruction::abc(Opcode::Return, 0, 1, 0);

fn abc(opcode: Opcode, a: u32, b: u32, c: u32) -> Instruction {
    Instruction::abc(opcode, a, b, c)
}

fn jump(offset: i32) -> Instruction {
    Instruction::asbx(Opcode::Jmp, 0, offset)
}

/// A function of 6 registers, 2 upvalues, the constants "name" and 1, and nested functions with 0 and 2 upvalues.
fn function(code: &[Instruction]) -> Prototype {
    let nested = |upvalue_count| Arc::new(Prototype { upvalue_count, ..Prototype::default() });
    Prototype {
        upvalue_count: 2,
        max_stack_size: 6,
        constants: vec![Constant::String(b"name"[..].into()), Constant::Number(1.0)],
        prototypes: vec![nested(0), nested(2)],
        code: code.into(),
        ..Prototype::default()
    }
}

fn accepts(code: &[Instruction]) {
    assert_eq!(verify(&function(code)), Ok(()), "{code:?}");
}

fn rejects(code: &[Instruction], pc: usize, flaw: Flaw) {
    let error = verify(&function(code)).expect_err("the code is to be rejected");
    assert_eq!((error.pc, error.flaw), (Some(pc), flaw), "{code:?}");
}

fn rejects_frame(change: impl FnOnce(&mut Prototype), flaw: Flaw) {
    let mut function = function(&[RETURN]);
    change(&mut function);
    let error = verify(&function).expect_err("the function is to be rejected");
    assert_eq!((error.pc, error.flaw), (None, flaw));
}

#[test]
fn the_function_as_a_whole() {
    accepts(&[RETURN]);
    rejects_frame(|function| function.max_stack_size = 251, Flaw::FrameTooLarge(251));
    rejects_frame(|function| function.parameter_count = 7, Flaw::ParametersOutsideFrame(7));
    rejects_frame(
        |function| (function.parameter_count, function.vararg_flags) = (6, 3),
        Flaw::ParametersOutsideFrame(7),
    );
    rejects_frame(|function| function.vararg_flags = 6, Flaw::ArgTableWithoutRegister);
    rejects_frame(|function| function.upvalue_names = vec![None; 3], Flaw::MoreNamesThanUpvalues(3));
    rejects_frame(|function| function.line_info = vec![1, 1], Flaw::LineInfoSize(2));
    rejects_frame(|function| function.code.clear(), Flaw::NoFinalReturn);
    rejects_frame(|function| function.code = vec![RETURN, jump(-1)], Flaw::NoFinalReturn);
}

#[test]
fn opcodes_and_registers() {
    rejects(&[Instruction(38), RETURN], 0, Flaw::UnknownOpcode(38));
    accepts(&[abc(Opcode::Move, 5, 5, 0), RETURN]);
    rejects(&[abc(Opcode::Move, 6, 0, 0), RETURN], 0, Flaw::RegisterOutsideFrame(6));
    rejects(&[abc(Opcode::Move, 0, 6, 0), RETURN], 0, Flaw::RegisterOutsideFrame(6));
    rejects(&[abc(Opcode::Add, 0, 0, 6), RETURN], 0, Flaw::RegisterOutsideFrame(6));
    rejects(&[abc(Opcode::Move, 0, 0, 1), RETURN], 0, Flaw::UnusedOperand(1));
    accepts(&[abc(Opcode::SelfOp, 4, 0, 256), RETURN]);
    rejects(&[abc(Opcode::SelfOp, 5, 0, 256), RETURN], 0, Flaw::RegisterOutsideFrame(6));
    accepts(&[abc(Opcode::LoadNil, 3, 1, 0), RETURN]);
    accepts(&[Instruction::asbx(Opcode::Jmp, 5, 0), RETURN]);
    rejects(&[Instruction::asbx(Opcode::Jmp, 6, 0), RETURN], 0, Flaw::RegisterOutsideFrame(6));
}

#[test]
fn constants_upvalues_and_globals() {
    accepts(&[Instruction::abx(Opcode::LoadK, 0, 1), abc(Opcode::Add, 0, 256, 257), RETURN]);
    rejects(&[Instruction::abx(Opcode::LoadK, 0, 2), RETURN], 0, Flaw::NoSuchConstant(2));
    rejects(&[abc(Opcode::Add, 0, 256, 258), RETURN], 0, Flaw::NoSuchConstant(2));
    accepts(&[Instruction::abx(Opcode::GetGlobal, 0, 0), RETURN]);
    rejects(&[Instruction::abx(Opcode::SetGlobal, 0, 1), RETURN], 0, Flaw::GlobalNameNotString);
    accepts(&[abc(Opcode::GetUpval, 0, 1, 0), RETURN]);
    rejects(&[abc(Opcode::SetUpval, 0, 2, 0), RETURN], 0, Flaw::NoSuchUpvalue(2));
}

#[test]
fn jumps() {
    accepts(&[jump(0), jump(-2), RETURN]);
    rejects(&[jump(1), RETURN], 0, Flaw::JumpOutOfCode(2));
    rejects(&[jump(-2), RETURN], 0, Flaw::JumpOutOfCode(-1));
    rejects(&[jump(-131071), RETURN], 0, Flaw::JumpOutOfCode(-131070));
    accepts(&[Instruction::asbx(Opcode::ForLoop, 2, -1), RETURN]);
    rejects(&[Instruction::asbx(Opcode::ForPrep, 3, 0), RETURN], 0, Flaw::RegisterOutsideFrame(6));
}

#[test]
fn jumps_into_the_count_of_a_list() {
    let list = abc(Opcode::SetList, 0, 1, 0);
    rejects(&[jump(1), list, Instruction(9), RETURN], 0, Flaw::JumpIntoListCount(2));
    accepts(&[jump(2), list, Instruction(9), RETURN]);
    // The count looks like a SETLIST with a count of its own.
    accepts(&[jump(2), list, list, RETURN]);
    rejects(&[jump(1), list, list, RETURN], 0, Flaw::JumpIntoListCount(2));
    rejects(&[jump(3), list, list, list, Instruction(9), RETURN], 0, Flaw::JumpIntoListCount(4));
    accepts(&[abc(Opcode::SetList, 0, 5, 1), RETURN]);
    rejects(&[abc(Opcode::SetList, 0, 6, 1), RETURN], 0, Flaw::RegisterOutsideFrame(6));
    rejects(&[list, RETURN], 0, Flaw::NoListCount);
}

#[test]
fn skips_and_tests() {
    let list = abc(Opcode::SetList, 0, 1, 0);
    accepts(&[abc(Opcode::LoadBool, 0, 1, 1), jump(0), RETURN]);
    rejects(&[abc(Opcode::LoadBool, 0, 1, 1), RETURN], 0, Flaw::SkipOutOfCode);
    rejects(&[abc(Opcode::LoadBool, 0, 1, 1), list, Instruction(9), RETURN], 0, Flaw::SkipIntoListCount);
    accepts(&[abc(Opcode::Eq, 1, 0, 256), jump(0), RETURN]);
    rejects(&[abc(Opcode::Test, 0, 0, 0), abc(Opcode::Move, 0, 0, 0), RETURN], 0, Flaw::TestWithoutJump);
    rejects(&[abc(Opcode::Test, 0, 0, 0), RETURN], 0, Flaw::SkipOutOfCode);
    accepts(&[abc(Opcode::TForLoop, 1, 0, 2), jump(-2), RETURN]);
    rejects(&[abc(Opcode::TForLoop, 1, 0, 0), jump(-2), RETURN], 0, Flaw::LoopWithoutResult);
    rejects(&[abc(Opcode::TForLoop, 1, 0, 3), jump(-2), RETURN], 0, Flaw::RegisterOutsideFrame(6));
}

#[test]
fn a_skip_that_the_checker_does_not_look_at_is_told_apart() {
    let list = abc(Opcode::SetList, 0, 1, 0);
    let skip = abc(Opcode::LoadBool, 0, 1, 2);
    let past_the_end = [skip, RETURN];
    accepts(&past_the_end);
    assert!(!skip_is_checked(&function(&past_the_end), 0));
    let into_a_count = [skip, list, Instruction(u32::MAX), RETURN];
    accepts(&into_a_count);
    assert!(!skip_is_checked(&function(&into_a_count), 0));
    assert!(skip_is_checked(&function(&[skip, jump(0), RETURN]), 0));
    assert!(!skip_is_checked(&function(&[RETURN]), usize::MAX));
}

#[test]
fn calls_and_open_results() {
    accepts(&[abc(Opcode::Call, 4, 2, 3), RETURN]);
    rejects(&[abc(Opcode::Call, 4, 3, 1), RETURN], 0, Flaw::RegisterOutsideFrame(6));
    rejects(&[abc(Opcode::Call, 4, 1, 4), RETURN], 0, Flaw::RegisterOutsideFrame(6));
    accepts(&[abc(Opcode::Call, 0, 1, 0), abc(Opcode::Return, 5, 0, 0), RETURN]);
    rejects(&[abc(Opcode::Call, 0, 1, 0), RETURN], 0, Flaw::OpenResultNotTaken);
    rejects(&[abc(Opcode::TailCall, 0, 1, 0), abc(Opcode::Call, 0, 1, 1), RETURN], 0, Flaw::OpenResultNotTaken);
    accepts(&[abc(Opcode::Call, 0, 0, 1), RETURN]);
    accepts(&[abc(Opcode::Return, 4, 3, 0), RETURN]);
    rejects(&[abc(Opcode::Return, 4, 4, 0), RETURN], 0, Flaw::RegisterOutsideFrame(6));
    accepts(&[abc(Opcode::Concat, 0, 1, 2), RETURN]);
    rejects(&[abc(Opcode::Concat, 0, 1, 1), RETURN], 0, Flaw::TooFewToConcatenate);
}

#[test]
fn closures_and_what_they_capture() {
    let closure = |index| Instruction::abx(Opcode::Closure, 0, index);
    let (from_register, from_upvalue) = (abc(Opcode::Move, 0, 3, 0), abc(Opcode::GetUpval, 0, 1, 0));
    accepts(&[closure(0), RETURN]);
    accepts(&[closure(1), from_register, from_upvalue, RETURN]);
    accepts(&[jump(1), closure(1), from_register, from_upvalue, RETURN]);
    rejects(&[closure(2), RETURN], 0, Flaw::NoSuchPrototype(2));
    rejects(&[closure(1), from_register, RETURN], 0, Flaw::NoCapture(1));
    rejects(&[closure(1), RETURN], 0, Flaw::NoCapture(0));
    rejects(&[closure(1), from_register, abc(Opcode::GetUpval, 0, 2, 0), RETURN], 2, Flaw::NoSuchUpvalue(2));
}

#[test]
fn varargs() {
    let with_flags = |flags, code: &[Instruction]| {
        verify(&Prototype { vararg_flags: flags, ..function(code) }).map_err(|error| error.flaw)
    };
    let take_two = [abc(Opcode::VarArg, 4, 3, 0), RETURN];
    assert_eq!(with_flags(2, &take_two), Ok(()));
    assert_eq!(with_flags(3, &take_two), Ok(()));
    assert_eq!(with_flags(0, &take_two), Err(Flaw::NotVararg));
    assert_eq!(with_flags(7, &take_two), Err(Flaw::NotVararg));
    assert_eq!(with_flags(2, &[abc(Opcode::VarArg, 4, 4, 0), RETURN]), Err(Flaw::RegisterOutsideFrame(6)));
    assert_eq!(with_flags(2, &[abc(Opcode::VarArg, 0, 0, 0), RETURN]), Err(Flaw::OpenResultNotTaken));
    assert_eq!(with_flags(2, &[abc(Opcode::VarArg, 0, 0, 0), abc(Opcode::Return, 0, 0, 0), RETURN]), Ok(()));
}

#[test]
fn the_reason_names_function_and_instruction() {
    let function = Prototype { line_defined: 12, ..function(&[jump(7), RETURN]) };
    let error = verify(&function).expect_err("the jump leaves the code");
    assert_eq!(error.to_string(), "function of line 12, instruction 1: jump to 8, outside the code");
}

#[test]
fn any_words_and_long_runs_are_judged_without_panic() {
    let mut state = 1u32;
    let mut word = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Instruction(state ^ state >> 15)
    };
    for _ in 0..20_000 {
        let code: Vec<Instruction> = (0..6).map(|_| word()).chain([RETURN]).collect();
        let _ = verify(&function(&code));
    }
    // A search backwards from each target would take a second here. Every jump leads behind a run of 30000 words that look like a SETLIST with a count.
    let mut code: Vec<Instruction> = (0..30_000).map(|position| jump(60_000 - position - 1)).collect();
    code.extend([abc(Opcode::SetList, 0, 1, 0); 30_000]);
    code.push(RETURN);
    accepts(&code);
}
