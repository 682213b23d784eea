//! What both compilers, or both loaders of binary chunks, make of the same bytes. What differs is for the oracles to say.

use super::{Pair, Silence, Verdict};
use crate::diagnose::error_class;
use crate::engine::CompileFailure;
use crate::outcome::normalise_text;

/// A chunk, or the message with which it was refused.
pub(super) type Answer = Result<Vec<u8>, Vec<u8>>;

/// Both answers, the reference's first.
///
/// # Errors
/// The verdict, if one of them came to no answer.
pub(super) fn compile_both(
    oracle: &'static str,
    pair: &mut Pair<'_>,
    bytes: &[u8],
    name: &[u8],
) -> Result<(Answer, Answer), Verdict> {
    let (reference, tested) = (pair.reference.compile(bytes, name), pair.tested.compile(bytes, name));
    let broken = |class: &str, note: &str| {
        Verdict::broken(oracle, &format!("{class}: {}", error_class(note.as_bytes())), note, "when loading")
    };
    match (reference.map_err(failed), tested.map_err(failed)) {
        // No input may kill what is under test, whatever it does to the reference.
        (_, Err(Failed::Crashed(note))) => Err(broken("crash", &note)),
        (Err(Failed::Crashed(note)), _) => Err(Verdict::SaysNothing(Silence::ReferenceCrashed(note))),
        (Err(Failed::TimedOut), _) => Err(Verdict::SaysNothing(Silence::ReferenceTimedOut)),
        (Err(Failed::Memory), _) => Err(Verdict::SaysNothing(Silence::Memory(pair.reference.name().to_owned()))),
        (_, Err(Failed::Memory)) => Err(Verdict::SaysNothing(Silence::Memory(pair.tested.name().to_owned()))),
        (_, Err(Failed::TimedOut)) => Err(broken("hang", "did not end in time")),
        (reference, tested) => Ok((reference.map_err(Failed::message), tested.map_err(Failed::message))),
    }
}

/// A failure to compile, with memory errors of loaders among the memory bounds.
enum Failed {
    Refused(Vec<u8>),
    Memory,
    Crashed(String),
    TimedOut,
}

impl Failed {
    fn message(self) -> Vec<u8> {
        match self {
            Self::Refused(message) => message,
            Self::Memory | Self::Crashed(_) | Self::TimedOut => Vec::new(),
        }
    }
}

fn failed(failure: CompileFailure) -> Failed {
    match failure {
        // It depends on the machine which block is too large.
        CompileFailure::Refused(message) if message == b"not enough memory" => Failed::Memory,
        CompileFailure::Refused(message) => Failed::Refused(normalise_text(&message)),
        CompileFailure::OverMemory => Failed::Memory,
        CompileFailure::Crashed(note) => Failed::Crashed(note),
        CompileFailure::TimedOut => Failed::TimedOut,
    }
}
