//! A chunk loaded by the reference, in a state in which nothing else is. Nothing runs here.

use super::ReferenceState;
use crate::engine::{CompileFailure, Limits};

/// A main function, loaded and not run.
pub struct ReferenceChunk {
    /// The main function is on top of its stack, and stays there.
    state: ReferenceState,
}

impl ReferenceChunk {
    /// Loads source text, or a binary chunk if the first byte says so (`lua_load`).
    ///
    /// # Errors
    /// The message, when the chunk is refused.
    pub fn load(chunk: &[u8], name: &[u8]) -> Result<Self, CompileFailure> {
        let Some(state) = ReferenceState::bare(&Limits::default()) else {
            return Err(CompileFailure::OverMemory);
        };
        match state.load(chunk, name) {
            Ok(()) => Ok(Self { state }),
            Err(_) => Err(state.message().into()),
        }
    }

    /// The unstripped binary chunk (`lua_dump`).
    pub fn dump(&self) -> Vec<u8> {
        self.state.dump()
    }
}
