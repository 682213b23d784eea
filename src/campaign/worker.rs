//! The campaign's side of a worker: a process that is asked for cases, and what becomes of it.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::wire::{Answer, Judged, Request};
use crate::engine::{FramedProcess, Lost, WorkerCommand};

/// How long a new worker may take until it says that it is ready.
const START_TIMEOUT: Duration = Duration::from_secs(60);
/// How often it is asked whether the campaign is still wanted.
const TICK: Duration = Duration::from_millis(50);

/// A running worker. Dropping it kills it.
pub struct Worker {
    process: FramedProcess,
}

/// Why there is no verdict about a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoVerdict {
    /// The process died, as this says.
    Died(String),
    /// Somebody else has killed it.
    Killed,
    /// It did not come to its end in time.
    TimedOut,
    /// The campaign is not wanted any more.
    Interrupted,
}

impl Worker {
    /// Starts a worker and waits until it is ready.
    ///
    /// # Errors
    /// When there is no such program, or no process to be had.
    pub fn start(command: &WorkerCommand, interrupt: &AtomicBool) -> io::Result<Result<Self, NoVerdict>> {
        let mut worker = Self { process: FramedProcess::start(command)? };
        Ok(match worker.receive(START_TIMEOUT, interrupt) {
            Ok(Answer::Ready) => Ok(worker),
            Ok(Answer::Judged(_)) => Err(NoVerdict::Died("it does not speak the language of workers".into())),
            Err(lost) => Err(lost),
        })
    }

    /// Asks for cases. That the process is gone is seen when an answer is waited for.
    ///
    /// # Errors
    /// When the request cannot be encoded, which none does.
    pub fn ask(&mut self, request: &Request) -> io::Result<()> {
        self.process.send(&serde_json::to_vec(request)?);
        Ok(())
    }

    /// The next case. After an error there are no more.
    ///
    /// # Errors
    /// Why there is none.
    pub fn judged(&mut self, timeout: Duration, interrupt: &AtomicBool) -> Result<Judged, NoVerdict> {
        match self.receive(timeout, interrupt)? {
            Answer::Judged(judged) => Ok(judged),
            Answer::Ready => Err(NoVerdict::Died("it does not speak the language of workers".into())),
        }
    }

    fn receive(&mut self, timeout: Duration, interrupt: &AtomicBool) -> Result<Answer, NoVerdict> {
        let deadline = Instant::now() + timeout;
        loop {
            if interrupt.load(Ordering::Relaxed) {
                return Err(NoVerdict::Interrupted);
            }
            let rest = deadline.saturating_duration_since(Instant::now());
            match self.process.receive(rest.min(TICK)) {
                Ok(payload) => {
                    let garbage = |error| NoVerdict::Died(format!("it wrote what makes no sense: {error}"));
                    return serde_json::from_slice(&payload).map_err(garbage);
                }
                Err(Lost::TimedOut) if rest > TICK => {}
                Err(Lost::TimedOut) => return Err(NoVerdict::TimedOut),
                Err(Lost::Crashed(note)) => {
                    return Err(if is_from_outside(&note) { NoVerdict::Killed } else { NoVerdict::Died(note) });
                }
            }
        }
    }
}

/// Whether a process died of a signal that no fault of its own sends: at a terminal, Ctrl-C reaches it as well.
fn is_from_outside(note: &str) -> bool {
    ["SIGHUP", "SIGINT", "SIGKILL", "SIGTERM"].iter().any(|signal| {
        note.split_once('(').is_some_and(|(before, rest)| before.starts_with("signal ") && rest.starts_with(signal))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> io::Result<Result<Worker, NoVerdict>> {
        let arguments = vec!["-c".into(), script.into()];
        let command = WorkerCommand { program: "/bin/sh".into(), arguments };
        Worker::start(&command, &AtomicBool::new(false))
    }

    /// What becomes of a worker that is ready and does this.
    fn fate(script: &str, timeout: Duration) -> NoVerdict {
        // The frame of `"Ready"`.
        let ready = r#"printf '\007\000\000\000\000\000\000\000"Ready"'"#;
        let mut worker = shell(&format!("{ready}; {script}")).expect("there is a shell").expect("it is ready");
        worker.judged(timeout, &AtomicBool::new(false)).expect_err("it judges nothing")
    }

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn deaths_are_told_from_killings() {
        assert_eq!(fate("kill -KILL $$", LONG), NoVerdict::Killed);
        assert_eq!(fate("kill -TERM $$", LONG), NoVerdict::Killed);
        assert_eq!(fate("kill -SEGV $$", LONG), NoVerdict::Died("signal 11 (SIGSEGV)".into()));
        let reason = "echo 'signal 9 (SIGKILL)' >&2; exit 3";
        assert_eq!(fate(reason, LONG), NoVerdict::Died("exit status 3: signal 9 (SIGKILL)".into()));
        assert_eq!(fate("exec sleep 100", Duration::from_millis(120)), NoVerdict::TimedOut);
    }

    #[test]
    fn who_is_not_wanted_any_more_is_not_waited_for() {
        let command = WorkerCommand { program: "/bin/sleep".into(), arguments: vec!["100".into()] };
        let lost = Worker::start(&command, &AtomicBool::new(true)).expect("started").err();
        assert_eq!(lost, Some(NoVerdict::Interrupted));
    }

    #[test]
    fn what_is_no_worker_does_not_start() {
        assert!(matches!(shell("echo hello, I am a shell; sleep 100"), Ok(Err(NoVerdict::Died(_)))));
        assert!(matches!(shell("exit 4"), Ok(Err(NoVerdict::Died(note))) if note == "exit status 4"));
        let nothing = WorkerCommand { program: "/nonexistent".into(), arguments: Vec::new() };
        assert!(Worker::start(&nothing, &AtomicBool::new(false)).is_err());
    }
}
