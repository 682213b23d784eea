//! The C functions that a reference state calls: `print`, the message handler, the panic function.
//!
//! Each may be left by a long jump, so none keeps a value with a destructor alive across a call into Lua.

use std::ffi::{CStr, c_int};
use std::sync::OnceLock;
use std::{ptr, slice};

use mlua::ffi;

use super::allocator::allocate;
use super::context::{Context, context_of, raise};
use crate::engine::Limits;

/// The reference's `print`, call for call, except that it writes to the stream of the run. Like `fputs`, it writes a string up to
/// its first zero byte, and it writes each argument before it converts the next.
pub(super) unsafe extern "C-unwind" fn print(state: *mut ffi::lua_State) -> c_int {
    // SAFETY: Lua calls this with room for LUA_MINSTACK values above the arguments; at most three are pushed at a time.
    // The text is copied before the value it belongs to leaves the stack.
    unsafe {
        let count = ffi::lua_gettop(state);
        ffi::lua_getfield_(state, ffi::LUA_GLOBALSINDEX, c"tostring".as_ptr());
        for index in 1..=count {
            ffi::lua_pushvalue(state, -1);
            ffi::lua_pushvalue(state, index);
            ffi::lua_call(state, 1, 1);
            let text = ffi::lua_tolstring(state, -1, ptr::null_mut());
            if text.is_null() {
                return ffi::luaL_error(state, c"'tostring' must return a string to 'print'".as_ptr());
            }
            if index > 1 {
                write(state, c"\t");
            }
            write(state, CStr::from_ptr(text));
            ffi::lua_pop(state, 1);
        }
        write(state, c"\n");
    }
    0
}

/// # Safety
/// As for [`raise`], in a state with streams.
unsafe fn write(state: *mut ffi::lua_State, text: &CStr) {
    // SAFETY: the state has a context; when it does not take the text, the budget is stopped.
    unsafe {
        let context = context_of(state);
        if let Some(streams) = context.streams.get() {
            streams.print(text);
        }
        if context.budget.stopped().is_some() {
            raise(state);
        }
    }
}

/// The message handler of a run: keeps the traceback, and gives back the error value as it is.
///
/// The reference's own traceback function is entered without a call, in the frame of this one: that costs no C level beyond the
/// handler's, and level 0 is this function, so that level 1 is the one that raised. It joins everything on its stack,
/// therefore the error value waits in upvalue 1.
pub(super) unsafe extern "C-unwind" fn handle_error(state: *mut ffi::lua_State) -> c_int {
    let Some(traceback) = debug_traceback() else {
        return 1;
    };
    // SAFETY: Lua calls a handler with the error value alone on its stack, and this one is a closure with one upvalue.
    // `traceback` is a C function that uses no upvalue, called as Lua would call it, with the empty string as its argument.
    unsafe {
        ffi::lua_settop(state, 1);
        ffi::lua_replace(state, ffi::lua_upvalueindex(1));
        ffi::lua_pushlstring_(state, c"".as_ptr(), 0);
        traceback(state);
        if let Some(text) = string_at(state, -1) {
            context_of(state).keep_traceback(text);
        }
        ffi::lua_settop(state, 0);
        ffi::lua_pushvalue(state, ffi::lua_upvalueindex(1));
    }
    1
}

/// The bytes of the string at a stack index; nothing if there is no string.
///
/// # Safety
/// The index must be valid, and the value must stay on the stack for as long as the bytes are used.
pub(super) unsafe fn string_at<'a>(state: *mut ffi::lua_State, index: c_int) -> Option<&'a [u8]> {
    // SAFETY: the type is asked first, so that no number is converted in place; a string's bytes do not move.
    unsafe {
        if ffi::lua_type(state, index) != ffi::LUA_TSTRING {
            return None;
        }
        let mut length = 0;
        let text = ffi::lua_tolstring(state, index, &mut length);
        (!text.is_null()).then(|| slice::from_raw_parts(text.cast(), length))
    }
}

/// The reference's `debug.traceback`. The debug library is opened in a state of its own, where no program can see it: a C
/// function is the same in all states.
pub(super) fn debug_traceback() -> Option<ffi::lua_CFunction> {
    static TRACEBACK: OnceLock<Option<ffi::lua_CFunction>> = OnceLock::new();
    *TRACEBACK.get_or_init(|| {
        let context = Context::new(&Limits::default());
        // SAFETY: the context outlives the state, which is closed before the end of this block. Opening a library can only fail
        // for lack of memory, which this context does not bound.
        unsafe {
            let state = ffi::lua_newstate(allocate, (&raw const context).cast_mut().cast());
            if state.is_null() {
                return None;
            }
            ffi::lua_atpanic(state, panic);
            ffi::lua_pushcclosure(state, ffi::luaopen_debug, 0);
            ffi::lua_call(state, 0, 1);
            ffi::lua_getfield_(state, -1, c"traceback".as_ptr());
            let traceback = ffi::lua_tocfunction(state, -1);
            ffi::lua_close(state);
            traceback
        }
    })
}

/// Called for an error outside every protected call, which can only be the C library's refusal to allocate.
pub(super) unsafe extern "C-unwind" fn panic(_: *mut ffi::lua_State) -> c_int {
    eprintln!("reference: an error found no protected call");
    std::process::abort()
}
