//! `debug.sethook` and `debug.gethook` beside the hook that counts and records instructions.
//!
//! A thread has one hook in the reference. While instructions are counted or recorded that is ours, before every instruction, and it calls
//! the program's when that would be called. What the program sees is what the reference's functions (`ldblib.c`) show it, with
//! one exception: a coroutine made while a count hook is set does not inherit its count, for `debug.gethook` to report.

use std::cell::Cell;
use std::ffi::{CStr, c_char, c_int};
use std::ptr;

use mlua::ffi;

use super::context::{context_of, raise};

/// What a program's hook in a thread has asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct ProgramHook {
    thread: *mut ffi::lua_State,
    mask: c_int,
    count: c_int,
    /// How many instructions are left until the hook is called for its count.
    left: c_int,
}

const EVENTS: [&CStr; 5] = [c"call", c"return", c"line", c"count", c"tail return"];

/// Marks the table of hooks in the registry by its address.
static KEY: u8 = 0;

/// Called before every instruction, and for what the program's hook wants to see. It raises before the first instruction beyond
/// the budget, and before every one after that, so that a program cannot go on by catching the error.
pub(super) unsafe extern "C-unwind" fn observe(state: *mut ffi::lua_State, event: *mut ffi::lua_Debug) {
    // SAFETY: Lua calls hooks with a valid event, in states that were made over a context; when the tick is refused, the budget is
    // stopped. No value here has a destructor.
    unsafe {
        if (*event).event == ffi::LUA_HOOKCOUNT {
            let context = context_of(state);
            if context.sees_instructions() {
                if !context.admits_instruction(state) {
                    raise(state);
                }
                if !context.hooks.is_due(state) {
                    return;
                }
            }
        }
        call_program_hook(state, event);
    }
}

/// Calls the program's hook of this thread, if it has one (`hookf`).
///
/// # Safety
/// To be called from a hook.
unsafe fn call_program_hook(state: *mut ffi::lua_State, event: *mut ffi::lua_Debug) {
    // SAFETY: a hook has room for LUA_MINSTACK values.
    unsafe {
        push_table(state);
        ffi::lua_pushlightuserdata(state, state.cast());
        ffi::lua_rawget(state, -2);
        if ffi::lua_type(state, -1) != ffi::LUA_TFUNCTION {
            return;
        }
        let name = usize::try_from((*event).event).ok().and_then(|index| EVENTS.get(index)).unwrap_or(&c"");
        ffi::lua_pushstring_(state, name.as_ptr());
        if (*event).currentline >= 0 {
            ffi::lua_pushinteger(state, (*event).currentline as ffi::lua_Integer);
        } else {
            ffi::lua_pushnil(state);
        }
        ffi::lua_call(state, 2, 0);
    }
}

/// Pushes the table from threads to hooks.
///
/// # Safety
/// There must be room for two values.
unsafe fn push_table(state: *mut ffi::lua_State) {
    // SAFETY: as the contract says.
    unsafe {
        let key = (&raw const KEY).cast_mut().cast();
        ffi::lua_pushlightuserdata(state, key);
        ffi::lua_rawget(state, ffi::LUA_REGISTRYINDEX);
        if ffi::lua_type(state, -1) != ffi::LUA_TTABLE {
            ffi::lua_pop(state, 1);
            ffi::lua_createtable(state, 0, 1);
            ffi::lua_pushlightuserdata(state, key);
            ffi::lua_pushvalue(state, -2);
            ffi::lua_rawset(state, ffi::LUA_REGISTRYINDEX);
        }
    }
}

/// The thread that a function of the debug library is about, and how many arguments stand for it (`getthread`).
///
/// # Safety
/// To be called from a C function.
unsafe fn thread_argument(state: *mut ffi::lua_State) -> (*mut ffi::lua_State, c_int) {
    // SAFETY: the index may be beyond the top; the type is asked first.
    unsafe { if ffi::lua_type(state, 1) == ffi::LUA_TTHREAD { (ffi::lua_tothread(state, 1), 1) } else { (state, 0) } }
}

/// `debug.sethook([thread,] hook, mask [, count])`
pub(super) unsafe extern "C-unwind" fn sethook(state: *mut ffi::lua_State) -> c_int {
    // SAFETY: called by Lua with its arguments on the stack; no value here has a destructor.
    unsafe {
        let (thread, skipped) = thread_argument(state);
        let (mask, count) = if ffi::lua_type(state, skipped + 1) <= ffi::LUA_TNIL {
            ffi::lua_settop(state, skipped + 1);
            (0, 0)
        } else {
            let letters = ffi::luaL_checkstring(state, skipped + 2);
            ffi::luaL_checktype(state, skipped + 1, ffi::LUA_TFUNCTION);
            let count = ffi::luaL_optinteger(state, skipped + 3, 0) as c_int;
            (mask_of(letters, count), count)
        };
        push_table(state);
        ffi::lua_pushlightuserdata(state, thread.cast());
        ffi::lua_pushvalue(state, skipped + 1);
        ffi::lua_rawset(state, -3);
        context_of(state).hooks.set(ProgramHook { thread, mask, count, left: count });
        arm(thread, mask, count);
    }
    0
}

/// Has a thread call [`observe`] for what a program's hook wants, and for every instruction if those are counted or recorded.
///
/// # Safety
/// The thread must be alive, and of a state that was made over a context.
pub(super) unsafe fn arm(thread: *mut ffi::lua_State, mask: c_int, count: c_int) {
    // SAFETY: as the contract says.
    unsafe {
        if context_of(thread).sees_instructions() {
            ffi::lua_sethook(thread, Some(observe), mask | ffi::LUA_MASKCOUNT, 1);
        } else if mask == 0 {
            ffi::lua_sethook(thread, None, 0, 0);
        } else {
            ffi::lua_sethook(thread, Some(observe), mask, count);
        }
    }
}

/// # Safety
/// `letters` must be a C string.
unsafe fn mask_of(letters: *const c_char, count: c_int) -> c_int {
    // SAFETY: as the contract says.
    let letters = unsafe { CStr::from_ptr(letters) }.to_bytes();
    let flag = |letter: u8, mask: c_int| if letters.contains(&letter) { mask } else { 0 };
    flag(b'c', ffi::LUA_MASKCALL)
        | flag(b'r', ffi::LUA_MASKRET)
        | flag(b'l', ffi::LUA_MASKLINE)
        | if count > 0 { ffi::LUA_MASKCOUNT } else { 0 }
}

/// `debug.gethook([thread])`
pub(super) unsafe extern "C-unwind" fn gethook(state: *mut ffi::lua_State) -> c_int {
    // SAFETY: as for `sethook`.
    unsafe {
        let (thread, _) = thread_argument(state);
        push_table(state);
        ffi::lua_pushlightuserdata(state, thread.cast());
        ffi::lua_rawget(state, -2);
        ffi::lua_remove(state, -2);
        let inherited = ffi::lua_gethookmask(thread) & !ffi::LUA_MASKCOUNT;
        let (mask, count) = context_of(state).hooks.of(thread).map_or((inherited, 0), |hook| (hook.mask, hook.count));
        let mut letters = [0_u8; 3];
        let mut used = 0;
        for (letter, flag) in [(b'c', ffi::LUA_MASKCALL), (b'r', ffi::LUA_MASKRET), (b'l', ffi::LUA_MASKLINE)] {
            if mask & flag != 0 {
                letters[used] = letter;
                used += 1;
            }
        }
        ffi::lua_pushlstring_(state, letters.as_ptr().cast(), used);
        ffi::lua_pushinteger(state, count as ffi::lua_Integer);
    }
    3
}

/// The programs' hooks of a state, by thread.
#[derive(Default)]
pub(super) struct ProgramHooks {
    hooks: Cell<Vec<ProgramHook>>,
    /// Whether any of them counts instructions: most programs set none.
    counts: Cell<bool>,
}

impl ProgramHooks {
    fn set(&self, hook: ProgramHook) {
        let mut hooks = self.hooks.take();
        hooks.retain(|other| !ptr::eq(other.thread, hook.thread));
        hooks.push(hook);
        self.counts.set(hooks.iter().any(|hook| hook.mask & ffi::LUA_MASKCOUNT != 0));
        self.hooks.set(hooks);
    }

    fn of(&self, thread: *mut ffi::lua_State) -> Option<ProgramHook> {
        let hooks = self.hooks.take();
        let found = hooks.iter().find(|hook| ptr::eq(hook.thread, thread)).copied();
        self.hooks.set(hooks);
        found
    }

    /// Whether the program's hook of a thread is to be called for its count, before the instruction that comes next.
    #[inline]
    fn is_due(&self, thread: *mut ffi::lua_State) -> bool {
        self.counts.get() && self.counts_down(thread)
    }

    fn counts_down(&self, thread: *mut ffi::lua_State) -> bool {
        let mut hooks = self.hooks.take();
        let hook = hooks.iter_mut().find(|hook| hook.mask & ffi::LUA_MASKCOUNT != 0 && ptr::eq(hook.thread, thread));
        let is_due = hook.is_some_and(|hook| {
            hook.left -= 1;
            let is_due = hook.left <= 0;
            if is_due {
                hook.left = hook.count;
            }
            is_due
        });
        self.hooks.set(hooks);
        is_due
    }
}
