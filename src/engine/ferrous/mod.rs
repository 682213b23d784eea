//! Ferrous Lua as an engine: its compiler, its VM, a clone of one prepared state per run.

pub mod shown;
mod trace;

pub use trace::Meddler;

use super::{BINARY_SIGNATURE, CompileFailure, Ending, Engine, Limits, MAX_OUTPUT, Program, Run, Snapshot};
use crate::lua::bytecode;
use crate::lua::compiler::{self, CompileOptions};
use crate::lua::embed::{Script, ScriptError};
use crate::lua::heap::{Stress, Unpacked, Value};
use crate::lua::stdlib;
use crate::lua::vm::{Bounds, Counter, Observer, State};

/// The implementation under test.
pub struct FerrousEngine {
    /// A state with its libraries open, which runs are clones of.
    template: State,
}

impl Default for FerrousEngine {
    fn default() -> Self {
        Self::new()
    }
}

impl FerrousEngine {
    /// Prepares a state.
    pub fn new() -> Self {
        let mut template = State::with_libraries();
        template.capture_output();
        template.discard_errors();
        template.set_input(Vec::new());
        template.set_bounds(Bounds { output: MAX_OUTPUT, memory_is_final: true, ..Bounds::default() });
        Self { template }
    }

    /// An engine whose collector works at every allocation, which finds what the collector does not know to be alive.
    pub fn with_stress(stress: Stress) -> Self {
        let mut engine = Self::new();
        engine.template.heap.set_stress(stress);
        engine
    }

    fn fresh_state(&self, limits: &Limits) -> State {
        let mut state = self.template.clone();
        state.heap.set_limit(usize::try_from(limits.memory).unwrap_or(usize::MAX));
        state
    }
}

impl Engine for FerrousEngine {
    fn name(&self) -> &str {
        "ferrous"
    }

    fn compile(&mut self, source: &[u8], name: &[u8]) -> Result<Vec<u8>, CompileFailure> {
        let prototype = if source.first() == Some(&BINARY_SIGNATURE) {
            bytecode::undump(source, name, 0).map_err(|error| error.message)?
        } else {
            compiler::compile(source, name, CompileOptions { levels: 0 }).map_err(|error| error.message)?
        };
        Ok(bytecode::dump(&prototype, false))
    }

    fn run(&mut self, program: &Program, limits: &Limits) -> Run {
        let mut state = self.fresh_state(limits);
        let script = script_of(program);
        let mut counter = Counter { executed: 0, budget: limits.instructions };
        let ending = if limits.instructions == u64::MAX {
            run_and_close(&mut state, &script, &mut ())
        } else {
            run_and_close(&mut state, &script, &mut counter)
        };
        Run { output: state.take_output(), ending, instructions: counter.executed }
    }
}

fn script_of(program: &Program) -> Script<'_> {
    Script { chunk: &program.chunk, name: &program.name, arguments: &program.arguments, path: &program.script }
}

/// Runs a script and closes the state, which may end the run in another way than the script did.
fn run_and_close<O: Observer>(state: &mut State, script: &Script<'_>, observer: &mut O) -> Ending {
    let result = state.run_script(script, observer);
    let ending = ending_of(state, result);
    close_after(state, ending, observer)
}

/// Closes a state after a script that ended this way, unless nothing may run after that. Gives how the run ended.
fn close_after<O: Observer>(state: &mut State, ending: Ending, observer: &mut O) -> Ending {
    if matches!(ending, Ending::Exited(_) | Ending::OverBudget | Ending::OverMemory) {
        return ending;
    }
    match state.close(observer) {
        Ok(()) => ending,
        Err(error) => ending_of(state, Err(error)),
    }
}

fn ending_of(state: &State, result: Result<Vec<Value>, ScriptError>) -> Ending {
    match result {
        Ok(values) => Ending::Returned(values.into_iter().map(|value| snapshot(state, value)).collect()),
        Err(ScriptError::Refused(message)) => Ending::Refused(message),
        Err(ScriptError::OutOfMemory) => Ending::OverMemory,
        Err(ScriptError::Stopped) => Ending::OverBudget,
        Err(ScriptError::Exited(code)) => Ending::Exited(code),
        Err(ScriptError::Raised { value, traceback }) => Ending::Raised { value: snapshot(state, value), traceback },
    }
}

fn snapshot(state: &State, value: Value) -> Snapshot {
    match value.unpack() {
        Unpacked::Nil => Snapshot::Nil,
        Unpacked::Boolean(b) => Snapshot::Boolean(b),
        Unpacked::Number(n) => Snapshot::Number(n.to_bits()),
        Unpacked::String(string) => Snapshot::String(state.heap.bytes(string).to_vec()),
        _ => Snapshot::Object { kind: value.kind().name().to_owned(), address: stdlib::address(value) },
    }
}

#[cfg(test)]
mod trace_tests;
