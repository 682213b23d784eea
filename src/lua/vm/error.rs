//! Lua errors as values.

use crate::lua::heap::Value;

/// How an error came about, which decides whether a message handler sees it and who may catch it.
// As wide as the value beside it, for the same reason as the tag of `Step`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub enum ErrorKind {
    /// Raised by the program or a library; a message handler may still change the value.
    Raised,
    /// A message handler has been there.
    Handled,
    /// Out of memory: no handler runs.
    Memory,
    /// An error in error handling.
    InHandler,
    /// An observer ended the run: nothing catches it.
    Stopped,
    /// The program ended itself (`os.exit`): nothing catches it. The value is the exit code.
    Exited,
}

impl ErrorKind {
    /// Whether the run ends with the error, whoever would catch it.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Stopped | Self::Exited)
    }
}

/// An error on its way to whoever catches it.
#[derive(Clone, Copy, Debug)]
pub struct Error {
    pub value: Value,
    pub kind: ErrorKind,
}

impl Error {
    /// An error that the program raised.
    pub fn raised(value: Value) -> Self {
        Self { value, kind: ErrorKind::Raised }
    }
}
