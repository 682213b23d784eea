//! What hostile input is run on: a state with all libraries and narrow bounds, and what must hold after any run.

use lockstep::lua::embed::{Script, ScriptError};
use lockstep::lua::heap::Value;
use lockstep::lua::vm::{Bounds, Counter, State};

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

/// The state that every run is a copy of.
pub struct Victim {
    template: State,
}

impl Victim {
    pub fn new() -> Self {
        let mut template = State::with_libraries();
        template.capture_output();
        template.discard_errors();
        template.set_input(b"12 0x10\nline".to_vec());
        run(&mut template, DISARM, u64::MAX).expect("a valid program");
        Self { template }
    }

    /// Runs a chunk, source text or binary, in a state of its own. Whether memory errors can be caught is up to the caller.
    ///
    /// # Panics
    /// When the state is no longer sound after the run.
    pub fn run(&self, chunk: &[u8], memory_is_final: bool) -> End {
        let mut state = self.template.clone();
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
        assert!(held <= MEMORY + SLACK, "the state holds {held} bytes");
        examine(&mut state);
        end
    }
}

/// Checks that a state can be used further, whatever happened in it.
fn examine(state: &mut State) {
    state.remove_hook();
    state.collect_garbage();
    state.heap.set_limit(state.heap.allocated() + MEMORY);
    let chunk = b"local function f(...) return ... end local t = {f(1, 2, 3)} return #t";
    // A finaliser that the program has left behind may raise its error here, run out of memory, or never end, once.
    let mut attempts = (0..FINALISERS).map(|_| {
        state.set_fuel(FUEL);
        run(state, chunk, BUDGET)
    });
    let values = attempts.find_map(Result::ok).expect("the state can be used further");
    drop(attempts);
    assert_eq!(values, [Value::number(3.0)], "the state still computes");
    state.collect_garbage();
}

/// Runs a chunk in a state, with an argument.
pub fn run(state: &mut State, chunk: &[u8], budget: u64) -> Result<Vec<Value>, ScriptError> {
    let arguments = [b"argument".to_vec()];
    let script = Script { chunk, name: b"=hostile", arguments: &arguments, path: b"" };
    state.run_script(&script, &mut Counter { executed: 0, budget })
}
