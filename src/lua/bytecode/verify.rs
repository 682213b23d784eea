//! Which functions may be run at all: exactly those that the reference's checker accepts (`luaG_checkcode`).
//!
//! Accepted code is not yet safe code; what the VM must still check at run time is listed at [`verify`].

use std::fmt;

use super::{Opcode, Prototype, VARARG_HAS_ARG, VARARG_NEEDS_ARG, symbolic};

/// The largest frame that the reference's compiler makes and its checker accepts (`MAXSTACK`).
pub const MAX_STACK_SIZE: u8 = 250;

/// Checks one function; those nested in it are judged on their own, but `CLOSURE` looks at how many upvalues they have.
///
/// Accepts and rejects exactly what Lua 5.1.5 does, in time linear in the code. What remains to be checked while running:
///
/// * `LOADBOOL` skips whenever C is not 0, but only a C of 1 was checked: see [`skip_is_checked`](super::skip_is_checked).
///   There is no other way off the end of the code, into a `SETLIST` count or to any other word that was not checked.
/// * Instructions with an open count (B = 0) need no open producer before them, and may start above the top it left: the
///   count may be any, or negative.
/// * `FORLOOP` may find anything in its registers, `SETLIST` anything where the table should be. The block number of `SETLIST` is
///   any 32-bit word, and the sizes of `NEWTABLE` overflow an `int`.
/// * `LOADNIL` with B < A writes register B. `TFORLOOP` uses registers up to A + 5, at most two above the frame.
/// * A string constant may be [`Constant::NullString`](super::Constant::NullString), also as a global's name.
/// * Debug information may be empty, unordered, nameless or too short, and lines may be negative.
/// * The main function may have upvalues: they start as nil.
///
/// # Errors
///
/// Which instruction breaks which rule; the first one found.
pub fn verify(prototype: &Prototype) -> Result<(), VerifyError> {
    symbolic::execute(prototype, prototype.code.len(), None).map(drop)
}

/// What the checker asks of a function as a whole, before any instruction (`precheck`).
pub(super) fn check_frame(prototype: &Prototype) -> Result<(), Flaw> {
    let has_arg = prototype.vararg_flags & VARARG_HAS_ARG;
    let needed = u32::from(prototype.parameter_count) + u32::from(has_arg);
    let last = prototype.code.last().and_then(|word| word.opcode());
    let rules = [
        (prototype.max_stack_size <= MAX_STACK_SIZE, Flaw::FrameTooLarge(prototype.max_stack_size)),
        (needed <= u32::from(prototype.max_stack_size), Flaw::ParametersOutsideFrame(needed)),
        (prototype.vararg_flags & VARARG_NEEDS_ARG == 0 || has_arg != 0, Flaw::ArgTableWithoutRegister),
        (
            prototype.upvalue_names.len() <= usize::from(prototype.upvalue_count),
            Flaw::MoreNamesThanUpvalues(prototype.upvalue_names.len()),
        ),
        (
            prototype.line_info.is_empty() || prototype.line_info.len() == prototype.code.len(),
            Flaw::LineInfoSize(prototype.line_info.len()),
        ),
        (last == Some(Opcode::Return), Flaw::NoFinalReturn),
    ];
    rules.into_iter().find(|(holds, _)| !holds).map_or(Ok(()), |(_, flaw)| Err(flaw))
}

/// A function that the checker rejects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyError {
    /// The line where the function is defined, 0 for a main function.
    pub line_defined: i32,
    /// The offending instruction, counted from 0, if it is one instruction's fault.
    pub pc: Option<usize>,
    pub flaw: Flaw,
}

/// A rule of the checker that does not hold, and the value it fails for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    FrameTooLarge(u8),
    ParametersOutsideFrame(u32),
    ArgTableWithoutRegister,
    MoreNamesThanUpvalues(usize),
    LineInfoSize(usize),
    NoFinalReturn,
    UnknownOpcode(u8),
    RegisterOutsideFrame(i32),
    UnusedOperand(i32),
    NoSuchConstant(i32),
    NoSuchUpvalue(i32),
    NoSuchPrototype(i32),
    JumpOutOfCode(i32),
    JumpIntoListCount(i32),
    SkipOutOfCode,
    SkipIntoListCount,
    TestWithoutJump,
    GlobalNameNotString,
    TooFewToConcatenate,
    LoopWithoutResult,
    OpenResultNotTaken,
    NoListCount,
    NoCapture(usize),
    NotVararg,
}

impl fmt::Display for VerifyError {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self.line_defined {
            0 => out.write_str("main function")?,
            line => write!(out, "function of line {line}")?,
        }
        if let Some(pc) = self.pc {
            write!(out, ", instruction {}", pc.saturating_add(1))?;
        }
        write!(out, ": {}", self.flaw)
    }
}

impl std::error::Error for VerifyError {}

impl fmt::Display for Flaw {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::FrameTooLarge(size) => write!(out, "a frame of {size} registers is too large"),
            Self::ParametersOutsideFrame(count) => write!(out, "{count} parameters do not fit into the frame"),
            Self::ArgTableWithoutRegister => out.write_str("the table 'arg' is needed but has no register"),
            Self::MoreNamesThanUpvalues(count) => write!(out, "{count} upvalue names are more than there are upvalues"),
            Self::LineInfoSize(count) => write!(out, "{count} lines are neither none nor one per instruction"),
            Self::NoFinalReturn => out.write_str("the last instruction is not RETURN"),
            Self::UnknownOpcode(number) => write!(out, "there is no opcode {number}"),
            Self::RegisterOutsideFrame(register) => write!(out, "register {register} is outside the frame"),
            Self::UnusedOperand(value) => write!(out, "an unused operand is {value} and not 0"),
            Self::NoSuchConstant(index) => write!(out, "there is no constant {index}"),
            Self::NoSuchUpvalue(index) => write!(out, "there is no upvalue {index}"),
            Self::NoSuchPrototype(index) => write!(out, "there is no nested function {index}"),
            Self::JumpOutOfCode(target) => write!(out, "jump to {target}, outside the code"),
            Self::JumpIntoListCount(target) => write!(out, "jump to {target}, which is the count of a SETLIST"),
            Self::SkipOutOfCode => out.write_str("skip past the end of the code"),
            Self::SkipIntoListCount => out.write_str("skip into the count of a SETLIST"),
            Self::TestWithoutJump => out.write_str("no JMP follows the test"),
            Self::GlobalNameNotString => out.write_str("the name of a global is not a string"),
            Self::TooFewToConcatenate => out.write_str("fewer than two operands to concatenate"),
            Self::LoopWithoutResult => out.write_str("a generic loop without a result"),
            Self::OpenResultNotTaken => out.write_str("the next instruction does not take the open results"),
            Self::NoListCount => out.write_str("the count of SETLIST is missing"),
            Self::NoCapture(upvalue) => write!(out, "no MOVE or GETUPVAL says what upvalue {upvalue} captures"),
            Self::NotVararg => out.write_str("VARARG in a function without '...'"),
        }
    }
}

#[cfg(test)]
mod tests;
