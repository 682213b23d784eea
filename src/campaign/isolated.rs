//! Cases judged with the reference and, where the oracle takes an engine, the one under test in processes of their own: what is asked when
//! a case has killed or blocked a process in which both were. A death or a hang is then the engine's that is at fault.
//!
//! Some oracles run parts of the tested engine in their own process. Nothing of the reference is there, so a death of that process is
//! the tested engine's; who asks has to see it.

use std::io;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::judge::Judge;
use crate::engine::{Engine, ProcessTracer, TraceEngine, WorkerCommand, WorkerEngine};
use crate::fuzz::{Input, LIMITS, Target};
use crate::oracle::roundtrip::Codec;
use crate::oracle::survival::Victim;
use crate::oracle::trace::Machines;
use crate::oracle::{self, Pair, Silence, Verdict};

/// How much longer a run takes that is traced, at most.
const TRACED: u32 = 20;

/// Engines in processes of their own.
pub struct Isolated {
    reference: Box<dyn Engine>,
    tested: Box<dyn Engine>,
    tracers: (Box<dyn TraceEngine>, Box<dyn TraceEngine>),
    victim: Victim,
}

impl Isolated {
    /// Engines in processes of this `lockstep` executable. `timeout` bounds each compilation and each run.
    ///
    /// # Errors
    /// When a process cannot be started.
    pub fn new(lockstep: &Path, timeout: Duration) -> io::Result<Self> {
        let engine = |name: &str| WorkerEngine::start(WorkerCommand::lockstep(lockstep.to_owned(), name), timeout);
        let tracer = |name: &'static str| {
            let lockstep = lockstep.to_owned();
            let command = move || {
                let mut command = Command::new(&lockstep);
                command.args(["trace-worker", name]);
                command
            };
            Box::new(ProcessTracer::new(name, command, timeout.saturating_mul(TRACED)))
        };
        let engines: (Box<dyn Engine>, Box<dyn Engine>) =
            (Box::new(engine("reference")?), Box::new(engine("ferrous")?));
        Ok(Self::with_engines(engines, (tracer("reference"), tracer("ferrous"))))
    }

    /// These engines, each the one that decides and the one that is tested.
    pub fn with_engines(
        (reference, tested): (Box<dyn Engine>, Box<dyn Engine>),
        tracers: (Box<dyn TraceEngine>, Box<dyn TraceEngine>),
    ) -> Self {
        Self { reference, tested, tracers, victim: Victim::new() }
    }
}

impl Judge for Isolated {
    fn judge(&mut self, target: Target, input: &Input) -> Verdict {
        let Self { reference, tested, tracers, victim } = self;
        let pair = &mut Pair { reference: reference.as_mut(), tested: tested.as_mut() };
        match (target, input) {
            (Target::Heap, Input::Host { stages, stress }) => oracle::heap::check(stages, *stress),
            (Target::Clone, Input::Copies { before, after }) => oracle::clone::check(before, after),
            (Target::Library, Input::Call(call)) => oracle::library::check(pair, call, &LIMITS),
            (Target::Parse, Input::Program(program)) => oracle::parse::check(pair, &program.chunk, &program.name),
            (Target::Bytecode, Input::Program(program)) => oracle::bytecode::check(pair, &program.chunk, &program.name),
            (Target::Execute, Input::Program(program)) => oracle::execute::check(pair, program, &LIMITS),
            (Target::Trace, Input::Program(program)) => {
                let machines = &mut Machines {
                    compiler: reference.as_mut(),
                    reference: tracers.0.as_ref(),
                    tested: tracers.1.as_ref(),
                };
                fault_of_reference(oracle::trace::check(machines, program, &LIMITS))
            }
            (Target::Chunk, Input::Program(program)) => {
                oracle::chunk::check(pair, victim, &program.chunk, &program.name)
            }
            (Target::Roundtrip, Input::Program(program)) => {
                oracle::roundtrip::check(&Codec::ferrous(), reference.as_mut(), &program.chunk, &program.name)
            }
            _ => Verdict::SaysNothing(Silence::NotCompared("another-oracle".into())),
        }
    }
}

/// A traced run of the reference that broke off is its own fault, and not the harness's.
fn fault_of_reference(verdict: Verdict) -> Verdict {
    let Verdict::SaysNothing(Silence::Harness(note)) = &verdict else { return verdict };
    match note.strip_prefix("reference: ") {
        Some(note) if note.starts_with("did not end") => Verdict::SaysNothing(Silence::ReferenceTimedOut),
        Some(note) => Verdict::SaysNothing(Silence::ReferenceCrashed(note.to_owned())),
        None => verdict,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{CompileFailure, Ending, Limits, Program, Run};

    /// An engine of this name that dies of everything, or does not end.
    struct Lost(&'static str, Fate);

    #[derive(Clone, Copy)]
    enum Fate {
        Dies,
        Hangs,
    }

    impl Engine for Lost {
        fn name(&self) -> &str {
            self.0
        }

        fn compile(&mut self, source: &[u8], name: &[u8]) -> Result<Vec<u8>, CompileFailure> {
            match self.1 {
                Fate::Dies => Err(CompileFailure::Crashed("signal 6 (SIGABRT)".into())),
                Fate::Hangs => crate::engine::reference::ReferenceEngine::new().compile(source, name),
            }
        }

        fn run(&mut self, _: &Program, _: &Limits) -> Run {
            let ending = match self.1 {
                Fate::Dies => Ending::Crashed("signal 6 (SIGABRT)".into()),
                Fate::Hangs => Ending::TimedOut,
            };
            Run { output: Vec::new(), ending, instructions: 0 }
        }
    }

    /// Traces nothing, for longer than it may.
    fn endless(name: &str) -> ProcessTracer {
        let command = || {
            let mut command = Command::new("/bin/sleep");
            command.arg("100");
            command
        };
        ProcessTracer::new(name, command, Duration::from_millis(100))
    }

    /// The verdict if the engine of this name is lost and the other one is well.
    fn verdict(target: Target, lost: &str, fate: Fate) -> Verdict {
        use crate::engine::reference::ReferenceEngine;
        use crate::oracle::trace::in_process;
        let engine = |name: &'static str| -> Box<dyn Engine> {
            if name == lost { Box::new(Lost(name, fate)) } else { Box::new(ReferenceEngine::new()) }
        };
        let tracer = |name: &'static str| -> Box<dyn TraceEngine> {
            if name == lost { Box::new(endless(name)) } else { Box::new(in_process(name).expect("it is there")) }
        };
        let engines = (engine("reference"), engine("ferrous"));
        let mut isolated = Isolated::with_engines(engines, (tracer("reference"), tracer("ferrous")));
        isolated.judge(target, &Input::program(b"return 1".to_vec(), "@x.lua"))
    }

    #[test]
    fn the_engine_under_test_is_found_and_the_reference_says_nothing() {
        for (target, fate) in [
            (Target::Parse, Fate::Dies),
            (Target::Bytecode, Fate::Dies),
            (Target::Execute, Fate::Dies),
            (Target::Execute, Fate::Hangs),
            (Target::Trace, Fate::Hangs),
        ] {
            let found = verdict(target, "ferrous", fate);
            assert!(found.finding().is_some(), "{target}: {found}");
            let silent = verdict(target, "reference", fate);
            let Verdict::SaysNothing(silence) = &silent else { panic!("{target}: {silent}") };
            assert!(["reference-crashed", "reference-timed-out"].contains(&silence.word()), "{target}: {silent}");
        }
    }

    #[test]
    fn what_kills_nobody_is_judged_as_ever() {
        for target in [Target::Parse, Target::Bytecode, Target::Execute, Target::Trace, Target::Roundtrip] {
            assert_eq!(verdict(target, "nobody", Fate::Dies), Verdict::Holds, "{target}");
        }
        let other = verdict(Target::Heap, "nobody", Fate::Dies);
        assert_eq!(other, Verdict::SaysNothing(Silence::NotCompared("another-oracle".into())));
    }
}
