//! A state in the hands of a host: transactions, functions loaded and called through handles, copies for the next request.

use super::host_error::HostError;
use super::script::{ScriptError, note_traceback};
use crate::lua::heap::{FunctionHandle, HandleError, HostValue, Transaction, Value};
use crate::lua::vm::{ErrorKind, Observer, State};

// A host may move a state between threads, and copy it at any time.
const _: () = {
    const fn is_send_and_clone<T: Send + Clone>() {}
    is_send_and_clone::<State>();
};

impl State {
    /// Opens a transaction: the way to everything in the heap. What it writes is undone unless it is committed.
    pub fn begin(&mut self) -> Transaction<'_> {
        let globals = self.globals();
        Transaction::new(&mut self.heap, globals)
    }

    /// Makes a function of a chunk, source text or binary as its first byte says, without running it. `name` is the chunk
    /// name as `lua_load` takes it: `=name`, `@file`, or the source itself.
    ///
    /// Nothing keeps the function alive: pin it to call it more than once.
    ///
    /// # Errors
    /// [`HostError::Refused`] with the message, or [`HostError::OutOfMemory`].
    pub fn load_function(&mut self, chunk: &[u8], name: &[u8]) -> Result<FunctionHandle, HostError> {
        let function = self.load(chunk, name).map_err(|error| match (error.kind, error.value.as_string()) {
            (ErrorKind::Handled, Some(message)) => HostError::Refused(self.heap.bytes(message).to_vec()),
            _ => HostError::OutOfMemory,
        })?;
        if !self.heap.has_room(0) {
            return Err(HostError::OutOfMemory);
        }
        Ok(self.heap.export(function).try_into()?)
    }

    /// Calls a function, and gives all its results.
    ///
    /// The observer sees every instruction: a [`Counter`](crate::lua::vm::Counter) bounds their number, `&mut ()` costs nothing.
    ///
    /// Garbage is collected during the call but not after it: handles among the results are good until the next call or
    /// collection, those that are pinned or reachable in the state beyond that. What the function changed before an error stays
    /// changed.
    ///
    /// # Errors
    /// See [`HostError`]. A refused handle is found before anything runs.
    pub fn call_function<O: Observer>(
        &mut self,
        function: FunctionHandle,
        arguments: &[HostValue],
        observer: &mut O,
    ) -> Result<Vec<HostValue>, HostError> {
        if !self.execution.frames.is_empty() {
            return Err(HostError::Busy);
        }
        let function = self.heap.import(function.into())?;
        let arguments = arguments.iter().map(|value| self.heap.import(*value)).collect::<Result<Vec<Value>, _>>()?;
        // An error that was caught outside the reach of its handler may have left a traceback behind.
        self.take_traceback();
        let handler = Value::native(self.new_native(note_traceback, &[]));
        match self.call(function, &arguments, Some(handler), observer) {
            Ok(results) => Ok(results.into_iter().map(|value| self.heap.export(value)).collect()),
            Err(error) => {
                let error = self.script_error(error);
                Err(self.host_error(error))
            }
        }
    }

    fn host_error(&self, error: ScriptError) -> HostError {
        match error {
            ScriptError::Refused(message) => HostError::Refused(message),
            ScriptError::Raised { value, traceback } => {
                HostError::Raised { value: self.heap.export(value), message: self.message_of(value), traceback }
            }
            ScriptError::OutOfMemory => HostError::OutOfMemory,
            ScriptError::Stopped => HostError::Stopped,
            ScriptError::Exited(code) => HostError::Exited(code),
        }
    }

    /// The text of an error value, as the stand-alone interpreter shows it.
    fn message_of(&self, value: Value) -> Vec<u8> {
        let mut text = Vec::new();
        match (value.as_string(), value.as_number()) {
            (Some(string), _) => text.extend_from_slice(self.heap.bytes(string)),
            (_, Some(n)) => crate::lua::number::write_number(n, &mut text),
            _ => text.extend_from_slice(b"(error object is not a string)"),
        }
        text
    }

    /// Copies the state, and gives what these values are in the copy, which refuses the handles of the original.
    ///
    /// A server prepares one state, with its functions loaded, and answers each request in a copy.
    ///
    /// # Errors
    /// When a handle is refused by this state.
    pub fn fork(&self, values: &[HostValue]) -> Result<(State, Vec<HostValue>), HandleError> {
        let values = values.iter().map(|value| self.heap.import(*value)).collect::<Result<Vec<Value>, _>>()?;
        let copy = self.clone();
        let values = values.into_iter().map(|value| copy.heap.export(value)).collect();
        Ok((copy, values))
    }
}
