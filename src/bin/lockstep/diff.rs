//! `lockstep diff FILE…`: programs run on both engines and judged.

use std::{
    ffi::OsString,
    io::{self, IsTerminal, Write},
    num::NonZeroUsize,
    os::unix::ffi::OsStringExt,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};
use lockstep::{
    batch::judge_files,
    diagnose::Diagnosis,
    engine::{Limits, Program},
    outcome::Scope,
    report::{FileReport, Finding, Summary, json, text, trace::page::Entry},
    script,
};

use super::{
    bisect,
    diagnose::Diagnoser,
    halves::{REFERENCE, SUBJECT},
    page::PageFile,
};

/// Run programs on reference Lua and on Ferrous Lua and report the first difference of each
///
/// Judged in this order: whether the program is accepted and with what message it is refused, its bytecode, its output,
/// the values that it returns or the error that it raises with its traceback, and the number of instructions that it
/// executes.
#[derive(clap::Args)]
#[command(after_long_help = "\
Exit codes:
  0    every program that could be judged agrees (those that could not are counted and shown)
  1    at least one program differs
  2    the harness could not do its job: a file is missing or unreadable, there is no file, an engine does not start
  125  no program could be judged

Examples:
  lockstep diff program.lua
  lockstep diff corpus/seeds
  lockstep diff --compile-only --format json /usr/share/lua
  lockstep diff --html differences.html corpus
  lockstep diff --instructions 1000000 --memory 64M --timeout 5 program.lua -- first second")]
pub struct Arguments {
    /// Lua files, source text or binary chunks, and folders that are searched for `.lua` files
    #[arg(required = true, value_name = "FILE|DIRECTORY")]
    paths: Vec<PathBuf>,

    /// Text for people, or one JSON document (described in docs/diff-format.md)
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// How many programs are judged at the same time [default: the number of processors]
    #[arg(long, short)]
    jobs: Option<NonZeroUsize>,

    #[command(flatten)]
    bounds: super::bounds::Bounds,

    /// Bound for each compilation and each run by the wall clock, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = super::engine::seconds)]
    timeout: Duration,

    /// Judge only acceptance, messages and bytecode, and run nothing
    #[arg(long)]
    compile_only: bool,

    /// How many of the programs that differ are traced to find out where, why and whose fault it is: a number, or `all`
    #[arg(long, value_name = "COUNT", default_value = "20", value_parser = super::count::parse)]
    diagnose: u64,

    /// Write a page to this file on which to step through what was diagnosed, if anything was
    #[arg(long, value_name = "FILE", conflicts_with = "compile_only")]
    html: Option<PathBuf>,

    /// Print only the summary
    #[arg(long, short, conflicts_with = "verbose")]
    quiet: bool,

    /// Print a line for each program that agrees, too
    #[arg(long, short)]
    verbose: bool,

    /// What the programs get as `...` and in `arg`
    #[arg(last = true, value_name = "ARGUMENT")]
    arguments: Vec<OsString>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Judges everything, prints the reports and gives the exit code.
pub fn run(arguments: &Arguments) -> io::Result<u8> {
    let start = Instant::now();
    let (files, unusable) = script::find(&arguments.paths);
    let scope = Scope { limits: arguments.bounds.limits(), compile_only: arguments.compile_only };
    let script_arguments: Vec<Vec<u8>> =
        arguments.arguments.iter().map(|argument| argument.clone().into_vec()).collect();
    let page = arguments.html.as_deref().map(PageFile::at).transpose()?;
    let mut printer = Printer::new(arguments, files.len() as u64, script_arguments.clone(), page);
    for unusable in unusable {
        printer.add(FileReport::failed(unusable.path, unusable.error.to_string()));
    }
    let jobs = arguments.jobs.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
    let engines = || super::engine::workers(arguments.timeout);
    judge_files(&files, &script_arguments, &scope, jobs, engines, |report| printer.add(report));
    if files.is_empty() {
        writeln!(io::stderr(), "lockstep: no Lua files found")?;
    }
    printer.finish(start.elapsed(), scope.limits)
}

/// Prints reports as they come, or keeps them for the document.
struct Printer<'a> {
    arguments: &'a Arguments,
    style: text::Style<'static>,
    summary: Summary,
    kept: Vec<FileReport>,
    progress: ProgressBar,
    script_arguments: Vec<Vec<u8>>,
    diagnoser: Diagnoser,
    page: Option<PageFile>,
    /// What is on the page.
    findings: Vec<(PathBuf, Program, Diagnosis)>,
    /// How many differences may still be diagnosed, and how many were not.
    diagnoses_left: u64,
    undiagnosed: u64,
    /// The first error of standard output.
    failure: Option<io::Error>,
}

impl<'a> Printer<'a> {
    fn new(arguments: &'a Arguments, files: u64, script_arguments: Vec<Vec<u8>>, page: Option<PageFile>) -> Self {
        let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let style = text::Style {
            colour: io::stdout().is_terminal() && !no_colour,
            agreeing: arguments.verbose,
            reference: REFERENCE,
            subject: SUBJECT,
        };
        let progress = if io::stderr().is_terminal() && !arguments.quiet && files > 1 {
            let template = "{wide_bar} {pos}/{len} {elapsed}";
            let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
            ProgressBar::new(files).with_style(style)
        } else {
            ProgressBar::hidden()
        };
        Self {
            arguments,
            style,
            summary: Summary::default(),
            kept: Vec::new(),
            progress,
            script_arguments,
            diagnoser: Diagnoser::new(arguments.timeout, arguments.bounds.limits()),
            page,
            findings: Vec::new(),
            diagnoses_left: arguments.diagnose,
            undiagnosed: 0,
            failure: None,
        }
    }

    fn add(&mut self, mut report: FileReport) {
        if report.differs() {
            self.diagnose(&mut report);
        }
        self.summary.add(&report);
        let failed = matches!(report.finding, Finding::Failed(_));
        let result = self.progress.suspend(|| match self.arguments.format {
            _ if failed => self.style.file(&mut io::stderr(), &report),
            Format::Text if !self.arguments.quiet => self.style.file(&mut io::stdout().lock(), &report),
            Format::Text | Format::Json => Ok(()),
        });
        self.keep_failure(result);
        self.progress.inc(1);
        if self.arguments.format == Format::Json {
            self.kept.push(report);
        }
    }

    fn diagnose(&mut self, report: &mut FileReport) {
        if self.arguments.compile_only {
            return;
        }
        if self.diagnoses_left == 0 {
            self.undiagnosed += 1;
            return;
        }
        self.diagnoses_left -= 1;
        // It was just read.
        let Ok(program) = script::read(&report.path, &self.script_arguments) else { return };
        let (diagnosed, diagnosis) = self.diagnoser.diagnose(&program);
        report.diagnosed = Some(diagnosed);
        if self.page.is_some() {
            self.findings.extend(diagnosis.map(|diagnosis| (report.path.clone(), program, diagnosis)));
        }
    }

    fn keep_failure(&mut self, result: io::Result<()>) {
        if let Err(error) = super::output::unless_closed(result) {
            self.failure.get_or_insert(error);
        }
    }

    fn write_page(&self, limits: Limits) -> io::Result<()> {
        let Some(page) = self.page.as_ref().filter(|_| !self.findings.is_empty()) else { return Ok(()) };
        let reproduce = |path: &Path| bisect::reproduce(path, &limits, &self.arguments.arguments);
        let names: Vec<(String, String)> =
            self.findings.iter().map(|(path, ..)| (path.display().to_string(), reproduce(path))).collect();
        let entries: Vec<Entry<'_>> = names
            .iter()
            .zip(&self.findings)
            .map(|((path, reproduce), (_, program, diagnosis))| Entry { path, program, diagnosis, reproduce })
            .collect();
        page.write(&entries, Diagnoser::names())
    }

    fn finish(mut self, elapsed: Duration, limits: Limits) -> io::Result<u8> {
        self.progress.finish_and_clear();
        self.summary.elapsed = elapsed;
        if self.undiagnosed > 0 && self.arguments.diagnose > 0 {
            let result = writeln!(
                io::stderr(),
                "{} programs that differ were not diagnosed; --diagnose all does",
                self.undiagnosed
            );
            self.keep_failure(result);
        }
        let written = self.write_page(limits);
        self.keep_failure(written);
        let mut out = io::stdout().lock();
        let result = match self.arguments.format {
            Format::Text => self.style.summary(&mut out, &self.summary),
            Format::Json => {
                let setting = json::Setting {
                    reference: REFERENCE,
                    subject: SUBJECT,
                    limits,
                    timeout: self.arguments.timeout,
                    compile_only: self.arguments.compile_only,
                };
                let document = json::document(&setting, &self.kept, &self.summary)?;
                writeln!(out, "{document}")
            }
        };
        self.keep_failure(result);
        match self.failure {
            Some(error) => Err(error),
            None => Ok(self.summary.exit_code()),
        }
    }
}
