//! A finding as the page shows it: every text is ready to be shown, no judgement is left to be made.

use super::{Entry, steps::Steps};
use crate::{
    diagnose::{CellOutcome, Compiled, Diagnosis, Located},
    outcome::{Side, escaped},
    report::{
        trace::{
            diagnosis::{Names, fault, halves, outcome, where_compiled},
            divergence::headline,
        },
        visible::visible_line,
    },
};

/// One program over which the engines differ.
pub struct Finding<'e> {
    pub path: String,
    /// What differs and where.
    pub headline: String,
    pub verdict: String,
    pub cells: Vec<CellRow>,
    pub fingerprint: String,
    pub reproduce: String,
    pub one_step: Option<String>,
    pub compilation: Option<Compilation>,
    /// The program, if it is a source text.
    pub source: Option<&'e [u8]>,
    /// The line that the compilers differ over.
    pub compiled_line: Option<usize>,
    pub steps: Option<Steps>,
}

/// What came of a combination of a compiler and a VM.
pub struct CellRow {
    pub compiler: String,
    pub vm: String,
    pub mark: Mark,
    pub outcome: String,
}

/// How a combination compares with the truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Same,
    Differs,
    Flaky,
}

/// What the compilers do differently.
pub enum Compilation {
    /// What each says, if it refuses the program.
    Refused([Option<String>; 2]),
    /// What differs first in the bytecode, its surroundings side by side, and what else there is to say.
    Bytecode { pair: [String; 2], rows: Vec<BytecodeRow>, notes: Vec<String> },
}

/// An instruction on both sides; nothing on a side that has none there.
#[derive(Debug, PartialEq, Eq)]
pub struct BytecodeRow {
    pub reference: Option<String>,
    pub tested: Option<String>,
}

impl<'e> Finding<'e> {
    pub fn of(entry: &Entry<'e>, names: Names<'_>) -> Self {
        let Diagnosis { examination, fingerprint, attribution, one_step } = entry.diagnosis;
        let steps = match (examination.divergence(), &examination.compiled) {
            (Some(divergence), Compiled::Accepted { reference, tested, .. }) => {
                Steps::of(divergence, [reference, tested], entry.program)
            }
            _ => None,
        };
        let cells = attribution.cells.iter().map(|cell| {
            let (compiler, vm) = halves(cell.cell, names);
            CellRow {
                compiler: visible_line(compiler),
                vm: visible_line(vm),
                mark: mark(&cell.result),
                outcome: visible_line(&outcome(&cell.result)),
            }
        });
        let compiled_line = match &examination.compiled {
            Compiled::Accepted { difference: Some(difference), .. } => difference.line,
            _ => None,
        };
        Self {
            path: visible_line(entry.path),
            headline: visible_line(&what_differs(entry.diagnosis, names)),
            verdict: visible_line(&fault(&attribution.fault, names)),
            cells: cells.collect(),
            fingerprint: visible_line(fingerprint),
            reproduce: visible_line(entry.reproduce),
            one_step: one_step.clone(),
            compilation: compilation(&examination.compiled),
            source: Some(&entry.program.chunk[..]).filter(|_| !entry.program.is_binary()),
            compiled_line: compiled_line.and_then(|line| (line as usize).checked_sub(1)),
            steps,
        }
    }
}

/// What differs, in a line: what the compilers do comes first, as in the fingerprint.
fn what_differs(diagnosis: &Diagnosis, names: Names<'_>) -> String {
    match (&diagnosis.examination.compiled, diagnosis.examination.divergence()) {
        (Compiled::Accepted { difference: Some(difference), .. }, _) => {
            format!("compiled differently: {}", where_compiled(difference))
        }
        (Compiled::Refused { reference: Some(_), tested: None }, _) => {
            format!("{} accepts what {} refuses", names.tested, names.reference)
        }
        (Compiled::Refused { reference: None, tested: Some(_) }, _) => {
            format!("{} refuses what {} accepts", names.tested, names.reference)
        }
        (Compiled::Refused { .. }, _) => "both refuse it, with different messages".to_owned(),
        (_, Some(divergence)) => format!("diverges at instruction {}: {}", divergence.culprit, headline(divergence)),
        _ => "no difference".to_owned(),
    }
}

fn mark(outcome: &CellOutcome) -> Mark {
    match outcome {
        CellOutcome::SameBytecode => Mark::Same,
        CellOutcome::Run(located) => match &**located {
            Located::Same { .. } => Mark::Same,
            Located::Diverged(_) => Mark::Differs,
            Located::Flaky { .. } => Mark::Flaky,
        },
    }
}

fn compilation(compiled: &Compiled) -> Option<Compilation> {
    match compiled {
        Compiled::Accepted { difference: Some(difference), .. } => Some(Compilation::Bytecode {
            pair: [visible_line(&difference.reference), visible_line(&difference.subject)],
            rows: side_by_side(difference.context.iter().map(|line| (line.side, visible_line(&line.text)))),
            notes: difference.notes.iter().map(|note| visible_line(note)).collect(),
        }),
        Compiled::Refused { reference, tested } => Some(Compilation::Refused(
            [reference, tested].map(|message| message.as_ref().map(|message| visible_line(&escaped(message)))),
        )),
        Compiled::Accepted { .. } => None,
    }
}

/// The lines of a diff in two columns: what one side has in place of what the other has stands beside it.
fn side_by_side(lines: impl Iterator<Item = (Side, String)>) -> Vec<BytecodeRow> {
    let mut rows: Vec<BytecodeRow> = Vec::new();
    // Where the next line of only the tested side goes.
    let mut open = 0;
    for (side, text) in lines {
        match side {
            Side::Both => {
                rows.push(BytecodeRow { reference: Some(text.clone()), tested: Some(text) });
                open = rows.len();
            }
            Side::Reference => rows.push(BytecodeRow { reference: Some(text), tested: None }),
            Side::Subject => {
                match rows.get_mut(open) {
                    Some(row) => row.tested = Some(text),
                    None => rows.push(BytecodeRow { reference: None, tested: Some(text) }),
                }
                open += 1;
            }
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_for_something_stands_beside_it() {
        use Side::{Both, Reference, Subject};
        let lines = [
            (Both, "a"),
            (Reference, "b"),
            (Reference, "c"),
            (Subject, "x"),
            (Both, "d"),
            (Subject, "y"),
            (Subject, "z"),
        ];
        let rows = side_by_side(lines.into_iter().map(|(side, text)| (side, text.to_owned())));
        let shown: Vec<String> = rows
            .iter()
            .map(|row| [&row.reference, &row.tested].map(|side| side.as_deref().unwrap_or("-")).concat())
            .collect();
        assert_eq!(shown, ["aa", "bx", "c-", "dd", "-y", "-z"]);
    }
}
