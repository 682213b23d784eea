//! Candidates tested in parallel, with the result of testing them one after the other.
//!
//! Candidates are numbered in the order in which they come. Several are tested at once, on the assumption that none is
//! interesting, and the interesting one with the lowest number wins as soon as all before it have been found not to be.
//! What was tested beyond it is forgotten, so neither the number of threads nor their speed can be told from the result.
//! It must not know what a candidate is made from.

use std::collections::{HashSet, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::Scope;
use std::time::Duration;

use super::predicate::{Interesting, PredicateError};
use super::until::Until;

/// How often the caller hears of progress while nothing happens.
const TICK: Duration = Duration::from_millis(100);

/// A candidate under test.
struct Job {
    generation: u64,
    number: u64,
    text: Arc<[u8]>,
}

struct Answer {
    generation: u64,
    number: u64,
    result: Result<bool, PredicateError>,
}

/// A candidate whose turn has not come yet.
struct Pending<T> {
    text: Arc<[u8]>,
    hash: u64,
    tag: T,
    result: Option<Result<bool, PredicateError>>,
}

/// How a search ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Found<T> {
    /// The first interesting candidate, with what it came with.
    Interesting(T, Arc<[u8]>),
    Nothing,
    /// The time was over.
    Stopped,
}

/// Threads that test candidates.
pub struct Scheduler {
    jobs: Sender<Job>,
    answers: Receiver<Answer>,
    /// How many candidates are tested at once.
    width: usize,
    /// Changes when what is under test is no longer of interest.
    generation: Arc<AtomicU64>,
    /// When the time is over.
    pub until: Until,
    /// Hashes of candidates that are not interesting.
    boring: HashSet<u64>,
    /// How many candidates were tested whose result counted.
    pub tests: u64,
    /// How many candidates had been tested before.
    pub repeats: u64,
}

impl Scheduler {
    /// Starts `jobs` threads, which end with the scheduler.
    pub fn start<'scope>(
        threads: &'scope Scope<'scope, '_>,
        predicate: &'scope dyn Interesting,
        jobs: NonZeroUsize,
        until: Until,
    ) -> Self {
        let (sender, queue) = mpsc::channel::<Job>();
        let queue = Arc::new(Mutex::new(queue));
        let (answer, answers) = mpsc::channel();
        let generation = Arc::new(AtomicU64::new(0));
        for _ in 0..jobs.get() {
            let (queue, answer, generation) = (Arc::clone(&queue), answer.clone(), Arc::clone(&generation));
            threads.spawn(move || work(&queue, &answer, &generation, predicate));
        }
        Self {
            jobs: sender,
            answers,
            width: jobs.get(),
            generation,
            until,
            boring: HashSet::new(),
            tests: 0,
            repeats: 0,
        }
    }

    /// Whether the time is over.
    pub fn is_over(&self) -> bool {
        self.until.is_over()
    }

    /// The first interesting one of some candidates. `tick` is called now and then.
    ///
    /// # Errors
    /// When a candidate before that cannot be tested.
    pub fn first_interesting<T>(
        &mut self,
        candidates: impl IntoIterator<Item = (T, Vec<u8>)>,
        mut tick: impl FnMut(&Self),
    ) -> Result<Found<T>, PredicateError> {
        let mut candidates = candidates.into_iter();
        let mut pending = VecDeque::new();
        let mut first = 0;
        let found = loop {
            tick(self);
            if self.is_over() {
                break Ok(Found::Stopped);
            }
            self.fill(&mut pending, first, &mut candidates);
            let Some(front) = pending.front_mut() else {
                // Candidates may have come to an end because of the time.
                break Ok(if self.is_over() { Found::Stopped } else { Found::Nothing });
            };
            match front.result.take() {
                None => self.receive(&mut pending, first),
                Some(result) => {
                    self.tests += 1;
                    match (result, pending.pop_front()) {
                        (Ok(true), Some(winner)) => break Ok(Found::Interesting(winner.tag, winner.text)),
                        (Ok(_), loser) => self.boring.extend(loser.map(|loser| loser.hash)),
                        (Err(error), _) => break Err(error),
                    }
                    first += 1;
                }
            }
        };
        self.generation.fetch_add(1, Ordering::Relaxed);
        found
    }

    /// Puts new candidates under test, as many as there are threads for.
    fn fill<T>(
        &mut self,
        pending: &mut VecDeque<Pending<T>>,
        first: u64,
        candidates: &mut impl Iterator<Item = (T, Vec<u8>)>,
    ) {
        while pending.len() < self.width && !self.is_over() {
            let Some((tag, text)) = candidates.next() else { break };
            let hash = hash(&text);
            if self.boring.contains(&hash) || pending.iter().any(|other| other.hash == hash) {
                self.repeats += 1;
                continue;
            }
            let text: Arc<[u8]> = text.into();
            let number = first + pending.len() as u64;
            let job = Job { generation: self.generation.load(Ordering::Relaxed), number, text: Arc::clone(&text) };
            // The threads listen for as long as there is a scheduler.
            let _ = self.jobs.send(job);
            pending.push_back(Pending { text, hash, tag, result: None });
        }
    }

    /// Waits for an answer for a while.
    fn receive<T>(&mut self, pending: &mut VecDeque<Pending<T>>, first: u64) {
        let rest = self.until.rest();
        let answer = match self.answers.recv_timeout(rest.min(TICK)) {
            Ok(answer) => answer,
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return,
        };
        let position = answer.number.checked_sub(first).and_then(|position| usize::try_from(position).ok());
        if answer.generation == self.generation.load(Ordering::Relaxed)
            && let Some(waiting) = position.and_then(|position| pending.get_mut(position))
        {
            waiting.result = Some(answer.result);
        }
    }
}

fn hash(text: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Tests candidates until there can be no more.
fn work(queue: &Mutex<Receiver<Job>>, answers: &Sender<Answer>, generation: &AtomicU64, predicate: &dyn Interesting) {
    loop {
        let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Job { generation: of_job, number, text }) = job else { break };
        if of_job != generation.load(Ordering::Relaxed) {
            continue;
        }
        let result = predicate.is_interesting(&text);
        if answers.send(Answer { generation: of_job, number, result }).is_err() {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Condvar;
    use std::time::Instant;
    use std::{iter, thread};

    use super::*;

    /// Takes the longer the lower the number in the text is, and finds those from 5 on interesting.
    struct Slow;

    impl Interesting for Slow {
        fn is_interesting(&self, candidate: &[u8]) -> Result<bool, PredicateError> {
            let number = u64::from(candidate[0]);
            thread::sleep(Duration::from_millis(20_u64.saturating_sub(2 * number)));
            match number {
                9 => Err(PredicateError("nine".into())),
                number => Ok(number >= 5),
            }
        }
    }

    fn search(jobs: usize, numbers: &[u8], time: Duration) -> (Result<Found<usize>, PredicateError>, u64, u64) {
        thread::scope(|threads| {
            let jobs = NonZeroUsize::new(jobs).expect("some");
            let mut scheduler = Scheduler::start(threads, &Slow, jobs, Until::after(time, Arc::default()));
            let candidates = numbers.iter().map(|number| vec![*number]).enumerate();
            let found = scheduler.first_interesting(candidates, |_| ());
            (found, scheduler.tests, scheduler.repeats)
        })
    }

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn the_lowest_interesting_one_wins_whatever_is_faster() {
        for jobs in [1, 2, 4, 8] {
            let (found, tests, _) = search(jobs, &[0, 1, 3, 5, 8, 7], LONG);
            assert_eq!(found, Ok(Found::Interesting(3, Arc::from([5_u8]))), "{jobs} jobs");
            assert_eq!(tests, 4, "{jobs} jobs");
        }
    }

    #[test]
    fn what_was_boring_is_not_tested_again() {
        let (found, tests, repeats) = search(1, &[1, 2, 1, 2, 1], LONG);
        assert_eq!((found, tests, repeats), (Ok(Found::Nothing), 2, 3));
    }

    #[test]
    fn an_error_counts_only_before_the_first_interesting_one() {
        for jobs in [1, 4] {
            assert_eq!(search(jobs, &[1, 9, 5], LONG).0, Err(PredicateError("nine".into())));
            assert!(matches!(search(jobs, &[1, 5, 9], LONG).0, Ok(Found::Interesting(1, _))));
        }
    }

    #[test]
    fn it_stops_when_the_time_is_over() {
        assert_eq!(search(2, &[0; 1], Duration::ZERO).0, Ok(Found::Stopped));
        // It would be interesting, but comes too late.
        assert_eq!(search(1, &[5], Duration::from_millis(1)).0, Ok(Found::Stopped));
    }

    #[test]
    fn it_stops_among_candidates_that_were_tested_before() {
        let start = Instant::now();
        let found = thread::scope(|threads| {
            let until = Until::after(Duration::from_millis(50), Arc::default());
            let mut scheduler = Scheduler::start(threads, &Slow, NonZeroUsize::MIN, until);
            let endless = iter::repeat((0, vec![1])).take_while(|_| start.elapsed() < LONG / 4);
            scheduler.first_interesting(endless, |_| ())
        });
        assert_eq!(found, Ok(Found::Stopped));
        assert!(start.elapsed() < LONG / 8, "{:?}", start.elapsed());
    }

    /// Steps of a test, each of which waits for the one before it.
    #[derive(Default)]
    struct Steps {
        reached: Mutex<u8>,
        changed: Condvar,
    }

    impl Steps {
        fn reach(&self, step: u8) {
            let mut reached = self.reached.lock().expect("no panic");
            *reached = step.max(*reached);
            self.changed.notify_all();
        }

        fn wait(&self, step: u8) {
            let reached = self.reached.lock().expect("no panic");
            let waited = self.changed.wait_timeout_while(reached, LONG, |reached| *reached < step).expect("no panic");
            assert!(!waited.1.timed_out(), "step {step}");
        }
    }

    /// The first search ends while its second candidate is under test, which ends in the second search before that one's
    /// second candidate does.
    impl Interesting for Steps {
        fn is_interesting(&self, candidate: &[u8]) -> Result<bool, PredicateError> {
            match candidate {
                b"winner" => self.wait(1),
                b"stale" => {
                    self.reach(1);
                    self.wait(2);
                }
                b"first" => {
                    self.reach(2);
                    self.wait(3);
                }
                _ => {
                    self.reach(3);
                    self.wait(4);
                }
            }
            Ok(matches!(candidate, b"winner" | b"second"))
        }
    }

    #[test]
    fn answers_of_an_earlier_search_do_not_count() {
        let steps = Steps::default();
        thread::scope(|threads| {
            let jobs = NonZeroUsize::new(2).expect("some");
            let mut scheduler = Scheduler::start(threads, &steps, jobs, Until::after(LONG, Arc::default()));
            let mut search = |texts: [&str; 2]| {
                let candidates = texts.map(|text| (text.to_owned(), text.as_bytes().to_vec()));
                let found = scheduler.first_interesting(candidates, |scheduler| {
                    // The winner and the first one have been counted.
                    if scheduler.tests == 2 {
                        steps.reach(4);
                    }
                });
                found.map(|found| if let Found::Interesting(tag, _) = found { tag } else { "none".into() })
            };
            assert_eq!(search(["winner", "stale"]), Ok("winner".into()));
            assert_eq!(search(["first", "second"]), Ok("second".into()));
        });
    }
}
