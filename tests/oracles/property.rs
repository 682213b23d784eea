//! The property of all oracles: no case breaks the claim, and enough of them put it to the test.

use std::cell::RefCell;
use std::ops::Range;
use std::{env, thread};

use lockstep::engine::reference::STACK_SIZE;
use lockstep::fuzz::{Bench, Case, Target};
use lockstep::oracle::Tally;
use proptest::test_runner::{Config, FileFailurePersistence, TestCaseError, TestRunner};
use strategy::ChoiceBytes;

#[path = "../../src/generate/strategy.rs"]
mod strategy;

/// For how many milliseconds a failure is reduced at most.
const SHRINKING: u32 = 60_000;

/// A target, and how it is put to the test.
pub struct Property {
    pub target: Target,
    /// The file of the test, beside which failures are kept.
    pub file: &'static str,
    pub cases: u32,
    /// How many bytes a case has.
    pub lengths: Range<usize>,
    /// So many of 100 cases must hold and not say nothing.
    pub floor: u64,
}

impl Property {
    /// Checks it.
    ///
    /// # Panics
    /// When a case breaks the claim, with the smallest that was found, or when too many say nothing.
    pub fn check(self) {
        // The reference recurses.
        let thread = thread::Builder::new().stack_size(STACK_SIZE).spawn(move || self.check_here());
        if let Err(panic) = thread.expect("a thread starts").join() {
            std::panic::resume_unwind(panic);
        }
    }

    fn check_here(self) {
        let cases = env::var("LOCKSTEP_CASES").ok();
        let cases = cases.map_or(self.cases, |text| text.parse().expect("LOCKSTEP_CASES is a number"));
        let persistence = FileFailurePersistence::WithSource("failures");
        let mut runner = TestRunner::new(Config {
            cases,
            failure_persistence: Some(Box::new(persistence)),
            source_file: Some(self.file),
            max_shrink_time: SHRINKING,
            ..Config::default()
        });
        let (bench, tally) = (RefCell::new(Bench::new()), RefCell::new(Tally::default()));
        let result = runner.run(&ChoiceBytes { lengths: self.lengths }, |bytes| {
            let case = Case::of_bytes(self.target, &bytes);
            let verdict = bench.borrow_mut().check(self.target, &case.input);
            tally.borrow_mut().add(&verdict);
            match verdict.finding() {
                None => Ok(()),
                Some(finding) => Err(TestCaseError::fail(format!("{finding}\n{:?}", case.input))),
            }
        });
        let tally = tally.into_inner();
        println!("{}: {tally}", self.target);
        result.unwrap_or_else(|failure| panic!("{}: {failure}", self.target));
        assert!(tally.holds * 100 >= tally.cases() * self.floor, "too few are put to the test: {tally}");
    }
}
