//! The basic functions.

use super::{Functions, load, print};
use crate::lua::heap::{Intrinsic, Progress, TableRef, Unpacked, Userdata, Value};
use crate::lua::number::{parse_in_base, write_number};
use crate::lua::vm::{Call, Error, GiveResults, GiveStatus, Guard, LevelFrame, Outcome, Pending, State, Step};

const FUNCTIONS: &Functions = &[
    ("assert", assert),
    ("collectgarbage", collectgarbage),
    ("dofile", load::dofile),
    ("error", error),
    ("gcinfo", gcinfo),
    ("getfenv", getfenv),
    ("getmetatable", getmetatable),
    ("loadfile", load::loadfile),
    ("load", load::load),
    ("loadstring", load::loadstring),
    ("next", next),
    ("pcall", pcall),
    ("print", print::print),
    ("rawequal", rawequal),
    ("rawget", rawget),
    ("rawset", rawset),
    ("select", select),
    ("setfenv", setfenv),
    ("setmetatable", setmetatable),
    ("tonumber", tonumber),
    ("tostring", tostring),
    ("type", type_of),
    ("unpack", unpack),
    ("xpcall", xpcall),
];

/// Opens the library, in the globals.
pub(super) fn open(state: &mut State) {
    let globals = state.globals();
    state.set_field(globals, "_G", Value::table(globals));
    state.open_library("_G", FUNCTIONS);
    state.mark_intrinsic("tostring", Intrinsic::ToString);
    let version = state.heap.string(b"Lua 5.1");
    state.set_field(globals, "_VERSION", version);
    let step = state.new_intrinsic(ipairs_step, Intrinsic::IpairsStep);
    let ipairs = state.new_native(ipairs, &[step]);
    state.set_field(globals, "ipairs", Value::native(ipairs));
    let step = state.new_intrinsic(next, Intrinsic::Next);
    let pairs = state.new_native(pairs, &[step]);
    state.set_field(globals, "pairs", Value::native(pairs));
    let proxies = state.library_table(1);
    state.heap.set_metatable(proxies, Some(proxies));
    let mode = state.heap.string(b"kv");
    state.set_field(proxies, "__mode", mode);
    let newproxy = state.new_native(newproxy, &[Value::table(proxies)]);
    state.set_field(globals, "newproxy", Value::native(newproxy));
}

impl State {
    fn new_intrinsic(&mut self, function: crate::lua::vm::NativeFunction, intrinsic: Intrinsic) -> Value {
        let native = self.new_native(function, &[]);
        self.heap.set_intrinsic(native, intrinsic);
        Value::native(native)
    }

    fn mark_intrinsic(&mut self, name: &str, intrinsic: Intrinsic) {
        let key = self.heap.string(name.as_bytes());
        if let Some(native) = self.heap.raw_get(self.globals(), key).as_native() {
            self.heap.set_intrinsic(native, intrinsic);
        }
    }

    /// A field of a value's metatable, without metamethods; `nil` if there is none (`luaL_getmetafield`).
    pub(super) fn metafield(&mut self, value: Value, name: &str) -> Value {
        match self.metamethods.metatable(&self.heap, value) {
            Some(metatable) => {
                let key = self.heap.string(name.as_bytes());
                self.heap.raw_get(metatable, key)
            }
            None => Value::NIL,
        }
    }

    /// The text of a value as `tostring` gives it without metamethods.
    pub(super) fn write_plain_text(&self, value: Value, text: &mut Vec<u8>) {
        match value.unpack() {
            Unpacked::Nil => text.extend_from_slice(b"nil"),
            Unpacked::Boolean(true) => text.extend_from_slice(b"true"),
            Unpacked::Boolean(false) => text.extend_from_slice(b"false"),
            Unpacked::Number(n) => write_number(n, text),
            Unpacked::String(string) => text.extend_from_slice(self.heap.bytes(string)),
            _ => text.extend_from_slice(format!("{}: {:#x}", value.kind().name(), address(value)).as_bytes()),
        }
    }
}

/// What stands for the address of an object: unique in its state, and shaped like one.
pub fn address(value: Value) -> u64 {
    let bits = value.bits();
    0x5500_0000_0000 | (bits >> 48 & 7) << 36 | (bits & 0xFFFF_FFFF) << 4
}

/// `assert(v [, message])`
fn assert(call: &mut Call<'_>) -> Result<Step, Error> {
    if !call.check_any(1)?.is_falsy() {
        return Ok(Step::Return(call.count()));
    }
    let message = call.optional_c_string(2)?;
    Err(call.error(message.as_deref().unwrap_or(b"assertion failed!")))
}

/// `collectgarbage([opt [, arg]])`
pub(in crate::lua) fn collectgarbage(call: &mut Call<'_>) -> Result<Step, Error> {
    const OPTIONS: [&str; 7] = ["stop", "restart", "collect", "count", "step", "setpause", "setstepmul"];
    let option = call.check_option(1, Some("collect"), &OPTIONS)?;
    let extra = call.optional_int(2, 0)?;
    let heap = &mut call.state.heap;
    let result = match OPTIONS[option] {
        "stop" => {
            heap.stop_collector();
            Value::number(0.0)
        }
        "restart" => {
            heap.restart_collector();
            Value::number(0.0)
        }
        "count" => Value::number(heap.allocated() as f64 / 1024.0),
        "setpause" => Value::number(f64::from(heap.set_pause(extra))),
        "setstepmul" => Value::number(f64::from(heap.set_step_multiplier(extra))),
        "step" => {
            let budget = heap.begin_requested_steps(extra);
            return Collecting { is_step: true, budget, was_unobserved: call.state.execution.is_unobserved }
                .go_on(call);
        }
        _ => {
            call.state.begin_requested_collection();
            let was_unobserved = call.state.execution.is_unobserved;
            return Collecting { is_step: false, budget: i64::MAX, was_unobserved }.go_on(call);
        }
    };
    call.give(result)
}

/// A collection that was asked for, or a part of one, under way: the finalisers are called from here, one after the other.
#[derive(Clone, Copy, Debug)]
struct Collecting {
    is_step: bool,
    /// The work that is still to be done.
    budget: i64,
    was_unobserved: bool,
}

impl Collecting {
    fn go_on(mut self, call: &mut Call<'_>) -> Result<Step, Error> {
        loop {
            match call.state.advance_collection(&mut self.budget) {
                Progress::Ended => return self.end(call),
                Progress::Finalisers => {
                    let Some((finaliser, userdata)) = call.state.next_finaliser() else { continue };
                    call.state.heap.pay_for_finaliser(&mut self.budget);
                    call.push(finaliser);
                    call.push(userdata);
                    call.state.execution.is_unobserved = true;
                    return Ok(Step::Call { arguments: 1, wanted: 0, guard: Guard::None, pending: Box::new(self) });
                }
                Progress::Paid => match call.state.heap.end_requested_step() {
                    Some(budget) => self.budget = budget,
                    None => return call.give(Value::FALSE),
                },
            }
        }
    }

    fn end(self, call: &mut Call<'_>) -> Result<Step, Error> {
        call.give(if self.is_step { Value::TRUE } else { Value::number(0.0) })
    }
}

impl Pending for Collecting {
    fn resume(self: Box<Self>, call: &mut Call<'_>, outcome: Outcome) -> Result<Step, Error> {
        outcome?;
        call.state.execution.is_unobserved = self.was_unobserved;
        // The finaliser may have ended the cycle itself, by a collection of its own.
        if call.state.heap.is_pausing() { self.end(call) } else { self.go_on(call) }
    }

    fn duplicate(&self) -> Box<dyn Pending> {
        Box::new(*self)
    }
}

/// `gcinfo()`
fn gcinfo(call: &mut Call<'_>) -> Result<Step, Error> {
    let kilobytes = call.state.heap.allocated() >> 10;
    call.give(Value::number(kilobytes as f64))
}

/// `error(message [, level])`
fn error(call: &mut Call<'_>) -> Result<Step, Error> {
    let level = call.optional_int(2, 1)?;
    let value = call.value(1);
    let Ok(level) = usize::try_from(level) else { return Err(Error::raised(value)) };
    match call.state.to_string_value(value) {
        Some(message) if level > 0 => {
            let mut text = call.state.position_of_level(level);
            text.extend_from_slice(call.bytes(message));
            let value = call.state.new_string(&text)?;
            Err(Error::raised(value))
        }
        _ => Err(Error::raised(value)),
    }
}

/// The function that an argument names: itself, or the one at a level of the stack.
fn function_argument(call: &mut Call<'_>, is_optional: bool) -> Result<Value, Error> {
    let value = call.value(1);
    if value.is_function() {
        return Ok(value);
    }
    let level = if is_optional { call.optional_int(1, 1)? } else { call.check_int(1)? };
    let Ok(found) = usize::try_from(level) else {
        return Err(call.argument_error(1, "level must be non-negative"));
    };
    match call.state.frame_at_level(found) {
        None => Err(call.argument_error(1, "invalid level")),
        Some(LevelFrame::TailCall) => {
            Err(call.error(format!("no function environment for tail call at level {level}")))
        }
        Some(LevelFrame::Frame(index)) => Ok(call.state.function_of_frame(index)),
    }
}

impl State {
    /// The function that runs in a frame.
    pub(super) fn function_of_frame(&self, index: usize) -> Value {
        self.execution.frames.get(index).map_or(Value::NIL, |frame| frame.callee.function())
    }
}

/// `getfenv([f])`
fn getfenv(call: &mut Call<'_>) -> Result<Step, Error> {
    let function = function_argument(call, true)?;
    let environment = match function.as_closure() {
        Some(closure) => call.state.heap.closure(closure).environment,
        None => call.state.globals(),
    };
    call.give(Value::table(environment))
}

/// `setfenv(f, table)`
fn setfenv(call: &mut Call<'_>) -> Result<Step, Error> {
    let environment = call.check_table(2)?;
    let function = function_argument(call, false)?;
    if call.state.to_number(call.value(1)) == Some(0.0) {
        let thread = call.state.thread;
        call.state.heap.set_thread_globals(thread, environment);
        return Ok(Step::Return(0));
    }
    match function.as_closure() {
        Some(closure) => call.state.heap.set_closure_environment(closure, environment),
        None => return Err(call.error("'setfenv' cannot change environment of given object")),
    }
    call.give(function)
}

/// `getmetatable(object)`
fn getmetatable(call: &mut Call<'_>) -> Result<Step, Error> {
    let value = call.check_any(1)?;
    let Some(metatable) = call.state.metamethods.metatable(&call.state.heap, value) else {
        return call.give(Value::NIL);
    };
    let protected = call.state.metafield(value, "__metatable");
    call.give(if protected.is_nil() { Value::table(metatable) } else { protected })
}

/// `setmetatable(table, metatable)`
fn setmetatable(call: &mut Call<'_>) -> Result<Step, Error> {
    let metatable = call.argument(2);
    let table = call.check_table(1)?;
    let metatable = match metatable {
        Some(Value::NIL) => None,
        Some(value) if value.as_table().is_some() => value.as_table(),
        _ => return Err(call.argument_error(2, "nil or table expected")),
    };
    let value = Value::table(table);
    if !call.state.metafield(value, "__metatable").is_nil() {
        return Err(call.error("cannot change a protected metatable"));
    }
    call.state.heap.set_metatable(table, metatable);
    call.give(value)
}

/// `rawequal(v1, v2)`
fn rawequal(call: &mut Call<'_>) -> Result<Step, Error> {
    let (a, b) = (call.check_any(1)?, call.check_any(2)?);
    call.give(Value::boolean(a.raw_equals(b)))
}

/// `rawget(table, index)`
fn rawget(call: &mut Call<'_>) -> Result<Step, Error> {
    let table = call.check_table(1)?;
    let key = call.check_any(2)?;
    let value = call.raw_get(table, key);
    call.give(value)
}

/// `rawset(table, index, value)`
fn rawset(call: &mut Call<'_>) -> Result<Step, Error> {
    let table = call.check_table(1)?;
    let (key, value) = (call.check_any(2)?, call.check_any(3)?);
    call.raw_set(table, key, value)?;
    call.give(Value::table(table))
}

/// `type(v)`
fn type_of(call: &mut Call<'_>) -> Result<Step, Error> {
    let name = call.check_any(1)?.kind().name();
    call.give_bytes(name.as_bytes())
}

/// `next(table [, index])`
fn next(call: &mut Call<'_>) -> Result<Step, Error> {
    let table = call.check_table(1)?;
    // Hooks see what is on the stack: the next key takes the place of the last.
    call.set_count(2);
    let key = call.pop();
    match call.state.heap.table(table).next(key, &call.state.heap.strings) {
        Ok(Some((key, value))) => {
            call.push(key);
            call.push(value);
            Ok(Step::Return(2))
        }
        Ok(None) => call.give(Value::NIL),
        Err(_) => Err(call.state.run_error("invalid key to 'next'")),
    }
}

/// `pairs(t)`
fn pairs(call: &mut Call<'_>) -> Result<Step, Error> {
    let table = call.check_table(1)?;
    give_iteration(call, table, Value::NIL)
}

/// `ipairs(t)`
fn ipairs(call: &mut Call<'_>) -> Result<Step, Error> {
    let table = call.check_table(1)?;
    give_iteration(call, table, Value::number(0.0))
}

fn give_iteration(call: &mut Call<'_>, table: TableRef, initial: Value) -> Result<Step, Error> {
    let step = call.upvalue(0);
    call.push(step);
    call.push(Value::table(table));
    call.push(initial);
    Ok(Step::Return(3))
}

/// The iterator of `ipairs`.
fn ipairs_step(call: &mut Call<'_>) -> Result<Step, Error> {
    let index = call.check_int(2)?.wrapping_add(1);
    let table = call.check_table(1)?;
    let value = call.state.heap.table(table).get_int(index);
    if value.is_nil() {
        return Ok(Step::Return(0));
    }
    call.push(Value::number(f64::from(index)));
    call.push(value);
    Ok(Step::Return(2))
}

/// `select(index, ···)`
fn select(call: &mut Call<'_>) -> Result<Step, Error> {
    let count = call.count() as i64;
    if let Some(option) = call.value(1).as_string()
        && call.bytes(option).first() == Some(&b'#')
    {
        return call.give(Value::number((count - 1) as f64));
    }
    let index = i64::from(call.check_int(1)?);
    let index = if index < 0 { count + index } else { index.min(count) };
    if index < 1 {
        return Err(call.argument_error(1, "index out of range"));
    }
    Ok(Step::Return((count - index) as usize))
}

/// `tonumber(e [, base])`
fn tonumber(call: &mut Call<'_>) -> Result<Step, Error> {
    let base = call.optional_int(2, 10)?;
    let number = if base == 10 {
        let value = call.check_any(1)?;
        call.state.to_number(value)
    } else {
        let text = call.check_string(1)?;
        match u32::try_from(base) {
            Ok(base @ 2..=36) => parse_in_base(call.bytes(text), base),
            _ => return Err(call.argument_error(2, "base out of range")),
        }
    };
    call.give(number.map_or(Value::NIL, Value::foreign_number))
}

/// `tostring(e)`
fn tostring(call: &mut Call<'_>) -> Result<Step, Error> {
    let value = call.check_any(1)?;
    let metamethod = call.state.metafield(value, "__tostring");
    if !metamethod.is_nil() {
        call.push(metamethod);
        call.push(value);
        return Ok(Step::Call { arguments: 1, wanted: 1, guard: Guard::None, pending: Box::new(GiveResults) });
    }
    if value.is_string() {
        return call.give(value);
    }
    let mut text = Vec::with_capacity(32);
    call.state.write_plain_text(value, &mut text);
    call.give_bytes(&text)
}

/// `unpack(list [, i [, j]])`
fn unpack(call: &mut Call<'_>) -> Result<Step, Error> {
    let table = call.check_table(1)?;
    let first = call.optional_int(2, 1)?;
    let last = if call.is_none_or_nil(3) { call.state.heap.table(table).length() as i32 } else { call.check_int(3)? };
    if first > last {
        return Ok(Step::Return(0));
    }
    let count = last.wrapping_sub(first).wrapping_add(1);
    let fits = usize::try_from(count).is_ok_and(|count| count > 0 && call.has_stack(count));
    if !fits {
        return Err(call.error("too many results to unpack"));
    }
    for index in first..=last {
        let value = call.state.heap.table(table).get_int(index);
        call.push(value);
    }
    Ok(Step::Return(count as usize))
}

/// `pcall(f, arg1, ···)`
fn pcall(call: &mut Call<'_>) -> Result<Step, Error> {
    call.check_any(1)?;
    let arguments = call.count() - 1;
    Ok(Step::Call { arguments, wanted: -1, guard: Guard::NoHandler, pending: Box::new(GiveStatus) })
}

/// `xpcall(f, err)`
fn xpcall(call: &mut Call<'_>) -> Result<Step, Error> {
    call.check_any(2)?;
    call.set_count(2);
    let (function, handler) = (call.value(1), call.value(2));
    call.set(1, handler);
    call.set(2, function);
    Ok(Step::Call { arguments: 0, wanted: -1, guard: Guard::Handler(1), pending: Box::new(GiveStatus) })
}

/// `newproxy([boolean or proxy])`
fn newproxy(call: &mut Call<'_>) -> Result<Step, Error> {
    let model = call.value(1);
    let Some(proxies) = call.upvalue(0).as_table() else { return Err(call.stopped()) };
    let metatable = match model.unpack() {
        _ if model.is_falsy() => None,
        Unpacked::Boolean(_) => {
            let metatable = call.state.heap.new_table();
            call.raw_set(proxies, Value::table(metatable), Value::TRUE)?;
            Some(metatable)
        }
        _ => {
            let metatable = call.state.metamethods.metatable(&call.state.heap, model);
            let known = metatable.filter(|table| !call.raw_get(proxies, Value::table(*table)).is_falsy());
            if known.is_none() {
                return Err(call.argument_error(1, "boolean or proxy expected"));
            }
            known
        }
    };
    let environment = call.state.globals();
    let metatable = metatable.unwrap_or(TableRef::NONE);
    // In place of the arguments: a second copy above them could stay in a register of the caller's and keep the proxy alive.
    call.set_count(0);
    let proxy = call.state.heap.new_userdata(Userdata::new(metatable, environment));
    call.give(Value::userdata(proxy))
}
