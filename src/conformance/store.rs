//! Files of the conformance folder: TOML with a head of comments, absent where there is nothing to say.

use std::fmt::Display;
use std::fs;
use std::io;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Reads a file; what is not there is the default.
///
/// # Errors
/// When it cannot be read or is not what it should be; the message names it.
pub fn read<T: DeserializeOwned + Default>(path: &Path) -> io::Result<T> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(T::default()),
        Err(error) => return Err(wrong(path, error)),
    };
    toml::from_str(&text).map_err(|error| wrong(path, error))
}

/// Writes a file, with comments before it.
///
/// # Errors
/// When it cannot be written; the message names it.
pub fn write<T: Serialize>(path: &Path, head: &str, content: &T) -> io::Result<()> {
    let text = toml::to_string(content).map_err(|error| wrong(path, error))?;
    fs::write(path, format!("{head}{text}")).map_err(|error| wrong(path, error))
}

/// An error about a file.
pub fn wrong(path: &Path, what: impl Display) -> io::Error {
    io::Error::other(format!("{}: {what}", path.display()))
}
