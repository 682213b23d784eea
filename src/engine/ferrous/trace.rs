//! Ferrous under a recorder, as it is or with somebody who meddles with it.
//!
//! Nothing here knows what is recorded, or who reads it.

use super::shown::{label_globals, record};
use super::{FerrousEngine, ending_of, script_of};
use crate::engine::{Ending, Limits, Program, Run};
use crate::lua::embed::Script;
use crate::lua::heap::Value;
use crate::lua::vm::{Counter, Observer, State, Stop, View};
use crate::trace::Recorder;

impl FerrousEngine {
    /// Runs a program in a fresh state as [`Engine::run`](crate::engine::Engine::run) does, with a recorder in front of every
    /// instruction that the budget admits. The run ends as over budget when the recorder wants no more. Without a budget nothing
    /// is counted and all is recorded. What coroutines do while the state is closed is not recorded.
    pub fn trace(&mut self, program: &Program, limits: &Limits, recorder: &mut Recorder<'_>) -> Run {
        self.trace_meddled(program, limits, recorder, Honest)
    }

    /// As [`FerrousEngine::trace`] does, with a VM that somebody meddles with: what is recorded is what he makes of it.
    pub fn trace_meddled(
        &mut self,
        program: &Program,
        limits: &Limits,
        recorder: &mut Recorder<'_>,
        meddler: impl Meddler,
    ) -> Run {
        let mut state = self.fresh_state(limits);
        let counter = Counter { executed: 0, budget: limits.instructions };
        let mut tracer = Tracer { counter, recorder, meddler };
        let ending = tracer.run(&mut state, &script_of(program));
        let instructions = if limits.instructions == u64::MAX { 0 } else { tracer.counter.executed };
        Run { output: state.take_output(), ending, instructions }
    }
}

/// Counts instructions, and records those within the budget.
struct Tracer<'r, 's, M> {
    counter: Counter,
    recorder: &'r mut Recorder<'s>,
    meddler: M,
}

/// Makes a VM a wrong one, by its registers.
pub trait Meddler {
    /// Whether it does anything at all.
    const MEDDLES: bool = true;

    /// Asked before every instruction, again and again until it gives nothing: a register of the function on top, and the value that it
    /// is to have. An object must be one that the program can reach.
    fn meddle(&mut self, view: &View<'_>) -> Option<(u8, Value)>;
}

/// Changes nothing.
struct Honest;

impl Meddler for Honest {
    const MEDDLES: bool = false;

    fn meddle(&mut self, _: &View<'_>) -> Option<(u8, Value)> {
        None
    }
}

impl<M: Meddler> Tracer<'_, '_, M> {
    fn run(&mut self, state: &mut State, script: &Script<'_>) -> Ending {
        let result = state.prepare(script).and_then(|function| {
            label_globals(state, self.recorder);
            state.run_prepared(function, script, self)
        });
        // The run has ended, whatever the recorder wants.
        let _ = self.recorder.finish();
        let ending = ending_of(state, result);
        super::close_after(state, ending, &mut self.counter)
    }
}

impl<M: Meddler> Observer for Tracer<'_, '_, M> {
    const LOOKS: bool = true;
    const MEDDLES: bool = M::MEDDLES;

    #[inline(always)]
    fn meddle(&mut self, view: &View<'_>) -> Option<(u8, Value)> {
        self.meddler.meddle(view)
    }

    #[inline(always)]
    fn before_instruction(&mut self) -> Result<(), Stop> {
        self.counter.before_instruction()
    }

    #[inline]
    fn look(&mut self, view: &View<'_>) -> Result<(), Stop> {
        record(self.recorder, view).map_err(|_| Stop)
    }
}
