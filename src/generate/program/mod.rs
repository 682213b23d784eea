//! Whole programs as source text: made to be accepted, to mean something, to end, and to show all that they compute.
//!
//! A program begins with a drawn set of [`Feature`]s and helpers of its own (`prelude.lua`): `show` prints values without what is allowed
//! to differ, `event` notes that a metamethod ran. Then come statements, one idea per file:
//! `expressions`, `statements`, `functions`, `loops`, `tables`, `coroutines`, `errors`, `library`, `patterns`, `formats`, `system`,
//! over `scope`, which knows what is visible, and `builder`, which knows how much may still happen. What a program leaves out because engines
//! are free in it is a [`Rule`], counted. Nothing here knows engines.

mod builder;
mod coroutines;
mod errors;
mod expressions;
mod features;
mod formats;
mod functions;
mod library;
mod loops;
mod numbers;
mod patterns;
mod rules;
mod scope;
mod statements;
mod strings;
mod system;
mod tables;
mod template;

pub use features::{Feature, Features};
pub use rules::{Rule, RuleCounts};

use super::{Choices, bytes_of_seed};
use builder::Builder;

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
    let features = Features::draw(choices);
    let mut builder = Builder::new(choices, features);
    builder.apply(Rule::Addresses);
    builder.apply(Rule::NanSign);
    statements::many(&mut builder);
    errors::ending(&mut builder);
    let (body, rules) = builder.finish();
    GeneratedProgram { source: [PRELUDE.as_bytes(), &body].concat(), features, rules }
}

/// The program of a seed.
pub fn generate_from_seed(seed: u64) -> GeneratedProgram {
    generate(&mut Choices::new(&bytes_of_seed(seed)))
}
