//! What the callbacks of one reference state share with the Rust side, and how they find it.
//!
//! The context is the allocator's user data, which every thread of a state can ask for. Nothing here knows what a run is.

use std::cell::Cell;
use std::ffi::c_void;
use std::ptr;

use mlua::ffi;

use super::budget::{Budget, Stop};
use super::hooks::ProgramHooks;
use super::layout::TAG_OFFSET;
use super::streams::Streams;
use super::tracing::Tracing;
use crate::engine::{Limits, MAX_OUTPUT};

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

    pub(super) fn take_output(&self) -> Vec<u8> {
        self.output.take()
    }

    pub(super) fn take_traceback(&self) -> Vec<u8> {
        self.traceback.take()
    }
}

/// The context of a state, for callbacks.
///
/// # Safety
/// The state must have been created with [`allocate`] over a [`Context`] that outlives the returned reference: inside a callback,
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

/// Lua's allocator: the C library's, within the budget.
///
/// A block can always shrink and be freed, also when the budget is gone: the reference shrinks blocks where an error would
/// find no protected call.
///
/// # Safety
/// To be called by Lua alone, with a [`Context`] as user data.
pub(super) unsafe extern "C" fn allocate(
    context: *mut c_void,
    block: *mut c_void,
    old: usize,
    new: usize,
) -> *mut c_void {
    // SAFETY: the user data given to `lua_newstate` is a context that lives as long as the state.
    let Context { budget, tracing, .. } = unsafe { &*context.cast::<Context>() };
    if new == 0 {
        budget.resized(old, 0);
        // SAFETY: Lua hands back a block that this function gave it, with its size, or null and 0. Where a tag would be, every
        // block has been written, by this function if not by Lua.
        unsafe {
            tracing.forget(block, old);
            libc::free(block);
        }
        return ptr::null_mut();
    }
    if new > old && !budget.admits(new - old) {
        return ptr::null_mut();
    }
    // SAFETY: as above; null is a valid argument of `realloc`.
    let moved = unsafe { libc::realloc(block, new) };
    if !moved.is_null() {
        budget.resized(old, new);
        if old <= TAG_OFFSET && new > TAG_OFFSET {
            // SAFETY: the block has more bytes than that, and these are new.
            unsafe { moved.cast::<u8>().add(TAG_OFFSET).write(0) };
        }
        return moved;
    }
    if new <= old {
        return block;
    }
    budget.stop(Stop::Memory);
    ptr::null_mut()
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
