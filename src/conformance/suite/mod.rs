//! The official suite: found, verified, and copied to where it is run.
//!
//! Whatever the source, every file is checked against the manifest before anything uses it. Nothing here knows what is done
//! with the files.

mod archive;
mod error;
mod manifest;
mod source;

pub use error::{Attempt, SuiteError};
pub use manifest::{Manifest, Source};

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::report::conformance::SuiteInfo;

/// The files of a suite by their paths in it.
type Files = BTreeMap<String, Vec<u8>>;

/// A suite in which every file is what the manifest says.
#[derive(Clone, Debug)]
pub struct Suite {
    files: Files,
    folders: Vec<String>,
    pub info: SuiteInfo,
}

impl Suite {
    /// The files' paths in the suite, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The content of a file; nothing if there is no such file.
    pub fn content(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    /// Writes the whole suite, with its empty folders, into a folder that exists.
    ///
    /// # Errors
    /// When a file or folder cannot be written.
    pub fn copy_to(&self, target: &Path) -> std::io::Result<()> {
        for folder in &self.folders {
            fs::create_dir_all(target.join(folder))?;
        }
        for (path, content) in &self.files {
            let place = target.join(path);
            if let Some(parent) = place.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(place, content)?;
        }
        Ok(())
    }
}

/// Where to look for a suite.
#[derive(Clone, Debug)]
pub struct Search {
    /// A folder or an archive that the user named. If there is one, nothing else is looked at.
    pub given: Option<PathBuf>,
    /// The folder that suites are kept in once they were found; see [`cache_folder`].
    pub cache: PathBuf,
}

/// What happens while a suite is looked for, for whoever wants to tell the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// What is in the cache is not what the manifest says, and is replaced.
    CacheDamaged(String),
    /// A source is about to be tried.
    Trying(String),
    /// The suite was found there, is verified, and was put into the cache.
    Fetched { source: String, place: PathBuf },
}

/// Finds the suite: where the user says it is; else in the cache; else at the sources of the manifest, in their order, and then
/// puts it into the cache.
///
/// # Errors
/// When what was given, or every source, is missing or is not what the manifest says. The error lists all that was tried.
pub fn provide(manifest: &Manifest, search: &Search, tell: &mut dyn FnMut(Event)) -> Result<Suite, SuiteError> {
    if let Some(path) = &search.given {
        return given(manifest, path);
    }
    let place = search.cache.join(&manifest.sha256);
    if place.is_dir() {
        match archive::read_folder(&place, manifest) {
            Ok(files) => return Ok(suite(manifest, files, format!("cache ({})", place.display()))),
            Err(error) => tell(Event::CacheDamaged(error.to_string())),
        }
    }
    fetch(manifest, search, tell)
}

/// Finds the suite at the sources of the manifest, whatever the cache holds, and puts it into the cache.
///
/// # Errors
/// As [`provide`].
pub fn fetch(manifest: &Manifest, search: &Search, tell: &mut dyn FnMut(Event)) -> Result<Suite, SuiteError> {
    let place = search.cache.join(&manifest.sha256);
    let mut attempts = Vec::new();
    for source in &manifest.sources {
        let name = source.to_string();
        tell(Event::Trying(name.clone()));
        let found = source::download(source).and_then(|bytes| archive::read(&bytes, &name, manifest));
        match found {
            Ok(files) => {
                let suite = suite(manifest, files, name.clone());
                keep(&suite, &place)?;
                tell(Event::Fetched { source: name, place });
                return Ok(suite);
            }
            Err(error) => attempts.push(Attempt { source: name, reason: error.to_string() }),
        }
    }
    Err(SuiteError::NowhereFound { name: manifest.name.clone(), attempts })
}

fn given(manifest: &Manifest, path: &Path) -> Result<Suite, SuiteError> {
    let unreadable =
        |error: std::io::Error| SuiteError::Unreadable { path: path.to_owned(), reason: error.to_string() };
    let files = if fs::metadata(path).map_err(unreadable)?.is_dir() {
        archive::read_folder(path, manifest)?
    } else {
        archive::read(&fs::read(path).map_err(unreadable)?, &path.display().to_string(), manifest)?
    };
    Ok(suite(manifest, files, path.display().to_string()))
}

fn suite(manifest: &Manifest, files: Files, source: String) -> Suite {
    let info = SuiteInfo { name: manifest.name.clone(), sha256: manifest.sha256.clone(), source };
    Suite { files, folders: manifest.folders.clone(), info }
}

/// Puts a suite into the cache: under another name first, so that no run ever sees half of one.
fn keep(suite: &Suite, place: &Path) -> Result<(), SuiteError> {
    let failed =
        |error: std::io::Error| SuiteError::CacheUnwritable { path: place.to_owned(), reason: error.to_string() };
    let parent = place.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(failed)?;
    let unfinished = tempfile::Builder::new().prefix("unfinished-").tempdir_in(parent).map_err(failed)?;
    suite.copy_to(unfinished.path()).map_err(failed)?;
    if place.exists() {
        fs::remove_dir_all(place).map_err(failed)?;
    }
    match fs::rename(unfinished.path(), place) {
        Ok(()) => {
            // It has its final name: there is nothing left to remove.
            let _ = unfinished.keep();
            Ok(())
        }
        // Another run was faster, with the same files.
        Err(_) if place.is_dir() => Ok(()),
        Err(error) => Err(failed(error)),
    }
}

/// The folder for suites that were found: `LOCKSTEP_CACHE`, or `lockstep` in the user's cache folder (XDG Base Directory
/// Specification), with `suites` in it. Nothing if neither that nor a home folder is known.
pub fn cache_folder() -> Option<PathBuf> {
    let named = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let cache = named("LOCKSTEP_CACHE")
        .or_else(|| named("XDG_CACHE_HOME").map(|cache| cache.join("lockstep")))
        .or_else(|| named("HOME").map(|home| home.join(".cache/lockstep")))?;
    Some(cache.join("suites"))
}

#[cfg(test)]
mod tests;
