//! A trace as a person reads it: the source line, the instruction, what it took and what it wrote.

use std::io::{self, Write};

use super::reader::{Close, Counts, Form, Function, Step, StepEnd};
use super::value::{instruction, shown};
use crate::engine::{Ending, Snapshot};
use crate::lua::compiler::chunk_id;
use crate::outcome::escaped;
use crate::trace::{Datum, How, Operand, operand};

/// Functions called within so many others are shown no deeper.
const DEEPEST: u32 = 16;

/// The text of a program.
#[derive(Clone, Debug, Default)]
pub struct SourceText {
    /// The chunk name of the functions that it is the text of.
    pub name: Vec<u8>,
    /// As it was compiled: lines have the numbers that functions have them by.
    pub text: Vec<u8>,
}

/// Writes a trace as lines.
#[derive(Debug)]
pub struct Listing<W> {
    out: W,
    source: Vec<u8>,
    source_lines: Vec<Vec<u8>>,
    labels: Vec<String>,
    /// The function and the line of the last instruction, by their numbers.
    place: Option<(u32, u32)>,
    /// The instruction whose beginning was the last thing to be written.
    last_begun: Option<u64>,
}

impl<W: Write> Listing<W> {
    /// A listing with the lines of this text, if there is one.
    pub fn new(out: W, source: Option<SourceText>) -> Self {
        let SourceText { name, text } = source.unwrap_or_default();
        let source_lines = text.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
        Self { out, source: name, source_lines, labels: Vec::new(), place: None, last_begun: None }
    }

    /// Writes out what is held back.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Writes the text of an instruction's line, unless the last instruction was in the same.
    fn source_line(&mut self, step: &Step, function: &Function) -> io::Result<()> {
        let place = step.line.map(|line| (function.number, line));
        if place == std::mem::replace(&mut self.place, place) || function.identity.source != self.source {
            return Ok(());
        }
        let Some(line) = step.line else { return Ok(()) };
        match self.source_lines.get(line as usize - 1) {
            Some(text) => {
                writeln!(self.out, "{:9}{}line {line}: {}", "", indent(step.depth), escaped(text.trim_ascii()))
            }
            None => Ok(()),
        }
    }

    /// Values with what they come from.
    fn operands(&self, step: &Step) -> String {
        let word = crate::lua::bytecode::Instruction(step.word);
        let named = |(place, value): (usize, &Datum)| {
            let value = shown(value, &self.labels);
            match operand(word, place) {
                Some(Operand::Register(register)) => format!("R{register} = {value}"),
                Some(Operand::Upvalue(upvalue)) => format!("U{upvalue} = {value}"),
                // A constant is its value.
                Some(Operand::Constant(_)) | None => value,
            }
        };
        list(step.operands.iter().enumerate().map(named).collect(), step.count)
    }
}

impl<W: Write> Form for Listing<W> {
    fn label(&mut self, _: u32, name: &str) -> io::Result<()> {
        self.labels.push(name.to_owned());
        Ok(())
    }

    fn function(&mut self, function: &Function) -> io::Result<()> {
        let identity = &function.identity;
        let source = escaped(&chunk_id(&identity.source));
        let number = function.number;
        match identity.line_defined {
            0 => writeln!(self.out, "{:9} #{number} is the main chunk of {source}", ""),
            first => writeln!(self.out, "{:9} #{number} is {source}:{first}-{}", "", identity.last_line_defined),
        }
    }

    fn begun(&mut self, step: &Step, function: &Function) -> io::Result<()> {
        self.source_line(step, function)?;
        let line = step.line.map_or_else(|| "?".to_owned(), |line| line.to_string());
        let place = format!("#{}:{}", function.number, step.pc);
        let text = instruction(step.word);
        write!(self.out, "{:>9}{}{place:<7} [{line}] {}", step.sequence, indent(step.depth), text.trim_end())?;
        if !step.is_in_main_thread {
            write!(self.out, "  (thread#{})", step.thread)?;
        }
        if step.count > 0 {
            write!(self.out, "  ; {}", self.operands(step))?;
        }
        self.last_begun = Some(step.sequence);
        writeln!(self.out)
    }

    fn ended(&mut self, end: &StepEnd) -> io::Result<()> {
        if end.how == How::Completed && end.count == 0 {
            return Ok(());
        }
        // What comes right after an instruction needs no number to be seen to belong to it.
        let number =
            if self.last_begun.take() == Some(end.sequence) { String::new() } else { end.sequence.to_string() };
        let written = |(register, value): &(u32, Datum)| format!("R{register} = {}", shown(value, &self.labels));
        let result = match end.how {
            How::Completed => list(end.written.iter().map(written).collect(), end.count),
            how => format!("{how:?}").to_lowercase(),
        };
        writeln!(self.out, "{number:>9}{}   -> {result}", indent(end.depth))
    }

    fn close(&mut self, close: &Close, counts: Counts) -> io::Result<()> {
        if let Close::Ended(ending) = close {
            writeln!(self.out, "{:9} {} after {} instructions", "", ended(ending), counts.executed)?;
        }
        self.flush()
    }
}

/// What goes between the number and the place of an instruction.
fn indent(depth: u32) -> String {
    "  ".repeat(depth.min(DEEPEST) as usize)
}

/// Values in a row, of which there were so many.
fn list(mut values: Vec<String>, count: u32) -> String {
    if count as usize > values.len() {
        values.push(format!("… ({count} in all)"));
    }
    values.join(", ")
}

/// How a run ended.
fn ended(ending: &Ending) -> String {
    match ending {
        Ending::Returned(_) => "returned".to_owned(),
        Ending::Raised { value: Snapshot::String(message), .. } => format!("raised \"{}\"", escaped(message)),
        Ending::Raised { .. } => "raised an error that is no string".to_owned(),
        Ending::Refused(message) => format!("not accepted: {}", escaped(message)),
        Ending::Exited(code) => format!("exited with {code}"),
        Ending::OverBudget => "stopped".to_owned(),
        Ending::OverMemory => "out of memory".to_owned(),
        Ending::Crashed(note) => format!("crashed: {note}"),
        Ending::TimedOut => "did not end in time".to_owned(),
    }
}
