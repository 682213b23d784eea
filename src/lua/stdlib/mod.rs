//! The standard library: one file per Lua library, string patterns in a file of their own.
//!
//! A library is a list of names and native functions. Nothing here knows how the loop works: what calls back is a small state
//! machine (`Pending`).

mod base;
mod coroutine;
mod debug;
mod io;
mod load;
mod math;
mod os;
mod package;
pub mod pattern;
mod print;
mod random;
mod sort;
mod stages;
mod string;
mod table;
#[cfg(test)]
mod trial;

pub use base::address;
pub(in crate::lua) use base::collectgarbage;
pub use io::Errno;
pub(in crate::lua) use io::Streams;
pub use load::system_message;
pub use random::Random;

use crate::lua::heap::{TableRef, Value};
use crate::lua::vm::{Call, NativeFunction, State};

/// A library's functions, in the order in which the reference registers them: the iteration order of its table depends on it.
type Functions = [(&'static str, NativeFunction)];

impl State {
    /// A state with all libraries, opened in the reference's order.
    pub fn with_libraries() -> Self {
        let mut state = Self::new();
        base::open(&mut state);
        coroutine::open(&mut state);
        package::open(&mut state);
        table::open(&mut state);
        io::open(&mut state);
        os::open(&mut state);
        string::open(&mut state);
        math::open(&mut state);
        debug::open(&mut state);
        state
    }

    /// Makes the table of a library, or adds to it, and registers it in the globals and among the loaded packages
    /// (`luaL_register`).
    fn open_library(&mut self, name: &str, functions: &Functions) -> TableRef {
        let loaded = self.loaded_packages();
        let key = self.heap.string(name.as_bytes());
        let library = match self.heap.raw_get(loaded, key).as_table() {
            Some(library) => library,
            None => {
                let globals = self.globals();
                let found = self.heap.raw_get(globals, key).as_table();
                let library = match found {
                    Some(library) => library,
                    None => self.library_table(functions.len()),
                };
                self.set_field(globals, name, Value::table(library));
                self.set_field(loaded, name, Value::table(library));
                library
            }
        };
        for (name, function) in functions {
            let native = self.new_native(*function, &[]);
            self.set_field(library, name, Value::native(native));
        }
        library
    }

    /// `package.loaded`, as the registry has it under `_LOADED`.
    fn loaded_packages(&mut self) -> TableRef {
        let key = self.heap.string(b"_LOADED");
        let registry = self.registry;
        if let Some(table) = self.heap.raw_get(registry, key).as_table() {
            return table;
        }
        let table = self.library_table(1);
        self.set_field(registry, "_LOADED", Value::table(table));
        table
    }

    /// A table with room for so many string keys.
    pub(super) fn library_table(&mut self, hash: usize) -> TableRef {
        let table = crate::lua::heap::Table::with_capacity(0, hash).unwrap_or_default();
        self.heap.adopt_table(table)
    }

    /// Sets a string key of a table of the library's own.
    pub(in crate::lua) fn set_field(&mut self, table: TableRef, name: &str, value: Value) {
        let key = self.heap.string(name.as_bytes());
        // A string is a valid key, and libraries are small.
        let _ = self.heap.raw_set(table, key, value);
    }
}

impl Call<'_> {
    /// The environment of the running function: where functions of a library share what is theirs.
    fn environment(&self) -> TableRef {
        match self.state.running_native() {
            Some(native) => self.state.heap.native(native).environment,
            None => self.state.globals(),
        }
    }
}
