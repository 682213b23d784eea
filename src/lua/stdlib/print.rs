//! `print`: every argument through the global `tostring`, to the state's output.

use crate::lua::heap::{Intrinsic, Value};
use crate::lua::vm::{Call, Error, ErrorKind, Guard, MAX_C_LEVELS, Outcome, Output, Pending, State, Step};

impl State {
    /// Writes to the program's output. An output that cannot be written to is the program's loss alone, as with C's streams.
    ///
    /// # Errors
    /// The end of the run, when that would exceed the host's bound; nothing is written then.
    pub(super) fn write_output(&mut self, bytes: &[u8]) -> Result<(), Error> {
        match &mut self.output {
            Output::Standard => {
                let _ = std::io::Write::write_all(&mut std::io::stdout().lock(), bytes);
            }
            Output::Buffer(buffer) if buffer.len() + bytes.len() <= self.bounds.output => {
                buffer.extend_from_slice(bytes)
            }
            Output::Buffer(_) => return Err(Error { kind: ErrorKind::Stopped, ..self.memory_error() }),
        }
        Ok(())
    }
}

/// `print(···)`
pub(super) fn print(call: &mut Call<'_>) -> Result<Step, Error> {
    let count = call.count();
    let key = call.state.heap.string(b"tostring");
    let globals = Value::table(call.state.globals());
    Box::new(Print { count, next: 1 }).start(call, globals, key)
}

/// `print` between two calls of `tostring`.
#[derive(Clone, Copy, Debug)]
struct Print {
    count: usize,
    next: usize,
}

impl Print {
    fn start(self: Box<Self>, call: &mut Call<'_>, globals: Value, key: Value) -> Result<Step, Error> {
        match call.state.look_up_plain(globals, key)? {
            Ok(function) => {
                call.push(function);
                self.go_on(call)
            }
            Err((metamethod, object)) => {
                call.push(metamethod);
                call.push(object);
                call.push(key);
                Ok(Step::Call { arguments: 2, wanted: 1, guard: Guard::None, pending: Box::new(Start(*self)) })
            }
        }
    }

    fn go_on(mut self: Box<Self>, call: &mut Call<'_>) -> Result<Step, Error> {
        let function = call.value(self.count + 1);
        let is_plain =
            function.as_native().is_some_and(|native| call.state.heap.native(native).intrinsic == Intrinsic::ToString)
                && call.state.execution.hooks.mask() == 0
                && call.state.execution.c_levels + 1 < MAX_C_LEVELS
                && call.state.execution.frames.len() + 1 < call.state.execution.frame_limit;
        while self.next <= self.count {
            let value = call.value(self.next);
            if !is_plain || !(value.is_number() || value.is_string()) {
                call.push(function);
                call.push(value);
                return Ok(Step::Call { arguments: 1, wanted: 1, guard: Guard::None, pending: self });
            }
            self.write(call, value)?;
        }
        call.state.write_output(b"\n")?;
        Ok(Step::Return(0))
    }

    /// Writes one argument's text, which must be a string or a number.
    fn write(&mut self, call: &mut Call<'_>, value: Value) -> Result<(), Error> {
        let mut text = Vec::new();
        if self.next > 1 {
            call.state.write_output(b"\t")?;
        }
        match value.as_string() {
            Some(string) => text.extend_from_slice(super::base::c_string(call.bytes(string))),
            None => call.state.write_plain_text(value, &mut text),
        }
        self.next += 1;
        call.state.write_output(&text)
    }
}

impl Pending for Print {
    fn resume(mut self: Box<Self>, call: &mut Call<'_>, outcome: Outcome) -> Result<Step, Error> {
        outcome?;
        let text = call.pop();
        if !text.is_string() && !text.is_number() {
            return Err(call.error("'tostring' must return a string to 'print'"));
        }
        self.write(call, text)?;
        self.go_on(call)
    }

    fn duplicate(&self) -> Box<dyn Pending> {
        Box::new(*self)
    }
}

/// `print` while the global `tostring` is looked up by a metamethod.
#[derive(Clone, Copy, Debug)]
struct Start(Print);

impl Pending for Start {
    fn resume(self: Box<Self>, call: &mut Call<'_>, outcome: Outcome) -> Result<Step, Error> {
        outcome?;
        Box::new(self.0).go_on(call)
    }

    fn duplicate(&self) -> Box<dyn Pending> {
        Box::new(*self)
    }
}
