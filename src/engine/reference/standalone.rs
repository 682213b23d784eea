//! The reference as a stand-alone interpreter runs a script: all libraries, the real standard streams, no hook, `arg`, a message
//! handler with a traceback, `lua: ` before a message.
//!
//! It differs from the interpreter in two things that no program can tell: an allocator bounds memory, and calls of `assert` are
//! counted. Both belong to the process, so a process runs one script. Nothing here knows what the counts are for.

use std::cell::{Cell, RefCell};
use std::ffi::{CStr, CString, c_int, c_void};
use std::io::Write;
use std::ptr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use mlua::ffi;

use super::callbacks::{panic, string_at};
use super::state::append;

/// A script, as the interpreter is told of it.
#[derive(Clone, Debug)]
pub struct Standalone {
    /// The path of the script, which is also what messages call it.
    pub file: CString,
    /// Whether the loaded script is dumped and loaded again before it is run.
    pub through_dump: bool,
    /// `arg[-1]`.
    pub interpreter: Vec<u8>,
    /// How many bytes the state may hold.
    pub memory: usize,
}

/// How a script ended, if it did not end the process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StandaloneEnd {
    Returned,
    /// It raised an error or was not accepted. This is the message, without the traceback.
    Raised(Vec<u8>),
}

static ASSERTIONS: AtomicU64 = AtomicU64::new(0);
static ORIGINAL_ASSERT: OnceLock<ffi::lua_CFunction> = OnceLock::new();

/// How many calls of `assert` were made in this process.
pub fn assertions() -> u64 {
    ASSERTIONS.load(Ordering::Relaxed)
}

/// Has a function called when the process exits in good order, also when a script calls `os.exit`.
pub fn at_exit(function: extern "C" fn()) {
    // SAFETY: any function without arguments may be registered. It fails only for lack of memory, and then nothing is called.
    unsafe { libc::atexit(function) };
}

/// Runs a script. `ended` is told how it ended, before the state is closed. Gives the exit code; an error is shown on standard
/// error before.
pub fn run_standalone(script: &Standalone, ended: &mut dyn FnMut(StandaloneEnd)) -> i32 {
    let bound = Bound { held: Cell::new(0), limit: script.memory };
    let job = Job { script, chunk: RefCell::default(), failed: Cell::new(false), message: Cell::default() };
    // SAFETY: `bound` and `job` outlive the state, which is closed at the end of this block. `pmain` is called protected.
    unsafe {
        let state = ffi::lua_newstate(allocate, (&raw const bound).cast_mut().cast());
        if state.is_null() {
            show(b"cannot create state: not enough memory");
            return 1;
        }
        ffi::lua_atpanic(state, panic);
        let status = ffi::lua_cpcall(state, pmain, (&raw const job).cast_mut().cast());
        if status != ffi::LUA_OK {
            report(state, &job);
        }
        ended(match job.failed.get() {
            true => StandaloneEnd::Raised(job.message.take()),
            false => StandaloneEnd::Returned,
        });
        ffi::lua_close(state);
    }
    i32::from(job.failed.get())
}

/// What the C function that runs a script works on.
struct Job<'a> {
    script: &'a Standalone,
    /// The dumped script.
    chunk: RefCell<Vec<u8>>,
    failed: Cell<bool>,
    message: Cell<Vec<u8>>,
}

/// What the interpreter's main function does below its protected call.
unsafe extern "C-unwind" fn pmain(state: *mut ffi::lua_State) -> c_int {
    // SAFETY: called by `lua_cpcall` with a light userdata that points to a job, which is only borrowed shared; with room for
    // LUA_MINSTACK values. What has a destructor belongs to the job, not to this frame, which an error may jump over.
    unsafe {
        let job = &*ffi::lua_touserdata(state, 1).cast::<Job<'_>>();
        ffi::lua_gc(state, ffi::LUA_GCSTOP, 0);
        ffi::luaL_openlibs(state);
        ffi::lua_gc(state, ffi::LUA_GCRESTART, 0);
        count_assertions(state);
        ffi::lua_createtable(state, 0, 2);
        let interpreter = &job.script.interpreter;
        ffi::lua_pushlstring_(state, interpreter.as_ptr().cast(), interpreter.len());
        ffi::lua_rawseti_(state, -2, -1);
        ffi::lua_pushstring_(state, job.script.file.as_ptr());
        ffi::lua_rawseti_(state, -2, 0);
        ffi::lua_setfield(state, ffi::LUA_GLOBALSINDEX, c"arg".as_ptr());
        let mut status = load(state, job);
        if status == ffi::LUA_OK {
            status = call(state);
        }
        if status != ffi::LUA_OK {
            report(state, job);
        }
    }
    0
}

/// Leaves the script's main function on the stack, or a message.
///
/// # Safety
/// To be called from a C function of the state with room on the stack.
unsafe fn load(state: *mut ffi::lua_State, job: &Job<'_>) -> c_int {
    // SAFETY: loading is protected in itself; dumping cannot raise, and its writer gets the vector that it expects.
    unsafe {
        let status = ffi::luaL_loadfile(state, job.script.file.as_ptr());
        if status != ffi::LUA_OK || !job.script.through_dump {
            return status;
        }
        ffi::lua_dump_(state, append, job.chunk.as_ptr().cast());
        ffi::lua_settop(state, -2);
        let chunk = &*job.chunk.as_ptr();
        ffi::luaL_loadbuffer(state, chunk.as_ptr().cast(), chunk.len(), job.script.file.as_ptr())
    }
}

/// Calls the function on top of the stack, with the message handler. After an error, all garbage is collected.
///
/// # Safety
/// As for [`load`], with a function on top.
unsafe fn call(state: *mut ffi::lua_State) -> c_int {
    // SAFETY: the handler is put below the function, and taken away after the call.
    unsafe {
        let base = ffi::lua_gettop(state);
        ffi::lua_pushcclosure(state, traceback, 0);
        ffi::lua_insert(state, base);
        let status = ffi::lua_pcall(state, 0, 0, base);
        ffi::lua_remove(state, base);
        if status != ffi::LUA_OK {
            ffi::lua_gc(state, ffi::LUA_GCCOLLECT, 0);
        }
        status
    }
}

/// Shows the error on top of the stack as the interpreter does, and notes it. An error that is `nil` has no message.
///
/// # Safety
/// There must be a value on top of the stack.
unsafe fn report(state: *mut ffi::lua_State, job: &Job<'_>) {
    // SAFETY: the value stays on the stack while its bytes are used. A number is converted in place: nothing else uses it.
    unsafe {
        job.failed.set(true);
        if ffi::lua_type(state, -1) == ffi::LUA_TNIL {
            return;
        }
        ffi::lua_tolstring(state, -1, ptr::null_mut());
        let text = string_at(state, -1).unwrap_or(b"(error object is not a string)");
        show(text);
        let end = text.windows(TRACEBACK.len()).position(|piece| piece == TRACEBACK).unwrap_or(text.len());
        job.message.set(text.get(..end).unwrap_or_default().to_vec());
    }
}

/// What a traceback begins with.
const TRACEBACK: &[u8] = b"\nstack traceback:";

/// Writes a message as the interpreter does: up to its first zero byte.
fn show(message: &[u8]) {
    let text = message.split(|byte| *byte == 0).next().unwrap_or_default();
    // Nothing can be done about a standard error that is closed.
    let _ = std::io::stderr().lock().write_all(&[b"lua: ", text, b"\n"].concat());
}

/// The interpreter's message handler: the message with what the program's `debug.traceback` adds to it.
unsafe extern "C-unwind" fn traceback(state: *mut ffi::lua_State) -> c_int {
    // SAFETY: called by Lua with the error value alone on its stack, and room for LUA_MINSTACK values.
    unsafe {
        if ffi::lua_isstring(state, 1) == 0 {
            return 1;
        }
        ffi::lua_getfield_(state, ffi::LUA_GLOBALSINDEX, c"debug".as_ptr());
        if ffi::lua_type(state, -1) != ffi::LUA_TTABLE {
            ffi::lua_settop(state, -2);
            return 1;
        }
        ffi::lua_getfield_(state, -1, c"traceback".as_ptr());
        if ffi::lua_type(state, -1) != ffi::LUA_TFUNCTION {
            ffi::lua_settop(state, -3);
            return 1;
        }
        ffi::lua_pushvalue(state, 1);
        ffi::lua_pushinteger(state, 2);
        ffi::lua_call(state, 2, 1);
    }
    1
}

/// Puts a counting function in the place of the global `assert`.
///
/// # Safety
/// To be called from a C function of the state, with the base library open and room on the stack.
unsafe fn count_assertions(state: *mut ffi::lua_State) {
    const NAME: &CStr = c"assert";
    // SAFETY: the global is a string key that is there, so setting it allocates no more than the closure.
    unsafe {
        ffi::lua_getfield_(state, ffi::LUA_GLOBALSINDEX, NAME.as_ptr());
        if let Some(original) = ffi::lua_tocfunction(state, -1) {
            ORIGINAL_ASSERT.get_or_init(|| original);
            ffi::lua_pushcclosure(state, count_and_assert, 0);
            ffi::lua_setfield(state, ffi::LUA_GLOBALSINDEX, NAME.as_ptr());
        }
        ffi::lua_settop(state, -2);
    }
}

/// `assert`: the reference's own, entered without a call, so that messages and levels are as they are without us.
unsafe extern "C-unwind" fn count_and_assert(state: *mut ffi::lua_State) -> c_int {
    ASSERTIONS.fetch_add(1, Ordering::Relaxed);
    // SAFETY: the original is a C function without upvalues, called as Lua would call it.
    ORIGINAL_ASSERT.get().map_or(0, |original| unsafe { original(state) })
}

/// How much memory a state holds, and may hold.
struct Bound {
    held: Cell<usize>,
    limit: usize,
}

/// The C library's allocator, within a bound: beyond it, there is no memory, as on a machine that has no more.
unsafe extern "C" fn allocate(bound: *mut c_void, block: *mut c_void, old: usize, new: usize) -> *mut c_void {
    // SAFETY: the user data given to `lua_newstate` is a bound that outlives the state. Lua hands back blocks that this function
    // gave it, or null, with their sizes.
    unsafe {
        let bound = &*bound.cast::<Bound>();
        let rest = bound.held.get().saturating_sub(old);
        if new == 0 {
            libc::free(block);
            bound.held.set(rest);
            return ptr::null_mut();
        }
        if new > old && new > bound.limit.saturating_sub(rest) {
            return ptr::null_mut();
        }
        let moved = libc::realloc(block, new);
        if !moved.is_null() {
            bound.held.set(rest + new);
        }
        moved
    }
}
