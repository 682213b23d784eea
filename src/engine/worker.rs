//! The parent's side of process isolation: an [`Engine`] whose work is done by a child process.
//!
//! The reference keeps state that belongs to its process and can die or hang on a legal program, and ours must be seen
//! when it does. So each engine runs in a process of its own: a death is an [`Ending::Crashed`], a run that outlasts
//! the wall clock is killed and is an [`Ending::TimedOut`], and the next request gets a new process. Nothing here knows
//! which engine it is.

use std::{
    ffi::OsString,
    io::{self, Read},
    os::unix::process::ExitStatusExt,
    path::PathBuf,
    process::{Child, ChildStderr, ChildStdin, Command, ExitStatus, Stdio},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};

use super::{
    CompileFailure, Ending, Engine, Limits, Program, Run,
    worker_wire::{Answer, Request, Wire, read_frame, write_frame},
};

/// How much of the end of a worker's standard error is kept to explain its death.
const STDERR_KEPT: usize = 4096;
/// How long a new worker may take until it says that it is ready.
const START_TIMEOUT: Duration = Duration::from_secs(20);
/// How long a worker that has closed its output may take to die.
const EXIT_GRACE: Duration = Duration::from_millis(500);

/// How to start a worker.
#[derive(Clone, Debug)]
pub struct WorkerCommand {
    pub program: PathBuf,
    pub arguments: Vec<OsString>,
}

impl WorkerCommand {
    /// `EXECUTABLE worker ENGINE`, where the executable is the `lockstep` binary.
    pub fn lockstep(executable: PathBuf, engine: &str) -> Self {
        Self { program: executable, arguments: vec!["worker".into(), engine.into()] }
    }
}

/// An engine in a child process, which is started when needed and replaced when it dies.
pub struct WorkerEngine {
    name: String,
    command: WorkerCommand,
    timeout: Duration,
    process: Option<Process>,
    failure: Option<String>,
}

impl WorkerEngine {
    /// Starts a worker and waits until it is ready. `timeout` bounds each compilation and each run by the wall clock.
    ///
    /// # Errors
    /// When the process cannot be started or is not a worker.
    pub fn start(command: WorkerCommand, timeout: Duration) -> io::Result<Self> {
        let (process, name) = Process::start(&command)?;
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
                let (process, _) = Process::start(&self.command).map_err(|error| {
                    let failure = format!("cannot start a worker for {}: {error}", self.name);
                    self.failure = Some(failure.clone());
                    Lost::Crashed(failure)
                })?;
                none.insert(process)
            }
        };
        // A failed write means that the process is gone; reading finds out how it went.
        let _ = write_frame(&mut process.requests, &request.to_payload());
        let answer = process.receive(self.timeout);
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

/// Why there is no answer.
enum Lost {
    Crashed(String),
    TimedOut,
}

/// A running worker. Dropping it kills it.
struct Process {
    child: Child,
    requests: ChildStdin,
    answers: Receiver<io::Result<Vec<u8>>>,
    stderr: Receiver<Vec<u8>>,
}

impl Process {
    fn start(command: &WorkerCommand) -> io::Result<(Self, String)> {
        let mut child = Command::new(&command.program)
            .args(&command.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let (Some(requests), Some(mut stdout), Some(stderr)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(io::Error::other("a child without pipes"));
        };
        let (sender, answers) = mpsc::channel();
        thread::spawn(move || {
            while let Some(frame) = read_frame(&mut stdout).transpose() {
                let failed = frame.is_err();
                if sender.send(frame).is_err() || failed {
                    break;
                }
            }
        });
        let (sender, tail_of_stderr) = mpsc::channel();
        // Nobody listens any more when the worker ends in good order.
        thread::spawn(move || sender.send(tail(stderr)).ok());
        let mut process = Self { child, requests, answers, stderr: tail_of_stderr };
        match process.receive(START_TIMEOUT) {
            Ok(Answer::Ready { engine }) => Ok((process, engine)),
            Ok(_) => Err(io::Error::other("it does not speak the worker protocol")),
            Err(Lost::TimedOut) => Err(io::Error::other("it is not ready in time")),
            Err(Lost::Crashed(note)) => Err(io::Error::other(note)),
        }
    }

    fn receive(&mut self, timeout: Duration) -> Result<Answer, Lost> {
        let payload = match self.answers.recv_timeout(timeout) {
            Ok(Ok(payload)) => payload,
            Err(RecvTimeoutError::Timeout) => return Err(Lost::TimedOut),
            Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => return Err(Lost::Crashed(self.death())),
        };
        Answer::from_payload(&payload).map_err(|error| Lost::Crashed(format!("the worker sent {error}")))
    }

    /// How the process died, with the last line that it wrote to standard error. Only for one whose output has ended.
    fn death(&mut self) -> String {
        let mut note = self.exit_status().map_or_else(|error| error.to_string(), describe);
        // The pipe stays open if the worker has left children of its own behind.
        let stderr = self.stderr.recv_timeout(EXIT_GRACE).unwrap_or_default();
        if let Some(line) = String::from_utf8_lossy(&stderr).lines().map(str::trim).rfind(|line| !line.is_empty()) {
            note.push_str(": ");
            note.push_str(line);
        }
        note
    }

    /// The exit status of a process that is dying by itself; it is helped along if it has only closed its output.
    fn exit_status(&mut self) -> io::Result<ExitStatus> {
        let start = Instant::now();
        while start.elapsed() < EXIT_GRACE {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            thread::sleep(Duration::from_millis(2));
        }
        self.child.kill()?;
        self.child.wait()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Errors mean that it is already dead.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads to the end and keeps the last bytes.
fn tail(mut stderr: ChildStderr) -> Vec<u8> {
    let mut kept = Vec::new();
    let mut buffer = [0; STDERR_KEPT];
    while let Ok(count @ 1..) = stderr.read(&mut buffer) {
        kept.extend_from_slice(buffer.get(..count).unwrap_or_default());
        let excess = kept.len().saturating_sub(STDERR_KEPT);
        kept.drain(..excess);
    }
    kept
}

/// `signal 11 (SIGSEGV)` or `exit status 3`.
fn describe(status: ExitStatus) -> String {
    let Some(signal) = status.signal() else {
        return status.code().map_or_else(|| status.to_string(), |code| format!("exit status {code}"));
    };
    let name = match signal {
        1 => "SIGHUP",
        2 => "SIGINT",
        4 => "SIGILL",
        5 => "SIGTRAP",
        6 => "SIGABRT",
        7 => "SIGBUS",
        8 => "SIGFPE",
        9 => "SIGKILL",
        11 => "SIGSEGV",
        13 => "SIGPIPE",
        14 => "SIGALRM",
        15 => "SIGTERM",
        24 => "SIGXCPU",
        25 => "SIGXFSZ",
        31 => "SIGSYS",
        _ => return format!("signal {signal}"),
    };
    format!("signal {signal} ({name})")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use tempfile::NamedTempFile;

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
