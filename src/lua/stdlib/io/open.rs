//! Opening files: the modes of `fopen`, as the GNU C library reads them, and temporary files.

use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::hash::{BuildHasher, RandomState};
use std::io::SeekFrom;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::OpenOptionsExt;

use super::device::Device;
use super::failure::Errno;
use super::stream::{Access, Stream};

/// How many characters after the first the C library looks at.
const MODE_LENGTH: usize = 6;

/// Where temporary files are made (`P_tmpdir`).
const TEMPORARY: &str = "/tmp";

/// A mode, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mode {
    first: u8,
    updates: bool,
    is_exclusive: bool,
}

impl Mode {
    /// Unknown characters after the first are ignored.
    fn parse(mode: &[u8]) -> Option<Self> {
        let (&first, rest) = mode.split_first()?;
        let rest = &rest[..rest.len().min(MODE_LENGTH)];
        if !b"rwa".contains(&first) {
            return None;
        }
        Some(Self { first, updates: rest.contains(&b'+'), is_exclusive: rest.contains(&b'x') })
    }

    fn access(self) -> Access {
        Access {
            read: self.first == b'r' || self.updates,
            write: self.first != b'r' || self.updates,
            append: self.first == b'a',
        }
    }

    fn options(self) -> OpenOptions {
        let Access { read, write, append } = self.access();
        let mut options = OpenOptions::new();
        options.read(read).write(write && !append).append(append).mode(0o666);
        if self.first != b'r' {
            options.create(true).truncate(self.first == b'w').create_new(self.is_exclusive);
        }
        options
    }
}

/// Opens a file (`fopen`).
///
/// # Errors
/// Those of the system, and "Invalid argument" for a mode that is none.
pub(super) fn open_file(path: &[u8], mode: &[u8]) -> Result<Stream, Errno> {
    let mode = Mode::parse(mode).ok_or(Errno::INVALID)?;
    let file = mode.options().open(OsStr::from_bytes(path))?;
    let mut device = Device::File(file);
    let access = mode.access();
    if access.append && !access.read {
        match device.seek(SeekFrom::End(0)) {
            Err(errno) if errno != Errno::ILLEGAL_SEEK => return Err(errno),
            _ => {}
        }
    }
    Ok(Stream::new(device, access))
}

/// Makes a file that has no name and goes away when it is closed (`tmpfile`).
///
/// # Errors
/// Those of the system.
pub(super) fn temporary_file() -> Result<File, Errno> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true).mode(0o600);
    loop {
        let path = format!("{TEMPORARY}/tmpf{:016x}", RandomState::new().hash_one(std::process::id()));
        match options.open(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error.into()),
            Ok(file) => {
                std::fs::remove_file(&path)?;
                return Ok(file);
            }
        }
    }
}
