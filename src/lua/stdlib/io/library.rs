//! Opening files, and the default input and output.

use super::device::Device;
use super::failure::Errno;
use super::file::{file_of, message};
use super::open::{open_file, temporary_file};
use super::read::read_next_line;
use super::stream::{Access, Stream};
use crate::lua::c_string;
use crate::lua::heap::{StreamRef, Value};
use crate::lua::vm::{Call, Error, Step};

/// Where the environment of the library has the default input.
pub(super) const INPUT: Value = Value::number(1.0);
/// Where the environment of the library has the default output.
pub(super) const OUTPUT: Value = Value::number(2.0);

impl Call<'_> {
    /// The default input or output.
    pub(super) fn default_file(&self, place: Value) -> Value {
        self.raw_get(self.environment(), place)
    }

    /// The stream of the default input or output, which must be open (`getiofile`).
    pub(super) fn default_stream(&mut self, place: Value) -> Result<StreamRef, Error> {
        match self.default_file(place).as_userdata().and_then(|file| self.state.stream_of(file)) {
            Some(stream) => Ok(stream),
            None => {
                let name = if place == INPUT { "input" } else { "output" };
                Err(self.error(format!("standard {name} file is closed")))
            }
        }
    }

    fn give_file(&mut self, opened: Result<Stream, Errno>, name: Option<&[u8]>) -> Result<Step, Error> {
        match opened {
            Ok(stream) => {
                let file = file_of(self, |streams| streams.add(stream));
                self.give(file)
            }
            Err(errno) => self.give_failure(name, errno),
        }
    }

    /// Opens the file that the first argument names, which must be possible (`fileerror`).
    fn open_argument(&mut self, name: &[u8], mode: &[u8]) -> Result<Value, Error> {
        match open_file(name, mode) {
            Ok(stream) => Ok(file_of(self, |streams| streams.add(stream))),
            Err(errno) => Err(self.argument_error(1, message(Some(name), errno))),
        }
    }
}

/// `io.open(filename [, mode])`
pub(super) fn open(call: &mut Call<'_>) -> Result<Step, Error> {
    let name = call.check_c_string(1)?;
    let mode = call.optional_c_string(2)?.unwrap_or_else(|| b"r".to_vec());
    call.give_file(open_file(&name, &mode), Some(&name))
}

/// `io.popen(prog [, mode])`
pub(super) fn popen(call: &mut Call<'_>) -> Result<Step, Error> {
    let command = call.check_c_string(1)?;
    let mode = call.optional_c_string(2)?.unwrap_or_else(|| b"r".to_vec());
    match call.state.streams.start_command(&command, &mode) {
        Ok(stream) => {
            let file = file_of(call, |_| stream);
            call.give(file)
        }
        Err(errno) => call.give_failure(Some(&command), errno),
    }
}

/// `io.tmpfile()`
pub(super) fn tmpfile(call: &mut Call<'_>) -> Result<Step, Error> {
    let access = Access { read: true, write: true, append: false };
    call.give_file(temporary_file().map(|file| Stream::new(Device::File(file), access)), None)
}

/// `io.input([file])`
pub(super) fn input(call: &mut Call<'_>) -> Result<Step, Error> {
    default(call, INPUT, b"r")
}

/// `io.output([file])`
pub(super) fn output(call: &mut Call<'_>) -> Result<Step, Error> {
    default(call, OUTPUT, b"w")
}

fn default(call: &mut Call<'_>, place: Value, mode: &[u8]) -> Result<Step, Error> {
    if !call.is_none_or_nil(1) {
        let argument = call.value(1);
        let file = match call.state.to_string_value(argument) {
            Some(name) => {
                let name = c_string(call.bytes(name)).to_vec();
                call.open_argument(&name, mode)?
            }
            None => {
                call.check_open_file()?;
                argument
            }
        };
        let environment = call.environment();
        call.raw_set(environment, place, file)?;
    }
    let file = call.default_file(place);
    call.give(file)
}

/// `io.lines([filename])`
pub(super) fn lines(call: &mut Call<'_>) -> Result<Step, Error> {
    if call.is_none_or_nil(1) {
        // Of two `nil`s, the reference looks at the first.
        let input = call.default_file(INPUT);
        call.push(input);
        return super::read::lines(call);
    }
    let name = call.check_c_string(1)?;
    let file = call.open_argument(&name, b"r")?;
    give_lines(call, file, true)
}

/// Returns an iterator over the lines of a file.
pub(super) fn give_lines(call: &mut Call<'_>, file: Value, closes: bool) -> Result<Step, Error> {
    let environment = call.environment();
    let iterator = call.state.new_native(read_next_line, &[file, Value::boolean(closes)]);
    call.state.heap.set_native_environment(iterator, environment);
    call.give(Value::native(iterator))
}
