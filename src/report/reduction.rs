//! What a reduction has come to: a few lines for people, one JSON document for machines (`docs/reduce.md` describes it).

use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use serde::Serialize;

use crate::diagnose::reduce::measure::Measure;
use crate::diagnose::reduce::{PassCount, Reduction, Stop};
use crate::outcome::{Difference, escaped};

/// The version of the JSON format. Readers must refuse a version that they do not know.
pub const VERSION: u32 = 1;

/// A longer program is not shown in the summary for people.
const SHOWN_LINES: usize = 20;
const SHOWN_BYTES: usize = 2000;

/// What was reduced, and for what.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'s> {
    pub original: &'s Path,
    /// Where the reduced program is, if it is smaller than the original.
    pub output: &'s Path,
    pub interest: Interest<'s>,
    pub time: Duration,
    pub jobs: usize,
    pub seed: u64,
}

/// What made candidates interesting.
#[derive(Clone, Copy, Debug)]
pub enum Interest<'s> {
    /// A difference with this fingerprint, which is the original's.
    Fingerprint(&'s str),
    /// A difference like this one, which is the original's, and which no trace shows.
    Difference(&'s Difference),
    /// This command exits with 0.
    Command(&'s str),
}

/// Writes the summary for people.
///
/// # Errors
/// When it cannot be written.
pub fn text(out: &mut impl Write, setting: &Setting<'_>, reduction: &Reduction) -> io::Result<()> {
    let original = setting.original.display();
    let (before, after) = (reduction.original, reduction.measure);
    if reduction.is_smaller() {
        writeln!(out, "reduced {original} from {} to {}", size(before), size(after))?;
        writeln!(out, "written to {}", setting.output.display())?;
    } else {
        writeln!(out, "{original} could not be made smaller than its {}", size(before))?;
    }
    match setting.interest {
        Interest::Difference(difference) => {
            writeln!(out, "interesting: a difference of the kind {}, as {}", difference.kind.word(), difference.place)?;
        }
        Interest::Fingerprint(fingerprint) => writeln!(out, "interesting: the fingerprint {fingerprint}")?,
        Interest::Command(command) => writeln!(out, "interesting: exit code 0 of {command}")?,
    }
    let seconds = reduction.elapsed.as_secs_f64();
    write!(out, "{} tests in {seconds:.1} s, {:.0} per second; ", reduction.tests, rate(reduction))?;
    match reduction.stop {
        Stop::Fixpoint => writeln!(out, "nothing that was tried makes it smaller")?,
        Stop::Interrupt => writeln!(out, "interrupted, may become smaller")?,
        Stop::Time => writeln!(out, "stopped after {} s, may become smaller", setting.time.as_secs_f64())?,
    }
    if reduction.confirmed == Some(false) {
        writeln!(
            out,
            "warning: the result was not interesting when it was tested again; the test gives different answers"
        )?;
    }
    if reduction.is_smaller() && after.lines <= SHOWN_LINES && after.bytes <= SHOWN_BYTES {
        writeln!(out)?;
        for line in reduction.program.split_inclusive(|byte| *byte == b'\n') {
            writeln!(out, "    {}", escaped(line.strip_suffix(b"\n").unwrap_or(line)))?;
        }
    }
    Ok(())
}

fn size(measure: Measure) -> String {
    let plural = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    format!("{} ({})", plural(measure.lines, "line"), plural(measure.bytes, "byte"))
}

fn rate(reduction: &Reduction) -> f64 {
    reduction.tests as f64 / reduction.elapsed.as_secs_f64().max(1e-3)
}

/// The document for machines.
///
/// # Errors
/// When it cannot be encoded, which no reduction does.
pub fn json(setting: &Setting<'_>, reduction: &Reduction, exit_code: u8) -> serde_json::Result<String> {
    let interest = match setting.interest {
        Interest::Difference(difference) => InterestEntry::Difference {
            kind: difference.kind.word(),
            place: difference.place.to_string(),
            reference: &difference.reference,
            subject: &difference.subject,
        },
        Interest::Fingerprint(fingerprint) => InterestEntry::Fingerprint { fingerprint },
        Interest::Command(command) => InterestEntry::Command { command },
    };
    serde_json::to_string_pretty(&Document {
        format: "lockstep-reduction",
        version: VERSION,
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        original: ProgramEntry::new(setting.original, reduction.original),
        reduced: reduction.is_smaller().then(|| ProgramEntry::new(setting.output, reduction.measure)),
        program: escaped(&reduction.program),
        interest,
        stopped: match reduction.stop {
            Stop::Fixpoint => "fixpoint",
            Stop::Time => "time",
            Stop::Interrupt => "interrupt",
        },
        confirmed: reduction.confirmed,
        tests: reduction.tests,
        repeats: reduction.repeats,
        rounds: reduction.rounds,
        seconds: reduction.elapsed.as_secs_f64(),
        time: setting.time.as_secs_f64(),
        jobs: setting.jobs,
        seed: setting.seed,
        passes: reduction.passes.iter().map(PassEntry::from).collect(),
        exit_code,
    })
}

#[derive(Serialize)]
struct Document<'r> {
    format: &'static str,
    version: u32,
    tool: Tool,
    original: ProgramEntry,
    reduced: Option<ProgramEntry>,
    program: String,
    interest: InterestEntry<'r>,
    stopped: &'static str,
    confirmed: Option<bool>,
    tests: u64,
    repeats: u64,
    rounds: u64,
    seconds: f64,
    time: f64,
    jobs: usize,
    seed: u64,
    passes: Vec<PassEntry>,
    exit_code: u8,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct ProgramEntry {
    path: String,
    lines: usize,
    bytes: usize,
    weight: u64,
}

impl ProgramEntry {
    fn new(path: &Path, measure: Measure) -> Self {
        let path = path.display().to_string();
        Self { path, lines: measure.lines, bytes: measure.bytes, weight: measure.weight }
    }
}

#[derive(Serialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
enum InterestEntry<'r> {
    Difference { kind: &'static str, place: String, reference: &'r str, subject: &'r str },
    Fingerprint { fingerprint: &'r str },
    Command { command: &'r str },
}

#[derive(Serialize)]
struct PassEntry {
    name: &'static str,
    tests: u64,
    accepted: u64,
    bytes: i64,
}

impl From<&PassCount> for PassEntry {
    fn from(count: &PassCount) -> Self {
        let PassCount { name, tests, accepted, bytes } = *count;
        Self { name, tests, accepted, bytes }
    }
}
