//! The parts of the suite's files that the files themselves skip where there are no C libraries and no internal `T` library.
//!
//! The table is written by hand. What it says of a file is checked against the pristine text: each part names the text of its
//! first and of its last line.

use std::io;
use std::path::Path;

use serde::Deserialize;

use super::store;
use super::suite::Suite;
use crate::report::conformance::SkippedPart;

/// A part of a file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    file: String,
    /// The numbers of the first and of the last line.
    lines: [usize; 2],
    /// What these lines contain.
    first: String,
    last: String,
    reason: String,
}

/// All parts that are skipped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Skipped {
    #[serde(default, rename = "part")]
    parts: Vec<Part>,
}

impl Skipped {
    /// Reads a file; nothing is skipped if there is none.
    ///
    /// # Errors
    /// When it cannot be read or is not what it should be.
    pub fn read(path: &Path) -> io::Result<Self> {
        store::read(path)
    }

    /// What a file skips.
    pub fn of(&self, file: &str) -> Vec<SkippedPart> {
        let parts = self.parts.iter().filter(|part| part.file == file);
        parts
            .map(|part| {
                let [first, last] = part.lines;
                let lines = if first == last { first.to_string() } else { format!("{first}-{last}") };
                SkippedPart { lines, reason: part.reason.clone() }
            })
            .collect()
    }

    /// Where the table does not fit the suite.
    pub fn faults(&self, suite: &Suite) -> Vec<String> {
        let mut faults = Vec::new();
        for part in &self.parts {
            let [first, last] = part.lines;
            let place = format!("{}:{first}-{last}", part.file);
            let Some(content) = suite.content(&part.file) else {
                faults.push(format!("{place}: the suite has no such file"));
                continue;
            };
            let text = String::from_utf8_lossy(content);
            let line =
                |number: usize| number.checked_sub(1).and_then(|index| text.lines().nth(index)).unwrap_or_default();
            if first > last || !line(first).contains(&part.first) || !line(last).contains(&part.last) {
                faults.push(format!("{place}: the lines are not `{}` to `{}`", part.first, part.last));
            }
            if part.reason.trim().is_empty() || part.first.is_empty() || part.last.is_empty() {
                faults.push(format!("{place}: a reason or the text of a line is missing"));
            }
        }
        faults
    }
}
