//! A diagnosis as plain data, for reports over many programs.

use serde::Serialize;

use super::diagnosis::{self, Names, halves, outcome};
use super::divergence::headline;
use crate::diagnose::{Compiled, Diagnosis, Fault, Side};
use crate::engine::Program;
use crate::outcome::{Difference, Place, escaped};

/// What is known of a difference.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DiagnosisSummary {
    pub fingerprint: String,
    /// `compiler`, `vm`, `library`, `both` or `not-separable`.
    pub fault: &'static str,
    /// Who is at fault, in a line.
    #[serde(skip)]
    pub verdict: String,
    /// The library function at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub library: Option<String>,
    /// What differs, in a line.
    pub what: String,
    /// The function, as `main` or by the lines that it is defined in.
    pub function: Option<String>,
    /// The line of the source.
    pub line: Option<u32>,
    /// The index of the instruction in the function.
    pub pc: Option<u32>,
    /// The number of the instruction in the run, if it was executed.
    pub instruction: Option<u64>,
    pub cells: Vec<CellSummary>,
    /// A script that does the one instruction that goes wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub one_step: Option<String>,
}

/// A combination of compiler and VM, beside the truth.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CellSummary {
    pub compiler: String,
    pub vm: String,
    pub result: String,
}

/// What is known of a difference, or why nothing more is.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "diagnosis", rename_all = "kebab-case")]
pub enum Diagnosed {
    Found(Box<DiagnosisSummary>),
    /// The traces are the same: what differs is not what instructions do.
    NotInTraces,
    /// The runs do not repeat themselves.
    Flaky,
    /// A run that broke off, say.
    Failed {
        message: String,
    },
}

impl DiagnosisSummary {
    /// The plain data of a diagnosis.
    pub fn new(diagnosis: &Diagnosis, program: &Program, names: Names<'_>) -> Self {
        let fault = &diagnosis.attribution.fault;
        let cells = diagnosis.attribution.cells.iter().map(|cell| {
            let (compiler, vm) = halves(cell.cell, names);
            CellSummary { compiler: compiler.into(), vm: vm.into(), result: outcome(&cell.result) }
        });
        let mut summary = Self {
            fingerprint: diagnosis.fingerprint.clone(),
            fault: word(fault),
            verdict: diagnosis::fault(fault, names),
            library: if let Fault::Library(name) = fault { Some(name.clone()) } else { None },
            what: String::new(),
            function: None,
            line: None,
            pc: None,
            instruction: None,
            cells: cells.collect(),
            one_step: diagnosis.one_step.clone(),
        };
        match (&diagnosis.examination.compiled, diagnosis.examination.divergence()) {
            (Compiled::Accepted { difference: Some(difference), .. }, _) => summary.compiled(difference),
            (Compiled::Refused { reference, tested }, _) => {
                let text = |message: &Option<Vec<u8>>| message.as_deref().map_or_else(|| "accepts it".into(), escaped);
                summary.what = format!("{} != {}", text(reference), text(tested));
            }
            (_, Some(divergence)) => {
                summary.what = headline(divergence);
                summary.instruction = Some(divergence.culprit);
                summary.executed(&divergence.left, divergence.culprit, program);
            }
            (_, None) => {}
        }
        summary
    }

    fn compiled(&mut self, difference: &Difference) {
        self.what = format!("{} != {}", difference.reference, difference.subject);
        self.line = difference.line;
        if let Place::Function(place) = &difference.place {
            self.function = Some(function(place.line_defined, None));
            self.pc = place.index.filter(|_| place.field == "code").and_then(|pc| u32::try_from(pc).ok());
        }
    }

    fn executed(&mut self, side: &Side, culprit: u64, program: &Program) {
        let Some(moment) = side.moment(culprit) else { return };
        let facts = &moment.facts;
        self.function = Some(function(facts.line_defined as i32, Some(facts.last_line_defined)));
        self.pc = Some(moment.pc);
        // Lines of other files say nothing beside this one's name.
        self.line = facts.lines.get(moment.pc as usize).copied().filter(|_| facts.source == program.name);
    }

    /// Where it is, in a line; empty if that is not known.
    pub fn place(&self) -> String {
        let mut parts = Vec::new();
        parts.extend(self.instruction.map(|number| format!("instruction {number}")));
        parts.extend(self.function.clone());
        parts.extend(self.line.map(|line| format!("line {line}")));
        parts.extend(self.pc.map(|pc| format!("pc {pc}")));
        parts.join(", ")
    }
}

fn function(line_defined: i32, last: Option<u32>) -> String {
    match (line_defined, last) {
        (0, _) => "main chunk".into(),
        (line, Some(last)) => format!("function of lines {line} to {last}"),
        (line, None) => format!("function of line {line}"),
    }
}

fn word(fault: &Fault) -> &'static str {
    match fault {
        Fault::None => "none",
        Fault::Compiler => "compiler",
        Fault::Vm => "vm",
        Fault::Library(_) => "library",
        Fault::Both => "both",
        Fault::NotSeparable => "not-separable",
    }
}
