//! `lockstep triage DIR`: what a fuzzer has left behind, as findings.

use std::{
    collections::BTreeSet,
    ffi::OsStr,
    fs,
    io::{self, IsTerminal},
    num::NonZeroUsize,
    path::{Path, PathBuf},
    sync::Arc,
    thread,
    time::Duration,
};

use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};
use lockstep::{
    corpus::fingerprints,
    diagnose::reduce::Until,
    fuzz::{KEPT_LIMITS, Target},
    report::{
        finding::attribution,
        triage::{self, Style},
    },
    triage::{Artifact, Found, Sorted, kept, sort},
};

use super::{halves::Engines, page::command_line};

/// Turn a folder of fuzzer artifacts into findings: deduplicated, reduced, attributed, named
///
/// Every file is judged once more, each in a process that may die. Of those with the same fingerprint the smallest is reduced and written as a
/// candidate for the regression corpus.
#[derive(clap::Args)]
#[command(after_long_help = "\
Exit codes:
  0  nothing is found that is not known: no artifact shows anything, or all of them what --known has
  1  there is at least one new finding
  2  the harness could not do its job: the folder is missing or empty, the target is not known

Examples:
  lockstep triage fuzz/artifacts/execute
  lockstep triage fuzz/artifacts --known corpus/regressions --format markdown
  lockstep triage --target parse --out findings crash-0123")]
pub struct Arguments {
    /// Artifacts, and folders of them
    #[arg(required = true, value_name = "FILE|DIRECTORY")]
    paths: Vec<PathBuf>,

    /// The target that the artifacts are for [default: the name of the folder that an artifact is in]
    #[arg(long, value_name = "NAME", value_parser = target)]
    target: Option<Target>,

    /// Where findings are written
    #[arg(long, value_name = "DIRECTORY", default_value = "findings")]
    out: PathBuf,

    /// Cases whose fingerprints are known and need no attention: a folder of the corpus, or a file; may be given several times
    #[arg(long, value_name = "PATH")]
    known: Vec<PathBuf>,

    /// How long each finding may be reduced
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = super::time::parse)]
    reduce_time: Duration,

    /// How many candidates are tested at the same time [default: the number of processors]
    #[arg(long, short)]
    jobs: Option<NonZeroUsize>,

    /// Bound for each oracle over each case by the wall clock, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "20", value_parser = super::engine::seconds)]
    timeout: Duration,

    /// Text for people, Markdown for a job's page, or one JSON document
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
}

fn target(name: &str) -> Result<Target, String> {
    Target::from_name(name)
        .ok_or_else(|| format!("there is no such target; there are {}", Target::ALL.map(Target::name).join(", ")))
}

/// Judges, reduces and writes everything, and gives the exit code.
pub fn run(arguments: &Arguments) -> io::Result<u8> {
    let artifacts = artifacts(arguments)?;
    let mut known = BTreeSet::new();
    for path in &arguments.known {
        known.extend(fingerprints(path).map_err(io::Error::other)?);
    }
    let start = super::engine::bench(arguments.timeout)?;
    let bar = bar(artifacts.len());
    let sorted = sort(&artifacts, &mut start(), |_| bar.inc(1))?;
    bar.finish_and_clear();
    let jobs = arguments.jobs.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
    let mut findings = Vec::new();
    for group in &sorted.groups {
        let until = Until::after(arguments.reduce_time, Arc::default());
        let is_known = known.contains(&group.finding.fingerprint);
        let mut engines = Engines::start(arguments.timeout)?;
        let explain = |target, input: &_| attribution(target, input, &mut engines, &KEPT_LIMITS);
        findings.push(Found::new(group, is_known, &start, jobs, until, explain)?);
    }
    for found in findings.iter_mut().filter(|found| !found.is_known) {
        let path = kept(&found.specimen, None, &arguments.out)?;
        found.path = Some(path.clone());
        found.replay = command_line(&["lockstep".into(), "replay".into(), path.into()]);
    }
    print(arguments, &sorted, &findings)?;
    Ok(u8::from(findings.iter().any(|found| !found.is_known)))
}

fn print(arguments: &Arguments, sorted: &Sorted, findings: &[Found]) -> io::Result<()> {
    let text = match arguments.format {
        Format::Text => triage::text(sorted, findings, Style::Text),
        Format::Markdown => triage::text(sorted, findings, Style::Markdown),
        Format::Json => triage::json(sorted, findings)?,
    };
    super::output::print(text.as_bytes())
}

/// Every artifact under the paths, sorted.
fn artifacts(arguments: &Arguments) -> io::Result<Vec<Artifact>> {
    let mut files = Vec::new();
    for path in &arguments.paths {
        collect(path, &mut files).map_err(|error| io::Error::other(format!("{}: {error}", path.display())))?;
    }
    if files.is_empty() {
        return Err(io::Error::other("there is no artifact"));
    }
    files.sort();
    files.into_iter().map(|path| artifact(arguments, path)).collect()
}

fn artifact(arguments: &Arguments, path: PathBuf) -> io::Result<Artifact> {
    let folder = path.parent().and_then(Path::file_name).and_then(OsStr::to_str);
    let target = arguments.target.or_else(|| Target::from_name(folder?)).ok_or_else(|| {
        io::Error::other(format!(
            "{}: it is in no folder with the name of a target; --target says which",
            path.display()
        ))
    })?;
    let bytes = fs::read(&path).map_err(|error| io::Error::other(format!("{}: {error}", path.display())))?;
    Ok(Artifact { path, target, bytes })
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !fs::metadata(path)?.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), files)?;
        } else {
            files.push(entry.path());
        }
    }
    Ok(())
}

fn bar(artifacts: usize) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{wide_bar} {pos}/{len} artifacts {elapsed}");
    ProgressBar::new(artifacts as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
