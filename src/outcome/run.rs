//! Two runs of the same program, compared.
//!
//! The judgement goes from what invalidates the comparison to what refines it. Where one side was cut off by a bound,
//! its output may be a beginning of the other's; everything that contradicts this is still a difference.

use crate::engine::{Ending, Run, Snapshot};

use super::{
    Agreement, Difference, Kind, Place, Reason, Verdict,
    context::{around, first_difference},
    line::line_named_in,
    normalise::normalise,
    show,
};

/// The two engines' names, for texts.
#[derive(Clone, Copy, Debug)]
pub struct Names<'n> {
    pub reference: &'n str,
    pub subject: &'n str,
}

/// The verdict about two runs of a program with this chunk name.
pub fn compare_runs(reference: &Run, subject: &Run, name: &[u8], names: Names<'_>) -> Verdict {
    if let Some(verdict) = without_result(reference, subject, names) {
        return verdict;
    }
    let (reference, subject) = (&normalise(reference), &normalise(subject));
    refusals(&reference.ending, &subject.ending, name)
        .or_else(|| output(reference, subject, names))
        .map(differ)
        .or_else(|| bounds(reference, subject, names))
        .or_else(|| ends(&reference.ending, &subject.ending, name).map(differ))
        .unwrap_or_else(|| instructions(reference, subject))
}

fn differ(difference: Difference) -> Verdict {
    Verdict::Differ(Box::new(difference))
}

fn difference(kind: Kind, place: Place, reference: String, subject: String) -> Difference {
    Difference { kind, place, line: None, reference, subject, context: Vec::new(), notes: Vec::new() }
}

/// The verdict where at least one process came to no end of its own.
fn without_result(reference: &Run, subject: &Run, names: Names<'_>) -> Option<Verdict> {
    let difference = |kind| {
        differ(difference(kind, Place::Run, describe_ending(&reference.ending), describe_ending(&subject.ending)))
    };
    match (&reference.ending, &subject.ending) {
        // No input may kill the engine under test, whatever it does to the reference.
        (_, Ending::Crashed(_)) => Some(difference(Kind::Crash)),
        (Ending::Crashed(note), _) => Some(Verdict::Inconclusive(Reason::ReferenceCrashed(note.clone()))),
        (Ending::TimedOut, _) => Some(Verdict::Inconclusive(Reason::ReferenceTimedOut)),
        // It may be at work on what the reference found too much.
        (Ending::OverMemory, Ending::TimedOut) => Some(over_memory(names.reference)),
        (_, Ending::TimedOut) => Some(difference(Kind::Hang)),
        _ => None,
    }
}

/// The difference if at least one loader refused the program.
fn refusals(reference: &Ending, subject: &Ending, name: &[u8]) -> Option<Difference> {
    match (reference, subject) {
        (Ending::Refused(reference), Ending::Refused(subject)) => refusal_messages(reference, subject, name),
        // Memory may run out while loading on one side and later, or never, on the other.
        (Ending::OverMemory, _) | (_, Ending::OverMemory) => None,
        (Ending::Refused(message), _) | (_, Ending::Refused(message)) => {
            let text = |ending: &Ending| match ending {
                Ending::Refused(_) => describe_ending(ending),
                _ => "accepted".into(),
            };
            let line = line_named_in(message, name);
            Some(Difference { line, ..difference(Kind::Acceptance, Place::Load, text(reference), text(subject)) })
        }
        _ => None,
    }
}

/// The difference between the messages of two refusals.
pub fn refusal_messages(reference: &[u8], subject: &[u8], name: &[u8]) -> Option<Difference> {
    if reference == subject {
        return None;
    }
    let texts = show::quoted_pair(reference, subject);
    let line = line_named_in(reference, name);
    Some(Difference { line, ..difference(Kind::Refusal, Place::Load, texts.0, texts.1) })
}

fn output(reference: &Run, subject: &Run, names: Names<'_>) -> Option<Difference> {
    let cut = |run: &Run| matches!(run.ending, Ending::OverBudget | Ending::OverMemory);
    let both_over_budget = (&reference.ending, &subject.ending) == (&Ending::OverBudget, &Ending::OverBudget);
    // Stopped after the same number of instructions, two outputs must be the same.
    if !both_over_budget {
        let reference_is_a_beginning = cut(reference) && subject.output.starts_with(&reference.output);
        let subject_is_a_beginning = cut(subject) && reference.output.starts_with(&subject.output);
        if reference_is_a_beginning || subject_is_a_beginning {
            return None;
        }
    }
    let mut found = lines(&reference.output, &subject.output, Kind::Output, Place::OutputLine)?;
    if reference.ending != subject.ending {
        found.notes.push(format!("{}: {}", names.reference, describe_ending(&reference.ending)));
        found.notes.push(format!("{}: {}", names.subject, describe_ending(&subject.ending)));
    }
    Some(found)
}

/// The first line that differs between two texts.
fn lines(reference: &[u8], subject: &[u8], kind: Kind, place: fn(usize) -> Place) -> Option<Difference> {
    if reference == subject {
        return None;
    }
    let split = |text| <[u8]>::split_inclusive(text, |byte| *byte == b'\n').collect::<Vec<&[u8]>>();
    let (reference, subject) = (split(reference), split(subject));
    let position = first_difference(&reference, &subject)?;
    let texts = match (reference.get(position), subject.get(position)) {
        (Some(reference), Some(subject)) => quoted_line_pair(reference, subject),
        (reference, subject) => (end_or_line(reference.copied()), end_or_line(subject.copied())),
    };
    let context = around(&reference, &subject, position, |_, line| show::beginning(without_end(line)));
    Some(Difference { context, ..difference(kind, place(position + 1), texts.0, texts.1) })
}

fn without_end(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\n").unwrap_or(line)
}

fn end_or_line(line: Option<&[u8]>) -> String {
    line.map_or_else(|| "(end)".into(), |line| format!("\"{}\"", show::beginning(without_end(line))))
}

/// Two lines, with their ends where these are what differs.
fn quoted_line_pair(reference: &[u8], subject: &[u8]) -> (String, String) {
    if without_end(reference) == without_end(subject) {
        show::quoted_pair(reference, subject)
    } else {
        show::quoted_pair(without_end(reference), without_end(subject))
    }
}

fn over_memory(who: &str) -> Verdict {
    Verdict::Inconclusive(Reason::Memory { who: who.to_owned() })
}

/// The verdict where a bound ended a run and nothing before that differs.
fn bounds(reference: &Run, subject: &Run, names: Names<'_>) -> Option<Verdict> {
    match (&reference.ending, &subject.ending) {
        (Ending::OverMemory, Ending::OverMemory) => Some(over_memory("both engines")),
        (Ending::OverMemory, _) => Some(over_memory(names.reference)),
        (_, Ending::OverMemory) => Some(over_memory(names.subject)),
        (Ending::OverBudget, Ending::OverBudget) if reference.instructions == subject.instructions => {
            Some(Verdict::Inconclusive(Reason::Budget))
        }
        (Ending::OverBudget, _) | (_, Ending::OverBudget) => Some(instructions(reference, subject)),
        _ => None,
    }
}

/// The difference between two ends of which each is a return, an error or an exit.
fn ends(reference: &Ending, subject: &Ending, name: &[u8]) -> Option<Difference> {
    match (reference, subject) {
        (Ending::Returned(reference), Ending::Returned(subject)) => returned(reference, subject),
        (
            Ending::Raised { value: reference, traceback: reference_traceback },
            Ending::Raised { value: subject, traceback: subject_traceback },
        ) => raised(reference, subject, name).or_else(|| {
            let found = lines(reference_traceback, subject_traceback, Kind::Traceback, Place::TracebackLine)?;
            let first = first_different_line(reference_traceback, subject_traceback);
            Some(Difference { line: line_named_in(first.trim_ascii_start(), name), ..found })
        }),
        (Ending::Raised { value, .. }, _) | (_, Ending::Raised { value, .. }) => {
            let texts = (describe_ending(reference), describe_ending(subject));
            let line = message(value).and_then(|message| line_named_in(message, name));
            Some(Difference { line, ..difference(Kind::Ending, Place::Run, texts.0, texts.1) })
        }
        (Ending::Exited(_), _) | (_, Ending::Exited(_)) if reference != subject => {
            Some(difference(Kind::Ending, Place::Run, describe_ending(reference), describe_ending(subject)))
        }
        _ => None,
    }
}

/// The reference's line where two texts first differ.
fn first_different_line<'t>(reference: &'t [u8], subject: &[u8]) -> &'t [u8] {
    let mut subject = subject.split(|byte| *byte == b'\n');
    reference.split(|byte| *byte == b'\n').find(|line| subject.next() != Some(line)).unwrap_or_default()
}

fn message(value: &Snapshot) -> Option<&[u8]> {
    match value {
        Snapshot::String(message) => Some(message),
        _ => None,
    }
}

fn returned(reference: &[Snapshot], subject: &[Snapshot]) -> Option<Difference> {
    let position = first_difference(reference, subject)?;
    Some(match (reference.get(position), subject.get(position)) {
        (Some(reference), Some(subject)) => {
            let texts = show::value_pair(reference, subject);
            difference(Kind::Returned, Place::ReturnedValue(position + 1), texts.0, texts.1)
        }
        _ => {
            let count = |values: &[Snapshot]| format!("{} ({})", values.len(), list(values));
            difference(Kind::Returned, Place::ReturnedCount, count(reference), count(subject))
        }
    })
}

fn raised(reference: &Snapshot, subject: &Snapshot, name: &[u8]) -> Option<Difference> {
    if reference == subject {
        return None;
    }
    let kind = match (reference, subject) {
        (Snapshot::String(_), Snapshot::String(_)) => Kind::ErrorMessage,
        _ => Kind::ErrorValue,
    };
    let line = [reference, subject].into_iter().find_map(|value| line_named_in(message(value)?, name));
    let texts = show::value_pair(reference, subject);
    Some(Difference { line, ..difference(kind, Place::Error, texts.0, texts.1) })
}

/// The verdict where nothing is left to compare but the counts.
fn instructions(reference: &Run, subject: &Run) -> Verdict {
    let same_end = std::mem::discriminant(&reference.ending) == std::mem::discriminant(&subject.ending);
    if reference.instructions != subject.instructions || !same_end {
        let count = |run: &Run| match run.ending {
            Ending::OverBudget => format!("over budget after {}", run.instructions),
            _ => run.instructions.to_string(),
        };
        return differ(difference(Kind::Instructions, Place::Run, count(reference), count(subject)));
    }
    let instructions = reference.instructions;
    Verdict::Agree(match reference.ending {
        Ending::Refused(_) => Agreement::Refused,
        Ending::Raised { .. } => Agreement::Raised { instructions },
        Ending::Exited(_) => Agreement::Exited { instructions },
        _ => Agreement::Returned { instructions },
    })
}

/// An ending in a few words.
fn describe_ending(ending: &Ending) -> String {
    match ending {
        Ending::Returned(values) if values.is_empty() => "returned nothing".into(),
        Ending::Returned(values) => format!("returned {}", list(values)),
        Ending::Raised { value, .. } => format!("raised {}", show::value(value)),
        Ending::Refused(message) => format!("refused: \"{}\"", show::beginning(message)),
        Ending::Exited(code) => format!("exited with {code}"),
        Ending::OverBudget => "ran out of the instruction budget".into(),
        Ending::OverMemory => "reached the memory bound".into(),
        Ending::Crashed(note) => format!("crashed: {note}"),
        Ending::TimedOut => "did not end in time".into(),
    }
}

fn list(values: &[Snapshot]) -> String {
    /// More values than these are counted, not shown.
    const SHOWN: usize = 8;
    let mut texts: Vec<String> = values.iter().take(SHOWN).map(show::value).collect();
    if values.len() > SHOWN {
        texts.push(format!("… and {} more", values.len() - SHOWN));
    }
    texts.join(", ")
}
