//! `lockstep generate`: programs nobody wrote, and what they are made of.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, IsTerminal, Write},
    num::{NonZeroU64, NonZeroUsize},
    path::PathBuf,
    sync::atomic::{AtomicU64, Ordering},
    thread,
    time::Duration,
};

use indicatif::{ProgressBar, ProgressStyle};

use lockstep::{
    batch::{Engines, Workers},
    engine::{Limits, Program},
    generate::{
        case_seed,
        coverage::{Coverage, Share},
        program::{RuleCounts, generate_from_seed},
    },
    outcome::{Agreement, Reason, Scope, Verdict, judge},
};

/// Generate programs that use all of Lua 5.1
///
/// A seed stands for the same programs for ever. They end, show what they compute, and depend on nothing in which
/// implementations are free.
#[derive(clap::Args)]
#[command(after_long_help = "\
Exit codes:
  0  done
  1  with --stats: programs differ
  2  the harness could not do its job

Examples:
  lockstep generate --seed 7
  lockstep generate --seed 7 --count 1000 --out programs && lockstep diff programs
  lockstep generate --stats 1000 --jobs 4")]
pub struct Arguments {
    /// What the programs are made from
    #[arg(long, default_value_t = 0)]
    seed: u64,

    /// How many programs
    #[arg(long, default_value = "1", conflicts_with = "stats")]
    count: NonZeroU64,

    /// Write each program to a file in this folder instead of to standard output
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Run so many programs on both engines and print what became of them and what they reached
    #[arg(long, value_name = "COUNT")]
    stats: Option<NonZeroU64>,

    /// Bound for each run of --stats, in instructions
    #[arg(long, value_name = "COUNT", default_value_t = 5_000_000)]
    instructions: u64,

    /// Bound for each compilation and each run of --stats by the wall clock, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = super::engine::seconds)]
    timeout: Duration,

    /// How many programs of --stats to run at the same time [default: as many as the machine has processors]
    #[arg(long, value_name = "COUNT", requires = "stats")]
    jobs: Option<NonZeroUsize>,

    /// Name all that --stats did not reach
    #[arg(long, requires = "stats")]
    missing: bool,

    /// Show no progress on a terminal
    #[arg(long)]
    quiet: bool,
}

/// How much stack a thread has that runs programs.
const STACK_SIZE: usize = 8 << 20;

/// How many names of a list are printed that were not reached.
const MOST_MISSING: usize = 20;

/// The name of a program: its series and its place in that.
fn file_name(series: u64, index: u64) -> String {
    format!("generated-{series}-{index:06}.lua")
}

/// Writes programs, or figures about them, and gives the exit code.
pub fn run(arguments: &Arguments) -> io::Result<u8> {
    if let Some(count) = arguments.stats {
        return statistics(arguments, count.get());
    }
    if let Some(folder) = &arguments.out {
        fs::create_dir_all(folder)?;
    }
    for index in 0..arguments.count.get() {
        let program = generate_from_seed(case_seed(arguments.seed, index));
        match &arguments.out {
            Some(folder) => fs::write(folder.join(file_name(arguments.seed, index)), &program.source)?,
            None => super::output::print(&program.source)?,
        }
    }
    Ok(0)
}

/// What became of programs.
#[derive(Default)]
struct Figures {
    coverage: Coverage,
    ends: BTreeMap<&'static str, u64>,
    /// What to say of single programs, by their place in the series.
    notes: BTreeMap<u64, String>,
    differing: u64,
    rules: RuleCounts,
    bytes: u64,
}

fn statistics(arguments: &Arguments, count: u64) -> io::Result<u8> {
    let jobs = arguments.jobs.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
    let progress = if io::stderr().is_terminal() && !arguments.quiet {
        let style = ProgressStyle::with_template("{wide_bar} {pos}/{len} {elapsed}");
        ProgressBar::new(count).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
    } else {
        ProgressBar::hidden()
    };
    let next = AtomicU64::new(0);
    let mut figures = Figures::default();
    // What each thread has found out is added up in any order: nothing of it depends on that.
    thread::scope(|threads| -> io::Result<()> {
        let one = || figures_of(arguments, &next, count, &progress);
        let start = |_| thread::Builder::new().stack_size(STACK_SIZE).spawn_scoped(threads, one);
        let all: Vec<_> = (0..jobs.get()).map(start).collect();
        for thread in all {
            let found = thread?.join().map_err(|_| io::Error::other("a thread panicked"))?;
            figures.merge(found?);
        }
        Ok(())
    })?;
    progress.finish_and_clear();
    for (index, note) in &figures.notes {
        writeln!(io::stderr(), "{index}: {note}")?;
    }
    let most_missing = if arguments.missing { usize::MAX } else { MOST_MISSING };
    super::output::print(figures.text(count, most_missing).as_bytes())?;
    Ok(u8::from(figures.differing > 0))
}

/// Runs programs until there are no more, and says what became of them.
fn figures_of(arguments: &Arguments, next: &AtomicU64, count: u64, progress: &ProgressBar) -> io::Result<Figures> {
    let mut engines = super::engine::workers(arguments.timeout)?;
    let mut figures = Figures::default();
    loop {
        let index = next.fetch_add(1, Ordering::Relaxed);
        if index >= count {
            return Ok(figures);
        }
        figures.add(arguments, index, &mut engines)?;
        progress.inc(1);
    }
}

/// The word for a verdict.
fn end_of(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Agree(Agreement::Refused) => "refused",
        Verdict::Agree(Agreement::Compiled | Agreement::Returned { .. }) => "returned",
        Verdict::Agree(Agreement::Raised { .. }) => "raised",
        Verdict::Agree(Agreement::Exited { .. }) => "exited",
        Verdict::Differ(_) => "differ",
        Verdict::Inconclusive(Reason::Budget) => "over budget",
        Verdict::Inconclusive(Reason::Memory { .. }) => "over memory",
        Verdict::Inconclusive(_) => "other inconclusive",
    }
}

impl Figures {
    /// Runs the program at this place of the series.
    fn add(&mut self, arguments: &Arguments, index: u64, engines: &mut Workers) -> io::Result<()> {
        let limits = Limits { instructions: arguments.instructions, memory: 256 << 20 };
        let generated = generate_from_seed(case_seed(arguments.seed, index));
        self.rules.add(&generated.rules);
        self.bytes += generated.source.len() as u64;
        let name = file_name(arguments.seed, index);
        let program = Program {
            chunk: generated.source,
            name: format!("@{name}").into_bytes(),
            arguments: Vec::new(),
            script: name.into_bytes(),
        };
        let (reference, subject) = engines.pair();
        let verdict = judge(&program, reference, subject, &Scope { limits, compile_only: false });
        if let Some(failure) = engines.take_failure() {
            return Err(io::Error::other(failure));
        }
        *self.ends.entry(end_of(&verdict)).or_default() += 1;
        match verdict {
            // What kills or blocks an engine is not run in this process.
            Verdict::Agree(_) => drop(self.coverage.add(&program, &limits)),
            Verdict::Differ(difference) => {
                self.differing += 1;
                self.notes.insert(index, format!("{} {}", difference.kind.word(), difference.place));
            }
            Verdict::Inconclusive(reason) => drop(self.notes.insert(index, reason.to_string())),
        }
        Ok(())
    }

    fn merge(&mut self, other: Self) {
        self.coverage.merge(other.coverage);
        for (end, number) in other.ends {
            *self.ends.entry(end).or_default() += number;
        }
        self.notes.extend(other.notes);
        self.differing += other.differing;
        self.rules.add(&other.rules);
        self.bytes += other.bytes;
    }

    fn text(&self, count: u64, most_missing: usize) -> String {
        let mut text = format!("{count} programs, {} bytes on average\n", self.bytes / count.max(1));
        for (end, number) in &self.ends {
            text.push_str(&format!("  {end:<20} {number:>6}  {:.1} %\n", *number as f64 * 100.0 / count as f64));
        }
        text.push_str("reached\n");
        for Share { of, reached, all, missing } in self.coverage.shares() {
            text.push_str(&format!("  {of:<20} {reached:>6} of {all}\n"));
            for name in missing.iter().take(most_missing) {
                text.push_str(&format!("    not {name}\n"));
            }
            if missing.len() > most_missing {
                text.push_str(&format!("    nor {} more\n", missing.len() - most_missing));
            }
        }
        text.push_str("left out by rule\n");
        for (rule, number) in self.rules.iter() {
            text.push_str(&format!("  {:<20} {number:>6}\n", rule.name()));
        }
        text
    }
}
