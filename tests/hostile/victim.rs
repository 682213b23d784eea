//! What hostile input is run on: the library's oracle of survival, whose findings are panics here.

pub use lockstep::oracle::survival::{BUDGET, End, MEMORY, run};
use lockstep::oracle::survival::{MemoryErrors, Victim as Survivor};

/// The state that every run is a copy of.
pub struct Victim(Survivor);

impl Victim {
    pub fn new() -> Self {
        Self(Survivor::new())
    }

    /// Runs a chunk, source text or binary, in a state of its own. Whether memory errors can be caught is up to the caller.
    ///
    /// # Panics
    /// When the state is no longer sound after the run.
    pub fn run(&self, chunk: &[u8], memory_is_final: bool) -> End {
        let errors = if memory_is_final { MemoryErrors::Final } else { MemoryErrors::Caught };
        self.0.run(chunk, errors).unwrap_or_else(|unsound| panic!("{}: {unsound:?}", unsound.class()))
    }
}
