//! `print`: every argument through the global `tostring`, to the state's standard output.

use crate::lua::c_string;
use crate::lua::heap::{Intrinsic, Value};
use crate::lua::number::write_number;
use crate::lua::vm::{Call, Error, Guard, MAX_C_LEVELS, Outcome, Pending, Step};

/// `print(···)`
pub(super) fn print(call: &mut Call<'_>) -> Result<Step, Error> {
    let count = call.count();
    let key = call.state.heap.string(b"tostring");
    let globals = Value::table(call.state.globals());
    let print = Print { count, next: 1 };
    match call.state.look_up_plain(globals, key)? {
        Ok(function) => {
            call.push(function);
            print.go_on(call)
        }
        Err((metamethod, object)) => {
            call.push(metamethod);
            call.push(object);
            call.push(key);
            Ok(Step::Call { arguments: 2, wanted: 1, guard: Guard::None, pending: Box::new(Start(print)) })
        }
    }
}

/// `print` between two calls of `tostring`.
#[derive(Clone, Copy, Debug)]
struct Print {
    count: usize,
    next: usize,
}

impl Print {
    fn go_on(mut self, call: &mut Call<'_>) -> Result<Step, Error> {
        let function = call.value(self.count + 1);
        let is_plain =
            function.as_native().is_some_and(|native| call.state.heap.native(native).intrinsic == Intrinsic::ToString)
                && call.state.execution.hooks.mask() == 0
                && call.state.execution.c_levels + 1 < MAX_C_LEVELS
                && call.state.execution.frames.len() + 1 < call.state.execution.frame_limit;
        // The strings' metatable has no such field, except in programs that mean it. Only calls could change that.
        let is_plain_type = |call: &mut Call<'_>, value: Value| call.state.metafield(value, "__tostring").is_nil();
        let (mut strings, mut numbers) = (None, None);
        while self.next <= self.count {
            let value = call.value(self.next);
            let is_plain = is_plain
                && if value.is_string() {
                    *strings.get_or_insert_with(|| is_plain_type(call, value))
                } else {
                    value.is_number() && *numbers.get_or_insert_with(|| is_plain_type(call, value))
                };
            if !is_plain {
                call.push(function);
                call.push(value);
                return Ok(Step::Call { arguments: 1, wanted: 1, guard: Guard::None, pending: Box::new(self) });
            }
            self.write(call, value)?;
        }
        call.state.write_output(b"\n")?;
        Ok(Step::Return(0))
    }

    /// Writes one argument's text, which must be a string or a number.
    fn write(&mut self, call: &mut Call<'_>, value: Value) -> Result<(), Error> {
        if self.next > 1 {
            call.state.write_output(b"\t")?;
        }
        self.next += 1;
        let mut text = std::mem::take(&mut call.state.scratch);
        text.clear();
        match (value.as_string(), value.as_number()) {
            (Some(string), _) => text.extend_from_slice(c_string(call.bytes(string))),
            (_, Some(n)) => write_number(n, &mut text),
            _ => {}
        }
        let result = call.state.write_output(&text);
        call.state.scratch = text;
        result
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
        self.0.go_on(call)
    }

    fn duplicate(&self) -> Box<dyn Pending> {
        Box::new(*self)
    }
}
