//! What tests of engines run, and within which bounds. It must not know an engine.

use super::{Limits, Program};

/// Enough for any program of a test.
pub const LIMITS: Limits = Limits { instructions: 1_000_000, memory: 64 << 20 };

/// A program without arguments.
pub fn program(source: &str) -> Program {
    Program { chunk: source.into(), name: b"=t".to_vec(), arguments: Vec::new(), script: b"t.lua".to_vec() }
}
