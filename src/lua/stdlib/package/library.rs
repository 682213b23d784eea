//! Dynamic libraries, which are not loaded: safe code cannot call what is in them.

use super::{Call, Error, State, Step, Value};
use crate::lua::heap::{TableRef, Type, Userdata};

/// Why no library is loaded.
const REASON: &[u8] = b"dynamic libraries not enabled; check your Lua installation";
/// Where the registry has the metatable of what stands for a library.
const METATABLE: &str = "_LOADLIB";
/// What a C pointer takes.
const POINTER: usize = 8;

/// Makes the metatable of what stands for a library.
pub(super) fn open(state: &mut State) {
    let metatable = state.library_table(1);
    let registry = state.registry;
    state.set_field(registry, METATABLE, Value::table(metatable));
    let finaliser = state.new_native(unload, &[]);
    state.set_field(metatable, "__gc", Value::native(finaliser));
}

/// `package.loadlib(libname, funcname)`
pub(super) fn load_library(call: &mut Call<'_>) -> Result<Step, Error> {
    let path = call.check_c_string(1)?;
    call.check_string(2)?;
    let reason = refuse(call, &path)?;
    call.push(Value::NIL);
    call.push(reason);
    let kind = call.state.heap.string(b"absent");
    call.push(kind);
    Ok(Step::Return(3))
}

/// Enters a library into the registry, as the reference does before it tries to load it, and gives the reason why it cannot.
pub(super) fn refuse(call: &mut Call<'_>, path: &[u8]) -> Result<Value, Error> {
    let registry = call.state.registry;
    let key = call.state.new_string(&[b"LOADLIB: ", path].concat())?;
    if call.raw_get(registry, key).is_nil() {
        let metatable = registered_metatable(call).unwrap_or(TableRef::NONE);
        let environment = call.environment();
        let mut library = Userdata::new(metatable, environment);
        library.size = POINTER;
        let library = call.state.heap.new_userdata(library);
        call.raw_set(registry, key, Value::userdata(library))?;
    }
    Ok(call.state.heap.string(REASON))
}

fn registered_metatable(call: &mut Call<'_>) -> Option<TableRef> {
    let key = call.state.heap.string(METATABLE.as_bytes());
    call.raw_get(call.state.registry, key).as_table()
}

/// The finaliser of what stands for a library: there is nothing to unload.
fn unload(call: &mut Call<'_>) -> Result<Step, Error> {
    let value = call.value(1);
    let metatable = call.state.metamethods.metatable(&call.state.heap, value);
    if value.kind() == Type::Userdata && metatable.is_some() && metatable == registered_metatable(call) {
        return Ok(Step::Return(0));
    }
    Err(call.type_mismatch(1, METATABLE))
}
