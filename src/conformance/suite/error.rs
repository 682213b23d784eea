//! Why a suite cannot be used.

use std::fmt;
use std::path::PathBuf;

/// A source that did not give the suite, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    pub source: String,
    pub reason: String,
}

impl fmt::Display for Attempt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "\n  {}: {}", self.source, self.reason)
    }
}

/// Why there is no suite.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SuiteError {
    #[error("{path}: not a suite manifest: {reason}")]
    Manifest { path: String, reason: String },
    #[error("{}: cannot read the suite: {reason}", path.display())]
    Unreadable { path: PathBuf, reason: String },
    #[error("{archive}: not an archive of the suite: {reason}")]
    Archive { archive: String, reason: String },
    #[error("{path}: the file is missing from the suite")]
    Missing { path: String },
    #[error("{path}: the file is not the one of the suite: its SHA-256 is {found}, not {expected}")]
    WrongSum { path: String, expected: String, found: String },
    #[error("{0}")]
    Source(String),
    #[error("{}: cannot keep the suite there: {reason}", path.display())]
    CacheUnwritable { path: PathBuf, reason: String },
    #[error(
        "the suite {name} was found nowhere; name a folder or an archive with --suite or LOCKSTEP_SUITE. Tried:{}",
        attempts.iter().map(Attempt::to_string).collect::<String>()
    )]
    NowhereFound { name: String, attempts: Vec<Attempt> },
}
