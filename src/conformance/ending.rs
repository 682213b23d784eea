//! How the Lua side of a case says how it ended: a small file that is written when the end is known.
//!
//! A process that exits with 0 and has left no such file, or no proof in it that the file under test ran to its end, did nothing.
//! The linked-in engines' processes write it, and `driver.lua` does for commands.

use std::io;
use std::path::Path;

/// The first line of the file.
const SIGNATURE: &str = "lockstep-case 1";

/// How the file under test ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndingKind {
    /// It ran to its end.
    Returned,
    /// It raised an error, or was not accepted.
    Raised,
    /// It called `os.exit`.
    Exited,
}

impl EndingKind {
    const ALL: [Self; 3] = [Self::Returned, Self::Raised, Self::Exited];

    fn as_str(self) -> &'static str {
        match self {
            Self::Returned => "returned",
            Self::Raised => "raised",
            Self::Exited => "exited",
        }
    }
}

/// What the Lua side says at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    pub kind: EndingKind,
    /// How many calls of `assert` were made until then.
    pub assertions: u64,
    /// The error message, without a traceback; empty if there is none.
    pub message: Vec<u8>,
}

impl Ending {
    /// Writes the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let head = format!("{SIGNATURE}\n{}\n{}\n", self.kind.as_str(), self.assertions);
        std::fs::write(path, [head.as_bytes(), &self.message].concat())
    }

    /// Reads the file. Nothing if there is none or if it is not complete.
    pub fn read(path: &Path) -> Option<Self> {
        let content = std::fs::read(path).ok()?;
        let mut lines = content.splitn(4, |byte| *byte == b'\n');
        if lines.next()? != SIGNATURE.as_bytes() {
            return None;
        }
        let kind = lines.next()?;
        let kind = EndingKind::ALL.into_iter().find(|known| known.as_str().as_bytes() == kind)?;
        let assertions = std::str::from_utf8(lines.next()?).ok()?.parse().ok()?;
        Some(Self { kind, assertions, message: lines.next()?.to_vec() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = folder.path().join("ending");
        assert_eq!(Ending::read(&path), None);
        for kind in EndingKind::ALL {
            let ending = Ending { kind, assertions: 12, message: b"x:1: a\nb\0\xff".to_vec() };
            ending.write(&path).expect("it can be written");
            assert_eq!(Ending::read(&path), Some(ending));
        }
    }

    #[test]
    fn half_a_file_proves_nothing() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = folder.path().join("ending");
        for text in
            ["", "lockstep-case 1", "lockstep-case 1\nreturned\n", "lockstep-case 1\nreturned\n5", "x\nreturned\n5\n"]
        {
            std::fs::write(&path, text).expect("it can be written");
            assert_eq!(Ending::read(&path), None, "{text:?}");
        }
    }
}
