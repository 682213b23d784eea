//! One program in one fresh state, from loading to closing.
//!
//! The chunk is called by `lua_pcall` straight from the host, without a C function in between: the main chunk runs at C level 1
//! and in the first call frame above the host's.

use std::ffi::{CStr, c_int};
use std::sync::{Mutex, PoisonError};

use mlua::ffi;

use super::callbacks::string_at;
use super::hooks;
use super::layout_check::{self, LayoutDiffers};
use super::state::{HANDLER, ReferenceState};
use crate::engine::{Ending, Program, Run, Snapshot};
use crate::trace::Recorder;

/// Held while a program runs: what `rand` remembers belongs to the process.
static RUNNING: Mutex<()> = Mutex::new(());

impl ReferenceState {
    /// Runs a program and closes the state. With a budget of `u64::MAX` instructions there is no hook, and nothing is counted.
    ///
    /// Within a process, programs run one after the other.
    pub fn run(self, program: &Program) -> Run {
        alone(|| {
            let ending = self.execute(program);
            self.close().take_run(ending)
        })
    }

    /// Runs a program as [`ReferenceState::run`] does, with a recorder that sees every instruction until the state is closed.
    ///
    /// # Errors
    /// What of the reference is not laid out in memory as it is read.
    pub fn trace(self, program: &Program, recorder: &mut Recorder<'_>) -> Result<Run, LayoutDiffers> {
        layout_check::verify()?;
        Ok(alone(|| {
            // SAFETY: the layout was checked. The recorder is borrowed until this function ends, and not used before it is detached.
            unsafe { self.context().tracing.attach(recorder) };
            let ending = self.execute(program);
            self.context().tracing.detach();
            let run = self.close().take_run(ending);
            // The run has ended, whether more is wanted or not.
            let _ = recorder.finish();
            run
        }))
    }

    /// How the program ended, if it was not stopped.
    pub(super) fn execute(&self, program: &Program) -> Ending {
        if self.push_arguments(&program.script, &program.arguments).is_err() {
            return Ending::Refused(self.message());
        }
        self.context().budget.arm();
        if self.load(&program.chunk, &program.name).is_err() {
            return Ending::Refused(self.message());
        }
        let state = self.as_ptr();
        // SAFETY: the stack holds what `push_arguments` left, and the chunk above it. Nothing here allocates or raises outside the
        // protected call.
        let status = unsafe {
            ffi::lua_insert(state, HANDLER + 1);
            self.context().tracing.label_globals(state);
            if self.context().sees_instructions() {
                hooks::arm(state, 0, 0);
            }
            let arguments = ffi::lua_gettop(state) - (HANDLER + 1);
            ffi::lua_pcall(state, arguments, ffi::LUA_MULTRET, HANDLER)
        };
        // SAFETY: indices from the handler's up to the top are valid, and a failed call leaves one value on top.
        unsafe {
            let top = ffi::lua_gettop(state);
            if status == ffi::LUA_OK {
                return Ending::Returned((HANDLER + 1..=top).map(|index| snapshot(state, index)).collect());
            }
            Ending::Raised { value: snapshot(state, top), traceback: self.context().take_traceback() }
        }
    }

    /// The message that a failed call left on the stack.
    pub(super) fn message(&self) -> Vec<u8> {
        // SAFETY: the index is valid after a failed call, and the bytes are copied at once.
        unsafe { string_at(self.as_ptr(), -1) }.map(<[u8]>::to_vec).unwrap_or_default()
    }
}

/// Runs a program when no other one runs in this process, as if it were the first one.
pub(super) fn alone<T>(run: impl FnOnce() -> T) -> T {
    let _running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
    // SAFETY: `srand` takes any seed. 1 is what a process starts with.
    unsafe { libc::srand(1) };
    run()
}

/// A value on the stack, in Rust's terms.
///
/// # Safety
/// The index must be valid.
unsafe fn snapshot(state: *mut ffi::lua_State, index: c_int) -> Snapshot {
    // SAFETY: the index is valid, each accessor is used on the type it is for, and none of them allocates. Names of types are
    // static strings.
    unsafe {
        match ffi::lua_type(state, index) {
            ffi::LUA_TNIL => Snapshot::Nil,
            ffi::LUA_TBOOLEAN => Snapshot::Boolean(ffi::lua_toboolean(state, index) != 0),
            ffi::LUA_TNUMBER => Snapshot::Number(ffi::lua_tonumber(state, index).to_bits()),
            ffi::LUA_TSTRING => Snapshot::String(string_at(state, index).map(<[u8]>::to_vec).unwrap_or_default()),
            kind => Snapshot::Object {
                kind: CStr::from_ptr(ffi::lua_typename(state, kind)).to_string_lossy().into_owned(),
                address: ffi::lua_topointer(state, index).addr() as u64,
            },
        }
    }
}
