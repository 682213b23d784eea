//! What two observations of the same unit say: whether an engine did what the reference did.
//!
//! The reference is the measure of all others. It is judged by itself: it has to end well.

use similar::TextDiff;

use super::ending::EndingKind;
use super::execute::Observation;
use super::process::{Exit, Stream};
use crate::outcome::escaped;
use crate::report::conformance::{Assertions, CaseResult, Status};

/// How much of an output is shown, from the beginning and from the end.
const MAX_SHOWN: usize = 4096;
/// How long a difference may be that is shown.
const MAX_DIFF: usize = 16 << 10;
/// How much of each output is compared line by line: the time for that grows with the product of their lengths.
const MAX_DIFFED: usize = 1 << 20;

/// An observation, or why there is none.
pub type Run = Result<Observation, String>;

/// Judges the reference by itself.
pub fn judge_reference(run: &Run) -> CaseResult {
    let found = run.as_ref().map_err(Clone::clone).and_then(|observation| {
        let status = ending_fault(observation);
        let fault = status.or_else(|| failed(observation).then(|| (Status::Fail, failure_text(observation))));
        Ok(fault)
    });
    result(run, run, found, String::new())
}

/// Judges another engine by the reference.
pub fn judge(run: &Run, reference: &Run) -> CaseResult {
    let mut diff = String::new();
    let found = run.as_ref().map_err(Clone::clone).and_then(|observation| {
        if let Some(fault) = ending_fault(observation) {
            return Ok(Some(fault));
        }
        let reference = usable(reference)?;
        if let Some(text) = ending_difference(observation, reference) {
            return Ok(Some((Status::Fail, text)));
        }
        if observation.stdout != reference.stdout {
            diff = difference(&reference.stdout, &observation.stdout);
            return Ok(Some((Status::OutputDiffers, "standard output differs from the reference's".to_owned())));
        }
        let (executed, expected) = (assertions(observation), assertions(reference));
        if executed != expected {
            let show = |count: Option<u64>| count.map_or("an unknown number of".to_owned(), |count| count.to_string());
            let text = format!("{} assertions executed, the reference executes {}", show(executed), show(expected));
            return Ok(Some((Status::AssertionsDiffer, text)));
        }
        Ok(None)
    });
    result(run, reference, found, diff)
}

/// A reference that came to an end, to compare with.
fn usable(reference: &Run) -> Result<&Observation, String> {
    let observation = reference.as_ref().map_err(|error| format!("no reference to compare with: {error}"))?;
    match ending_fault(observation) {
        Some((_, text)) => Err(format!("no reference to compare with: there, {text}")),
        None => Ok(observation),
    }
}

/// What is wrong with how a process ended, whatever it was to do.
fn ending_fault(observation: &Observation) -> Option<(Status, String)> {
    match (observation.exit, &observation.ending) {
        (Exit::Signal(signal), _) => Some((Status::Crash, format!("killed by signal {signal}{}", name_of(signal)))),
        (Exit::TimedOut, _) => {
            let text = format!("killed after {:.1} s without an end", observation.duration.as_secs_f64());
            Some((Status::Timeout, text))
        }
        (Exit::Code(0), None) => {
            Some((Status::DidNothing, "exited with 0 without having run the file to its end".to_owned()))
        }
        (Exit::Code(0), Some(ending)) if ending.kind == EndingKind::Raised => {
            Some((Status::Fail, "exited with 0 after an error".to_owned()))
        }
        (Exit::Code(_), _) => None,
    }
}

fn failed(observation: &Observation) -> bool {
    observation.exit != Exit::Code(0)
}

/// How a failed run is described.
fn failure_text(observation: &Observation) -> String {
    let code = match observation.exit {
        Exit::Code(code) => format!("exit code {code}"),
        other => format!("{other:?}"),
    };
    match &observation.ending {
        Some(ending) if ending.kind == EndingKind::Raised => format!("{code}: {}", one_line(&ending.message)),
        Some(_) => code,
        None => match complaint(&observation.stderr).or_else(|| last_line(&observation.stderr)) {
            Some(line) => format!("{code}: {}", escaped(line)),
            None => format!("{code}, without having run the file to its end"),
        },
    }
}

/// How the ends of two runs differ, if they do.
fn ending_difference(observation: &Observation, reference: &Observation) -> Option<String> {
    let ends = |observation: &Observation| {
        let ending = observation.ending.as_ref();
        // A command's driver says nothing of an error, but the interpreter does.
        let complaint = if ending.is_none() { complaint(&observation.stderr) } else { None };
        (observation.exit, ending.map(|ending| (ending.kind, ending.message.clone())), complaint.map(<[u8]>::to_vec))
    };
    if ends(observation) == ends(reference) {
        return None;
    }
    Some(match (failed(observation), failed(reference)) {
        (true, true) => {
            format!("{}; the reference ends with {}", failure_text(observation), failure_text(reference))
        }
        (true, false) => failure_text(observation),
        (false, true) => format!("ended well; the reference ends with {}", failure_text(reference)),
        (false, false) => "one of the two engines ended in `os.exit`, the other at the end of the file".to_owned(),
    })
}

fn assertions(observation: &Observation) -> Option<u64> {
    observation.ending.as_ref().map(|ending| ending.assertions)
}

/// `Ok(None)` is a pass.
fn result(run: &Run, reference: &Run, found: Result<Option<(Status, String)>, String>, diff: String) -> CaseResult {
    let count = |run: &Run| run.as_ref().ok().and_then(assertions);
    let assertions = Assertions { executed: count(run), expected: count(reference) };
    let seconds = run.as_ref().map_or(0.0, |observation| observation.duration.as_secs_f64());
    let (status, message) = match found {
        Ok(None) => (Status::Pass, String::new()),
        Ok(Some(fault)) => fault,
        Err(error) => (Status::Broken, error),
    };
    let shown = |pick: fn(&Observation) -> &Stream| match run {
        Ok(observation) if status != Status::Pass => show(pick(observation)),
        _ => String::new(),
    };
    CaseResult {
        status,
        message,
        seconds,
        assertions,
        stdout: shown(|observation| &observation.stdout),
        stderr: shown(|observation| &observation.stderr),
        diff,
        skipped: Vec::new(),
    }
}

/// An output for people: escaped, without the middle of a long one.
fn show(stream: &Stream) -> String {
    let bytes = &stream.bytes;
    let end = bytes.len();
    let mut text = if end <= 2 * MAX_SHOWN {
        lines(bytes)
    } else {
        let head = bytes.get(..MAX_SHOWN).unwrap_or_default();
        let tail = bytes.get(end - MAX_SHOWN..).unwrap_or_default();
        format!("{}\n[… {} bytes left out …]\n{}", lines(head), end - 2 * MAX_SHOWN, lines(tail))
    };
    if stream.left_out > 0 {
        text.push_str(&format!("\n[… {} more bytes were not kept]\n", stream.left_out));
    }
    text
}

/// Bytes as text, escaped line by line.
fn lines(bytes: &[u8]) -> String {
    let lines: Vec<String> = bytes.split(|byte| *byte == b'\n').map(escaped).collect();
    lines.join("\n")
}

fn one_line(bytes: &[u8]) -> String {
    bytes.split(|byte| *byte == b'\n').map(escaped).next().unwrap_or_default()
}

/// What a stand-alone interpreter wrote of an error: the line before the last traceback, without the interpreter's name.
fn complaint(stream: &Stream) -> Option<&[u8]> {
    let mut lines = stream.bytes.split(|byte| *byte == b'\n').rev();
    lines.find(|line| *line == b"stack traceback:")?;
    let line = lines.next()?;
    let colon = line.windows(2).position(|pair| pair == b": ")?;
    line.get(colon + 2..)
}

fn last_line(stream: &Stream) -> Option<&[u8]> {
    stream.bytes.split(|byte| *byte == b'\n').rfind(|line| !line.iter().all(u8::is_ascii_whitespace))
}

/// The difference of two outputs in the unified format.
fn difference(expected: &Stream, found: &Stream) -> String {
    let text = |stream: &Stream| lines(stream.bytes.get(..MAX_DIFFED.min(stream.bytes.len())).unwrap_or_default());
    let (expected_text, found_text) = (text(expected), text(found));
    let diff = TextDiff::from_lines(&expected_text, &found_text);
    let mut shown = diff.unified_diff().header("reference", "found").to_string();
    if shown.is_empty() {
        shown = format!(
            "the first {MAX_DIFFED} bytes are equal; the lengths are {} and {}\n",
            expected.bytes.len() as u64 + expected.left_out,
            found.bytes.len() as u64 + found.left_out
        );
    }
    if shown.len() > MAX_DIFF {
        let cut = (0..=MAX_DIFF).rev().find(|&at| shown.is_char_boundary(at)).unwrap_or(0);
        shown.truncate(cut);
        shown.push_str("\n[… the rest of the difference is left out …]\n");
    }
    shown
}

fn name_of(signal: i32) -> &'static str {
    match signal {
        4 => " (SIGILL)",
        6 => " (SIGABRT)",
        7 => " (SIGBUS)",
        8 => " (SIGFPE)",
        9 => " (SIGKILL)",
        11 => " (SIGSEGV)",
        13 => " (SIGPIPE)",
        15 => " (SIGTERM)",
        _ => "",
    }
}
