//! Both engines of a question: the reference in processes of its own, and Ferrous with one half wrong.

use std::{io, path::Path, time::Duration};

use lockstep::{
    diagnose::{Halves, reduce::predicate::BothHalves},
    engine::{ProcessTracer, ThreadTracer, TraceEngine, WorkerCommand, WorkerEngine, ferrous::FerrousEngine},
};

use crate::{compilers::WrongCompiler, rows::Half, tracer::tracer, vms::WrongVm};

const TIMEOUT: Duration = Duration::from_secs(60);

pub struct Engines {
    compilers: (WorkerEngine, WrongCompiler),
    vms: (ProcessTracer, Box<dyn TraceEngine + Send>),
}

impl Engines {
    pub fn start(half: Half) -> io::Result<Self> {
        let executable = env!("CARGO_BIN_EXE_lockstep");
        let reference = WorkerEngine::start(WorkerCommand::lockstep(executable.into(), "reference"), TIMEOUT)?;
        let truth = tracer("reference", Path::new("."), TIMEOUT);
        let rule = half.vm();
        let tested = ThreadTracer::new("ferrous", move |program, limits, recorder| {
            FerrousEngine::new().trace_meddled(program, limits, recorder, WrongVm::new(rule))
        });
        let compiler = WrongCompiler { inner: FerrousEngine::new(), wrong: half.compiler() };
        Ok(Self { compilers: (reference, compiler), vms: (truth, Box::new(tested)) })
    }
}

impl BothHalves for Engines {
    fn halves(&mut self) -> (Halves<'_>, Halves<'_>) {
        let tested: &dyn TraceEngine = &*self.vms.1;
        (
            Halves { compiler: &mut self.compilers.0, vm: &self.vms.0 },
            Halves { compiler: &mut self.compilers.1, vm: tested },
        )
    }
}
