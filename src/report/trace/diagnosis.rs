//! A diagnosis as text: where two engines differ and in what, whose fault it is, how to see it again.

use std::fmt::Write as _;

use super::divergence::{self, headline};
use crate::diagnose::{Attribution, Cell, CellOutcome, Compiled, Diagnosis, Examination, Fault, Located};
use crate::engine::Program;
use crate::outcome::{Difference, Place, escaped};
use crate::report::{source_line, text::Style};

/// The names of the two engines.
#[derive(Clone, Copy, Debug)]
pub struct Names<'n> {
    pub reference: &'n str,
    pub tested: &'n str,
}

/// What differs and where, without whose fault it is.
pub fn examined(examination: &Examination, program: &Program, names: Names<'_>) -> String {
    let mut out = compilation(&examination.compiled, program, names);
    if let Some(divergence) = examination.divergence() {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&divergence::text(divergence, program));
    }
    if let Some(fingerprint) = examination.fingerprint() {
        let _ = writeln!(out, "\nfingerprint: {fingerprint}");
    }
    out
}

/// All that there is to say.
pub fn text(diagnosis: &Diagnosis, program: &Program, names: Names<'_>) -> String {
    let mut out = examined(&diagnosis.examination, program, names);
    out.push_str(&attribution(&diagnosis.attribution, names));
    if let Some(script) = &diagnosis.one_step {
        let _ = writeln!(out, "\na script that does just this:");
        for line in script.lines() {
            let _ = writeln!(out, "  {line}");
        }
    }
    out
}

/// What the compilers do differently; empty if they do not.
fn compilation(compiled: &Compiled, program: &Program, names: Names<'_>) -> String {
    let mut out = Vec::new();
    match compiled {
        Compiled::Accepted { difference: Some(difference), .. } => {
            out.extend_from_slice(format!("compiled differently: {}\n", where_compiled(difference)).as_bytes());
            let line = difference.line.and_then(|line| source_line(&program.chunk, line));
            let style = Style { colour: false, agreeing: false, reference: names.reference, subject: names.tested };
            // A vector takes everything.
            let _ = style.difference(&mut out, difference, line.as_deref());
        }
        Compiled::Refused { reference, tested } if reference != tested => {
            for (name, message) in [(names.reference, reference), (names.tested, tested)] {
                let what = message.as_ref().map_or_else(|| "accepts it".into(), |message| escaped(message));
                out.extend_from_slice(format!("{name}: {what}\n").as_bytes());
            }
        }
        Compiled::Accepted { .. } | Compiled::Refused { .. } => {}
    }
    String::from_utf8_lossy(&out).into_owned()
}

pub(super) fn where_compiled(difference: &Difference) -> String {
    let line = difference.line.map_or_else(String::new, |line| format!(", line {line}"));
    match &difference.place {
        Place::Function(place) => {
            let at = place.index.map_or_else(String::new, |index| format!(" {index}"));
            let field = if place.field == "code" { "pc" } else { place.field };
            format!("function {} defined in line {}, {field}{at}{line}", place.path, place.line_defined)
        }
        place => format!("{place}{line}"),
    }
}

/// The verdict, in a line.
pub fn fault(fault: &Fault, names: Names<'_>) -> String {
    let tested = names.tested;
    match fault {
        Fault::None => "fault: nobody's; all cells agree".to_owned(),
        Fault::Compiler => format!("fault: the compiler of {tested}"),
        Fault::Vm => format!("fault: the VM of {tested}"),
        Fault::Library(name) => format!("fault: the library function {name} of {tested}"),
        Fault::Both => format!("fault: both the compiler and the VM of {tested}"),
        Fault::NotSeparable => "fault: not separable; neither half differs alone".to_owned(),
    }
}

/// The verdict, with the cells that it rests on.
pub fn attribution(attribution: &Attribution, names: Names<'_>) -> String {
    let mut out = fault(&attribution.fault, names);
    for cell in &attribution.cells {
        let (compiler, vm) = halves(cell.cell, names);
        let _ = write!(out, "\n  compiler {compiler:<10} VM {vm:<10} {}", outcome(&cell.result));
    }
    out.push('\n');
    out
}

/// Whose compiler and whose VM a cell combines.
pub fn halves<'n>(cell: Cell, names: Names<'n>) -> (&'n str, &'n str) {
    match cell {
        Cell::IsolatesVm => (names.reference, names.tested),
        Cell::IsolatesCompiler => (names.tested, names.reference),
        Cell::Product => (names.tested, names.tested),
    }
}

/// What came of a cell, in a line.
pub fn outcome(outcome: &CellOutcome) -> String {
    let located = match outcome {
        CellOutcome::SameBytecode => return "the same bytecode".into(),
        CellOutcome::Run(located) => located,
    };
    match &**located {
        Located::Same { instructions, .. } => format!("the same, {instructions} instructions"),
        Located::Diverged(divergence) => format!("instruction {}: {}", divergence.culprit, headline(divergence)),
        Located::Flaky { first, .. } => format!("flaky, first at instruction {first}"),
    }
}
