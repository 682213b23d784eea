//! Input that means harm, run on the engine under test: it stays within its bounds, and the state can be used afterwards.
//!
//! Formally: for any bytes *c*, loading and running *c* in a state with all libraries, an instruction budget, a memory bound and a
//! bound for steps inside library functions comes to an end; the account of memory is then at most the bound and what single steps
//! add between two checks; and after a collection the state runs a program as a new one does. Not looked at: what *c* does.
//!
//! Whether it ends at all, and within its stack, is for the caller's clock and thread to see.

use crate::lua::embed::{Script, ScriptError};
use crate::lua::heap::Value;
use crate::lua::vm::{Bounds, Counter, State};

/// How many instructions a case may execute.
pub const BUDGET: u64 = 20_000;
/// How many bytes a case's state may hold.
pub const MEMORY: usize = 16 << 20;
/// How many steps it may take that are no counted instructions.
const FUEL: u64 = 2_000_000;
/// No program leaves more finalisers behind than these.
const FINALISERS: usize = 1000;
/// How far the account may be above the bound: what single steps add between two checks.
const SLACK: usize = 4 << 20;

/// Takes away what would reach the tester's files and processes: hostile programs are random.
const DISARM: &[u8] = b"loadfile, dofile, require, package.loaders = nil, nil, nil, nil
    for _, name in ipairs {'execute', 'remove', 'rename', 'tmpname'} do os[name] = nil end
    for _, name in ipairs {'open', 'popen', 'tmpfile', 'lines'} do io[name] = nil end
    local input, output = io.input, io.output
    io.input = function() return input() end
    io.output = function() return output() end";

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    Refused,
    Returned,
    Raised,
    OverBudget,
    OverMemory,
}

/// What a program makes of an allocation that is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemoryErrors {
    /// The run ends.
    Final,
    /// It is an error that the program may catch.
    Caught,
}

/// How a state is no longer sound after a run.
#[derive(Clone, Debug, PartialEq)]
pub enum Unsound {
    /// It holds so many bytes.
    Memory(usize),
    /// No program can be run in it any more.
    Unusable,
    /// A program of which the result is known gives something else.
    Miscomputes(String),
}

impl Unsound {
    /// What it is, in a few words, for fingerprints.
    pub fn class(&self) -> &'static str {
        match self {
            Self::Memory(_) => "more memory than the bound allows",
            Self::Unusable => "the state cannot be used further",
            Self::Miscomputes(_) => "the state computes something else",
        }
    }
}

/// What is run in a state to see whether it can be used further, and returns 3.
const PROBE: &[u8] = b"local function f(...) return ... end local t = {f(1, 2, 3)} return #t";

/// The state that every run is a copy of.
pub struct Victim {
    template: State,
    probe: &'static [u8],
}

impl Default for Victim {
    fn default() -> Self {
        Self::new()
    }
}

impl Victim {
    /// Prepares a state without what would reach files and processes.
    ///
    /// # Panics
    /// When a new state does not run a valid program.
    pub fn new() -> Self {
        let mut template = State::with_libraries();
        template.capture_output();
        template.discard_errors();
        template.set_input(b"12 0x10\nline".to_vec());
        let disarmed = run(&mut template, DISARM, u64::MAX);
        assert!(disarmed.is_ok(), "the libraries are not what they should be: {disarmed:?}");
        Self { template, probe: PROBE }
    }

    /// One to which something has been done already, examined by another program.
    #[cfg(test)]
    pub(super) fn spoiled(spoil: impl FnOnce(&mut State), probe: &'static [u8]) -> Self {
        let mut victim = Self::new();
        spoil(&mut victim.template);
        Self { probe, ..victim }
    }

    /// Runs a chunk, source text or binary, in a state of its own.
    ///
    /// # Errors
    /// How the state is no longer sound after the run.
    pub fn run(&self, chunk: &[u8], errors: MemoryErrors) -> Result<End, Unsound> {
        let mut state = self.template.clone();
        let memory_is_final = errors == MemoryErrors::Final;
        state.set_bounds(Bounds { output: 1 << 20, memory_is_final, ..Bounds::default() });
        state.heap.set_limit(MEMORY);
        state.set_fuel(FUEL);
        let end = match run(&mut state, chunk, BUDGET) {
            // Either way the program has ended itself.
            Ok(_) | Err(ScriptError::Exited(_)) => End::Returned,
            Err(ScriptError::Refused(_)) => End::Refused,
            Err(ScriptError::Raised { .. }) => End::Raised,
            Err(ScriptError::OutOfMemory) => End::OverMemory,
            Err(ScriptError::Stopped) => End::OverBudget,
        };
        let held = state.heap.allocated();
        if held > MEMORY + SLACK {
            return Err(Unsound::Memory(held));
        }
        self.examine(&mut state)?;
        Ok(end)
    }

    /// Checks that a state can be used further, whatever happened in it.
    fn examine(&self, state: &mut State) -> Result<(), Unsound> {
        state.remove_hook();
        state.collect_garbage();
        state.heap.set_limit(state.heap.allocated() + MEMORY);
        // A finaliser that the program has left behind may raise its error here, run out of memory, or never end, once.
        let mut attempts = (0..FINALISERS).map(|_| {
            state.set_fuel(FUEL);
            run(state, self.probe, BUDGET)
        });
        let values = attempts.find_map(Result::ok).ok_or(Unsound::Unusable)?;
        drop(attempts);
        if values != [Value::number(3.0)] {
            return Err(Unsound::Miscomputes(format!("{values:?}")));
        }
        state.collect_garbage();
        Ok(())
    }
}

/// Runs a chunk in a state, with an argument.
///
/// # Errors
/// Those of [`State::run_script`].
pub fn run(state: &mut State, chunk: &[u8], budget: u64) -> Result<Vec<Value>, ScriptError> {
    let arguments = [b"argument".to_vec()];
    let script = Script { chunk, name: b"=hostile", arguments: &arguments, path: b"" };
    state.run_script(&script, &mut Counter { executed: 0, budget })
}
