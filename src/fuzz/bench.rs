//! The engines of a thread, and cases judged on them. It knows which oracle takes which input, and nothing of where that is from.

use super::{Input, Target};
use crate::diagnose::{Halves, fingerprint_of};
use crate::engine::reference::SnapshotEngine;
use crate::engine::select::Tracer;
use crate::engine::{Limits, Program, ThreadTracer};
use crate::oracle::roundtrip::Codec;
use crate::oracle::survival::Victim;
use crate::oracle::trace::{Machines, in_process};
use crate::oracle::{self, Finding, InProcess, Silence, Verdict};

/// The bounds of a case that is generated.
pub const LIMITS: Limits = Limits { instructions: 1_000_000, memory: 64 << 20 };

/// The bounds of a case that is kept: somebody has chosen it.
pub const KEPT_LIMITS: Limits = Limits { instructions: 20_000_000, memory: 256 << 20 };

/// Both engines in this process, and what else oracles need, made once and used for any number of cases.
///
/// The thread needs [`STACK_SIZE`](crate::engine::reference::STACK_SIZE) bytes of stack. A case may still kill or block the process where
/// the reference does.
pub struct Bench {
    /// The bounds of each run.
    pub limits: Limits,
    engines: InProcess,
    compiler: SnapshotEngine,
    tracers: (ThreadTracer<Tracer>, ThreadTracer<Tracer>),
    victim: Victim,
}

impl Default for Bench {
    fn default() -> Self {
        Self::new()
    }
}

impl Bench {
    /// Prepares the engines.
    ///
    /// # Panics
    /// When an engine of this package is not there.
    pub fn new() -> Self {
        let tracer = |name| in_process(name).expect("an engine of this package");
        Self {
            limits: LIMITS,
            engines: InProcess::default(),
            compiler: SnapshotEngine::new(),
            tracers: (tracer("reference"), tracer("ferrous")),
            victim: Victim::new(),
        }
    }

    /// What an oracle says of an input. An input that it has no use for says nothing, by the rule `another-oracle`.
    pub fn check(&mut self, target: Target, input: &Input) -> Verdict {
        let limits = self.limits;
        match (target, input) {
            (Target::Heap, Input::Host { stages, stress }) => oracle::heap::check(stages, *stress),
            (Target::Clone, Input::Copies { before, after }) => oracle::clone::check(before, after),
            (Target::Clone, Input::Program(program)) => oracle::clone::check(&program.chunk, &program.chunk),
            (Target::Library, Input::Call(call)) => oracle::library::check(&mut self.engines.pair(), call, &limits),
            (Target::Parse, Input::Program(program)) => {
                oracle::parse::check(&mut self.engines.pair(), &program.chunk, &program.name)
            }
            (Target::Bytecode, Input::Program(program)) => {
                oracle::bytecode::check(&mut self.engines.pair(), &program.chunk, &program.name)
            }
            (Target::Execute, Input::Program(program)) => {
                let verdict = oracle::execute::check(&mut self.engines.pair(), program, &limits);
                self.with_finer_fingerprint(verdict, program)
            }
            (Target::Trace, Input::Program(program)) => oracle::trace::check(&mut self.machines(), program, &limits),
            (Target::Chunk, Input::Program(program)) => {
                oracle::chunk::check(&mut self.engines.pair(), &self.victim, &program.chunk, &program.name)
            }
            (Target::Roundtrip, Input::Program(program)) => {
                oracle::roundtrip::check(&Codec::ferrous(), &mut self.compiler, &program.chunk, &program.name)
            }
            _ => Verdict::SaysNothing(Silence::NotCompared("another-oracle".into())),
        }
    }

    /// What differs in the runs is known by the instruction at which they part, if traces show that.
    fn with_finer_fingerprint(&mut self, verdict: Verdict, program: &Program) -> Verdict {
        let Verdict::Broken(finding) = verdict else { return verdict };
        let pair = self.engines.pair();
        let mut reference = Halves { compiler: pair.reference, vm: &self.tracers.0 };
        let mut tested = Halves { compiler: pair.tested, vm: &self.tracers.1 };
        let found = fingerprint_of(&mut reference, &mut tested, program, &self.limits).ok().flatten();
        let fingerprint = found.unwrap_or_else(|| finding.fingerprint.clone()).replace('\n', " ");
        Verdict::Broken(Box::new(Finding { fingerprint, ..*finding }))
    }

    fn machines(&mut self) -> Machines<'_> {
        Machines { compiler: &mut self.compiler, reference: &self.tracers.0, tested: &self.tracers.1 }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Case;
    use super::*;

    #[test]
    fn an_input_for_another_oracle_says_nothing() {
        let call = Input::Copies { before: Vec::new(), after: Vec::new() };
        let verdict = Bench::new().check(Target::Execute, &call);
        assert_eq!(verdict, Verdict::SaysNothing(Silence::NotCompared("another-oracle".into())));
    }

    #[test]
    fn the_simplest_case_of_every_target_holds() {
        let mut bench = Bench::new();
        for target in Target::ALL {
            let verdict = bench.check(target, &Case::of_bytes(target, &[]).input);
            assert_eq!(verdict, Verdict::Holds, "{target}");
        }
    }
}
