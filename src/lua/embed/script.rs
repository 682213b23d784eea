//! A script: a chunk with a name, arguments and the global table `arg`, run once in a state.

use crate::lua::heap::{Table, Value};
use crate::lua::number::to_int;
use crate::lua::vm::{Call, Error, ErrorKind, Observer, State, Step};

/// Where the traceback of an uncaught error is left for the host, in the registry.
const TRACEBACK: &[u8] = b"traceback";

/// A chunk to run, and what it is given.
#[derive(Clone, Debug)]
pub struct Script<'a> {
    /// Source text or a binary chunk, as its first byte says.
    pub chunk: &'a [u8],
    /// The chunk name as `lua_load` takes it.
    pub name: &'a [u8],
    /// What the chunk gets as `...`, and as `arg[1]` and so on.
    pub arguments: &'a [Vec<u8>],
    /// `arg[0]`.
    pub path: &'a [u8],
}

/// How a script failed.
#[derive(Clone, Debug)]
pub enum ScriptError {
    /// It was not accepted; this is the message.
    Refused(Vec<u8>),
    /// It raised an error that nothing caught.
    Raised {
        value: Value,
        /// What `debug.traceback("")` says at the error, as its message handler.
        traceback: Vec<u8>,
    },
    /// It needed more memory than it may have.
    OutOfMemory,
    /// An observer ended it.
    Stopped,
    /// It called `os.exit` with this code. Where the program is a process, the process ends with it at once; finalisers that are
    /// left are not called.
    Exited(i32),
}

impl State {
    /// Runs a script, and gives what it returns.
    ///
    /// # Errors
    /// See [`ScriptError`].
    pub fn run_script<O: Observer>(
        &mut self,
        script: &Script<'_>,
        observer: &mut O,
    ) -> Result<Vec<Value>, ScriptError> {
        let function = self.prepare(script)?;
        self.run_prepared(function, script, observer)
    }

    /// Runs a script whose function [`State::prepare`] gave.
    ///
    /// # Errors
    /// See [`ScriptError`].
    pub fn run_prepared<O: Observer>(
        &mut self,
        function: Value,
        script: &Script<'_>,
        observer: &mut O,
    ) -> Result<Vec<Value>, ScriptError> {
        let arguments: Vec<Value> = script.arguments.iter().map(|argument| self.heap.string(argument)).collect();
        let handler = Value::native(self.new_native(note_traceback, &[]));
        self.call(function, &arguments, Some(handler), observer).map_err(|error| self.script_error(error))
    }

    /// Ends what ran in the state: calls every finaliser that has not been called, the newest userdata's first. Errors in them
    /// go nowhere. Dropping a state calls none.
    ///
    /// A state whose run was stopped is not to be closed: nothing runs after a stop.
    ///
    /// # Errors
    /// [`ScriptError::Stopped`], [`ScriptError::Exited`] or [`ScriptError::OutOfMemory`], when that ends more than one finaliser.
    pub fn close<O: Observer>(&mut self, observer: &mut O) -> Result<(), ScriptError> {
        self.finalise_everything(observer).map_err(|error| self.script_error(error))
    }

    /// Makes the table `arg` and loads a script's chunk: everything that comes before its function is called. The function is to be
    /// called before anything else is done with the state: nothing keeps it alive.
    ///
    /// # Errors
    /// [`ScriptError::Refused`] or [`ScriptError::OutOfMemory`].
    pub fn prepare(&mut self, script: &Script<'_>) -> Result<Value, ScriptError> {
        self.make_argument_table(script).map_err(|error| self.script_error(error))?;
        self.load(script.chunk, script.name).map_err(|error| match (error.kind, error.value.as_string()) {
            (ErrorKind::Handled, Some(message)) => ScriptError::Refused(self.heap.bytes(message).to_vec()),
            _ => self.script_error(error),
        })
    }

    fn make_argument_table(&mut self, script: &Script<'_>) -> Result<(), Error> {
        let table = Table::with_capacity(script.arguments.len(), 1).map_err(|error| self.table_error(error))?;
        let table = self.heap.adopt_table(table);
        for (index, argument) in
            std::iter::once(script.path).chain(script.arguments.iter().map(Vec::as_slice)).enumerate()
        {
            let value = self.heap.string(argument);
            let key = Value::number(index as f64);
            self.heap.raw_set(table, key, value).map_err(|error| self.table_error(error))?;
        }
        let globals = self.globals();
        self.set_field(globals, "arg", Value::table(table));
        Ok(())
    }

    pub(super) fn script_error(&mut self, error: Error) -> ScriptError {
        match error.kind {
            _ if error.value == self.memory_message && error.kind != ErrorKind::Raised => ScriptError::OutOfMemory,
            ErrorKind::Stopped => ScriptError::Stopped,
            ErrorKind::Exited => ScriptError::Exited(error.value.as_number().map_or(0, to_int)),
            _ => ScriptError::Raised { value: error.value, traceback: self.take_traceback() },
        }
    }

    pub(super) fn take_traceback(&mut self) -> Vec<u8> {
        let key = self.heap.string(TRACEBACK);
        let found = self.heap.raw_get(self.registry, key);
        let _ = self.heap.raw_set(self.registry, key, Value::NIL);
        found.as_string().map_or_else(Vec::new, |text| self.heap.bytes(text).to_vec())
    }
}

/// The message handler of a script: leaves the traceback for the host, and the value as it is.
pub(super) fn note_traceback(call: &mut Call<'_>) -> Result<Step, Error> {
    let value = call.value(1);
    let mut text = b"\n".to_vec();
    text.extend_from_slice(&call.state.traceback(1));
    let text = call.state.new_string(&text)?;
    let key = call.state.heap.string(TRACEBACK);
    let registry = call.state.registry;
    call.raw_set(registry, key, text)?;
    call.give(value)
}

/// What of a file's content is the chunk: a first line that starts with `#` is not, but its end is, so that lines keep their
/// numbers. A binary chunk starts with its signature.
pub fn script_of_file(content: &[u8]) -> &[u8] {
    if content.first() != Some(&b'#') {
        return content;
    }
    let rest = content.iter().position(|byte| *byte == b'\n').map_or(&content[content.len()..], |end| &content[end..]);
    match rest.get(1..) {
        Some(chunk) if chunk.first() == Some(&0x1B) => chunk,
        _ => rest,
    }
}
