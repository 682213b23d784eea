//! Engines that can be traced, in processes of the binary that was just built.

use std::{path::Path, process::Command, time::Duration};

use lockstep::engine::ProcessTracer;

/// The engine of this name in a folder. `timeout` bounds each run.
pub fn tracer(engine: &'static str, folder: &Path, timeout: Duration) -> ProcessTracer {
    let folder = folder.to_owned();
    let command = move || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lockstep"));
        command.args(["trace-worker", engine]).current_dir(&folder);
        command
    };
    ProcessTracer::new(engine, command, timeout)
}
