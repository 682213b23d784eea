//! One trait over every Lua implementation that can be compared.
//!
//! An engine takes bytes and gives back plain data ([`Run`], binary chunks, messages): nothing here knows how two engines
//! are compared (`outcome`) or how a result is shown.

pub mod ferrous;
mod framed_process;
mod own_streams;
pub mod reference;
pub mod select;
mod trace_process;
mod tracer;
#[cfg(test)]
mod trial;
pub mod worker;
mod worker_serve;
mod worker_wire;

use serde::{Deserialize, Serialize};

pub use framed_process::{FramedProcess, Lost, WorkerCommand};
pub use own_streams::own_streams;
pub use trace_process::{ProcessTracer, serve_trace};
pub use tracer::{ThreadTracer, TraceEnd, TraceEngine, TraceOrder, TracedRun};
pub use worker::WorkerEngine;
pub use worker_serve::serve;
pub(crate) use worker_serve::watch;
pub(crate) use worker_wire::write_frame;

/// How many bytes a run may print. The piece that would go beyond is not printed, and the run ends as [`Ending::OverMemory`].
pub const MAX_OUTPUT: usize = 64 << 20;

/// Bounds of a run. Both engines count the same instructions by the same rule: every instruction that the reference's count
/// hook would count (a jump fused with a taken test, the pseudo-instructions of `CLOSURE` and the argument word of `SETLIST` are none).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// How many instructions may be executed: a run that needs exactly this many ends by itself, the instruction after that
    /// is not executed and ends the run as [`Ending::OverBudget`]. `u64::MAX` means that nothing is counted (for benchmarks).
    pub instructions: u64,
    /// How many bytes the state may hold, beyond which a run ends as [`Ending::OverMemory`].
    pub memory: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { instructions: 200_000_000, memory: 512 << 20 }
    }
}

/// A value as it left an engine, by value where Lua compares by value, by type and address where it does not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Snapshot {
    Nil,
    Boolean(bool),
    /// The bits of the number: `-0` and the sign of a NaN are part of it.
    Number(u64),
    String(Vec<u8>),
    /// An object: the name of its type as `type` gives it (`table`, `function`, `thread`, `userdata`), and what identifies it within its engine.
    Object {
        kind: String,
        address: u64,
    },
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Ending {
    /// The chunk returned these values.
    Returned(Vec<Snapshot>),
    /// The chunk raised an error.
    Raised {
        /// The error value as it reached the host.
        value: Snapshot,
        /// What `debug.traceback` would give if it were itself the message handler and the message were the empty string:
        /// `\nstack traceback:`, then `\n\t` and a description per frame, from level 1, which is the function that raised
        /// (`[C]: in function 'error'` for a call of `error`), to the main chunk, which is last: it has no caller.
        /// Empty if the error reached the host without a message handler (`error in error handling`).
        traceback: Vec<u8>,
    },
    /// The chunk was not accepted by the engine's loader (`lua_load`), which said this.
    Refused(Vec<u8>),
    /// The program called `os.exit` with this code.
    Exited(i32),
    /// The instruction budget ran out. The output is what was printed until then.
    OverBudget,
    /// An allocation was refused because of the memory bound, whatever the program made of that.
    OverMemory,
    /// The engine's process died on this signal, or with this note.
    Crashed(String),
    /// The wall clock ran out.
    TimedOut,
}

/// What a run produced.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// What was written by `print`, until the state was closed: finalisers that run then still print.
    pub output: Vec<u8>,
    pub ending: Ending,
    /// How many instructions were executed, by the rule of [`Limits`]; 0 if nothing was counted.
    pub instructions: u64,
}

/// What to run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Program {
    /// Source text, or a binary chunk: the first byte decides, as for `lua_load`. A first line that starts with `#` is an error
    /// here: only `luaL_loadfile` skips it, so who reads a file for this does the same.
    pub chunk: Vec<u8>,
    /// The chunk name as `lua_load` takes it: `@file.lua`, `=name`, or source text.
    pub name: Vec<u8>,
    /// What the chunk gets as `...`, and as the global table `arg` (from index 1; index 0 is `script`). The table is there
    /// even without arguments; it is made as `lua_createtable(arguments, 1)` and set after the libraries are open.
    pub arguments: Vec<Vec<u8>>,
    /// `arg[0]`.
    pub script: Vec<u8>,
}

/// The byte that makes a chunk a binary chunk when it comes first.
pub const BINARY_SIGNATURE: u8 = 0x1B;

/// Why an engine gave no binary chunk for a source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum CompileFailure {
    /// The compiler refused the source with this message.
    Refused(Vec<u8>),
    /// The memory bound was reached.
    OverMemory,
    /// The engine's process died on this signal, or with this note.
    Crashed(String),
    /// The wall clock ran out.
    TimedOut,
}

impl From<Vec<u8>> for CompileFailure {
    fn from(message: Vec<u8>) -> Self {
        Self::Refused(message)
    }
}

impl Program {
    /// Whether the chunk is a binary chunk and no source text.
    pub fn is_binary(&self) -> bool {
        self.chunk.first() == Some(&BINARY_SIGNATURE)
    }
}

/// A Lua implementation: a compiler and a VM.
pub trait Engine {
    /// A name for reports, such as `ferrous` or `reference`.
    fn name(&self) -> &str;

    /// Compiles source text. Gives the unstripped binary chunk that `string.dump` would give for the main function.
    ///
    /// # Errors
    /// The compiler's message when it refuses the source; what else ended it when it came to no answer.
    fn compile(&mut self, source: &[u8], name: &[u8]) -> Result<Vec<u8>, CompileFailure>;

    /// Runs a program in a fresh state.
    fn run(&mut self, program: &Program, limits: &Limits) -> Run;
}
