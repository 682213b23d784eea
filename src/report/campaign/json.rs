//! Summaries as JSON, written and read. `docs/campaign.md` describes the document.

use std::{fs, io, path::Path};

use serde_json::Value;
use thiserror::Error;

use super::{FORMAT, Summary, VERSION};

/// What is wrong with a document.
#[derive(Debug, Error)]
pub enum Problem {
    #[error("{0}")]
    Io(io::Error),
    #[error("not JSON: {0}")]
    Syntax(serde_json::Error),
    #[error("not a campaign's summary: `format` is not \"{FORMAT}\"")]
    Format,
    #[error("version {0} of the format is not known to this lockstep, which reads version {VERSION}")]
    Version(String),
    #[error("not as the format describes: {0}")]
    Model(serde_json::Error),
}

/// The document for a summary, with a line feed at its end.
///
/// # Errors
/// When it cannot be encoded, which no summary does.
pub fn write(summary: &Summary) -> serde_json::Result<String> {
    serde_json::to_string_pretty(summary).map(|text| text + "\n")
}

/// Reads a summary from a file.
///
/// # Errors
/// When there is no such file or it holds no summary of a version that is known; the error names the file.
pub fn read(path: &Path) -> io::Result<Summary> {
    let result = fs::read(path).map_err(Problem::Io).and_then(|text| parse(&text));
    result.map_err(|problem| io::Error::other(format!("{}: {problem}", path.display())))
}

/// The summary that a document stands for. Fields that are not known are ignored.
///
/// # Errors
/// When it is no summary of a version that is known.
pub fn parse(text: &[u8]) -> Result<Summary, Problem> {
    let value: Value = serde_json::from_slice(text).map_err(Problem::Syntax)?;
    // The version decides what the fields mean, so it is looked at before them.
    if value.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return Err(Problem::Format);
    }
    match value.get("version") {
        Some(version) if version.as_u64() == Some(u64::from(VERSION)) => {}
        other => return Err(Problem::Version(other.map_or("nothing".to_owned(), Value::to_string))),
    }
    serde_json::from_value(value).map_err(Problem::Model)
}

/// Whether a file holds a campaign's summary, whatever its version, rather than something else.
pub fn is_summary(path: &Path) -> bool {
    let value = fs::read(path).ok().and_then(|text| serde_json::from_slice::<Value>(&text).ok());
    value.is_some_and(|value| value.get("format").and_then(Value::as_str) == Some(FORMAT))
}
