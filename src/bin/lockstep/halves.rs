//! The two engines of diagnoses: compilers and VMs, each in processes of their own.

use std::{io, time::Duration};

use lockstep::{
    diagnose::{Halves, reduce::predicate::BothHalves},
    engine::{ProcessTracer, WorkerEngine},
};

/// The name of the engine that decides.
pub const REFERENCE: &str = "reference";
/// The name of the engine under test.
pub const SUBJECT: &str = "ferrous";

/// Both engines.
pub struct Engines {
    compilers: (WorkerEngine, WorkerEngine),
    vms: (ProcessTracer, ProcessTracer),
}

impl Engines {
    /// `timeout` bounds each compilation and each run.
    pub fn start(timeout: Duration) -> io::Result<Self> {
        let compiler = |name| super::engine::start(name, timeout);
        let vm = |name| super::engine::tracer(name, timeout);
        Ok(Self { compilers: (compiler(REFERENCE)?, compiler(SUBJECT)?), vms: (vm(REFERENCE)?, vm(SUBJECT)?) })
    }
}

impl BothHalves for Engines {
    fn halves(&mut self) -> (Halves<'_>, Halves<'_>) {
        (
            Halves { compiler: &mut self.compilers.0, vm: &self.vms.0 },
            Halves { compiler: &mut self.compilers.1, vm: &self.vms.1 },
        )
    }
}
