//! The open streams of a state: a slab that files refer to by number, with the standard streams in front.
//!
//! Here is what streams have to do with one another: an input that waits for a person shows what was written before, and
//! commands write where the host captures. Knows nothing of Lua values.

use std::process::ExitStatus;

use super::device::{Device, Standard};
use super::failure::{Errno, Failure};
use super::process::{Destination, Direction, Process, Spilled, Surroundings, read_spilled, run_in_shell};
use super::stream::{Access, Buffering, Stream};
use crate::lua::heap::StreamRef;

const READ: Access = Access { read: true, write: false, append: false };
const WRITE: Access = Access { read: false, write: true, append: false };

/// Every open stream of a state.
///
/// A copy of a state has copies of its streams, which are what a process has after `fork`: they share the open files, places
/// and all, and each has what was buffered for itself, so that it is written twice if nobody flushes before. Commands stay the
/// children of the original; closing such a file in the copy fails with "No child processes". A stream that the system does
/// not let us share is closed in the copy: its file is still one, and every operation on it fails.
///
/// Dropping a state writes out its streams and closes them. It does not wait for commands.
#[derive(Clone, Debug)]
pub(in crate::lua) struct Streams {
    slots: Vec<Option<Stream>>,
    /// Empty slots.
    free: Vec<u32>,
}

impl Default for Streams {
    /// The standard streams of the process. They cost no system call until they are used.
    fn default() -> Self {
        let standard = |which, access| Some(Stream::new(Device::Standard(which, None), access));
        let mut streams = Self {
            slots: vec![
                standard(Standard::Input, READ),
                standard(Standard::Output, WRITE),
                standard(Standard::Error, WRITE),
            ],
            free: Vec::new(),
        };
        streams.unbuffer_errors();
        streams
    }
}

impl Streams {
    pub const INPUT: StreamRef = StreamRef(0);
    pub const OUTPUT: StreamRef = StreamRef(1);
    pub const ERROR: StreamRef = StreamRef(2);

    fn unbuffer_errors(&mut self) {
        if let Some(errors) = self.get_mut(Self::ERROR) {
            // There is nothing in the buffer that could fail to be written.
            let _ = errors.set_buffering(Buffering::No);
        }
    }

    fn get_mut(&mut self, stream: StreamRef) -> Option<&mut Stream> {
        self.slots.get_mut(stream.0 as usize)?.as_mut()
    }

    /// A stream that is open.
    ///
    /// # Errors
    /// "Bad file descriptor", if it is not.
    pub(super) fn stream(&mut self, stream: StreamRef) -> Result<&mut Stream, Errno> {
        self.get_mut(stream).ok_or(Errno::BAD_DESCRIPTOR)
    }

    /// Adds a stream.
    pub(super) fn add(&mut self, stream: Stream) -> StreamRef {
        match self.free.pop() {
            Some(slot) => {
                if let Some(place) = self.slots.get_mut(slot as usize) {
                    *place = Some(stream);
                }
                StreamRef(slot)
            }
            None => {
                // The system allows far fewer open files than there are numbers.
                self.slots.push(Some(stream));
                StreamRef(self.slots.len() as u32 - 1)
            }
        }
    }

    /// Writes (`fwrite`).
    ///
    /// # Errors
    /// Those of the system, and the host's bound on captured output.
    #[inline]
    pub fn write(&mut self, stream: StreamRef, bytes: &[u8]) -> Result<(), Failure> {
        self.stream(stream)?.write(bytes)
    }

    /// The bytes that can be read next, without the buffer being filled if there are some. None at the end, or on a failure,
    /// which the stream remembers.
    #[inline]
    pub fn available(&mut self, stream: StreamRef) -> &[u8] {
        let is_empty = self.get_mut(stream).is_none_or(|stream| stream.unread().is_empty());
        if is_empty {
            self.refill(stream);
        }
        self.get_mut(stream).map_or(&[], |stream| stream.unread())
    }

    fn refill(&mut self, stream: StreamRef) {
        self.show_output(stream);
        if let Some(stream) = self.get_mut(stream) {
            stream.refill();
        }
    }

    /// Passes over bytes that were available.
    #[inline]
    pub fn consume(&mut self, stream: StreamRef, count: usize) {
        if let Some(stream) = self.get_mut(stream) {
            stream.consume(count);
        }
    }

    /// Reads up to `count` bytes, at the end of what is given. Gives how many there were; 0 at the end, or on a failure.
    pub fn read(&mut self, stream: StreamRef, into: &mut Vec<u8>, count: usize) -> usize {
        let is_empty = self.get_mut(stream).is_none_or(|stream| stream.unread().is_empty());
        if is_empty {
            self.show_output(stream);
        }
        self.get_mut(stream).map_or(0, |stream| stream.read(into, count))
    }

    /// Before an input that is not fully buffered is waited for, lines that are not complete are shown.
    fn show_output(&mut self, stream: StreamRef) {
        let waits = self.get_mut(stream).is_some_and(|stream| stream.buffering() != Buffering::Full);
        if waits
            && let Some(output) = self.get_mut(Self::OUTPUT)
            && output.buffering() == Buffering::Line
        {
            // The reader is not told of what the writer cannot write.
            let _ = output.write_out();
        }
    }

    /// Writes out every stream (`fflush(NULL)`).
    ///
    /// # Errors
    /// The first failure; the other streams are written out all the same.
    pub fn write_out_all(&mut self) -> Result<(), Failure> {
        let mut result = Ok(());
        for stream in self.slots.iter_mut().flatten() {
            result = result.and(stream.write_out());
        }
        result
    }

    /// Starts a command behind a pipe (`popen`), after everything was written out.
    ///
    /// # Errors
    /// Those of the system, and "Invalid argument" for a mode that is none.
    pub fn start_command(&mut self, command: &[u8], mode: &[u8]) -> Result<StreamRef, Errno> {
        // As the reference does: whoever wrote it is not told here.
        let _ = self.write_out_all();
        let direction = Direction::of_mode(mode)?;
        let process = Process::start(command, direction, self.surroundings())?;
        let access = if direction == Direction::Read { READ } else { WRITE };
        Ok(self.add(Stream::new(Device::Process(process), access)))
    }

    /// Runs a command to its end (`system`). Nothing is written out before.
    ///
    /// # Errors
    /// Those of the system, when it cannot be started, and the host's bound on captured output.
    pub(super) fn run_command(&mut self, command: &[u8]) -> Result<ExitStatus, Failure> {
        let (status, spilled) = run_in_shell(command, self.surroundings())?;
        self.take_spilled(spilled)?;
        Ok(status)
    }

    fn surroundings(&self) -> Surroundings {
        Surroundings {
            has_input: matches!(self.device(Self::INPUT), Some(Device::Standard(..))),
            output: self.destination(Self::OUTPUT),
            errors: self.destination(Self::ERROR),
        }
    }

    fn device(&self, stream: StreamRef) -> Option<&Device> {
        self.slots.get(stream.0 as usize)?.as_ref().map(Stream::device)
    }

    fn destination(&self, stream: StreamRef) -> Destination {
        match self.device(stream) {
            Some(Device::Standard(..)) => Destination::Inherited,
            Some(Device::Capture { .. }) => Destination::Spilled,
            _ => Destination::Nowhere,
        }
    }

    /// Closes a stream (`fclose`, `pclose`), which waits for a command to end.
    ///
    /// # Errors
    /// What kept the buffer from being written, unless a command failed; and the host's bound on captured output.
    pub fn close(&mut self, stream: StreamRef) -> Result<(), Failure> {
        let Some(slot) = self.slots.get_mut(stream.0 as usize) else { return Err(Errno::BAD_DESCRIPTOR.into()) };
        let Some(mut closed) = slot.take() else { return Err(Errno::BAD_DESCRIPTOR.into()) };
        if stream.0 <= Self::ERROR.0 {
            // What is closed is not open for others.
            *slot = Some(Stream::new(Device::Closed, Access { read: false, write: false, append: false }));
        } else {
            self.free.push(stream.0);
        }
        let written = closed.write_out();
        let Device::Process(process) = closed.take_device() else { return written };
        let (status, spilled) = process.finish();
        self.take_spilled(spilled)?;
        // The status of the command is what `pclose` gives, and a failure of our own only where that says nothing.
        if status?.success() { written } else { Ok(()) }
    }

    /// Adds what a command wrote to what the host captures.
    fn take_spilled(&mut self, spilled: Spilled) -> Result<(), Failure> {
        for (file, stream) in [(spilled.output, Self::OUTPUT), (spilled.errors, Self::ERROR)] {
            let bound = match self.device(stream) {
                Some(Device::Capture { bound, .. }) => *bound,
                _ => continue,
            };
            if let Some(file) = file {
                let content = read_spilled(file, bound.saturating_add(1));
                self.write(stream, &content)?;
            }
        }
        Ok(())
    }

    /// Gives a standard stream another device. What it held is written out or forgotten.
    pub(super) fn replace(&mut self, stream: StreamRef, device: Device) {
        let access = if stream == Self::INPUT { READ } else { WRITE };
        if let Some(slot) = self.slots.get_mut(stream.0 as usize) {
            *slot = Some(Stream::new(device, access));
        }
        if stream == Self::ERROR {
            self.unbuffer_errors();
        }
    }

    /// Takes what was captured of a standard stream.
    pub(super) fn take_captured(&mut self, stream: StreamRef) -> Vec<u8> {
        match self.get_mut(stream).map(Stream::device_mut) {
            Some(Device::Capture { bytes, .. }) => std::mem::take(bytes),
            _ => Vec::new(),
        }
    }

    /// Sets how much may be captured.
    pub(super) fn set_bound(&mut self, limit: usize) {
        for stream in self.slots.iter_mut().flatten() {
            if let Device::Capture { bound, .. } = stream.device_mut() {
                *bound = limit;
            }
        }
    }
}
