//! Lua 5.1 bytecode as data: opcodes, instruction words, prototypes; binary chunks in both directions, the verifier, the names
//! that debug information and code give to registers, the listing.
//!
//! This room knows the format and nothing else: not how prototypes are made (`compiler`) nor how they run (`vm`).

mod chunk_error;
mod combine;
mod dump;
mod instruction;
mod list;
mod names;
mod opcode;
mod prototype;
#[cfg(test)]
mod sample;
mod symbolic;
mod undump;
mod verify;

pub use chunk_error::{ChunkError, ChunkErrorKind};
pub use combine::{MAX_COMBINED, combine};
pub use dump::{CHUNK_HEADER, dump};
pub use instruction::{Instruction, MAX_ARG_A, MAX_ARG_B, MAX_ARG_BX, MAX_ARG_C, MAX_ARG_SBX, RK_CONSTANT};
pub use list::{Detail, Marks, list, operands_text};
pub use names::{NameKind, find_setter, local_name, name_for_call, name_for_register, upvalue_name};
pub use opcode::{ArgumentMode, Format, Opcode};
pub use prototype::{Bytes, Constant, LocalVariable, Prototype, VARARG_HAS_ARG, VARARG_IS_VARARG, VARARG_NEEDS_ARG};
pub use symbolic::skip_is_checked;
pub use undump::{DEFAULT_BLOCK_LIMIT, MAX_C_LEVELS, decode, undump, undump_within};
pub use verify::{Flaw, MAX_STACK_SIZE, VerifyError, verify};
