//! A case on Ferrous Lua.

use std::io::{self, Write};
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{ChildCase, Ending, EndingKind, write};
use crate::lua::bytecode;
use crate::lua::compiler::{self, CompileOptions};
use crate::lua::embed::{Script, ScriptError, script_of_file};
use crate::lua::heap::{TableRef, Value};
use crate::lua::vm::{Call, Error, NativeFunction, State, Step};
use crate::script;

/// Runs a case. Gives the exit code.
///
/// # Errors
/// When the file cannot be read or replaced.
pub(super) fn run(case: &ChildCase) -> io::Result<i32> {
    if case.through_dump {
        let program = script::read(Path::new(&case.file), &[])?;
        // What is refused is left to be refused by the interpreter.
        if let Ok(prototype) = compiler::compile(&program.chunk, &program.name, CompileOptions { levels: 0 }) {
            std::fs::write(&case.file, bytecode::dump(&prototype, false))?;
        }
    }
    let mut state = State::with_libraries();
    state.heap.set_limit(case.memory);
    watch(&mut state);
    let content = std::fs::read(&case.file)?;
    let path = case.file.as_bytes();
    let name = [b"@", path].concat();
    let script = Script { chunk: script_of_file(&content), name: &name, arguments: &[], path };
    let mut result = state.run_main_script(&script, &mut ());
    if !matches!(result, Err(ScriptError::Exited(_)))
        && let Err(ScriptError::Exited(code)) = state.close(&mut ())
    {
        result = Err(ScriptError::Exited(code));
    }
    // The end of the process has nobody to tell of a closed stream.
    let _ = state.flush_all();
    let (kind, message, code) = match result {
        Ok(()) => (EndingKind::Returned, Vec::new(), 0),
        Err(ScriptError::Exited(code)) => (EndingKind::Exited, Vec::new(), code),
        Err(error) => {
            let (message, traceback) = message_of(&mut state, error);
            // Nothing can be done about a standard error that is closed.
            let _ = io::stderr().lock().write_all(&[b"lua: ", message.as_slice(), &traceback, b"\n"].concat());
            (EndingKind::Raised, message, 1)
        }
    };
    if let Some(path) = &case.result {
        write(&Ending { kind, assertions: ASSERTIONS.load(Ordering::Relaxed), message }, path);
    }
    Ok(code)
}

/// The message and the traceback of an error.
fn message_of(state: &mut State, error: ScriptError) -> (Vec<u8>, Vec<u8>) {
    match error {
        ScriptError::Refused(message) => (message, Vec::new()),
        ScriptError::OutOfMemory => (b"not enough memory".to_vec(), Vec::new()),
        ScriptError::Stopped | ScriptError::Exited(_) => (b"interrupted".to_vec(), Vec::new()),
        ScriptError::Raised { value, traceback } => match state.to_string_value(value) {
            Some(text) => (state.heap.bytes(text).to_vec(), traceback),
            None => (b"(error object is not a string)".to_vec(), Vec::new()),
        },
    }
}

static ASSERTIONS: AtomicU64 = AtomicU64::new(0);
static ORIGINAL_ASSERT: OnceLock<NativeFunction> = OnceLock::new();

/// Puts a function that does the same, and counts, in the place of `assert`.
fn watch(state: &mut State) {
    let globals = state.globals();
    replace(state, globals, b"assert", count_and_assert, &ORIGINAL_ASSERT);
}

fn replace(
    state: &mut State,
    table: TableRef,
    name: &[u8],
    watching: NativeFunction,
    original: &OnceLock<NativeFunction>,
) {
    let key = state.heap.string(name);
    if let Some(found) = state.heap.raw_get(table, key).as_native() {
        original.get_or_init(|| state.heap.native(found).function);
        let watching = Value::native(state.new_native(watching, &[]));
        // The key is there, so setting it cannot fail.
        let _ = state.heap.raw_set(table, key, watching);
    }
}

fn count_and_assert(call: &mut Call<'_>) -> Result<Step, Error> {
    ASSERTIONS.fetch_add(1, Ordering::Relaxed);
    go_on(call, &ORIGINAL_ASSERT)
}

/// What the function does that was there before.
fn go_on(call: &mut Call<'_>, original: &OnceLock<NativeFunction>) -> Result<Step, Error> {
    original.get().map_or(Ok(Step::Return(0)), |original| original(call))
}
