//! A property: a claim holds of the case that any bytes stand for. It knows no oracle.

use std::cell::RefCell;
use std::fs::File;
use std::ops::Range;
use std::thread;

use lockstep::engine::reference::STACK_SIZE;
use lockstep::fuzz::{Bench, Case, Input, Target};
use lockstep::oracle::{Tally, Verdict, heap};
use proptest::test_runner::{Config, FileFailurePersistence, RngSeed, TestCaseError, TestRunner};

use crate::strategy::ChoiceBytes;

/// A target, and how much of it is tried.
pub struct Property {
    pub target: Target,
    /// How many bytes a case is made from.
    pub lengths: Range<usize>,
    /// How many cases there are, unless `LOCKSTEP_CASES` says so.
    pub cases: u32,
    /// How many of a hundred cases have to put the claim to the test.
    pub telling: u64,
}

impl Property {
    /// Tries cases until one breaks the claim, and makes that small.
    ///
    /// # Panics
    /// When the claim is broken, or hardly any case puts it to the test.
    pub fn check(self) {
        // Cases run in this process, on the reference as well.
        let thread = thread::Builder::new().stack_size(STACK_SIZE).spawn(move || self.check_here());
        if let Err(panic) = thread.expect("a thread starts").join() {
            std::panic::resume_unwind(panic);
        }
    }

    fn check_here(self) {
        // `debug.debug` of the reference reads what the process has for its input, and that may be a terminal.
        let empty = File::open("/dev/null").expect("there is an empty file");
        rustix::stdio::dup2_stdin(empty).expect("it takes the place of the input");
        let cases = std::env::var("LOCKSTEP_CASES").map_or(self.cases, |text| text.parse().expect("a number"));
        // The same cases every time: what is new is for campaigns to find.
        let seed = std::env::var("LOCKSTEP_SEED").map_or(1, |text| text.parse().expect("a number"));
        let (bench, tally) = (RefCell::new(Bench::new()), RefCell::new(Tally::default()));
        let file = format!("tests/oracles/regressions/{}.txt", self.target);
        let config = Config {
            cases,
            failure_persistence: Some(Box::new(FileFailurePersistence::Direct(file.leak()))),
            max_shrink_time: 60_000,
            rng_seed: RngSeed::Fixed(seed),
            ..Config::default()
        };
        let result = TestRunner::new(config).run(&ChoiceBytes { lengths: self.lengths.clone() }, |bytes| {
            let input = Case::of_bytes(self.target, &bytes).input;
            let verdict = bench.borrow_mut().check(self.target, &input);
            tally.borrow_mut().add(&verdict);
            match verdict {
                Verdict::Broken(finding) => Err(TestCaseError::fail(format!("{finding}\n{}", text(&input)))),
                _ => Ok(()),
            }
        });
        let tally = tally.into_inner();
        println!("{}: {tally}", self.target);
        if let Err(failure) = result {
            panic!("{failure}");
        }
        assert!(tally.holds * 100 >= tally.cases() * self.telling, "hardly anything is put to the test: {tally}");
    }
}

/// What people read of an input.
fn text(input: &Input) -> String {
    match input {
        Input::Host { stages, stress } => heap::text::print(stages, *stress),
        Input::Copies { before, after } => {
            format!("{}\n-- in a copy:\n{}", String::from_utf8_lossy(before), String::from_utf8_lossy(after))
        }
        other => other.as_program().map_or_else(String::new, |program| String::from_utf8_lossy(&program.chunk).into()),
    }
}
