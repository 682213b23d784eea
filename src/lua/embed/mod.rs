//! What a Rust host uses: running scripts, with arguments, bounds and tracebacks.
//!
//! The stand-alone interpreter and the harness's engine are both built on this room; it knows nothing of either.

mod script;

pub use script::{Script, ScriptError, script_of_file};
