//! Interest as a difference between two engines that is like the original's.

use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use super::{Interesting, PredicateError};
use crate::batch::Engines;
use crate::engine::{Limits, Program};
use crate::outcome::{Difference, Kind, Place, Scope, Verdict, judge};
use crate::script;

/// What two differences must have in common to be taken for the same: their kind, the field of the function that differs,
/// and how each side ended if that is the difference. Where it lies and which values it shows change on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likeness {
    kind: Kind,
    field: Option<&'static str>,
    endings: Option<[String; 2]>,
}

impl Likeness {
    /// What is to be kept of a difference.
    pub fn of(difference: &Difference) -> Self {
        let field = match &difference.place {
            Place::Function(place) => Some(place.field),
            _ => None,
        };
        // `raised "…"`, `returned 1, 2`: the first word is how it ended.
        let word = |text: &String| text.split(' ').next().unwrap_or_default().to_owned();
        let endings = [&difference.reference, &difference.subject].map(word);
        let by_ending = matches!(difference.kind, Kind::Ending | Kind::Acceptance);
        Self { kind: difference.kind, field, endings: by_ending.then_some(endings) }
    }
}

/// The two engines still differ, in a way like the original's.
pub struct SameDifference<E, S> {
    start: S,
    /// Engines that nobody uses just now.
    idle: Mutex<Vec<E>>,
    path: PathBuf,
    arguments: Vec<Vec<u8>>,
    scope: Scope,
    likeness: Likeness,
}

/// Why there is no difference to go by.
#[derive(Debug)]
pub enum NoDifference {
    /// The engines could not be had, or failed.
    Failed(String),
    /// The verdict about the original is no difference.
    Verdict(Verdict),
}

impl<E: Engines, S: Fn() -> io::Result<E>> SameDifference<E, S> {
    /// Judges the original, and gives a predicate for what differs like it, with the difference itself. `start` makes engines
    /// whenever more are used at once. Candidates get a few times the instructions that the original needs on the
    /// reference, so that those that run for ever are found out soon.
    ///
    /// # Errors
    /// When the original shows no difference.
    pub fn of_original(
        original: &[u8],
        path: PathBuf,
        arguments: Vec<Vec<u8>>,
        scope: Scope,
        start: S,
    ) -> Result<(Self, Difference), NoDifference> {
        let program = script::program(&path, original.to_vec(), &arguments);
        let mut engines =
            start().map_err(|error| NoDifference::Failed(format!("cannot start the engines: {error}")))?;
        let (reference, subject) = engines.pair();
        let verdict = judge(&program, reference, subject, &scope);
        if let Some(failure) = engines.take_failure() {
            return Err(NoDifference::Failed(failure));
        }
        let Verdict::Differ(difference) = verdict else { return Err(NoDifference::Verdict(verdict)) };
        let tightened = tightened(&program, &mut engines, &scope);
        let likeness = Likeness::of(&difference);
        let mut found = Self { start, idle: Mutex::new(vec![engines]), path, arguments, scope, likeness };
        found.scope.limits = tightened;
        // A run that never ends by itself shows something else under other bounds.
        if !found.is_like_it(original).map_err(NoDifference::Failed)? {
            found.scope = scope;
        }
        Ok((found, *difference))
    }

    fn is_like_it(&self, candidate: &[u8]) -> Result<bool, String> {
        match self.verdict(candidate)? {
            Verdict::Differ(difference) => Ok(Likeness::of(&difference) == self.likeness),
            Verdict::Agree(_) | Verdict::Inconclusive(_) => Ok(false),
        }
    }

    fn verdict(&self, candidate: &[u8]) -> Result<Verdict, String> {
        let program = script::program(&self.path, candidate.to_vec(), &self.arguments);
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut engines = match idle {
            Some(engines) => engines,
            None => (self.start)().map_err(|error| format!("cannot start the engines: {error}"))?,
        };
        let (reference, subject) = engines.pair();
        let verdict = judge(&program, reference, subject, &self.scope);
        if let Some(failure) = engines.take_failure() {
            return Err(failure);
        }
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(engines);
        Ok(verdict)
    }
}

/// The bounds for candidates. A program that gets smaller may need more instructions than the original, but rarely many more.
fn tightened(program: &Program, engines: &mut impl Engines, scope: &Scope) -> Limits {
    const FACTOR: u64 = 4;
    const AT_LEAST: u64 = 100_000;
    if scope.compile_only {
        return scope.limits;
    }
    let needed = engines.pair().0.run(program, &scope.limits).instructions;
    let instructions = needed.saturating_mul(FACTOR).max(AT_LEAST).min(scope.limits.instructions);
    Limits { instructions, ..scope.limits }
}

impl<E: Engines + Send, S: Fn() -> io::Result<E> + Sync> Interesting for SameDifference<E, S> {
    fn is_interesting(&self, candidate: &[u8]) -> Result<bool, PredicateError> {
        self.is_like_it(candidate).map_err(PredicateError)
    }
}
