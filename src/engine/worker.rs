//! The parent's side of process isolation: an [`Engine`] whose work is done by a child process.
//!
//! The reference keeps state that belongs to its process and can die or hang on a legal program, and ours must be seen
//! when it does. So each engine runs in a process of its own: a death is an [`Ending::Crashed`], a run that outlasts
//! the wall clock is killed and is an [`Ending::TimedOut`], and the next request gets a new process. Nothing here knows
//! which engine it is.

use std::{io, time::Duration};

use super::{
    CompileFailure, Ending, Engine, Limits, Program, Run,
    framed_process::{FramedProcess, Lost, WorkerCommand},
    worker_wire::{Answer, Request, Wire},
};

/// How long a new worker may take until it says that it is ready.
const START_TIMEOUT: Duration = Duration::from_secs(20);
/// An engine in a child process, which is started when needed and replaced when it dies.
pub struct WorkerEngine {
    name: String,
    command: WorkerCommand,
    timeout: Duration,
    process: Option<FramedProcess>,
    failure: Option<String>,
}

impl WorkerEngine {
    /// Starts a worker and waits until it is ready. `timeout` bounds each compilation and each run by the wall clock.
    ///
    /// # Errors
    /// When the process cannot be started or is not a worker.
    pub fn start(command: WorkerCommand, timeout: Duration) -> io::Result<Self> {
        let (process, name) = start(&command)?;
        Ok(Self { name, command, timeout, process: Some(process), failure: None })
    }

    /// Why the last request could not be passed to any process, if that was so. It is the harness that failed then, not
    /// the engine, although the answer had to say that the engine crashed.
    pub fn take_failure(&mut self) -> Option<String> {
        self.failure.take()
    }

    fn exchange(&mut self, request: &Request) -> Result<Answer, Lost> {
        let process = match &mut self.process {
            Some(process) => process,
            none => {
                let (process, _) = start(&self.command).map_err(|error| {
                    let failure = format!("cannot start a worker for {}: {error}", self.name);
                    self.failure = Some(failure.clone());
                    Lost::Crashed(failure)
                })?;
                none.insert(process)
            }
        };
        process.send(&request.to_payload());
        let answer = receive(process, self.timeout);
        if answer.is_err() {
            self.process = None;
        }
        answer
    }
}

impl Engine for WorkerEngine {
    fn name(&self) -> &str {
        &self.name
    }

    fn compile(&mut self, source: &[u8], name: &[u8]) -> Result<Vec<u8>, CompileFailure> {
        match self.exchange(&Request::Compile { source: source.to_vec(), name: name.to_vec() }) {
            Ok(Answer::Compiled(result)) => result,
            Ok(_) => Err(CompileFailure::Crashed("the worker answered something else".into())),
            Err(Lost::Crashed(note)) => Err(CompileFailure::Crashed(note)),
            Err(Lost::TimedOut) => Err(CompileFailure::TimedOut),
        }
    }

    fn run(&mut self, program: &Program, limits: &Limits) -> Run {
        let ending = match self.exchange(&Request::Run { program: program.clone(), limits: *limits }) {
            Ok(Answer::Ran(run)) => return run,
            Ok(_) => Ending::Crashed("the worker answered something else".into()),
            Err(Lost::Crashed(note)) => Ending::Crashed(note),
            Err(Lost::TimedOut) => Ending::TimedOut,
        };
        Run { output: Vec::new(), ending, instructions: 0 }
    }
}

/// Starts a worker and waits until it has told its engine's name.
fn start(command: &WorkerCommand) -> io::Result<(FramedProcess, String)> {
    let mut process = FramedProcess::start(command)?;
    match receive(&mut process, START_TIMEOUT) {
        Ok(Answer::Ready { engine }) => Ok((process, engine)),
        Ok(_) => Err(io::Error::other("it does not speak the worker protocol")),
        Err(Lost::TimedOut) => Err(io::Error::other("it is not ready in time")),
        Err(Lost::Crashed(note)) => Err(io::Error::other(note)),
    }
}

fn receive(process: &mut FramedProcess, timeout: Duration) -> Result<Answer, Lost> {
    let payload = process.receive(timeout)?;
    Answer::from_payload(&payload).map_err(|error| Lost::Crashed(format!("the worker sent {error}")))
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::{ffi::OsString, time::Instant};

    use tempfile::NamedTempFile;

    use super::super::worker_wire::write_frame;
    use super::*;

    /// A shell that plays a worker: it says it is ready, reads the head of one request, and then does `script`.
    fn shell(script: &str) -> (WorkerCommand, NamedTempFile) {
        let mut greeting = NamedTempFile::new().expect("a temporary file");
        write_frame(&mut greeting, &Answer::Ready { engine: "shell".into() }.to_payload()).expect("written");
        greeting.flush().expect("flushed");
        let script = format!("cat {} || exit 9; head -c 8 >/dev/null; {script}", greeting.path().display());
        (WorkerCommand { program: "/bin/sh".into(), arguments: vec!["-c".into(), script.into()] }, greeting)
    }

    fn run(script: &str, timeout: Duration) -> Ending {
        let (command, _greeting) = shell(script);
        let mut engine = WorkerEngine::start(command, timeout).expect("the shell starts");
        assert_eq!(engine.name(), "shell");
        let program = Program { chunk: Vec::new(), name: Vec::new(), arguments: Vec::new(), script: Vec::new() };
        let first = engine.run(&program, &Limits::default()).ending;
        let second = engine.run(&program, &Limits::default()).ending;
        assert_eq!(first, second, "a new process is started for the second request");
        assert_eq!(engine.take_failure(), None);
        first
    }

    #[test]
    fn a_signal_is_named() {
        let ending = run("kill -SEGV $$", Duration::from_secs(20));
        assert_eq!(ending, Ending::Crashed("signal 11 (SIGSEGV)".into()));
    }

    #[test]
    fn an_exit_is_explained_by_standard_error() {
        let ending = run("echo first >&2; echo the reason >&2; exit 3", Duration::from_secs(20));
        assert_eq!(ending, Ending::Crashed("exit status 3: the reason".into()));
    }

    #[test]
    fn a_process_that_closes_its_output_is_killed() {
        let Ending::Crashed(_) = run("exec >/dev/null; exec sleep 100", Duration::from_secs(20)) else {
            panic!("no crash");
        };
    }

    #[test]
    fn garbage_is_a_crash() {
        let Ending::Crashed(_) = run("echo 0123456789012345; sleep 100", Duration::from_secs(20)) else {
            panic!("no crash");
        };
    }

    #[test]
    fn a_hanging_process_is_killed() {
        let start = Instant::now();
        assert_eq!(run("exec sleep 100", Duration::from_millis(50)), Ending::TimedOut);
        assert!(start.elapsed() < Duration::from_secs(50));
    }

    #[test]
    fn what_is_no_worker_does_not_start() {
        let start = |program: &str, arguments: &[&str]| {
            let arguments = arguments.iter().map(OsString::from).collect();
            WorkerEngine::start(WorkerCommand { program: program.into(), arguments }, Duration::from_secs(1)).is_err()
        };
        assert!(start("/nonexistent/lockstep", &[]));
        assert!(start("/bin/sh", &["-c", "echo hello, I am a shell"]));
        assert!(start("/bin/sh", &["-c", "exit 0"]));
    }

    #[test]
    fn a_worker_that_cannot_be_replaced_is_the_harness_s_failure() {
        let (command, greeting) = shell("exit 1");
        let mut engine = WorkerEngine::start(command, Duration::from_secs(20)).expect("the shell starts");
        assert_eq!(engine.compile(b"", b""), Err(CompileFailure::Crashed("exit status 1".into())));
        drop(greeting);
        engine.compile(b"", b"").expect_err("no worker");
        assert!(engine.take_failure().is_some_and(|failure| failure.contains("cannot start a worker for shell")));
    }
}
