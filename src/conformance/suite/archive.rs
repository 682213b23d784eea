//! A suite's files out of an archive or a folder, each checked against the manifest.

use std::fs;
use std::io::Read;
use std::path::Path;

use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};

use super::{Files, Manifest, SuiteError};

/// More than any file of a suite has. An archive that was tampered with must not fill the memory.
const LARGEST_FILE: u64 = 16 << 20;

/// The files of a suite in a `.tar.gz` archive. `name` is what errors call the archive.
///
/// # Errors
/// When the archive or a file in it is not the one that the manifest means.
pub(super) fn read(bytes: &[u8], name: &str, manifest: &Manifest) -> Result<Files, SuiteError> {
    let found = sum(bytes);
    if found != manifest.sha256 {
        return Err(SuiteError::WrongSum { path: name.to_owned(), expected: manifest.sha256.clone(), found });
    }
    let damaged = |error: std::io::Error| SuiteError::Archive { archive: name.to_owned(), reason: error.to_string() };
    let mut files = Files::new();
    for entry in tar::Archive::new(GzDecoder::new(bytes)).entries().map_err(damaged)? {
        let mut entry = entry.map_err(damaged)?;
        let path = entry.path().map_err(damaged)?.to_string_lossy().into_owned();
        let Some(path) = path.strip_prefix(&manifest.folder).and_then(|path| path.strip_prefix('/')) else { continue };
        if !manifest.files.contains_key(path) {
            continue;
        }
        let mut content = Vec::new();
        entry.by_ref().take(LARGEST_FILE).read_to_end(&mut content).map_err(damaged)?;
        files.insert(path.to_owned(), content);
    }
    verify(files, manifest)
}

/// The files of a suite in a folder: that of the suite, or one that holds it under the name that it has in the archive.
///
/// # Errors
/// When a file is missing, cannot be read, or is not the one that the manifest means.
pub(super) fn read_folder(folder: &Path, manifest: &Manifest) -> Result<Files, SuiteError> {
    let inner = folder.join(&manifest.folder);
    let folder = if inner.is_dir() { inner.as_path() } else { folder };
    let mut files = Files::new();
    for path in manifest.files.keys() {
        let place = folder.join(path);
        match fs::File::open(&place).and_then(|file| {
            let mut content = Vec::new();
            file.take(LARGEST_FILE).read_to_end(&mut content).map(|_| content)
        }) {
            Ok(content) => drop(files.insert(path.clone(), content)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(SuiteError::Missing { path: place.display().to_string() });
            }
            Err(error) => return Err(SuiteError::Unreadable { path: place, reason: error.to_string() }),
        }
    }
    verify(files, manifest)
}

fn verify(files: Files, manifest: &Manifest) -> Result<Files, SuiteError> {
    for (path, expected) in &manifest.files {
        let Some(content) = files.get(path) else { return Err(SuiteError::Missing { path: path.clone() }) };
        let found = sum(content);
        if found != *expected {
            return Err(SuiteError::WrongSum { path: path.clone(), expected: expected.clone(), found });
        }
    }
    Ok(files)
}

/// The SHA-256 of these bytes, in hexadecimal.
pub(super) fn sum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
