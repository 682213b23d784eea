//! What differs over a program, diagnosed for a report over many.

use std::{io, time::Duration};

use lockstep::{
    diagnose::{Diagnosis, Examination, Located, diagnose, examine, reduce::predicate::BothHalves},
    engine::{Limits, Program},
    report::trace::{Diagnosed, DiagnosisSummary, diagnosis::Names},
};

use super::halves::{Engines, REFERENCE, SUBJECT};

/// A traced run takes this many times as long as one that is not, at most.
const TRACED: u32 = 20;

/// Diagnoses one program after the other, with the same engines.
pub struct Diagnoser {
    engines: Option<Engines>,
    timeout: Duration,
    limits: Limits,
}

impl Diagnoser {
    /// `timeout` bounds each run when it is not traced.
    pub fn new(timeout: Duration, limits: Limits) -> Self {
        Self { engines: None, timeout, limits }
    }

    /// The names of the engines.
    pub fn names() -> Names<'static> {
        Names { reference: REFERENCE, tested: SUBJECT }
    }

    /// What there is to know about a program over which the engines differ; gives the diagnosis as well, if there is one.
    pub fn diagnose(&mut self, program: &Program) -> (Diagnosed, Option<Diagnosis>) {
        match self.found(program) {
            Ok(Ok(diagnosis)) => {
                let summary = DiagnosisSummary::new(&diagnosis, program, Self::names());
                (Diagnosed::Found(Box::new(summary)), Some(diagnosis))
            }
            Ok(Err(examination)) => {
                let is_flaky = matches!(examination.product.as_deref(), Some(Located::Flaky { .. }));
                (if is_flaky { Diagnosed::Flaky } else { Diagnosed::NotInTraces }, None)
            }
            Err(error) => {
                // They may be the worse for it.
                self.engines = None;
                (Diagnosed::Failed { message: error.to_string() }, None)
            }
        }
    }

    fn found(&mut self, program: &Program) -> io::Result<Result<Diagnosis, Examination>> {
        let engines = match &mut self.engines {
            Some(engines) => engines,
            none => none.insert(Engines::start(self.timeout.saturating_mul(TRACED))?),
        };
        let (mut reference, mut tested) = engines.halves();
        let examination = examine(&mut reference, &mut tested, program, &self.limits)?;
        let Some(fingerprint) = examination.fingerprint() else { return Ok(Err(examination)) };
        diagnose(examination, fingerprint, (&mut reference, &mut tested), &self.limits).map(Ok)
    }
}
