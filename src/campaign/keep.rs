//! Findings as files. One for each fingerprint, so that a folder can be looked through; their names tell what they are.

use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::diagnose::keep::replace;
use crate::engine::BINARY_SIGNATURE;
use crate::fuzz::{Input, Target};
use crate::oracle::Finding;

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

/// Findings in a folder.
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Findings are kept in this folder, which is there.
    pub fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Keep for Folder {
    fn keep(&mut self, found: &Found) -> io::Result<Kept> {
        let (name, bytes) = content(found, "");
        replace(&self.path.join(&name), &bytes)?;
        Ok(Kept { replay: format!("lockstep replay {}/{name}", super::ledger::FINDINGS), files: vec![name] })
    }

    fn keep_reduced(&mut self, found: &Found) -> io::Result<String> {
        let (name, bytes) = content(found, ".reduced");
        replace(&self.path.join(&name), &bytes)?;
        Ok(name)
    }
}

/// The name and the content of a case's file.
fn content(found: &Found, kind: &str) -> (String, Vec<u8>) {
    let stem = name(&found.finding.fingerprint) + kind;
    match found.input.as_program() {
        Some(program) if program.chunk.first() == Some(&BINARY_SIGNATURE) => (stem + ".luac", program.chunk),
        Some(program) => (stem + ".lua", program.chunk),
        None => (stem + ".txt", format!("{:#?}\n", found.input).into_bytes()),
    }
}

/// The longest part of a fingerprint in a name.
const LONGEST: usize = 60;

/// A name for a fingerprint: its words, and enough of its hash that no other has the same.
pub fn name(fingerprint: &str) -> String {
    let mut words = String::new();
    for character in fingerprint.chars().take(LONGEST) {
        if character.is_ascii_alphanumeric() {
            words.push(character.to_ascii_lowercase());
        } else if !words.is_empty() && !words.ends_with('-') {
            words.push('-');
        }
    }
    let hash = Sha256::digest(fingerprint.as_bytes());
    let hash: String = hash.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    format!("{}-{hash}", words.trim_end_matches('-'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oracle::Verdict;

    #[test]
    fn names_tell_what_they_are_and_are_nobody_elses() {
        assert_eq!(name("MUL(number,number): gives nil"), "mul-number-number-gives-nil-2d5f1d2a");
        assert_ne!(name("execute: a b"), name("execute: a-b"));
        assert!(
            name(&"é/../".repeat(100)).chars().all(|character| character.is_ascii_alphanumeric() || character == '-')
        );
        assert!(name(&"x".repeat(1000)).len() < 80);
    }

    #[test]
    fn a_finding_takes_the_place_of_the_one_before() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut keeper = Folder::new(folder.path().to_owned());
        let verdict = Verdict::broken("execute", "output", "1 against 2", "line 1");
        let finding = verdict.finding().expect("a finding").clone();
        for text in ["return 1", "return 2"] {
            let input = Input::program(text.into(), "@x.lua");
            let found = Found { target: Target::Execute, series: 1, index: 2, input, finding: finding.clone() };
            let kept = keeper.keep(&found).expect("kept");
            let written = std::fs::read_to_string(folder.path().join(&kept.files[0])).expect("it is there");
            assert!(written.ends_with(text), "{written}");
        }
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }
}
