//! Files as Lua values: made, recognised, closed.

use super::failure::{Errno, Failure};
use super::{FILE_HANDLE, Streams};
use crate::lua::c_string;
use crate::lua::heap::{StreamRef, TableRef, Userdata, UserdataRef, Value};
use crate::lua::stdlib::address;
use crate::lua::vm::{Call, Error, State, Step};

/// What the reference's userdata for a file holds: a pointer.
const FILE_SIZE: usize = 8;

impl State {
    /// The metatable of files; `None` if a program has taken it away.
    fn file_metatable(&mut self) -> Option<TableRef> {
        let key = self.heap.string(FILE_HANDLE.as_bytes());
        self.heap.raw_get(self.registry, key).as_table()
    }

    /// A file for an open stream.
    pub(super) fn new_file(&mut self, stream: StreamRef, environment: TableRef) -> Value {
        let metatable = self.file_metatable().unwrap_or(TableRef::NONE);
        let mut file = Userdata::new(metatable, environment);
        file.size = FILE_SIZE;
        file.stream = Some(stream);
        Value::userdata(self.heap.new_userdata(file))
    }

    /// The file that a value is, open or closed.
    pub(super) fn as_file(&mut self, value: Value) -> Option<UserdataRef> {
        let file = value.as_userdata()?;
        let metatable = self.heap.userdata(file).metatable.some()?;
        (Some(metatable) == self.file_metatable()).then_some(file)
    }

    /// The stream of a file, unless it is closed.
    pub(super) fn stream_of(&self, file: UserdataRef) -> Option<StreamRef> {
        self.heap.userdata(file).stream
    }
}

impl Call<'_> {
    /// The file that the first argument must be, open or closed.
    pub(super) fn check_file(&mut self) -> Result<UserdataRef, Error> {
        let value = self.value(1);
        match self.state.as_file(value) {
            Some(file) => Ok(file),
            None => Err(self.type_mismatch(1, FILE_HANDLE)),
        }
    }

    /// The stream of the open file that the first argument must be.
    pub(super) fn check_open_file(&mut self) -> Result<StreamRef, Error> {
        let file = self.check_file()?;
        match self.state.stream_of(file) {
            Some(stream) => Ok(stream),
            None => Err(self.error("attempt to use a closed file")),
        }
    }

    /// Returns `true`, or `nil`, the system's message and its number (`pushresult`).
    pub(super) fn give_result(&mut self, result: Result<(), Failure>) -> Result<Step, Error> {
        let refused = match result {
            Ok(()) => None,
            Err(failure) => self.state.settle(failure)?,
        };
        match refused {
            None => self.give(Value::TRUE),
            Some(errno) => self.give_failure(None, errno),
        }
    }

    /// Returns `nil`, the system's message, with the name of a file in front if there is one, and its number.
    pub(super) fn give_failure(&mut self, name: Option<&[u8]>, errno: Errno) -> Result<Step, Error> {
        let text = message(name, errno);
        let text = self.state.new_string(&text)?;
        self.push(Value::NIL);
        self.push(text);
        self.push(Value::number(f64::from(errno.0)));
        Ok(Step::Return(3))
    }
}

/// The system's message, with the name of a file in front if there is one.
pub(super) fn message(name: Option<&[u8]>, errno: Errno) -> Vec<u8> {
    let mut text = Vec::new();
    if let Some(name) = name {
        text.extend_from_slice(c_string(name));
        text.extend_from_slice(b": ");
    }
    text.extend_from_slice(errno.message().as_bytes());
    text
}

/// `io.type(obj)`
pub(super) fn type_of(call: &mut Call<'_>) -> Result<Step, Error> {
    let value = call.check_any(1)?;
    match call.state.as_file(value) {
        None => call.give(Value::NIL),
        Some(file) if call.state.stream_of(file).is_some() => call.give_bytes(b"file"),
        Some(_) => call.give_bytes(b"closed file"),
    }
}

/// `tostring(file)`
pub(super) fn to_string(call: &mut Call<'_>) -> Result<Step, Error> {
    let file = call.check_file()?;
    match call.state.stream_of(file) {
        Some(_) => {
            let text = format!("file ({:#x})", address(Value::userdata(file)));
            call.give_bytes(text.as_bytes())
        }
        None => call.give_bytes(b"file (closed)"),
    }
}

/// `file:close()` and `io.close([file])`
pub(super) fn close(call: &mut Call<'_>) -> Result<Step, Error> {
    if call.argument(1).is_none() {
        let output = call.default_file(super::OUTPUT);
        call.push(output);
    }
    call.check_open_file()?;
    close_by_environment(call)
}

/// The finaliser of a file: closes it if it is open.
pub(super) fn finalise(call: &mut Call<'_>) -> Result<Step, Error> {
    let file = call.check_file()?;
    if call.state.stream_of(file).is_some() {
        return close_for_nothing(call);
    }
    Ok(Step::Return(0))
}

/// Closes the file that is the first argument, and returns nothing.
pub(super) fn close_for_nothing(call: &mut Call<'_>) -> Result<Step, Error> {
    Ok(match close_by_environment(call)? {
        Step::Return(_) => Step::Return(0),
        step => step,
    })
}

/// Has the function `__close` of the file's environment close it: as part of the running function, like the reference.
fn close_by_environment(call: &mut Call<'_>) -> Result<Step, Error> {
    let file = call.check_file()?;
    let environment = call.state.heap.userdata(file).environment;
    let key = call.state.heap.string(b"__close");
    match call.raw_get(environment, key).as_native() {
        Some(native) => {
            let function = call.state.heap.native(native).function;
            function(call)
        }
        // The reference follows a null pointer here.
        None => Err(call.error("the environment of the file has no function '__close'")),
    }
}

/// `__close` of ordinary files and of pipes.
pub(super) fn close_stream(call: &mut Call<'_>) -> Result<Step, Error> {
    let stream = call.check_open_file()?;
    let file = call.check_file()?;
    call.state.heap.take_stream(file);
    let result = call.state.streams.close(stream);
    call.give_result(result)
}

/// `__close` of the standard files.
pub(super) fn keep_open(call: &mut Call<'_>) -> Result<Step, Error> {
    let message = call.state.new_string(b"cannot close standard file")?;
    call.push(Value::NIL);
    call.push(message);
    Ok(Step::Return(2))
}

/// Adds a stream to the state's, and gives the file for it, in the environment of the running function.
pub(super) fn file_of(call: &mut Call<'_>, open: impl FnOnce(&mut Streams) -> StreamRef) -> Value {
    let stream = open(&mut call.state.streams);
    let environment = call.environment();
    call.state.new_file(stream, environment)
}
