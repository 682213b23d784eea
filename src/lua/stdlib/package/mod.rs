//! The library `package`, with `require` and `module`: as a build of the reference without dynamic libraries has it
//! (`loadlib.c`). Modules written in Lua are found and loaded; a module in C is found, and then refused.

mod library;
mod loaders;
mod module;
mod require;
#[cfg(test)]
mod tests;

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use super::Functions;
use crate::lua::c_string;
use crate::lua::heap::{TableRef, Value};
use crate::lua::vm::{Call, Error, NativeFunction, State, Step};

/// `LUA_PATH_DEFAULT`
const DEFAULT_PATH: &str = "./?.lua;/usr/local/share/lua/5.1/?.lua;/usr/local/share/lua/5.1/?/init.lua;\
                            /usr/local/lib/lua/5.1/?.lua;/usr/local/lib/lua/5.1/?/init.lua";
/// `LUA_CPATH_DEFAULT`
const DEFAULT_C_PATH: &str = "./?.so;/usr/local/lib/lua/5.1/?.so;/usr/local/lib/lua/5.1/loadall.so";
/// The separators of directories and of templates, the mark of the name, and two marks of no use here.
const CONFIGURATION: &[u8] = b"/\n;\n?\n!\n-";

const FUNCTIONS: &Functions = &[("loadlib", library::load_library), ("seeall", module::see_all)];
const GLOBAL_FUNCTIONS: &Functions = &[("module", module::module), ("require", require::require)];
const LOADERS: [NativeFunction; 4] = [loaders::preloaded, loaders::lua_file, loaders::c_file, loaders::c_root_file];

/// Opens the library: its table, and two functions in the globals.
pub(super) fn open(state: &mut State) {
    library::open(state);
    let package = state.open_library("package", FUNCTIONS);
    let loaders = state.heap.new_table();
    let _ = state.heap.grow_array(loaders, LOADERS.len(), 0);
    for (loader, index) in LOADERS.into_iter().zip(1..) {
        let loader = native_within(state, package, loader);
        let _ = state.heap.raw_set(loaders, Value::number(f64::from(index)), loader);
    }
    state.set_field(package, "loaders", Value::table(loaders));
    for (field, variable, default) in [("path", "LUA_PATH", DEFAULT_PATH), ("cpath", "LUA_CPATH", DEFAULT_C_PATH)] {
        let path = search_path(std::env::var_os(variable).as_deref(), default);
        let path = state.heap.string(&path);
        state.set_field(package, field, path);
    }
    let configuration = state.heap.string(CONFIGURATION);
    state.set_field(package, "config", configuration);
    let loaded = Value::table(state.loaded_packages());
    state.set_field(package, "loaded", loaded);
    let preload = Value::table(state.heap.new_table());
    state.set_field(package, "preload", preload);
    let globals = state.globals();
    for (name, function) in GLOBAL_FUNCTIONS {
        let function = native_within(state, package, *function);
        state.set_field(globals, name, function);
    }
}

/// A native function whose environment is the library's table, where it looks for paths and loaders.
fn native_within(state: &mut State, environment: TableRef, function: NativeFunction) -> Value {
    let native = state.new_native(function, &[]);
    state.heap.set_native_environment(native, environment);
    Value::native(native)
}

/// A search path from an environment variable, in which `;;` stands for the default path.
fn search_path(variable: Option<&OsStr>, default: &str) -> Vec<u8> {
    /// What the reference puts between the two separators first: one in the variable has the same effect.
    const MARK: u8 = 1;
    let Some(variable) = variable else { return default.as_bytes().to_vec() };
    let marked = substitute(variable.as_bytes(), b";;", &[b';', MARK, b';']).unwrap_or_default();
    substitute(&marked, &[MARK], default.as_bytes()).unwrap_or_default()
}

/// The text with another in every place of a pattern, which must not be empty (`luaL_gsub`). `None` if there is no memory for it.
fn substitute(text: &[u8], pattern: &[u8], replacement: &[u8]) -> Option<Vec<u8>> {
    let starts = |rest: &[u8]| rest.starts_with(pattern);
    let mut places = 0usize;
    let mut rest = text;
    while !rest.is_empty() {
        let step = if starts(rest) { pattern.len() } else { 1 };
        places += usize::from(starts(rest));
        rest = rest.get(step..).unwrap_or_default();
    }
    let size = replacement.len().checked_mul(places)?.checked_add(text.len())?;
    let mut result = Vec::new();
    result.try_reserve_exact(size).ok()?;
    let mut rest = text;
    while let Some((first, others)) = rest.split_first() {
        if starts(rest) {
            result.extend_from_slice(replacement);
            rest = rest.get(pattern.len()..).unwrap_or_default();
        } else {
            result.push(*first);
            rest = others;
        }
    }
    Some(result)
}

/// The name of a module as the reference sees it, which takes it for a C string. The argument becomes that string.
fn check_name(call: &mut Call<'_>) -> Result<Vec<u8>, Error> {
    let name = call.check_c_string(1)?;
    let value = call.state.new_string(&name)?;
    call.set(1, value);
    Ok(name)
}

/// The name of the module, once [`check_name`] has seen it.
fn name_of(call: &Call<'_>) -> Vec<u8> {
    call.value(1).as_string().map_or_else(Vec::new, |name| call.bytes(name).to_vec())
}

/// The value on top of the stack.
fn top(call: &Call<'_>) -> Value {
    call.value(call.count())
}
