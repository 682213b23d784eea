//! A stream: a device with a buffer in front of it, as `stdio` of the GNU C library has it.
//!
//! What other processes, and other streams over the same file, can see of a program's output depends on when a buffer is
//! written out; so that is done at the same moments as there. Knows nothing of Lua, and of other streams.

use std::io::SeekFrom;

use super::device::Device;
use super::failure::{Errno, Failure};

/// Below this size a buffer is no reason to hold back what does not fill a whole number of blocks.
const SMALLEST_BLOCK: usize = 128;

/// What a stream was opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Access {
    pub read: bool,
    pub write: bool,
    /// Whether everything is written at the end of the file.
    pub append: bool,
}

/// When what is written reaches the device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Buffering {
    /// At once.
    No,
    /// When the buffer is full.
    Full,
    /// At the end of a line, too.
    Line,
}

/// What the buffer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Activity {
    /// Nothing.
    Idle,
    /// Bytes from the device; those from the cursor on have not been read by the program.
    Reading,
    /// Bytes for the device.
    Writing,
}

/// A stream (`FILE`).
///
/// A copy is what a process has after `fork`: it shares the open file, place and all, and has the buffer for itself. Where the
/// system refuses to share it, the copy is closed. Dropping a stream writes out its buffer.
#[derive(Debug)]
pub(super) struct Stream {
    device: Device,
    access: Access,
    buffering: Buffering,
    /// The size of the buffer; 0 until it is needed.
    capacity: usize,
    buffer: Vec<u8>,
    /// How much of the buffer is filled before it is written. What is said about buffering later counts when it is empty.
    filled_up_to: usize,
    /// Where the program reads next.
    cursor: usize,
    activity: Activity,
    /// How many bytes the device is ahead of the place where the buffer is to be written, because they were read in vain.
    ahead: usize,
    /// Where the device is, if that is known. Like the C library, this trusts that nobody else moves it.
    offset: Option<u64>,
    /// Whether the end was reached; it counts until it is cleared, even if more bytes have come.
    is_at_end: bool,
    /// The last failure, until it is cleared.
    error: Option<Errno>,
    /// How many failures there were.
    failures: u32,
}

impl Clone for Stream {
    fn clone(&self) -> Self {
        Self { device: self.device.duplicate(), buffer: self.buffer.clone(), ..*self }
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        // Nobody is left to tell of a failure.
        let _ = self.write_out();
        if let Device::Process(process) = self.take_device() {
            process.abandon();
        }
    }
}

impl Stream {
    pub fn new(device: Device, access: Access) -> Self {
        Self {
            device,
            access,
            buffering: Buffering::Full,
            capacity: 0,
            buffer: Vec::new(),
            filled_up_to: 0,
            cursor: 0,
            activity: Activity::Idle,
            ahead: 0,
            offset: None,
            is_at_end: false,
            error: None,
            failures: 0,
        }
    }

    pub fn device_mut(&mut self) -> &mut Device {
        &mut self.device
    }

    pub fn device(&self) -> &Device {
        &self.device
    }

    /// Whether it was opened for reading.
    pub fn can_be_read(&self) -> bool {
        self.access.read
    }

    /// Takes the device away, which closes the stream.
    pub fn take_device(&mut self) -> Device {
        std::mem::replace(&mut self.device, Device::Closed)
    }

    /// The last failure since the stream was cleared (`ferror`).
    pub fn error(&self) -> Option<Errno> {
        self.error
    }

    /// Whether the end was reached since the stream was cleared (`feof`).
    pub fn is_at_end(&self) -> bool {
        self.is_at_end
    }

    /// Forgets that the end was reached, or that something failed (`clearerr`).
    pub fn clear(&mut self) {
        self.is_at_end = false;
        self.error = None;
    }

    /// How many failures there were, counting on beyond those that were cleared.
    pub fn failures(&self) -> u32 {
        self.failures
    }

    fn note_failure(&mut self, errno: Errno) {
        self.error = Some(errno);
        self.failures = self.failures.wrapping_add(1);
    }

    fn fail<T>(&mut self, errno: Errno) -> Result<T, Errno> {
        self.note_failure(errno);
        Err(errno)
    }

    /// Decides on a buffer, if that has not been done.
    fn prepare(&mut self) {
        if self.capacity == 0 {
            let nature = self.device.nature();
            self.capacity = nature.block;
            if nature.is_terminal && self.buffering == Buffering::Full {
                self.buffering = Buffering::Line;
            }
        }
    }

    /// When what is written reaches the device. Terminals are found out about when the stream is used first.
    pub fn buffering(&mut self) -> Buffering {
        self.prepare();
        self.buffering
    }

    /// Sets when what is written reaches the device (`setvbuf`).
    ///
    /// # Errors
    /// Those of the system, when the buffer must be emptied.
    pub fn set_buffering(&mut self, buffering: Buffering) -> Result<(), Failure> {
        match buffering {
            Buffering::No => {
                self.buffering = Buffering::No;
                self.flush()?;
                self.forget_buffer();
                self.capacity = 1;
            }
            // The buffer must be there, so that a terminal does not make it one of lines later.
            Buffering::Full => {
                self.prepare();
                self.buffering = Buffering::Full;
            }
            Buffering::Line => self.buffering = Buffering::Line,
        }
        Ok(())
    }

    fn forget_buffer(&mut self) {
        self.buffer.clear();
        self.cursor = 0;
        self.activity = Activity::Idle;
    }

    // Reading.

    /// The bytes that can be read without asking the device.
    #[inline]
    pub fn unread(&self) -> &[u8] {
        match self.activity {
            Activity::Reading => self.buffer.get(self.cursor..).unwrap_or_default(),
            _ => &[],
        }
    }

    /// Passes over unread bytes.
    #[inline]
    pub fn consume(&mut self, count: usize) {
        self.cursor = self.buffer.len().min(self.cursor + count);
    }

    /// Fills the buffer, if everything in it has been read. At the end, or on a failure, nothing is unread after that.
    pub fn refill(&mut self) {
        if self.is_at_end || !self.unread().is_empty() || self.begin_reading().is_err() {
            return;
        }
        self.cursor = 0;
        self.buffer.resize(self.capacity, 0);
        let count = self.device.read(&mut self.buffer);
        let count = self.note_read(count);
        self.buffer.truncate(count);
    }

    /// Reads up to `count` bytes, at the end of what is given; past the buffer, if that is empty and a whole number of blocks is
    /// wanted. Gives how many there were; 0 at the end, or on a failure.
    pub fn read(&mut self, into: &mut Vec<u8>, count: usize) -> usize {
        if self.unread().is_empty() {
            self.prepare();
            if count >= self.capacity {
                return self.read_past_buffer(into, count);
            }
            self.refill();
        }
        let unread = self.unread();
        let count = count.min(unread.len());
        into.extend_from_slice(&unread[..count]);
        self.consume(count);
        count
    }

    fn read_past_buffer(&mut self, into: &mut Vec<u8>, count: usize) -> usize {
        if self.begin_reading().is_err() {
            return 0;
        }
        let whole = if self.capacity >= SMALLEST_BLOCK { count - count % self.capacity } else { count };
        self.forget_buffer();
        self.activity = Activity::Reading;
        let start = into.len();
        into.resize(start + whole, 0);
        let count = self.device.read(&mut into[start..]);
        let count = self.note_read(count);
        into.truncate(start + count);
        count
    }

    fn begin_reading(&mut self) -> Result<(), Errno> {
        if !self.access.read {
            return self.fail(Errno::BAD_DESCRIPTOR);
        }
        self.prepare();
        match self.write_out() {
            Err(Failure::System(errno) | Failure::Unnoticed(errno)) => return self.fail(errno),
            Err(Failure::OverBound) | Ok(()) => {}
        }
        self.activity = Activity::Reading;
        Ok(())
    }

    fn note_read(&mut self, count: Result<usize, Errno>) -> usize {
        match count {
            Ok(0) => {
                self.is_at_end = true;
                // Whoever gets to the end may wait there for others to write.
                self.offset = None;
                0
            }
            Ok(count) => {
                self.offset = self.offset.and_then(|offset| offset.checked_add(count as u64));
                count
            }
            Err(errno) => {
                self.note_failure(errno);
                self.offset = None;
                0
            }
        }
    }

    // Writing.

    /// Writes (`fwrite`).
    ///
    /// # Errors
    /// Those of the system, and the host's bound on captured output.
    #[inline]
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let is_buffered = self.activity == Activity::Writing && self.buffering == Buffering::Full;
        if is_buffered && bytes.len() <= self.filled_up_to.saturating_sub(self.buffer.len()) {
            self.buffer.extend_from_slice(bytes);
            return Ok(());
        }
        self.write_slowly(bytes)
    }

    fn write_slowly(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        if bytes.is_empty() {
            return Ok(());
        }
        if self.device.is_direct() && self.access.write {
            return self.device.write(bytes);
        }
        let was_writing = self.activity == Activity::Writing;
        self.begin_writing()?;
        let space = match self.buffering {
            _ if !was_writing => 0,
            Buffering::No => 0,
            Buffering::Full => self.filled_up_to.saturating_sub(self.buffer.len()),
            Buffering::Line => self.capacity.saturating_sub(self.buffer.len()),
        };
        let end_of_line = match self.buffering {
            Buffering::Line if bytes.len() <= space => end_of_last_line(bytes),
            _ => None,
        };
        let (first, rest) = bytes.split_at(end_of_line.unwrap_or(bytes.len().min(space)));
        self.buffer.extend_from_slice(first);
        if rest.is_empty() && end_of_line.is_none() {
            return Ok(());
        }
        match self.write_out() {
            Err(Failure::System(errno)) if rest.is_empty() => return Err(Failure::Unnoticed(errno)),
            result => result?,
        }
        let remainder = if self.capacity >= SMALLEST_BLOCK { rest.len() % self.capacity } else { 0 };
        let (whole, rest) = rest.split_at(rest.len() - remainder);
        if !whole.is_empty() {
            self.send(whole)?;
        }
        self.keep(rest)
    }

    fn begin_writing(&mut self) -> Result<(), Errno> {
        if !self.access.write {
            return self.fail(Errno::BAD_DESCRIPTOR);
        }
        if self.activity == Activity::Writing {
            return Ok(());
        }
        self.prepare();
        self.ahead = self.unread().len();
        self.forget_buffer();
        // A buffer that cannot be had shows when it is filled; it is of a moderate size.
        self.buffer.reserve(self.capacity);
        self.activity = Activity::Writing;
        self.decide_filling();
        Ok(())
    }

    fn decide_filling(&mut self) {
        self.filled_up_to = if self.buffering == Buffering::Full { self.capacity } else { 0 };
    }

    /// Puts what is less than a buffer's worth into the empty buffer.
    fn keep(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let mut rest = bytes;
        if self.buffering == Buffering::Line
            && let Some(end) = end_of_last_line(bytes)
        {
            let (lines, after) = bytes.split_at(end);
            self.buffer.extend_from_slice(lines);
            self.write_out()?;
            rest = after;
        }
        self.buffer.extend_from_slice(rest);
        Ok(())
    }

    /// Writes the buffer to the device, if there is something to write. What the device refuses is lost.
    pub fn write_out(&mut self) -> Result<(), Failure> {
        if self.activity != Activity::Writing || self.buffer.is_empty() {
            return Ok(());
        }
        let buffer = std::mem::take(&mut self.buffer);
        let result = self.send(&buffer);
        self.buffer = buffer;
        self.buffer.clear();
        result
    }

    fn send(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let ahead = std::mem::take(&mut self.ahead) as i64;
        self.decide_filling();
        if self.access.append {
            self.offset = None;
        } else if ahead != 0 {
            self.offset = Some(self.device.seek(SeekFrom::Current(-ahead))?);
        }
        let result = self.device.write(bytes);
        match result {
            Ok(()) => self.offset = self.offset.and_then(|offset| offset.checked_add(bytes.len() as u64)),
            Err(Failure::System(errno) | Failure::Unnoticed(errno)) => {
                self.note_failure(errno);
                self.offset = None;
            }
            Err(Failure::OverBound) => {}
        }
        result
    }

    /// Brings the device to where the program is: writes the buffer, or goes back to what has not been read (`fflush`).
    ///
    /// # Errors
    /// Those of the system.
    pub fn flush(&mut self) -> Result<(), Failure> {
        if self.activity != Activity::Reading {
            return self.write_out();
        }
        let unread = self.unread().len() as i64;
        if unread != 0 {
            match self.device.seek(SeekFrom::Current(-unread)) {
                Ok(_) => self.buffer.truncate(self.cursor),
                Err(Errno::ILLEGAL_SEEK) => return Ok(()),
                Err(errno) => return Err(errno.into()),
            }
        }
        self.offset = None;
        Ok(())
    }

    /// Moves to a place, and gives its distance from the start (`fseek` and `ftell`).
    ///
    /// # Errors
    /// Those of the system; the stream stays where it is.
    pub fn seek(&mut self, target: SeekFrom) -> Result<u64, Failure> {
        self.write_out()?;
        let unread = self.unread().len() as i64;
        let target = match (target, self.offset) {
            (SeekFrom::Current(distance), offset) => {
                let distance = distance.checked_sub(unread).ok_or(Errno::INVALID)?;
                match offset {
                    Some(offset) => SeekFrom::Start(offset.checked_add_signed(distance).ok_or(Errno::INVALID)?),
                    None => SeekFrom::Current(distance),
                }
            }
            // By its size: some files of the system's have places, but no end to count from.
            (SeekFrom::End(distance), _) => match self.device.size_of_file() {
                Some(size) => SeekFrom::Start(size.checked_add_signed(distance).ok_or(Errno::INVALID)?),
                None => target,
            },
            (SeekFrom::Start(_), _) => target,
        };
        if let Some(place) = self.place_in_buffer(target) {
            self.cursor = place;
            self.is_at_end = false;
            // `place_in_buffer` found the offset, and the place before it.
            return Ok(self.offset.unwrap_or_default().saturating_sub((self.buffer.len() - place) as u64));
        }
        let position = self.device.seek(target)?;
        self.forget_buffer();
        self.ahead = 0;
        self.is_at_end = false;
        self.offset = Some(position);
        Ok(position)
    }

    /// Where the buffer has a place of the file, if it has been read already.
    fn place_in_buffer(&self, target: SeekFrom) -> Option<usize> {
        let (SeekFrom::Start(target), Some(offset), Activity::Reading) = (target, self.offset, self.activity) else {
            return None;
        };
        let start = offset.checked_sub(self.buffer.len() as u64)?;
        let place = usize::try_from(target.checked_sub(start)?).ok()?;
        (place < self.buffer.len()).then_some(place)
    }
}

/// Where the last line of a text ends, if one does.
fn end_of_last_line(bytes: &[u8]) -> Option<usize> {
    bytes.iter().rposition(|byte| *byte == b'\n').map(|place| place + 1)
}

#[cfg(test)]
#[path = "stream/tests.rs"]
mod tests;
