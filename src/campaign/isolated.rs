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
        let engines: (Box<dyn Engine>, Box<dyn Engine>) = (Box::new(engine("reference")?), Box::new(engine("ferrous")?));
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
            (Target::Bytecode, Input::Program(program)) => {
                oracle::bytecode::check(pair, &program.chunk, &program.name)
            }
            (Target::Execute, Input::Program(program)) => oracle::execute::check(pair, program, &LIMITS),
            (Target::Trace, Input::Program(program)) => {
                let machines = &mut Machines {
                    compiler: reference.as_mut(),
                    reference: tracers.0.as_ref(),
                    tested: tracers.1.as_ref(),
                };
                oracle::trace::check(machines, program, &LIMITS)
            }
            (Target::Chunk, Input::Program(program)) => {
                oracle::chunk::check(pair, victim, &program.chunk, &program.name)
            }
            (Target::Roundtrip, Input::Program(program)) => {
                oracle::roundtrip::check(&Codec::ferrous(), reference.as_mut(), &program.chunk, &program.name)
            }
            _ => Verdict::SaysNothing(Silence::NotCompared("another-oracle")),
        }
    }
}
