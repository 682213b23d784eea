//! Interest as a difference with the fingerprint of the original's.

use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use super::{Interesting, PredicateError};
use crate::diagnose::{Examination, Halves, examine, fingerprint_of};
use crate::engine::{Limits, Program};
use crate::script;

/// Two engines taken apart, which somebody keeps.
pub trait BothHalves {
    /// The reference's halves, and those of the engine under test.
    fn halves(&mut self) -> (Halves<'_>, Halves<'_>);
}

/// The two engines still differ with the fingerprint of the original.
pub struct SameFingerprint<E, S> {
    start: S,
    /// Engines that nobody uses just now.
    idle: Mutex<Vec<E>>,
    path: PathBuf,
    arguments: Vec<Vec<u8>>,
    limits: Limits,
    fingerprint: String,
}

impl<E: BothHalves, S: Fn() -> io::Result<E>> SameFingerprint<E, S> {
    /// Examines the original, and gives a predicate for its fingerprint; the examination if there is none. `start` makes engines
    /// whenever more are used at once. Candidates get a few times the instructions that the original needs to diverge.
    ///
    /// # Errors
    /// Engines that cannot be had; a run of the original that broke off.
    pub fn of_original(
        original: &[u8],
        path: PathBuf,
        arguments: Vec<Vec<u8>>,
        limits: Limits,
        start: S,
    ) -> io::Result<Result<Self, Examination>> {
        let program = script::program(&path, original.to_vec(), &arguments);
        let mut engines = start()?;
        let (mut reference, mut tested) = engines.halves();
        let examination = examine(&mut reference, &mut tested, &program, &limits)?;
        let Some(fingerprint) = examination.fingerprint() else { return Ok(Err(examination)) };
        let limits = tightened(&examination, limits);
        let idle = Mutex::new(vec![engines]);
        Ok(Ok(Self { start, idle, path, arguments, limits, fingerprint }))
    }

    /// What candidates are to have.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    fn of_candidate(&self, program: &Program) -> io::Result<Option<String>> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut engines = match idle {
            Some(engines) => engines,
            None => (self.start)()?,
        };
        let (mut reference, mut tested) = engines.halves();
        // A run that broke off is none that diverges; its engines may be the worse for it.
        let Ok(found) = fingerprint_of(&mut reference, &mut tested, program, &self.limits) else { return Ok(None) };
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(engines);
        Ok(found)
    }
}

/// The bounds for candidates. A program that gets smaller may need more instructions than the original, but rarely many more.
fn tightened(examination: &Examination, limits: Limits) -> Limits {
    const FACTOR: u64 = 4;
    const AT_LEAST: u64 = 100_000;
    let needed = examination.divergence().map_or(0, |divergence| divergence.culprit);
    Limits { instructions: needed.saturating_mul(FACTOR).max(AT_LEAST).min(limits.instructions), ..limits }
}

impl<E: BothHalves + Send, S: Fn() -> io::Result<E> + Sync> Interesting for SameFingerprint<E, S> {
    fn is_interesting(&self, candidate: &[u8]) -> Result<bool, PredicateError> {
        let program = script::program(&self.path, candidate.to_vec(), &self.arguments);
        let found = self.of_candidate(&program).map_err(|error| PredicateError(error.to_string()))?;
        Ok(found.as_deref() == Some(&self.fingerprint))
    }
}
