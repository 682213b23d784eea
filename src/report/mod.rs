//! What a batch of judgements found: the model, and its writers. [`text`] is for people, [`json`] for machines. What a
//! conformance run found is in [`conformance`], what a campaign found in [`campaign`], what a reduction came to in [`reduction`].
//!
//! A writer takes the model and writes; it judges nothing and reads no file.

pub mod campaign;
pub mod conformance;
pub mod finding;
mod html;
pub mod json;
pub mod reduction;
pub mod replay;
pub mod text;
pub mod trace;
pub mod triage;
mod visible;

use std::{collections::BTreeMap, path::PathBuf, time::Duration};

use crate::{
    engine::Program,
    outcome::{Agreement, Reason, Verdict, escaped},
};

use trace::Diagnosed;

/// What was found about one file.
#[derive(Clone, Debug, PartialEq)]
pub struct FileReport {
    pub path: PathBuf,
    pub finding: Finding,
    /// What more is known of a difference, if somebody asked.
    pub diagnosed: Option<Diagnosed>,
}

/// The verdict about a file, or why there is none.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    Judged {
        verdict: Verdict,
        /// The text of the source line where a difference lies, escaped, if the line is known and there.
        source_line: Option<String>,
    },
    /// The harness could not do its job here: the file cannot be read, or no process started.
    Failed(String),
}

impl FileReport {
    /// The report about a program that was judged.
    pub fn judged(path: PathBuf, program: &Program, verdict: Verdict) -> Self {
        let source_line = match &verdict {
            Verdict::Differ(difference) => difference.line.and_then(|line| source_line(&program.chunk, line)),
            Verdict::Agree(_) | Verdict::Inconclusive(_) => None,
        };
        Self { path, finding: Finding::Judged { verdict, source_line }, diagnosed: None }
    }

    /// Whether the engines differ over the file.
    pub fn differs(&self) -> bool {
        matches!(self.finding, Finding::Judged { verdict: Verdict::Differ(_), .. })
    }

    /// The report about a file that could not be judged.
    pub fn failed(path: PathBuf, message: String) -> Self {
        Self { path, finding: Finding::Failed(message), diagnosed: None }
    }
}

/// Line `number`, from 1, of a source text.
fn source_line(chunk: &[u8], number: u32) -> Option<String> {
    let index = usize::try_from(number.checked_sub(1)?).ok()?;
    let line = chunk.split(|byte| *byte == b'\n').nth(index)?;
    Some(escaped(line.strip_suffix(b"\r").unwrap_or(line)))
}

/// Counts over a batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Programs that returned, or called `os.exit`.
    pub returned: usize,
    pub raised: usize,
    pub refused: usize,
    pub compiled: usize,
    pub differ: usize,
    /// The fingerprints of what differs, with the number of files that show each.
    pub fingerprints: BTreeMap<String, usize>,
    pub inconclusive: BTreeMap<&'static str, usize>,
    pub failed: usize,
    pub elapsed: Duration,
}

impl Summary {
    /// Counts a report.
    pub fn add(&mut self, report: &FileReport) {
        if let Some(Diagnosed::Found(summary)) = &report.diagnosed {
            *self.fingerprints.entry(summary.fingerprint.clone()).or_default() += 1;
        }
        match &report.finding {
            Finding::Failed(_) => self.failed += 1,
            Finding::Judged { verdict, .. } => match verdict {
                Verdict::Agree(Agreement::Returned { .. } | Agreement::Exited { .. }) => self.returned += 1,
                Verdict::Agree(Agreement::Raised { .. }) => self.raised += 1,
                Verdict::Agree(Agreement::Refused) => self.refused += 1,
                Verdict::Agree(Agreement::Compiled) => self.compiled += 1,
                Verdict::Differ(_) => self.differ += 1,
                Verdict::Inconclusive(reason) => *self.inconclusive.entry(Reason::word(reason)).or_default() += 1,
            },
        }
    }

    /// How many agree, whatever they agree on.
    pub fn agree(&self) -> usize {
        self.returned + self.raised + self.refused + self.compiled
    }

    /// How many are inconclusive, for whatever reason.
    pub fn inconclusive(&self) -> usize {
        self.inconclusive.values().sum()
    }

    /// The process's exit code: 2 if the harness failed anywhere or there was nothing to judge, 1 if anything differs,
    /// 125 if everything is inconclusive, 0 otherwise.
    pub fn exit_code(&self) -> u8 {
        if self.failed > 0 || self.agree() + self.differ + self.inconclusive() == 0 {
            2
        } else if self.differ > 0 {
            1
        } else if self.agree() == 0 {
            125
        } else {
            0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exit_codes_follow_the_counts() {
        let code = |agree, differ, inconclusive, failed| {
            let inconclusive = BTreeMap::from([("budget", inconclusive)]);
            Summary { returned: agree, differ, inconclusive, failed, ..Summary::default() }.exit_code()
        };
        assert_eq!(code(0, 0, 0, 0), 2);
        assert_eq!(code(1, 0, 0, 0), 0);
        assert_eq!(code(1, 0, 1, 0), 0);
        assert_eq!(code(1, 1, 1, 0), 1);
        assert_eq!(code(0, 1, 1, 0), 1);
        assert_eq!(code(0, 0, 1, 0), 125);
        assert_eq!(code(1, 1, 1, 1), 2);
    }

    #[test]
    fn source_lines_are_found_and_escaped() {
        let chunk = b"one\r\n\ttwo\xff\n\nfour";
        let lines: Vec<_> = (0..6).map(|number| source_line(chunk, number)).collect();
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(lines, [None, text("one"), text("\\ttwo\\xff"), text(""), text("four"), None]);
    }
}
