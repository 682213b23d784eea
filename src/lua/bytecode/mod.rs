//! Lua 5.1 bytecode as data: opcodes, instruction words, prototypes.
//!
//! This room knows the format and nothing else: not how prototypes are made (`compiler`) nor how they run (`vm`).

mod instruction;
mod opcode;
mod prototype;

pub use instruction::{Instruction, MAX_ARG_A, MAX_ARG_B, MAX_ARG_BX, MAX_ARG_C, MAX_ARG_SBX, RK_CONSTANT};
pub use opcode::{ArgumentMode, Format, Opcode};
pub use prototype::{Bytes, Constant, LocalVariable, Prototype, VARARG_HAS_ARG, VARARG_IS_VARARG, VARARG_NEEDS_ARG};
