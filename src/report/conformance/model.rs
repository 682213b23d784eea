//! The model of a conformance report. What is written down here is a contract with whoever reads reports.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The value of `format` in every report.
pub const FORMAT: &str = "lockstep-conformance";

/// The version of the model. A reader must refuse a version that it does not know, and ignore fields that it does not know.
pub const VERSION: u32 = 1;

/// Everything that one run, or several joined ones, found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Always [`FORMAT`].
    pub format: String,
    /// Always [`VERSION`].
    pub version: u32,
    pub environment: Environment,
    /// The suite that was run, if one was.
    pub suite: Option<SuiteInfo>,
    pub engines: Vec<EngineInfo>,
    /// Which part of the plan this is; nothing if it is all of it.
    pub shard: Option<Shard>,
    /// Every case of the whole plan, over all shards, sorted. What is here and not in `cases` is missing.
    pub plan: Vec<CaseId>,
    /// The results, sorted by id.
    pub cases: Vec<Case>,
    /// The rules that changed scratch copies of the suite's files.
    pub adaptations: Vec<Adaptation>,
    /// How long the run took by the wall clock, in seconds. The sum over the parts for a joined report.
    pub seconds: f64,
}

/// Where a run took place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Environment {
    /// The version of lockstep.
    pub lockstep: String,
    /// The reference's version, such as `Lua 5.1.5`.
    pub reference: String,
    /// The commit that was tested, if known.
    pub commit: Option<String>,
    pub os: String,
    pub architecture: String,
    pub cores: usize,
    pub jobs: usize,
    /// When the run began, in seconds since 1970 (UTC).
    pub started: u64,
}

/// The official suite as it was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuiteInfo {
    pub name: String,
    /// The SHA-256 of the archive, in hexadecimal.
    pub sha256: String,
    /// Where it came from: an address, a path, a package.
    pub source: String,
}

/// An engine that took part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngineInfo {
    /// As in the ids of cases: `ferrous`, `reference`, or the name of a command.
    pub name: String,
    /// What it says of its version.
    pub version: String,
    /// The command that was run, if it is not linked in.
    pub command: Option<String>,
}

/// A part of the plan: shard `index` of `count`, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shard {
    pub index: usize,
    pub count: usize,
}

/// The name of a case: `collection/file/mode/engine`, such as `official/strings.lua/source/ferrous`. Everything between the first and
/// the last two parts is the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CaseId(pub String);

impl CaseId {
    /// The collection that it names.
    pub fn collection(&self) -> &str {
        self.0.split('/').next().unwrap_or_default()
    }

    /// The engine that it names.
    pub fn engine(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }
}

impl fmt::Display for CaseId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// How a file is given to an engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// As source text.
    Source,
    /// Compiled, through `string.dump` and back.
    Dump,
    /// Compiled by the reference, and run as a binary chunk.
    ReferenceCompiled,
}

impl Mode {
    /// Every mode, in the order in which they are listed.
    pub const ALL: [Self; 3] = [Self::Source, Self::Dump, Self::ReferenceCompiled];

    /// As in ids and in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Dump => "dump",
            Self::ReferenceCompiled => "reference-compiled",
        }
    }
}

/// One file in one mode on one engine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Case {
    pub id: CaseId,
    /// `official` or `programs`.
    pub collection: String,
    /// The file's path in its collection.
    pub file: String,
    pub mode: Mode,
    pub engine: String,
    /// The section of the reference manual that a program covers, such as `5.4.1`.
    pub section: Option<String>,
    pub result: CaseResult,
    pub expectation: Option<Expectation>,
    pub verdict: Verdict,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseResult {
    pub status: Status,
    /// One line for people: why it is not a pass. Empty for a pass.
    pub message: String,
    /// How long the case took by the wall clock, in seconds.
    pub seconds: f64,
    pub assertions: Assertions,
    /// What it wrote, normalised and escaped; the middle is left out of long texts. Empty for a pass.
    pub stdout: String,
    pub stderr: String,
    /// The difference to the reference's output, in the unified format. Empty if there is none.
    pub diff: String,
    /// What the file itself leaves out in this run.
    pub skipped: Vec<SkippedPart>,
}

impl CaseResult {
    /// A result of which there is no more to say than its status.
    pub fn of(status: Status) -> Self {
        Self {
            status,
            message: String::new(),
            seconds: 0.0,
            assertions: Assertions::default(),
            stdout: String::new(),
            stderr: String::new(),
            diff: String::new(),
            skipped: Vec::new(),
        }
    }
}

/// How many calls of `assert` were made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assertions {
    /// By this engine; nothing if they could not be counted.
    pub executed: Option<u64>,
    /// By the reference in the same case.
    pub expected: Option<u64>,
}

/// How a case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It ended as the reference does, having done as much.
    Pass,
    /// It ended in another way than the reference: with another error or with none, or with another exit code.
    Fail,
    /// It ended well, and printed something else than the reference.
    OutputDiffers,
    /// It ended well, and executed another number of assertions than the reference.
    AssertionsDiffer,
    /// It exited with 0 without having run the file to its end.
    DidNothing,
    /// It was killed by a signal.
    Crash,
    /// It was killed when its time was over.
    Timeout,
    /// The harness could not run it, or has no run of the reference to compare it with.
    Broken,
}

impl Status {
    /// Every status, in the order in which tables show them.
    pub const ALL: [Self; 8] = [
        Self::Pass,
        Self::Fail,
        Self::OutputDiffers,
        Self::AssertionsDiffer,
        Self::DidNothing,
        Self::Crash,
        Self::Timeout,
        Self::Broken,
    ];

    /// As in reports and expectations.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::OutputDiffers => "output-differs",
            Self::AssertionsDiffer => "assertions-differ",
            Self::DidNothing => "did-nothing",
            Self::Crash => "crash",
            Self::Timeout => "timeout",
            Self::Broken => "broken",
        }
    }
}

/// A part of a file that the file itself skips.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SkippedPart {
    /// The lines, such as `12-40`.
    pub lines: String,
    pub reason: String,
}

/// What is expected of a case that is not expected to pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expectation {
    pub status: Status,
    pub reason: String,
    /// An address or a note that says more.
    pub link: Option<String>,
}

/// Whether a result is what was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It passed, and was expected to.
    Passed,
    /// It did not pass, in the way that was expected.
    ExpectedFailure,
    /// It did not pass, or not in the way that was expected.
    Failed,
    /// It passed, and was expected not to.
    UnexpectedPass,
}

impl Verdict {
    /// Whether the run as a whole can still be a success.
    pub fn is_good(self) -> bool {
        matches!(self, Self::Passed | Self::ExpectedFailure)
    }

    /// Judges a status by what is expected; without an expectation, a pass is.
    pub fn of(status: Status, expectation: Option<&Expectation>) -> Self {
        match expectation {
            None if status == Status::Pass => Self::Passed,
            None => Self::Failed,
            Some(_) if status == Status::Pass => Self::UnexpectedPass,
            Some(expectation) if expectation.status == status => Self::ExpectedFailure,
            Some(_) => Self::Failed,
        }
    }
}

/// A named rule that changed the scratch copy of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adaptation {
    pub name: String,
    /// The file that it changes.
    pub file: String,
    pub reason: String,
    /// The lines that it changes, before and after.
    pub change: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_json() {
        for status in Status::ALL {
            assert_eq!(serde_json::to_value(status).ok(), Some(status.as_str().into()));
        }
        for mode in Mode::ALL {
            assert_eq!(serde_json::to_value(mode).ok(), Some(mode.as_str().into()));
        }
    }
}
