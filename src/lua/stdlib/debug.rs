//! The library `debug`: what a program may know of itself and change in itself, around all rules (`ldblib.c`).
//!
//! The functions that deal with calls, hooks and the console have files of their own; here are those on values.

mod console;
mod hooks;
mod info;
mod locals;
#[cfg(test)]
mod tests;
mod traceback;

use super::Functions;
use crate::lua::heap::{ThreadRef, Unpacked, Value};
use crate::lua::vm::{Call, Error, State, Step};

const FUNCTIONS: &Functions = &[
    ("debug", console::debug),
    ("getfenv", getfenv),
    ("gethook", hooks::gethook),
    ("getinfo", info::getinfo),
    ("getlocal", locals::getlocal),
    ("getregistry", getregistry),
    ("getmetatable", getmetatable),
    ("getupvalue", locals::getupvalue),
    ("setfenv", setfenv),
    ("sethook", hooks::sethook),
    ("setlocal", locals::setlocal),
    ("setmetatable", setmetatable),
    ("setupvalue", locals::setupvalue),
    ("traceback", traceback::traceback),
];

/// Opens the library.
pub(super) fn open(state: &mut State) {
    state.open_library("debug", FUNCTIONS);
}

/// The thread that a function is about, and how many arguments name it: the first if it is a thread, else the running one.
fn thread_argument(call: &Call<'_>) -> (ThreadRef, usize) {
    match call.value(1).as_thread() {
        Some(thread) => (thread, 1),
        None => (call.state.thread, 0),
    }
}

/// `debug.getregistry()`
fn getregistry(call: &mut Call<'_>) -> Result<Step, Error> {
    let registry = call.state.registry;
    call.give(Value::table(registry))
}

/// `debug.getmetatable(object)`
fn getmetatable(call: &mut Call<'_>) -> Result<Step, Error> {
    let value = call.check_any(1)?;
    let metatable = call.state.metamethods.metatable(&call.state.heap, value);
    call.give(metatable.map_or(Value::NIL, Value::table))
}

/// `debug.setmetatable(object, table)`
fn setmetatable(call: &mut Call<'_>) -> Result<Step, Error> {
    let metatable = match call.argument(2) {
        Some(Value::NIL) => None,
        Some(value) if value.as_table().is_some() => value.as_table(),
        _ => return Err(call.argument_error(2, "nil or table expected")),
    };
    let object = call.value(1);
    let heap = &mut call.state.heap;
    match object.unpack() {
        Unpacked::Table(table) => heap.set_metatable(table, metatable),
        Unpacked::Userdata(userdata) => heap.set_userdata_metatable(userdata, metatable),
        _ => call.state.metamethods.set_type_metatable(object.kind(), metatable),
    }
    call.give(Value::TRUE)
}

/// `debug.getfenv(object)`
fn getfenv(call: &mut Call<'_>) -> Result<Step, Error> {
    let value = call.check_any(1)?;
    let heap = &call.state.heap;
    let environment = match value.unpack() {
        Unpacked::Closure(closure) => Some(heap.closure(closure).environment),
        Unpacked::Native(native) => Some(heap.native(native).environment),
        Unpacked::Userdata(userdata) => heap.userdata.get(userdata.0).environment.some(),
        Unpacked::Thread(thread) => Some(heap.thread(thread).globals()),
        _ => None,
    };
    call.give(environment.map_or(Value::NIL, Value::table))
}

/// `debug.setfenv(object, table)`
fn setfenv(call: &mut Call<'_>) -> Result<Step, Error> {
    let environment = call.check_table(2)?;
    let object = call.value(1);
    let heap = &mut call.state.heap;
    match object.unpack() {
        Unpacked::Closure(closure) => heap.set_closure_environment(closure, environment),
        Unpacked::Native(native) => heap.set_native_environment(native, environment),
        Unpacked::Userdata(userdata) => heap.set_userdata_environment(userdata, environment),
        Unpacked::Thread(thread) => heap.set_thread_globals(thread, environment),
        _ => return Err(call.error("'setfenv' cannot change environment of given object")),
    }
    call.give(object)
}
