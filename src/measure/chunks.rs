//! Source text to prototypes, prototypes to binary chunks, and back.

use std::{hint::black_box, num::NonZeroU32};

use super::case::Failure;
use super::samples::{Samples, alternate};
use crate::engine::{CompileFailure, reference::ReferenceChunk};
use crate::lua::bytecode::{self, Prototype};
use crate::lua::compiler::{self, CompileOptions};
use crate::outcome::escaped;

const NAME: &[u8] = b"=source";

/// The source text on both sides of what is measured: compiled, and dumped to the same bytes.
pub(super) struct Chunks<'s> {
    source: &'s [u8],
    reference: ReferenceChunk,
    subject: Prototype,
    binary: Vec<u8>,
}

impl<'s> Chunks<'s> {
    /// Compiles the source on both sides.
    pub(super) fn new(source: &'s [u8]) -> Result<Self, Failure> {
        let reference = ReferenceChunk::load(source, NAME).map_err(|failure| refused("reference", &failure))?;
        let subject = compile(source)?;
        let binary = reference.dump();
        same(&binary, &bytecode::dump(&subject, false))?;
        Ok(Self { source, reference, subject, binary })
    }

    /// How long the binary chunk is.
    pub(super) fn binary_length(&self) -> usize {
        self.binary.len()
    }

    /// From source text to a prototype, which is dropped.
    pub(super) fn compile(&self, rounds: NonZeroU32) -> Result<(Samples, Samples), Failure> {
        let reference = || ReferenceChunk::load(self.source, NAME).map(|chunk| drop(black_box(chunk)));
        let subject = || compile(self.source).map(|prototype| drop(black_box(prototype)));
        alternate(rounds, reference, subject, |reference, subject| {
            reference.map_err(|failure| refused("reference", &failure))?;
            subject
        })
    }

    /// From a prototype to a binary chunk.
    pub(super) fn dump(&self, rounds: NonZeroU32) -> Result<(Samples, Samples), Failure> {
        let subject = || bytecode::dump(&self.subject, false);
        alternate(rounds, || self.reference.dump(), subject, |reference, subject| same(&reference, &subject))
    }

    /// From a binary chunk, which is verified, to a prototype, which is dropped.
    pub(super) fn undump(&self, rounds: NonZeroU32) -> Result<(Samples, Samples), Failure> {
        let undumped = bytecode::undump(&self.binary, NAME, 0).map_err(|error| wrong(&error.message))?;
        same(&self.binary, &bytecode::dump(&undumped, false))?;
        let reference = || ReferenceChunk::load(&self.binary, NAME).map(|chunk| drop(black_box(chunk)));
        let subject = || bytecode::undump(&self.binary, NAME, 0).map(|prototype| drop(black_box(prototype)));
        alternate(rounds, reference, subject, |reference, subject| {
            reference.map_err(|failure| refused("reference", &failure))?;
            subject.map_err(|error| wrong(&error.message))
        })
    }
}

fn compile(source: &[u8]) -> Result<Prototype, Failure> {
    compiler::compile(source, NAME, CompileOptions { levels: 0 }).map_err(|error| wrong(&error.message))
}

fn wrong(message: &[u8]) -> Failure {
    Failure::Wrong(format!("refused: {}", escaped(message)))
}

fn refused(who: &str, failure: &CompileFailure) -> Failure {
    match failure {
        CompileFailure::Refused(message) => wrong(message),
        other => Failure::Wrong(format!("{who}: {other:?}")),
    }
}

fn same(reference: &[u8], subject: &[u8]) -> Result<(), Failure> {
    if reference == subject {
        return Ok(());
    }
    let equal = reference.iter().zip(subject).take_while(|(left, right)| left == right).count();
    Err(Failure::Wrong(format!("the binary chunks differ from byte {equal} on")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_three_directions_are_measured() {
        let chunks = Chunks::new(b"local a = 1 return function() return a, 'text' end").expect("valid");
        assert_eq!(chunks.binary_length(), chunks.reference.dump().len());
        let once = NonZeroU32::MIN;
        for result in [chunks.compile(once), chunks.dump(once), chunks.undump(once)] {
            let (reference, subject) = result.expect("the same on both sides");
            assert!(!reference.minimum().is_zero() && !subject.minimum().is_zero());
        }
    }

    #[test]
    fn a_refused_source_is_not_measured() {
        assert!(matches!(Chunks::new(b"x ="), Err(Failure::Wrong(message)) if message.contains("unexpected symbol")));
    }

    #[test]
    fn different_chunks_are_seen() {
        assert!(same(b"abc", b"abc").is_ok());
        for other in [&b"abd"[..], b"ab", b"abcd"] {
            assert!(same(b"abc", other).is_err(), "{other:?}");
        }
    }
}
