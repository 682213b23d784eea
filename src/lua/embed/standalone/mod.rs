//! The stand-alone interpreter `lua`, as far as it is about Lua: what the options do and in which order, how errors are
//! reported, interactive mode.
//!
//! The process around it (terminal, signals, environment) is behind a trait, [`Console`]; it must not know which process that is.

mod interpreter;
mod natives;
mod options;
mod repl;

pub use interpreter::{Invocation, run, run_observed};
pub use options::{Action, Options, WrongUsage, actions};
pub use repl::read_plain_line;

use crate::lua::c_string;
use crate::lua::vm::State;

/// The version line of the reference.
pub const VERSION: &str = "Lua 5.1.5  Copyright (C) 1994-2012 Lua.org, PUC-Rio";

/// What is said besides, where somebody types and nothing reads it but people.
pub const IDENTITY: &str = concat!("Ferrous Lua ", env!("CARGO_PKG_VERSION"), ", in the place of lua");

/// What the interpreter has of the process that it runs in.
pub trait Console {
    /// A chunk is about to run, and may be interrupted.
    fn begin(&mut self) {}

    /// The chunk has ended.
    fn end(&mut self) {}

    /// Shows a message; the text is of whole lines.
    fn show(&mut self, text: &[u8]);

    /// Whether somebody types what comes from standard input.
    fn is_interactive(&self) -> bool;

    /// Reads a line, without its end, in answer to a prompt; `None` at the end of input.
    ///
    /// The default writes the prompt to the standard output of the state, and reads from its standard input.
    fn read_line(&mut self, state: &mut State, prompt: &[u8]) -> Option<Vec<u8>> {
        repl::read_plain_line(state, prompt)
    }

    /// Keeps a chunk that was typed for being called back.
    fn remember(&mut self, _chunk: &[u8]) {}
}

/// Writes to the standard output of the state, at once.
fn write(state: &mut State, bytes: &[u8]) {
    // An output that takes nothing more has no one to complain to.
    let _ = state.write_output(bytes);
    let _ = state.flush_output();
}

#[cfg(test)]
mod tests;
