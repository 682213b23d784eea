//! How what a host asks of a state can fail.

use crate::lua::heap::{AccessError, HandleError, HostValue};

/// Why a state did not do what a host asked for. The state can be used further.
#[derive(Clone, Debug, PartialEq)]
pub enum HostError {
    /// What was asked for is not possible: most often, a handle was refused.
    Access(AccessError),
    /// A chunk was not accepted; this is the message.
    Refused(Vec<u8>),
    /// The program raised an error that nothing caught.
    Raised {
        /// The error value. If it is an object, nothing keeps it alive.
        value: HostValue,
        /// Its text, if it is a string or a number, or else the words of the stand-alone interpreter for what it is.
        message: Vec<u8>,
        /// The call stack at the error, in the words of `debug.traceback`; empty if no message handler could run.
        traceback: Vec<u8>,
    },
    /// More memory would be needed than the state may have.
    OutOfMemory,
    /// The observer ended the run, such as a [`Counter`](crate::lua::vm::Counter) whose budget was used up.
    Stopped,
    /// The program called `os.exit` with this code: what comes of that is up to the host.
    Exited(i32),
    /// A call is active in the state: a native function does not call, it returns
    /// [`Step::Call`](crate::lua::vm::Step::Call).
    Busy,
}

impl From<AccessError> for HostError {
    fn from(error: AccessError) -> Self {
        match error {
            AccessError::Memory => HostError::OutOfMemory,
            error => HostError::Access(error),
        }
    }
}

impl From<HandleError> for HostError {
    fn from(error: HandleError) -> Self {
        AccessError::from(error).into()
    }
}

impl std::fmt::Display for HostError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            HostError::Access(error) => error.fmt(f),
            HostError::Refused(message) | HostError::Raised { message, .. } => {
                f.write_str(&String::from_utf8_lossy(message))
            }
            HostError::OutOfMemory => f.write_str("not enough memory"),
            HostError::Stopped => f.write_str("the run was stopped"),
            HostError::Exited(code) => write!(f, "the program ended itself with exit code {code}"),
            HostError::Busy => f.write_str("a call is active in the state"),
        }
    }
}

impl std::error::Error for HostError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            HostError::Access(error) => Some(error),
            _ => None,
        }
    }
}
