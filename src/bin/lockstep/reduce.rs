//! `lockstep reduce FILE`: the smallest program that is still interesting.

use std::{
    ffi::{OsStr, OsString},
    fs,
    io::{self, IsTerminal, Write},
    num::NonZeroUsize,
    os::unix::ffi::OsStringExt,
    path::{Path, PathBuf},
    sync::{Arc, atomic::AtomicBool},
    thread,
    time::{Duration, Instant},
};

use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};
use lockstep::{
    diagnose::{
        keep::{self, Keeper, Overwrite},
        reduce::{
            Interesting, Options, ReduceError, Reduction, Status, Stop, Until, Watch,
            predicate::{CommandTest, NoDifference, SameDifference, SameFingerprint},
            reduce,
        },
    },
    engine::BINARY_SIGNATURE,
    outcome::{Scope, Verdict},
    report::reduction::{self, Interest, Setting},
};

use signal_hook::{
    consts::{SIGINT, SIGTERM},
    flag,
};

use super::halves::Engines;

const REDUCED: u8 = 0;
const NOT_SMALLER: u8 = 1;
/// What the shell makes of a process that Ctrl-C ended.
const INTERRUPTED: u8 = 130;

/// Find the smallest program that is still interesting
///
/// Without --test, a program is interesting if reference Lua and Ferrous Lua still differ over it with the fingerprint of the
/// original (see `lockstep bisect`). If no trace shows the difference, it is to be of the same kind. The original is never
/// touched; the best program so far is written at every improvement, so that it is there however the command ends.
#[derive(clap::Args)]
#[command(after_long_help = "\
Exit codes:
  0  reduced; the result is in the output file
  1  it could not be made smaller; nothing was written
  2  error: the original is not interesting or not readable, the output file is in the way, the test cannot be run
  130  interrupted; the best program so far is in the output file, if there is one

Examples:
  lockstep reduce program.lua
  lockstep reduce --time 5m --jobs 8 --output small.lua program.lua
  lockstep reduce --test 'grep -q setmetatable' program.lua
  lockstep reduce --test 'luac -p \"$LOCKSTEP_CANDIDATE\" 2>&1 | grep -q \"too many\"' program.lua")]
pub struct Arguments {
    /// The Lua program, which need not be one that compiles
    file: PathBuf,

    /// A program is interesting if this shell command exits with 0
    ///
    /// It is run in an empty folder of its own. The program's path is its last argument, unless the command names the
    /// variable LOCKSTEP_CANDIDATE, which holds the path as well.
    #[arg(long, value_name = "CMD", conflicts_with_all = ["instructions", "memory", "timeout", "compile_only", "arguments"])]
    test: Option<OsString>,

    /// How long a test command may take: one that takes longer is killed and not interesting
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = super::time::parse, requires = "test")]
    test_timeout: Duration,

    /// Stop after this time with the best so far
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = super::time::parse)]
    time: Duration,

    /// How many programs are tested at the same time, which does not change the result [default: the number of processors]
    #[arg(long, short)]
    jobs: Option<NonZeroUsize>,

    /// Varies the order in which things are tried; 0 is the usual order
    #[arg(long, default_value_t = 0)]
    seed: u64,

    /// Where to write the result [default: FILE.reduced.lua beside the original]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Overwrite the output file even if it is no earlier reduction of this program
    #[arg(long)]
    force: bool,

    /// Text for people, or one JSON document (described in docs/reduce.md)
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    #[command(flatten)]
    bounds: super::bounds::Bounds,

    /// Bound for each compilation and each run by the wall clock, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = super::engine::seconds)]
    timeout: Duration,

    /// Judge only acceptance, messages and bytecode, and run nothing
    #[arg(long)]
    compile_only: bool,

    /// What the programs get as `...` and in `arg`
    #[arg(last = true, value_name = "ARGUMENT")]
    arguments: Vec<OsString>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Reduces the program, prints the summary and gives the exit code.
pub fn run(arguments: &Arguments) -> io::Result<u8> {
    let path = &arguments.file;
    let original = fs::read(path).map_err(|error| about(path, error))?;
    if original.first() == Some(&BINARY_SIGNATURE) {
        return Err(about(path, "a binary chunk, and only source text can be reduced"));
    }
    let output = arguments.output.clone().unwrap_or_else(|| keep::beside(path));
    let overwrite = if arguments.force { Overwrite::Anything } else { Overwrite::EarlierReductions };
    let keeper = Keeper::new(output, path, &original, overwrite).map_err(io::Error::other)?;
    match &arguments.test {
        Some(command) => by_command(arguments, &original, &keeper, command),
        None if arguments.compile_only => by_difference(arguments, &original, &keeper),
        None => by_fingerprint(arguments, &original, &keeper),
    }
}

/// Reduces to the same fingerprint; to a difference of the same kind, if traces do not show it.
fn by_fingerprint(arguments: &Arguments, original: &[u8], keeper: &Keeper) -> io::Result<u8> {
    let start = || Engines::start(arguments.timeout);
    let (path, given) = (arguments.file.clone(), script_arguments(arguments));
    match SameFingerprint::of_original(original, path, given, arguments.bounds.limits(), start) {
        Ok(Ok(predicate)) => {
            let reduction = reduced(arguments, original, keeper, &predicate, until(arguments)?)?;
            finish(arguments, keeper, Interest::Fingerprint(predicate.fingerprint()), &reduction)
        }
        // An engine that crashes or hangs while it is traced is judged by that.
        Ok(Err(_)) | Err(_) => by_difference(arguments, original, keeper),
    }
}

fn script_arguments(arguments: &Arguments) -> Vec<Vec<u8>> {
    arguments.arguments.iter().map(|argument| argument.clone().into_vec()).collect()
}

fn about(path: &Path, what: impl std::fmt::Display) -> io::Error {
    io::Error::other(format!("{}: {what}", path.display()))
}

fn by_command(arguments: &Arguments, original: &[u8], keeper: &Keeper, command: &OsStr) -> io::Result<u8> {
    let until = until(arguments)?;
    let test = CommandTest::new(command, &arguments.file, arguments.test_timeout, until.clone());
    let reduction = reduced(arguments, original, keeper, &test, until)?;
    finish(arguments, keeper, Interest::Command(&command.to_string_lossy()), &reduction)
}

fn by_difference(arguments: &Arguments, original: &[u8], keeper: &Keeper) -> io::Result<u8> {
    let scope = Scope { limits: arguments.bounds.limits(), compile_only: arguments.compile_only };
    let start = || super::engine::workers(arguments.timeout);
    let (path, given) = (arguments.file.clone(), script_arguments(arguments));
    let (predicate, difference) = SameDifference::of_original(original, path, given, scope, start)
        .map_err(|reason| about(&arguments.file, without_difference(reason)))?;
    let reduction = reduced(arguments, original, keeper, &predicate, until(arguments)?)?;
    finish(arguments, keeper, Interest::Difference(&difference), &reduction)
}

/// Why there is nothing to reduce.
fn without_difference(reason: NoDifference) -> String {
    match reason {
        NoDifference::Failed(failure) => failure,
        NoDifference::Verdict(Verdict::Inconclusive(reason)) => {
            format!("it is not interesting: the engines cannot be compared over it, as {reason}")
        }
        NoDifference::Verdict(_) => {
            "it is not interesting: the engines agree over it (--test reduces by any other measure)".into()
        }
    }
}

fn reduced(
    arguments: &Arguments,
    original: &[u8],
    keeper: &Keeper,
    predicate: &dyn Interesting,
    until: Until,
) -> io::Result<Reduction> {
    let options = Options { jobs: jobs(arguments), until, seed: arguments.seed };
    let mut watcher = Watcher::new(keeper);
    let result = reduce(original, predicate, &options, &mut watcher);
    watcher.bar.finish_and_clear();
    result.map_err(|error| match error {
        ReduceError::NotInteresting => {
            let advice = if arguments.test.is_some() { ": the test command does not exit with 0 for it" } else { "" };
            about(&arguments.file, format!("it is not interesting{advice}"))
        }
        ReduceError::NotKept(error) => about(keeper.path(), error),
        error @ ReduceError::Predicate(_) => io::Error::other(error),
    })
}

/// The end of the time; the first Ctrl-C ends it at once, the second one the process.
fn until(arguments: &Arguments) -> io::Result<Until> {
    let interrupt = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // Registered first, it is asked first: the flag is still down when the first signal comes.
        flag::register_conditional_default(signal, Arc::clone(&interrupt))?;
        flag::register(signal, Arc::clone(&interrupt))?;
    }
    Ok(Until::after(arguments.time, interrupt))
}

fn jobs(arguments: &Arguments) -> NonZeroUsize {
    arguments.jobs.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
}

fn finish(arguments: &Arguments, keeper: &Keeper, interest: Interest<'_>, reduction: &Reduction) -> io::Result<u8> {
    let setting = Setting {
        original: &arguments.file,
        output: keeper.path(),
        interest,
        time: arguments.time,
        jobs: jobs(arguments).get(),
        seed: arguments.seed,
    };
    let code = match reduction.stop {
        Stop::Interrupt => INTERRUPTED,
        Stop::Fixpoint | Stop::Time if reduction.is_smaller() => REDUCED,
        Stop::Fixpoint | Stop::Time => NOT_SMALLER,
    };
    let mut out = Vec::new();
    match arguments.format {
        Format::Text => reduction::text(&mut out, &setting, reduction)?,
        Format::Json => writeln!(out, "{}", reduction::json(&setting, reduction, code)?)?,
    }
    super::output::print(&out)?;
    Ok(code)
}

/// Keeps the best program so far, and shows how things stand if somebody can see it.
struct Watcher<'k> {
    keeper: &'k Keeper,
    bar: ProgressBar,
    start: Instant,
}

impl<'k> Watcher<'k> {
    fn new(keeper: &'k Keeper) -> Self {
        let bar = if io::stderr().is_terminal() {
            let style = ProgressStyle::with_template("{spinner} {elapsed} {wide_msg}");
            ProgressBar::new_spinner().with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
        } else {
            ProgressBar::hidden()
        };
        Self { keeper, bar, start: Instant::now() }
    }
}

impl Watch for Watcher<'_> {
    fn progress(&mut self, status: &Status) {
        if self.bar.is_hidden() {
            return;
        }
        let per_second = status.tests as f64 / self.start.elapsed().as_secs_f64().max(1e-3);
        let Status { measure, tests, pass } = status;
        let (bytes, lines) = (measure.bytes, measure.lines);
        self.bar
            .set_message(format!("{bytes} bytes, {lines} lines, {tests} tests, {per_second:.0} per second: {pass}"));
        self.bar.tick();
    }

    fn improved(&mut self, program: &[u8]) -> io::Result<()> {
        self.keeper.write(program)
    }
}
