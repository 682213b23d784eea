//! `cargo bench --bench cases`: how many generated cases a core judges in a second, and what of a case takes how long.
//!
//! Argument handling and printing alone: cases are made and judged as the fuzz targets do it.
#![forbid(unsafe_code)]

use std::{
    io::{self, Write},
    num::NonZeroU32,
    process::ExitCode,
    thread,
    time::Duration,
};

use clap::Parser;
use lockstep::{
    engine::{
        Engine, Program, Run,
        ferrous::FerrousEngine,
        reference::{ReferenceEngine, STACK_SIZE, SnapshotEngine},
    },
    fuzz::{Bench, Case, LIMITS, Target},
    generate::case_seed,
    measure::time,
    oracle::{Pair, Tally, execute},
    outcome::{Names, compare_runs},
};

/// Measure the processor time that generated cases take
///
/// First, for every target, how many cases it judges in a second and how many of them put its claim to the test. Then what
/// the target `execute` spends its time on, in microseconds per case, with a state of the reference made for every run and
/// with one that is put back to what it was. The least time of all rounds counts.
#[derive(Parser)]
#[command(
    bin_name = "cargo bench --bench cases --",
    max_term_width = 100,
    after_long_help = "\
Examples:
  cargo bench --bench cases
  cargo bench --bench cases -- --cases 500 --rounds 1"
)]
struct Arguments {
    /// How many cases are measured in a row
    #[arg(long, default_value = "1000")]
    cases: NonZeroU32,

    /// How many times all of it is measured
    #[arg(long, default_value = "5")]
    rounds: NonZeroU32,

    /// Which series of cases
    #[arg(long, default_value = "1")]
    seed: u64,

    /// What `cargo bench` passes to every benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

impl Arguments {
    fn seeds(&self) -> impl Iterator<Item = u64> + '_ {
        (0..self.cases.get()).map(|index| case_seed(self.seed, u64::from(index)))
    }

    /// The least time of all rounds.
    fn least<T>(&self, mut work: impl FnMut() -> T) -> Duration {
        (0..self.rounds.get()).map(|_| time(&mut work).0).min().unwrap_or_default()
    }

    fn microseconds(&self, time: Duration) -> f64 {
        time.as_secs_f64() * 1e6 / f64::from(self.cases.get())
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let work = move || targets(&arguments).and_then(|()| parts(&arguments));
    match thread::Builder::new().stack_size(STACK_SIZE).spawn(work).map(thread::JoinHandle::join) {
        Ok(Ok(Ok(()))) => ExitCode::SUCCESS,
        Ok(Ok(Err(error))) | Err(error) => {
            // Nothing can be done about a standard error that is closed.
            let _ = writeln!(io::stderr(), "cases: {error}");
            ExitCode::from(2)
        }
        Ok(Err(_)) => ExitCode::FAILURE,
    }
}

/// Prints a line for each target.
fn targets(arguments: &Arguments) -> io::Result<()> {
    let mut bench = Bench::new();
    writeln!(io::stdout(), "{:<10} {:>9} {:>9}   what comes of them", "target", "cases/s", "µs/case")?;
    for target in Target::ALL {
        let mut tally = Tally::default();
        let least = arguments.least(|| {
            tally = Tally::default();
            for seed in arguments.seeds() {
                tally.add(&bench.check(target, &Case::of_seed(target, seed).input));
            }
        });
        let each = arguments.microseconds(least);
        writeln!(io::stdout(), "{:<10} {:>9.0} {each:>9.1}   {tally}", target.name(), 1e6 / each)?;
    }
    Ok(())
}

/// Prints what a case of `execute` is made of.
fn parts(arguments: &Arguments) -> io::Result<()> {
    let out = &mut io::stdout();
    let programs = programs(arguments);
    let bytes: usize = programs.iter().map(|program| program.chunk.len()).sum();
    let (mut fresh, mut kept, mut ferrous) = (ReferenceEngine::new(), SnapshotEngine::new(), FerrousEngine::new());
    let (reference_runs, ferrous_runs) = (run_all(&mut kept, &programs), run_all(&mut ferrous, &programs));
    let instructions: u64 = reference_runs.iter().map(|run| run.instructions).sum();
    let cases = programs.len();
    writeln!(
        out,
        "\nexecute, a case on average: {} bytes of source, {} instructions",
        bytes / cases,
        instructions / cases as u64
    )?;
    writeln!(out, "{:<38} {:>9} {:>9}", "µs per case", "fresh", "snapshot")?;
    let line = |name: &str, times: [Duration; 2]| -> io::Result<()> {
        let [fresh, kept] = times.map(|time| arguments.microseconds(time));
        writeln!(io::stdout(), "{name:<38} {fresh:>9.1} {kept:>9.1}")
    };
    let mut both =
        |work: &dyn Fn(&mut dyn Engine)| [arguments.least(|| work(&mut fresh)), arguments.least(|| work(&mut kept))];

    let empty = vec![Program { chunk: Vec::new(), ..programs[0].clone() }; cases];
    line("reference: an empty program", both(&|engine| drop(run_all(engine, &empty))))?;
    line("reference: compile", both(&|engine| compile_all(engine, &programs)))?;
    let alone = both(&|engine| drop(run_all(engine, &programs)));
    line("reference: compile and run", alone)?;
    let one = |time: Duration| [time; 2];
    line("ferrous: an empty program", one(arguments.least(|| run_all(&mut ferrous, &empty))))?;
    line("ferrous: compile", one(arguments.least(|| compile_all(&mut ferrous, &programs))))?;
    line("ferrous: compile and run", one(arguments.least(|| run_all(&mut ferrous, &programs))))?;
    line("generate", one(arguments.least(|| self::programs(arguments))))?;
    let names = Names { reference: "reference", subject: "ferrous" };
    let compare = || {
        let runs = programs.iter().zip(reference_runs.iter().zip(&ferrous_runs));
        runs.map(|(program, (reference, ferrous))| compare_runs(reference, ferrous, &program.name, names))
            .collect::<Vec<_>>()
    };
    line("compare", one(arguments.least(compare)))?;
    let whole = both(&|engine| whole_cases(arguments, engine));
    line("the whole", whole)?;
    let [fresh, kept] = [0, 1].map(|index| whole[index].as_secs_f64() / alone[index].as_secs_f64());
    writeln!(io::stdout(), "{:<38} {fresh:>9.2} {kept:>9.2}", "the whole by the reference alone")
}

fn programs(arguments: &Arguments) -> Vec<Program> {
    arguments.seeds().filter_map(|seed| Case::of_seed(Target::Execute, seed).input.as_program()).collect()
}

fn run_all(engine: &mut dyn Engine, programs: &[Program]) -> Vec<Run> {
    programs.iter().map(|program| engine.run(program, &LIMITS)).collect()
}

fn compile_all(engine: &mut dyn Engine, programs: &[Program]) {
    for program in programs {
        std::hint::black_box(engine.compile(&program.chunk, &program.name).ok());
    }
}

/// Makes all cases and judges them, one after the other.
fn whole_cases(arguments: &Arguments, reference: &mut dyn Engine) {
    let mut tested = FerrousEngine::new();
    for seed in arguments.seeds() {
        let Some(program) = Case::of_seed(Target::Execute, seed).input.as_program() else { continue };
        std::hint::black_box(execute::check(&mut Pair { reference, tested: &mut tested }, &program, &LIMITS));
    }
}
