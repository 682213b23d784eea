//! What the callbacks of one reference state share with the Rust side, and how they find it.
//!
//! The context is the allocator's user data, which every thread of a state can ask for. Nothing here knows what a run is.

use std::cell::Cell;
use std::ptr;

use mlua::ffi;

use super::budget::{Budget, Stop};
use super::hooks::ProgramHooks;
use super::streams::Streams;
use super::tracing::Tracing;
use crate::engine::{Ending, Limits, MAX_OUTPUT, Run};

/// The host's side of a state.
pub(super) struct Context {
    pub(super) budget: Budget,
    /// The standard streams of the run, while they are open.
    pub(super) streams: Cell<Option<Streams>>,
    /// The hooks that the program has set.
    pub(super) hooks: ProgramHooks,
    /// Who records the run.
    pub(super) tracing: Tracing,
    output: Cell<Vec<u8>>,
    traceback: Cell<Vec<u8>>,
}

impl Context {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            budget: Budget::new(limits),
            streams: Cell::new(None),
            hooks: ProgramHooks::default(),
            tracing: Tracing::default(),
            output: Cell::default(),
            traceback: Cell::default(),
        }
    }

    /// The same for a state that holds so many bytes already.
    pub(super) fn holding(limits: &Limits, held: usize) -> Self {
        Self { budget: Budget::holding(limits, held), ..Self::new(limits) }
    }

    /// Whether something is to be done before every instruction.
    pub(super) fn sees_instructions(&self) -> bool {
        self.budget.counts() || self.tracing.is_on()
    }

    /// Does what is to be done before an instruction. False, with the run ended, if it must not be executed.
    ///
    /// # Safety
    /// To be called from a count hook, with its thread.
    pub(super) unsafe fn admits_instruction(&self, state: *mut ffi::lua_State) -> bool {
        if !self.budget.tick() {
            return false;
        }
        // SAFETY: as the contract says.
        let goes_on = unsafe { self.tracing.record(state) };
        if !goes_on {
            self.budget.stop(Stop::Instructions);
        }
        goes_on
    }

    /// Appends to what was printed. False, with the run ended, if that would be too much or if the run had ended before.
    pub(super) fn print(&self, text: &[u8]) -> bool {
        let mut output = self.output.take();
        if output.len() + text.len() > MAX_OUTPUT {
            self.budget.stop(Stop::Memory);
        }
        let allowed = self.budget.stopped().is_none();
        if allowed {
            output.extend_from_slice(text);
        }
        self.output.set(output);
        allowed
    }

    /// Keeps the traceback of the latest error that reached the message handler.
    pub(super) fn keep_traceback(&self, text: &[u8]) {
        self.traceback.set(text.to_vec());
    }

    /// The run, which the program ended like this if nothing else did.
    pub(super) fn take_run(&self, ending: Ending) -> Run {
        Run {
            output: self.output.take(),
            ending: self.budget.stopped().map_or(ending, Stop::ending),
            instructions: self.budget.executed(),
        }
    }

    pub(super) fn take_traceback(&self) -> Vec<u8> {
        self.traceback.take()
    }
}

/// The context of a state, for callbacks.
///
/// # Safety
/// The state's allocator must have been given a [`Context`] as user data, one that outlives the returned reference: inside a callback,
/// that is any reference that does not outlive the callback.
pub(super) unsafe fn context_of<'a>(state: *mut ffi::lua_State) -> &'a Context {
    let mut context = ptr::null_mut();
    // SAFETY: the state is alive, and by the contract of this function its allocator's user data is a context. All mutation
    // goes through cells, so shared references may coexist.
    unsafe {
        ffi::lua_getallocf(state, &mut context);
        &*context.cast::<Context>()
    }
}

/// Raises a memory error in a state whose run has ended. No message handler runs for such an error, and no collection is
/// started on the way, so that no finaliser runs either.
///
/// # Safety
/// To be called from a callback of the state, with the budget stopped, and with no value alive in the callers that has a
/// destructor: this does not return.
pub(super) unsafe fn raise(state: *mut ffi::lua_State) {
    // SAFETY: both functions may be called from any callback. The second asks the allocator, which refuses.
    unsafe {
        ffi::lua_gc(state, ffi::LUA_GCSTOP, 0);
        ffi::lua_newuserdata(state, 1);
    }
}
