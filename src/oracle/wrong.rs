//! Engines that are wrong in one way: the reference with what it gives changed.

use super::Verdict;
use crate::engine::reference::ReferenceEngine;
use crate::engine::{CompileFailure, Engine, Limits, Program, Run};

type Compiled = Result<Vec<u8>, CompileFailure>;

/// The reference, wrong in one way.
pub struct Wrong {
    compiled: Box<dyn Fn(Compiled) -> Compiled>,
    ran: Box<dyn Fn(Run) -> Run>,
}

impl Wrong {
    pub fn not() -> Self {
        Self { compiled: Box::new(|result| result), ran: Box::new(|run| run) }
    }

    pub fn compiling(change: impl Fn(Compiled) -> Compiled + 'static) -> Self {
        Self { compiled: Box::new(change), ..Self::not() }
    }

    pub fn running(change: impl Fn(Run) -> Run + 'static) -> Self {
        Self { ran: Box::new(change), ..Self::not() }
    }
}

impl Engine for Wrong {
    fn name(&self) -> &str {
        "wrong"
    }

    fn compile(&mut self, source: &[u8], name: &[u8]) -> Compiled {
        (self.compiled)(ReferenceEngine::new().compile(source, name))
    }

    fn run(&mut self, program: &Program, limits: &Limits) -> Run {
        (self.ran)(ReferenceEngine::new().run(program, limits))
    }
}

/// The fingerprint, if the claim is broken.
pub fn fingerprint_of(verdict: &Verdict) -> Option<String> {
    verdict.finding().map(|finding| finding.fingerprint.clone())
}
