//! What a coverage-guided fuzzer calls with its bytes: the case of them, the verdict, and a report if a claim is broken.
//!
//! It keeps the engines of a thread, and prints now and then what came of all cases so far: a fuzzer counts executions, and not how
//! many of them put anything to the test. It knows no fuzzer.

use std::cell::RefCell;
use std::fs::File;
use std::{io, panic};

use super::{Bench, Case, Input, Target, raw};
use crate::oracle::{Finding, Tally, Verdict};

/// The figures are printed first after so many cases, then after twice as many, and so on.
const FIRST_FIGURES: u64 = 4096;

thread_local! {
    static JUDGE: RefCell<Judge> = RefCell::new(Judge { bench: Bench::new(), tally: Tally::default() });
}

struct Judge {
    bench: Bench,
    tally: Tally,
}

/// Makes the process one in which cases can be judged; called once, before the first of them.
///
/// From now on, panics unwind and are reported as ever, whatever a fuzzer has set: those of what is under test are findings. Standard input is
/// at its end, as programs read from it.
///
/// # Errors
/// When there is no empty file to read from.
pub fn prepare() -> io::Result<()> {
    drop(panic::take_hook());
    rustix::stdio::dup2_stdin(File::open("/dev/null")?)?;
    Ok(())
}

/// What a fuzzer does with bytes that hold or say nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worth {
    /// They put the claim to the test: others can be made of them.
    Keep,
    /// They do not.
    Drop,
}

/// Puts the case of these bytes to the test.
///
/// # Errors
/// A report, if the claim is broken.
pub fn check(target: Target, bytes: &[u8]) -> Result<Worth, String> {
    let case = Case::of_bytes(target, bytes);
    match JUDGE.with_borrow_mut(|judge| judge.verdict(target, &case.input)) {
        Verdict::Holds => Ok(Worth::Keep),
        Verdict::SaysNothing(_) => Ok(Worth::Drop),
        Verdict::Broken(finding) => Err(report(target, bytes, &case.input, &finding)),
    }
}

impl Judge {
    fn verdict(&mut self, target: Target, input: &Input) -> Verdict {
        let verdict = self.bench.check(target, input);
        self.tally.add(&verdict);
        let cases = self.tally.cases();
        if cases >= FIRST_FIGURES && cases.is_power_of_two() {
            eprintln!("{target}: {}", self.tally);
        }
        verdict
    }
}

/// What is said of a finding.
fn report(target: Target, bytes: &[u8], input: &Input, finding: &Finding) -> String {
    let form = match raw::Form::of(target, bytes) {
        raw::Form::Choices => "choices",
        raw::Form::Source => "source text",
        raw::Form::Chunk => "a binary chunk",
    };
    let shown = match input {
        Input::Program(program) => String::from_utf8_lossy(&program.chunk).into_owned(),
        other => match other.as_program() {
            Some(program) => String::from_utf8_lossy(&program.chunk).into_owned(),
            None => format!("{other:#?}"),
        },
    };
    let rule = "-".repeat(72);
    format!(
        "a claim is broken\n{finding}\n{rule}\n{shown}\n{rule}\nThe case was made of {} bytes ({form}), which are going to be written to \
         a file. Explained, reduced and named:\n    lockstep triage fuzz/artifacts/{target}\n",
        bytes.len()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fuzz::Mutator;
    use crate::generate::bytes_of_seed;

    fn worth(target: Target, bytes: &[u8]) -> Worth {
        check(target, bytes).unwrap_or_else(|report| panic!("{report}"))
    }

    #[test]
    fn every_target_runs_on_bytes_and_on_what_becomes_of_them() {
        const CASES: u64 = 12;
        let work = || {
            for target in Target::ALL {
                let mut kept = 0;
                for seed in 0..CASES {
                    let mut data = bytes_of_seed(seed);
                    let before = data.len();
                    kept += u64::from(worth(target, &data) == Worth::Keep);
                    data.resize(8192, 0);
                    let size =
                        Mutator::new(target, seed, &mut |_, size, most| size.min(most)).mutate(&mut data, before, 8192);
                    kept += u64::from(worth(target, &data[..size]) == Worth::Keep);
                }
                assert!(kept * 2 >= CASES, "{target}: {kept} of {} put anything to the test", 2 * CASES);
            }
        };
        let stack = crate::engine::reference::STACK_SIZE;
        let thread = std::thread::Builder::new().stack_size(stack).spawn(work).expect("a thread starts");
        if let Err(panic) = thread.join() {
            std::panic::resume_unwind(panic);
        }
    }

    #[test]
    fn a_report_has_the_fingerprint_the_program_and_the_command() {
        let Verdict::Broken(finding) = Verdict::broken("execute", "output", "\"1\" against \"2\"", "at byte 0") else {
            panic!("it is broken")
        };
        let text = report(Target::Execute, &[1, 2], &Input::program(b"print(1)".to_vec(), "@x.lua"), &finding);
        for part in
            ["fingerprint: execute: output", "print(1)", "2 bytes (choices)", "lockstep triage fuzz/artifacts/execute"]
        {
            assert!(text.contains(part), "{part} is not in {text}");
        }
    }
}
