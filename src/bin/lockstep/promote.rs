//! `lockstep promote FINDING`: a finding moved into the regression corpus.

use std::{io, path::PathBuf, time::SystemTime};

use chrono::{DateTime, Utc};
use lockstep::corpus::{self, Promotion};

/// Move a finding into the regression corpus
///
/// The case comes first, then the fix: from now on, `lockstep replay` fails until the engines agree over it.
#[derive(clap::Args)]
#[command(after_long_help = "\
Exit codes:
  0  moved; the path of the case is printed
  2  it was not moved: it makes no sense, or there is such a case already

Examples:
  lockstep promote campaign/findings/execute-output-75b03ab3.lua --name nan-sign \\
      --shows 'the sign of a NaN that comes from a string'")]
pub struct Arguments {
    /// A file that a campaign or `lockstep triage` has written
    finding: PathBuf,

    /// The name of the case [default: the finding's]
    #[arg(long)]
    name: Option<String>,

    /// What the case shows, in one line
    #[arg(long, value_name = "TEXT")]
    shows: Option<String>,

    /// Since when the engines must agree over it [default: today]
    #[arg(long, value_name = "DATE")]
    since: Option<String>,

    /// The folder of the corpus
    #[arg(long, value_name = "DIRECTORY", default_value = "corpus/regressions")]
    to: PathBuf,
}

/// Moves it, and prints where it is now.
pub fn run(arguments: &Arguments) -> io::Result<u8> {
    let today = || DateTime::<Utc>::from(SystemTime::now()).format("%Y-%m-%d").to_string();
    let promotion = Promotion {
        name: arguments.name.clone(),
        shows: arguments.shows.clone(),
        since: arguments.since.clone().unwrap_or_else(today),
    };
    let path = corpus::promote(&arguments.finding, &arguments.to, &promotion).map_err(io::Error::other)?;
    super::output::print(format!("{}\n", path.display()).as_bytes())?;
    Ok(0)
}
