//! The reference: PUC-Rio Lua 5.1.5, vendored, through its C API. The oracle of every comparison.
//!
//! A run gets a raw state of its own with a hook that counts instructions, an allocator that bounds memory, and a `print` that
//! writes to a buffer; nothing else differs from what the standalone interpreter runs. Nothing here knows the implementation
//! under test.
//!
//! This module and those below it are the only places with `unsafe`. A program can still kill its process or hang (a forged
//! binary chunk, an endless pattern or finaliser), so hostile input belongs in a child process with a clock. C calls nest up to
//! 200 levels: a thread that runs programs needs [`STACK_SIZE`] bytes of stack.

mod budget;
mod callbacks;
mod chunk;
mod context;
mod hooks;
mod run;
mod standalone;
mod state;
mod streams;

pub use chunk::ReferenceChunk;
pub use standalone::{Standalone, StandaloneEnd, assertions, at_exit, run_standalone};
pub use state::ReferenceState;

use super::{CompileFailure, Ending, Engine, Limits, Program, Run};

/// How much stack the thread that runs a program should have. The deepest that was found, 198 `string.gsub` callbacks inside
/// each other with a buffer of 8 KiB each, needs 1.8 MiB.
pub const STACK_SIZE: usize = 4 << 20;

/// Reference Lua 5.1.5 as an engine.
#[derive(Debug, Default)]
pub struct ReferenceEngine(());

impl ReferenceEngine {
    /// The engine. It keeps nothing between runs.
    pub fn new() -> Self {
        Self(())
    }
}

impl Engine for ReferenceEngine {
    fn name(&self) -> &str {
        "reference"
    }

    /// Text that starts with the byte 1B is a binary chunk to the reference's loader; it is loaded as such and dumped again.
    fn compile(&mut self, source: &[u8], name: &[u8]) -> Result<Vec<u8>, CompileFailure> {
        Ok(ReferenceChunk::load(source, name)?.dump())
    }

    fn run(&mut self, program: &Program, limits: &Limits) -> Run {
        match ReferenceState::new(limits) {
            Some(state) => state.run(program),
            None => Run { output: Vec::new(), ending: Ending::OverMemory, instructions: 0 },
        }
    }
}

#[cfg(test)]
mod tests;
