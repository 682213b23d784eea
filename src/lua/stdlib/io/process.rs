//! Commands at the other end of a pipe (`popen`).

use std::ffi::OsStr;
use std::fs::File;
use std::io::{Read, Seek};
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};

use super::failure::Errno;
use super::open::temporary_file;

/// A command that runs, and our end of its pipe.
#[derive(Debug)]
pub(super) struct Process {
    pub pipe: File,
    /// The command; `None` in a copy of the state, which has not started it and cannot wait for it.
    child: Option<Child>,
    /// What the command writes where the host captures.
    pub spilled: Spilled,
}

/// Which end of the pipe is ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Read,
    Write,
}

impl Direction {
    /// What `popen` takes: exactly one of `r` and `w`, and `e`, which changes nothing here.
    ///
    /// # Errors
    /// "Invalid argument".
    pub fn of_mode(mode: &[u8]) -> Result<Self, Errno> {
        let (reads, writes) = (mode.contains(&b'r'), mode.contains(&b'w'));
        if reads == writes || mode.iter().any(|byte| !b"rwe".contains(byte)) {
            return Err(Errno::INVALID);
        }
        Ok(if reads { Direction::Read } else { Direction::Write })
    }
}

/// What becomes of what a command writes to a standard stream of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Destination {
    /// It goes where that of this process goes.
    Inherited,
    /// The host captures: it goes to a temporary file first.
    Spilled,
    Nowhere,
}

/// A stream for a command.
struct Opened {
    stdio: Stdio,
    /// What it writes to, where the host captures.
    file: Option<File>,
}

impl Destination {
    fn open(self) -> Result<Opened, Errno> {
        Ok(match self {
            Destination::Inherited => Opened { stdio: Stdio::inherit(), file: None },
            Destination::Nowhere => Opened { stdio: Stdio::null(), file: None },
            Destination::Spilled => {
                let file = temporary_file()?;
                Opened { stdio: Stdio::from(file.try_clone()?), file: Some(file) }
            }
        })
    }
}

/// What the commands that a program starts have for standard streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Surroundings {
    /// Whether the program's input is that of this process; otherwise the command has none.
    pub has_input: bool,
    pub output: Destination,
    pub errors: Destination,
}

/// Temporary files with what a command writes.
#[derive(Debug, Default)]
pub(super) struct Spilled {
    pub output: Option<File>,
    pub errors: Option<File>,
}

/// Runs a command line in a shell, and waits for it to end (`system`).
///
/// # Errors
/// Those of the system, when the shell cannot be started.
pub(super) fn run_in_shell(command: &[u8], surroundings: Surroundings) -> Result<(ExitStatus, Spilled), Errno> {
    let mut shell = shell(command);
    shell.stdin(surroundings.input());
    let (output, errors) = (surroundings.output.open()?, surroundings.errors.open()?);
    shell.stdout(output.stdio).stderr(errors.stdio);
    Ok((shell.status()?, Spilled { output: output.file, errors: errors.file }))
}

fn shell(command: &[u8]) -> Command {
    let mut shell = Command::new("/bin/sh");
    shell.arg0("sh").arg("-c").arg(OsStr::from_bytes(command));
    shell
}

impl Surroundings {
    fn input(self) -> Stdio {
        if self.has_input { Stdio::inherit() } else { Stdio::null() }
    }
}

impl Process {
    /// Starts a shell with a command line.
    ///
    /// # Errors
    /// Those of the system.
    pub fn start(command: &[u8], direction: Direction, surroundings: Surroundings) -> Result<Self, Errno> {
        let mut shell = shell(command);
        let (input, output) = match direction {
            Direction::Read => (surroundings.input(), Opened { stdio: Stdio::piped(), file: None }),
            Direction::Write => (Stdio::piped(), surroundings.output.open()?),
        };
        let errors = surroundings.errors.open()?;
        let spilled = Spilled { output: output.file, errors: errors.file };
        let mut child = shell.stdin(input).stdout(output.stdio).stderr(errors.stdio).spawn()?;
        let pipe = match direction {
            Direction::Read => child.stdout.take().map(OwnedFd::from),
            Direction::Write => child.stdin.take().map(OwnedFd::from),
        };
        let pipe = File::from(pipe.ok_or(Errno::BAD_DESCRIPTOR)?);
        Ok(Self { pipe, child: Some(child), spilled })
    }

    /// Closes the pipe and waits for the command to end.
    ///
    /// # Errors
    /// "No child processes" in a copy of the state.
    pub fn finish(self) -> (Result<ExitStatus, Errno>, Spilled) {
        let Self { pipe, child, spilled } = self;
        drop(pipe);
        let status = match child {
            Some(mut child) => child.wait().map_err(Errno::from),
            None => Err(Errno::NO_CHILD),
        };
        (status, spilled)
    }

    /// Closes the pipe, and has the command waited for in the background if it still runs, so that it can end.
    pub fn abandon(self) {
        drop(self.pipe);
        if let Some(mut child) = self.child
            && matches!(child.try_wait(), Ok(None))
        {
            // Without a thread for it, the command stays in the system's table after its end; nothing else is lost.
            let _ = std::thread::Builder::new().spawn(move || child.wait());
        }
    }

    /// What a process has after `fork`: the pipe, and no child.
    pub fn duplicate(&self) -> Option<Self> {
        let pipe = self.pipe.try_clone().ok()?;
        Some(Self { pipe, child: None, spilled: Spilled::default() })
    }
}

/// What was written to a temporary file, up to a bound.
pub(super) fn read_spilled(mut file: File, bound: usize) -> Vec<u8> {
    let mut content = Vec::new();
    if file.rewind().is_ok() {
        // What cannot be read back is lost, as it would be on a full disk.
        let _ = file.take(bound as u64).read_to_end(&mut content);
    }
    content
}
