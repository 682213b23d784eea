//! The plan carried out: every selected case run on a pool of threads, the longest first, and judged as soon as what it is compared
//! with is there.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};

use super::agenda::{Agenda, REFERENCE_INDEX, Work};
use super::durations::Durations;
use super::execute::{Bench, Launch};
use super::expectations::Expectations;
use super::judge::{Run, judge, judge_reference};
use super::plan::{Collection, Unit};
use super::skipped::Skipped;
use crate::report::conformance::{Case, CaseResult, Verdict};

/// What is known of the cases beforehand.
#[derive(Clone, Debug, Default)]
pub struct Knowledge {
    pub expectations: Expectations,
    pub durations: Durations,
    pub skipped: Skipped,
}

/// What is run for a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Runner {
    /// An engine of the agenda. The reference is what engines that are linked in are compared with.
    Engine(usize),
    /// The reference under the driver, which is what commands are compared with.
    DrivenReference,
}

/// One process to run.
struct Step<'a> {
    work: &'a Work,
    board: &'a Board,
    runner: Runner,
    /// How long it took when that was last recorded.
    seconds: f64,
}

/// The runs of one unit, until they can be judged.
#[derive(Default)]
struct Board(Mutex<Posted>);

#[derive(Default)]
struct Posted {
    measures: HashMap<Measure, Arc<Run>>,
    /// Engines that were faster than what they are compared with.
    waiting: Vec<(usize, Measure, Run)>,
}

/// What an engine is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Measure {
    Reference,
    DrivenReference,
}

/// An engine's run, with what it is to be compared with.
struct Judgeable {
    engine: usize,
    run: Arc<Run>,
    measure: Arc<Run>,
}

impl Board {
    /// Takes the run of an engine, and gives it back if it can be judged now.
    fn post(&self, engine: usize, measure: Measure, run: Run) -> Vec<Judgeable> {
        let mut posted = self.lock();
        match posted.measures.get(&measure) {
            Some(found) => vec![Judgeable { engine, run: Arc::new(run), measure: Arc::clone(found) }],
            None => {
                posted.waiting.push((engine, measure, run));
                Vec::new()
            }
        }
    }

    /// Takes what engines are compared with, and gives the runs that can be judged now.
    fn set(&self, measure: Measure, run: Arc<Run>) -> Vec<Judgeable> {
        let mut posted = self.lock();
        posted.measures.insert(measure, Arc::clone(&run));
        let (ready, waiting) =
            std::mem::take(&mut posted.waiting).into_iter().partition(|(_, wanted, _)| *wanted == measure);
        posted.waiting = waiting;
        let ready: Vec<(usize, Measure, Run)> = ready;
        ready
            .into_iter()
            .map(|(engine, _, found)| Judgeable { engine, run: Arc::new(found), measure: Arc::clone(&run) })
            .collect()
    }

    fn lock(&self) -> MutexGuard<'_, Posted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
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
    let boards: Vec<Board> = agenda.work.iter().map(|_| Board::default()).collect();
    let steps = steps(agenda, &boards, &knowledge.durations);
    // None at all would stand for a number that the pool chooses.
    let threads = jobs.get().min(steps.len().max(1));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().map_err(|error| error.to_string())?;
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

/// Every process that has to be run, the longest first. The reference is run where its case is wanted or an engine that is linked in
/// is to be compared with it, and under the driver where a command is.
fn steps<'a>(agenda: &'a Agenda, boards: &'a [Board], durations: &Durations) -> Vec<Step<'a>> {
    let mut steps = Vec::new();
    for (work, board) in agenda.work.iter().zip(boards) {
        for runner in runners(agenda, work) {
            let engine = match runner {
                Runner::Engine(engine) => engine,
                Runner::DrivenReference => REFERENCE_INDEX,
            };
            let seconds = durations.of(&work.unit.id(agenda.name(engine)).0);
            steps.push(Step { work, board, runner, seconds });
        }
    }
    // The sort keeps the order of equals, so a run can be repeated.
    steps.sort_by(|a, b| b.seconds.total_cmp(&a.seconds));
    steps
}

fn runners(agenda: &Agenda, work: &Work) -> Vec<Runner> {
    let is_command = |engine: &usize| agenda.is_command(*engine);
    let mut runners = Vec::new();
    if !work.wanted.contains(&REFERENCE_INDEX) && !work.wanted.iter().all(is_command) {
        runners.push(Runner::Engine(REFERENCE_INDEX));
    }
    runners.extend(work.wanted.iter().copied().map(Runner::Engine));
    if work.wanted.iter().any(is_command) {
        runners.push(Runner::DrivenReference);
    }
    runners
}

/// Runs a step, and gives the cases that can be judged now.
fn take(step: &Step<'_>, agenda: &Agenda, bench: &Bench, knowledge: &Knowledge) -> Vec<Case> {
    let Step { work, board, runner, .. } = step;
    let unit = &work.unit;
    let case = |engine: usize, result: CaseResult| finish(unit, agenda.name(engine), result, knowledge);
    let mut cases = Vec::new();
    let judgeable = match *runner {
        Runner::DrivenReference => {
            board.set(Measure::DrivenReference, Arc::new(bench.run(unit, Launch::DrivenReference)))
        }
        Runner::Engine(index) => {
            let Some(engine) = agenda.engines.get(index) else { return cases };
            let run = bench.run(unit, Launch::Engine(engine));
            if index == REFERENCE_INDEX {
                if work.wanted.contains(&index) {
                    cases.push(case(index, judge_reference(&run)));
                }
                board.set(Measure::Reference, Arc::new(run))
            } else if agenda.is_command(index) {
                board.post(index, Measure::DrivenReference, run)
            } else {
                board.post(index, Measure::Reference, run)
            }
        }
    };
    cases.extend(judgeable.iter().map(|found| case(found.engine, judge(&found.run, &found.measure))));
    cases
}

/// The case that a judgement makes, with what is known of it.
fn finish(unit: &Unit, name: &str, mut result: CaseResult, knowledge: &Knowledge) -> Case {
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

#[cfg(test)]
mod tests {
    use super::super::engines::EngineSpec;
    use super::super::plan::{Selection, official};
    use super::*;

    /// What is run for a file on the reference, Ferrous and a command, if cases of these engines are wanted.
    fn run_for(wanted: &[&str]) -> Vec<Runner> {
        let command = EngineSpec::parse("mine=lua").expect("it is an engine");
        let filters = wanted.iter().map(|engine| format!("**/source/{engine}")).collect();
        let engines = [EngineSpec::reference(), EngineSpec::ferrous(), command];
        let selection = Selection { filters, modes: Vec::new() };
        let agenda = Agenda::new(&official(["a.lua"].into_iter()), &engines, &selection, None, &Durations::default());
        assert_eq!(agenda.work.len(), 1);
        let boards = [Board::default()];
        steps(&agenda, &boards, &Durations::default()).iter().map(|step| step.runner).collect()
    }

    #[test]
    fn the_reference_is_run_for_those_that_are_compared_with_it() {
        let [reference, ferrous, command] = [0, 1, 2].map(Runner::Engine);
        assert_eq!(run_for(&["reference"]), [reference]);
        assert_eq!(run_for(&["ferrous"]), [reference, ferrous]);
        assert_eq!(run_for(&["mine"]), [command, Runner::DrivenReference]);
        let all = [reference, ferrous, command, Runner::DrivenReference];
        assert_eq!(run_for(&["reference", "ferrous", "mine"]), all);
    }
}
