//! Bytes that are not choices but a program as they are: what a corpus of files, a dictionary and a mutator of text can work on.
//!
//! Bytes that begin with [`SOURCE`], a comment, are source text; those that begin with the signature of binary chunks are one. Only the
//! targets that execute nothing of it on the reference take such bytes: a mutated text can do anything to this machine.

use super::{Case, Input, Target};
use crate::engine::BINARY_SIGNATURE;
use crate::generate::CHUNK_NAME;

/// What source text begins with. The rest can be any bytes.
pub const SOURCE: &[u8] = b"-- lua\n";
/// What a binary chunk begins with.
pub const CHUNK: &[u8] = b"\x1bLua";

/// What bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A stream of choices.
    Choices,
    /// Source text.
    Source,
    /// A binary chunk.
    Chunk,
}

impl Form {
    /// What these bytes are to a target.
    pub fn of(target: Target, bytes: &[u8]) -> Self {
        match target {
            Target::Parse | Target::Bytecode | Target::Roundtrip if bytes.starts_with(SOURCE) => Self::Source,
            Target::Chunk | Target::Roundtrip if bytes.starts_with(CHUNK) => Self::Chunk,
            _ => Self::Choices,
        }
    }

    /// How many bytes at the beginning say that it is this, and are not to be changed.
    pub fn prefix(self) -> usize {
        match self {
            Self::Choices => 0,
            Self::Source => SOURCE.len(),
            Self::Chunk => CHUNK.len(),
        }
    }
}

/// The program that these bytes are to a target, unless they are choices.
pub fn input(target: Target, bytes: &[u8]) -> Option<Input> {
    (Form::of(target, bytes) != Form::Choices).then(|| Input::program(bytes.to_vec(), CHUNK_NAME))
}

/// The bytes that are, as they are, the program of a case; none if a target takes no such bytes.
pub fn of_case(target: Target, case: &Case) -> Option<Vec<u8>> {
    let Input::Program(program) = &case.input else { return None };
    let is_source = program.chunk.first() != Some(&BINARY_SIGNATURE);
    let bytes = if is_source { [SOURCE, &program.chunk].concat() } else { program.chunk.clone() };
    (Form::of(target, &bytes) != Form::Choices).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oracle::Verdict;

    #[test]
    fn programs_are_taken_by_those_who_execute_nothing() {
        let source = [SOURCE, b"return 1 +"].concat();
        let takers = |bytes: &[u8]| -> Vec<Target> {
            Target::ALL.into_iter().filter(|target| input(*target, bytes).is_some()).collect()
        };
        assert_eq!(takers(&source), [Target::Parse, Target::Bytecode, Target::Roundtrip]);
        assert_eq!(takers(b"\x1bLuaQ"), [Target::Chunk, Target::Roundtrip]);
        assert_eq!(takers(b"-- lua"), []);
        assert_eq!(Case::of_bytes(Target::Parse, &source).input, Input::program(source.clone(), CHUNK_NAME));
    }

    #[test]
    fn what_a_case_is_written_as_is_judged_alike() {
        let case = Case::of_seed(Target::Parse, 7);
        let bytes = of_case(Target::Parse, &case).expect("source text");
        let mut bench = crate::fuzz::Bench::new();
        assert_eq!(bench.check(Target::Parse, &Case::of_bytes(Target::Parse, &bytes).input), Verdict::Holds);
        assert_eq!(of_case(Target::Execute, &case), None);
    }
}
