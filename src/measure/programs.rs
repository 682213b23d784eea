//! A program, run on both engines from an empty state to a closed one.

use std::num::NonZeroU32;

use super::case::Failure;
use super::samples::{Samples, alternate};
use crate::engine::{Engine, Limits, Program};
use crate::outcome::{Agreement, Names, Verdict, compare_runs};

/// Nothing is counted and nothing is bounded, so that no engine does work that a stand-alone interpreter would not do.
const UNBOUNDED: Limits = Limits { instructions: u64::MAX, memory: u64::MAX };

/// Measures a program, which must return, with the same output and the same values on both sides.
pub(super) fn measure(
    program: &Program,
    rounds: NonZeroU32,
    reference: &mut dyn Engine,
    subject: &mut dyn Engine,
) -> Result<(Samples, Samples), Failure> {
    let names = (reference.name().to_owned(), subject.name().to_owned());
    let names = Names { reference: &names.0, subject: &names.1 };
    let run = |engine: &mut dyn Engine| engine.run(program, &UNBOUNDED);
    alternate(
        rounds,
        || run(reference),
        || run(subject),
        |reference, subject| match compare_runs(&reference, &subject, &program.name, names) {
            Verdict::Agree(Agreement::Returned { .. }) => Ok(()),
            Verdict::Agree(_) => {
                Err(Failure::Wrong("it does not run to its end: `lockstep diff --verbose` says more".into()))
            }
            Verdict::Inconclusive(reason) => Err(Failure::Wrong(reason.to_string())),
            Verdict::Differ(difference) => Err(Failure::Wrong(format!(
                "the engines differ in {}: {} has {}, {} has {}",
                difference.place, names.reference, difference.reference, names.subject, difference.subject
            ))),
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{CompileFailure, Ending, Run, Snapshot, ferrous::FerrousEngine, reference::ReferenceEngine};

    fn program(source: &str) -> Program {
        Program { chunk: source.into(), name: b"=case".to_vec(), arguments: Vec::new(), script: Vec::new() }
    }

    fn both(source: &str) -> Result<(Samples, Samples), Failure> {
        measure(&program(source), NonZeroU32::MIN, &mut ReferenceEngine::new(), &mut FerrousEngine::new())
    }

    #[test]
    fn a_program_that_returns_is_measured() {
        let (reference, subject) = both("print({} ~= nil) return 1").expect("the same on both sides");
        assert!(!reference.minimum().is_zero() && !subject.minimum().is_zero());
    }

    #[test]
    fn a_program_that_ends_otherwise_is_not() {
        for source in ["error('no')", "not Lua"] {
            assert!(matches!(both(source), Err(Failure::Wrong(_))), "{source}");
        }
    }

    /// Says what it is told to say.
    struct Fixed(&'static str, f64);

    impl Engine for Fixed {
        fn name(&self) -> &str {
            "fixed"
        }

        fn compile(&mut self, _: &[u8], _: &[u8]) -> Result<Vec<u8>, CompileFailure> {
            Ok(Vec::new())
        }

        fn run(&mut self, _: &Program, _: &Limits) -> Run {
            let ending = Ending::Returned(vec![Snapshot::Number(self.1.to_bits())]);
            Run { output: self.0.into(), ending, instructions: 0 }
        }
    }

    #[test]
    fn wrong_results_are_not_measured() {
        let check = |output, value| {
            measure(&program(""), NonZeroU32::MIN, &mut Fixed("out\n", 1.0), &mut Fixed(output, value)).is_ok()
        };
        assert!(check("out\n", 1.0));
        assert!(!check("out", 1.0));
        assert!(!check("out\n", 2.0));
    }
}
