//! Whole programs as source text: made to be accepted, to mean something, to end, and to show all that they compute.
//!
//! A program begins with a drawn set of [`Feature`]s and helpers of its own (`prelude.lua`): `show` prints values without what is allowed
//! to differ, `event` notes that a metamethod ran. Then come statements, one idea per file:
//! `expressions`, `statements`, `functions`, `loops`, `tables`, `coroutines`, `errors`, `limits`, `library`, `patterns`, `formats`, `system`,
//! `mixed` for operands of all types, `adjacent` for instructions next to each other, `keepsakes` for what outlives a program,
//! over `scope`, which knows what is visible, and `builder`, which knows how much may still happen. What a program leaves out because engines
//! are free in it is a [`Rule`], counted. Nothing here knows engines.

mod adjacent;
mod builder;
mod coroutines;
mod errors;
mod expressions;
mod features;
pub(super) mod formats;
mod functions;
mod keepsakes;
mod library;
mod limits;
mod loops;
mod mixed;
mod numbers;
pub(super) mod patterns;
mod rules;
mod scope;
pub(super) mod sources;
mod statements;
mod strings;
mod system;
mod tables;
mod template;

pub use features::{Feature, Features};
pub use rules::{Rule, RuleCounts};

use super::{Choices, bytes_of_seed};
use builder::Builder;
use keepsakes::{KEEPSAKES, Keepsake};

/// What every program begins with.
const PRELUDE: &str = include_str!("prelude.lua");

/// A program nobody wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedProgram {
    pub source: Vec<u8>,
    /// What of the language it was allowed to use.
    pub features: Features,
    /// What was left out of it because engines are free in it.
    pub rules: RuleCounts,
}

/// The program that these choices make.
pub fn generate(choices: &mut Choices<'_>) -> GeneratedProgram {
    let features = drawn_features(choices);
    written(Builder::new(choices, features, MOST_STATEMENTS), &[], keepsakes::leave)
}

/// A program in which even what is not shown is the same in every run.
pub fn generate_repeatable(choices: &mut Choices<'_>) -> GeneratedProgram {
    let features = drawn_features(choices);
    let mut builder = Builder::new(choices, features, MOST_STATEMENTS);
    builder.kept_out = &NOT_REPEATABLE;
    written(builder, &[], keepsakes::leave)
}

/// What a program can have in its registers although it does not show it.
const NOT_REPEATABLE: [Rule; 4] = [Rule::MemoryInUse, Rule::Clock, Rule::TemporaryName, Rule::DynamicLibraries];

/// A program, and another one that uses what the first leaves in its state.
pub fn generate_with_sequel(choices: &mut Choices<'_>) -> (GeneratedProgram, GeneratedProgram) {
    let mut kept = Vec::new();
    while kept.len() < 6 && choices.chance(190) {
        kept.push(*choices.pick(&KEEPSAKES));
    }
    // What comes first must not take all the choices.
    let statements = choices.below(MOST_BEFORE);
    let features = drawn_features(choices);
    let mut builder = Builder::new(choices, features.without(Feature::Files), statements);
    builder.kept_out = &NEVER_TWICE;
    let mut before = written(builder, &kept, keepsakes::leave);
    if features.has(Feature::Files) {
        before.rules.apply(Rule::SharedFiles);
    }
    let features = drawn_features(choices);
    let mut builder = Builder::new(choices, features, MOST_STATEMENTS);
    builder.kept_out = &NEVER_TWICE;
    (before, written(builder, &kept, keepsakes::take_up))
}

/// What is never the same twice: where new objects lie can depend on it, and that identifies them in a state.
const NEVER_TWICE: [Rule; 2] = [Rule::Clock, Rule::TemporaryName];

/// How many statements a program has at most, and how many one that has a sequel.
const MOST_STATEMENTS: usize = 220;
const MOST_BEFORE: usize = 40;

/// What a program uses.
fn drawn_features(choices: &mut Choices<'_>) -> Features {
    let mark = choices.begin();
    let features = Features::draw(choices);
    choices.end("features", mark);
    features
}

/// A program that does something with each of these keepsakes first.
fn written(
    mut builder: Builder<'_, '_>,
    kept: &[Keepsake],
    keep: fn(&mut Builder<'_, '_>, &Keepsake),
) -> GeneratedProgram {
    let features = builder.features;
    builder.apply(Rule::Addresses);
    builder.apply(Rule::NanSign);
    let ending = builder.making("ending", errors::ending);
    kept.iter().for_each(|keepsake| keep(&mut builder, keepsake));
    statements::many(&mut builder);
    builder.line(&ending);
    let (body, rules) = builder.finish();
    GeneratedProgram { source: [PRELUDE.as_bytes(), &body].concat(), features, rules }
}

/// The program of a seed.
pub fn generate_from_seed(seed: u64) -> GeneratedProgram {
    generate(&mut Choices::new(&bytes_of_seed(seed)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::engine::{Engine, Limits, Program, ferrous::FerrousEngine};
    use crate::generate::coverage::{Coverage, End};
    use crate::generate::strategy::ChoiceBytes;

    /// How many programs the figures below are about.
    const PROGRAMS: u64 = 500;

    fn program(source: Vec<u8>) -> Program {
        Program { chunk: source, name: b"=generated".to_vec(), arguments: Vec::new(), script: Vec::new() }
    }

    #[test]
    fn a_seed_is_a_program_and_nothing_is_the_prelude_alone() {
        assert_eq!(generate_from_seed(3), generate_from_seed(3));
        assert_ne!(generate_from_seed(3).source, generate_from_seed(4).source);
        let nothing = generate(&mut Choices::new(&[]));
        assert_eq!(String::from_utf8_lossy(&nothing.source).trim_end(), PRELUDE.trim_end());
    }

    #[test]
    fn repeatable_programs_have_nothing_that_differs_from_run_to_run() {
        let program = |seed, generate: fn(&mut Choices<'_>) -> GeneratedProgram| {
            let source = generate(&mut Choices::new(&bytes_of_seed(seed))).source;
            String::from_utf8_lossy(&source).into_owned()
        };
        for word in ["os.clock()", "gcinfo()", "os.tmpname()", "package.loadlib(\"no/such"] {
            let of = |generate| (0..400).filter(|seed| program(*seed, generate).contains(word)).count();
            assert!(of(generate) > 0 && of(generate_repeatable) == 0, "{word}");
        }
    }

    #[test]
    fn a_sequel_takes_up_what_was_left() {
        let (mut left, mut taken) = (0, 0);
        for seed in 0..100 {
            let bytes = bytes_of_seed(seed);
            let (before, after) = generate_with_sequel(&mut Choices::new(&bytes));
            left += usize::from(String::from_utf8_lossy(&before.source).contains("kept"));
            taken += usize::from(String::from_utf8_lossy(&after.source).contains("kept"));
            assert!(before.source.len() > PRELUDE.len() && after.source.len() > PRELUDE.len());
        }
        assert!(left > 50 && taken > 50, "{left} {taken}");
    }

    #[test]
    fn programs_are_accepted_and_end_and_reach_what_they_should() {
        let mut engine = FerrousEngine::new();
        let mut coverage = Coverage::new();
        let mut ends: BTreeMap<End, u64> = BTreeMap::new();
        let limits = Limits { instructions: 2_000_000, memory: 256 << 20 };
        for seed in 0..PROGRAMS {
            let program = program(generate_from_seed(seed).source);
            if let Err(failure) = engine.compile(&program.chunk, &program.name) {
                panic!("seed {seed}: {failure:?}");
            }
            *ends.entry(coverage.add(&program, &limits)).or_default() += 1;
        }
        let share = |end| ends.get(&end).copied().unwrap_or(0);
        assert_eq!(share(End::Refused), 0);
        assert!((share(End::OverBudget) + share(End::OverMemory)) * 50 <= PROGRAMS, "{ends:?}");
        assert!(share(End::Raised) * 20 >= PROGRAMS && share(End::Returned) * 2 >= PROGRAMS, "{ends:?}");
        let floors = [38, 19, 135, 135, 600, 1050];
        for (share, floor) in coverage.shares().iter().zip(floors) {
            assert!(share.reached >= floor, "{share:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

        #[test]
        fn programs_of_any_bytes_are_accepted(bytes in ChoiceBytes { lengths: 0..3000 }) {
            let program = program(generate(&mut Choices::new(&bytes)).source);
            let compiled = FerrousEngine::new().compile(&program.chunk, &program.name);
            prop_assert!(compiled.is_ok(), "{compiled:?} {}", String::from_utf8_lossy(&program.chunk));
        }
    }
}
