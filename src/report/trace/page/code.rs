//! The functions that instructions of a run belong to: found in the compiled program, so that their listings can name constants
//! and variables, and listed.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;

use super::{excerpt, live::Live};
use crate::{
    engine::Program,
    lua::bytecode::{Instruction, Prototype, local_name, undump},
    outcome::{escaped, operation_text},
    report::{trace::value::instruction, visible::visible_line},
    trace::PrototypeFacts,
};

/// A function's code, as much of it as is shown.
#[derive(Debug, PartialEq, Serialize)]
pub struct Listing {
    pub title: String,
    /// How many instructions there are.
    pub count: usize,
    pub rows: Vec<Row>,
}

/// An instruction.
#[derive(Debug, PartialEq, Serialize)]
pub struct Row {
    pub pc: u32,
    pub line: Option<u32>,
    pub text: String,
}

/// A function that a run is in.
pub struct Function {
    facts: Arc<PrototypeFacts>,
    /// As it was compiled, if it is one of the program's own and there is no doubt which.
    prototype: Option<Prototype>,
    live: Option<Live>,
    visited: BTreeSet<usize>,
}

/// The functions of one side's run, in the order in which they are first seen.
pub struct Functions {
    main: Option<Prototype>,
    seen: Vec<Function>,
}

impl Functions {
    /// Those of a compiled program.
    pub fn of(program: &Program) -> Self {
        Self { main: undump(&program.chunk, &program.name, 0).ok(), seen: Vec::new() }
    }

    /// The number of the function with these facts, which has been seen at this instruction.
    pub fn visit(&mut self, facts: &Arc<PrototypeFacts>, pc: u32) -> usize {
        let known =
            self.seen.iter().position(|function| Arc::ptr_eq(&function.facts, facts) || function.facts == *facts);
        let number = known.unwrap_or_else(|| {
            let prototype = self.main.as_ref().and_then(|main| found(main, facts));
            let live = prototype.as_ref().map(Live::of);
            self.seen.push(Function { facts: Arc::clone(facts), prototype, live, visited: BTreeSet::new() });
            self.seen.len() - 1
        });
        self.seen[number].visited.insert(pc as usize);
        number
    }

    /// A function by its number.
    pub fn get(&self, number: usize) -> Option<&Function> {
        self.seen.get(number)
    }

    pub fn listings(&self) -> Vec<Listing> {
        self.seen.iter().map(Function::listing).collect()
    }
}

impl Function {
    /// Whether a register means anything before an instruction.
    pub fn is_live(&self, register: usize, pc: u32) -> bool {
        self.live.as_ref().is_none_or(|live| live.is(register, pc))
    }

    /// The name of the local variable that a register holds before an instruction.
    pub fn name(&self, register: usize, pc: u32) -> Option<String> {
        let number = i32::try_from(register + 1).ok()?;
        let name = local_name(self.prototype.as_ref()?, number, pc as usize)?;
        Some(visible_line(&escaped(name)))
    }

    fn listing(&self) -> Listing {
        let count = self.facts.code.len();
        let rows = excerpt::parts(count, &self.visited).into_iter().flatten().map(|pc| self.row(pc)).collect();
        Listing { title: title(&self.facts), count, rows }
    }

    fn row(&self, pc: usize) -> Row {
        let text = match &self.prototype {
            Some(prototype) => operation_text(prototype, pc),
            None => self.facts.code.get(pc).map_or_else(String::new, |word| instruction(*word)),
        };
        let line = self.facts.lines.get(pc).copied();
        Row { pc: u32::try_from(pc).unwrap_or(u32::MAX), line, text: visible_line(text.trim_end()) }
    }
}

/// What a function is called: by its lines, as functions have no names.
fn title(facts: &PrototypeFacts) -> String {
    let source = facts.source.strip_prefix(b"@").or_else(|| facts.source.strip_prefix(b"=")).unwrap_or(&facts.source);
    let (source, left_out) = excerpt::beginning(source, 80);
    let source = visible_line(&escaped(source)) + if left_out > 0 { "…" } else { "" };
    match facts.line_defined {
        0 => format!("main chunk of {source}"),
        line => format!("function of {source}, lines {line} to {}", facts.last_line_defined),
    }
}

/// The prototype that the facts are about, in a compiled program; `None` if there is none, or if several may be meant that do not
/// read the same.
fn found(main: &Prototype, facts: &PrototypeFacts) -> Option<Prototype> {
    let mut pending = vec![main];
    let mut found: Option<&Prototype> = None;
    while let Some(prototype) = pending.pop() {
        pending.extend(prototype.prototypes.iter().map(AsRef::as_ref));
        if !is(prototype, facts) {
            continue;
        }
        match found {
            Some(other) if !reads_the_same(prototype, other) => return None,
            _ => found = Some(prototype),
        }
    }
    found.cloned()
}

fn is(prototype: &Prototype, facts: &PrototypeFacts) -> bool {
    u32::try_from(prototype.line_defined) == Ok(facts.line_defined)
        && u32::try_from(prototype.last_line_defined) == Ok(facts.last_line_defined)
        && prototype.code.iter().map(|word: &Instruction| word.0).eq(facts.code.iter().copied())
        && prototype.source.as_deref().is_none_or(|source| source == &facts.source[..])
}

fn reads_the_same(one: &Prototype, other: &Prototype) -> bool {
    let upvalues =
        |prototype: &Prototype| -> Vec<u8> { prototype.prototypes.iter().map(|nested| nested.upvalue_count).collect() };
    one.locals == other.locals
        && upvalues(one) == upvalues(other)
        && (0..one.code.len()).all(|pc| operation_text(one, pc) == operation_text(other, pc))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lua::compiler::{CompileOptions, compile};

    fn facts(prototype: &Prototype) -> Arc<PrototypeFacts> {
        Arc::new(PrototypeFacts {
            source: b"@x".to_vec(),
            line_defined: prototype.line_defined as u32,
            last_line_defined: prototype.last_line_defined as u32,
            code: prototype.code.iter().map(|word| word.0).collect(),
            lines: prototype.line_info.iter().map(|line| *line as u32).collect(),
        })
    }

    fn functions(source: &str) -> Functions {
        let main = compile(source.as_bytes(), b"@x", CompileOptions { levels: 0 }).expect("it compiles");
        Functions { main: Some(main), seen: Vec::new() }
    }

    /// The second instruction of the first nested function, as it is listed.
    fn listed(source: &str) -> (String, Option<String>) {
        let mut functions = functions(source);
        let nested = facts(&functions.main.as_ref().expect("a program").prototypes[0]);
        let number = functions.visit(&nested, 0);
        assert_eq!(functions.visit(&nested, 1), number);
        let text = functions.listings()[number].rows[0].text.clone();
        (text, functions.seen[number].name(0, 0))
    }

    #[test]
    fn the_program_s_own_functions_are_listed_with_names_and_constants() {
        let (text, name) = listed("local function f(par) return 'one' end");
        assert_eq!((text.as_str(), name.as_deref()), ("LOADK     1 -1 ; \"one\"", Some("par")));
    }

    #[test]
    fn functions_that_cannot_be_told_apart_are_listed_without() {
        let (text, name) = listed("return function(a) return 1 end, function(a) return 2 end");
        assert_eq!((text.as_str(), name), ("LOADK     1 -1", None));
        let (text, _) = listed("return function(a) return 1 end, function(a) return 1 end");
        assert_eq!(text, "LOADK     1 -1 ; 1");
    }

    #[test]
    fn functions_have_their_lines_for_a_name() {
        let main = PrototypeFacts { source: b"=st\xff".to_vec(), ..PrototypeFacts::default() };
        assert_eq!(title(&main), "main chunk of st\\xff");
        let inner = PrototypeFacts { source: vec![b'x'; 100], line_defined: 3, last_line_defined: 5, ..main };
        assert_eq!(title(&inner), format!("function of {}…, lines 3 to 5", "x".repeat(80)));
    }
}
