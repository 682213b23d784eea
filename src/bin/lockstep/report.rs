//! `lockstep report …`: what can be done with the reports of conformance runs, and with the summaries of campaigns.

use std::{
    io,
    path::{Path, PathBuf},
};

use clap::{
    Subcommand, ValueEnum,
    builder::{PathBufValueParser, TypedValueParser},
};
use lockstep::report::{
    campaign::{self, Summary},
    conformance::{
        self, Report,
        compare::Comparison,
        json,
        merge::{Part, merge},
        write_file,
    },
};

use super::output::print;

const GOOD: u8 = 0;
const REGRESSED: u8 = 1;

/// Compare, join and convert the reports of conformance runs, join and convert the summaries of campaigns
///
/// A report is the JSON that `lockstep conform --report FILE.json` writes; docs/conformance-report.md describes it. A campaign's summary is
/// the `summary.json` in its folder; docs/campaign.md describes it.
#[derive(clap::Args)]
#[command(after_long_help = "\
Exit codes:
  0  done; for `compare`, nothing regressed
  1  `compare` found a regression
  2  the harness could not do its job: a file is missing or no report, parts do not fit together, wrong usage

Examples:
  lockstep report compare yesterday.json today.json
  lockstep report merge part-1.json part-2.json -o whole.json
  lockstep report render whole.json --to whole.html --to whole.xml
  lockstep report render whole.json --format md >> \"$GITHUB_STEP_SUMMARY\"
  lockstep report merge shard-*/summary.json -o campaign.json -o campaign.html")]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Compare(Compare),
    Merge(Merge),
    Render(Render),
}

/// Print what regressed, what was fixed, and what is new or gone
///
/// A case regressed if it passed and does not any more, or if it fails unexpectedly now and did not before. A case that is
/// planned in NEW and has a result only in OLD is lost, which counts as a regression too. Changed expectations, other numbers of
/// assertions and notable changes of pace are shown, and are no regressions.
#[derive(clap::Args)]
#[command(after_long_help = "\
Exit codes:
  0  nothing regressed
  1  something did
  2  the harness could not do its job

Examples:
  lockstep report compare yesterday.json today.json
  lockstep report compare --format json yesterday.json today.json | jq -r '.regressed[].new.id'")]
struct Compare {
    old: PathBuf,
    new: PathBuf,

    /// Text for people, or one JSON document (described in docs/conformance-report.md)
    #[arg(long, value_enum, default_value_t = CompareFormat::Text)]
    format: CompareFormat,
}

#[derive(Clone, Copy, ValueEnum)]
enum CompareFormat {
    Text,
    Json,
}

/// Join the parts of a run that was split with `lockstep conform --shard`, or of a campaign that was split with --shard
///
/// Nothing may be lost, and nothing run twice: it is an error if a part is missing, if a planned case has no result or two, or
/// if the parts are not of the same run. The error names what it is about, and no file is written.
#[derive(clap::Args)]
#[command(after_long_help = "\
Exit codes:
  0  joined
  2  the parts are not all there or do not fit together, or the harness could not do its job

Examples:
  lockstep report merge part-1.json part-2.json part-3.json -o whole.json
  lockstep report merge parts/*.json -o whole.json -o whole.html
  lockstep report merge shard-*/summary.json -o campaign.json -o campaign.html")]
struct Merge {
    #[arg(required = true, value_name = "PART")]
    parts: Vec<PathBuf>,

    /// Where to write the joined report; the name ends in .json, .md, .html, or .xml (JUnit; conformance) or .txt (campaigns); can be
    /// given several times
    #[arg(long, short, required = true, value_name = "FILE", value_parser = path_of_any())]
    output: Vec<PathBuf>,
}

/// Write a report in other formats
#[derive(clap::Args)]
#[command(after_long_help = "\
Exit codes:
  0  written
  2  the harness could not do its job

Examples:
  lockstep report render whole.json --to whole.html --to whole.xml
  lockstep report render whole.json --format md >> \"$GITHUB_STEP_SUMMARY\"")]
struct Render {
    report: PathBuf,

    /// Where to write it; the name ends in .json, .md, .html, or .xml (JUnit; conformance) or .txt (campaigns); can be given several
    /// times
    #[arg(long, value_name = "FILE", required_unless_present = "format", value_parser = path_of_any())]
    to: Vec<PathBuf>,

    /// Write it to standard output in this format
    #[arg(long, value_enum)]
    format: Option<Format>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Json,
    /// JUnit XML, of conformance runs
    #[value(alias = "junit")]
    Xml,
    /// Text, of campaigns
    #[value(alias = "text")]
    Txt,
    /// Markdown
    #[value(alias = "markdown")]
    Md,
    Html,
}

impl Format {
    /// The format of conformance reports.
    fn of_report(self) -> io::Result<conformance::Format> {
        Ok(match self {
            Self::Json => conformance::Format::Json,
            Self::Xml => conformance::Format::Junit,
            Self::Txt => return Err(io::Error::other("a conformance report cannot be written as text")),
            Self::Md => conformance::Format::Markdown,
            Self::Html => conformance::Format::Html,
        })
    }

    /// The format of campaigns' summaries.
    fn of_summary(self) -> io::Result<campaign::Format> {
        Ok(match self {
            Self::Json => campaign::Format::Json,
            Self::Xml => return Err(io::Error::other("a campaign's summary cannot be written as JUnit XML")),
            Self::Txt => campaign::Format::Text,
            Self::Md => campaign::Format::Markdown,
            Self::Html => campaign::Format::Html,
        })
    }
}

/// Reads the path of a report to be written. A path that says no format is refused before anything is done.
pub fn path_to_write() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(|path| match conformance::Format::of_path(&path) {
        Some(_) => Ok(path),
        None => Err(conformance::WriteError::UnknownFormat(path)),
    })
}

/// The same where it is not known yet what is to be written.
fn path_of_any() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(|path| {
        let is_known = conformance::Format::of_path(&path).is_some() || campaign::Format::of_path(&path).is_some();
        if is_known { Ok(path) } else { Err(conformance::WriteError::UnknownFormat(path)) }
    })
}

/// Does what is asked for and gives the exit code.
pub fn run(arguments: &Arguments) -> io::Result<u8> {
    match &arguments.command {
        Command::Compare(arguments) => compare(arguments),
        Command::Merge(arguments) => merge_parts(arguments),
        Command::Render(arguments) => render(arguments),
    }
}

fn compare(arguments: &Compare) -> io::Result<u8> {
    let comparison = Comparison::of(&read(&arguments.old)?, &read(&arguments.new)?);
    let text = match arguments.format {
        CompareFormat::Text => comparison.to_string(),
        CompareFormat::Json => serde_json::to_string_pretty(&comparison)? + "\n",
    };
    print(text.as_bytes())?;
    Ok(if comparison.has_regressed() { REGRESSED } else { GOOD })
}

fn merge_parts(arguments: &Merge) -> io::Result<u8> {
    if arguments.parts.iter().any(|path| campaign::json::is_summary(path)) {
        return merge_shards(arguments);
    }
    let reports = arguments.parts.iter().map(|path| read(path)).collect::<io::Result<Vec<Report>>>()?;
    let names: Vec<String> = arguments.parts.iter().map(|path| path.display().to_string()).collect();
    let parts: Vec<Part<'_>> =
        names.iter().zip(&reports).map(|(name, report)| Part { name: name.as_str(), report }).collect();
    let whole = merge(&parts).map_err(io::Error::other)?;
    write_all(&whole, &arguments.output)
}

fn merge_shards(arguments: &Merge) -> io::Result<u8> {
    use campaign::merge::{Part, merge};
    let summaries: Vec<Summary> =
        arguments.parts.iter().map(|path| campaign::json::read(path)).collect::<io::Result<_>>()?;
    let names: Vec<String> = arguments.parts.iter().map(|path| path.display().to_string()).collect();
    let parts: Vec<Part<'_>> =
        names.iter().zip(&summaries).map(|(name, summary)| Part { name: name.as_str(), summary }).collect();
    write_summary(&merge(&parts).map_err(io::Error::other)?, &arguments.output)
}

fn render(arguments: &Render) -> io::Result<u8> {
    if campaign::json::is_summary(&arguments.report) {
        let summary = campaign::json::read(&arguments.report)?;
        if let Some(format) = arguments.format {
            print(format.of_summary()?.write(&summary)?.as_bytes())?;
        }
        return write_summary(&summary, &arguments.to);
    }
    let report = read(&arguments.report)?;
    if let Some(format) = arguments.format {
        print(format.of_report()?.write(&report).map_err(io::Error::other)?.as_bytes())?;
    }
    write_all(&report, &arguments.to)
}

fn write_summary(summary: &Summary, paths: &[PathBuf]) -> io::Result<u8> {
    // Nothing is written if not everything can be.
    if let Some(path) = paths.iter().find(|path| campaign::Format::of_path(path).is_none()) {
        return Err(io::Error::other(format!(
            "{}: a campaign's summary cannot be written in this format",
            path.display()
        )));
    }
    paths.iter().try_for_each(|path| campaign::write_file(summary, path))?;
    Ok(GOOD)
}

fn write_all(report: &Report, paths: &[PathBuf]) -> io::Result<u8> {
    if let Some(path) = paths.iter().find(|path| conformance::Format::of_path(path).is_none()) {
        return Err(io::Error::other(conformance::WriteError::UnknownFormat(path.clone())));
    }
    paths.iter().try_for_each(|path| write_file(report, path).map_err(io::Error::other))?;
    Ok(GOOD)
}

fn read(path: &Path) -> io::Result<Report> {
    json::read(path).map_err(io::Error::other)
}
