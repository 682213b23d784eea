//! A batch judged to its end, whatever becomes of the workers that judge it.
//!
//! A worker that was killed by somebody else is replaced, and goes on with the case that it was at. One that dies by itself, or
//! is silent for too long, has met a case that kills or blocks: that is judged again with the engines apart, which says whose fault it
//! is, and the batch goes on after it.

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use super::plan::Batch;
use super::wire::{Judged, Request};
use super::worker::{NoVerdict, Worker};
use crate::engine::{Lost, WorkerCommand};
use crate::fuzz::{Target, finding_of};
use crate::oracle::{Finding, Silence, Verdict};
use crate::report::campaign::{TargetTally, add_counts};

/// How often a worker may be killed in a row before the case that it is at is suspected.
const MOST_KILLS: u32 = 10;
/// A worker is replaced after so many batches, so that what engines leak does not add up.
const BATCHES: u32 = 64;
/// With engines apart, a case is compiled, run and traced with a bound for each.
const APART: u32 = 12;

/// How to start workers.
#[derive(Clone, Debug)]
pub struct Commands {
    /// One whose engines are in one process: fast.
    pub shared: WorkerCommand,
    /// One with engines in processes of their own.
    pub isolated: WorkerCommand,
}

/// What became of a batch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BatchResult {
    pub tally: TargetTally,
    pub rules: BTreeMap<String, u64>,
    /// The findings with the indices of their cases.
    pub found: Vec<(u64, Finding)>,
    /// What the harness failed to do.
    pub failures: Vec<String>,
    /// How many workers were started, and how many of them were killed by somebody else.
    pub workers: u64,
    pub killed: u64,
}

impl BatchResult {
    fn add(&mut self, index: u64, judged: Judged) {
        self.tally.cases += 1;
        add_counts(&mut self.rules, &judged.rules);
        match judged.verdict {
            Verdict::Holds => self.tally.holds += 1,
            Verdict::Broken(finding) => {
                self.tally.broken += 1;
                self.found.push((index, *finding));
            }
            Verdict::SaysNothing(silence) => {
                *self.tally.says_nothing.entry(silence.word().to_owned()).or_default() += 1;
                if let Silence::Harness(note) = silence {
                    self.failures.push(format!("{} {index}: {note}", self.tally.target));
                }
            }
        }
    }
}

/// Judges batches, one after the other, with a worker of its own.
pub struct Runner<'c> {
    commands: &'c Commands,
    timeout: Duration,
    interrupt: &'c AtomicBool,
    series: u64,
    worker: Option<Worker>,
    /// How many batches the worker has judged.
    batches: u32,
}

/// Why a worker did not come to a verdict about a case.
enum Cause {
    Died(String),
    TimedOut,
}

impl<'c> Runner<'c> {
    /// `timeout` bounds each case.
    pub fn new(commands: &'c Commands, timeout: Duration, interrupt: &'c AtomicBool, series: u64) -> Self {
        Self { commands, timeout, interrupt, series, worker: None, batches: 0 }
    }

    /// Judges a batch; `None` if it was interrupted.
    ///
    /// # Errors
    /// When there are no workers to be had.
    pub fn run(&mut self, batch: &Batch) -> io::Result<Option<BatchResult>> {
        let mut result = BatchResult::default();
        result.tally.target = batch.target.name().to_owned();
        self.batches += 1;
        if self.batches > BATCHES {
            self.worker = None;
        }
        // How often a worker was killed at the case that is under way.
        let mut kills = 0;
        loop {
            let before = result.tally.cases;
            let Some(lost) = self.go_on(batch, &mut result)? else { return Ok(Some(result)) };
            if result.tally.cases > before {
                kills = 0;
            }
            let cause = match lost {
                NoVerdict::Interrupted => return Ok(None),
                NoVerdict::Killed if kills < MOST_KILLS => {
                    kills += 1;
                    result.killed += 1;
                    continue;
                }
                NoVerdict::Killed => Cause::Died("killed again and again".into()),
                NoVerdict::Died(note) => Cause::Died(note),
                NoVerdict::TimedOut => Cause::TimedOut,
            };
            let index = batch.first + result.tally.cases;
            let Some(judged) = self.judged_apart(batch.target, index, &cause, &mut result)? else { return Ok(None) };
            result.add(index, judged);
            kills = 0;
        }
    }

    /// Goes on with a batch after what is judged of it. Gives why it did not come to its end, if it did not: then the worker is gone.
    fn go_on(&mut self, batch: &Batch, result: &mut BatchResult) -> io::Result<Option<NoVerdict>> {
        let (done, count) = (result.tally.cases, batch.count - result.tally.cases);
        if count == 0 {
            return Ok(None);
        }
        let request = self.request(batch.target, batch.first + done, count);
        let mut worker = match self.worker.take() {
            Some(worker) => worker,
            None => match self.start(&self.commands.shared, result)? {
                Ok(worker) => {
                    self.batches = 1;
                    worker
                }
                Err(lost) => return Ok(Some(lost)),
            },
        };
        worker.ask(&request)?;
        for index in request.first..request.first + count {
            match worker.judged(self.timeout, self.interrupt) {
                Ok(judged) => result.add(index, judged),
                Err(lost) => return Ok(Some(lost)),
            }
        }
        self.worker = Some(worker);
        Ok(None)
    }

    fn request(&self, target: Target, first: u64, count: u64) -> Request {
        Request { target: target.name().to_owned(), series: self.series, first, count }
    }

    /// Starts a worker; that it was killed or interrupted meanwhile is no error.
    fn start(&self, command: &WorkerCommand, result: &mut BatchResult) -> io::Result<Result<Worker, NoVerdict>> {
        result.workers += 1;
        match Worker::start(command, self.interrupt)? {
            Err(NoVerdict::Died(note)) => Err(io::Error::other(format!("a worker does not start: {note}"))),
            Err(NoVerdict::TimedOut) => Err(io::Error::other("a worker is not ready in time")),
            started => Ok(started),
        }
    }

    /// A case judged alone; nothing but the reason if there is no verdict, unless somebody else has killed the worker.
    fn alone(
        &self,
        command: &WorkerCommand,
        (target, index): (Target, u64),
        timeout: Duration,
        result: &mut BatchResult,
    ) -> io::Result<Result<Judged, NoVerdict>> {
        for _ in 0..MOST_KILLS {
            let judged = match self.start(command, result)? {
                Err(lost) => Err(lost),
                Ok(mut worker) => {
                    worker.ask(&self.request(target, index, 1))?;
                    worker.judged(timeout, self.interrupt)
                }
            };
            match judged {
                Err(NoVerdict::Killed) => result.killed += 1,
                judged => return Ok(judged),
            }
        }
        Ok(Err(NoVerdict::Died("killed again and again".into())))
    }

    /// The verdict about a case that no worker came to an end with; `None` if it was interrupted.
    fn judged_apart(
        &self,
        target: Target,
        index: u64,
        cause: &Cause,
        result: &mut BatchResult,
    ) -> io::Result<Option<Judged>> {
        let case = (target, index);
        let apart = self.alone(&self.commands.isolated, case, self.timeout.saturating_mul(APART), result)?;
        Ok(match (apart, cause) {
            (Err(NoVerdict::Interrupted), _) => None,
            // Nothing of the reference is in a worker whose engines are apart.
            (Err(_), cause) => Some(Judged::without_rules(lost(target, cause, None))),
            (Ok(Judged { verdict: Verdict::Broken(finding), rules }), cause) if is_harm(&finding) => {
                Some(Judged { verdict: lost(target, cause, Some(*finding)), rules })
            }
            (Ok(judged), Cause::Died(note)) if is_unharmed(&judged.verdict) => {
                self.died_only_together(case, note, judged, result)?
            }
            // One that only was slow, while two engines shared a bound, is judged all the same.
            (Ok(judged), _) => Some(judged),
        })
    }

    /// The verdict about a case that kills a process with both engines in it, and neither engine alone.
    fn died_only_together(
        &self,
        case: (Target, u64),
        note: &str,
        judged: Judged,
        result: &mut BatchResult,
    ) -> io::Result<Option<Judged>> {
        let silence = match self.alone(&self.commands.shared, case, self.timeout, result)? {
            Err(NoVerdict::Interrupted) => return Ok(None),
            Ok(_) => Silence::NotRepeatable,
            Err(_) => Silence::Harness(format!("dies only where both engines are in one process: {note}")),
        };
        Ok(Some(Judged { verdict: Verdict::SaysNothing(silence), ..judged }))
    }
}

/// Whether a verdict knows of no engine that came to harm.
fn is_unharmed(verdict: &Verdict) -> bool {
    !matches!(
        verdict,
        Verdict::Broken(_)
            | Verdict::SaysNothing(Silence::ReferenceCrashed(_) | Silence::ReferenceTimedOut | Silence::Harness(_))
    )
}

/// Whether it is found that the tested engine came to harm.
fn is_harm(finding: &Finding) -> bool {
    let what = finding.fingerprint.strip_prefix(&*finding.oracle).and_then(|rest| rest.strip_prefix(": "));
    what.is_some_and(|what| ["crash", "hang", "broke off"].iter().any(|word| what.starts_with(word)))
}

/// The finding that a process was lost by the tested engine's fault. It has the fingerprint that all who judge in processes give it,
/// so that it can be reduced and is found to be the same elsewhere.
fn lost(target: Target, cause: &Cause, apart: Option<Finding>) -> Verdict {
    let lost = match cause {
        Cause::Died(note) => Lost::Crashed(note.clone()),
        Cause::TimedOut => Lost::TimedOut,
    };
    let finding = finding_of(target, Err(lost)).map(|finding| match apart {
        Some(apart) => Finding { fingerprint: finding.fingerprint, ..apart },
        None => finding,
    });
    finding.map_or(Verdict::Holds, |finding| Verdict::Broken(Box::new(finding)))
}
