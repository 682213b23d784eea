//! The compiler: source text to prototypes in a single pass, bytecode identical to the reference's.
//!
//! "Identical" means every word of a dumped chunk: instructions, constants and their order, registers, line information,
//! the extents of locals, upvalue names; and every byte of a syntax error. So the algorithm is the reference's own
//! (`llex.c`, `lparser.c`, `lcode.c`): one pass, one token of lookahead, no tree, registers allocated and jump lists threaded
//! through the code while parsing. It knows bytecode and numbers; it must not know values, the heap or the machine.
//!
//! * `lexer`: bytes to tokens, with strings of the source interned;
//! * `parser`: the grammar, scopes, and the functions being compiled;
//! * `codegen`: expression descriptors, registers, jump lists, operators.
//!
//! Nothing here recurses except through the syntax levels that the reference counts, at most 200 of them.

mod chunk_id;
mod codegen;
mod error;
mod function_state;
mod lexer;
mod parser;
#[cfg(test)]
mod tests;

pub use chunk_id::chunk_id;
pub use error::SyntaxError;

use super::bytecode::Prototype;

/// What the compiler must know about its caller.
#[derive(Clone, Copy, Debug, Default)]
pub struct CompileOptions {
    /// How many levels of nested C calls are in use when the compiler starts (`L->nCcalls` of the reference). Syntax levels
    /// are counted by the same counter, so a chunk compiled deep inside calls may nest less. The limit is 200.
    pub levels: u32,
}

/// Compiles a chunk.
///
/// `source` is the text from its first byte on: no byte order mark or `#` line is skipped, that is a file loader's work.
/// `chunk_name` is the name as given to `lua_load` (`@file`, `=name`, or the text itself) and becomes the source of every
/// prototype; like the reference's, it ends at its first zero byte.
///
/// # Errors
///
/// A [`SyntaxError`] with the reference's message for the first error in the text.
pub fn compile(source: &[u8], chunk_name: &[u8], options: CompileOptions) -> Result<Prototype, SyntaxError> {
    let mut compiler = parser::Compiler::new(source, chunk_name, options.levels);
    compiler.main_function().map_err(|error| SyntaxError { levels: compiler.levels(), ..*error })
}
