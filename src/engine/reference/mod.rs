//! The reference: PUC-Rio Lua 5.1.5, vendored, through its C API. The oracle of every comparison.
//!
//! A run gets a raw state of its own, or one that was put back to what it was when it was new, with a hook that counts instructions, an allocator that bounds memory, and a `print` that
//! writes to a buffer; nothing else differs from what the standalone interpreter runs. Nothing here knows the implementation
//! under test.
//!
//! This module and those below it are the only places with `unsafe`. A program can still kill its process or hang (a forged
//! binary chunk, an endless pattern or finaliser), so hostile input belongs in a child process with a clock. C calls nest up to
//! 200 levels: a thread that runs programs needs [`STACK_SIZE`] bytes of stack.

mod allocator;
mod arena;
mod budget;
mod callbacks;
mod chunk;
mod context;
mod hooks;
mod layout;
mod layout_check;
mod probe;
mod run;
mod snapshot;
mod standalone;
mod state;
mod streams;
mod tracing;

pub use chunk::ReferenceChunk;
pub use layout_check::LayoutDiffers;
pub use snapshot::SnapshotEngine;
pub use standalone::{Standalone, StandaloneEnd, assertions, at_exit, run_standalone};
pub use state::ReferenceState;

use super::{CompileFailure, Ending, Engine, Limits, Program, Run};
use crate::trace::Recorder;

/// How much stack the thread that runs a program should have. The deepest that was found, 198 `string.gsub` callbacks inside
/// each other with a buffer of 8 KiB each, needs 1.8 MiB.
pub const STACK_SIZE: usize = 4 << 20;

/// Reference Lua 5.1.5 as an engine that makes a state for every run. [`SnapshotEngine`] does the same at less cost.
#[derive(Debug, Default)]
pub struct ReferenceEngine(());

impl ReferenceEngine {
    /// The engine. It keeps nothing between runs.
    pub fn new() -> Self {
        Self(())
    }

    /// Runs a program as [`Engine::run`] does, and has a recorder see what comes before every instruction that is counted, and
    /// [`Recorder::finish`]. Before the run, what is reachable from `_G` is labelled. When the recorder wants no more, the run ends as
    /// if the budget had run out. Without a budget, nothing is counted and all is recorded. What finalisers have coroutines do while
    /// the state is closed is counted and not recorded.
    ///
    /// Should the reference not be laid out in memory as it is read for this, nothing is recorded and the run ends as
    /// [`Ending::Crashed`], which says so.
    pub fn trace(&mut self, program: &Program, limits: &Limits, recorder: &mut Recorder<'_>) -> Run {
        let Some(state) = ReferenceState::new(limits) else { return without_run(Ending::OverMemory) };
        state
            .trace(program, recorder)
            .unwrap_or_else(|differs: LayoutDiffers| without_run(Ending::Crashed(differs.to_string())))
    }
}

fn without_run(ending: Ending) -> Run {
    Run { output: Vec::new(), ending, instructions: 0 }
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
            None => without_run(Ending::OverMemory),
        }
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod trace_tests;
