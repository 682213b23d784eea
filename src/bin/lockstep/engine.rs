//! Engines for subcommands: always in a process of their own, which is this same executable.

use std::{env, io, time::Duration};

use lockstep::engine::{WorkerCommand, WorkerEngine};

/// The engine of this name in a worker. `timeout` bounds each compilation and each run.
pub fn start(name: &str, timeout: Duration) -> io::Result<WorkerEngine> {
    WorkerEngine::start(WorkerCommand::lockstep(env::current_exe()?, name), timeout)
}

/// Parses a number of seconds, which may have a fraction, for `--timeout`.
pub fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "not a number of seconds".to_owned())?;
    match Duration::try_from_secs_f64(seconds) {
        Ok(duration) if !duration.is_zero() => Ok(duration),
        _ => Err("not a positive number of seconds".into()),
    }
}
