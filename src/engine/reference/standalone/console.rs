//! Interactive mode, as of an interpreter without line editing: it reads lines of up to 511 bytes from C's standard input, and
//! writes prompts and nothing else to C's standard output.

use std::ffi::{CStr, c_char, c_int};
use std::ptr;

use mlua::ffi;

use super::{Session, show_line};

/// How long a line may be, with its end.
const LINE: usize = 512;

unsafe extern "C" {
    // The C library's streams, which the `io` library uses as well.
    static mut stdin: *mut libc::FILE;
    static mut stdout: *mut libc::FILE;
}

impl Session<'_> {
    /// Reads, executes and prints until the input ends.
    ///
    /// # Safety
    /// To be called from a C function of the state, whose stack is free to use.
    pub(super) unsafe fn talk(&self, state: *mut ffi::lua_State) {
        let name = self.name.take();
        // SAFETY: by the contract of this function; the stack is empty before each line.
        unsafe {
            while let Some(status) = load_line(state) {
                let succeeded = status == ffi::LUA_OK && self.call(state, 0, ffi::LUA_MULTRET);
                if !succeeded {
                    self.report(state);
                } else if ffi::lua_gettop(state) > 0 {
                    print_results(state);
                }
            }
            ffi::lua_settop(state, 0);
            libc::fputs(c"\n".as_ptr(), stdout);
            libc::fflush(stdout);
        }
        self.name.set(name);
    }
}

/// Prints all that is on the stack with the program's `print`.
///
/// # Safety
/// To be called from a C function of the state.
unsafe fn print_results(state: *mut ffi::lua_State) {
    // SAFETY: the function is put below its arguments; a failed call leaves a message, which is used while it is on the stack.
    unsafe {
        ffi::lua_getfield_(state, ffi::LUA_GLOBALSINDEX, c"print".as_ptr());
        ffi::lua_insert(state, 1);
        if ffi::lua_pcall(state, ffi::lua_gettop(state) - 1, 0, 0) != ffi::LUA_OK {
            let message = ffi::lua_tolstring(state, -1, ptr::null_mut());
            let message = if message.is_null() { c"(null)" } else { CStr::from_ptr(message) };
            ffi::lua_pushfstring(state, c"error calling 'print' (%s)".as_ptr(), message.as_ptr());
            show_line(None, CStr::from_ptr(ffi::lua_tolstring(state, -1, ptr::null_mut())).to_bytes());
        }
    }
}

/// Loads a chunk of as many lines as it takes. Gives the status, with a function or a message on the stack; nothing at the end of
/// the input.
///
/// # Safety
/// As for [`Session::talk`].
unsafe fn load_line(state: *mut ffi::lua_State) -> Option<c_int> {
    // SAFETY: the text is at index 1 while it is loaded; loading is protected in itself.
    unsafe {
        ffi::lua_settop(state, 0);
        if !push_line(state, true) {
            return None;
        }
        loop {
            let mut length = 0;
            let text = ffi::lua_tolstring(state, 1, &mut length);
            let status = ffi::luaL_loadbuffer(state, text, length, c"=stdin".as_ptr());
            if !is_incomplete(state, status) {
                ffi::lua_remove(state, 1);
                return Some(status);
            }
            ffi::lua_settop(state, 1);
            if !push_line(state, false) {
                return None;
            }
            ffi::lua_pushlstring_(state, c"\n".as_ptr(), 1);
            ffi::lua_insert(state, -2);
            ffi::lua_concat(state, 3);
        }
    }
}

/// Whether a chunk was refused because it ended too early.
///
/// # Safety
/// To be called with the message of a refusal on top of the stack.
unsafe fn is_incomplete(state: *mut ffi::lua_State, status: c_int) -> bool {
    const END: &[u8] = b"'<eof>'";
    // SAFETY: the message stays on the stack while its bytes are used.
    unsafe {
        status == ffi::LUA_ERRSYNTAX
            && super::string_at(state, -1).is_some_and(|message| {
                let first = message.windows(END.len()).position(|piece| piece == END);
                first.is_some_and(|first| first + END.len() == message.len())
            })
    }
}

/// Shows a prompt, and pushes the next line without its end. False at the end of the input.
///
/// # Safety
/// As for [`Session::talk`].
unsafe fn push_line(state: *mut ffi::lua_State, is_first: bool) -> bool {
    let mut buffer: [c_char; LINE] = [0; LINE];
    let (name, default) = if is_first { (c"_PROMPT", c"> ") } else { (c"_PROMPT2", c">> ") };
    // SAFETY: the prompt is used while it is on the stack. `fgets` writes at most LINE bytes, the last of which is zero.
    unsafe {
        ffi::lua_getfield_(state, ffi::LUA_GLOBALSINDEX, name.as_ptr());
        let prompt = ffi::lua_tolstring(state, -1, ptr::null_mut());
        libc::fputs(if prompt.is_null() { default.as_ptr() } else { prompt }, stdout);
        libc::fflush(stdout);
        ffi::lua_settop(state, -2);
        if libc::fgets(buffer.as_mut_ptr(), LINE as c_int, stdin).is_null() {
            return false;
        }
        let line = CStr::from_ptr(buffer.as_ptr()).to_bytes();
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let (start, rest) = match line.strip_prefix(b"=") {
            Some(rest) if is_first => (c"return ", rest),
            _ => (c"", line),
        };
        ffi::lua_pushstring_(state, start.as_ptr());
        ffi::lua_pushlstring_(state, rest.as_ptr().cast(), rest.len());
        ffi::lua_concat(state, 2);
    }
    true
}
