//! Code generation (`lcode.c`): what expressions are before they have a register, and the code that they become.
//!
//! It appends to the function being compiled and knows no grammar; the lexer only lends it the current line and the text of
//! errors.
//!
//! * `expression`: expression descriptors;
//! * `emit`: instructions, constants, stack checks;
//! * `jumps`: jump lists, threaded through the code;
//! * `registers`: expressions into registers, constants and variables;
//! * `operators`: unary and binary operators, conditions, constant folding.

mod emit;
mod expression;
mod jumps;
mod operators;
mod registers;

pub(super) use emit::FIELDS_PER_FLUSH;
pub(super) use expression::{Expression, ExpressionKind};
pub(super) use jumps::NO_JUMP;
pub(super) use operators::{BinaryOperator, UnaryOperator};

/// "All of them", for a number of values (`LUA_MULTRET`).
pub(super) const MULTIPLE: i32 = -1;
/// "No register", in the operand `A` of a test whose value is not wanted (`NO_REG`).
const NO_REGISTER: u32 = crate::lua::bytecode::MAX_ARG_A;
/// The largest constant that fits an operand `B` or `C` (`MAXINDEXRK`).
const MAX_OPERAND_CONSTANT: usize = crate::lua::bytecode::RK_CONSTANT as usize - 1;
