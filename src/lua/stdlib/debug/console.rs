//! `debug.debug`: a console on the standard streams, until the line `cont`.

use crate::lua::c_string;
use crate::lua::vm::{Call, Error, Guard, Outcome, Pending, Step};

/// How much of a line is read at once (the reference's buffer, less its final zero).
const LINE: usize = 249;

/// `debug.debug()`
pub(super) fn debug(call: &mut Call<'_>) -> Result<Step, Error> {
    Box::new(Console).ask(call)
}

/// The console while a command runs.
#[derive(Clone, Copy, Debug)]
struct Console;

impl Console {
    fn ask(self: Box<Self>, call: &mut Call<'_>) -> Result<Step, Error> {
        loop {
            call.state.write_error_output(b"lua_debug> ")?;
            // Input that cannot be read has ended, as for `fgets`.
            let line = match call.state.read_input_piece(LINE) {
                Ok(Some(line)) if line != b"cont\n" => line,
                _ => return Ok(Step::Return(0)),
            };
            call.set_count(0);
            match call.state.load(c_string(&line), b"=(debug command)") {
                Ok(function) => {
                    call.push(function);
                    return Ok(Step::Call { arguments: 0, wanted: 0, guard: Guard::NoHandler, pending: self });
                }
                Err(error) => show(call, error)?,
            }
        }
    }
}

impl Pending for Console {
    fn resume(self: Box<Self>, call: &mut Call<'_>, outcome: Outcome) -> Result<Step, Error> {
        if let Err(error) = outcome {
            show(call, error)?;
        }
        self.ask(call)
    }

    fn duplicate(&self) -> Box<dyn Pending> {
        Box::new(*self)
    }
}

/// Shows the error of a command. The end of a run goes on.
fn show(call: &mut Call<'_>, error: Error) -> Result<(), Error> {
    if error.kind.is_final() {
        return Err(error);
    }
    if let Some(message) = call.state.to_string_value(error.value) {
        let text = c_string(call.bytes(message)).to_vec();
        call.state.write_error_output(&text)?;
    }
    call.state.write_error_output(b"\n")
}
