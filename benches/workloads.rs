//! `cargo bench --bench workloads`: the processor time of both engines for the same work, side by side.
//!
//! Argument handling and printing; what is measured, and how, is `lockstep::measure`.
#![forbid(unsafe_code)]

use std::{
    io::{self, Write},
    num::NonZeroU32,
    path::PathBuf,
    process::ExitCode,
};

use clap::{Parser, ValueEnum};
use lockstep::{
    measure::{Case, Failure, Measurement, json, text::Table},
    script,
};

/// Measure the processor time that reference Lua and Ferrous Lua take for the same work
///
/// Each case is measured on both engines in turn, in the same process. The least time of each counts; `ratio` is
/// Ferrous by reference, so less than 1 is faster; `spread` is how much longer the longest time was, on each side. A case
/// in which the two sides do not agree on the result fails. No time is too long for anything here to fail.
#[derive(Parser)]
#[command(
    bin_name = "cargo bench --bench workloads --",
    max_term_width = 100,
    after_long_help = "\
Exit codes:
  0  everything was measured
  1  a case has results that differ, or no result: its times would say nothing
  2  the benchmark could not do its job: a file is unreadable, or no case has such a name

Examples:
  cargo bench --bench workloads
  cargo bench --bench workloads -- --rounds 3 fib
  cargo bench --bench workloads -- compile dump undump state-start
  cargo bench --bench workloads -- --format json > measurements.json"
)]
struct Arguments {
    /// Only cases whose name contains one of these
    filters: Vec<String>,

    /// How many times each case is measured on each engine
    #[arg(long, default_value = "5")]
    rounds: NonZeroU32,

    /// Where the programs are: `.lua` files
    #[arg(long, value_name = "DIRECTORY", default_value = "benches/workloads")]
    programs: PathBuf,

    /// Text for people, or one JSON document (described in docs/performance.md)
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// What `cargo bench` passes to every benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// What this exits with when a case has no valid result.
const WRONG: u8 = 1;
/// What this exits with when it could not do its job. `clap` uses the same for wrong usage.
const UNUSABLE: u8 = 2;

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            // Nothing can be done about a standard error that is closed.
            let _ = writeln!(io::stderr(), "workloads: {error}");
            ExitCode::from(UNUSABLE)
        }
    }
}

fn run(arguments: &Arguments) -> io::Result<u8> {
    let cases = select(arguments)?;
    let names: Vec<String> = cases.iter().map(Case::name).collect();
    let table = Table::new(names.iter().map(String::as_str), "reference", "ferrous");
    let mut out = io::stdout().lock();
    let text = arguments.format == Format::Text;
    if text {
        writeln!(out, "{}", table.head())?;
    }
    let (mut measurements, mut failures, mut code) = (Vec::new(), Vec::new(), 0);
    for (case, name) in cases.iter().zip(names) {
        match case.measure(arguments.rounds) {
            Ok(measurement) => {
                if text {
                    writeln!(out, "{}", table.row(&measurement))?;
                }
                measurements.push(measurement);
            }
            Err(failure) => {
                writeln!(io::stderr(), "workloads: {name}: {failure}")?;
                code = code.max(exit_code(&failure));
                failures.push((name, failure.to_string()));
            }
        }
    }
    finish(&mut out, arguments.format, table, &measurements, &failures)?;
    Ok(code)
}

/// The cases that are asked for. It is an error if there are none.
fn select(arguments: &Arguments) -> io::Result<Vec<Case>> {
    let (files, unusable) = script::find(std::slice::from_ref(&arguments.programs));
    if let Some(unusable) = unusable.first() {
        let message = format!("{}: {}", unusable.path.display(), unusable.error);
        return Err(io::Error::new(unusable.error.kind(), message));
    }
    let filters = &arguments.filters;
    let mut cases = Case::all(files);
    cases.retain(|case| filters.is_empty() || filters.iter().any(|filter| case.name().contains(filter)));
    if cases.is_empty() {
        return Err(io::Error::new(io::ErrorKind::NotFound, format!("no case is called {}", filters.join(" or "))));
    }
    Ok(cases)
}

/// Writes what comes after the last case.
fn finish(
    out: &mut impl Write,
    format: Format,
    table: Table<'_>,
    measurements: &[Measurement],
    failures: &[(String, String)],
) -> io::Result<()> {
    match format {
        Format::Text => match table.mean(measurements) {
            Some(line) => writeln!(out, "{line}"),
            None => Ok(()),
        },
        Format::Json => {
            let document = json::document(measurements, failures).map_err(io::Error::other)?;
            writeln!(out, "{document}")
        }
    }
}

fn exit_code(failure: &Failure) -> u8 {
    match failure {
        Failure::Wrong(_) => WRONG,
        Failure::Unusable(_) => UNUSABLE,
    }
}
