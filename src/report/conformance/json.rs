//! Reports as JSON, written and read. `docs/conformance-report.md` describes the document. Whether the parts of a report fit
//! together is not for this module, except that no case may be there twice.

use std::{
    collections::HashSet,
    fs, io,
    path::{Path, PathBuf},
};

use serde_json::Value;
use thiserror::Error;

use super::{FORMAT, Report, VERSION};

/// Why a file is no report.
#[derive(Debug, Error)]
#[error("{}: {problem}", path.display())]
pub struct ReadError {
    pub path: PathBuf,
    #[source]
    pub problem: Problem,
}

/// What is wrong with a document.
#[derive(Debug, Error)]
pub enum Problem {
    #[error("{0}")]
    Io(io::Error),
    #[error("not JSON: {0}")]
    Syntax(serde_json::Error),
    #[error("not a conformance report: `format` is {0}, and not \"{FORMAT}\"")]
    Format(String),
    #[error("version {0} of the format is not known to this lockstep, which reads version {VERSION}")]
    Version(String),
    #[error("not as the format describes: {0}")]
    Model(serde_json::Error),
    #[error("the case {0} is there twice")]
    Duplicate(String),
}

/// The document for a report, with a line feed at its end.
///
/// # Errors
/// When it cannot be encoded, which no report does.
pub fn write(report: &Report) -> serde_json::Result<String> {
    serde_json::to_string_pretty(report).map(|text| text + "\n")
}

/// Reads a report from a file.
///
/// # Errors
/// When there is no such file or it holds no report of a version that is known; the error names the file.
pub fn read(path: &Path) -> Result<Report, ReadError> {
    let result = fs::read(path).map_err(Problem::Io).and_then(|text| parse(&text));
    result.map_err(|problem| ReadError { path: path.to_owned(), problem })
}

/// The report that a document stands for. Fields that are not known are ignored.
///
/// # Errors
/// When it is no report of a version that is known, or a case has two results.
pub fn parse(text: &[u8]) -> Result<Report, Problem> {
    let value: Value = serde_json::from_slice(text).map_err(Problem::Syntax)?;
    // The version decides what the fields mean, so it is looked at before them.
    match value.get("format") {
        Some(Value::String(format)) if format == FORMAT => {}
        other => return Err(Problem::Format(found(other))),
    }
    match value.get("version") {
        Some(version) if version.as_u64() == Some(u64::from(VERSION)) => {}
        other => return Err(Problem::Version(found(other))),
    }
    let report: Report = serde_json::from_value(value).map_err(Problem::Model)?;
    let mut seen = HashSet::new();
    match report.cases.iter().find(|case| !seen.insert(&case.id)) {
        Some(case) => Err(Problem::Duplicate(case.id.to_string())),
        None => Ok(report),
    }
}

fn found(value: Option<&Value>) -> String {
    match value {
        None => "missing".to_owned(),
        Some(value @ (Value::Array(_) | Value::Object(_))) => {
            format!("no single value but {}", if value.is_array() { "a list" } else { "an object" })
        }
        Some(value) => value.to_string().chars().take(80).collect(),
    }
}
