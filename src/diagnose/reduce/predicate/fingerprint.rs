//! Interest as a difference with the fingerprint of the original's.

use std::io;
use std::path::PathBuf;

use super::pool::Pool;
use super::{Interesting, PredicateError, tightened};
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
    engines: Pool<E, S>,
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
        let needed = examination.divergence().map_or(0, |divergence| divergence.culprit);
        let limits = tightened(needed, limits);
        Ok(Ok(Self { engines: Pool::new(engines, start), path, arguments, limits, fingerprint }))
    }

    /// What candidates are to have.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    fn of_candidate(&self, program: &Program) -> io::Result<Option<String>> {
        let mut engines = self.engines.take()?;
        let (mut reference, mut tested) = engines.halves();
        // A run that broke off is none that diverges; its engines may be the worse for it.
        let Ok(found) = fingerprint_of(&mut reference, &mut tested, program, &self.limits) else { return Ok(None) };
        self.engines.give_back(engines);
        Ok(found)
    }
}

impl<E: BothHalves + Send, S: Fn() -> io::Result<E> + Sync> Interesting for SameFingerprint<E, S> {
    fn is_interesting(&self, candidate: &[u8]) -> Result<bool, PredicateError> {
        let program = script::program(&self.path, candidate.to_vec(), &self.arguments);
        let found = self.of_candidate(&program).map_err(|error| PredicateError(error.to_string()))?;
        Ok(found.as_deref() == Some(&self.fingerprint))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;
    use crate::engine::ferrous::{FerrousEngine, Meddler};
    use crate::engine::{ThreadTracer, TraceEngine, TraceOrder, TracedRun};
    use crate::lua::bytecode::Opcode;
    use crate::lua::heap::Value;
    use crate::lua::vm::View;

    /// A VM whose `ADD` gives 0 and whose `MUL` gives nil.
    #[derive(Default)]
    struct WrongVm {
        /// What the instruction before is to have given.
        due: Option<(u8, Value)>,
    }

    impl Meddler for WrongVm {
        fn meddle(&mut self, view: &View<'_>) -> Option<(u8, Value)> {
            if let Some(change) = self.due.take() {
                return Some(change);
            }
            let register = view.word().a() as u8;
            self.due = match view.word().opcode() {
                Some(Opcode::Add) => Some((register, Value::number(0.0))),
                Some(Opcode::Mul) => Some((register, Value::NIL)),
                _ => None,
            };
            None
        }
    }

    /// What has been seen of the engines.
    #[derive(Default)]
    struct Seen {
        /// How many pairs were started.
        starts: AtomicU64,
        /// The bound of the last run.
        instructions: AtomicU64,
    }

    /// An engine whose runs of programs with a certain word break off.
    struct Frail<T>(T);

    impl<T: TraceEngine> TraceEngine for Frail<T> {
        fn name(&self) -> &str {
            self.0.name()
        }

        fn start(&self, order: &TraceOrder) -> io::Result<TracedRun> {
            if order.program.chunk.windows(5).any(|word| word == b"break") {
                return Err(io::Error::other("this run breaks off"));
            }
            self.0.start(order)
        }
    }

    struct Pair {
        compilers: [FerrousEngine; 2],
        vms: [Box<dyn TraceEngine + Send>; 2],
    }

    impl Pair {
        fn start(seen: &Arc<Seen>) -> Self {
            seen.starts.fetch_add(1, Ordering::Relaxed);
            let honest = ThreadTracer::new("reference", |program, limits, recorder| {
                FerrousEngine::new().trace(program, limits, recorder)
            });
            let seen = Arc::clone(seen);
            let wrong = ThreadTracer::new("tested", move |program, limits, recorder| {
                seen.instructions.store(limits.instructions, Ordering::Relaxed);
                FerrousEngine::new().trace_meddled(program, limits, recorder, WrongVm::default())
            });
            Self {
                compilers: [FerrousEngine::new(), FerrousEngine::new()],
                vms: [Box::new(honest), Box::new(Frail(wrong))],
            }
        }
    }

    impl BothHalves for Pair {
        fn halves(&mut self) -> (Halves<'_>, Halves<'_>) {
            let [reference, tested] = &mut self.compilers;
            let [truth, wrong] = &self.vms;
            (Halves { compiler: reference, vm: &**truth }, Halves { compiler: tested, vm: &**wrong })
        }
    }

    const LIMITS: Limits = Limits { instructions: 1_000_000, memory: 64 << 20 };
    const ADDS: &str = "local a, b = 1, 2 local c = a + b print(c)";

    type Start = Box<dyn Fn() -> io::Result<Pair> + Sync>;

    /// What tells candidates by the fingerprint of this program.
    fn like(
        original: &str,
        limits: Limits,
        seen: &Arc<Seen>,
    ) -> io::Result<Result<SameFingerprint<Pair, Start>, Examination>> {
        let seen = Arc::clone(seen);
        let start: Start = Box::new(move || Ok(Pair::start(&seen)));
        SameFingerprint::of_original(original.as_bytes(), "x.lua".into(), Vec::new(), limits, start)
    }

    #[test]
    fn the_fingerprint_must_be_the_same() {
        let seen = Arc::default();
        let adds = like(ADDS, LIMITS, &seen).expect("it runs").expect("it differs");
        assert_eq!(adds.fingerprint(), "ADD(number,number): gives another number");
        for (candidate, is_like_it) in [
            (ADDS, true),
            ("local x = 3 return x + x", true),
            ("local a = 1 return a * a", false),
            ("local a = '1' return a + a", false),
            ("local a = 1 return a - a", false),
            ("local a = = 1", false),
        ] {
            assert_eq!(adds.is_interesting(candidate.as_bytes()), Ok(is_like_it), "{candidate}");
        }
        assert_eq!(seen.starts.load(Ordering::Relaxed), 1, "engines are used again");
    }

    #[test]
    fn there_must_be_a_difference() {
        let seen = Arc::default();
        let Err(examination) = like("return 1 - 1", LIMITS, &seen).expect("it runs") else { panic!("it differs") };
        assert_eq!(examination.fingerprint(), None);
    }

    #[test]
    fn a_run_that_breaks_off_is_not_interesting() {
        let seen = Arc::default();
        assert!(like("print('break')", LIMITS, &seen).is_err());
        let adds = like(ADDS, LIMITS, &seen).expect("it runs").expect("it differs");
        assert_eq!(adds.is_interesting(b"local a = 'break' local b = 1 return b + b"), Ok(false));
        let before = seen.starts.load(Ordering::Relaxed);
        assert_eq!(adds.is_interesting(ADDS.as_bytes()), Ok(true));
        assert_eq!(
            seen.starts.load(Ordering::Relaxed),
            before + 1,
            "engines of a run that broke off are not used again"
        );
    }

    #[test]
    fn engines_that_cannot_be_had_are_an_error() {
        let seen = Arc::new(Seen::default());
        let first_only = || match seen.starts.load(Ordering::Relaxed) {
            0 => Ok(Pair::start(&seen)),
            _ => Err(io::Error::other("no more")),
        };
        let adds = SameFingerprint::of_original(ADDS.as_bytes(), "x.lua".into(), Vec::new(), LIMITS, first_only);
        let adds = adds.expect("it runs").expect("it differs");
        assert_eq!(adds.is_interesting(b"print('break')"), Ok(false));
        assert_eq!(adds.is_interesting(ADDS.as_bytes()), Err(PredicateError("no more".into())));
    }

    #[test]
    fn candidates_that_never_end_are_found_out_soon() {
        let given = |original: &str, limits: Limits| {
            let seen = Arc::default();
            let predicate = like(original, limits, &seen).expect("it runs").expect("it differs");
            assert_eq!(predicate.is_interesting(b"while true do end local a = 1 return a + a"), Ok(false));
            seen.instructions.load(Ordering::Relaxed)
        };
        assert_eq!(given(ADDS, LIMITS), 100_000);
        // As many as the original may have, if that is less.
        assert_eq!(given(ADDS, Limits { instructions: 1000, ..LIMITS }), 1000);
        let late = given("for i = 1, 50000 do end local a = 1 return a + a", LIMITS);
        assert!((200_000..200_100).contains(&late), "{late}");
    }
}
