//! What an oracle judges: plain data, made by a generator or read from a file.

use crate::engine::Program;
use crate::lua::heap::Stress;
use crate::oracle::heap::Stage;
use crate::oracle::library::{self, LibraryCall};

/// What an oracle judges.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// Source text or a binary chunk.
    Program(Program),
    /// One call of a library function.
    Call(LibraryCall),
    /// What runs before a state is copied, and what runs in the copy.
    Copies { before: Vec<u8>, after: Vec<u8> },
    /// What a host does, and when garbage is collected meanwhile.
    Host { stages: Vec<Stage>, stress: Stress },
}

impl Input {
    /// A program without arguments, with this chunk name.
    pub fn program(chunk: Vec<u8>, name: &str) -> Self {
        Self::Program(Program {
            chunk,
            name: name.as_bytes().to_vec(),
            arguments: Vec::new(),
            script: name.trim_start_matches(['@', '=']).as_bytes().to_vec(),
        })
    }

    /// Source text or a binary chunk with any chunk name, to be loaded.
    pub fn named(chunk: Vec<u8>, name: Vec<u8>) -> Self {
        Self::Program(Program { chunk, name, arguments: Vec::new(), script: Vec::new() })
    }

    /// The program that shows the same, where there is one: itself, or the one that makes the call.
    pub fn as_program(&self) -> Option<Program> {
        match self {
            Self::Program(program) => Some(program.clone()),
            Self::Call(call) => Some(library::program(call)),
            Self::Copies { .. } | Self::Host { .. } => None,
        }
    }
}
