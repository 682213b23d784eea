//! `cargo bench --bench traces`: the processor time that an instruction takes with and without a trace, on both engines.
//!
//! Argument handling and printing alone: programs are run as `lockstep diff` and `lockstep bisect` run them.
#![forbid(unsafe_code)]

use std::{
    hint::black_box,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    thread,
};

use lockstep::{
    engine::{Limits, Program, reference::STACK_SIZE, select},
    measure::time,
    script,
    trace::Recorder,
};

/// What is traced if nothing is named.
const PROGRAMS: [&str; 4] = ["loops", "fib", "objects", "string-building"];
const ROUNDS: u32 = 3;

fn main() -> ExitCode {
    let files: Vec<PathBuf> =
        std::env::args_os().skip(1).filter(|argument| argument != "--bench").map(PathBuf::from).collect();
    let files = match files.is_empty() {
        true => PROGRAMS.iter().map(|name| format!("benches/workloads/{name}.lua").into()).collect(),
        false => files,
    };
    let work = move || files.iter().try_for_each(|file| measure(file));
    let result = thread::Builder::new().stack_size(STACK_SIZE).spawn(work).map(thread::JoinHandle::join);
    match result {
        Ok(Ok(Ok(()))) => ExitCode::SUCCESS,
        Ok(Ok(Err(error))) | Err(error) => {
            // Nothing can be done about a standard error that is closed.
            let _ = writeln!(io::stderr(), "traces: {error}");
            ExitCode::from(2)
        }
        Ok(Err(_)) => ExitCode::FAILURE,
    }
}

/// Prints a line for each engine: nanoseconds per instruction, the least of some rounds.
fn measure(file: &Path) -> io::Result<()> {
    let program = script::read(file, &[])
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", file.display())))?;
    for name in select::NAMES {
        let (Some(make), Some(trace)) = (select::maker(name), select::tracer(name)) else { continue };
        let run = |limits: &Limits| least(|| make().run(&program, limits).instructions);
        let free = Limits { instructions: u64::MAX, memory: u64::MAX };
        let (untraced, _) = run(&free);
        let (counted, _) = run(&Limits { instructions: u64::MAX - 1, ..free });
        let (traced, instructions) = least(|| recorded(trace, &program, &free));
        let each = |time: f64| time / instructions as f64;
        writeln!(
            io::stdout(),
            "{:<18} {name:<10} {instructions:>11} instructions: untraced {:>5.1} ns, counted {:>5.1} ns, traced {:>5.1} ns",
            file.file_stem().unwrap_or_default().to_string_lossy(),
            each(untraced),
            each(counted),
            each(traced),
        )?;
    }
    Ok(())
}

/// Traces a run as the first one of a bisection does, and gives how many instructions it had.
fn recorded(trace: select::Tracer, program: &Program, limits: &Limits) -> u64 {
    let mut recorder = Recorder::new(Box::new(|block| {
        black_box(block.digest);
        true
    }));
    black_box(trace(program, limits, &mut recorder));
    recorder.instructions()
}

/// The least processor time of some rounds, in nanoseconds, and what the work gave.
fn least(work: impl Fn() -> u64) -> (f64, u64) {
    let (least, result) = (0..ROUNDS).map(|_| time(&work)).min_by_key(|(time, _)| *time).unwrap_or_default();
    (least.as_nanos() as f64, result)
}
