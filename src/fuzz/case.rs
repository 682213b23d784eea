//! The case that a stream of bytes stands for. It knows which generator feeds which oracle, and nothing of judgement.

use super::{Input, Target, raw};
use crate::generate::program::{GeneratedProgram, RuleCounts, generate, generate_repeatable, generate_with_sequel};
use crate::generate::source::GeneratedSource;
use crate::generate::{CHUNK_NAME, Choices, bytes_of_seed, call, chunk, host, source};

/// An input, and what was left out of it because engines are free in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    pub input: Input,
    pub rules: RuleCounts,
}

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
            Target::Trace => program(generate_repeatable(choices)),
            Target::Library => library_call(choices),
            Target::Heap => host_stages(choices),
            Target::Clone => copies(choices),
            Target::Parse => match choices.weighted(&[9, 1]) {
                1 => whole_program(choices),
                _ => text(source::generate(choices)),
            },
            Target::Bytecode => match choices.weighted(&[3, 2]) {
                1 => whole_program(choices),
                _ => text(source::generate_valid(choices)),
            },
            Target::Chunk => binary_chunk(choices),
            Target::Roundtrip => match choices.weighted(&[2, 2, 1]) {
                1 => binary_chunk(choices),
                2 => whole_program(choices),
                _ => text(source::generate_valid(choices)),
            },
            Target::Execute => whole_program(choices),
        }
    }

    /// The case of a seed.
    pub fn of_seed(target: Target, seed: u64) -> Self {
        Self::of_bytes(target, &bytes_of_seed(seed))
    }
}

fn whole_program(choices: &mut Choices<'_>) -> Case {
    program(generate(choices))
}

fn program(generated: GeneratedProgram) -> Case {
    Case { input: Input::program(generated.source, CHUNK_NAME), rules: generated.rules }
}

fn library_call(choices: &mut Choices<'_>) -> Case {
    let generated = call::generate(choices);
    Case { input: Input::Call(generated.call), rules: generated.rules }
}

fn host_stages(choices: &mut Choices<'_>) -> Case {
    let (stages, stress) = host::generate(choices);
    Case { input: Input::Host { stages, stress }, rules: RuleCounts::default() }
}

fn text(generated: GeneratedSource) -> Case {
    Case { input: Input::named(generated.text, generated.name), rules: RuleCounts::default() }
}

fn binary_chunk(choices: &mut Choices<'_>) -> Case {
    let generated = chunk::generate(choices);
    Case { input: Input::named(generated.bytes, generated.name), rules: RuleCounts::default() }
}

fn copies(choices: &mut Choices<'_>) -> Case {
    let (before, after) = generate_with_sequel(choices);
    let mut rules = before.rules;
    rules.add(&after.rules);
    Case { input: Input::Copies { before: before.source, after: after.source }, rules }
}
