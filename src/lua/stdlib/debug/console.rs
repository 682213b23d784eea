//! `debug.debug`: a console on the standard streams, until the line `cont`.

use std::io::{BufRead, Write};

use crate::lua::stdlib::base::c_string;
use crate::lua::vm::{Call, Error, ErrorKind, Guard, Outcome, Pending, Step};

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
            write_error(b"lua_debug> ");
            let line = read_line();
            if line.is_empty() || line == b"cont\n" {
                return Ok(Step::Return(0));
            }
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
    if error.kind == ErrorKind::Stopped {
        return Err(error);
    }
    if let Some(message) = call.state.to_string_value(error.value) {
        write_error(c_string(call.bytes(message)));
    }
    write_error(b"\n");
    Ok(())
}

/// Nothing is left to do about a standard error that cannot be written to.
fn write_error(text: &[u8]) {
    let _ = std::io::stderr().lock().write_all(text);
}

/// A line of the standard input with its end, or as much of it as fits; nothing at the end of the input (`fgets`).
fn read_line() -> Vec<u8> {
    let mut input = std::io::stdin().lock();
    let mut line = Vec::new();
    while line.len() < LINE && line.last() != Some(&b'\n') {
        let Ok(available) = input.fill_buf() else { break };
        let room = &available[..available.len().min(LINE - line.len())];
        let taken = room.iter().position(|byte| *byte == b'\n').map_or(room.len(), |end| end + 1);
        if taken == 0 {
            break;
        }
        line.extend_from_slice(&room[..taken]);
        input.consume(taken);
    }
    line
}
