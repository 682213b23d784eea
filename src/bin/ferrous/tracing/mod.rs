//! `LUA_TRACE`: a trace of everything that the interpreter runs, on standard error.
//!
//! Here is what the variable may say, and what that leads to. The trace is made by the harness's recorder and written in the harness's
//! form; without the harness there is none, which is said to who asks for one.

#[cfg(feature = "lockstep")]
mod observer;

use std::ffi::OsStr;

use lockstep::lua::embed::standalone::{self, Console, Invocation};
use lockstep::lua::vm::State;

/// Whether a run is to be traced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trace {
    Off,
    #[cfg(feature = "lockstep")]
    On,
}

/// What the value of the variable asks for.
///
/// # Errors
/// A value that means nothing, or nothing that this build can do.
pub fn wish(value: Option<&OsStr>) -> Result<Trace, String> {
    match value.map(OsStr::as_encoded_bytes) {
        None | Some(b"" | b"0") => Ok(Trace::Off),
        #[cfg(feature = "lockstep")]
        Some(b"1") => Ok(Trace::On),
        #[cfg(not(feature = "lockstep"))]
        Some(b"1") => {
            Err("this is a build without the harness, which cannot trace; one with it can (cargo build, without \
                           --no-default-features)"
                .to_owned())
        }
        Some(other) => Err(format!("1 (on) or 0 (off) expected, not '{}'", other.escape_ascii())),
    }
}

/// Runs the interpreter, traced or not, and gives the exit code.
pub fn run(trace: Trace, state: &mut State, invocation: &Invocation<'_>, console: &mut impl Console) -> i32 {
    match trace {
        Trace::Off => standalone::run(state, invocation, console),
        #[cfg(feature = "lockstep")]
        Trace::On => {
            let mut tracer = observer::Tracer::new(state, invocation);
            standalone::run_observed(state, invocation, console, &mut tracer)
        }
    }
}
