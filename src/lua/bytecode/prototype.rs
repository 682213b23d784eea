//! A compiled function as plain, immutable data: what the compiler makes, a binary chunk holds and the VM loads.

use std::sync::Arc;

use super::Instruction;

/// A string of bytes that many prototypes may share: names, sources, string constants. Lua strings are not text.
pub type Bytes = Arc<[u8]>;

/// Flag of [`Prototype::vararg_flags`]: the function builds the compatibility table `arg`.
pub const VARARG_HAS_ARG: u8 = 1;
/// Flag of [`Prototype::vararg_flags`]: the function takes a variable number of arguments.
pub const VARARG_IS_VARARG: u8 = 2;
/// Flag of [`Prototype::vararg_flags`]: the function did not use `...`, so it needs `arg` filled.
pub const VARARG_NEEDS_ARG: u8 = 4;

/// A constant of a function.
#[derive(Clone, Debug)]
pub enum Constant {
    Nil,
    Boolean(bool),
    /// Compared and dumped by its bits: `-0` and NaNs keep theirs.
    Number(f64),
    String(Bytes),
    /// A string constant of size 0 in a binary chunk. No compiler makes it.
    NullString,
}

/// The name and the extent of a local variable, for debug information.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalVariable {
    /// `None` only in hand-made binary chunks.
    pub name: Option<Bytes>,
    /// First instruction where the variable is active.
    pub start_pc: i32,
    /// First instruction where the variable is dead.
    pub end_pc: i32,
}

/// A function prototype (`Proto` of the reference). The signed fields are what the format allows, hostile chunks included.
#[derive(Clone, Debug, Default)]
pub struct Prototype {
    /// The chunk name as given (`@file`, `=name` or the source text itself); `None` in a stripped chunk.
    pub source: Option<Bytes>,
    pub line_defined: i32,
    pub last_line_defined: i32,
    pub upvalue_count: u8,
    pub parameter_count: u8,
    /// A union of `VARARG_HAS_ARG`, `VARARG_IS_VARARG` and `VARARG_NEEDS_ARG`.
    pub vararg_flags: u8,
    pub max_stack_size: u8,
    pub code: Vec<Instruction>,
    pub constants: Vec<Constant>,
    pub prototypes: Vec<Arc<Prototype>>,
    /// One line per instruction, or nothing in a stripped chunk.
    pub line_info: Vec<i32>,
    pub locals: Vec<LocalVariable>,
    /// One name per upvalue, or nothing in a stripped chunk.
    pub upvalue_names: Vec<Option<Bytes>>,
}
