//! A child process that answers framed requests, within a time each, and how it died if it did.
//!
//! What the frames mean is the business of its users. Dropping it kills the child.

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

use super::worker_wire::{read_frame, write_frame};

/// How much of the end of a child's standard error is kept to explain its death.
const STDERR_KEPT: usize = 4096;
/// How long a child that has closed its output may take to die.
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

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lost {
    /// The process is gone: `signal 11 (SIGSEGV)`, with the last line that it wrote to standard error.
    Crashed(String),
    /// It did not answer in time.
    TimedOut,
}

/// A running worker. Dropping it kills it.
pub struct FramedProcess {
    child: Child,
    requests: ChildStdin,
    answers: Receiver<io::Result<Vec<u8>>>,
    stderr: Receiver<Vec<u8>>,
}

impl FramedProcess {
    /// Starts it.
    ///
    /// # Errors
    /// When there is no such program, or no process to be had.
    pub fn start(command: &WorkerCommand) -> io::Result<Self> {
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
        Ok(Self { child, requests, answers, stderr: tail_of_stderr })
    }

    /// Sends a frame. That it cannot be sent means that the process is gone: [`FramedProcess::receive`] finds out how it went.
    pub fn send(&mut self, payload: &[u8]) {
        let _ = write_frame(&mut self.requests, payload);
    }

    /// The next frame. After an error there are no more.
    ///
    /// # Errors
    /// That there is none.
    pub fn receive(&mut self, timeout: Duration) -> Result<Vec<u8>, Lost> {
        match self.answers.recv_timeout(timeout) {
            Ok(Ok(payload)) => Ok(payload),
            Err(RecvTimeoutError::Timeout) => Err(Lost::TimedOut),
            Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => Err(Lost::Crashed(self.death())),
        }
    }

    /// How the process died, with the last line that it wrote to standard error. Only for one whose output has ended.
    fn death(&mut self) -> String {
        let mut note = self.exit().unwrap_or_else(|error| error.to_string());
        // The pipe stays open if the worker has left children of its own behind.
        let stderr = self.stderr.recv_timeout(EXIT_GRACE).unwrap_or_default();
        if let Some(line) = String::from_utf8_lossy(&stderr).lines().map(str::trim).rfind(|line| !line.is_empty()) {
            note.push_str(": ");
            note.push_str(line);
        }
        note
    }

    /// How a process ended that is dying by itself. One that has only closed its output, or wrote what is no frame, is killed.
    fn exit(&mut self) -> io::Result<String> {
        let start = Instant::now();
        while start.elapsed() < EXIT_GRACE {
            if let Some(status) = self.child.try_wait()? {
                return Ok(describe(status));
            }
            thread::sleep(Duration::from_millis(2));
        }
        self.child.kill()?;
        self.child.wait()?;
        Ok("it ended its answers and went on".to_owned())
    }
}

impl Drop for FramedProcess {
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
