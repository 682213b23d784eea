//! Why the system, or the host, refused what a stream was asked for. Knows nothing of Lua.

use crate::lua::stdlib::system_message;

/// The number of a system error (`errno`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Errno(pub i32);

impl Errno {
    pub(super) const INPUT_OUTPUT: Errno = Errno(5);
    pub(super) const BAD_DESCRIPTOR: Errno = Errno(9);
    pub(super) const NO_CHILD: Errno = Errno(10);
    pub(super) const INVALID: Errno = Errno(22);
    pub(super) const ILLEGAL_SEEK: Errno = Errno(29);
    pub(super) const BROKEN_PIPE: Errno = Errno(32);

    /// The system's message, as `strerror` has it.
    pub fn message(self) -> String {
        system_message(&self.into())
    }
}

impl From<std::io::Error> for Errno {
    /// An error that Rust's library made up itself counts as one of the device.
    fn from(error: std::io::Error) -> Self {
        error.raw_os_error().map_or(Self::INPUT_OUTPUT, Self)
    }
}

impl From<Errno> for std::io::Error {
    fn from(errno: Errno) -> Self {
        std::io::Error::from_raw_os_error(errno.0)
    }
}

/// Why bytes were not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lua) enum Failure {
    System(Errno),
    /// The stream had taken all of the bytes before the device refused them, so that whoever wrote them does not learn of it:
    /// this is what `fwrite` makes of a line that cannot be flushed.
    Unnoticed(Errno),
    /// The host's bound on captured output.
    OverBound,
}

impl From<Errno> for Failure {
    fn from(errno: Errno) -> Self {
        Failure::System(errno)
    }
}
