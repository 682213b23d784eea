//! Engines for subcommands: always in a process of their own, which is this same executable.

use std::{env, io, process::Command, time::Duration};

use lockstep::{
    batch::Workers,
    engine::{ProcessTracer, WorkerCommand, WorkerEngine},
    fuzz::BenchProcess,
};

use super::halves::{REFERENCE, SUBJECT};

/// The engine of this name in a worker. `timeout` bounds each compilation and each run.
pub fn start(name: &str, timeout: Duration) -> io::Result<WorkerEngine> {
    WorkerEngine::start(WorkerCommand::lockstep(env::current_exe()?, name), timeout)
}

/// Both engines in workers.
pub fn workers(timeout: Duration) -> io::Result<Workers> {
    Ok(Workers { reference: start(REFERENCE, timeout)?, subject: start(SUBJECT, timeout)? })
}

/// The engine of this name, to be traced. `timeout` bounds each run.
pub fn tracer(name: &str, timeout: Duration) -> io::Result<ProcessTracer> {
    let (executable, engine) = (env::current_exe()?, name.to_owned());
    let command = move || {
        let mut command = Command::new(&executable);
        command.args(["trace-worker", &engine]);
        command
    };
    Ok(ProcessTracer::new(name, command, timeout))
}

/// What starts benches in processes. `timeout` bounds each answer.
pub fn bench(timeout: Duration) -> io::Result<impl Fn() -> BenchProcess + Send + Sync + 'static> {
    let program = env::current_exe()?;
    Ok(move || {
        let command = WorkerCommand { program: program.clone(), arguments: vec!["bench-worker".into()] };
        BenchProcess::new(command, timeout)
    })
}

/// Parses a number of seconds, which may have a fraction, for `--timeout`.
pub fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "not a number of seconds".to_owned())?;
    match Duration::try_from_secs_f64(seconds) {
        Ok(duration) if !duration.is_zero() => Ok(duration),
        _ => Err("not a positive number of seconds".into()),
    }
}
