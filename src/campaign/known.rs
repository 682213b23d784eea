//! Fingerprints that are no news: those of a list, of an earlier campaign, or of the cases of a corpus.

use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

use crate::report::campaign::json;

/// The fingerprints in a file or a folder: a campaign's summary; a list with one in each line, where `#` begins a comment; or a
/// folder with cases of the corpus, which name theirs in their headers.
///
/// # Errors
/// When it cannot be read; the error names it.
pub fn fingerprints(path: &Path) -> io::Result<BTreeSet<String>> {
    if path.is_dir() {
        return of_folder(path);
    }
    if json::is_summary(path) {
        return Ok(json::read(path)?.findings.into_iter().map(|finding| finding.fingerprint).collect());
    }
    let text = fs::read_to_string(path).map_err(|error| about(path, error))?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    Ok(lines.map(str::to_owned).collect())
}

fn of_folder(folder: &Path) -> io::Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).map_err(|error| about(folder, error))? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(of_folder(&path)?);
            continue;
        }
        let bytes = fs::read(&path).map_err(|error| about(&path, error))?;
        let text = String::from_utf8_lossy(&bytes);
        let headers = text.lines().filter_map(|line| line.strip_prefix("-- fingerprint: "));
        found.extend(headers.map(|fingerprint| fingerprint.trim_end().to_owned()));
    }
    Ok(found)
}

fn about(path: &Path, error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
