//! A reference state with our allocator, our `print` and the libraries that are compared.
//!
//! Everything that can raise runs in a protected call. Nothing here knows what a run ends with.

use std::ffi::{CStr, c_int, c_void};
use std::mem::ManuallyDrop;
use std::ptr::NonNull;

use mlua::ffi;

use super::allocator::allocate;
use super::callbacks::{debug_traceback, handle_error, panic, print};
use super::context::Context;
use super::hooks;
use super::streams::{StandardFiles, Streams, exit};
use crate::engine::Limits;

/// The libraries of a state in the order in which they are opened, with the names they are opened under.
const LIBRARIES: &[(&CStr, ffi::lua_CFunction)] = &[
    (c"", ffi::luaopen_base),
    (c"package", ffi::luaopen_package),
    (c"table", ffi::luaopen_table),
    (c"io", ffi::luaopen_io),
    (c"os", ffi::luaopen_os),
    (c"string", ffi::luaopen_string),
    (c"math", ffi::luaopen_math),
    (c"debug", ffi::luaopen_debug),
];

/// Functions that would reach beyond the run, and what stands for them.
const REPLACED: &[(&CStr, &CStr, ffi::lua_CFunction)] =
    &[(c"os", c"exit", exit), (c"debug", c"sethook", hooks::sethook), (c"debug", c"gethook", hooks::gethook)];

/// A `lua_Alloc` that is never null.
pub(super) type Allocate = unsafe extern "C" fn(*mut c_void, *mut c_void, usize, usize) -> *mut c_void;

/// Where a run finds its message handler on the host's part of the stack; below it lies a string that is only kept alive.
pub(super) const HANDLER: c_int = 2;

/// A reference state. Its limits hold only while a program runs in it.
///
/// Dropping it closes the state: finalisers run.
pub struct ReferenceState {
    raw: NonNull<ffi::lua_State>,
    context: NonNull<Context>,
}

impl ReferenceState {
    /// A state without libraries. Nothing if there is no memory for it.
    pub(super) fn bare(limits: &Limits) -> Option<Self> {
        let context = NonNull::from(Box::leak(Box::new(Context::new(limits))));
        // SAFETY: the context is freed by `drop` alone, after the state was closed.
        let state = unsafe { Self::over(context, allocate) };
        if state.is_none() {
            // SAFETY: it was leaked above, and there is no state that could refer to it.
            drop(unsafe { Box::from_raw(context.as_ptr()) });
        }
        state
    }

    /// A state without libraries, over a context. Nothing if there is no memory for it.
    ///
    /// # Safety
    /// The allocator must take the context as its user data. The context must outlive the state; if it is not a box of its own, the
    /// state must never be dropped, as that frees the context.
    pub(super) unsafe fn over(context: NonNull<Context>, allocate: Allocate) -> Option<Self> {
        // SAFETY: as the contract says.
        let raw = NonNull::new(unsafe { ffi::lua_newstate(allocate, context.as_ptr().cast()) })?;
        // SAFETY: the state is new and alive.
        unsafe { ffi::lua_atpanic(raw.as_ptr(), panic) };
        Some(Self { raw, context })
    }

    /// A state in which the libraries are open and `print` writes to a buffer. Nothing if there is no memory for it.
    pub fn new(limits: &Limits) -> Option<Self> {
        let state = Self::bare(limits)?;
        let files = state.open_libraries()?;
        // SAFETY: the files are the state's, and nothing runs.
        unsafe { state.open_streams(&files) }.then_some(state)
    }

    /// Opens the libraries in a bare state. Nothing if there is no memory for them.
    pub(super) fn open_libraries(&self) -> Option<StandardFiles> {
        debug_traceback()?;
        let mut files: Option<StandardFiles> = None;
        // SAFETY: the state is alive and nothing of it runs; `open_libraries` gets what it expects, which outlives the call.
        unsafe { ffi::lua_cpcall(self.as_ptr(), open_libraries, (&raw mut files).cast()) };
        files
    }

    /// Gives the run its standard streams. False if there is no memory for them.
    ///
    /// # Safety
    /// The files must be those of the state, of which nothing may run. The context must have no streams.
    pub(super) unsafe fn open_streams(&self, files: &StandardFiles) -> bool {
        // SAFETY: the streams are closed with the state, and so before the context is freed.
        unsafe {
            let streams = Streams::open(self.context.as_ptr());
            if let Some(streams) = &streams {
                streams.install(files);
            }
            self.context().streams.set(streams);
            streams.is_some()
        }
    }

    pub(super) fn as_ptr(&self) -> *mut ffi::lua_State {
        self.raw.as_ptr()
    }

    pub(super) fn context(&self) -> &Context {
        // SAFETY: the context lives until `drop`, and is only ever borrowed shared.
        unsafe { self.context.as_ref() }
    }

    /// How many bytes the state holds.
    pub fn memory(&self) -> usize {
        self.context().budget.held()
    }

    /// Sets the global `arg` and leaves on the stack what a run needs there: a string, the message handler (at [`HANDLER`]), and
    /// the arguments.
    ///
    /// # Errors
    /// The status of the protected call, with a message on the stack.
    pub(super) fn push_arguments(&self, script: &[u8], arguments: &[Vec<u8>]) -> Result<(), c_int> {
        let invocation = Invocation { script, arguments };
        // SAFETY: the state is alive and nothing of it runs; `invocation` outlives the call.
        let status = unsafe {
            ffi::lua_pushcclosure(self.as_ptr(), push_invocation, 0);
            ffi::lua_pushlightuserdata(self.as_ptr(), (&raw const invocation).cast_mut().cast());
            ffi::lua_pcall(self.as_ptr(), 1, ffi::LUA_MULTRET, 0)
        };
        if status == ffi::LUA_OK { Ok(()) } else { Err(status) }
    }

    /// Loads source text or a binary chunk, and leaves the main function on the stack. The name ends at its first zero byte.
    ///
    /// # Errors
    /// The status of `lua_load`, with a message on the stack.
    pub(super) fn load(&self, chunk: &[u8], name: &[u8]) -> Result<(), c_int> {
        let name: Vec<u8> = name.iter().copied().take_while(|&byte| byte != 0).chain([0]).collect();
        // SAFETY: the state is alive and nothing of it runs; `lua_load` is a protected call in itself, and the name ends in zero.
        let status =
            unsafe { ffi::luaL_loadbuffer(self.as_ptr(), chunk.as_ptr().cast(), chunk.len(), name.as_ptr().cast()) };
        if status == ffi::LUA_OK { Ok(()) } else { Err(status) }
    }

    /// The function on top of the stack as an unstripped binary chunk.
    pub(super) fn dump(&self) -> Vec<u8> {
        let mut chunk: Vec<u8> = Vec::new();
        // SAFETY: the state is alive; `lua_dump` allocates nothing and cannot raise, and the writer gets the vector it expects.
        unsafe { ffi::lua_dump_(self.as_ptr(), append, (&raw mut chunk).cast()) };
        chunk
    }

    /// Closes the state, and gives what is left of it.
    pub(super) fn close(self) -> Box<Context> {
        // SAFETY: the state is not dropped any more, so this is its last use.
        unsafe { ManuallyDrop::new(self).release() }
    }

    /// # Safety
    /// To be called once, and last.
    unsafe fn release(&mut self) -> Box<Context> {
        // SAFETY: both pointers come from `bare`. Finalisers use the context while the state is closed, nothing does after that.
        unsafe {
            self.close_in_place();
            Box::from_raw(self.context.as_ptr())
        }
    }

    /// Closes the state and its streams, and leaves the context alone.
    ///
    /// # Safety
    /// The state must be alive, and must not be used any more as long as nobody has put its memory back to what it was.
    pub(super) unsafe fn close_in_place(&self) {
        // SAFETY: as the contract says. Nothing writes to the streams any more.
        unsafe {
            ffi::lua_close(self.raw.as_ptr());
            if let Some(streams) = self.context().streams.take() {
                streams.close();
            }
        }
    }
}

impl Drop for ReferenceState {
    fn drop(&mut self) {
        // SAFETY: nothing uses the state after this.
        drop(unsafe { self.release() });
    }
}

/// What a program is told about how it was started.
struct Invocation<'a> {
    script: &'a [u8],
    arguments: &'a [Vec<u8>],
}

/// Takes a pointer to an `Option<StandardFiles>`, which it fills when all libraries are open.
unsafe extern "C-unwind" fn open_libraries(state: *mut ffi::lua_State) -> c_int {
    // SAFETY: called by Lua in a protected call with a light userdata that points to an option, borrowed from the caller; with
    // room on the stack for what is pushed.
    unsafe {
        for (name, open) in LIBRARIES {
            ffi::lua_pushcclosure(state, *open, 0);
            ffi::lua_pushstring_(state, name.as_ptr());
            ffi::lua_call(state, 1, 0);
        }
        ffi::lua_pushcclosure(state, print, 0);
        ffi::lua_setfield(state, ffi::LUA_GLOBALSINDEX, c"print".as_ptr());
        for (library, name, function) in REPLACED {
            ffi::lua_getfield_(state, ffi::LUA_GLOBALSINDEX, library.as_ptr());
            ffi::lua_pushcclosure(state, *function, 0);
            ffi::lua_setfield(state, -2, name.as_ptr());
            ffi::lua_pop(state, 1);
        }
        *ffi::lua_touserdata(state, 1).cast::<Option<StandardFiles>>() = Some(StandardFiles::of(state));
    }
    0
}

/// Takes an [`Invocation`]; returns a string, the message handler, and the arguments.
///
/// The string is the one value that the reference makes after it has left a protected call. As long as it exists, that is no
/// allocation and cannot fail. The host's part of the stack keeps it alive, where no program can see it.
unsafe extern "C-unwind" fn push_invocation(state: *mut ffi::lua_State) -> c_int {
    // SAFETY: called by Lua in a protected call with a light userdata that points to an invocation, borrowed from the caller.
    // Room on the stack is asked for; nothing here has a destructor.
    unsafe {
        let Invocation { script, arguments } = *ffi::lua_touserdata(state, 1).cast::<Invocation<'_>>();
        let count = c_int::try_from(arguments.len()).unwrap_or(c_int::MAX);
        ffi::luaL_checkstack_(state, count.saturating_add(4), c"too many arguments to script".as_ptr());
        ffi::lua_createtable(state, count, 1);
        ffi::lua_pushlstring_(state, script.as_ptr().cast(), script.len());
        ffi::lua_rawseti_(state, -2, 0);
        for (argument, index) in arguments.iter().zip(1..) {
            ffi::lua_pushlstring_(state, argument.as_ptr().cast(), argument.len());
            ffi::lua_rawseti_(state, -2, index);
        }
        ffi::lua_setfield(state, ffi::LUA_GLOBALSINDEX, c"arg".as_ptr());

        ffi::lua_settop(state, 0);
        ffi::lua_pushstring_(state, c"error in error handling".as_ptr());
        ffi::lua_pushnil(state);
        ffi::lua_pushcclosure(state, handle_error, 1);
        for argument in arguments {
            ffi::lua_pushlstring_(state, argument.as_ptr().cast(), argument.len());
        }
        count + HANDLER
    }
}

/// A `lua_Writer` that appends to a vector.
pub(super) unsafe extern "C-unwind" fn append(
    _: *mut ffi::lua_State,
    bytes: *const c_void,
    count: usize,
    chunk: *mut c_void,
) -> c_int {
    if count > 0 {
        // SAFETY: Lua gives `count` readable bytes, and the pointer that `dump` gave to it, which nothing else uses meanwhile.
        unsafe { (*chunk.cast::<Vec<u8>>()).extend_from_slice(std::slice::from_raw_parts(bytes.cast(), count)) };
    }
    0
}
