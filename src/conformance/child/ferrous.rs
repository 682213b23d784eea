//! A case on Ferrous Lua.

use std::io::{self, Write};
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{ChildCase, Ending, EndingKind, without_traceback, write};
use crate::lua::bytecode;
use crate::lua::compiler::{self, CompileOptions};
use crate::lua::embed::standalone::{Console, Invocation, run as run_interpreter};
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
    let mut console = CaseConsole::default();
    let code = run_interpreter(&mut state, &invocation, &mut console);
    // The end of the process has nobody to tell of a closed stream.
    let _ = state.flush_all();
    if let Some(path) = &case.result {
        let kind = match (&console.message, code) {
            (Some(_), _) => EndingKind::Raised,
            (None, 0) => EndingKind::Returned,
            (None, _) => EndingKind::Exited,
        };
        let message = without_traceback(console.message.unwrap_or_default());
        write(&Ending { kind, assertions: ASSERTIONS.load(Ordering::Relaxed), message }, path);
    }
    Ok(code)
}

/// Shows what the interpreter has to say, and keeps it.
#[derive(Default)]
struct CaseConsole {
    message: Option<Vec<u8>>,
}

impl Console for CaseConsole {
    fn show(&mut self, text: &[u8]) {
        // Nothing can be done about a standard error that is closed.
        let _ = io::stderr().lock().write_all(text);
        let text = text.strip_prefix(b"lua: ").unwrap_or(text);
        self.message = Some(text.strip_suffix(b"\n").unwrap_or(text).to_vec());
    }

    fn is_interactive(&self) -> bool {
        false
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
