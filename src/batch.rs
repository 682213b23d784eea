//! Many programs judged in parallel: each thread takes the next file when it has done with one, with a pair of engines
//! of its own.
//!
//! The reports come back in the order of the files, however the threads got on. Where the engines come from is the
//! caller's business.

use std::{
    collections::BTreeMap,
    io,
    num::NonZeroUsize,
    path::{Path, PathBuf},
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};

use crate::{
    engine::{Engine, WorkerEngine},
    outcome::{Scope, judge},
    report::FileReport,
    script,
};

/// The two engines of a thread.
pub trait Engines {
    /// The one that decides, and the one under test.
    fn pair(&mut self) -> (&mut dyn Engine, &mut dyn Engine);

    /// What went wrong with the harness itself, rather than with an engine, since the last call.
    fn take_failure(&mut self) -> Option<String>;
}

/// Both engines in processes of their own.
pub struct Workers {
    pub reference: WorkerEngine,
    pub subject: WorkerEngine,
}

impl Engines for Workers {
    fn pair(&mut self) -> (&mut dyn Engine, &mut dyn Engine) {
        (&mut self.reference, &mut self.subject)
    }

    fn take_failure(&mut self) -> Option<String> {
        self.reference.take_failure().or_else(|| self.subject.take_failure())
    }
}

/// Judges every file, on up to `jobs` threads. `start` makes the engines of a thread; `done` gets each report, in the
/// order of the files.
pub fn judge_files<E: Engines>(
    files: &[PathBuf],
    arguments: &[Vec<u8>],
    scope: &Scope,
    jobs: NonZeroUsize,
    start: impl Fn() -> io::Result<E> + Sync,
    done: impl FnMut(FileReport),
) {
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    thread::scope(|threads| {
        for _ in 0..jobs.get().min(files.len()) {
            let sender = sender.clone();
            let (next, start) = (&next, &start);
            threads.spawn(move || {
                let mut engines = start();
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(path) = files.get(index) else { break };
                    let report = match &mut engines {
                        Ok(engines) => judge_file(path, arguments, scope, engines),
                        Err(error) => FileReport::failed(path.clone(), format!("cannot start the engines: {error}")),
                    };
                    if sender.send((index, report)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        in_order(receiver, done);
    });
}

/// Passes items on in the order of their indices, as soon as all before them are there.
fn in_order<T>(items: impl IntoIterator<Item = (usize, T)>, mut pass: impl FnMut(T)) {
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for (index, item) in items {
        waiting.insert(index, item);
        while let Some(item) = waiting.remove(&next) {
            pass(item);
            next += 1;
        }
    }
}

fn judge_file(path: &Path, arguments: &[Vec<u8>], scope: &Scope, engines: &mut impl Engines) -> FileReport {
    let program = match script::read(path, arguments) {
        Ok(program) => program,
        Err(error) => return FileReport::failed(path.to_owned(), format!("cannot read it: {error}")),
    };
    let (reference, subject) = engines.pair();
    let verdict = judge(&program, reference, subject, scope);
    match engines.take_failure() {
        Some(failure) => FileReport::failed(path.to_owned(), failure),
        None => FileReport::judged(path.to_owned(), &program, verdict),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_come_out_in_order() {
        let mut passed = Vec::new();
        in_order([(2, 'c'), (0, 'a'), (3, 'd'), (1, 'b')], |item| passed.push(item));
        assert_eq!(passed, ['a', 'b', 'c', 'd']);
    }
}
