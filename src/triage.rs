//! Artifacts of a fuzzer made into findings: judged again, grouped by fingerprint, reduced, attributed, kept.
//!
//! It must not know which fuzzer has left them, nor how findings are shown.

use std::collections::BTreeMap;
use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use crate::corpus::{CorpusError, Regression};
use crate::diagnose::reduce::Until;
use crate::fuzz::{BenchProcess, Input, Specimen, Subject, Target, finding_of};
use crate::oracle::Finding;

/// What a fuzzer has left behind: the bytes of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    pub path: PathBuf,
    pub target: Target,
    pub bytes: Vec<u8>,
}

/// Artifacts that show the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group<'a> {
    pub finding: Finding,
    /// The smallest comes first.
    pub artifacts: Vec<&'a Artifact>,
}

/// Artifacts, judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sorted<'a> {
    /// In the order of their fingerprints.
    pub groups: Vec<Group<'a>>,
    /// Those that show nothing any more.
    pub silent: Vec<&'a Artifact>,
}

/// Judges every artifact once more.
///
/// # Errors
/// When no process can be had.
pub fn sort<'a>(
    artifacts: &'a [Artifact],
    process: &mut BenchProcess,
    mut done: impl FnMut(&Artifact),
) -> io::Result<Sorted<'a>> {
    let (mut groups, mut silent) = (BTreeMap::<String, Group<'a>>::new(), Vec::new());
    for artifact in artifacts {
        let answer = process.check(artifact.target, Subject::Bytes(artifact.bytes.clone()))?;
        done(artifact);
        match finding_of(artifact.target, answer) {
            None => silent.push(artifact),
            Some(finding) => {
                let group = groups.entry(finding.fingerprint.clone());
                group.or_insert_with(|| Group { finding, artifacts: Vec::new() }).artifacts.push(artifact);
            }
        }
    }
    let mut groups: Vec<Group<'a>> = groups.into_values().collect();
    for group in &mut groups {
        group.artifacts.sort_by_key(|artifact| artifact.bytes.len());
    }
    Ok(Sorted { groups, silent })
}

/// A finding with all that is known of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub finding: Finding,
    pub specimen: Specimen,
    /// How many artifacts show it.
    pub count: usize,
    /// Whether somebody has it in a corpus.
    pub is_known: bool,
    /// The first instruction that diverges, and whose fault it is, if traces show that.
    pub attribution: Option<String>,
    /// Where the candidate for the corpus is.
    pub path: Option<PathBuf>,
    /// The command line that shows it again.
    pub replay: String,
}

impl Found {
    /// What there is to know of a group. Only what is not known is reduced, and explained by somebody who knows how.
    ///
    /// # Errors
    /// When no process can be had.
    pub fn new(
        group: &Group<'_>,
        is_known: bool,
        start: &(impl Fn() -> BenchProcess + Sync),
        jobs: NonZeroUsize,
        until: Until,
        explain: impl FnOnce(Target, &Input) -> Option<String>,
    ) -> io::Result<Self> {
        let Some(smallest) = group.artifacts.first() else {
            return Err(io::Error::other("a finding without an artifact"));
        };
        let (target, fingerprint) = (smallest.target, &group.finding.fingerprint);
        let specimen = if is_known {
            Specimen::of_bytes(target, fingerprint, &smallest.bytes)
        } else {
            let mut process = start();
            Specimen::reduced_from_bytes(target, fingerprint, &smallest.bytes, &mut process, &until)?
                .with_reduced_source(start, jobs, until)?
        };
        let attribution = if is_known { None } else { explain(target, &specimen.input) };
        Ok(Self {
            finding: group.finding.clone(),
            specimen,
            count: group.artifacts.len(),
            is_known,
            attribution,
            path: None,
            replay: format!("lockstep triage --target {target} {}", smallest.path.display()),
        })
    }
}

/// Writes a specimen as a candidate for the corpus; gives its path. One that is there already, from an earlier time, stays.
///
/// # Errors
/// A folder that cannot be written to.
pub fn kept(specimen: &Specimen, seed: Option<u64>, folder: &Path) -> io::Result<PathBuf> {
    let candidate = Regression::candidate(specimen, seed);
    match candidate.write(folder) {
        Ok(path) => Ok(path),
        Err(CorpusError::Io { path, error }) if error.kind() == io::ErrorKind::AlreadyExists => {
            Ok(path.with_extension(candidate.file.kind.extension()))
        }
        Err(error) => Err(io::Error::other(error)),
    }
}
