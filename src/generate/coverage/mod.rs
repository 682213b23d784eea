//! What programs reach of the language: instructions, what follows what, events of metatables, library functions, error messages.
//!
//! Each is counted against the full list of it: the opcodes are an enum, types of operands and pairs of instructions are derived by `operands`
//! and `pairs`, the others are data files beside this, which say where they come from.
//! It runs programs on Ferrous, under an observer; whether that is right is judged elsewhere. Errors and events are read from what a
//! program shows.

pub(super) mod messages;
mod observer;
mod operands;
mod pairs;

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{Limits, Program};
use crate::lua::bytecode::Opcode;
use crate::lua::embed::{Script, ScriptError};
use crate::lua::vm::{Bounds, State};
use messages::Template;
use observer::Watcher;
use operands::Operands;
use pairs::Pair;

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
    pairs: BTreeMap<Pair, u64>,
    operands: BTreeMap<Operands, u64>,
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
        add(&mut self.opcodes, watcher.opcodes);
        add(&mut self.pairs, watcher.pairs);
        add(&mut self.operands, watcher.operands);
        self.functions.extend(watcher.called);
    }

    /// Adds what was reached elsewhere.
    pub fn merge(&mut self, other: Self) {
        add(&mut self.opcodes, other.opcodes);
        add(&mut self.pairs, other.pairs);
        add(&mut self.operands, other.operands);
        self.functions.extend(other.functions);
        self.events.extend(other.events);
        self.messages.extend(other.messages);
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
    pub fn shares(&self) -> [Share; 6] {
        let messages = entries(MESSAGES).enumerate();
        [
            Share::of(
                "opcodes",
                Opcode::ALL.into_iter().map(|opcode| (self.opcodes.contains_key(&opcode), opcode.name().to_owned())),
            ),
            Share::of(
                "metamethod events",
                entries(EVENTS).map(|event| (self.events.contains(event), event.to_owned())),
            ),
            Share::of(
                "library functions",
                entries(FUNCTIONS).map(|name| (self.functions.contains(name), name.to_owned())),
            ),
            Share::of(
                "error messages",
                messages.map(|(index, line)| (self.messages.contains(&index), line.replace('\t', ": "))),
            ),
            Share::of(
                "types of operands",
                operands::possible().iter().map(|types| (self.operands.contains_key(types), operands::name(types))),
            ),
            Share::of(
                "pairs of opcodes",
                pairs::possible().iter().map(|pair| (self.pairs.contains_key(pair), pairs::name(pair))),
            ),
        ]
    }
}

impl Share {
    /// What of this list was reached.
    fn of(of: &'static str, list: impl Iterator<Item = (bool, String)>) -> Self {
        let mut share = Self { of, reached: 0, all: 0, missing: Vec::new() };
        for (is_reached, name) in list {
            share.all += 1;
            if is_reached {
                share.reached += 1;
            } else {
                share.missing.push(name);
            }
        }
        share
    }
}

/// Adds counts to others.
fn add<K: Ord>(counts: &mut BTreeMap<K, u64>, others: BTreeMap<K, u64>) {
    for (key, count) in others {
        *counts.entry(key).or_default() += count;
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
    fn pairs_are_of_one_activation() {
        let mut coverage = Coverage::new();
        // Each call is followed by what the caller does next, not by what the function does.
        let source = "local function f(a) return a end local x = f(1) x = -x for i = 1, 2 do f(i) end return f(x)";
        assert_eq!(run(&mut coverage, source), End::Returned);
        let names: Vec<String> = coverage.pairs.keys().map(pairs::name).collect();
        assert!(names.contains(&"CALL UNM".to_owned()), "{names:?}");
        assert!(
            names.contains(&"CALL FORLOOP".to_owned()) && names.contains(&"FORPREP FORLOOP".to_owned()),
            "{names:?}"
        );
        assert!(!names.iter().any(|name| name.starts_with("RETURN") || name == "MOVE RETURN"), "{names:?}");
    }

    #[test]
    fn no_program_reaches_what_is_taken_for_impossible() {
        let mut coverage = Coverage::new();
        let limits = Limits { instructions: 1_000_000, memory: 64 << 20 };
        for seed in 1000..1100 {
            let source = crate::generate::program::generate_from_seed(seed).source;
            coverage.add(
                &Program { chunk: source, name: b"=test".to_vec(), arguments: Vec::new(), script: Vec::new() },
                &limits,
            );
        }
        let impossible = coverage.pairs.keys().filter(|pair| !pairs::is_possible(**pair)).map(pairs::name);
        assert_eq!(impossible.collect::<Vec<_>>(), Vec::<String>::new());
        let possible = operands::possible();
        let unknown = coverage.operands.keys().filter(|types| !possible.contains(types)).map(operands::name);
        assert_eq!(unknown.collect::<Vec<_>>(), Vec::<String>::new());
        assert!(coverage.pairs.len() > 500 && coverage.operands.len() > 150);
    }

    #[test]
    fn what_is_reached_in_two_places_is_reached() {
        let (mut one, mut other, mut both) = (Coverage::new(), Coverage::new(), Coverage::new());
        for (coverage, source) in [(&mut one, "print('@__add') return #'x'"), (&mut other, "local x; x.y = 1")] {
            run(coverage, source);
            run(&mut both, source);
        }
        one.merge(other);
        assert_eq!((one.shares(), one.pairs, one.operands), (both.shares(), both.pairs, both.operands));
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
        let [opcodes, events, functions, messages, operands, pairs] = coverage.shares();
        assert!(!opcodes.missing.contains(&"LEN".to_owned()) && opcodes.missing.contains(&"POW".to_owned()));
        assert_eq!((events.reached, functions.reached, messages.reached), (1, 4, 2), "{:?}", coverage.messages);
        assert!(
            ["math.sin", "pcall", "print", "file:write"]
                .iter()
                .all(|name| !functions.missing.contains(&(*name).to_owned()))
        );
        assert_eq!(opcodes.all, 38);
        let is_reached = |share: &Share, name: &str| !share.missing.contains(&name.to_owned());
        assert!(is_reached(&operands, "LEN string") && !is_reached(&operands, "LEN table"));
        assert!(is_reached(&operands, "SETTABLE/0 nil string") && is_reached(&operands, "SETTABLE/1 number"));
        assert!(is_reached(&pairs, "LOADK LEN") && !is_reached(&pairs, "LEN LOADK"));
    }
}
