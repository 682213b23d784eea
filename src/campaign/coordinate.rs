//! All batches of a campaign, on several workers, and what they find kept as soon as it is found.
//!
//! Each thread has a worker and takes the next batch when it has done with one. When the time is over, no batch is begun any more and those
//! under way come to their end; an interrupt drops them, and the campaign goes on with them when it is started again.

use std::collections::BTreeSet;
use std::io;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::keep::{Found, Keep};
use super::ledger::{Done, Ledger};
use super::plan::{Batch, Plan};
use super::reduction::{Reduced, Reductions};
use super::runner::{BatchResult, Runner};
use crate::fuzz::{Case, Target};
use crate::generate::{bytes_of_seed, case_seed};
use crate::oracle::Finding;
use crate::report::campaign::Summary;

pub use super::runner::Commands;

/// How often it is shown how things stand.
const TICK: Duration = Duration::from_millis(200);

/// How to carry out a campaign.
pub struct Setting {
    pub commands: Commands,
    /// The bound for each case by the wall clock.
    pub timeout: Duration,
    pub jobs: NonZeroUsize,
    /// How long the whole campaign may take, with what it took before it was interrupted.
    pub time: Option<Duration>,
    /// Set when nothing more is wanted, by Ctrl-C say.
    pub interrupt: Arc<AtomicBool>,
}

/// Follows a campaign.
pub trait Watch {
    /// How things stand, a few times in a second.
    fn progress(&mut self, summary: &Summary, reductions: usize);

    /// A finding that was not known before was written to these files.
    fn found(&mut self, found: &Found, files: &[String]);
}

/// What a thread has to tell.
enum Message {
    Done(u64, Batch, Box<BatchResult>),
    /// There are no workers to be had.
    Failed(io::Error),
}

/// Carries out a campaign until its end, its time's end, or an interrupt. What is found is in the ledger.
///
/// # Errors
/// When there are no workers to be had, or something cannot be written.
pub fn run(
    plan: &Plan,
    setting: &Setting,
    ledger: &mut Ledger,
    keeper: &mut dyn Keep,
    reductions: &mut Reductions,
    watch: &mut dyn Watch,
) -> io::Result<()> {
    ledger.run().jobs = setting.jobs.get();
    let mut desk = Desk { plan, ledger, keeper, reductions, watch, start: Instant::now(), ordered: BTreeSet::new() };
    desk.order_what_is_left()?;
    let earlier = Duration::try_from_secs_f64(desk.ledger.summary().run.seconds).unwrap_or_default();
    let deadline = setting.time.map(|time| desk.start + time.saturating_sub(earlier));
    let result = desk.batches(setting, deadline).and_then(|()| desk.wait_for_reductions(setting));
    let is_complete = plan.batch(desk.ledger.done().first_open()).is_none();
    desk.ledger.set_seconds(desk.start.elapsed().as_secs_f64());
    desk.ledger.run().interrupted = setting.interrupt.load(Ordering::Relaxed);
    // Whatever ended it, what was found is written.
    desk.ledger.finish(is_complete)?;
    result
}

/// Where results come in.
struct Desk<'d> {
    plan: &'d Plan,
    ledger: &'d mut Ledger,
    keeper: &'d mut dyn Keep,
    reductions: &'d mut Reductions,
    watch: &'d mut dyn Watch,
    start: Instant,
    /// The fingerprints of which a case was ordered to be reduced.
    ordered: BTreeSet<String>,
}

impl Desk<'_> {
    fn batches(&mut self, setting: &Setting, deadline: Option<Instant>) -> io::Result<()> {
        let (done, next) = (self.ledger.done(), Mutex::new(0));
        let gate = Gate { plan: self.plan, done, next, deadline, setting, is_over: AtomicBool::new(false) };
        thread::scope(|threads| {
            let (sender, receiver) = mpsc::channel();
            for _ in 0..setting.jobs.get() {
                let (sender, gate) = (sender.clone(), &gate);
                threads.spawn(move || judge_batches(gate, &sender));
            }
            drop(sender);
            let result = self.listen(&receiver);
            // After an error nobody listens any more, so nothing more is begun.
            gate.is_over.store(true, Ordering::Relaxed);
            result
        })
    }

    fn listen(&mut self, receiver: &mpsc::Receiver<Message>) -> io::Result<()> {
        loop {
            match receiver.recv_timeout(TICK) {
                Ok(Message::Done(turn, batch, result)) => self.enter(turn, &batch, *result)?,
                Ok(Message::Failed(error)) => return Err(error),
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
                Err(RecvTimeoutError::Timeout) => {}
            }
            while let Some(reduced) = self.reductions.next(Duration::ZERO) {
                self.enter_reduced(reduced)?;
            }
            self.show();
        }
    }

    fn show(&mut self) {
        self.ledger.set_seconds(self.start.elapsed().as_secs_f64());
        self.watch.progress(self.ledger.summary(), self.reductions.pending());
    }

    /// What is found is written before the batch is said to be done.
    fn enter(&mut self, turn: u64, batch: &Batch, result: BatchResult) -> io::Result<()> {
        for (index, finding) in self.ledger.add(turn, batch, result) {
            let found = self.found(batch.target, index, finding);
            self.keep(&found)?;
            self.order(found);
        }
        self.ledger.set_seconds(self.start.elapsed().as_secs_f64());
        self.ledger.save()
    }

    fn found(&self, target: Target, index: u64, finding: Finding) -> Found {
        let series = self.plan.seed();
        let input = Case::of_bytes(target, &bytes_of_seed(case_seed(series, index))).input;
        Found { target, series, index, input, finding }
    }

    fn keep(&mut self, found: &Found) -> io::Result<()> {
        let kept = self.keeper.keep(found)?;
        if !self.ledger.is_known(&found.finding.fingerprint) {
            self.watch.found(found, &kept.files);
        }
        self.ledger.set_kept(&found.finding.fingerprint, kept.files, kept.replay);
        Ok(())
    }

    fn order(&mut self, found: Found) {
        let fingerprint = &found.finding.fingerprint;
        // An earlier case of a fingerprint needs no reduction of its own.
        if !self.ledger.is_known(fingerprint) && self.ordered.insert(fingerprint.clone()) {
            self.reductions.order(found);
        }
    }

    /// The findings of an earlier run that were not reduced then.
    fn order_what_is_left(&mut self) -> io::Result<()> {
        for finding in self.ledger.not_reduced() {
            let target = Target::from_name(&finding.first.target);
            let target = target.ok_or_else(|| io::Error::other(format!("no target {}", finding.first.target)))?;
            let (oracle, what, place) = (target.name().into(), finding.what, finding.place);
            let shown = Finding { oracle, what, place, fingerprint: finding.fingerprint };
            let found = self.found(target, finding.first.index, shown);
            self.order(found);
        }
        Ok(())
    }

    fn enter_reduced(&mut self, reduced: Reduced) -> io::Result<()> {
        let Reduced { found, mut reduction } = reduced;
        if reduction.note.is_none() {
            reduction.file = Some(self.keeper.keep_reduced(&found)?);
        }
        self.ledger.set_reduced(&found.finding.fingerprint, reduction);
        self.ledger.save()
    }

    fn wait_for_reductions(&mut self, setting: &Setting) -> io::Result<()> {
        while self.reductions.pending() > 0 && !setting.interrupt.load(Ordering::Relaxed) {
            if let Some(reduced) = self.reductions.next(TICK) {
                self.enter_reduced(reduced)?;
            }
            self.show();
        }
        Ok(())
    }
}

/// Who takes the next batch.
struct Gate<'g> {
    plan: &'g Plan,
    /// What was done before.
    done: Done,
    next: Mutex<u64>,
    deadline: Option<Instant>,
    setting: &'g Setting,
    is_over: AtomicBool,
}

impl Gate<'_> {
    /// The next turn that is not done, with its batch; `None` if nothing more is to be begun.
    fn take(&self) -> Option<(u64, Batch)> {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let is_late = self.deadline.is_some_and(|deadline| Instant::now() >= deadline);
        let is_over = self.is_over.load(Ordering::Relaxed) || self.setting.interrupt.load(Ordering::Relaxed);
        if is_late || is_over {
            return None;
        }
        while self.done.contains(*next) {
            *next += 1;
        }
        let turn = *next;
        let batch = self.plan.batch(turn)?;
        *next += 1;
        Some((turn, batch))
    }
}

fn judge_batches(gate: &Gate<'_>, sender: &Sender<Message>) {
    let setting = gate.setting;
    let mut runner = Runner::new(&setting.commands, setting.timeout, &setting.interrupt, gate.plan.seed());
    while let Some((turn, batch)) = gate.take() {
        let message = match runner.run(&batch) {
            Ok(Some(result)) => Message::Done(turn, batch, Box::new(result)),
            Ok(None) => break,
            Err(error) => Message::Failed(error),
        };
        let is_failed = matches!(message, Message::Failed(_));
        if sender.send(message).is_err() || is_failed {
            break;
        }
    }
}
