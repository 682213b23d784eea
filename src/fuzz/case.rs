//! The case that a stream of bytes stands for. It knows which generator feeds which oracle, and nothing of judgement.

use super::{Input, Target, raw};
use crate::generate::program::{RuleCounts, generate};
use crate::generate::{Choices, bytes_of_seed};

/// An input, and what was left out of it because engines are free in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    pub input: Input,
    pub rules: RuleCounts,
}

/// The chunk name of generated programs.
pub(super) const NAME: &str = "@generated.lua";

impl Case {
    /// The case of these bytes. Any bytes are one; none are the simplest. Those that are a program as they are ([`raw`]) are that, all
    /// others are choices.
    pub fn of_bytes(target: Target, bytes: &[u8]) -> Self {
        match raw::input(target, bytes) {
            Some(input) => Self { input, rules: RuleCounts::default() },
            None => Self::of_choices(target, &mut Choices::new(bytes)),
        }
    }

    /// The case of these choices.
    pub fn of_choices(target: Target, choices: &mut Choices<'_>) -> Self {
        match target {
            Target::Clone => copies(choices),
            _ => whole_program(choices),
        }
    }

    /// The case of a seed.
    pub fn of_seed(target: Target, seed: u64) -> Self {
        Self::of_bytes(target, &bytes_of_seed(seed))
    }
}

fn whole_program(choices: &mut Choices<'_>) -> Case {
    let generated = generate(choices);
    Case { input: Input::program(generated.source, NAME), rules: generated.rules }
}

fn copies(choices: &mut Choices<'_>) -> Case {
    let after = generate(choices);
    let before = generate(choices);
    let mut rules = after.rules;
    rules.add(&before.rules);
    Case { input: Input::Copies { before: before.source, after: after.source }, rules }
}
