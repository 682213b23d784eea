//! Everything that is found out about a program over which two engines may differ, from the first difference to whose fault it is.
//!
//! The door for commands: [`diagnose`] does all of it, [`examine`] only what a fingerprint takes.

use std::io;
use std::sync::Arc;

use super::attribute::{Attribution, Fault, attribute};
use super::compiled::{Compiled, compile_both};
use super::fingerprint::fingerprint;
use super::locate::{Divergence, Located, Subject, locate};
use super::one_step::one_step;
use crate::engine::{Engine, Limits, Program, TraceEngine};

/// One engine, taken apart.
pub struct Halves<'a> {
    pub compiler: &'a mut dyn Engine,
    pub vm: &'a dyn TraceEngine,
}

/// The compilers' work, and both engines' runs beside each other.
#[derive(Debug)]
pub struct Examination {
    pub compiled: Compiled,
    /// What the engine under test came to beside the reference; `None` if a compiler refuses the program.
    pub product: Option<Arc<Located>>,
}

impl Examination {
    /// What differs; `None` if nothing does, or nothing that repeats itself.
    pub fn fingerprint(&self) -> Option<String> {
        fingerprint(&self.compiled, self.product.as_deref())
    }

    /// Where the runs diverge.
    pub fn divergence(&self) -> Option<&Divergence> {
        match self.product.as_deref() {
            Some(Located::Diverged(divergence)) => Some(divergence),
            _ => None,
        }
    }
}

/// What is known of a difference.
#[derive(Debug)]
pub struct Diagnosis {
    pub examination: Examination,
    pub fingerprint: String,
    pub attribution: Attribution,
    /// A script in which the one instruction that goes wrong goes wrong in the same way, if the VM is at fault and there is one.
    pub one_step: Option<String>,
}

/// Compiles a program with both engines and runs both.
///
/// # Errors
/// A compiler that came to no answer, a run that broke off.
pub fn examine(
    reference: &mut Halves<'_>,
    tested: &mut Halves<'_>,
    program: &Program,
    limits: &Limits,
) -> io::Result<Examination> {
    let compiled = compile_both(reference.compiler, tested.compiler, program)?;
    let product = match &compiled {
        Compiled::Refused { .. } => None,
        Compiled::Accepted { reference: by_reference, tested: by_tested, .. } => {
            let truth = Subject { engine: reference.vm, program: by_reference };
            let product = Subject { engine: tested.vm, program: by_tested };
            Some(Arc::new(locate(truth, product, limits)?))
        }
    };
    Ok(Examination { compiled, product })
}

/// The fingerprint of what differs over a program, with nothing run that it does not take; `None` if nothing differs, or nothing
/// that repeats itself.
///
/// # Errors
/// Those of [`examine`].
pub fn fingerprint_of(
    reference: &mut Halves<'_>,
    tested: &mut Halves<'_>,
    program: &Program,
    limits: &Limits,
) -> io::Result<Option<String>> {
    let compiled = compile_both(reference.compiler, tested.compiler, program)?;
    if let (Compiled::Accepted { reference: by_reference, tested: by_tested, .. }, true) = (&compiled, compiled.agree())
    {
        let truth = Subject { engine: reference.vm, program: by_reference };
        let located = locate(truth, Subject { engine: tested.vm, program: by_tested }, limits)?;
        return Ok(fingerprint(&compiled, Some(&located)));
    }
    Ok(fingerprint(&compiled, None))
}

/// Finds out what there is to know about an examination that shows a difference, which has this fingerprint.
///
/// # Errors
/// A run that broke off.
pub fn diagnose(
    examination: Examination,
    fingerprint: String,
    (reference, tested): (&mut Halves<'_>, &mut Halves<'_>),
    limits: &Limits,
) -> io::Result<Diagnosis> {
    let attribution = match &examination.product {
        Some(product) => attribute(&examination.compiled, product, (reference.vm, tested.vm), limits)?,
        None => Attribution { fault: Fault::Compiler, cells: Vec::new() },
    };
    let one_step = match (&attribution.fault, examination.divergence()) {
        (Fault::Vm | Fault::Library(_), Some(divergence)) => one_step(divergence).filter(|script| {
            let found = fingerprint_of(reference, tested, &script_of(script), limits);
            found.is_ok_and(|found| found.as_ref() == Some(&fingerprint))
        }),
        _ => None,
    };
    Ok(Diagnosis { examination, fingerprint, attribution, one_step })
}

fn script_of(script: &str) -> Program {
    Program {
        chunk: script.into(),
        name: b"@one-step.lua".to_vec(),
        arguments: Vec::new(),
        script: b"one-step.lua".to_vec(),
    }
}
