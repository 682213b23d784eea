//! From the events of a run to what is shown of it: every event put into its place, those that the filter leaves out left out.
//!
//! What the shown ones look like is the business of the forms ([`Form`]), and where events come from that of who hands them in.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use super::filter::Filter;
use crate::engine::Ending;
use crate::trace::{Datum, Event, How, Identity, Lines};

/// A function that has been entered.
#[derive(Clone, Debug)]
pub struct Function {
    /// Its number in the trace.
    pub number: u32,
    pub identity: Identity,
    /// The line of each instruction, if they are known.
    pub lines: Option<Arc<[u32]>>,
    /// Whether it is from the same chunk as the first function of the run.
    pub is_of_program: bool,
}

impl Function {
    /// The line of an instruction, if it is known.
    pub fn line(&self, pc: u32) -> Option<u32> {
        self.lines.as_ref().and_then(|lines| lines.get(pc as usize)).copied().filter(|line| *line > 0)
    }
}

/// An instruction that is about to be executed.
#[derive(Clone, Debug)]
pub struct Step {
    pub sequence: u64,
    pub thread: u32,
    /// Whether its thread is the one that the run began in.
    pub is_in_main_thread: bool,
    pub depth: u32,
    pub pc: u32,
    pub line: Option<u32>,
    pub word: u32,
    pub operands: Vec<Datum>,
    /// How many operands there were.
    pub count: u32,
}

/// An instruction that has ended.
#[derive(Clone, Debug)]
pub struct StepEnd {
    pub sequence: u64,
    /// The depth that it began at.
    pub depth: u32,
    pub how: How,
    /// The registers that it wrote, as far as they are chosen.
    pub written: Vec<(u32, Datum)>,
    /// How many of them there were.
    pub count: u32,
}

/// Why there is nothing after the last instruction.
#[derive(Clone, Debug)]
pub enum Close {
    /// The run ended.
    Ended(Ending),
    /// What comes is not wanted.
    Cut,
    /// The process of the run did not get to its end.
    BrokeOff(String),
}

/// How many instructions there were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub executed: u64,
    pub shown: u64,
}

/// Whether more events are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    More,
    /// As many instructions are shown as there may be.
    NoMore,
}

/// Writes what is shown. All errors are those of the writer.
pub trait Form {
    /// An object has a name before the run.
    fn label(&mut self, number: u32, name: &str) -> io::Result<()>;

    /// A function of which something is shown for the first time.
    fn function(&mut self, function: &Function) -> io::Result<()>;

    fn begun(&mut self, step: &Step, function: &Function) -> io::Result<()>;

    fn ended(&mut self, end: &StepEnd) -> io::Result<()>;

    /// There is nothing more.
    fn close(&mut self, close: &Close, counts: Counts) -> io::Result<()>;
}

/// A shown instruction that has not ended.
#[derive(Debug)]
enum Underway {
    /// It is shown; its depth.
    Shown(u32),
    /// Whether it is shown depends on what it writes. The function, by its number.
    Held(Box<Step>, u32),
}

/// Reads a trace, event by event.
#[derive(Debug)]
pub struct Reader<F> {
    form: F,
    filter: Filter,
    lines: Lines,
    /// By their numbers, and whether the form knows them.
    functions: Vec<(Function, bool)>,
    underway: HashMap<u64, Underway>,
    main_thread: Option<u32>,
    counts: Counts,
}

impl<F: Form> Reader<F> {
    /// A reader that shows what the filter lets through.
    pub fn new(form: F, filter: Filter, lines: Lines) -> Self {
        Self {
            form,
            filter,
            lines,
            functions: Vec::new(),
            underway: HashMap::new(),
            main_thread: None,
            counts: Counts::default(),
        }
    }

    /// The lines that are known, for adding to them.
    pub fn lines(&mut self) -> &mut Lines {
        &mut self.lines
    }

    /// What shows it.
    pub fn form(&mut self) -> &mut F {
        &mut self.form
    }

    /// How many instructions there were up to now, within the window and before it.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// Takes the next event.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn event(&mut self, event: Event) -> io::Result<Wanted> {
        match event {
            Event::Label { number, name } => self.form.label(number, &name).map(|()| Wanted::More),
            Event::Prototype { number, source, line_defined, last_line_defined, code } => {
                self.enter(number, Identity { source, line_defined, last_line_defined, code });
                Ok(Wanted::More)
            }
            Event::Begun { sequence, thread, depth, prototype, pc, word, operands, count } => {
                let is_in_main_thread = *self.main_thread.get_or_insert(thread) == thread;
                let line = None;
                let step = Step { sequence, thread, is_in_main_thread, depth, pc, line, word, operands, count };
                self.begun(step, prototype)
            }
            Event::Ended { sequence, how, written, count } => self.ended(sequence, how, &written, count),
        }
    }

    /// Says that nothing comes any more, and why.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn close(&mut self, close: &Close) -> io::Result<()> {
        self.form.close(close, self.counts)
    }

    fn enter(&mut self, number: u32, identity: Identity) {
        let is_of_program = self.functions.first().is_none_or(|(main, _)| main.identity.source == identity.source);
        let lines = self.lines.get(&identity);
        self.functions.push((Function { number, identity, lines, is_of_program }, false));
    }

    fn begun(&mut self, mut step: Step, number: u32) -> io::Result<Wanted> {
        // The one after the window begins, so that the last one is seen to end, but is not executed.
        if step.sequence >= self.filter.window.end {
            return Ok(Wanted::More);
        }
        self.counts.executed = step.sequence + 1;
        let Some((function, _)) = self.functions.get(number as usize) else { return Ok(Wanted::More) };
        step.line = function.line(step.pc);
        let identity = &function.identity;
        let is_chosen = self.filter.window.contains(&step.sequence)
            && self.filter.has_function(number, identity.line_defined, function.is_of_program)
            && self.filter.has_line(step.line);
        if !is_chosen {
            return Ok(Wanted::More);
        }
        if self.filter.registers.is_some() {
            self.underway.insert(step.sequence, Underway::Held(Box::new(step), number));
            return Ok(Wanted::More);
        }
        let wanted = self.show(&step, number)?;
        if wanted == Wanted::NoMore {
            // The run ends before it.
            self.counts.executed = step.sequence;
        }
        Ok(wanted)
    }

    fn show(&mut self, step: &Step, number: u32) -> io::Result<Wanted> {
        if self.counts.shown >= self.filter.limit {
            return Ok(Wanted::NoMore);
        }
        self.counts.shown += 1;
        self.underway.insert(step.sequence, Underway::Shown(step.depth));
        let Some((function, is_known)) = self.functions.get_mut(number as usize) else { return Ok(Wanted::More) };
        if !std::mem::replace(is_known, true) {
            self.form.function(function)?;
        }
        self.form.begun(step, function)?;
        Ok(Wanted::More)
    }

    fn ended(&mut self, sequence: u64, how: How, written: &[(u32, Datum)], count: u32) -> io::Result<Wanted> {
        let Some(underway) = self.underway.remove(&sequence) else { return Ok(Wanted::More) };
        let (written, count) = self.filter.written(written, count);
        let depth = match underway {
            Underway::Shown(depth) => depth,
            Underway::Held(..) if count == 0 => return Ok(Wanted::More),
            Underway::Held(step, number) => {
                if self.show(&step, number)? == Wanted::NoMore {
                    return Ok(Wanted::NoMore);
                }
                self.underway.remove(&sequence);
                step.depth
            }
        };
        self.form.ended(&StepEnd { sequence, depth, how, written, count })?;
        Ok(Wanted::More)
    }
}
