//! What is behind a stream: where its bytes come from and go to. Knows nothing of buffers.

use std::fs::File;
use std::io::{IsTerminal, Read, Seek, SeekFrom, Write};
use std::os::fd::AsFd;
use std::os::unix::fs::{FileTypeExt, MetadataExt};

use super::failure::{Errno, Failure};
use super::process::Process;

/// The buffer size of the C library (`BUFSIZ`), which smaller blocks of a device take precedence over.
const BUFFER_SIZE: usize = 8192;

/// A stream that every process is started with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standard {
    Input,
    Output,
    Error,
}

impl Standard {
    /// A descriptor of our own, because a host's `std::io::Stdout` has a buffer and a lock that would cost us.
    fn open(self) -> std::io::Result<File> {
        let descriptor = match self {
            Standard::Input => std::io::stdin().as_fd().try_clone_to_owned(),
            Standard::Output => {
                let mut output = std::io::stdout();
                // What the host has written comes first. If it cannot be written, that is the host's loss.
                let _ = output.flush();
                output.as_fd().try_clone_to_owned()
            }
            Standard::Error => std::io::stderr().as_fd().try_clone_to_owned(),
        };
        descriptor.map(File::from)
    }
}

/// Where bytes come from and go to.
#[derive(Debug)]
pub(super) enum Device {
    File(File),
    /// A stream of the process, opened when it is needed first.
    Standard(Standard, Option<File>),
    /// A pipe to or from a command.
    Process(Process),
    /// Input that the host gave, and how much of it has been read.
    Given {
        bytes: Vec<u8>,
        position: usize,
    },
    /// Output that the host takes, and how much there may be of it.
    Capture {
        bytes: Vec<u8>,
        bound: usize,
    },
    /// Output that nobody wants.
    Discard,
    Closed,
}

/// What a stream's buffer depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Nature {
    /// The size of the buffer.
    pub block: usize,
    pub is_terminal: bool,
}

impl Device {
    fn file(&mut self) -> Result<&mut File, Errno> {
        match self {
            Device::File(file) | Device::Standard(_, Some(file)) => Ok(file),
            Device::Process(process) => Ok(&mut process.pipe),
            Device::Standard(which, opened) => Ok(opened.insert(which.open()?)),
            Device::Given { .. } | Device::Capture { .. } | Device::Discard => Err(Errno::ILLEGAL_SEEK),
            Device::Closed => Err(Errno::BAD_DESCRIPTOR),
        }
    }

    /// What the C library makes its buffer by (`_IO_file_doallocate`).
    pub fn nature(&mut self) -> Nature {
        let unknown = Nature { block: BUFFER_SIZE, is_terminal: false };
        let Ok(file) = self.file() else { return unknown };
        let Ok(metadata) = file.metadata() else { return unknown };
        let block = usize::try_from(metadata.blksize()).unwrap_or(BUFFER_SIZE);
        Nature {
            block: if block > 0 { block.min(BUFFER_SIZE) } else { BUFFER_SIZE },
            is_terminal: metadata.file_type().is_char_device() && file.is_terminal(),
        }
    }

    /// Reads what there is, up to the size of the buffer; 0 at the end.
    pub fn read(&mut self, into: &mut [u8]) -> Result<usize, Errno> {
        if let Device::Given { bytes, position } = self {
            let rest = bytes.get(*position..).unwrap_or_default();
            let count = rest.len().min(into.len());
            into[..count].copy_from_slice(&rest[..count]);
            *position += count;
            return Ok(count);
        }
        let file = self.file()?;
        loop {
            match file.read(into) {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                result => return Ok(result?),
            }
        }
    }

    /// Writes everything.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        match self {
            Device::Discard => Ok(()),
            Device::Capture { bytes: captured, bound } => {
                if captured.len().saturating_add(bytes.len()) > *bound || captured.try_reserve(bytes.len()).is_err() {
                    return Err(Failure::OverBound);
                }
                captured.extend_from_slice(bytes);
                Ok(())
            }
            _ => Ok(self.file()?.write_all(bytes).map_err(Errno::from)?),
        }
    }

    /// The size of what is behind it, if that is a regular file.
    pub fn size_of_file(&mut self) -> Option<u64> {
        let metadata = self.file().ok()?.metadata().ok()?;
        metadata.is_file().then_some(metadata.len())
    }

    /// Moves to a place, and gives its distance from the start.
    pub fn seek(&mut self, target: SeekFrom) -> Result<u64, Errno> {
        Ok(self.file()?.seek(target)?)
    }

    /// Whether what is written goes straight to the host, without a buffer.
    pub fn is_direct(&self) -> bool {
        matches!(self, Device::Capture { .. } | Device::Discard)
    }

    /// A device of a copied state: another descriptor of the same open file, as after `fork`.
    pub fn duplicate(&self) -> Self {
        let copy = |file: &File| file.try_clone().ok();
        match self {
            Device::File(file) => copy(file).map_or(Device::Closed, Device::File),
            Device::Standard(which, _) => Device::Standard(*which, None),
            Device::Process(process) => process.duplicate().map_or(Device::Closed, Device::Process),
            Device::Given { bytes, position } => Device::Given { bytes: bytes.clone(), position: *position },
            Device::Capture { bytes, bound } => Device::Capture { bytes: bytes.clone(), bound: *bound },
            Device::Discard => Device::Discard,
            Device::Closed => Device::Closed,
        }
    }
}
