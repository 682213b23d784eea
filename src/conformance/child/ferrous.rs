//! A case on Ferrous Lua.

use std::io::Write;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{ChildCase, Ending, EndingKind, write};
use crate::lua::bytecode;
use crate::lua::compiler::{self, CompileOptions};
use crate::lua::embed::{Script, ScriptError, script_of_file};
use crate::lua::heap::Value;
use crate::lua::stdlib;
use crate::lua::vm::{Call, Error, State, Step};

static ASSERTIONS: AtomicU64 = AtomicU64::new(0);

/// Runs a case. Gives the exit code.
pub(super) fn run(case: &ChildCase) -> std::io::Result<i32> {
    let mut state = State::with_libraries();
    state.heap.set_limit(case.memory);
    count_assertions(&mut state);
    let result = load(case).and_then(|chunk| {
        let path = case.file.as_bytes();
        let name = [b"@", path].concat();
        let script = Script { chunk: &chunk, name: &name, arguments: &[], path };
        state.run_main_script(&script, &mut ()).map_err(|error| message_of(&mut state, error))
    });
    let assertions = ASSERTIONS.load(Ordering::Relaxed);
    let (kind, message, code) = match result {
        Ok(()) => (EndingKind::Returned, Vec::new(), 0),
        Err((message, traceback)) => {
            let text = [b"lua: ", message.as_slice(), &traceback, b"\n"].concat();
            // Nothing can be done about a standard error that is closed.
            let _ = std::io::stderr().lock().write_all(&text);
            (EndingKind::Raised, message, 1)
        }
    };
    if let Some(path) = &case.result {
        write(&Ending { kind, assertions, message }, path);
    }
    // Finalisers have nobody to tell of their errors, and the end of the process nobody to tell of a closed stream.
    let _ = state.close(&mut ());
    let _ = std::io::stdout().flush();
    Ok(code)
}

/// A message and a traceback.
type Failure = (Vec<u8>, Vec<u8>);

/// The chunk in the file, compiled and dumped if the case asks for it.
fn load(case: &ChildCase) -> Result<Vec<u8>, Failure> {
    let refused = |message: Vec<u8>| (message, Vec::new());
    let content = std::fs::read(&case.file)
        .map_err(|error| refused(format!("cannot open {}: {}", case.file, stdlib::system_message(&error)).into()))?;
    let chunk = script_of_file(&content);
    if !case.through_dump {
        return Ok(chunk.to_vec());
    }
    let name = [b"@", case.file.as_bytes()].concat();
    let prototype =
        compiler::compile(chunk, &name, CompileOptions { levels: 0 }).map_err(|error| refused(error.message))?;
    Ok(bytecode::dump(&prototype, false))
}

fn message_of(state: &mut State, error: ScriptError) -> Failure {
    match error {
        ScriptError::Refused(message) => (message, Vec::new()),
        ScriptError::OutOfMemory => (b"not enough memory".to_vec(), Vec::new()),
        ScriptError::Stopped => (b"interrupted".to_vec(), Vec::new()),
        ScriptError::Raised { value, traceback } => match state.to_string_value(value) {
            Some(text) => (state.heap.bytes(text).to_vec(), traceback),
            None => (b"(error object is not a string)".to_vec(), Vec::new()),
        },
    }
}

/// Puts a counting function in the place of the global `assert`.
fn count_assertions(state: &mut State) {
    let globals = state.globals();
    let key = state.heap.string(b"assert");
    let counting = Value::native(state.new_native(count_and_assert, &[]));
    // The key is there, so setting it cannot fail.
    let _ = state.heap.raw_set(globals, key, counting);
}

fn count_and_assert(call: &mut Call<'_>) -> Result<Step, Error> {
    ASSERTIONS.fetch_add(1, Ordering::Relaxed);
    stdlib::assert(call)
}
