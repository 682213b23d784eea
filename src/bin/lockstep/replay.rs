//! `lockstep replay`: the regression corpus on every oracle that applies.

use std::{
    io::{self, IsTerminal, Write},
    num::NonZeroUsize,
    path::PathBuf,
    thread,
    time::Duration,
};

use indicatif::{ProgressBar, ProgressStyle};
use lockstep::{
    corpus::{self, Judged, Regression, find},
    report::replay,
};

/// Judge every case of the regression corpus again
///
/// Each case is given to every oracle that applies to it. The oracle that once found it must still have something to say.
#[derive(clap::Args)]
#[command(after_long_help = "\
Exit codes:
  0  every case is as it should be
  1  at least one is not
  2  the harness could not do its job: there is no case, a file makes no sense, a process does not start

Examples:
  lockstep replay
  lockstep replay corpus/regressions/nan-sign.lua
  lockstep replay campaign/findings")]
pub struct Arguments {
    /// Cases, and folders of them
    #[arg(value_name = "FILE|DIRECTORY", default_values = ["corpus/regressions", "corpus/seeds"])]
    paths: Vec<PathBuf>,

    /// How many oracles are at work at the same time [default: the number of processors]
    #[arg(long, short)]
    jobs: Option<NonZeroUsize>,

    /// Bound for each oracle over each case by the wall clock, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = super::engine::seconds)]
    timeout: Duration,
}

/// Replays everything, prints what is not as it should be and gives the exit code.
pub fn run(arguments: &Arguments) -> io::Result<u8> {
    let (mut cases, mut paths) = (Vec::new(), Vec::new());
    for path in &arguments.paths {
        let files = find(path).map_err(io::Error::other)?;
        writeln!(io::stderr(), "{} cases from {}", files.len(), path.display())?;
        for file in files {
            cases.push(Regression::read(&file).map_err(io::Error::other)?);
            paths.push(file);
        }
    }
    if cases.is_empty() {
        return Err(io::Error::other("there is no case to replay"));
    }
    let jobs = arguments.jobs.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
    let bar = bar(cases.len());
    let start = super::engine::bench(arguments.timeout)?;
    let judged = corpus::replay(&cases, jobs, start, |judged| bar.set_position(judged.case as u64))?;
    bar.finish_and_clear();
    let failure = |judged: &Judged| replay::failure(judged, &cases[judged.case], &paths[judged.case]);
    let failures: String = judged.iter().filter_map(failure).collect();
    super::output::print((failures + &replay::summary(cases.len(), &judged)).as_bytes())?;
    Ok(u8::from(!judged.iter().all(|judged| judged.outcome.is_good())))
}

fn bar(cases: usize) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{wide_bar} {pos}/{len} {elapsed}");
    ProgressBar::new(cases as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
