//! `lockstep conform`: the official suite and our own programs, run and judged.

use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};
use lockstep::conformance::agenda::{Agenda, REFERENCE_INDEX};
use lockstep::conformance::durations::Durations;
use lockstep::conformance::engines::{EngineSpec, REFERENCE_VERSION};
use lockstep::conformance::execute::Bench;
use lockstep::conformance::expectations::Expectations;
use lockstep::conformance::plan::{self, Collection, Selection, Unit};
use lockstep::conformance::runner::{self, Knowledge};
use lockstep::conformance::skipped::Skipped;
use lockstep::conformance::suite::{self, Manifest, Search, Suite};
use lockstep::conformance::{Files, adaptations, standalone, summary};
use lockstep::report::conformance::{
    Adaptation, Case, CaseId, EngineInfo, Environment, FORMAT, Mode, Report, Shard, VERSION, Verdict, write_file,
};

use super::output;

/// Run the official test suite and our own programs on every engine, judged by the reference
///
/// A case is one file in one mode on one engine, in a process and a scratch copy of its own. Its id is
/// COLLECTION/FILE/MODE/ENGINE, such as official/strings.lua/source/ferrous. It passes if it ends as it does on the reference, with
/// the same output and the same number of executed assertions. The reference's own cases pass if they end well.
#[derive(clap::Args)]
#[command(after_long_help = "\
Exit codes:
  0    every case ended as expected
  1    at least one case did not, in either direction, or an expectation is wrong
  2    the harness could not do its job: no suite, no cases, a broken file, wrong usage

Examples:
  lockstep conform
  lockstep conform strings.lua 'official/*/dump/ferrous'
  lockstep conform --engine luajit --engine mine=/opt/mine/lua --mode source
  lockstep conform --shard 2/5 --report part2.json
  lockstep conform --list")]
pub struct Arguments {
    /// Select cases whose id contains this text, or fits this pattern if it has `*` or `?` in it
    #[arg(value_name = "FILTER")]
    filters: Vec<String>,

    /// An engine: ferrous, reference, or a command that behaves like `lua` [default: ferrous and reference]
    #[arg(long = "engine", value_name = "ENGINE|COMMAND|NAME=COMMAND", value_parser = EngineSpec::parse)]
    engines: Vec<EngineSpec>,

    /// How files are given to the engines [default: all modes]
    #[arg(long = "mode", value_enum)]
    modes: Vec<ModeName>,

    /// Run one part of the plan, which is cut by the recorded durations
    #[arg(long, value_name = "K/N", value_parser = shard)]
    shard: Option<Shard>,

    /// How many cases are run at the same time [default: the number of processors]
    #[arg(long, short)]
    jobs: Option<NonZeroUsize>,

    /// Bound for each case by the wall clock, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "300", value_parser = super::engine::seconds)]
    timeout: Duration,

    /// Bound for each case's memory, in bytes or with K, M or G
    #[arg(long, value_name = "SIZE", default_value = "1G", value_parser = super::size::parse)]
    memory: u64,

    /// A folder or an archive with the official suite, instead of the sources that the manifest names
    #[arg(long, value_name = "DIR|ARCHIVE", env = "LOCKSTEP_SUITE")]
    suite: Option<PathBuf>,

    /// Get the suite from its sources again, whatever is in the cache
    #[arg(long, conflicts_with = "suite")]
    fetch: bool,

    /// The folder with our programs, expectations and recorded durations
    #[arg(long, value_name = "DIR", default_value = "conformance")]
    folder: PathBuf,

    /// Write a report; the extension says in which format
    #[arg(long = "report", value_name = "FILE.{json,xml,md,html}", value_parser = super::report::path_to_write())]
    reports: Vec<PathBuf>,

    /// Print the ids of the selected cases, and run nothing
    #[arg(long)]
    list: bool,

    /// Rewrite the expectations of the cases that are run
    #[arg(long)]
    update_expectations: bool,

    /// Record how long the cases took
    #[arg(long)]
    update_durations: bool,

    /// Print only what is not as expected, and the summary
    #[arg(long, short, conflicts_with = "verbose")]
    quiet: bool,

    /// Print a line for each case
    #[arg(long, short)]
    verbose: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ModeName {
    /// As source text
    Source,
    /// Through `string.dump` and back
    Dump,
    /// Compiled by the reference
    ReferenceCompiled,
}

impl From<ModeName> for Mode {
    fn from(name: ModeName) -> Self {
        match name {
            ModeName::Source => Self::Source,
            ModeName::Dump => Self::Dump,
            ModeName::ReferenceCompiled => Self::ReferenceCompiled,
        }
    }
}

fn shard(text: &str) -> Result<Shard, String> {
    let wrong = || "not a part such as 2/5".to_owned();
    let (index, count) = text.split_once('/').ok_or_else(wrong)?;
    let shard = Shard { index: index.parse().map_err(|_| wrong())?, count: count.parse().map_err(|_| wrong())? };
    if shard.index == 0 || shard.index > shard.count { Err(wrong()) } else { Ok(shard) }
}

/// The files in the conformance folder.
struct Places {
    manifest: PathBuf,
    programs: PathBuf,
    expectations: PathBuf,
    durations: PathBuf,
    skipped: PathBuf,
}

impl Places {
    fn new(folder: &Path) -> Self {
        Self {
            manifest: folder.join("suite.toml"),
            programs: folder.join("programs"),
            expectations: folder.join("expectations.toml"),
            durations: folder.join("durations.toml"),
            skipped: folder.join("skipped.toml"),
        }
    }
}

/// Runs what is selected, prints and writes what was found, and gives the exit code.
pub fn run(arguments: &Arguments) -> io::Result<u8> {
    let start = Instant::now();
    let began = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let places = Places::new(&arguments.folder);
    if !arguments.folder.is_dir() {
        let folder = arguments.folder.display();
        return Err(io::Error::other(format!(
            "there is no folder {folder}: run in the root of the repository, or use --folder"
        )));
    }
    let manifest = manifest(&places.manifest)?;
    let mut units: Vec<Unit> = plan::official(manifest.files.keys().map(String::as_str));
    units.extend(plan::programs(&places.programs)?);
    let engines = engines(&arguments.engines)?;
    let knowledge = Knowledge {
        expectations: Expectations::read(&places.expectations)?,
        durations: Durations::read(&places.durations)?,
        skipped: Skipped::read(&places.skipped)?,
    };
    let selection = Selection {
        filters: arguments.filters.clone(),
        modes: arguments.modes.iter().copied().map(Mode::from).collect(),
    };
    let agenda = Agenda::new(&units, &engines, &selection, arguments.shard, &knowledge.durations);
    if agenda.plan.is_empty() {
        return Err(io::Error::other("no case is selected"));
    }
    if arguments.list {
        return list(&agenda.cases());
    }
    let suite = if agenda.includes(Collection::Official) { Some(provide(arguments, &manifest)?) } else { None };
    if let Some(fault) = suite.as_ref().and_then(|suite| knowledge.skipped.faults(suite).into_iter().next()) {
        return Err(io::Error::other(format!("{}: {fault}", places.skipped.display())));
    }
    let infos = infos(&agenda)?;
    let bench = bench(arguments, suite.clone(), places.programs.clone())?;
    let jobs = arguments.jobs.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
    let display = Display::new(arguments, agenda.cases().len() as u64);
    let cases = runner::run(&agenda, &bench, &knowledge, jobs, |case| display.show(case)).map_err(io::Error::other)?;
    let seconds = start.elapsed().as_secs_f64();
    display.finish(&cases, &agenda, seconds)?;

    let is_good = settle(arguments, &places, knowledge, &cases, &whole_plan(&units, &engines))?;
    let mut report = report(&agenda, cases, environment(began, jobs), arguments.shard, seconds);
    report.suite = suite.map(|suite| suite.info);
    report.engines = infos;
    for path in &arguments.reports {
        write_file(&report, path).map_err(io::Error::other)?;
    }
    Ok(u8::from(!is_good))
}

/// Rewrites what is to be rewritten, and says what is wrong with the expectations. Whether that is nothing, and all is as expected.
fn settle(
    arguments: &Arguments,
    places: &Places,
    mut knowledge: Knowledge,
    cases: &[Case],
    plan: &[CaseId],
) -> io::Result<bool> {
    if arguments.update_durations {
        for case in cases {
            knowledge.durations.record(&case.id.0, case.result.seconds);
        }
        knowledge.durations.retain(|id| plan.iter().any(|known| known.0 == id));
        knowledge.durations.write(&places.durations)?;
    }
    if arguments.update_expectations {
        knowledge.expectations.update(cases, plan);
        knowledge.expectations.write(&places.expectations)?;
    }
    let faults = knowledge.expectations.faults(plan);
    for fault in &faults {
        writeln!(io::stderr(), "{}: {fault}", places.expectations.display())?;
    }
    // Expectations that were rewritten are met.
    let is_met = arguments.update_expectations || cases.iter().all(|case| case.verdict.is_good());
    Ok(is_met && faults.is_empty())
}

fn manifest(path: &Path) -> io::Result<Manifest> {
    match std::fs::read_to_string(path) {
        Ok(text) => Manifest::parse(&text, &path.display().to_string()).map_err(io::Error::other),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Manifest::built_in().map_err(io::Error::other),
        Err(error) => Err(io::Error::new(error.kind(), format!("{}: {error}", path.display()))),
    }
}

fn engines(given: &[EngineSpec]) -> io::Result<Vec<EngineSpec>> {
    if given.is_empty() {
        return Ok(vec![EngineSpec::ferrous(), EngineSpec::reference()]);
    }
    for (index, engine) in given.iter().enumerate() {
        if given.iter().take(index).any(|other| other.name == engine.name) {
            let message =
                format!("there are two engines of the name `{}`: give one another name with NAME=COMMAND", engine.name);
            return Err(io::Error::other(message));
        }
    }
    Ok(given.to_vec())
}

/// Every case that expectations may speak of: also those of engines and modes that are not run now.
fn whole_plan(units: &[Unit], engines: &[EngineSpec]) -> Vec<CaseId> {
    let mut all = vec![EngineSpec::ferrous(), EngineSpec::reference()];
    all.extend(engines.iter().cloned());
    let mut ids: Vec<CaseId> = units.iter().flat_map(|unit| all.iter().map(|engine| unit.id(&engine.name))).collect();
    ids.sort();
    ids.dedup();
    ids
}

fn list(ids: &[CaseId]) -> io::Result<u8> {
    let text: String = ids.iter().map(|id| format!("{id}\n")).collect();
    output::print(text.as_bytes()).map(|()| 0)
}

fn provide(arguments: &Arguments, manifest: &Manifest) -> io::Result<Suite> {
    let cache = suite::cache_folder().ok_or_else(|| io::Error::other("no cache folder: set LOCKSTEP_CACHE or HOME"))?;
    let search = Search { given: arguments.suite.clone(), cache };
    let mut tell = |event: suite::Event| {
        if !arguments.quiet {
            eprintln!("suite: {}", describe(&event));
        }
    };
    let found = if arguments.fetch {
        suite::fetch(manifest, &search, &mut tell)
    } else {
        suite::provide(manifest, &search, &mut tell)
    };
    found.map_err(io::Error::other)
}

fn describe(event: &suite::Event) -> String {
    match event {
        suite::Event::CacheDamaged(what) => format!("the cache is damaged ({what}), getting it again"),
        suite::Event::Trying(source) => format!("trying {source}"),
        suite::Event::Fetched { source, place } => format!("got it from {source}, keeping it in {}", place.display()),
    }
}

fn bench(arguments: &Arguments, suite: Option<Suite>, programs: PathBuf) -> io::Result<Bench> {
    let lockstep = std::env::current_exe()?;
    Ok(Bench {
        files: Files { suite, programs: std::path::absolute(programs)? },
        ferrous: standalone::of_ferrous(&lockstep),
        reference: standalone::of_reference(std::env::var_os("PATH").as_deref()),
        lockstep,
        timeout: arguments.timeout,
        memory: arguments.memory,
    })
}

fn environment(started: u64, jobs: NonZeroUsize) -> Environment {
    Environment {
        lockstep: env!("CARGO_PKG_VERSION").to_owned(),
        reference: REFERENCE_VERSION.to_owned(),
        commit: commit(),
        os: std::env::consts::OS.to_owned(),
        architecture: std::env::consts::ARCH.to_owned(),
        cores: thread::available_parallelism().map_or(1, NonZeroUsize::get),
        jobs: jobs.get(),
        started,
    }
}

/// The commit that is checked out here; nothing if that cannot be told.
fn commit() -> Option<String> {
    let output = std::process::Command::new("git").args(["rev-parse", "HEAD"]).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    (output.status.success() && !text.trim().is_empty()).then(|| text.trim().to_owned())
}

/// What there is to say of the engines that take part, the reference in any case.
fn infos(agenda: &Agenda) -> io::Result<Vec<EngineInfo>> {
    let engines = agenda.engines.iter().enumerate();
    let involved = engines.filter(|(index, _)| *index == REFERENCE_INDEX || agenda.involves(*index));
    involved.map(|(_, engine)| engine.info().map_err(io::Error::other)).collect()
}

/// The report without the suite and the engines.
fn report(agenda: &Agenda, cases: Vec<Case>, environment: Environment, shard: Option<Shard>, seconds: f64) -> Report {
    let mut changes: Vec<Adaptation> = Vec::new();
    for adaptation in agenda.work.iter().flat_map(|work| adaptations(&work.unit)) {
        if !changes.contains(&adaptation) {
            changes.push(adaptation);
        }
    }
    Report {
        format: FORMAT.to_owned(),
        version: VERSION,
        environment,
        suite: None,
        engines: Vec::new(),
        shard,
        plan: agenda.plan.clone(),
        cases,
        adaptations: changes,
        seconds,
    }
}

/// Shows cases as they are done: a bar at a terminal, lines elsewhere.
struct Display {
    bar: ProgressBar,
    quiet: bool,
    verbose: bool,
}

impl Display {
    fn new(arguments: &Arguments, cases: u64) -> Self {
        let bar = if io::stderr().is_terminal() && !arguments.quiet {
            let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {elapsed} {wide_msg}");
            ProgressBar::new(cases).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        } else {
            ProgressBar::hidden()
        };
        Self { bar, quiet: arguments.quiet, verbose: arguments.verbose }
    }

    fn show(&self, case: &Case) {
        self.bar.inc(1);
        self.bar.set_message(case.id.0.clone());
        let good = case.verdict.is_good();
        let said = self.verbose || !good || (!self.quiet && case.verdict == Verdict::ExpectedFailure);
        if !said {
            return;
        }
        let mut text = summary::line(case);
        if !good {
            let details = summary::details(case);
            if !details.is_empty() {
                text = format!("{text}\n{}", details.trim_end());
            }
        }
        // The bar is taken away while something is printed. Whoever does not read misses it.
        self.bar.suspend(|| writeln!(io::stdout(), "{text}")).ok();
    }

    fn finish(&self, cases: &[Case], agenda: &Agenda, seconds: f64) -> io::Result<()> {
        self.bar.finish_and_clear();
        let elsewhere = agenda.plan.len().saturating_sub(cases.len());
        output::print(format!("{}\n", summary::totals(cases, elsewhere, seconds)).as_bytes())
    }
}
