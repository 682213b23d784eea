//! The library `table` (`ltablib.c`), but for the algorithm of `table.sort`, which has a file of its own.
//!
//! Every access is raw, as in the reference: metamethods have no say here, except `__lt` in a sort. Positions are
//! 32-bit integers that wrap around like the reference's `int`s.

use super::sort;
use crate::lua::heap::{TableRef, Type, Value};
use crate::lua::number::write_number;
use crate::lua::vm::{Call, Completion, Error, Guard, Outcome, Pending, State, Step};

const FUNCTIONS: &super::Functions = &[
    ("concat", concat),
    ("foreach", foreach),
    ("foreachi", foreachi),
    ("getn", getn),
    ("maxn", maxn),
    ("insert", insert),
    ("remove", remove),
    ("setn", setn),
    ("sort", sort::sort),
];

/// Opens the library.
pub(super) fn open(state: &mut State) {
    state.open_library("table", FUNCTIONS);
}

/// The length of a table, as an `int`.
#[inline]
pub(super) fn length(call: &Call<'_>, table: TableRef) -> i32 {
    call.state.heap.table(table).length() as i32
}

/// The value of an integer key (`lua_rawgeti`).
#[inline(always)]
pub(super) fn get(call: &Call<'_>, table: TableRef, position: i32) -> Value {
    call.state.heap.table(table).get_int(position)
}

/// Sets an integer key (`lua_rawseti`).
#[inline(always)]
pub(super) fn set(call: &mut Call<'_>, table: TableRef, position: i32, value: Value) -> Result<(), Error> {
    let key = f64::from(position);
    if call.state.heap.put_element(table, key, value) {
        return Ok(());
    }
    call.raw_set(table, Value::number(key), value)
}

/// `table.concat(table [, sep [, i [, j]]])`
fn concat(call: &mut Call<'_>) -> Result<Step, Error> {
    let separator = call.optional_string(2)?;
    let table = call.check_table(1)?;
    let first = call.optional_int(3, 1)?;
    let last = if call.is_none_or_nil(4) { length(call, table) } else { call.check_int(4)? };
    let mut text = Vec::new();
    for position in first..=last {
        append_element(call, table, position, &mut text)?;
        if let Some(separator) = separator.filter(|_| position < last) {
            append(call, call.bytes(separator), &mut text)?;
        }
    }
    call.give_bytes(&text)
}

fn append_element(call: &mut Call<'_>, table: TableRef, position: i32, text: &mut Vec<u8>) -> Result<(), Error> {
    let value = get(call, table, position);
    if let Some(string) = value.as_string() {
        append(call, call.bytes(string), text)
    } else if let Some(n) = value.as_number() {
        write_number(n, text);
        Ok(())
    } else {
        let found = value.kind().name();
        Err(call.error(format!("invalid value ({found}) at index {position} in table for 'concat'")))
    }
}

fn append(call: &Call<'_>, bytes: &[u8], text: &mut Vec<u8>) -> Result<(), Error> {
    call.check_room(text.len() + bytes.len())?;
    text.try_reserve(bytes.len()).map_err(|_| call.memory_error())?;
    text.extend_from_slice(bytes);
    Ok(())
}

/// `table.getn(table)`
fn getn(call: &mut Call<'_>) -> Result<Step, Error> {
    let table = call.check_table(1)?;
    let length = length(call, table);
    call.give(Value::number(f64::from(length)))
}

/// `table.maxn(table)`
fn maxn(call: &mut Call<'_>) -> Result<Step, Error> {
    let table = call.check_table(1)?;
    let largest = call.state.heap.table(table).largest_number_key();
    call.give(Value::number(largest))
}

/// `table.setn(table, n)`, which only says that it is gone.
fn setn(call: &mut Call<'_>) -> Result<Step, Error> {
    call.check_table(1)?;
    Err(call.error("'setn' is obsolete"))
}

/// `table.insert(table, [pos,] value)`
fn insert(call: &mut Call<'_>) -> Result<Step, Error> {
    let table = call.check_table(1)?;
    let end = length(call, table).wrapping_add(1);
    let position = match call.count() {
        2 => end,
        3 => {
            let position = call.check_int(2)?;
            move_up(call, table, position, end.max(position))?;
            position
        }
        _ => return Err(call.error("wrong number of arguments to 'insert'")),
    };
    let value = call.value(call.count());
    set(call, table, position, value)?;
    Ok(Step::Return(0))
}

/// Moves the elements from `first` up to below `end` one place up, the last one first.
fn move_up(call: &mut Call<'_>, table: TableRef, first: i32, end: i32) -> Result<(), Error> {
    let mut to = end;
    while to > first {
        let lowest = first.max(1);
        if to > lowest {
            let (lowest, to_place) = (lowest as usize, to as usize);
            if call.state.heap.copy_elements(table, lowest, to_place - 1, lowest + 1) {
                to = lowest as i32;
                continue;
            }
        }
        // The position may be any: from there to the elements, it is far.
        call.spend(1)?;
        let value = get(call, table, to - 1);
        set(call, table, to, value)?;
        to -= 1;
    }
    Ok(())
}

/// `table.remove(table [, pos])`
fn remove(call: &mut Call<'_>) -> Result<Step, Error> {
    let table = call.check_table(1)?;
    let end = length(call, table);
    let position = call.optional_int(2, end)?;
    if !(1..=end).contains(&position) {
        return Ok(Step::Return(0));
    }
    let removed = get(call, table, position);
    move_down(call, table, position, end)?;
    set(call, table, end, Value::NIL)?;
    call.give(removed)
}

/// Moves the elements above `first`, up to `end`, one place down, the first one first. `first` is at least 1.
fn move_down(call: &mut Call<'_>, table: TableRef, first: i32, end: i32) -> Result<(), Error> {
    let mut to = first;
    let (array, _) = call.state.heap.table(table).sizes();
    let last = array.min(end as usize);
    if (to as usize) < last && call.state.heap.copy_elements(table, to as usize + 1, last, to as usize) {
        to = last as i32;
    }
    while to < end {
        call.spend(1)?;
        let value = get(call, table, to + 1);
        set(call, table, to, value)?;
        to += 1;
    }
    Ok(())
}

/// `table.foreach(table, f)`
fn foreach(call: &mut Call<'_>) -> Result<Step, Error> {
    call.check_table(1)?;
    call.check_type(2, Type::Function)?;
    call.set_count(2);
    call.push(Value::NIL);
    Box::new(Foreach).go_on(call)
}

/// A traversal under way. On the stack: the table, the function, the key of the entry it was called for.
#[derive(Debug)]
struct Foreach;

impl Foreach {
    fn go_on(self: Box<Self>, call: &mut Call<'_>) -> Result<Step, Error> {
        let table = call.check_table(1)?;
        let function = call.value(2);
        match call.state.heap.table(table).next(call.value(3), &call.state.heap.strings) {
            Ok(Some((key, value))) => {
                call.set(3, key);
                call.push(function);
                call.push(key);
                call.push(value);
                Ok(Step::Call { arguments: 2, wanted: 1, guard: Guard::None, pending: self })
            }
            Ok(None) => Ok(Step::Return(0)),
            Err(_) => Err(call.state.run_error("invalid key to 'next'")),
        }
    }
}

impl Pending for Foreach {
    fn resume(self: Box<Self>, call: &mut Call<'_>, outcome: Outcome) -> Result<Step, Error> {
        let Completion { results } = outcome?;
        if !call.value(call.count()).is_nil() {
            return Ok(Step::Return(results));
        }
        call.pop();
        self.go_on(call)
    }

    fn duplicate(&self) -> Box<dyn Pending> {
        Box::new(Foreach)
    }
}

/// `table.foreachi(table, f)`
fn foreachi(call: &mut Call<'_>) -> Result<Step, Error> {
    let table = call.check_table(1)?;
    let last = length(call, table);
    call.check_type(2, Type::Function)?;
    call.set_count(2);
    Box::new(ForeachElement { next: 1, last }).go_on(call)
}

/// A traversal of a list under way. On the stack: the table and the function.
#[derive(Clone, Debug)]
struct ForeachElement {
    next: i32,
    last: i32,
}

impl ForeachElement {
    fn go_on(mut self: Box<Self>, call: &mut Call<'_>) -> Result<Step, Error> {
        if self.next > self.last {
            return Ok(Step::Return(0));
        }
        let table = call.check_table(1)?;
        let (function, value) = (call.value(2), get(call, table, self.next));
        call.push(function);
        call.push(Value::number(f64::from(self.next)));
        call.push(value);
        self.next = self.next.saturating_add(1);
        Ok(Step::Call { arguments: 2, wanted: 1, guard: Guard::None, pending: self })
    }
}

impl Pending for ForeachElement {
    fn resume(self: Box<Self>, call: &mut Call<'_>, outcome: Outcome) -> Result<Step, Error> {
        let Completion { results } = outcome?;
        if !call.value(call.count()).is_nil() {
            return Ok(Step::Return(results));
        }
        call.pop();
        self.go_on(call)
    }

    fn duplicate(&self) -> Box<dyn Pending> {
        Box::new(self.clone())
    }
}

#[cfg(test)]
mod tests;
