//! Reading: lines, numbers, counts of bytes, everything.

use std::io::BufRead;

use super::file::close_for_nothing;
use super::library::{INPUT, give_lines};
use super::scan::{Characters, OutOfRoom, scan_number};
use super::streams::Streams;
use crate::lua::heap::{StreamRef, Value};
use crate::lua::vm::{Call, Error, State, Step};

/// How much `fgets` reads at once: the reference's buffer (`LUAL_BUFFERSIZE`) less a byte for the end. Zero bytes are what
/// makes this visible: the rest of a piece after one is lost.
const PIECE: usize = 8191;
/// How much is read at a time where the number of bytes is all that counts: no more than there is already, between these.
const BLOCKS: std::ops::RangeInclusive<usize> = 4 << 10..=64 << 10;
/// What the reference wants on the stack beside the results (`LUA_MINSTACK`).
const MIN_STACK: usize = 20;

/// `io.read(···)`
pub(super) fn io_read(call: &mut Call<'_>) -> Result<Step, Error> {
    let stream = call.default_stream(INPUT)?;
    // The reference has the file itself on its stack.
    read_formats(call, stream, 1, 1)
}

/// `file:read(···)`
pub(super) fn read(call: &mut Call<'_>) -> Result<Step, Error> {
    let stream = call.check_open_file()?;
    read_formats(call, stream, 2, 0)
}

/// `file:lines()`
pub(super) fn lines(call: &mut Call<'_>) -> Result<Step, Error> {
    call.check_open_file()?;
    let file = call.value(1);
    give_lines(call, file, false)
}

/// The iterator that `lines` returns.
pub(super) fn read_next_line(call: &mut Call<'_>) -> Result<Step, Error> {
    let file = call.upvalue(0);
    let Some(stream) = file.as_userdata().and_then(|file| call.state.stream_of(file)) else {
        return Err(call.error("file is already closed"));
    };
    let is_line = read_line(call, stream)?;
    if let Some(errno) = call.state.streams.stream(stream).map_or_else(Some, |stream| stream.error()) {
        return Err(call.error(errno.message()));
    }
    if is_line {
        return Ok(Step::Return(1));
    }
    if call.upvalue(1).is_falsy() {
        return Ok(Step::Return(0));
    }
    call.set_count(0);
    call.push(file);
    close_for_nothing(call)
}

/// Reads by the formats from the `first` argument on; `extra` values of the reference's stack are not on ours.
fn read_formats(call: &mut Call<'_>, stream: StreamRef, first: usize, extra: usize) -> Result<Step, Error> {
    if let Ok(stream) = call.state.streams.stream(stream) {
        stream.clear();
    }
    let formats = (call.count() + 1).saturating_sub(first);
    let mut results = 0;
    let mut is_read = true;
    if formats == 0 {
        is_read = read_line(call, stream)?;
        results = 1;
    } else {
        call.check_stack(extra + formats + MIN_STACK, "too many arguments")?;
        for place in first..first + formats {
            is_read = read_format(call, stream, place)?;
            results += 1;
            if !is_read {
                break;
            }
        }
    }
    if let Some(errno) = call.state.streams.stream(stream).map_or_else(Some, |stream| stream.error()) {
        return call.give_failure(None, errno);
    }
    if !is_read {
        call.pop();
        call.push(Value::NIL);
    }
    Ok(Step::Return(results))
}

/// Reads by the format at a place, and pushes what was read. Whether there was something to read.
fn read_format(call: &mut Call<'_>, stream: StreamRef, place: usize) -> Result<bool, Error> {
    let format = call.value(place);
    if let Some(n) = format.as_number() {
        // A negative count is a huge one.
        return match crate::lua::number::to_integer(n) as u64 {
            0 => test_end(call, stream),
            count => read_bytes(call, stream, count),
        };
    }
    let option = match format.as_string().map(|format| call.bytes(format)) {
        Some([b'*', rest @ ..]) => rest.first().copied(),
        _ => return Err(call.argument_error(place, "invalid option")),
    };
    match option {
        Some(b'n') => read_number(call, stream),
        Some(b'l') => read_line(call, stream),
        Some(b'a') => {
            read_bytes(call, stream, u64::MAX)?;
            Ok(true)
        }
        _ => Err(call.argument_error(place, "invalid format")),
    }
}

fn test_end(call: &mut Call<'_>, stream: StreamRef) -> Result<bool, Error> {
    let is_more = !call.state.streams.available(stream).is_empty();
    let empty = call.state.heap.string(b"");
    call.push(empty);
    Ok(is_more)
}

/// Reads up to so many bytes, and pushes them. Whether all of them were there, or at least one.
fn read_bytes(call: &mut Call<'_>, stream: StreamRef, count: u64) -> Result<bool, Error> {
    let mut text = Vec::new();
    let mut missing = usize::try_from(count).unwrap_or(usize::MAX);
    while missing > 0 {
        let wanted = missing.min(text.len().clamp(*BLOCKS.start(), *BLOCKS.end()));
        call.check_room(text.len() + wanted)?;
        if text.try_reserve(wanted).is_err() {
            return Err(call.memory_error());
        }
        let read = call.state.streams.read(stream, &mut text, wanted);
        if read == 0 {
            break;
        }
        missing -= read;
    }
    let is_read = missing == 0 || !text.is_empty();
    call.check_room(text.len())?;
    let text = call.state.heap.adopt_string(text);
    call.push(text);
    Ok(is_read)
}

/// Reads a line, and pushes it without its end. Whether there was something to read.
///
/// Like the reference, which looks for the end of what `fgets` has read with `strlen`, this loses what follows a zero byte in a
/// piece, and goes on as if the line had not ended there.
fn read_line(call: &mut Call<'_>, stream: StreamRef) -> Result<bool, Error> {
    if let Some(line) = whole_line(call.state, stream)? {
        call.push(line);
        return Ok(true);
    }
    let mut text = Vec::new();
    let failures = failures_of(call, stream);
    let is_line = loop {
        let start = text.len();
        let taken = read_piece(call, stream, &mut text)?;
        // What had failed before is no matter here.
        if taken == 0 || failures_of(call, stream) != failures {
            text.truncate(start);
            break !text.is_empty();
        }
        call.spend(taken)?;
        let piece = text.get(start..).unwrap_or_default();
        if let Some(end) = piece.iter().position(|byte| *byte == 0) {
            text.truncate(start + end);
        } else if text.last() == Some(&b'\n') {
            text.pop();
            break true;
        }
    };
    call.check_room(text.len())?;
    let text = call.state.heap.adopt_string(text);
    call.push(text);
    Ok(is_line)
}

fn failures_of(call: &mut Call<'_>, stream: StreamRef) -> u32 {
    call.state.streams.stream(stream).map_or(0, |stream| stream.failures())
}

/// The common case: a line that is in the buffer as a whole, without a zero byte. It is passed over.
fn whole_line(state: &mut State, stream: StreamRef) -> Result<Option<Value>, Error> {
    let State { streams, heap, .. } = state;
    let available = streams.available(stream);
    let Some(line) = line_at_start(available).filter(|line| !line.contains(&0)) else { return Ok(None) };
    let length = line.len();
    if !heap.has_room(length) {
        return Err(state.memory_error());
    }
    let line = heap.string(line);
    streams.consume(stream, length + 1);
    Ok(Some(line))
}

/// The line at the start of some bytes, without its end, if that is among the bytes of a piece.
fn line_at_start(bytes: &[u8]) -> Option<&[u8]> {
    let piece = bytes.get(..PIECE).unwrap_or(bytes);
    end_of_line(piece).map(|end| &piece[..end])
}

/// Where the first line of some bytes ends.
fn end_of_line(bytes: &[u8]) -> Option<usize> {
    // The system's `memchr`, which std does not offer by that name.
    let count = (&mut &*bytes).skip_until(b'\n').ok()?;
    let end = count.checked_sub(1)?;
    (bytes.get(end) == Some(&b'\n')).then_some(end)
}

/// Reads up to the end of a line, or a piece, at the end of what is given (`fgets`). Gives how many bytes.
fn read_piece(call: &mut Call<'_>, stream: StreamRef, text: &mut Vec<u8>) -> Result<usize, Error> {
    let mut taken = 0;
    while taken < PIECE {
        call.check_room(text.len() + PIECE)?;
        let available = call.state.streams.available(stream);
        let available = available.get(..PIECE - taken).unwrap_or(available);
        let line_end = end_of_line(available);
        let count = line_end.map_or(available.len(), |end| end + 1);
        if count == 0 {
            break;
        }
        if text.try_reserve(count).is_err() {
            return Err(call.memory_error());
        }
        let State { streams, .. } = &mut *call.state;
        text.extend_from_slice(&streams.available(stream)[..count]);
        streams.consume(stream, count);
        taken += count;
        if line_end.is_some() {
            break;
        }
    }
    Ok(taken)
}

/// Reads a number, and pushes it, or `nil`. Whether there was one.
///
/// `fscanf` is the one that fails silently where nothing can be read.
fn read_number(call: &mut Call<'_>, stream: StreamRef) -> Result<bool, Error> {
    if call.state.streams.stream(stream).is_ok_and(|stream| !stream.can_be_read()) {
        call.push(Value::NIL);
        return Ok(false);
    }
    let State { streams, heap, fuel, .. } = &mut *call.state;
    let room = heap.limit().saturating_sub(heap.allocated());
    let mut unread = Unread { streams, stream, fuel, is_exhausted: false };
    let scanned = scan_number(&mut unread, room);
    if unread.is_exhausted {
        return Err(call.stopped());
    }
    match scanned {
        Ok(Some(n)) => {
            call.push(Value::foreign_number(n));
            Ok(true)
        }
        Ok(None) => {
            call.push(Value::NIL);
            Ok(false)
        }
        Err(OutOfRoom) => Err(call.memory_error()),
    }
}

/// The characters of a stream, as far as the host's fuel goes.
struct Unread<'a> {
    streams: &'a mut Streams,
    stream: StreamRef,
    fuel: &'a mut u64,
    is_exhausted: bool,
}

impl Characters for Unread<'_> {
    fn peek(&mut self) -> Option<u8> {
        if self.is_exhausted { None } else { self.streams.available(self.stream).first().copied() }
    }

    fn skip(&mut self) {
        match self.fuel.checked_sub(1) {
            Some(left) => *self.fuel = left,
            None => self.is_exhausted = true,
        }
        self.streams.consume(self.stream, 1);
    }
}
