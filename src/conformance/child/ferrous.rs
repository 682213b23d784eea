//! A case on Ferrous Lua.

use std::io::{self, Write};
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::{ChildCase, Ending, EndingKind, without_traceback, write};
use crate::lua::bytecode;
use crate::lua::compiler::{self, CompileOptions};
use crate::lua::embed::standalone::{self, Console, Invocation};
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
    let arguments = [case.interpreter.clone(), case.file.clone().into_bytes()];
    let invocation = Invocation { arguments: &arguments, init: None, default_name: b"lua" };
    let mut messages = Messages { name: case.interpreter.clone(), last: None };
    let code = standalone::run(&mut state, &invocation, &mut messages);
    // The end of the process has nobody to tell of a closed stream.
    let _ = state.flush_all();
    let (kind, message) = match messages.last {
        _ if EXITED.load(Ordering::Relaxed) => (EndingKind::Exited, Vec::new()),
        Some(message) => (EndingKind::Raised, without_traceback(message)),
        None if code != 0 => (EndingKind::Raised, Vec::new()),
        None => (EndingKind::Returned, Vec::new()),
    };
    if let Some(path) = &case.result {
        write(&Ending { kind, assertions: ASSERTIONS.load(Ordering::Relaxed), message }, path);
    }
    Ok(code)
}

/// Shows messages, and keeps the last one.
struct Messages {
    /// What the interpreter begins its messages with.
    name: Vec<u8>,
    last: Option<Vec<u8>>,
}

impl Console for Messages {
    fn show(&mut self, text: &[u8]) {
        // Nothing can be done about a standard error that is closed.
        let _ = io::stderr().lock().write_all(text);
        let message = text.strip_prefix(self.name.as_slice()).and_then(|rest| rest.strip_prefix(b": ")).unwrap_or(text);
        self.last = Some(message.strip_suffix(b"\n").unwrap_or(message).to_vec());
    }

    fn is_interactive(&self) -> bool {
        false
    }
}

static ASSERTIONS: AtomicU64 = AtomicU64::new(0);
static EXITED: AtomicBool = AtomicBool::new(false);
static ORIGINAL_ASSERT: OnceLock<NativeFunction> = OnceLock::new();
static ORIGINAL_EXIT: OnceLock<NativeFunction> = OnceLock::new();

/// Puts functions that do what they do, and take note of it, in the place of `assert` and `os.exit`.
fn watch(state: &mut State) {
    let globals = state.globals();
    replace(state, globals, b"assert", count_and_assert, &ORIGINAL_ASSERT);
    let key = state.heap.string(b"os");
    if let Some(os) = state.heap.raw_get(globals, key).as_table() {
        replace(state, os, b"exit", note_and_exit, &ORIGINAL_EXIT);
    }
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

fn note_and_exit(call: &mut Call<'_>) -> Result<Step, Error> {
    let result = go_on(call, &ORIGINAL_EXIT);
    if result.as_ref().is_err_and(|error| error.kind.is_final()) {
        EXITED.store(true, Ordering::Relaxed);
    }
    result
}

/// What the function does that was there before.
fn go_on(call: &mut Call<'_>, original: &OnceLock<NativeFunction>) -> Result<Step, Error> {
    original.get().map_or(Ok(Step::Return(0)), |original| original(call))
}
