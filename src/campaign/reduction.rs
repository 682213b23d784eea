//! Findings made smaller beside the campaign: one after the other, each bounded in time, in a thread of its own.

use std::io;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use super::keep::Found;
use crate::diagnose::reduce::Until;
use crate::fuzz::{BenchProcess, Input, Specimen};
use crate::generate::{bytes_of_seed, case_seed};
use crate::report::campaign::Reduction;

/// Makes a case smaller that still shows its finding, until the time is over.
pub trait Reduce: Send {
    /// The smallest such case that was found.
    ///
    /// # Errors
    /// When candidates cannot be judged.
    fn reduce(&mut self, found: &Found, until: Until) -> io::Result<Input>;
}

/// Makes cases smaller with benches in processes: first the bytes that a case was made from, then its text.
pub struct BySpecimen {
    start: Box<dyn Fn() -> BenchProcess + Send + Sync>,
}

impl BySpecimen {
    /// `start` makes a bench in a process.
    pub fn new(start: impl Fn() -> BenchProcess + Send + Sync + 'static) -> Self {
        Self { start: Box::new(start) }
    }
}

impl Reduce for BySpecimen {
    fn reduce(&mut self, found: &Found, until: Until) -> io::Result<Input> {
        let bytes = bytes_of_seed(case_seed(found.series, found.index));
        // A text gets smaller sooner than the bytes that it was made from.
        let half = Until { deadline: until.deadline - until.rest() / 2, ..until.clone() };
        let (fingerprint, process) = (&found.finding.fingerprint, &mut (self.start)());
        let smaller = Specimen::reduced_from_bytes(found.target, fingerprint, &bytes, process, &half)?;
        // The campaign goes on beside this, on as many processors as there are.
        Ok(smaller.with_reduced_source(&self.start, NonZeroUsize::MIN, until)?.input)
    }
}

/// A reduction that has come to its end.
pub struct Reduced {
    /// The case in its smaller form; the original if there is none.
    pub found: Found,
    pub reduction: Reduction,
}

/// The thread that reduces.
pub struct Reductions {
    orders: Option<Sender<Found>>,
    results: Receiver<Reduced>,
    pending: usize,
}

impl Reductions {
    /// Starts the thread. Each reduction may take so much time; an interrupt ends them all.
    pub fn start(mut reducer: Box<dyn Reduce>, time: Duration, interrupt: Arc<AtomicBool>) -> Self {
        let (orders, incoming) = mpsc::channel::<Found>();
        let (outgoing, results) = mpsc::channel();
        thread::spawn(move || {
            for found in incoming {
                let until = Until::after(time, Arc::clone(&interrupt));
                if until.is_interrupted() {
                    break;
                }
                // Nobody listens any more if the campaign has ended.
                let _ = outgoing.send(reduced(&mut *reducer, found, until));
            }
        });
        Self { orders: Some(orders), results, pending: 0 }
    }

    /// Nothing is reduced.
    pub fn none() -> Self {
        let (_, results) = mpsc::channel();
        Self { orders: None, results, pending: 0 }
    }

    /// Whether anything is reduced at all.
    pub fn is_wanted(&self) -> bool {
        self.orders.is_some()
    }

    /// Puts a finding into the queue.
    pub fn order(&mut self, found: Found) {
        if self.orders.as_ref().is_some_and(|orders| orders.send(found).is_ok()) {
            self.pending += 1;
        }
    }

    /// How many have been ordered and have not come back.
    pub fn pending(&self) -> usize {
        self.pending
    }

    /// One that has come to its end, if there is one within this time.
    pub fn next(&mut self, timeout: Duration) -> Option<Reduced> {
        let reduced = self.results.recv_timeout(timeout).ok()?;
        self.pending = self.pending.saturating_sub(1);
        Some(reduced)
    }
}

fn reduced(reducer: &mut dyn Reduce, found: Found, until: Until) -> Reduced {
    let start = Instant::now();
    let before = size(&found.input);
    let result = reducer.reduce(&found, until);
    let seconds = start.elapsed().as_secs_f64();
    match result {
        Ok(input) if size(&input) < before => {
            let reduction = Reduction { before, after: size(&input), seconds, note: None, file: None };
            Reduced { found: Found { input, ..found }, reduction }
        }
        result => {
            let note = result.err().map_or("no smaller case shows it".to_owned(), |error| error.to_string());
            Reduced { found, reduction: Reduction { before, after: before, seconds, note: Some(note), file: None } }
        }
    }
}

/// How large a case is, in bytes.
fn size(input: &Input) -> usize {
    match input {
        Input::Copies { before, after } => before.len() + after.len(),
        Input::Program(program) => program.chunk.len(),
        input => input.as_program().map_or_else(|| format!("{input:?}").len(), |program| program.chunk.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fuzz::Target;
    use crate::oracle::Verdict;

    /// Cuts programs in half, unless they cannot be judged.
    struct Halving;

    impl Reduce for Halving {
        fn reduce(&mut self, found: &Found, _: Until) -> io::Result<Input> {
            let program = found.input.as_program().expect("a program");
            match program.chunk.as_slice() {
                b"bad" => Err(io::Error::other("nobody judges")),
                chunk => Ok(Input::program(chunk[..chunk.len() / 2].to_vec(), "@x")),
            }
        }
    }

    fn found(text: &str) -> Found {
        let verdict = Verdict::broken("execute", text, "what", "where");
        let finding = verdict.finding().expect("a finding").clone();
        Found { target: Target::Execute, series: 1, index: 0, input: Input::program(text.into(), "@x"), finding }
    }

    #[test]
    fn each_comes_back_in_its_turn() {
        let interrupt = Arc::new(AtomicBool::new(false));
        let mut reductions = Reductions::start(Box::new(Halving), Duration::from_secs(60), interrupt);
        for text in ["abcd", "bad", ""] {
            reductions.order(found(text));
        }
        assert_eq!(reductions.pending(), 3);
        let mut next = || reductions.next(Duration::from_secs(60)).expect("it comes back");
        let first = next();
        assert_eq!((first.reduction.before, first.reduction.after, first.reduction.note), (4, 2, None));
        assert_eq!(first.found.input, Input::program(b"ab".to_vec(), "@x"));
        let second = next();
        assert_eq!((second.found, second.reduction.note.as_deref()), (found("bad"), Some("nobody judges")));
        assert_eq!(next().reduction.note.as_deref(), Some("no smaller case shows it"));
        assert_eq!(reductions.pending(), 0);
    }

    #[test]
    fn an_interrupt_ends_them() {
        let interrupt = Arc::new(AtomicBool::new(true));
        let mut reductions = Reductions::start(Box::new(Halving), Duration::from_secs(60), interrupt);
        reductions.order(found("abcd"));
        assert!(reductions.next(Duration::from_millis(500)).is_none());
    }
}
