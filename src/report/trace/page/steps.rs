//! What can be stepped through: everything that both sides were seen to do around a divergence, as the page's script takes it.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;

use super::code::{Function, Functions, Listing};
use crate::{
    diagnose::{Divergence, Side},
    engine::Program,
    lua::bytecode::Instruction,
    report::{trace::shown, visible::visible_line},
    trace::{Datum, Event, Field, How, Moment, Written, writes},
};

/// The steps around a divergence. Values and names are numbers of [`Steps::values`].
#[derive(Debug, Serialize)]
pub struct Steps {
    /// The instruction that did not do the same on both sides, by its number in the run.
    pub culprit: u64,
    pub values: Vec<String>,
    pub sides: Vec<SideSteps>,
    /// The lines of the program that a side goes through.
    #[serde(skip)]
    pub lines: BTreeSet<usize>,
    /// The lines of the program that the instruction belongs to.
    #[serde(skip)]
    pub culprit_lines: BTreeSet<usize>,
}

/// What one side did.
#[derive(Debug, Serialize)]
pub struct SideSteps {
    pub name: String,
    pub listings: Vec<Listing>,
    pub steps: Vec<Step>,
}

/// A side in front of an instruction, and after it.
#[derive(Debug, Serialize)]
pub struct Step {
    pub sequence: u64,
    pub thread: u32,
    pub depth: u32,
    pub function: u32,
    /// The function's listing.
    pub listing: usize,
    pub pc: u32,
    /// The line in the function's source.
    pub line: Option<u32>,
    /// Whether that source is the program.
    pub in_program: bool,
    /// The names of local variables, from register 0 on, before the instruction and after it.
    pub names: Vec<usize>,
    pub names_after: Vec<usize>,
    /// The registers that mean anything before the instruction; nothing in place of the others.
    pub before: Vec<Option<usize>>,
    /// Likewise where the function goes on, if that was seen, with those that the instruction wrote.
    pub after: Option<Vec<Option<usize>>>,
    /// The registers that the instruction wrote, by their numbers.
    pub written: Vec<usize>,
    /// What the instruction took, where that is known.
    pub taken: Option<Vec<usize>>,
    /// How many values it took, if there are more than are known.
    pub taken_count: Option<u32>,
    /// How it ended, where that is known.
    pub ended: Option<&'static str>,
}

impl Steps {
    /// `programs` are what both sides ran, `source` is the program as it was given. `None` if no instruction was seen.
    pub fn of(divergence: &Divergence, programs: [&Program; 2], source: &Program) -> Option<Self> {
        let mut values = Values::default();
        let sides: Vec<SideSteps> = [&divergence.left, &divergence.right]
            .into_iter()
            .zip(programs)
            .map(|(side, program)| Builder { divergence, side, source, values: &mut values }.side(program))
            .collect();
        let in_program = || sides.iter().flat_map(|side| &side.steps).filter(|step| step.in_program);
        let index = |step: &Step| step.line.and_then(|line| (line as usize).checked_sub(1));
        let lines = in_program().filter_map(index).collect();
        let culprits = in_program().filter(|step| step.sequence == divergence.culprit);
        let culprit_lines = culprits.filter_map(index).collect();
        let is_empty = sides.iter().all(|side| side.steps.is_empty());
        let steps = Self { culprit: divergence.culprit, values: values.texts, sides, lines, culprit_lines };
        (!is_empty).then_some(steps)
    }
}

/// Texts, each of them once.
#[derive(Default)]
struct Values {
    texts: Vec<String>,
    numbers: HashMap<String, usize>,
}

impl Values {
    fn number(&mut self, text: String) -> usize {
        let next = self.texts.len();
        *self.numbers.entry(text).or_insert_with_key(|text| {
            self.texts.push(text.clone());
            next
        })
    }
}

struct Builder<'b> {
    divergence: &'b Divergence,
    side: &'b Side,
    source: &'b Program,
    values: &'b mut Values,
}

impl<'b> Builder<'b> {
    fn side(&mut self, program: &Program) -> SideSteps {
        let mut functions = Functions::of(program);
        let side = self.side;
        let steps = side.moments.iter().map(|moment| self.step(moment, &mut functions)).collect();
        SideSteps { name: visible_line(&side.engine), listings: functions.listings(), steps }
    }

    fn step(&mut self, moment: &Moment, functions: &mut Functions) -> Step {
        let listing = functions.visit(&moment.facts, moment.pc);
        let function = functions.get(listing);
        let next = self.side.moment_after(moment.sequence);
        let written = next.map_or_else(Vec::new, |next| self.written(moment, next));
        let live = |register: usize, pc: u32| function.is_none_or(|function| function.is_live(register, pc));
        let before = self.registers(moment, |register| live(register, moment.pc));
        let after =
            next.map(|next| self.registers(next, |register| written.contains(&register) || live(register, next.pc)));
        let taken = self.taken(moment.sequence);
        Step {
            sequence: moment.sequence,
            thread: moment.thread,
            depth: moment.depth,
            function: moment.prototype,
            listing,
            pc: moment.pc,
            line: moment.facts.lines.get(moment.pc as usize).copied().filter(|line| *line > 0),
            in_program: !self.source.is_binary() && moment.facts.source == self.source.name,
            names: self.names(function, moment.pc),
            names_after: next.map_or_else(Vec::new, |next| self.names(function, next.pc)),
            before,
            after,
            written,
            taken_count: taken.and_then(|(values, count)| (count as usize > values.len()).then_some(count)),
            taken: taken.map(|(values, _)| values.iter().map(|value| self.value(value)).collect()),
            ended: self.ended(moment.sequence),
        }
    }

    fn value(&mut self, datum: &Datum) -> usize {
        self.values.number(visible_line(&shown(datum, &self.side.labels)))
    }

    fn registers(&mut self, moment: &Moment, is_shown: impl Fn(usize) -> bool) -> Vec<Option<usize>> {
        let mut registers: Vec<Option<usize>> = moment
            .registers
            .iter()
            .enumerate()
            .map(|(register, value)| is_shown(register).then(|| self.value(value)))
            .collect();
        let used = registers.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
        registers.truncate(used);
        registers
    }

    fn names(&mut self, function: Option<&Function>, pc: u32) -> Vec<usize> {
        let named = (0..256).map_while(|register| function?.name(register, pc));
        named.map(|name| self.values.number(name)).collect()
    }

    /// The registers that an instruction wrote; the one that differs is among them.
    fn written(&self, moment: &Moment, next: &Moment) -> Vec<usize> {
        let mut written: Vec<usize> = match writes(Instruction(moment.word), moment.pc, next.pc) {
            Written::None => Vec::new(),
            Written::Registers { first, count, also } => (first..first + count).chain(also).collect(),
            Written::Open { first } => (first..next.registers.len()).collect(),
        };
        if let (Field::Register(register, ..), true) =
            (&self.divergence.field, moment.sequence == self.divergence.culprit)
            && !written.contains(&(*register as usize))
        {
            written.push(*register as usize);
        }
        written
    }

    /// What an instruction took, and how many values that were.
    fn taken(&self, sequence: u64) -> Option<(&'b [Datum], u32)> {
        let own = self.side.events.iter().find_map(|event| match event {
            Event::Begun { sequence: number, operands, count, .. } if *number == sequence => {
                Some((&operands[..], *count))
            }
            _ => None,
        });
        let common = (self.divergence.word.is_some() && sequence == self.divergence.culprit)
            .then_some((&self.divergence.operands[..], 0));
        own.or(common)
    }

    fn ended(&self, sequence: u64) -> Option<&'static str> {
        self.side.events.iter().find_map(|event| match event {
            Event::Ended { sequence: number, how, .. } if *number == sequence => Some(match how {
                How::Completed => "completed",
                How::Called => "called",
                How::Returned => "returned",
                How::Raised => "raised an error",
            }),
            _ => None,
        })
    }
}
