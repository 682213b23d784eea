//! Local variables of calls, and upvalues of functions.

use super::thread_argument;
use crate::lua::bytecode::upvalue_name;
use crate::lua::heap::{ThreadRef, Upvalue, UpvalueRef, Value};
use crate::lua::vm::{Call, Error, LevelFrame, State, Step};

fn level_argument(call: &mut Call<'_>, thread: ThreadRef, place: usize) -> Result<LevelFrame, Error> {
    let level = call.check_int(place)?;
    match call.state.execution_of(thread).at_level(i64::from(level)) {
        Some(found) => Ok(found),
        None => Err(call.argument_error(place, "level out of range")),
    }
}

/// `debug.getlocal([thread,] level, local)`
pub(super) fn getlocal(call: &mut Call<'_>) -> Result<Step, Error> {
    let (thread, shift) = thread_argument(call);
    let level = level_argument(call, thread, shift + 1)?;
    let number = call.check_int(shift + 2)?;
    let Some(local) = call.state.find_local(thread, level, number, 0) else { return call.give(Value::NIL) };
    let value = call.state.local(thread, &local);
    let name = call.state.new_string(&local.name)?;
    call.push(name);
    call.push(value);
    Ok(Step::Return(2))
}

/// `debug.setlocal([thread,] level, local, value)`
pub(super) fn setlocal(call: &mut Call<'_>) -> Result<Step, Error> {
    let (thread, shift) = thread_argument(call);
    let level = level_argument(call, thread, shift + 1)?;
    let value = call.check_any(shift + 3)?;
    call.set_count(shift + 3);
    let number = call.check_int(shift + 2)?;
    // The reference moves the value to the other thread's stack first, which is one longer then.
    let pushed = usize::from(thread != call.state.thread);
    let Some(local) = call.state.find_local(thread, level, number, pushed) else { return call.give(Value::NIL) };
    call.state.set_local(thread, &local, value);
    call.give_bytes(&local.name)
}

/// The `place`th upvalue of a Lua function that has names for its upvalues, from 1, and its name.
fn find_upvalue(state: &State, function: Value, place: i32) -> Option<(UpvalueRef, Vec<u8>)> {
    let closure = state.heap.closure(function.as_closure()?);
    let index = usize::try_from(place).ok()?.checked_sub(1)?;
    let prototype = &state.prototypes.get(closure.prototype).source;
    let known = prototype.upvalue_names.len();
    let upvalue = *closure.upvalues.get(index).filter(|_| index < known)?;
    Some((upvalue, upvalue_name(prototype, u32::try_from(index).ok()?).to_vec()))
}

/// The arguments that both functions on upvalues take. Functions of the host keep theirs to themselves.
fn upvalue_argument(call: &mut Call<'_>) -> Result<Option<(UpvalueRef, Vec<u8>)>, Error> {
    let place = call.check_int(2)?;
    let function = call.value(1);
    if !function.is_function() {
        return Err(call.type_mismatch(1, "function"));
    }
    Ok(find_upvalue(call.state, function, place))
}

/// `debug.getupvalue(f, up)`
pub(super) fn getupvalue(call: &mut Call<'_>) -> Result<Step, Error> {
    let Some((upvalue, name)) = upvalue_argument(call)? else { return Ok(Step::Return(0)) };
    let value = call.state.value_of_upvalue(upvalue);
    let name = call.state.new_string(&name)?;
    call.push(name);
    call.push(value);
    Ok(Step::Return(2))
}

/// `debug.setupvalue(f, up, value)`: the value is the last argument.
pub(super) fn setupvalue(call: &mut Call<'_>) -> Result<Step, Error> {
    call.check_any(3)?;
    let value = call.value(call.count());
    let Some((upvalue, name)) = upvalue_argument(call)? else { return Ok(Step::Return(0)) };
    call.state.set_upvalue(upvalue, value);
    call.give_bytes(&name)
}

impl State {
    fn value_of_upvalue(&self, upvalue: UpvalueRef) -> Value {
        let upvalue = self.heap.upvalue(upvalue);
        if upvalue.place == Upvalue::CLOSED {
            return upvalue.value;
        }
        let stack = &self.execution_of(upvalue.thread).stack;
        stack.get(upvalue.place as usize).copied().unwrap_or(Value::NIL)
    }
}
