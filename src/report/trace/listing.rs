//! A trace as a person reads it, event by event: source line, instruction, what it took and what it wrote.

use std::io::{self, Write};
use std::ops::Range;

use super::value::{instruction, shown};
use crate::trace::{Datum, Event, How};

/// Writes events as lines, with what is needed of earlier ones.
#[derive(Debug)]
pub struct Listing<W> {
    out: W,
    labels: Vec<String>,
    /// The instructions that have begun and not ended, by number, with their depth.
    open: Vec<u64>,
    /// The thread that the first instruction was in.
    main: Option<u32>,
    /// The instructions that are shown.
    shown: Range<u64>,
}

impl<W: Write> Listing<W> {
    /// A listing of these instructions.
    pub fn new(out: W, shown: Range<u64>) -> Self {
        Self { out, labels: Vec::new(), open: Vec::new(), main: None, shown }
    }

    /// Writes one event.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn event(&mut self, event: &Event) -> io::Result<()> {
        match event {
            Event::Label { name, .. } => {
                self.labels.push(name.clone());
                Ok(())
            }
            Event::Prototype { number, source, line_defined, last_line_defined, .. } => {
                let source = crate::outcome::escaped(source);
                writeln!(self.out, "          #{number} is {source}:{line_defined}-{last_line_defined}")
            }
            Event::Ended { sequence, .. } if !self.shown.contains(sequence) => Ok(()),
            Event::Begun { sequence, thread, .. } if !self.shown.contains(sequence) => {
                self.main.get_or_insert(*thread);
                Ok(())
            }
            Event::Begun { sequence, thread, depth, prototype, pc, word, operands, count } => {
                self.open.push(*sequence);
                let indent = "  ".repeat((*depth as usize).min(16));
                write!(self.out, "{sequence:>9}{indent}#{prototype}:{pc:<4} {}", instruction(*word).trim_end())?;
                if *thread != *self.main.get_or_insert(*thread) {
                    write!(self.out, "  (thread#{thread})")?;
                }
                if *count > 0 {
                    write!(self.out, "  ; {}", self.values(operands, *count))?;
                }
                writeln!(self.out)
            }
            Event::Ended { sequence, how, written, count } => self.ended(*sequence, *how, written, *count),
        }
    }

    /// Writes out what is held back.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn ended(&mut self, sequence: u64, how: How, written: &[(u32, Datum)], count: u32) -> io::Result<()> {
        let is_last = self.open.pop() == Some(sequence);
        if how == How::Completed && count == 0 {
            return Ok(());
        }
        write!(self.out, "         ")?;
        if !is_last {
            self.open.retain(|open| *open != sequence);
            write!(self.out, " {sequence}:")?;
        }
        if how != How::Completed {
            write!(self.out, " {}", format!("{how:?}").to_lowercase())?;
        }
        for (register, value) in written {
            write!(self.out, " R{register} = {}", shown(value, &self.labels))?;
        }
        if count as usize > written.len() {
            write!(self.out, " … ({count} in all)")?;
        }
        writeln!(self.out)
    }

    fn values(&self, values: &[Datum], count: u32) -> String {
        let mut text: Vec<String> = values.iter().map(|value| shown(value, &self.labels)).collect();
        if count as usize > values.len() {
            text.push(format!("… ({count} in all)"));
        }
        text.join(", ")
    }
}
