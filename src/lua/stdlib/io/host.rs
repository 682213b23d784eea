//! What a host does with the standard streams of a state: capturing, feeding, flushing.

use std::process::ExitStatus;

use super::device::Device;
use super::failure::{Errno, Failure};
use super::streams::Streams;
use crate::lua::vm::{Bounds, Error, ErrorKind, State};

/// How much is read at a time.
const BLOCK: usize = 64 << 10;

impl State {
    /// Sets what a program is allowed.
    pub fn set_bounds(&mut self, bounds: Bounds) {
        self.bounds = bounds;
        self.streams.set_bound(bounds.output);
    }

    /// Sends what the program writes to its standard output into a buffer from now on: what `print` prints, what `io` writes,
    /// and what commands write that it starts with `io.popen`.
    pub fn capture_output(&mut self) {
        let bound = self.bounds.output;
        self.streams.replace(Streams::OUTPUT, Device::Capture { bytes: Vec::new(), bound });
    }

    /// Takes what was written to the standard output so far; nothing when it is not captured.
    pub fn take_output(&mut self) -> Vec<u8> {
        self.streams.take_captured(Streams::OUTPUT)
    }

    /// Sends what the program writes to its standard error into a buffer from now on.
    pub fn capture_errors(&mut self) {
        let bound = self.bounds.output;
        self.streams.replace(Streams::ERROR, Device::Capture { bytes: Vec::new(), bound });
    }

    /// Takes what was written to the standard error so far; nothing when it is not captured.
    pub fn take_errors(&mut self) -> Vec<u8> {
        self.streams.take_captured(Streams::ERROR)
    }

    /// Has what the program writes to its standard error go nowhere from now on.
    pub fn discard_errors(&mut self) {
        self.streams.replace(Streams::ERROR, Device::Discard);
    }

    /// Gives the program these bytes for its standard input. They are read as from a pipe.
    pub fn set_input(&mut self, bytes: Vec<u8>) {
        self.streams.replace(Streams::INPUT, Device::Given { bytes, position: 0 });
    }

    /// Writes out the standard output, which is buffered: line by line if it is a terminal, otherwise in blocks. Dropping a
    /// state does it, too; but then nobody learns of errors.
    ///
    /// # Errors
    /// Those of the system. What could not be written is lost.
    pub fn flush_output(&mut self) -> std::io::Result<()> {
        host_result(self.streams.stream(Streams::OUTPUT).map_err(Failure::from).and_then(|output| output.write_out()))
    }

    /// Writes out every stream and leaves the standard input where the program has stopped reading, as C's `exit` does. To be
    /// called before a process ends without dropping the state.
    ///
    /// # Errors
    /// The first failure to write; the other streams are written out all the same.
    pub fn flush_all(&mut self) -> std::io::Result<()> {
        let written = self.streams.write_out_all();
        if let Ok(input) = self.streams.stream(Streams::INPUT) {
            // `exit` tells nobody either.
            let _ = input.flush();
        }
        host_result(written)
    }

    /// Reads a line of the standard input, its end included, from the buffer that the program reads from. Nothing at the end.
    ///
    /// # Errors
    /// Those of the system.
    pub fn read_input_line(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        self.read_input_piece(usize::MAX)
    }

    /// Like [`State::read_input_line`], but no more than so many bytes (`fgets`).
    ///
    /// # Errors
    /// Those of the system.
    pub fn read_input_piece(&mut self, most: usize) -> std::io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        while !line.ends_with(b"\n") {
            let available = self.streams.available(Streams::INPUT);
            let available = available.get(..most - line.len()).unwrap_or(available);
            let end = available.iter().position(|byte| *byte == b'\n').map_or(available.len(), |place| place + 1);
            if end == 0 {
                break;
            }
            line.extend_from_slice(&available[..end]);
            self.streams.consume(Streams::INPUT, end);
        }
        let input = self.streams.stream(Streams::INPUT)?;
        match input.error() {
            Some(errno) if line.is_empty() => {
                input.clear();
                Err(errno.into())
            }
            _ => Ok((!line.is_empty()).then_some(line)),
        }
    }

    /// Reads what is left of the standard input, from the buffer that the program reads from.
    ///
    /// # Errors
    /// Those of the system, and that of memory when it is more than the heap has room for.
    pub fn read_input(&mut self) -> std::io::Result<Vec<u8>> {
        let mut content = Vec::new();
        let input = self.streams.stream(Streams::INPUT)?;
        if input.is_at_end() {
            return Ok(content);
        }
        loop {
            if !self.heap.has_room(content.len() + BLOCK) || content.try_reserve(BLOCK).is_err() {
                return Err(std::io::ErrorKind::OutOfMemory.into());
            }
            if self.streams.read(Streams::INPUT, &mut content, BLOCK) == 0 {
                break;
            }
        }
        match self.streams.stream(Streams::INPUT)?.error() {
            Some(errno) => Err(errno.into()),
            None => Ok(content),
        }
    }

    /// Writes to the program's standard error. A failure goes unnoticed: there is nowhere left to tell of it.
    ///
    /// # Errors
    /// As for [`State::write_output`].
    pub(in crate::lua) fn write_error_output(&mut self, bytes: &[u8]) -> Result<(), Error> {
        match self.streams.write(Streams::ERROR, bytes) {
            Ok(()) => Ok(()),
            Err(failure) => self.settle(failure).map(|_| ()),
        }
    }

    /// Runs a command line in the shell, with the program's standard streams, and waits for it to end (`system`).
    ///
    /// # Errors
    /// As for [`State::write_output`], because of what the command writes; inside, those of starting it.
    pub(in crate::lua) fn run_in_shell(&mut self, command: &[u8]) -> Result<Result<ExitStatus, Errno>, Error> {
        match self.streams.run_command(command) {
            Ok(status) => Ok(Ok(status)),
            Err(failure) => Ok(Err(self.settle(failure)?.unwrap_or(Errno::INPUT_OUTPUT))),
        }
    }

    /// Writes to the program's standard output for `print`. An output that cannot be written to is the program's loss alone, as
    /// with C's streams.
    ///
    /// # Errors
    /// The end of the run, when that would exceed the host's bound, or the pipe is broken and that is final.
    #[inline]
    pub(in crate::lua) fn write_output(&mut self, bytes: &[u8]) -> Result<(), Error> {
        match self.streams.write(Streams::OUTPUT, bytes) {
            Ok(()) => Ok(()),
            Err(failure) => self.settle(failure).map(|_| ()),
        }
    }

    /// What is left for the program of a failure: a system error that it is told of, or none.
    ///
    /// # Errors
    /// The end of the run, when the host's bound is exceeded, or the pipe is broken and that is final.
    #[cold]
    pub(super) fn settle(&mut self, failure: Failure) -> Result<Option<Errno>, Error> {
        match failure {
            Failure::OverBound => Err(Error { kind: ErrorKind::Stopped, ..self.memory_error() }),
            Failure::System(errno) | Failure::Unnoticed(errno)
                if errno == Errno::BROKEN_PIPE && self.bounds.broken_pipe_is_final =>
            {
                self.pipe_is_broken = true;
                Err(Error { value: crate::lua::heap::Value::NIL, kind: ErrorKind::Stopped })
            }
            Failure::System(errno) => Ok(Some(errno)),
            Failure::Unnoticed(_) => Ok(None),
        }
    }

    /// Whether a run was ended because nobody reads what it writes: see [`Bounds::broken_pipe_is_final`].
    pub fn is_pipe_broken(&self) -> bool {
        self.pipe_is_broken
    }
}

fn host_result(result: Result<(), Failure>) -> std::io::Result<()> {
    match result {
        Ok(()) => Ok(()),
        Err(Failure::System(errno) | Failure::Unnoticed(errno)) => Err(errno.into()),
        Err(Failure::OverBound) => Err(std::io::ErrorKind::QuotaExceeded.into()),
    }
}
