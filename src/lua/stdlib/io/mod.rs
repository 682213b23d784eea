//! The input and output library: files as Lua values, over streams that know nothing of Lua.
//!
//! [`stream`], [`device`], [`open`], [`process`] and [`streams`] are the C library's part: buffers, modes, pipes. [`scan`] reads
//! numbers as `fscanf` does. The rest are the functions of the reference's `liolib.c`, and what a host does with the standard
//! streams.
//!
//! A file is a full userdata with the metatable that the registry has under `FILE*`. Its environment has a function `__close`
//! that knows how to close it; the functions of the library have one with that of ordinary files, and the default input and
//! output beside it.

mod device;
mod failure;
mod file;
mod host;
mod library;
mod open;
mod process;
mod read;
mod scan;
mod stream;
mod streams;
mod write;

pub use failure::Errno;
pub(in crate::lua) use streams::Streams;

use super::Functions;
use crate::lua::heap::{NativeRef, TableRef, Value};
use crate::lua::vm::{NativeFunction, State};
use library::{INPUT, OUTPUT};

/// What the registry has the metatable of files under.
const FILE_HANDLE: &str = "FILE*";

const FUNCTIONS: &Functions = &[
    ("close", file::close),
    ("flush", write::io_flush),
    ("input", library::input),
    ("lines", library::lines),
    ("open", library::open),
    ("output", library::output),
    ("popen", library::popen),
    ("read", read::io_read),
    ("tmpfile", library::tmpfile),
    ("type", file::type_of),
    ("write", write::io_write),
];

const METHODS: &Functions = &[
    ("close", file::close),
    ("flush", write::flush),
    ("lines", read::lines),
    ("read", read::read),
    ("seek", write::seek),
    ("setvbuf", write::setvbuf),
    ("write", write::write),
    ("__gc", file::finalise),
    ("__tostring", file::to_string),
];

/// Opens the library.
pub(super) fn open(state: &mut State) {
    create_metatable(state);
    let environment = state.environment_with_close(file::close_stream);
    let library = state.open_library("io", FUNCTIONS);
    for (name, _) in FUNCTIONS {
        if let Some(function) = state.function_of(library, name) {
            state.heap.set_native_environment(function, environment);
        }
    }
    let standard = state.environment_with_close(file::keep_open);
    for (stream, name, place) in [
        (Streams::INPUT, "stdin", Some(INPUT)),
        (Streams::OUTPUT, "stdout", Some(OUTPUT)),
        (Streams::ERROR, "stderr", None),
    ] {
        let file = state.new_file(stream, standard);
        if let Some(place) = place {
            // A small integer is a valid key.
            let _ = state.heap.raw_set(environment, place, file);
        }
        state.set_field(library, name, file);
    }
    let commands = state.environment_with_close(file::close_stream);
    if let Some(popen) = state.function_of(library, "popen") {
        state.heap.set_native_environment(popen, commands);
    }
}

fn create_metatable(state: &mut State) {
    let metatable = state.heap.new_table();
    let registry = state.registry;
    state.set_field(registry, FILE_HANDLE, Value::table(metatable));
    state.set_field(metatable, "__index", Value::table(metatable));
    for (name, function) in METHODS {
        let native = state.new_native(*function, &[]);
        state.set_field(metatable, name, Value::native(native));
    }
}

impl State {
    /// An environment for functions and files, with the function that closes files.
    fn environment_with_close(&mut self, close: NativeFunction) -> TableRef {
        let environment = self.library_table(1);
        let close = self.new_native(close, &[]);
        self.set_field(environment, "__close", Value::native(close));
        environment
    }

    fn function_of(&mut self, library: TableRef, name: &str) -> Option<NativeRef> {
        let key = self.heap.string(name.as_bytes());
        self.heap.raw_get(library, key).as_native()
    }
}

#[cfg(test)]
mod tests;
