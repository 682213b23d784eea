//! `lockstep campaign`: cases without end, judged by every oracle.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::{Arc, atomic::AtomicBool};
use std::thread;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use lockstep::{
    campaign::{
        coordinate::{self, Commands, Setting, Watch},
        keep::{Folder, Found},
        known,
        ledger::{FINDINGS, Ledger, Opened},
        plan::Plan,
        reduction::{BySpecimen, Reductions},
        status,
    },
    engine::WorkerCommand,
    fuzz::Target,
    report::campaign::{Configuration, Shard, Summary, text},
};
use signal_hook::{
    consts::{SIGINT, SIGTERM},
    flag,
};

/// How often a line is printed where nobody sees a status line.
const LINES: Duration = Duration::from_secs(30);
/// The bound for a case unless something else is asked for.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Judge generated cases by every oracle, on several processes, and keep what they show
///
/// A case is made from the seed, the name of its target and its number, so a campaign with the same seed finds the same, whatever the
/// number of processes, and whatever becomes of them. The folder holds all that is known: the same command goes on with a
/// campaign that was interrupted. See docs/campaign.md.
#[derive(clap::Args)]
#[command(after_long_help = "\
Exit codes:
  0    no findings, or only known ones
  1    there are findings that were not known
  2    the harness could not do its job: wrong usage, another campaign in the folder, no workers, a case that it failed over
  130  interrupted; what was found is in the folder, and the same command goes on

Examples:
  lockstep campaign --time 10m
  lockstep campaign --time 1h --jobs 8 --seed 7 --target execute --target library
  lockstep campaign --cases 100000 --shard 2/5 --out part-2
  lockstep campaign --time 40m --known corpus/regressions --out nightly
  lockstep campaign --resume --out nightly --time 2h
  lockstep report render nightly/summary.json --to campaign.html")]
pub struct Arguments {
    /// Begin no more cases after this time, with that of earlier runs in the same folder [default: 10m, unless --cases is given]
    #[arg(long, value_name = "TIME", value_parser = super::time::parse)]
    time: Option<Duration>,

    /// So many cases, in all shards together
    #[arg(long, value_name = "COUNT")]
    cases: Option<u64>,

    /// How many worker processes [default: the number of processors]
    #[arg(long, short)]
    jobs: Option<NonZeroUsize>,

    /// What the cases are made from [default: 0]
    #[arg(long)]
    seed: Option<u64>,

    /// An oracle to be used (can be given several times) [default: all of them]
    #[arg(long = "target", value_name = "NAME", value_parser = target)]
    targets: Vec<Target>,

    /// Judge one part of the cases: every N-th batch, from the K-th on
    #[arg(long, value_name = "K/N", value_parser = shard)]
    shard: Option<Shard>,

    /// The folder of the campaign
    #[arg(long, short, value_name = "DIR", default_value = "campaign")]
    out: PathBuf,

    /// Go on with the campaign that is in the folder, with the configuration that it has
    #[arg(long)]
    resume: bool,

    /// Bound for each case by the wall clock [default: 10s]
    #[arg(long, value_name = "TIME", value_parser = super::time::parse)]
    timeout: Option<Duration>,

    /// Bound for the address space of a worker process, in bytes or with K, M or G
    #[arg(long, value_name = "SIZE", default_value = "4G", value_parser = super::size::parse)]
    memory: u64,

    /// How long each new finding may be reduced
    #[arg(long, value_name = "TIME", default_value = "20s", value_parser = super::time::parse)]
    reduce_time: Duration,

    /// Reduce nothing
    #[arg(long, conflicts_with = "reduce_time")]
    no_reduce: bool,

    /// Fingerprints that are known: a folder of the corpus, a campaign's summary, or a list (can be given several times)
    #[arg(long, value_name = "DIR|FILE")]
    known: Vec<PathBuf>,

    /// Print nothing but the summary
    #[arg(long, short)]
    quiet: bool,
}

fn target(name: &str) -> Result<Target, String> {
    let names = || Target::ALL.map(Target::name).join(", ");
    Target::from_name(name).ok_or_else(|| format!("there is no such target; there are {}", names()))
}

fn shard(text: &str) -> Result<Shard, String> {
    let wrong = || "not a part such as 2/5".to_owned();
    let (index, count) = text.split_once('/').ok_or_else(wrong)?;
    let shard = Shard { index: index.parse().map_err(|_| wrong())?, count: count.parse().map_err(|_| wrong())? };
    if shard.index == 0 || shard.index > shard.count { Err(wrong()) } else { Ok(shard) }
}

/// Carries out the campaign, prints what was found and gives the exit code.
pub fn run(arguments: &Arguments) -> io::Result<u8> {
    let configuration = configuration(arguments)?;
    let plan = plan(&configuration)?;
    let known = known_fingerprints(&arguments.known)?;
    let (mut ledger, opened) = Ledger::open(&arguments.out, configuration.clone())?;
    ledger.set_known(known);
    let setting = setting(arguments, &configuration)?;
    let mut reductions = reductions(arguments, &setting)?;
    let mut keeper = Folder::new(arguments.out.join(FINDINGS));
    let mut display = Display::new(arguments, ledger.summary(), opened);
    let result = coordinate::run(&plan, &setting, &mut ledger, &mut keeper, &mut reductions, &mut display);
    display.finish();
    result?;
    super::output::print(text::write(ledger.summary()).as_bytes())?;
    Ok(ledger.summary().exit_code())
}

/// What the arguments say, or else what is in the folder if that is to be gone on with, or else what is usual.
fn configuration(arguments: &Arguments) -> io::Result<Configuration> {
    let there = if arguments.resume { Ledger::configuration(&arguments.out)? } else { None };
    if arguments.resume && there.is_none() {
        return Err(io::Error::other(format!("{}: there is no campaign to go on with", arguments.out.display())));
    }
    let targets = if arguments.targets.is_empty() { Target::ALL.to_vec() } else { arguments.targets.clone() };
    let ordered = Target::ALL.into_iter().filter(|target| targets.contains(target));
    let usual = Configuration {
        lockstep: env!("CARGO_PKG_VERSION").to_owned(),
        seed: arguments.seed.unwrap_or(0),
        targets: ordered.map(|target| target.name().to_owned()).collect(),
        shard: arguments.shard,
        cases: arguments.cases,
        timeout: arguments.timeout.unwrap_or(TIMEOUT).as_secs_f64(),
    };
    let Some(there) = there else { return Ok(usual) };
    Ok(Configuration {
        lockstep: usual.lockstep,
        seed: arguments.seed.unwrap_or(there.seed),
        targets: if arguments.targets.is_empty() { there.targets } else { usual.targets },
        shard: arguments.shard.or(there.shard),
        cases: arguments.cases.or(there.cases),
        timeout: arguments.timeout.map_or(there.timeout, |timeout| timeout.as_secs_f64()),
    })
}

fn plan(configuration: &Configuration) -> io::Result<Plan> {
    let targets: Vec<Target> = configuration.targets.iter().filter_map(|name| Target::from_name(name)).collect();
    Plan::new(configuration.seed, &targets, configuration.shard, configuration.cases)
        .ok_or_else(|| io::Error::other("there is nothing to be judged"))
}

fn known_fingerprints(paths: &[PathBuf]) -> io::Result<BTreeSet<String>> {
    let mut all = BTreeSet::new();
    for path in paths {
        all.extend(known::fingerprints(path)?);
    }
    Ok(all)
}

fn setting(arguments: &Arguments, configuration: &Configuration) -> io::Result<Setting> {
    let interrupt = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // Registered first, it is asked first: the flag is still down when the first signal comes.
        flag::register_conditional_default(signal, Arc::clone(&interrupt))?;
        flag::register(signal, Arc::clone(&interrupt))?;
    }
    let timeout = Duration::try_from_secs_f64(configuration.timeout).map_err(io::Error::other)?;
    let (seconds, memory) = (configuration.timeout.to_string(), arguments.memory.to_string());
    let program = std::env::current_exe()?;
    let worker = |more: &[&str]| {
        let arguments = [&["campaign-worker", "--timeout", &seconds], more].concat();
        WorkerCommand { program: program.clone(), arguments: arguments.iter().map(Into::into).collect() }
    };
    let usual = configuration.cases.is_none().then_some(Duration::from_secs(600));
    Ok(Setting {
        commands: Commands { shared: worker(&["--memory", &memory]), isolated: worker(&["--isolated"]) },
        timeout,
        jobs: arguments.jobs.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN),
        time: arguments.time.or(usual),
        interrupt,
    })
}

fn reductions(arguments: &Arguments, setting: &Setting) -> io::Result<Reductions> {
    if arguments.no_reduce {
        return Ok(Reductions::none());
    }
    let reducer = BySpecimen::new(super::engine::bench(setting.timeout)?);
    Ok(Reductions::start(Box::new(reducer), arguments.reduce_time, Arc::clone(&setting.interrupt)))
}

/// Shows how things stand: a line at a terminal that changes, lines elsewhere.
struct Display {
    bar: ProgressBar,
    is_quiet: bool,
    start: Instant,
    /// How many cases earlier runs had judged.
    before: u64,
    last: Instant,
}

impl Display {
    fn new(arguments: &Arguments, summary: &Summary, opened: Opened) -> Self {
        let before = summary.totals().cases;
        let bar = if io::stderr().is_terminal() && !arguments.quiet {
            let style = ProgressStyle::with_template("{spinner} {elapsed} {wide_msg}");
            ProgressBar::new_spinner().with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
        } else {
            ProgressBar::hidden()
        };
        let now = Instant::now();
        let display = Self { bar, is_quiet: arguments.quiet, start: now, before, last: now };
        if opened == Opened::GoingOn {
            display.say(&format!("going on after {before} cases"));
        }
        display
    }

    /// A line that stays. Whoever does not read misses it.
    fn say(&self, line: &str) {
        if !self.is_quiet {
            self.bar.suspend(|| writeln!(io::stderr(), "{line}")).ok();
        }
    }

    fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

impl Watch for Display {
    fn progress(&mut self, summary: &Summary, reductions: usize) {
        let is_due = self.last.elapsed() >= LINES;
        if self.is_quiet || (self.bar.is_hidden() && !is_due) {
            return;
        }
        let mut line = status::line(summary, self.start.elapsed(), self.before);
        if reductions > 0 {
            line.push_str(&format!(", {reductions} to be reduced"));
        }
        if self.bar.is_hidden() {
            self.last = Instant::now();
            self.say(&line);
        } else {
            self.bar.set_message(line);
            self.bar.tick();
        }
    }

    fn found(&mut self, found: &Found, files: &[String]) {
        let fingerprint: String = found.finding.fingerprint.escape_debug().collect();
        self.say(&format!("finding: {fingerprint} ({} {}): {}", found.target, found.index, files.join(", ")));
    }
}
