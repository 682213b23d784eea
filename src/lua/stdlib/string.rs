//! The library `string` (manual §5.4), and the metatable that makes its functions methods of strings.
//!
//! This file has what needs no patterns. The bytes of a string stay borrowed from the heap for as long as nothing new is
//! made; results are parts of strings that exist, or come from the state's own buffer.

mod format;
mod search;
mod substitute;
#[cfg(test)]
mod tests;

use crate::lua::bytecode;
use crate::lua::heap::{StringRef, Type, Value};
use crate::lua::vm::{Call, Error, Event, State, Step};

/// Up to this length, results are made in a buffer that the state keeps.
const KEPT: usize = 1 << 16;

/// Opens the library.
pub(super) fn open(state: &mut State) {
    let library = state.open_library(
        "string",
        &[
            ("byte", byte),
            ("char", char),
            ("dump", dump),
            ("find", search::find),
            ("format", format::format),
            ("gfind", search::gmatch),
            ("gmatch", search::gmatch),
            ("gsub", substitute::gsub),
            ("len", len),
            ("lower", lower),
            ("match", search::match_pattern),
            ("rep", rep),
            ("reverse", reverse),
            ("sub", sub),
            ("upper", upper),
        ],
    );
    // The old name of `gmatch` is the same function (`LUA_COMPAT_GFIND`).
    let name = state.heap.string(b"gmatch");
    let gmatch = state.heap.raw_get(library, name);
    state.set_field(library, "gfind", gmatch);

    let metatable = state.library_table(1);
    let index = state.metamethods.name(Event::Index);
    // A string is a valid key, and the table has room for it.
    let _ = state.heap.raw_set(metatable, index, Value::table(library));
    state.metamethods.set_type_metatable(Type::String, Some(metatable));
}

/// The state's buffer, empty. It is lost when an error comes before [`give_buffer`], which costs an allocation, no more.
fn take_buffer(call: &mut Call<'_>) -> Vec<u8> {
    let mut buffer = std::mem::take(&mut call.state.scratch);
    buffer.clear();
    buffer
}

/// Makes a string of a buffer, which goes back to the state unless it has become large.
fn string_of_buffer(call: &mut Call<'_>, buffer: Vec<u8>) -> Result<Value, Error> {
    call.check_room(buffer.len())?;
    if buffer.capacity() > KEPT {
        return Ok(call.state.heap.adopt_string(buffer));
    }
    let value = call.state.heap.string(&buffer);
    call.state.scratch = buffer;
    Ok(value)
}

fn give_buffer(call: &mut Call<'_>, buffer: Vec<u8>) -> Result<Step, Error> {
    let value = string_of_buffer(call, buffer)?;
    call.give(value)
}

/// A position as Lua counts it: from 1, or from -1 backwards; never negative (`posrelat`).
#[inline]
fn position(position: i64, length: usize) -> i64 {
    let position = if position < 0 { position + length as i64 + 1 } else { position };
    position.max(0)
}

/// `string.byte(s [, i [, j]])`
fn byte(call: &mut Call<'_>) -> Result<Step, Error> {
    let string = call.check_string(1)?;
    let length = call.bytes(string).len();
    let first = position(call.optional_integer(2, 1)?, length);
    let last = position(call.optional_integer(3, first)?, length).min(length as i64);
    let first = first.max(1);
    if first > last {
        return Ok(Step::Return(0));
    }
    let count = (last - first + 1) as i32;
    if first + i64::from(count) <= last {
        return Err(call.error("string slice too long"));
    }
    call.check_stack(count as usize, "string slice too long")?;
    for place in first as usize - 1..last as usize {
        let byte = call.bytes(string).get(place).copied().unwrap_or_default();
        call.push(Value::number(f64::from(byte)));
    }
    Ok(Step::Return(count as usize))
}

/// `string.char(···)`
fn char(call: &mut Call<'_>) -> Result<Step, Error> {
    let mut buffer = take_buffer(call);
    for place in 1..=call.count() {
        match u8::try_from(call.check_int(place)?) {
            Ok(byte) => buffer.push(byte),
            Err(_) => return Err(call.argument_error(place, "invalid value")),
        }
    }
    give_buffer(call, buffer)
}

/// `string.dump(function)`
fn dump(call: &mut Call<'_>) -> Result<Step, Error> {
    let function = call.check_type(1, Type::Function)?;
    let Some(closure) = function.as_closure() else { return Err(call.error("unable to dump given function")) };
    let prototype = call.state.heap.closure(closure).prototype;
    let chunk = bytecode::dump(&call.state.prototypes.get(prototype).source, false);
    call.check_room(chunk.len())?;
    let value = call.state.heap.adopt_string(chunk);
    call.give(value)
}

/// `string.len(s)`
fn len(call: &mut Call<'_>) -> Result<Step, Error> {
    let string = call.check_string(1)?;
    let length = call.bytes(string).len();
    call.give(Value::number(length as f64))
}

/// `string.lower(s)`, of ASCII letters: the reference's locale is "C".
fn lower(call: &mut Call<'_>) -> Result<Step, Error> {
    let string = call.check_string(1)?;
    changed(call, string, |bytes| bytes.make_ascii_lowercase())
}

/// `string.upper(s)`
fn upper(call: &mut Call<'_>) -> Result<Step, Error> {
    let string = call.check_string(1)?;
    changed(call, string, |bytes| bytes.make_ascii_uppercase())
}

/// `string.reverse(s)`
fn reverse(call: &mut Call<'_>) -> Result<Step, Error> {
    let string = call.check_string(1)?;
    changed(call, string, |bytes| bytes.reverse())
}

/// Returns a copy of a string after a change in place.
#[inline]
fn changed(call: &mut Call<'_>, string: StringRef, change: impl Fn(&mut [u8])) -> Result<Step, Error> {
    call.check_room(call.bytes(string).len())?;
    let mut buffer = take_buffer(call);
    buffer.extend_from_slice(call.bytes(string));
    change(&mut buffer);
    give_buffer(call, buffer)
}

/// `string.rep(s, n)`
fn rep(call: &mut Call<'_>) -> Result<Step, Error> {
    let string = call.check_string(1)?;
    let count = usize::try_from(call.check_int(2)?).unwrap_or(0);
    let length = call.bytes(string).len();
    let Some(total) = length.checked_mul(count) else { return Err(call.memory_error()) };
    call.check_room(total)?;
    let mut buffer = if total > KEPT { Vec::new() } else { take_buffer(call) };
    if buffer.try_reserve_exact(total).is_err() {
        return Err(call.memory_error());
    }
    match call.bytes(string) {
        [byte] => buffer.resize(total, *byte),
        bytes if total > 0 => {
            buffer.extend_from_slice(bytes);
            while buffer.len() < total {
                buffer.extend_from_within(..buffer.len().min(total - buffer.len()));
            }
        }
        _ => {}
    }
    give_buffer(call, buffer)
}

/// `string.sub(s, i [, j])`
fn sub(call: &mut Call<'_>) -> Result<Step, Error> {
    let string = call.check_string(1)?;
    let length = call.bytes(string).len();
    let start = position(call.check_integer(2)?, length).max(1);
    let end = position(call.optional_integer(3, -1)?, length).min(length as i64);
    // Neither is negative, and one that is not less than the other makes an empty range.
    let part = start as usize - 1..(end as usize).max(start as usize - 1);
    give_part(call, string, part)
}

/// Returns a part of a string.
#[inline]
fn give_part(call: &mut Call<'_>, string: StringRef, part: std::ops::Range<usize>) -> Result<Step, Error> {
    call.check_room(part.len())?;
    let value = call.state.heap.part(string, part);
    call.give(value)
}
