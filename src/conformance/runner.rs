//! The plan carried out: every selected case run on a pool of threads, the longest first, and judged as soon as what it is compared
//! with is there.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError, mpsc};

use super::agenda::{Agenda, REFERENCE_INDEX, Work};
use super::durations::Durations;
use super::execute::Bench;
use super::expectations::Expectations;
use super::judge::{Run, judge, judge_reference};
use super::plan::{Collection, Unit};
use super::skipped::Skipped;
use crate::report::conformance::{Case, Verdict};

/// What is known of the cases beforehand.
#[derive(Clone, Debug, Default)]
pub struct Knowledge {
    pub expectations: Expectations,
    pub durations: Durations,
    pub skipped: Skipped,
}

/// One process to run: a unit on an engine.
struct Step<'a> {
    work: &'a Work,
    board: &'a Board,
    engine: usize,
    /// How long it took when that was last recorded.
    seconds: f64,
}

/// The runs of one unit, until they can be judged.
#[derive(Default)]
struct Board(Mutex<Posted>);

#[derive(Default)]
struct Posted {
    reference: Option<Arc<Run>>,
    /// Engines that were faster than the reference.
    waiting: Vec<(usize, Run)>,
}

impl Board {
    /// Takes a run, and gives those that can be judged now, with the reference's.
    fn post(&self, engine: usize, run: Run) -> Option<(Arc<Run>, Vec<(usize, Run)>)> {
        let mut posted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if engine == REFERENCE_INDEX {
            let reference = Arc::new(run);
            posted.reference = Some(Arc::clone(&reference));
            return Some((reference, std::mem::take(&mut posted.waiting)));
        }
        match &posted.reference {
            Some(reference) => Some((Arc::clone(reference), vec![(engine, run)])),
            None => {
                posted.waiting.push((engine, run));
                None
            }
        }
    }
}

/// Runs what is on the agenda. `done` gets each case as soon as it is judged; the result is sorted by id.
///
/// # Errors
/// When there can be no pool of threads.
pub fn run(
    agenda: &Agenda,
    bench: &Bench,
    knowledge: &Knowledge,
    jobs: NonZeroUsize,
    mut done: impl FnMut(&Case) + Send,
) -> Result<Vec<Case>, String> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.get()).build().map_err(|error| error.to_string())?;
    let boards: Vec<Board> = agenda.work.iter().map(|_| Board::default()).collect();
    let steps = steps(agenda, &boards, &knowledge.durations);
    let (sender, receiver) = mpsc::channel();
    let mut cases = std::thread::scope(|threads| {
        let collector = threads.spawn(move || {
            let mut cases: Vec<Case> = Vec::new();
            for case in receiver {
                done(&case);
                cases.push(case);
            }
            cases
        });
        // Spawned in order and taken in order: a thread that has nothing to do takes the longest step that is left.
        pool.in_place_scope_fifo(|scope| {
            for step in &steps {
                let sender = sender.clone();
                scope.spawn_fifo(move |_| {
                    for case in take(step, agenda, bench, knowledge) {
                        // The collector listens for as long as there are senders.
                        let _ = sender.send(case);
                    }
                });
            }
        });
        drop(sender);
        collector.join().map_err(|_| "the display of results failed".to_owned())
    })?;
    cases.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(cases)
}

/// Every process that has to be run, the longest first. The reference is run for every unit.
fn steps<'a>(agenda: &'a Agenda, boards: &'a [Board], durations: &Durations) -> Vec<Step<'a>> {
    let mut steps = Vec::new();
    for (work, board) in agenda.work.iter().zip(boards) {
        let others = work.wanted.iter().copied().filter(|&engine| engine != REFERENCE_INDEX);
        for engine in std::iter::once(REFERENCE_INDEX).chain(others) {
            let seconds = durations.of(&work.unit.id(agenda.name(engine)).0);
            steps.push(Step { work, board, engine, seconds });
        }
    }
    // The sort keeps the order of equals, so a run can be repeated.
    steps.sort_by(|a, b| b.seconds.total_cmp(&a.seconds));
    steps
}

/// Runs a step, and gives the cases that can be judged now.
fn take(step: &Step<'_>, agenda: &Agenda, bench: &Bench, knowledge: &Knowledge) -> Vec<Case> {
    let Some(engine) = agenda.engines.get(step.engine) else { return Vec::new() };
    let run = bench.run(&step.work.unit, engine);
    let Some((reference, judgeable)) = step.board.post(step.engine, run) else { return Vec::new() };
    let case = |engine: usize, run: &Run| finish(&step.work.unit, agenda.name(engine), engine, run, &reference, knowledge);
    let mut cases: Vec<Case> = judgeable.iter().map(|(engine, run)| case(*engine, run)).collect();
    if step.engine == REFERENCE_INDEX && step.work.wanted.contains(&REFERENCE_INDEX) {
        cases.push(case(REFERENCE_INDEX, &reference));
    }
    cases
}

fn finish(unit: &Unit, name: &str, engine: usize, run: &Run, reference: &Run, knowledge: &Knowledge) -> Case {
    let mut result = if engine == REFERENCE_INDEX { judge_reference(run) } else { judge(run, reference) };
    if unit.collection == Collection::Official {
        result.skipped = knowledge.skipped.of(&unit.file);
    }
    let id = unit.id(name);
    let expectation = knowledge.expectations.of(&id);
    let verdict = Verdict::of(result.status, expectation.as_ref());
    Case {
        collection: unit.collection.as_str().to_owned(),
        file: unit.file.clone(),
        mode: unit.mode,
        engine: name.to_owned(),
        section: unit.section(),
        id,
        result,
        expectation,
        verdict,
    }
}
