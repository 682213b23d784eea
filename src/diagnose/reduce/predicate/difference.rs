//! Interest as a difference between two engines that is like the original's.

use std::io;
use std::path::PathBuf;

use super::pool::Pool;
use super::{Interesting, PredicateError, tightened};
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
    engines: Pool<E, S>,
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
        let limits = limits_for_candidates(&program, &mut engines, &scope);
        let likeness = Likeness::of(&difference);
        let mut found = Self { engines: Pool::new(engines, start), path, arguments, scope, likeness };
        found.scope.limits = limits;
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
        let mut engines = self.engines.take().map_err(|error| format!("cannot start the engines: {error}"))?;
        let (reference, subject) = engines.pair();
        let verdict = judge(&program, reference, subject, &self.scope);
        if let Some(failure) = engines.take_failure() {
            return Err(failure);
        }
        self.engines.give_back(engines);
        Ok(verdict)
    }
}

/// The bounds for candidates, by what the reference needs for the original.
fn limits_for_candidates(program: &Program, engines: &mut impl Engines, scope: &Scope) -> Limits {
    if scope.compile_only {
        return scope.limits;
    }
    tightened(engines.pair().0.run(program, &scope.limits).instructions, scope.limits)
}

impl<E: Engines + Send, S: Fn() -> io::Result<E> + Sync> Interesting for SameDifference<E, S> {
    fn is_interesting(&self, candidate: &[u8]) -> Result<bool, PredicateError> {
        self.is_like_it(candidate).map_err(PredicateError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{CompileFailure, Ending, Engine, Run, Snapshot};

    /// Does what the text says: a line for each engine, `reference` first.
    struct Told {
        line: usize,
    }

    fn ending(word: &str, limits: &Limits) -> Ending {
        match word {
            "raise" => Ending::Raised { value: Snapshot::String(b"x".to_vec()), traceback: Vec::new() },
            "hang" => Ending::TimedOut,
            "crash" => Ending::Crashed("signal".into()),
            "long" if limits.instructions < 1_000_000 => Ending::OverBudget,
            "one" | "long" => Ending::Returned(vec![Snapshot::Boolean(true)]),
            _ => Ending::Returned(Vec::new()),
        }
    }

    impl Engine for Told {
        fn name(&self) -> &str {
            ["reference", "subject"][self.line]
        }

        fn compile(&mut self, _: &[u8], _: &[u8]) -> Result<Vec<u8>, CompileFailure> {
            Err(CompileFailure::TimedOut)
        }

        fn run(&mut self, program: &Program, limits: &Limits) -> Run {
            let text = String::from_utf8(program.chunk[1..].to_vec()).expect("text");
            let word = text.lines().nth(self.line).unwrap_or_default();
            let (ended, output) = word.split_once(' ').unwrap_or((word, ""));
            Run { output: output.into(), ending: ending(ended, limits), instructions: 10 }
        }
    }

    struct Pair(Told, Told);

    impl Engines for Pair {
        fn pair(&mut self) -> (&mut dyn Engine, &mut dyn Engine) {
            (&mut self.0, &mut self.1)
        }

        fn take_failure(&mut self) -> Option<String> {
            None
        }
    }

    fn start() -> io::Result<Pair> {
        Ok(Pair(Told { line: 0 }, Told { line: 1 }))
    }

    /// A binary chunk, so that the engines are not asked to compile it.
    fn told(reference: &str, subject: &str) -> Vec<u8> {
        format!("\x1b{reference}\n{subject}").into_bytes()
    }

    /// Whether the second program differs like the first.
    fn alike(original: [&str; 2], candidate: [&str; 2]) -> bool {
        let original = told(original[0], original[1]);
        let (predicate, _) =
            SameDifference::of_original(&original, "x.lua".into(), Vec::new(), Scope::default(), start)
                .unwrap_or_else(|reason| panic!("{reason:?}"));
        assert_eq!(predicate.is_interesting(&original), Ok(true));
        predicate.is_interesting(&told(candidate[0], candidate[1])).expect("the engines start")
    }

    #[test]
    fn the_kind_must_be_the_same() {
        assert!(alike(["one a", "one b"], ["one c", "one d"]));
        assert!(!alike(["one a", "one b"], ["one a", "raise a"]));
        assert!(!alike(["one", "crash"], ["one", "hang"]));
        assert!(!alike(["one a", "one b"], ["one a", "one a"]));
        assert!(!alike(["one a", "one b"], ["hang", "one b"]));
    }

    #[test]
    fn the_sides_must_end_as_they_did() {
        assert!(alike(["one", "raise"], ["none", "raise"]));
        assert!(!alike(["one", "raise"], ["raise", "one"]));
    }

    #[test]
    fn bounds_that_change_what_is_seen_are_not_tightened() {
        assert!(alike(["one", "none"], ["one", "none"]));
        assert!(!alike(["one a", "one b"], ["long", "none"]), "bounds are tightened to what the original needs");
        assert!(alike(["none", "long"], ["none", "long"]));
    }

    #[test]
    fn there_must_be_a_difference() {
        let of = |text: Vec<u8>| {
            SameDifference::of_original(&text, "x.lua".into(), Vec::new(), Scope::default(), start).err()
        };
        assert!(matches!(of(told("one", "one")), Some(NoDifference::Verdict(Verdict::Agree(_)))));
        assert!(matches!(of(told("hang", "one")), Some(NoDifference::Verdict(Verdict::Inconclusive(_)))));
        let fails = || Err::<Pair, _>(io::Error::other("none"));
        let failed = SameDifference::of_original(b"x", "x.lua".into(), Vec::new(), Scope::default(), fails).err();
        assert!(matches!(failed, Some(NoDifference::Failed(reason)) if reason.contains("cannot start the engines")));
    }
}
