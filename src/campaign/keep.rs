//! Findings as files: candidates for the regression corpus, one for each fingerprint.

use std::path::{Path, PathBuf};
use std::{fs, io};

use super::ledger::FINDINGS;
use crate::corpus::Regression;
use crate::fuzz::{FileKind, Input, Specimen, Target};
use crate::generate::case_seed;
use crate::oracle::Finding;

/// The folder of reduced cases, within that of findings.
pub const REDUCED: &str = "reduced";

/// A case that shows a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub target: Target,
    /// The series and the case's place in it.
    pub series: u64,
    pub index: u64,
    pub input: Input,
    pub finding: Finding,
}

/// Where a finding is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The names of its files.
    pub files: Vec<String>,
    /// The command that shows it again, in the campaign's folder.
    pub replay: String,
}

/// Keeps findings.
pub trait Keep {
    /// Keeps a case, in the place of another one with the same fingerprint.
    ///
    /// # Errors
    /// When it cannot be kept.
    fn keep(&mut self, found: &Found) -> io::Result<Kept>;

    /// Keeps a smaller case beside it. Gives the name of its file.
    ///
    /// # Errors
    /// When it cannot be kept.
    fn keep_reduced(&mut self, found: &Found) -> io::Result<String>;
}

/// Findings in a folder, and reduced ones in a folder within it.
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Findings are kept in this folder, which is there.
    pub fn new(path: PathBuf) -> Self {
        Self { path }
    }
}

impl Keep for Folder {
    fn keep(&mut self, found: &Found) -> io::Result<Kept> {
        let files = put(found, &self.path)?;
        let replay = files.first().map(|name| format!("lockstep replay {FINDINGS}/{name}")).unwrap_or_default();
        Ok(Kept { files, replay })
    }

    fn keep_reduced(&mut self, found: &Found) -> io::Result<String> {
        let files = put(found, &self.path.join(REDUCED))?;
        Ok(format!("{REDUCED}/{}", files.first().map(String::as_str).unwrap_or_default()))
    }
}

/// Writes a case in the place of an earlier one of its name. Gives the names of its files, the case itself first.
fn put(found: &Found, folder: &Path) -> io::Result<Vec<String>> {
    let specimen =
        Specimen { target: found.target, fingerprint: found.finding.fingerprint.clone(), input: found.input.clone() };
    let candidate = Regression::candidate(&specimen, Some(case_seed(found.series, found.index)));
    fs::create_dir_all(folder)?;
    let new = tempfile::Builder::new().prefix(".lockstep-").tempdir_in(folder)?;
    let written = candidate.write(new.path()).map_err(io::Error::other)?;
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut files = Vec::new();
    let extensions = FileKind::ALL.map(FileKind::extension);
    for path in extensions.iter().chain(&["toml"]).map(|extension| written.with_extension(extension)) {
        let place = folder.join(name(&path));
        if path.exists() {
            fs::rename(&path, &place)?;
            files.push(name(&path));
        } else if place.exists() {
            fs::remove_file(&place)?;
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oracle::Verdict;

    fn found(chunk: &[u8]) -> Found {
        let verdict = Verdict::broken("roundtrip", "dumped again", "1 against 2", "line 1");
        let finding = verdict.finding().expect("a finding").clone();
        let input = Input::program(chunk.to_vec(), "@x.lua");
        Found { target: Target::Roundtrip, series: 1, index: 2, input, finding }
    }

    #[test]
    fn a_finding_takes_the_place_of_the_one_before_whatever_that_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut keeper = Folder::new(folder.path().to_owned());
        for chunk in [b"\x1bLua".as_slice(), b"return 1", b"return 2"] {
            let kept = keeper.keep(&found(chunk)).expect("kept");
            let entries = fs::read_dir(folder.path()).expect("a folder");
            assert_eq!(entries.count(), kept.files.len(), "{:?}", kept.files);
            let read = Regression::read(&folder.path().join(&kept.files[0])).expect("a case of the corpus");
            let header = read.header.clone().expect("a header");
            assert_eq!((&*header.fingerprint, header.seed), ("roundtrip: dumped again", Some(case_seed(1, 2))));
            assert!(read.file.bytes.ends_with(chunk));
            assert_eq!(kept.replay, format!("lockstep replay findings/{}", kept.files[0]));
        }
    }

    #[test]
    fn a_reduced_case_lies_beside_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut keeper = Folder::new(folder.path().to_owned());
        let kept = keeper.keep(&found(b"return 1")).expect("kept");
        let reduced = keeper.keep_reduced(&found(b"--")).expect("kept");
        assert_eq!(reduced, format!("reduced/{}", kept.files[0]));
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("it is there");
        assert!(read(&reduced).ends_with("--") && read(&kept.files[0]).ends_with("return 1"));
    }
}
