//! A [`Bench`] in a process of its own: what kills or blocks it is an answer.
//!
//! Frames carry JSON; both ends are always the same build. Nothing here knows where inputs are from.

use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::file::InputFile;
use super::{Bench, Case, Input, KEPT_LIMITS, LIMITS, Target};
use crate::engine::{FramedProcess, Limits, Lost, WorkerCommand, own_streams, watch, write_frame};
use crate::oracle::{Silence, Verdict};

/// How much stack the thread has that judges: what a process has.
const STACK: usize = 8 << 20;

/// What a process is to judge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    /// The case of these bytes.
    Bytes(Vec<u8>),
    /// What is in a file; programs without a chunk name get the one that comes second.
    File(InputFile, String),
}

/// A question to a process: a target's name, and what it is to judge.
#[derive(Debug, Serialize, Deserialize)]
struct Question {
    target: String,
    subject: Subject,
}

/// Benches in processes, one at a time: started when needed, replaced when they die.
pub struct BenchProcess {
    command: WorkerCommand,
    timeout: Duration,
    process: Option<FramedProcess>,
}

impl BenchProcess {
    /// `command` starts a process that calls [`serve`]; `timeout` bounds each answer by the wall clock.
    pub fn new(command: WorkerCommand, timeout: Duration) -> Self {
        Self { command, timeout, process: None }
    }

    /// What the oracle says, or that its process died or did not answer in time.
    ///
    /// # Errors
    /// When the harness cannot do its part: no process can be started, or it speaks another language.
    pub fn check(&mut self, target: Target, subject: Subject) -> io::Result<Result<Verdict, Lost>> {
        let process = match &mut self.process {
            Some(process) => process,
            none => none.insert(FramedProcess::start(&self.command)?),
        };
        process.send(&serde_json::to_vec(&Question { target: target.name().to_owned(), subject })?);
        match process.receive(self.timeout) {
            Ok(payload) => Ok(Ok(serde_json::from_slice(&payload)?)),
            Err(lost) => {
                self.process = None;
                Ok(Err(lost))
            }
        }
    }
}

/// Judges what comes over standard input until that ends.
///
/// # Errors
/// When the descriptors cannot be set up, or the parent can no longer be written to.
pub fn serve() -> io::Result<()> {
    serve_judge(|| {
        let mut bench = Bench::new();
        move |target, input: &Input, limits| {
            bench.limits = limits;
            bench.check(target, input)
        }
    })
}

/// As [`serve`], with what somebody else makes that judges.
///
/// # Errors
/// Those of [`serve`].
pub fn serve_judge<J: FnMut(Target, &Input, Limits) -> Verdict>(
    make: impl FnOnce() -> J + Send + 'static,
) -> io::Result<()> {
    let (questions, mut answers) = own_streams()?;
    let work = move || {
        let mut judge = make();
        for payload in watch(questions) {
            let Question { target, subject } = serde_json::from_slice(&payload)?;
            let target = Target::from_name(&target).ok_or_else(|| io::Error::other("no such target"))?;
            write_frame(&mut answers, &serde_json::to_vec(&answer(&mut judge, target, &subject)?)?)?;
        }
        Ok(())
    };
    let thread = thread::Builder::new().stack_size(STACK).spawn(work)?;
    thread.join().unwrap_or_else(|panic| panic::resume_unwind(panic))
}

fn answer(
    judge: &mut impl FnMut(Target, &Input, Limits) -> Verdict,
    target: Target,
    subject: &Subject,
) -> io::Result<Verdict> {
    let (input, limits) = match subject {
        Subject::Bytes(bytes) => (Case::of_bytes(target, bytes).input, LIMITS),
        Subject::File(file, name) => (file.input(name).map_err(io::Error::other)?, KEPT_LIMITS),
    };
    // Oracles catch the panics of what they test; what is left is the harness's.
    Ok(panic::catch_unwind(AssertUnwindSafe(|| judge(target, &input, limits)))
        .unwrap_or_else(|_| Verdict::SaysNothing(Silence::Harness("the oracle panicked".into()))))
}
