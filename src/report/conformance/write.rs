//! Reports in files, in the format that the file's name asks for. It knows the writers, and nothing of what they write.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use thiserror::Error;

use super::{Report, html, json, junit, markdown};

/// What a report can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Json,
    /// JUnit XML.
    Junit,
    Markdown,
    Html,
}

impl Format {
    /// Every format with the extension that its files have.
    pub const EXTENSIONS: [(&'static str, Self); 4] =
        [("json", Self::Json), ("xml", Self::Junit), ("md", Self::Markdown), ("html", Self::Html)];

    /// The format that a file's extension asks for, if it is one of [`Self::EXTENSIONS`].
    pub fn of_path(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?;
        Self::EXTENSIONS.iter().find(|(name, _)| name.eq_ignore_ascii_case(extension)).map(|(_, format)| *format)
    }

    /// The report in this format.
    ///
    /// # Errors
    /// When the report cannot be encoded, with the reason.
    pub fn write(self, report: &Report) -> Result<String, String> {
        match self {
            Self::Json => json::write(report).map_err(|error| error.to_string()),
            Self::Junit => junit::write(report).map_err(|error| error.to_string()),
            Self::Markdown => Ok(markdown::write(report)),
            Self::Html => html::write(report).map_err(|error| error.to_string()),
        }
    }
}

/// Why a report is not in its file.
#[derive(Debug, Error)]
pub enum WriteError {
    #[error("{}: the name says no format; it must end in .json, .xml (JUnit), .md or .html", .0.display())]
    UnknownFormat(PathBuf),
    #[error("{}: {reason}", path.display())]
    Encode { path: PathBuf, reason: String },
    #[error("{}: {error}", path.display())]
    Io {
        path: PathBuf,
        #[source]
        error: io::Error,
    },
}

/// Writes a report to a file in the format of its extension. Folders that are missing are made, and a file that is there
/// is replaced.
///
/// # Errors
/// When the extension is not known, or the file cannot be written; the error names it.
pub fn write_file(report: &Report, path: &Path) -> Result<(), WriteError> {
    let format = Format::of_path(path).ok_or_else(|| WriteError::UnknownFormat(path.to_owned()))?;
    let text = format.write(report).map_err(|reason| WriteError::Encode { path: path.to_owned(), reason })?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(path, text))
        .map_err(|error| WriteError::Io { path: path.to_owned(), error })
}
