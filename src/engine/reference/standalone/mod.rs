//! The reference as a stand-alone interpreter: a stand-in for `lua`, which is not part of the library that is linked in.
//!
//! It has all libraries, the real standard streams and no hook, and does what `lua` does with its command line, except that it
//! leaves signals alone. It differs in two things that no program can tell: an allocator may bound memory, and calls of `assert`
//! may be counted. Streams and counts belong to the process, so a process runs one. Nothing here knows what it is used for.

mod console;
mod memory;
mod options;

use std::cell::Cell;
use std::ffi::{CStr, CString, c_int};
use std::io::Write;
use std::ptr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use mlua::ffi;

use self::memory::{Bound, allocate};
use self::options::{Action, Options};
use super::callbacks::{panic, string_at};

/// How the interpreter is started.
#[derive(Clone, Debug)]
pub struct Standalone {
    /// The command line, the program's name first.
    pub arguments: Vec<CString>,
    /// The environment variable `LUA_INIT`.
    pub init: Option<CString>,
    /// How many bytes the state may hold.
    pub memory: usize,
    /// Whether calls of `assert` are counted.
    pub counts_assertions: bool,
}

/// How it ended, if it did not end the process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StandaloneEnd {
    Succeeded,
    /// A script raised an error or was not accepted, or an option was wrong. This is the last message, without a traceback.
    Failed(Vec<u8>),
}

/// The name of the program where none is given.
const DEFAULT_NAME: &CStr = c"lua";
const VERSION: &[u8] = b"Lua 5.1.5  Copyright (C) 1994-2012 Lua.org, PUC-Rio";
const USAGE: &str = "[options] [script [args]].
Available options are:
  -e stat  execute string 'stat'
  -l name  require library 'name'
  -i       enter interactive mode after executing 'script'
  -v       show version information
  --       stop handling options
  -        execute stdin and stop handling options
";

static ASSERTIONS: AtomicU64 = AtomicU64::new(0);
static ORIGINAL_ASSERT: OnceLock<ffi::lua_CFunction> = OnceLock::new();

/// How many calls of `assert` were counted in this process.
pub fn assertions() -> u64 {
    ASSERTIONS.load(Ordering::Relaxed)
}

/// Has a function called when the process exits in good order, also when a script calls `os.exit`.
pub fn at_exit(function: extern "C" fn()) {
    // SAFETY: any function without arguments may be registered. It fails only for lack of memory, and then nothing is called.
    unsafe { libc::atexit(function) };
}

/// Runs the interpreter. `ended` is told how it ended, after the state was closed. Gives the exit code.
pub fn run_standalone(standalone: &Standalone, ended: &mut dyn FnMut(StandaloneEnd)) -> i32 {
    let bound = Bound::new(standalone.memory);
    let options = Options::parse(&standalone.arguments);
    let session = Session {
        standalone,
        options,
        name: Cell::new(standalone.arguments.first().map_or(Some(DEFAULT_NAME), |name| Some(name.as_c_str()))),
        failed: Cell::new(false),
        message: Cell::default(),
    };
    // SAFETY: `bound` and `session` outlive the state, which is closed at the end of this block. `main` is called protected.
    unsafe {
        let state = ffi::lua_newstate(allocate, (&raw const bound).cast_mut().cast());
        if state.is_null() {
            session.show(b"cannot create state: not enough memory");
            return 1;
        }
        ffi::lua_atpanic(state, panic);
        let status = ffi::lua_cpcall(state, main, (&raw const session).cast_mut().cast());
        if status != ffi::LUA_OK {
            session.failed.set(true);
            session.report(state);
        }
        ffi::lua_close(state);
    }
    ended(match session.failed.get() {
        true => StandaloneEnd::Failed(session.message.take()),
        false => StandaloneEnd::Succeeded,
    });
    i32::from(session.failed.get())
}

/// What the C function that does the work shares with its caller. What has a destructor is here, not in frames that an error may
/// jump over.
struct Session<'a> {
    standalone: &'a Standalone,
    /// Nothing if they are wrong.
    options: Option<Options<'a>>,
    /// What messages begin with; nothing in interactive mode.
    name: Cell<Option<&'a CStr>>,
    failed: Cell<bool>,
    message: Cell<Vec<u8>>,
}

/// What the interpreter does below its protected call.
unsafe extern "C-unwind" fn main(state: *mut ffi::lua_State) -> c_int {
    // SAFETY: called by `lua_cpcall` with a light userdata that points to a session, which is only borrowed shared; with room for
    // LUA_MINSTACK values.
    unsafe {
        let session = &*ffi::lua_touserdata(state, 1).cast::<Session<'_>>();
        ffi::lua_gc(state, ffi::LUA_GCSTOP, 0);
        ffi::luaL_openlibs(state);
        ffi::lua_gc(state, ffi::LUA_GCRESTART, 0);
        if session.standalone.counts_assertions {
            count_assertions(state);
        }
        session.failed.set(!session.carry_out(state));
    }
    0
}

impl Session<'_> {
    /// Does what the environment and the command line ask for. False if something of it failed.
    ///
    /// # Safety
    /// This and what follows is to be called from a C function of the state, with room for LUA_MINSTACK values. All of it may
    /// be left by an error.
    unsafe fn carry_out(&self, state: *mut ffi::lua_State) -> bool {
        // SAFETY: by the contract of this function.
        unsafe {
            let init_done = match &self.standalone.init {
                None => true,
                Some(init) => match init.to_bytes_with_nul().split_first() {
                    Some((b'@', _)) => self.run_file(state, init.as_ptr().add(1)),
                    _ => self.run_text(state, init, c"=LUA_INIT"),
                },
            };
            if !init_done {
                return false;
            }
            let Some(options) = &self.options else {
                self.show_usage();
                return false;
            };
            if options.show_version {
                show_line(None, VERSION);
            }
            for action in &options.actions {
                let done = match action {
                    Action::Execute(text) => self.run_text(state, text, c"=(command line)"),
                    Action::Require(name) => self.require(state, name),
                };
                if !done {
                    return false;
                }
            }
            if let Some(index) = options.script
                && !self.run_script(state, index)
            {
                return false;
            }
            if options.interactive {
                self.talk(state);
            } else if options.is_idle() {
                return self.run_file(state, ptr::null());
            }
            true
        }
    }

    /// # Safety
    /// As for [`Session::carry_out`]; the path ends in zero, or is null for standard input.
    unsafe fn run_file(&self, state: *mut ffi::lua_State, path: *const std::ffi::c_char) -> bool {
        // SAFETY: loading is protected in itself, and leaves a function or a message.
        unsafe {
            let loaded = ffi::luaL_loadfile(state, path) == ffi::LUA_OK;
            self.reported(state, loaded && self.call(state, 0, 0))
        }
    }

    /// # Safety
    /// As for [`Session::carry_out`].
    unsafe fn run_text(&self, state: *mut ffi::lua_State, text: &CStr, name: &CStr) -> bool {
        // SAFETY: as in `run_file`.
        unsafe {
            let length = text.to_bytes().len();
            let loaded = ffi::luaL_loadbuffer(state, text.as_ptr(), length, name.as_ptr()) == ffi::LUA_OK;
            self.reported(state, loaded && self.call(state, 0, 0))
        }
    }

    /// # Safety
    /// As for [`Session::carry_out`].
    unsafe fn require(&self, state: *mut ffi::lua_State, name: &CStr) -> bool {
        // SAFETY: two values are pushed, which the call takes.
        unsafe {
            ffi::lua_getfield_(state, ffi::LUA_GLOBALSINDEX, c"require".as_ptr());
            ffi::lua_pushstring_(state, name.as_ptr());
            self.reported(state, self.call(state, 1, 0))
        }
    }

    /// Runs the script that is the argument with this index, with `arg` and the arguments after it.
    ///
    /// # Safety
    /// As for [`Session::carry_out`].
    unsafe fn run_script(&self, state: *mut ffi::lua_State, index: usize) -> bool {
        let arguments = &self.standalone.arguments;
        let after = arguments.get(index + 1..).unwrap_or_default();
        let path = arguments.get(index).map_or(DEFAULT_NAME, CString::as_c_str);
        let is_input = path == c"-" && arguments.get(index - 1).is_none_or(|before| before.as_c_str() != c"--");
        let count = c_int::try_from(after.len()).unwrap_or(c_int::MAX);
        // SAFETY: room for the arguments is asked for. The function goes below them, or a message above.
        unsafe {
            ffi::luaL_checkstack_(state, count.saturating_add(3), c"too many arguments to script".as_ptr());
            for argument in after {
                ffi::lua_pushstring_(state, argument.as_ptr());
            }
            ffi::lua_createtable(state, count, c_int::try_from(index + 1).unwrap_or(0));
            for (argument, position) in arguments.iter().zip(0_isize..) {
                ffi::lua_pushstring_(state, argument.as_ptr());
                let key = position - index.cast_signed();
                ffi::lua_rawseti_(state, -2, c_int::try_from(key).unwrap_or(c_int::MAX));
            }
            ffi::lua_setfield(state, ffi::LUA_GLOBALSINDEX, c"arg".as_ptr());
            let path = if is_input { ptr::null() } else { path.as_ptr() };
            let loaded = ffi::luaL_loadfile(state, path) == ffi::LUA_OK;
            if loaded {
                ffi::lua_insert(state, -(count + 1));
            }
            self.reported(state, loaded && self.call(state, count, ffi::LUA_MULTRET))
        }
    }

    /// Calls a function that lies below its arguments, with the message handler. After an error, all garbage is collected, and
    /// the message is on top of the stack. Whether it succeeded.
    ///
    /// # Safety
    /// As for [`Session::carry_out`], with the function and its arguments on the stack.
    unsafe fn call(&self, state: *mut ffi::lua_State, arguments: c_int, results: c_int) -> bool {
        // SAFETY: the handler is put below the function, and taken away after the call.
        unsafe {
            let base = ffi::lua_gettop(state) - arguments;
            ffi::lua_pushcclosure(state, traceback, 0);
            ffi::lua_insert(state, base);
            let status = ffi::lua_pcall(state, arguments, results, base);
            ffi::lua_remove(state, base);
            if status != ffi::LUA_OK {
                ffi::lua_gc(state, ffi::LUA_GCCOLLECT, 0);
            }
            status == ffi::LUA_OK
        }
    }

    /// Reports a failure, whose message is on top of the stack. Gives back whether it succeeded.
    ///
    /// # Safety
    /// As for [`Session::carry_out`].
    unsafe fn reported(&self, state: *mut ffi::lua_State, succeeded: bool) -> bool {
        if !succeeded {
            // SAFETY: a failed call or load leaves a value.
            unsafe { self.report(state) };
        }
        succeeded
    }

    /// Shows the error on top of the stack, notes it, and takes it away. An error that is `nil` has no message.
    ///
    /// # Safety
    /// There must be a value on top of the stack.
    unsafe fn report(&self, state: *mut ffi::lua_State) {
        // SAFETY: the value stays on the stack while its bytes are used. A number is converted in place: nothing else uses it.
        unsafe {
            if ffi::lua_type(state, -1) == ffi::LUA_TNIL {
                return;
            }
            ffi::lua_tolstring(state, -1, ptr::null_mut());
            let text = string_at(state, -1).unwrap_or(b"(error object is not a string)");
            self.show(text);
            self.message.set(text.to_vec());
            ffi::lua_settop(state, -2);
        }
    }

    fn show(&self, message: &[u8]) {
        show_line(self.name.get(), message);
    }

    fn show_usage(&self) {
        let name = self.name.get().unwrap_or(DEFAULT_NAME).to_bytes();
        write_error(&[b"usage: ", name, b" ", USAGE.as_bytes()].concat());
    }
}

/// Writes a message as the C library does: up to its first zero byte.
fn show_line(name: Option<&CStr>, message: &[u8]) {
    let text = message.split(|byte| *byte == 0).next().unwrap_or_default();
    let (name, colon): (&[u8], &[u8]) = name.map_or((b"", b""), |name| (name.to_bytes(), b": "));
    write_error(&[name, colon, text, b"\n"].concat());
}

fn write_error(text: &[u8]) {
    // Nothing can be done about a standard error that is closed.
    let _ = std::io::stderr().lock().write_all(text);
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
    // SAFETY: the values are pushed and taken in balance; the original is a C function, which is the same in all states.
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
