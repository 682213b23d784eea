//! The case that a stream of bytes stands for. It knows which generator feeds which oracle, and nothing of judgement.

use super::{Input, Target};
use crate::generate::program::{RuleCounts, generate};
use crate::generate::source::GeneratedSource;
use crate::generate::{Choices, bytes_of_seed, chunk, source};

/// An input, and what was left out of it because engines are free in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    pub input: Input,
    pub rules: RuleCounts,
}

/// The chunk name of generated programs.
const NAME: &str = "@generated.lua";

impl Case {
    /// The case of these bytes. Any bytes are one; none are the simplest.
    pub fn of_bytes(target: Target, bytes: &[u8]) -> Self {
        let mut choices = Choices::new(bytes);
        match target {
            Target::Clone => copies(&mut choices),
            Target::Parse => match choices.weighted(&[9, 1]) {
                1 => whole_program(&mut choices),
                _ => text(source::generate(&mut choices)),
            },
            Target::Bytecode => match choices.weighted(&[3, 2]) {
                1 => whole_program(&mut choices),
                _ => text(source::generate_valid(&mut choices)),
            },
            Target::Chunk => binary_chunk(&mut choices),
            Target::Roundtrip => match choices.weighted(&[2, 2, 1]) {
                1 => binary_chunk(&mut choices),
                2 => whole_program(&mut choices),
                _ => text(source::generate_valid(&mut choices)),
            },
            _ => whole_program(&mut choices),
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

fn text(generated: GeneratedSource) -> Case {
    Case { input: Input::named(generated.text, generated.name), rules: RuleCounts::default() }
}

fn binary_chunk(choices: &mut Choices<'_>) -> Case {
    let generated = chunk::generate(choices);
    Case { input: Input::named(generated.bytes, generated.name), rules: RuleCounts::default() }
}

fn copies(choices: &mut Choices<'_>) -> Case {
    let after = generate(choices);
    let before = generate(choices);
    let mut rules = after.rules;
    rules.add(&before.rules);
    Case { input: Input::Copies { before: before.source, after: after.source }, rules }
}
