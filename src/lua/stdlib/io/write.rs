//! Writing, flushing, and moving in files.

use std::io::SeekFrom;

use super::failure::Failure;
use super::library::OUTPUT;
use super::stream::Buffering;
use crate::lua::heap::{StreamRef, Value};
use crate::lua::number::write_number;
use crate::lua::vm::{Call, Error, State, Step};

/// `io.write(···)`
pub(super) fn io_write(call: &mut Call<'_>) -> Result<Step, Error> {
    let stream = call.default_stream(OUTPUT)?;
    write_arguments(call, stream, 1)
}

/// `file:write(···)`
pub(super) fn write(call: &mut Call<'_>) -> Result<Step, Error> {
    let stream = call.check_open_file()?;
    write_arguments(call, stream, 2)
}

/// Writes the arguments from the `first` on. After a failure they are only looked at.
fn write_arguments(call: &mut Call<'_>, stream: StreamRef, first: usize) -> Result<Step, Error> {
    let mut result = Ok(());
    for place in first..=call.count() {
        let written = if let Some(n) = call.value(place).as_number() {
            if result.is_ok() { write_digits(call.state, stream, n) } else { Ok(()) }
        } else {
            let string = call.check_string(place)?;
            let State { streams, heap, .. } = &mut *call.state;
            if result.is_ok() { streams.write(stream, heap.bytes(string)) } else { Ok(()) }
        };
        if let Err(failure) = written
            && call.state.settle(failure)?.is_some()
        {
            result = Err(failure);
        }
    }
    call.give_result(result)
}

fn write_digits(state: &mut State, stream: StreamRef, n: f64) -> Result<(), Failure> {
    let State { streams, scratch, .. } = state;
    scratch.clear();
    write_number(n, scratch);
    streams.write(stream, scratch)
}

/// `io.flush()`
pub(super) fn io_flush(call: &mut Call<'_>) -> Result<Step, Error> {
    let stream = call.default_stream(OUTPUT)?;
    flush_stream(call, stream)
}

/// `file:flush()`
pub(super) fn flush(call: &mut Call<'_>) -> Result<Step, Error> {
    let stream = call.check_open_file()?;
    flush_stream(call, stream)
}

fn flush_stream(call: &mut Call<'_>, stream: StreamRef) -> Result<Step, Error> {
    let result = call.state.streams.stream(stream).map_err(Failure::from).and_then(|stream| stream.flush());
    call.give_result(result)
}

/// `file:seek([whence] [, offset])`
pub(super) fn seek(call: &mut Call<'_>) -> Result<Step, Error> {
    let stream = call.check_open_file()?;
    let whence = call.check_option(2, Some("cur"), &["set", "cur", "end"])?;
    let offset = call.optional_integer(3, 0)?;
    let target = match whence {
        // A negative place is the system's to refuse, or ours, if it could be anything else by then.
        0 => SeekFrom::Start(offset as u64),
        1 => SeekFrom::Current(offset),
        _ => SeekFrom::End(offset),
    };
    match call.state.streams.stream(stream).map_err(Failure::from).and_then(|stream| stream.seek(target)) {
        Ok(position) => call.give(Value::number(position as i64 as f64)),
        Err(failure) => call.give_result(Err(failure)),
    }
}

/// `file:setvbuf(mode [, size])`
pub(super) fn setvbuf(call: &mut Call<'_>) -> Result<Step, Error> {
    let stream = call.check_open_file()?;
    let mode = call.check_option(2, None, &["no", "full", "line"])?;
    // The C library takes no notice of a size without a buffer.
    call.optional_integer(3, 0)?;
    let buffering = [Buffering::No, Buffering::Full, Buffering::Line].get(mode).copied().unwrap_or(Buffering::Full);
    let stream = call.state.streams.stream(stream).map_err(Failure::from);
    let result = stream.and_then(|stream| stream.set_buffering(buffering));
    call.give_result(result)
}
