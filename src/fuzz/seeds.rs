//! Inputs to begin with, so that a coverage-guided fuzzer need not find out by itself what a program is.
//!
//! For every target the choices of some seeds; for those that take programs as they are, files as well, as source text or compiled.

use super::raw::{CHUNK, SOURCE};
use super::{Target, raw};
use crate::engine::Engine;
use crate::engine::ferrous::FerrousEngine;
use crate::generate::{bytes_of_seed, case_seed};

/// An input and a name for its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seed {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The choices of so many seeds.
pub fn of_choices(count: u64) -> impl Iterator<Item = Seed> {
    (0..count).map(|index| Seed { name: format!("choices-{index:04}"), bytes: bytes_of_seed(case_seed(0, index)) })
}

/// What a target takes of a source file: its text, its chunk, both or nothing. `name` becomes part of the seeds' names.
pub fn of_source(target: Target, name: &str, source: &[u8]) -> Vec<Seed> {
    let seed = |kind: &str, bytes| Seed { name: format!("{kind}-{name}"), bytes };
    let text = seed("source", [SOURCE, source].concat());
    let chunk = FerrousEngine::new().compile(source, b"@seed").ok().map(|chunk| seed("chunk", chunk));
    let is_taken = |seed: &Seed| raw::input(target, &seed.bytes).is_some();
    debug_assert!(chunk.as_ref().is_none_or(|chunk| chunk.bytes.starts_with(CHUNK)));
    [Some(text), chunk].into_iter().flatten().filter(is_taken).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_get_the_forms_that_they_take() {
        let names = |target| of_source(target, "x", b"return 1").into_iter().map(|seed| seed.name).collect::<Vec<_>>();
        assert_eq!(names(Target::Parse), ["source-x"]);
        assert_eq!(names(Target::Chunk), ["chunk-x"]);
        assert_eq!(names(Target::Roundtrip), ["source-x", "chunk-x"]);
        assert_eq!(names(Target::Execute), [""; 0]);
        assert_eq!(of_source(Target::Chunk, "x", b"return return"), []);
    }

    #[test]
    fn choices_are_the_same_every_time_and_different_each() {
        let seeds: Vec<Seed> = of_choices(3).collect();
        assert_eq!(seeds, of_choices(3).collect::<Vec<_>>());
        assert!(seeds[0].bytes != seeds[1].bytes && seeds[0].name == "choices-0000");
    }
}
