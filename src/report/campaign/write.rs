//! Summaries in files, in the format that the file's name asks for. It knows the writers, and nothing of what they write.

use std::{fs, io, path::Path};

use super::{Summary, html, json, markdown, text};

/// What a summary can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Json,
    Text,
    Markdown,
    Html,
}

impl Format {
    /// Every format with the extension that its files have.
    pub const EXTENSIONS: [(&'static str, Self); 4] =
        [("json", Self::Json), ("txt", Self::Text), ("md", Self::Markdown), ("html", Self::Html)];

    /// The format that a file's extension asks for, if it is one of [`Self::EXTENSIONS`].
    pub fn of_path(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?;
        Self::EXTENSIONS.iter().find(|(name, _)| name.eq_ignore_ascii_case(extension)).map(|(_, format)| *format)
    }

    /// The summary in this format.
    ///
    /// # Errors
    /// When it cannot be encoded, which no summary does.
    pub fn write(self, summary: &Summary) -> io::Result<String> {
        Ok(match self {
            Self::Json => json::write(summary)?,
            Self::Text => text::write(summary),
            Self::Markdown => markdown::write(summary),
            Self::Html => html::write(summary),
        })
    }
}

/// Writes a summary to a file in the format of its extension. Folders that are missing are made, and a file that is there is
/// replaced.
///
/// # Errors
/// When the extension is not known, or the file cannot be written; the error names it.
pub fn write_file(summary: &Summary, path: &Path) -> io::Result<()> {
    let about = |what: String| io::Error::other(format!("{}: {what}", path.display()));
    let format = Format::of_path(path).ok_or_else(|| {
        about("the name says no format for a campaign; it must end in .json, .txt, .md or .html".to_owned())
    })?;
    let text = format.write(summary)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(path, text))
        .map_err(|error| about(error.to_string()))
}
