//! What two observations of the same unit say: whether an engine did what the reference did.
//!
//! The reference is the measure of all others. It is judged by itself: it has to end well.

use similar::TextDiff;

use super::ending::EndingKind;
use super::execute::Observation;
use crate::outcome::escaped;
use crate::process::{Exit, Stream};
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
    let found = run.as_ref().map_err(Clone::clone).map(|observation| {
        ending_fault(observation).or_else(|| failed(observation).then(|| (Status::Fail, failure_text(observation))))
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
        // An error that is `nil` has none.
        Some(ending) if !ending.message.is_empty() => format!("{code}: {}", one_line(&ending.message)),
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
        message,
        seconds,
        assertions,
        stdout: shown(|observation| &observation.stdout),
        stderr: shown(|observation| &observation.stderr),
        diff,
        ..CaseResult::of(status)
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::ending::Ending;
    use super::*;

    fn observation(exit: Exit, ending: Option<(EndingKind, &str)>, stdout: &[u8], stderr: &[u8]) -> Observation {
        let stream = |bytes: &[u8]| Stream { bytes: bytes.to_vec(), left_out: 0 };
        Observation {
            exit,
            ending: ending.map(|(kind, message)| Ending { kind, assertions: 5, message: message.into() }),
            stdout: stream(stdout),
            stderr: stream(stderr),
            duration: Duration::from_millis(1500),
        }
    }

    fn good() -> Observation {
        observation(Exit::Code(0), Some((EndingKind::Returned, "")), b"out\n", b"")
    }

    fn raised(message: &str) -> Observation {
        observation(Exit::Code(1), Some((EndingKind::Raised, message)), b"out\n", b"")
    }

    #[test]
    fn an_engine_has_to_fail_as_the_reference_does() {
        let status = |run: Observation, reference: Observation| judge(&Ok(run), &Ok(reference)).status;
        assert_eq!(status(raised("x:1: a"), raised("x:1: a")), Status::Pass);
        assert_eq!(status(raised("x:1: a"), raised("x:2: a")), Status::Fail);
        assert_eq!(status(raised("a"), good()), Status::Fail);
        assert_eq!(status(good(), raised("a")), Status::Fail);
        let exited = observation(Exit::Code(0), Some((EndingKind::Exited, "")), b"out\n", b"");
        assert_eq!(status(exited.clone(), exited.clone()), Status::Pass);
        assert_eq!(status(good(), exited), Status::Fail);
    }

    #[test]
    fn a_command_that_raises_is_compared_by_what_its_interpreter_says() {
        let said = |text: &str| observation(Exit::Code(1), None, b"", text.as_bytes());
        let status = |run: &str, reference: &str| judge(&Ok(said(run)), &Ok(said(reference))).status;
        let reference = "lua: x:1: no\nstack traceback:\n\t[C]: ?\n";
        assert_eq!(status("/opt/lua5.1: x:1: no\nstack traceback:\n\tx\n", reference), Status::Pass);
        assert_eq!(status("..lua: x:2: no\nstack traceback:\n\t[C]: ?\n", reference), Status::Fail);
        assert_eq!(status("", reference), Status::Fail);
        assert_eq!(judge(&Ok(said(reference)), &Ok(good())).message, "exit code 1: x:1: no");
    }

    #[test]
    fn the_reference_has_to_end_well() {
        assert_eq!(judge_reference(&Ok(good())).status, Status::Pass);
        let failed = judge_reference(&Ok(raised("x:1: a\nb")));
        assert_eq!((failed.status, failed.message.as_str()), (Status::Fail, "exit code 1: x:1: a"));
        assert_eq!(judge_reference(&Ok(raised(""))).message, "exit code 1");
        assert_eq!(judge_reference(&Err("no room".into())).status, Status::Broken);
    }

    #[test]
    fn without_a_result_of_the_reference_nothing_can_be_said() {
        for reference in [Err("no room".to_owned()), Ok(observation(Exit::TimedOut, None, b"", b""))] {
            let result = judge(&Ok(good()), &reference);
            assert_eq!(result.status, Status::Broken);
            assert!(result.message.starts_with("no reference to compare with"), "{}", result.message);
        }
        // What an engine does by itself is seen all the same.
        let dead = observation(Exit::Signal(6), None, b"", b"");
        assert_eq!(judge(&Ok(dead), &Err("no room".to_owned())).message, "killed by signal 6 (SIGABRT)");
    }

    #[test]
    fn long_outputs_and_differences_are_cut() {
        let long = b"a line of output\n".repeat(200_000);
        let result = judge(&Ok(observation(Exit::Code(0), Some((EndingKind::Returned, "")), &long, b"")), &Ok(good()));
        assert_eq!(result.status, Status::OutputDiffers);
        assert!(result.diff.len() < MAX_DIFF + 100 && result.diff.ends_with("left out …]\n"), "{}", result.diff.len());
        assert!(result.stdout.len() < 3 * MAX_SHOWN && result.stdout.contains("bytes left out"));

        let mut other = long.clone();
        other.extend_from_slice(b"more\n");
        let with = |stdout: &[u8]| Ok(observation(Exit::Code(0), Some((EndingKind::Returned, "")), stdout, b""));
        assert!(judge(&with(&other), &with(&long)).diff.contains("the first 1048576 bytes are equal"));
    }

    #[test]
    fn what_is_no_text_is_escaped() {
        let other = observation(Exit::Code(0), Some((EndingKind::Returned, "")), b"\x1b[31m\0\xff\n", b"");
        let result = judge(&Ok(other), &Ok(good()));
        assert!(
            result.stdout.chars().all(|character| character == '\n' || !character.is_control()),
            "{:?}",
            result.stdout
        );
        assert!(result.diff.contains("-out\n"), "{}", result.diff);
    }
}
