//! Why a binary chunk cannot be loaded: the reference's message, and apart from it a reason as precise as we have.

use std::fmt;

use super::VerifyError;
use crate::lua::c_string;

/// A binary chunk that cannot be loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChunkError {
    /// What is wrong, in more detail than the message has.
    pub kind: ChunkErrorKind,
    /// The reference's error message. The chunk name in it need not be text.
    pub message: Vec<u8>,
}

/// What is wrong with a binary chunk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChunkErrorKind {
    /// The first twelve bytes are not those of this platform.
    BadHeader,
    /// The input ends too early. With a piece more (at least `missing` bytes) the result may differ.
    UnexpectedEnd { missing: u64 },
    /// A size, a line or an instruction index is negative.
    BadInteger(i32),
    /// No constant has this tag.
    BadConstant(u8),
    /// Functions are nested too deep for the levels left.
    CodeTooDeep,
    /// A function would not be safe to run.
    BadCode(VerifyError),
    /// A size that the reference refuses before it asks for memory. An error of status `LUA_ERRRUN`, not of syntax.
    BlockTooBig,
    /// A size for which there is no memory. An error of status `LUA_ERRMEM`, not of syntax.
    NotEnoughMemory,
}

impl ChunkError {
    pub(super) fn new(kind: ChunkErrorKind, chunk_name: &[u8]) -> Self {
        let complaint = match kind {
            ChunkErrorKind::BadHeader => "bad header",
            ChunkErrorKind::UnexpectedEnd { .. } => "unexpected end",
            ChunkErrorKind::BadInteger(_) => "bad integer",
            ChunkErrorKind::BadConstant(_) => "bad constant",
            ChunkErrorKind::CodeTooDeep => "code too deep",
            ChunkErrorKind::BadCode(_) => "bad code",
            ChunkErrorKind::BlockTooBig => {
                return Self { kind, message: b"memory allocation error: block too big".into() };
            }
            ChunkErrorKind::NotEnoughMemory => return Self { kind, message: b"not enough memory".into() },
        };
        let mut message = displayed_name(chunk_name).to_vec();
        message.extend_from_slice(b": ");
        message.extend_from_slice(complaint.as_bytes());
        message.extend_from_slice(b" in precompiled chunk");
        Self { kind, message }
    }
}

/// A chunk name as these messages show it. It is a C string to the reference and ends at the first zero byte.
fn displayed_name(chunk_name: &[u8]) -> &[u8] {
    match chunk_name.first() {
        Some(b'@' | b'=') => c_string(&chunk_name[1..]),
        Some(0x1B) => b"binary string",
        _ => c_string(chunk_name),
    }
}

impl From<VerifyError> for ChunkErrorKind {
    fn from(error: VerifyError) -> Self {
        Self::BadCode(error)
    }
}

impl fmt::Display for ChunkError {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "{}", String::from_utf8_lossy(&self.message))?;
        match &self.kind {
            ChunkErrorKind::BadInteger(value) => write!(out, " ({value})"),
            ChunkErrorKind::BadConstant(tag) => write!(out, " (tag {tag})"),
            ChunkErrorKind::BadCode(error) => write!(out, " ({error})"),
            ChunkErrorKind::UnexpectedEnd { missing } => write!(out, " ({missing} bytes missing)"),
            _ => Ok(()),
        }
    }
}

impl std::error::Error for ChunkError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_shows_the_name_as_the_reference_does() {
        let message = |name: &[u8]| ChunkError::new(ChunkErrorKind::BadHeader, name).message;
        assert_eq!(message(b"@dir/file"), b"dir/file: bad header in precompiled chunk");
        assert_eq!(message(b"=stdin"), b"stdin: bad header in precompiled chunk");
        assert_eq!(message(b"\x1BLuaQ"), b"binary string: bad header in precompiled chunk");
        assert_eq!(message(b"x\0y"), b"x: bad header in precompiled chunk");
        assert_eq!(message(b""), b": bad header in precompiled chunk");
    }

    #[test]
    fn memory_errors_name_no_chunk() {
        assert_eq!(ChunkError::new(ChunkErrorKind::NotEnoughMemory, b"@f").message, b"not enough memory");
        let too_big = ChunkError::new(ChunkErrorKind::BlockTooBig, b"@f").message;
        assert_eq!(too_big, b"memory allocation error: block too big");
    }
}
