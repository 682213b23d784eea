//! A divergence as text: what differs, where, and what both sides did around it.

use std::fmt::Write as _;

use super::value::{instruction, shown};
use crate::diagnose::{Divergence, Side};
use crate::engine::Program;
use crate::outcome::escaped;
use crate::trace::{Datum, Field, Moment};

/// How many instructions before and after the divergence are shown.
const BEFORE: u64 = 4;
const AFTER: u64 = 4;

/// What is shown of a divergence.
pub fn text(divergence: &Divergence, program: &Program) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "diverges at instruction {}: {}", divergence.culprit, headline(divergence));
    if let Some(moment) = divergence.left.moment(divergence.culprit) {
        let _ = writeln!(out, "{}", place(moment, program));
    }
    for side in [&divergence.left, &divergence.right] {
        let _ = writeln!(out, "\n{}:", side.engine);
        steps(&mut out, side, divergence.culprit);
    }
    registers(&mut out, divergence);
    out
}

/// What differs, in a line.
pub fn headline(divergence: &Divergence) -> String {
    let after = divergence.word.map_or_else(String::new, |word| {
        let name = instruction(word);
        format!(" after {}", name.split_whitespace().next().unwrap_or_default())
    });
    let of = divergence.callee.as_ref().map_or_else(String::new, |callee| format!(" of {callee}"));
    let pair = |left: &Datum, right: &Datum| {
        format!("{} != {}", shown(left, &divergence.left.labels), shown(right, &divergence.right.labels))
    };
    match &divergence.field {
        Field::Register(register, left, right) => format!("R{register}{after}{of}: {}", pair(left, right)),
        Field::Operand(at, left, right) => format!("value {} taken{of}: {}", at + 1, pair(left, right)),
        Field::Pc(left, right) => format!("goes on at pc {left} != {right}{after}"),
        Field::Depth(left, right) => format!("goes on at depth {left} != {right}{after}"),
        Field::Thread(left, right) => format!("goes on in thread {left} != {right}{after}"),
        Field::Prototype(left, right) => format!("goes on in function #{left} != #{right}{after}"),
        Field::Word(left, right) => format!("{} != {}", instruction(*left).trim(), instruction(*right).trim()),
        Field::How(left, right) => format!("{left:?} != {right:?}{after}{of}").to_lowercase(),
        Field::WrittenCount(left, right) => format!("{left} != {right} values{after}{of}"),
        Field::OperandCount(left, right) => format!("{left} != {right} values taken"),
        Field::Label => "the engines have not the same libraries".into(),
        Field::Code => "another function is entered".into(),
        Field::Order => format!("one side goes on where the other ends{after}"),
        Field::Length => format!("one side executes no more{after}"),
    }
}

/// Where a moment is: function, line and the text of the line.
pub(super) fn place(moment: &Moment, program: &Program) -> String {
    let facts = &moment.facts;
    let source = facts.source.strip_prefix(b"@").or_else(|| facts.source.strip_prefix(b"=")).unwrap_or(&facts.source);
    let function = match facts.line_defined {
        0 => "main chunk".to_owned(),
        line => format!("function defined in lines {line} to {}", facts.last_line_defined),
    };
    let line = facts.lines.get(moment.pc as usize).copied().unwrap_or(0);
    let mut out = format!("in {} ({function}), line {line}, pc {}", escaped(source), moment.pc);
    let text = program.chunk.split(|byte| *byte == b'\n').nth((line as usize).wrapping_sub(1));
    if let Some(text) = text.filter(|_| !program.is_binary() && facts.source == program.name) {
        let _ = write!(out, "\n  {line:>5} | {}", escaped(text));
    }
    out
}

/// The instructions around the divergence.
fn steps(out: &mut String, side: &Side, culprit: u64) {
    let shown = culprit.saturating_sub(BEFORE)..=culprit + AFTER;
    for moment in side.moments.iter().filter(|moment| shown.contains(&moment.sequence)) {
        let mark = if moment.sequence == culprit { ">" } else { " " };
        let line = moment.facts.lines.get(moment.pc as usize).copied().unwrap_or(0);
        let _ = writeln!(
            out,
            "  {mark} {:>8}  depth {:<3} #{:<3} [{line}] {:>4}  {}",
            moment.sequence,
            moment.depth,
            moment.prototype,
            moment.pc,
            instruction(moment.word),
        );
    }
}

/// The registers of both sides before and after the instruction.
fn registers(out: &mut String, divergence: &Divergence) {
    let (left, right) = (&divergence.left, &divergence.right);
    let before = (left.moment(divergence.culprit), right.moment(divergence.culprit));
    let after = (left.moment_after(divergence.culprit), right.moment_after(divergence.culprit));
    for (title, (here, there)) in [("before", before), ("after", after)] {
        let _ = writeln!(out, "\nregisters {title}:");
        let count = [here, there].into_iter().flatten().map(|moment| moment.registers.len()).max().unwrap_or(0);
        if count == 0 {
            let _ = writeln!(out, "    (the function does not go on)");
        }
        for register in 0..count {
            let value = |moment: Option<&Moment>, side: &Side| {
                moment
                    .and_then(|moment| moment.registers.get(register))
                    .map_or_else(|| "-".to_owned(), |datum| shown(datum, &side.labels))
            };
            let (here, there) = (value(here, left), value(there, right));
            let mark = if here == there { " " } else { "*" };
            let _ = writeln!(out, "  {mark} R{register:<3} {here:<34} {there}");
        }
    }
}
