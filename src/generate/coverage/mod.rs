//! What programs reach of the language: instructions, what follows what, events of metatables, library functions, error messages.
//!
//! Each is counted against the full list of it: the opcodes are an enum, the others are data files beside this, which say where they come from.
//! It runs programs on Ferrous, under an observer; whether that is right is judged elsewhere. Errors and events are read from what a
//! program shows.

pub(super) mod messages;
mod observer;

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{Limits, Program};
use crate::lua::bytecode::Opcode;
use crate::lua::embed::{Script, ScriptError};
use crate::lua::vm::{Bounds, State};
use messages::Template;
use observer::Watcher;

const FUNCTIONS: &str = include_str!("functions.txt");
const EVENTS: &str = include_str!("events.txt");
const MESSAGES: &str = include_str!("messages.txt");

/// The lines of a data file that are no comments.
fn entries(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// How many of a list were reached, and which were not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    pub of: &'static str,
    pub reached: usize,
    pub all: usize,
    pub missing: Vec<String>,
}

/// How a run on Ferrous ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    Refused,
    Returned,
    Raised,
    Exited,
    OverBudget,
    OverMemory,
}

/// What all programs together have reached.
pub struct Coverage {
    template: State,
    templates: Vec<Template>,
    opcodes: BTreeMap<Opcode, u64>,
    pairs: BTreeMap<(Opcode, Opcode), u64>,
    operands: BTreeMap<(Opcode, [&'static str; 2]), u64>,
    functions: BTreeSet<String>,
    events: BTreeSet<&'static str>,
    messages: BTreeSet<usize>,
}

impl Default for Coverage {
    fn default() -> Self {
        Self::new()
    }
}

impl Coverage {
    /// Nothing has been reached.
    pub fn new() -> Self {
        let mut template = State::with_libraries();
        template.capture_output();
        template.discard_errors();
        template.set_input(Vec::new());
        template.set_bounds(Bounds { output: 16 << 20, memory_is_final: true, ..Bounds::default() });
        Self {
            template,
            templates: entries(MESSAGES).map(Template::of_line).collect(),
            opcodes: BTreeMap::new(),
            pairs: BTreeMap::new(),
            operands: BTreeMap::new(),
            functions: BTreeSet::new(),
            events: BTreeSet::new(),
            messages: BTreeSet::new(),
        }
    }

    /// Runs a program and adds what it reaches.
    pub fn add(&mut self, program: &Program, limits: &Limits) -> End {
        let mut state = self.template.clone();
        state.heap.set_limit(usize::try_from(limits.memory).unwrap_or(usize::MAX));
        let script =
            Script { chunk: &program.chunk, name: &program.name, arguments: &program.arguments, path: &program.script };
        let mut watcher = Watcher::new(&state, limits.instructions);
        let result = state.run_script(&script, &mut watcher);
        let (end, message) = match result {
            Ok(_) => (End::Returned, Vec::new()),
            Err(ScriptError::Refused(message)) => (End::Refused, message),
            Err(ScriptError::Raised { value, .. }) => {
                (End::Raised, value.as_string().map(|text| state.heap.bytes(text).to_vec()).unwrap_or_default())
            }
            Err(ScriptError::Exited(_)) => (End::Exited, Vec::new()),
            Err(ScriptError::Stopped) => (End::OverBudget, Vec::new()),
            Err(ScriptError::OutOfMemory) => (End::OverMemory, Vec::new()),
        };
        if matches!(end, End::Returned | End::Raised) {
            // What finalisers show when the state is closed is part of the output; how that ends is not asked here.
            let _ = state.close(&mut watcher);
        }
        self.take(watcher);
        self.read(&state.take_output());
        self.read(&message);
        end
    }

    fn take(&mut self, watcher: Watcher) {
        for (opcode, count) in watcher.opcodes {
            *self.opcodes.entry(opcode).or_default() += count;
        }
        for (pair, count) in watcher.pairs {
            *self.pairs.entry(pair).or_default() += count;
        }
        for (operands, count) in watcher.operands {
            *self.operands.entry(operands).or_default() += count;
        }
        self.functions.extend(watcher.called);
    }

    /// Reads events and messages out of what a program showed.
    fn read(&mut self, output: &[u8]) {
        for line in output.split(|byte| *byte == b'\n') {
            let line = String::from_utf8_lossy(line);
            if let Some(name) = line.strip_prefix('@') {
                self.events.extend(entries(EVENTS).find(|event| *event == name));
            }
            for (index, template) in self.templates.iter().enumerate() {
                if !self.messages.contains(&index) && template.matches(&line) {
                    self.messages.insert(index);
                }
            }
        }
    }

    /// What was reached of every list.
    pub fn shares(&self) -> [Share; 4] {
        let share = |of, all: Vec<(bool, String)>| Share {
            of,
            reached: all.iter().filter(|(is_reached, _)| *is_reached).count(),
            all: all.len(),
            missing: all.into_iter().filter_map(|(is_reached, name)| (!is_reached).then_some(name)).collect(),
        };
        let messages = entries(MESSAGES).enumerate();
        [
            share(
                "opcodes",
                Opcode::ALL
                    .into_iter()
                    .map(|opcode| (self.opcodes.contains_key(&opcode), opcode.name().to_owned()))
                    .collect(),
            ),
            share(
                "metamethod events",
                entries(EVENTS).map(|event| (self.events.contains(event), event.to_owned())).collect(),
            ),
            share(
                "library functions",
                entries(FUNCTIONS).map(|name| (self.functions.contains(name), name.to_owned())).collect(),
            ),
            share(
                "error messages",
                messages.map(|(index, line)| (self.messages.contains(&index), line.replace('\t', ": "))).collect(),
            ),
        ]
    }

    /// How many pairs of instructions were executed one after the other in a function, and how many instructions with types of operands.
    pub fn pairs(&self) -> (usize, usize) {
        (self.pairs.len(), self.operands.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(coverage: &mut Coverage, source: &str) -> End {
        let program = Program {
            chunk: source.as_bytes().to_vec(),
            name: b"=test".to_vec(),
            arguments: Vec::new(),
            script: Vec::new(),
        };
        coverage.add(&program, &Limits { instructions: 1000, memory: 64 << 20 })
    }

    #[test]
    fn what_a_program_reaches_is_counted_and_nothing_else() {
        let mut coverage = Coverage::new();
        assert_eq!(
            run(
                &mut coverage,
                "local a = #'x'; print('@__add'); print('@__nothing'); pcall(math.sin, a); io.stdout:write('')"
            ),
            End::Returned
        );
        assert_eq!(run(&mut coverage, "local x; x.y = 1"), End::Raised);
        assert_eq!(run(&mut coverage, "x ="), End::Refused);
        assert_eq!(run(&mut coverage, "while true do end"), End::OverBudget);
        let [opcodes, events, functions, messages] = coverage.shares();
        assert!(!opcodes.missing.contains(&"LEN".to_owned()) && opcodes.missing.contains(&"POW".to_owned()));
        assert_eq!((events.reached, functions.reached, messages.reached), (1, 4, 2), "{:?}", coverage.messages);
        assert!(
            ["math.sin", "pcall", "print", "file:write"]
                .iter()
                .all(|name| !functions.missing.contains(&(*name).to_owned()))
        );
        assert_eq!(opcodes.all, 38);
    }
}
