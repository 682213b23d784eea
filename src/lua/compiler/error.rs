//! The error a compilation ends with. Knows nothing of how messages come about.

use std::fmt;

/// Why a chunk was rejected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The whole message, chunk id and line included; bytes, because it quotes the source.
    pub message: Vec<u8>,
    /// Whether the reference raises this one as a run-time error (`LUA_ERRRUN`, after running the error handler of an
    /// enclosing `xpcall`) instead of a syntax error. So it does when one of the compiler's own vectors is full; the message
    /// then has no position.
    pub is_runtime: bool,
    /// Whether the whole text had been read: with more of it, the error might be another, or none.
    pub at_end: bool,
    /// How many levels of nested C calls and of syntax were in use: those that a message handler finds taken.
    pub levels: u32,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        String::from_utf8_lossy(&self.message).fmt(formatter)
    }
}

impl std::error::Error for SyntaxError {}

/// The result of every step of a compilation. The error is boxed to keep the frames of the recursive descent small.
pub(super) type Parse<T> = Result<T, Box<SyntaxError>>;

/// The error of a vector that is full (`luaM_growvector`).
#[cold]
pub(super) fn overflow(message: &str) -> Box<SyntaxError> {
    Box::new(SyntaxError { message: message.as_bytes().to_vec(), is_runtime: true, at_end: false, levels: 0 })
}
