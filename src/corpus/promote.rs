//! A finding moved into the corpus. Whether it still shows anything is not asked: a case comes first, then the fix.

use std::path::{Path, PathBuf};
use std::{fs, io};

use thiserror::Error;

use super::{CorpusError, Header, Regression, find};
use crate::fuzz::FileKind;

/// What is to be said of the case from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promotion {
    /// Its name, if it is to have another.
    pub name: Option<String>,
    /// What it shows, if that is better said in other words.
    pub shows: Option<String>,
    /// Since when the engines must agree: a date.
    pub since: String,
}

/// Why a finding is not moved.
#[derive(Debug, Error)]
pub enum PromoteError {
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    #[error("{}: it has no header, so nobody could say what it shows", .0.display())]
    NoHeader(PathBuf),
    #[error("{}: a case with this fingerprint is there already: {}", .0.display(), .1.display())]
    Known(PathBuf, PathBuf),
    #[error("{name}: not a name for a file: letters, digits, `-` and `_` make one")]
    Name { name: String },
    #[error("{}: the case is written, but the finding cannot be removed: {error}", path.display())]
    NotRemoved { path: PathBuf, error: io::Error },
}

/// Moves a finding into a folder of the corpus. Gives the path of the case.
///
/// # Errors
/// A finding that cannot be read or has no header, one whose fingerprint is in the folder already, a name that is taken.
pub fn promote(finding: &Path, folder: &Path, promotion: &Promotion) -> Result<PathBuf, PromoteError> {
    let Regression { name, header, file, not_for } = Regression::read(finding)?;
    let old = header.ok_or_else(|| PromoteError::NoHeader(finding.to_owned()))?;
    let name = promotion.name.clone().unwrap_or(name);
    if name.is_empty() || !name.chars().all(|character| character.is_ascii_alphanumeric() || "-_".contains(character)) {
        return Err(PromoteError::Name { name });
    }
    if folder.exists() {
        for path in find(folder)? {
            if Regression::read(&path)?.header.is_some_and(|header| header.fingerprint == old.fingerprint) {
                return Err(PromoteError::Known(finding.to_owned(), path));
            }
        }
    }
    let header = Header {
        shows: promotion.shows.clone().unwrap_or_else(|| old.shows.clone()),
        since: promotion.since.clone(),
        ..old.clone()
    };
    let path = match file.kind {
        FileKind::Source if Header::of_source(&file.bytes).is_ok_and(|inside| inside.is_some()) => {
            let bytes = with_other_header(&file.bytes, &header, &name);
            Regression { name, header: Some(header), file: crate::fuzz::InputFile { bytes, ..file }, not_for }
                .write(folder)?
        }
        _ => Regression { name, header: Some(header), file, not_for }.write(folder)?,
    };
    for old in [finding.to_owned(), finding.with_extension("toml")] {
        match fs::remove_file(&old) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(PromoteError::NotRemoved { path: old, error });
            }
            _ => {}
        }
    }
    Ok(path)
}

/// A Lua file with its header replaced: each line by one, so that the lines below keep their numbers.
fn with_other_header(source: &[u8], header: &Header, name: &str) -> Vec<u8> {
    let lines = header.lines(name);
    let rest = source.split_inclusive(|byte| *byte == b'\n').skip(lines.lines().count());
    [lines.as_bytes(), &rest.collect::<Vec<_>>().concat()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fuzz::InputFile;

    fn promotion() -> Promotion {
        Promotion { name: None, shows: None, since: "2026-11-21".into() }
    }

    fn finding(folder: &Path, name: &str, fingerprint: &str, kind: FileKind) -> PathBuf {
        let header = Header {
            shows: "to be said".into(),
            oracle: "parse".into(),
            seed: Some(7),
            fingerprint: fingerprint.into(),
            since: "not yet".into(),
            chunk_name: None,
        };
        let bytes = if kind == FileKind::Chunk { b"\x1bLua".to_vec() } else { b"local a\nreturn a\n".to_vec() };
        let file = InputFile { kind, bytes, chunk_name: None };
        Regression::with_header(name.into(), header, file).write(folder).expect("written")
    }

    #[test]
    fn a_finding_is_moved_with_what_is_said_of_it() {
        let (from, to) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        let source = finding(from.path(), "one", "parse: one", FileKind::Source);
        let other = Promotion { name: Some("other".into()), shows: Some("a local".into()), ..promotion() };
        let path = promote(&source, to.path(), &other).expect("moved");
        assert!(path.ends_with("other.lua") && !source.exists());
        let text = fs::read_to_string(&path).expect("read");
        assert_eq!(
            text,
            "-- regression: other\n-- shows: a local\n-- oracle: parse\n-- seed: 0x0000000000000007\n\
             -- fingerprint: parse: one\n-- since: 2026-11-21\nlocal a\nreturn a\n"
        );
        let chunk = finding(from.path(), "two", "parse: two", FileKind::Chunk);
        let path = promote(&chunk, to.path(), &promotion()).expect("moved");
        let moved = Regression::read(&path).expect("read");
        assert_eq!(moved.header.map(|header| header.since), Some("2026-11-21".into()));
        assert!(!chunk.exists() && !chunk.with_extension("toml").exists());
    }

    #[test]
    fn what_is_known_or_has_no_name_stays() {
        let (from, to) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        finding(to.path(), "there", "parse: one", FileKind::Source);
        let known = finding(from.path(), "one", "parse: one", FileKind::Source);
        assert!(matches!(promote(&known, to.path(), &promotion()), Err(PromoteError::Known(..))));
        let bad = Promotion { name: Some("../x".into()), ..promotion() };
        assert!(matches!(promote(&known, to.path(), &bad), Err(PromoteError::Name { .. })));
        let bare = from.path().join("bare.lua");
        fs::write(&bare, "return 1").expect("written");
        assert!(matches!(promote(&bare, to.path(), &promotion()), Err(PromoteError::NoHeader(_))));
        assert!(known.exists() && bare.exists());
    }
}
