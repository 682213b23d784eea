//! Interactive mode: lines are read until they are a whole chunk, which runs, and its results are printed.

use super::interpreter::{End, Interpreter};
use super::{Console, c_string, natives};
use crate::lua::heap::Value;
use crate::lua::vm::{Error, ErrorKind, Observer, State};

/// What a message of the compiler ends with if more text might have made the chunk a whole one.
const AT_END: &[u8] = b"'<eof>'";

/// Which of the prompts a line is asked for with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    First,
    Further,
}

impl<C: Console, O: Observer> Interpreter<'_, C, O> {
    /// Runs chunks as they are typed, up to the end of input.
    pub fn talk(&mut self) -> Result<(), End> {
        let name = self.name.take();
        if self.console.is_interactive() {
            self.show_message(super::IDENTITY.as_bytes());
        }
        while let Some(loaded) = self.load_lines()? {
            let result = match loaded {
                Ok(function) => self.call(function, &[])?,
                Err(error) => Err(error),
            };
            match result {
                Ok(values) if values.is_empty() => {}
                Ok(values) => self.print(&values)?,
                Err(error) => {
                    self.report(error);
                }
            }
        }
        super::write(self.state, b"\n");
        self.name = name;
        Ok(())
    }

    fn print(&mut self, values: &[Value]) -> Result<(), End> {
        let failure = self.run_native(natives::print_all, values)?;
        if let Some(message) = failure.as_string() {
            let message = self.state.heap.bytes(message).to_vec();
            self.show_message(&message);
        }
        Ok(())
    }

    /// Reads a chunk and loads it; `None` at the end of input, even within a chunk.
    fn load_lines(&mut self) -> Result<Option<Result<Value, Error>>, End> {
        let Some(mut chunk) = self.read_line(Line::First)? else { return Ok(None) };
        if let [b'=', expression @ ..] = chunk.as_slice() {
            chunk = [b"return ", expression].concat();
        }
        loop {
            let loaded = self.load(&chunk, b"=stdin");
            if !loaded.as_ref().is_err_and(|error| self.is_incomplete(error)) {
                if !chunk.is_empty() {
                    self.console.remember(&chunk);
                }
                return Ok(Some(loaded));
            }
            let Some(line) = self.read_line(Line::Further)? else { return Ok(None) };
            chunk.push(b'\n');
            chunk.extend_from_slice(&line);
        }
    }

    fn is_incomplete(&self, error: &Error) -> bool {
        let Some(message) = error.value.as_string().filter(|_| error.kind == ErrorKind::Handled) else { return false };
        let message = self.state.heap.bytes(message);
        let first = message.windows(AT_END.len()).position(|part| part == AT_END);
        first.is_some_and(|place| place + AT_END.len() == message.len())
    }

    /// A line as C's functions for strings see it.
    fn read_line(&mut self, line: Line) -> Result<Option<Vec<u8>>, End> {
        let prompt = self.prompt(line)?;
        let read = self.console.read_line(self.state, c_string(&prompt));
        Ok(read.map(|line| c_string(&line).to_vec()))
    }

    fn prompt(&mut self, line: Line) -> Result<Vec<u8>, End> {
        let (name, default) = if line == Line::First { ("_PROMPT", "> ") } else { ("_PROMPT2", ">> ") };
        let value = self.global(name.as_bytes())?;
        Ok(match self.state.to_string_value(value) {
            Some(prompt) => self.state.heap.bytes(prompt).to_vec(),
            None => default.into(),
        })
    }
}

/// Writes a prompt to the standard output of the state, and reads a line from its standard input, without the line's end; `None`
/// at the end of input.
pub fn read_plain_line(state: &mut State, prompt: &[u8]) -> Option<Vec<u8>> {
    super::write(state, prompt);
    let mut line = state.read_input_line().ok().flatten()?;
    if line.last() == Some(&b'\n') {
        line.pop();
    }
    Some(line)
}
