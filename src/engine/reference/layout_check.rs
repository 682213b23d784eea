//! Whether the reference is laid out in memory as `layout` declares it: found out once in a process, before its first trace.
//!
//! Sizes come first: what has the size of its declaration can be read without harm. Then a small program runs, and before each
//! of its instructions what is read is compared with what the public API says.

use std::ffi::{CStr, c_int};
use std::mem::MaybeUninit;
use std::sync::OnceLock;

use mlua::ffi;

use super::callbacks::string_at;
use super::context::context_of;
use super::layout::{Call, StringHeader, Table, TaggedValue, Thread, UserdataHeader};
use super::probe::{Paused, address, seen};
use super::state::{ReferenceState, append};
use super::tracing::fields;
use crate::engine::Limits;
use crate::trace::{Kind, Probe, Seen};

/// What of the reference is not laid out in memory as it is read for traces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the reference is not laid out in memory as traces read it: {0}")]
pub struct LayoutDiffers(&'static str);

/// Looks at the layout, the first time that this is called in a process.
pub(super) fn verify() -> Result<(), LayoutDiffers> {
    static FOUND: OnceLock<Result<(), LayoutDiffers>> = OnceLock::new();
    *FOUND.get_or_init(|| examine_a_state().map_or(Ok(()), |difference| Err(LayoutDiffers(difference))))
}

#[derive(Default)]
struct Findings {
    difference: Option<&'static str>,
    instructions: u32,
}

/// Marks the findings in the registry by its address.
static KEY: u8 = 0;

/// Values of every type in registers and upvalues, arguments that are varargs, a nested call, and 15 instructions:
/// LOADK LOADK LOADBOOL VARARG NEWTABLE CLOSURE MOVE MOVE MOVE CALL RETURN, and GETUPVAL GETUPVAL VARARG RETURN.
const PROGRAM: &str = "local number, text, truth = 1.5, 'text', true
local thread, userdata, pointer, native = ...
local table = {}
local function inner(...)
  return number, text, ...
end
local n, t, u = inner(table, userdata)";
const INSTRUCTIONS: u32 = 15;

/// What differs, if anything does.
fn examine_a_state() -> Option<&'static str> {
    let state = ReferenceState::bare(&Limits::default())?;
    let mut findings = Findings::default();
    // SAFETY: the state is alive and nothing of it runs; the findings outlive the call, and `examine` takes them.
    let status = unsafe { ffi::lua_cpcall(state.as_ptr(), examine, (&raw mut findings).cast()) };
    match findings.difference {
        None if status != ffi::LUA_OK => Some("the program failed"),
        None if findings.instructions != INSTRUCTIONS => Some("the program's instructions"),
        difference => difference,
    }
}

/// Takes a pointer to [`Findings`].
unsafe extern "C-unwind" fn examine(state: *mut ffi::lua_State) -> c_int {
    // SAFETY: called by Lua in a protected call, with room for LUA_MINSTACK values. Nothing here has a destructor.
    unsafe {
        let findings = ffi::lua_touserdata(state, 1).cast::<Findings>();
        ffi::lua_gc(state, ffi::LUA_GCSTOP, 0);
        (*findings).difference = different_size(state).or_else(|| different_table(state));
        if (*findings).difference.is_some() {
            return 0;
        }
        ffi::lua_pushlightuserdata(state, (&raw const KEY).cast_mut().cast());
        ffi::lua_pushvalue(state, 1);
        ffi::lua_rawset(state, ffi::LUA_REGISTRYINDEX);
        if ffi::luaL_loadbuffer(state, PROGRAM.as_ptr().cast(), PROGRAM.len(), c"=layout".as_ptr()) != ffi::LUA_OK {
            ffi::lua_error(state);
        }
        ffi::lua_newthread(state);
        ffi::lua_newuserdata(state, 1);
        ffi::lua_pushvalue(state, 1);
        ffi::lua_pushcclosure(state, examine, 0);
        ffi::lua_sethook(state, Some(compare), ffi::LUA_MASKCOUNT, 1);
        ffi::lua_call(state, 4, 0);
        ffi::lua_sethook(state, None, 0, 0);
    }
    0
}

/// The first structure whose block does not have the size that is declared.
///
/// # Safety
/// To be called from a C function, while no collection runs.
unsafe fn different_size(state: *mut ffi::lua_State) -> Option<&'static str> {
    const TEXT: &CStr = c"a string that is in no state yet";
    // What a new thread has of its own: 8 calls, and 45 values.
    const THREAD: usize = size_of::<Thread>() + 8 * size_of::<Call>() + 45 * size_of::<TaggedValue>();
    // SAFETY: each thing that is made is popped, so that there is room for the next. None of the closures has a destructor.
    unsafe {
        let held = || context_of(state).budget.held();
        let size = |make: &dyn Fn()| {
            let before = held();
            make();
            ffi::lua_pop(state, 1);
            held() - before
        };
        let sizes = [
            ("tables", size(&|| ffi::lua_createtable(state, 0, 0)), size_of::<Table>()),
            ("userdata", size(&|| _ = ffi::lua_newuserdata(state, 0)), size_of::<UserdataHeader>()),
            ("threads", size(&|| _ = ffi::lua_newthread(state)), THREAD),
            (
                "strings",
                size(&|| ffi::lua_pushlstring_(state, TEXT.as_ptr(), TEXT.count_bytes())),
                size_of::<StringHeader>() + TEXT.count_bytes() + 1,
            ),
        ];
        sizes.iter().find(|(_, found, declared)| found != declared).map(|(what, ..)| *what)
    }
}

/// Whether the fields of tables are not where they are declared.
///
/// # Safety
/// To be called from a C function, after the sizes were compared.
unsafe fn different_table(state: *mut ffi::lua_State) -> Option<&'static str> {
    // SAFETY: there is room for two values. What is borrowed is on the stack, and nothing runs meanwhile.
    unsafe {
        ffi::lua_createtable(state, 1, 2);
        for (key, value) in [(c"b", 1.5), (c"a", 2.5)] {
            ffi::lua_pushnumber(state, value);
            ffi::lua_setfield(state, -2, key.as_ptr());
        }
        let is_same = {
            let found = fields(ffi::lua_topointer(state, -1).cast());
            let found: Vec<_> = found.iter().map(|(key, value)| (*key, seen(*value))).collect();
            found == [(&b"a"[..], Seen::Number(2.5)), (&b"b"[..], Seen::Number(1.5))]
        };
        ffi::lua_pop(state, 1);
        let globals = (*state.cast_const().cast::<Thread>()).globals;
        let is_same = is_same && is_shown(state, ffi::LUA_GLOBALSINDEX, seen(&raw const globals));
        (!is_same).then_some("the fields of tables")
    }
}

/// The hook of the program.
unsafe extern "C-unwind" fn compare(state: *mut ffi::lua_State, _: *mut ffi::lua_Debug) {
    // SAFETY: a hook has room for LUA_MINSTACK values, and the findings are in the registry while the program runs.
    unsafe {
        ffi::lua_pushlightuserdata(state, (&raw const KEY).cast_mut().cast());
        ffi::lua_rawget(state, ffi::LUA_REGISTRYINDEX);
        let findings = &mut *ffi::lua_touserdata(state, -1).cast::<Findings>();
        ffi::lua_pop(state, 1);
        findings.instructions += 1;
        if findings.difference.is_none() {
            findings.difference = difference(state);
        }
    }
}

/// Whether something that is read is what the public API shows.
type Check = unsafe fn(*mut ffi::lua_State) -> bool;

/// What is read in another way than the public API shows it, in front of an instruction.
///
/// # Safety
/// To be called from a count hook, with its thread, after the sizes were compared.
pub(super) unsafe fn difference(state: *mut ffi::lua_State) -> Option<&'static str> {
    // SAFETY: as the contract says. A hook has room for LUA_MINSTACK values; no function that is called here raises.
    unsafe {
        let checks: [(_, Check); 4] = [
            ("calls", shows_calls),
            ("registers", shows_registers),
            ("functions", shows_function),
            ("code", shows_code),
        ];
        checks.iter().find(|(_, is_shown)| !is_shown(state)).map(|(what, _)| *what)
    }
}

/// # Safety
/// As for [`difference`].
unsafe fn shows_calls(state: *mut ffi::lua_State) -> bool {
    // SAFETY: as the contract says.
    unsafe {
        ffi::lua_pushthread(state);
        let thread = address(ffi::lua_topointer(state, -1));
        ffi::lua_pop(state, 1);
        let mut call = MaybeUninit::zeroed();
        let levels = (0..).take_while(|level| ffi::lua_getstack(state, *level, call.as_mut_ptr()) == 1).count();
        let place = Paused::new(state).place();
        place.thread == thread && usize::try_from(place.depth) == Ok(levels)
    }
}

/// # Safety
/// As for [`difference`].
unsafe fn shows_registers(state: *mut ffi::lua_State) -> bool {
    // SAFETY: as the contract says. In a hook, index 1 is register 0.
    unsafe {
        let top = ffi::lua_gettop(state);
        let paused = Paused::new(state);
        usize::try_from(top) == Ok(paused.top())
            && (1..=top).zip(0..).all(|(index, register)| is_shown(state, index, paused.register(register)))
    }
}

/// # Safety
/// As for [`difference`].
unsafe fn shows_function(state: *mut ffi::lua_State) -> bool {
    // SAFETY: as the contract says. What is pushed is popped; each probe is used up before something else is pushed.
    unsafe {
        let top = ffi::lua_gettop(state);
        push_running(state);
        let is_same = is_shown(state, -1, Paused::new(state).function());
        ffi::lua_getfenv(state, -1);
        let is_same = is_same && is_shown(state, -1, Paused::new(state).environment());
        ffi::lua_settop(state, top + 1);
        let has_upvalues = (1..=255).zip(0..).all(|(number, upvalue)| {
            ffi::lua_settop(state, top + 1);
            if ffi::lua_getupvalue(state, top + 1, number).is_null() {
                return Paused::new(state).upvalue(upvalue) == Seen::Nil;
            }
            is_shown(state, -1, Paused::new(state).upvalue(upvalue))
        });
        ffi::lua_settop(state, top);
        is_same && has_upvalues
    }
}

/// # Safety
/// As for [`difference`].
unsafe fn shows_code(state: *mut ffi::lua_State) -> bool {
    let mut chunk: Vec<u8> = Vec::new();
    // SAFETY: as the contract says. `lua_dump` neither allocates nor raises, and its writer gets the vector that it expects.
    let (info, place, facts) = unsafe {
        let info = push_running(state);
        ffi::lua_dump_(state, append, (&raw mut chunk).cast());
        ffi::lua_pop(state, 1);
        let paused = Paused::new(state);
        (info, paused.place(), paused.prototype())
    };
    let code: Vec<u8> = facts.code.iter().flat_map(|word| word.to_le_bytes()).collect();
    // SAFETY: the source belongs to the running function.
    let source = unsafe { CStr::from_ptr(info.source) };
    let is_code = |bytes: &[u8]| bytes == code;
    !code.is_empty()
        && chunk.windows(code.len()).any(is_code)
        && facts.code.get(place.pc as usize) == Some(&place.word)
        && facts.lines.get(place.pc as usize).map(|line| line.cast_signed()) == Some(info.currentline)
        && facts.line_defined.cast_signed() == info.linedefined
        && facts.last_line_defined.cast_signed() == info.lastlinedefined
        && facts.source == source.to_bytes()
}

/// Pushes the running function, and gives what is known of it.
///
/// # Safety
/// To be called from a hook, with room for one value.
unsafe fn push_running(state: *mut ffi::lua_State) -> ffi::lua_Debug {
    // SAFETY: there is a running function, about which `lua_getinfo` is asked; all zeros is a valid event.
    unsafe {
        let mut info = MaybeUninit::<ffi::lua_Debug>::zeroed();
        ffi::lua_getstack(state, 0, info.as_mut_ptr());
        ffi::lua_getinfo(state, c"lSf".as_ptr(), info.as_mut_ptr());
        info.assume_init()
    }
}

/// Whether a value is the one at an index.
///
/// # Safety
/// The index must be valid.
unsafe fn is_shown(state: *mut ffi::lua_State, index: c_int, value: Seen<'_>) -> bool {
    // SAFETY: the index is valid, and each accessor is used on the type it is for.
    unsafe {
        let object = |kind, header: usize| {
            value == Seen::Object(kind, address(ffi::lua_topointer(state, index)) - header as u64)
        };
        match ffi::lua_type(state, index) {
            ffi::LUA_TNIL => value == Seen::Nil,
            ffi::LUA_TBOOLEAN => value == Seen::Boolean(ffi::lua_toboolean(state, index) != 0),
            ffi::LUA_TNUMBER => {
                matches!(value, Seen::Number(n) if n.to_bits() == ffi::lua_tonumber(state, index).to_bits())
            }
            ffi::LUA_TSTRING => string_at(state, index).is_some_and(|text| value == Seen::String(text)),
            ffi::LUA_TTABLE => object(Kind::Table, 0),
            ffi::LUA_TFUNCTION => object(Kind::Function, 0),
            ffi::LUA_TTHREAD => object(Kind::Thread, 0),
            ffi::LUA_TLIGHTUSERDATA => object(Kind::LightUserdata, 0),
            // The API gives the address behind the header.
            ffi::LUA_TUSERDATA => object(Kind::Userdata, size_of::<UserdataHeader>()),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;
    use crate::lua::bytecode::{Constant, Prototype, undump};
    use crate::trace::PrototypeFacts;

    const SOURCE: &str = "local a, b, c = 1.5, 'text', nil
        local function outer(x, ...)
          local t = {x, y = false, ...}
          local function inner(k) a = a + 1 return t[k] == nil and b .. k or t end
          return inner(1), inner 'z', inner
        end
        for i = 1, 3 do c = outer(i, a, b, outer) end
        local function down(n) if n > 0 then return 1 + down(n - 1) end return 0, -0 end
        local d = down(4) d = -d * 2 ^ 0.5 % 3
        while d < 2 do d = d + 1 ; e = d end
        return c, e";

    #[test]
    fn a_layout_that_is_as_declared_passes() {
        assert_eq!(examine_a_state(), None);
        assert_eq!(verify(), Ok(()));
    }

    /// What a hook found in front of an instruction.
    struct Found {
        difference: Option<&'static str>,
        has_shown_locals: bool,
        depth: u32,
        facts: PrototypeFacts,
        constants: Vec<String>,
    }

    thread_local! {
        static FOUND: RefCell<Vec<Found>> = const { RefCell::new(Vec::new()) };
    }

    const CONSTANTS: usize = 12;

    unsafe extern "C-unwind" fn look(state: *mut ffi::lua_State, _: *mut ffi::lua_Debug) {
        // SAFETY: a hook has room for LUA_MINSTACK values, and nothing that is called here raises.
        let found = unsafe {
            let (difference, has_shown_locals) = (difference(state), shows_locals(state));
            let paused = Paused::new(state);
            Found {
                difference,
                has_shown_locals,
                depth: paused.place().depth,
                facts: paused.prototype(),
                constants: (0..CONSTANTS).map(|constant| format!("{:?}", paused.constant(constant))).collect(),
            }
        };
        FOUND.with_borrow_mut(|all| all.push(found));
    }

    /// Whether `lua_getlocal` gives what is read from the registers, of locals with names and of temporaries.
    unsafe fn shows_locals(state: *mut ffi::lua_State) -> bool {
        // SAFETY: a hook has room for LUA_MINSTACK values; each value is popped before the next.
        unsafe {
            let mut call = MaybeUninit::zeroed();
            ffi::lua_getstack(state, 0, call.as_mut_ptr());
            let top = ffi::lua_gettop(state);
            let is_same = (1..=top).zip(0..).all(|(number, register)| {
                ffi::lua_settop(state, top);
                !ffi::lua_getlocal(state, call.as_ptr(), number).is_null()
                    && is_shown(state, -1, Paused::new(state).register(register))
            });
            ffi::lua_settop(state, top);
            is_same
        }
    }

    fn constants_of(prototype: &Prototype) -> Vec<String> {
        let shown = |constant: Option<&Constant>| match constant {
            None | Some(Constant::Nil) => format!("{:?}", Seen::Nil),
            Some(Constant::Boolean(boolean)) => format!("{:?}", Seen::Boolean(*boolean)),
            Some(Constant::Number(number)) => format!("{:?}", Seen::Number(*number)),
            Some(Constant::String(text)) => format!("{:?}", Seen::String(text)),
            Some(Constant::NullString) => panic!("no compiler makes it"),
        };
        (0..CONSTANTS).map(|constant| shown(prototype.constants.get(constant))).collect()
    }

    fn facts_of(prototype: &Prototype, all: &mut Vec<(PrototypeFacts, Vec<String>)>) {
        let facts = PrototypeFacts {
            source: b"=layout".to_vec(),
            line_defined: prototype.line_defined.cast_unsigned(),
            last_line_defined: prototype.last_line_defined.cast_unsigned(),
            code: prototype.code.iter().map(|word| word.0).collect(),
            lines: prototype.line_info.iter().map(|line| line.cast_unsigned()).collect(),
        };
        all.push((facts, constants_of(prototype)));
        for nested in &prototype.prototypes {
            facts_of(nested, all);
        }
    }

    #[test]
    fn what_is_read_is_what_the_api_and_a_dump_show() {
        let state = ReferenceState::bare(&Limits::default()).expect("there is memory");
        state.load(SOURCE.as_bytes(), b"=layout").expect("a valid program");
        let main = undump(&state.dump(), b"=layout", 0).expect("the reference's own chunk");
        let mut expected = Vec::new();
        facts_of(&main, &mut expected);
        // SAFETY: the state is alive; the function is on its stack, and the call is protected.
        let status = unsafe {
            ffi::lua_sethook(state.as_ptr(), Some(look), ffi::LUA_MASKCOUNT, 1);
            ffi::lua_pcall(state.as_ptr(), 0, 0, 0)
        };
        assert_eq!(status, ffi::LUA_OK);
        let found = FOUND.take();
        assert!(found.len() > 150, "{}", found.len());
        assert_eq!(found.iter().map(|found| found.depth).max(), Some(6));
        for found in &found {
            assert_eq!((found.difference, found.has_shown_locals), (None, true));
            let (_, constants) =
                expected.iter().find(|(facts, _)| *facts == found.facts).expect("a prototype of the dump");
            assert_eq!(&found.constants, constants);
        }
        for (facts, _) in &expected {
            assert!(found.iter().any(|found| found.facts == *facts), "line {} was seen", facts.line_defined);
        }
    }
}
