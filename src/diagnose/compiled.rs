//! What two compilers make of a program, side by side: two chunks with what differs between them, or who refuses it.
//!
//! Nothing is run here.

use std::io;

use crate::engine::{CompileFailure, Engine, Program};
use crate::outcome::{Difference, compare_chunks};

/// What both compilers made of a program.
#[derive(Clone, Debug)]
pub enum Compiled {
    /// Both accept it.
    Accepted {
        reference: Program,
        tested: Program,
        /// The first difference of the two chunks.
        difference: Option<Box<Difference>>,
    },
    /// At least one of them does not. `None` for one that accepts it.
    Refused { reference: Option<Vec<u8>>, tested: Option<Vec<u8>> },
}

impl Compiled {
    /// Whether the compilers do the same.
    pub fn agree(&self) -> bool {
        match self {
            Self::Accepted { difference, .. } => difference.is_none(),
            Self::Refused { reference, tested } => reference == tested,
        }
    }
}

/// Compiles a program with both; a binary chunk is what both make of it.
///
/// # Errors
/// A compiler that came to no answer. That is for `diff` to report.
pub fn compile_both(reference: &mut dyn Engine, tested: &mut dyn Engine, program: &Program) -> io::Result<Compiled> {
    let (left, right) = (compile(reference, program)?, compile(tested, program)?);
    Ok(match (left, right) {
        (Ok(reference), Ok(tested)) => {
            let difference = compare_chunks(&reference.chunk, &tested.chunk, &program.name).map(Box::new);
            Compiled::Accepted { reference, tested, difference }
        }
        (reference, tested) => Compiled::Refused { reference: reference.err(), tested: tested.err() },
    })
}

/// The program with what the compiler made of its source; the message if it refuses it.
fn compile(engine: &mut dyn Engine, program: &Program) -> io::Result<Result<Program, Vec<u8>>> {
    if program.is_binary() {
        return Ok(Ok(program.clone()));
    }
    let failed = |engine: &dyn Engine, what: &str| {
        Err(io::Error::other(format!("{} came to no answer when it compiled the program: {what}", engine.name())))
    };
    match engine.compile(&program.chunk, &program.name) {
        Ok(chunk) => Ok(Ok(Program { chunk, ..program.clone() })),
        Err(CompileFailure::Refused(message)) => Ok(Err(message)),
        Err(CompileFailure::OverMemory) => failed(engine, "not enough memory"),
        Err(CompileFailure::TimedOut) => failed(engine, "it did not end in time"),
        Err(CompileFailure::Crashed(note)) => failed(engine, &format!("it crashed: {note}")),
    }
}
