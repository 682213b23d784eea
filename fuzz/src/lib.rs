//! What every fuzz target is: `lockstep`'s own target of that name, given to libFuzzer.
//!
//! All that is to be known of cases, verdicts and mutations is in `lockstep::fuzz`; here are only the hooks that libFuzzer calls, and
//! [`overflow`], which is the one place with `unsafe`.
#![deny(unsafe_code)]

mod overflow;

pub use libfuzzer_sys;
pub use lockstep;

use std::process;

use libfuzzer_sys::Corpus;
use lockstep::fuzz::run::{self, Worth};
use lockstep::fuzz::{Mutator, Target};

/// Called once, before the first case.
///
/// # Panics
/// When the process cannot be made ready.
pub fn prepare() {
    overflow::use_a_stack_of_its_own();
    run::prepare().expect("a process in which cases can be judged");
}

/// Puts bytes to the test. If the claim is broken, it prints a report and ends the process, of which libFuzzer makes an artifact.
pub fn check(target: Target, bytes: &[u8]) -> Corpus {
    match run::check(target, bytes) {
        Ok(Worth::Keep) => Corpus::Keep,
        Ok(Worth::Drop) => Corpus::Reject,
        Err(report) => {
            eprintln!("{report}");
            // A panic cannot leave a function that C calls: it would end the process with more words.
            process::abort()
        }
    }
}

/// Changes the first `size` bytes of `data`, and says how many there are then.
pub fn mutate(target: Target, data: &mut [u8], size: usize, most: usize, seed: u32) -> usize {
    Mutator::new(target, u64::from(seed), &mut libfuzzer_sys::fuzzer_mutate).mutate(data, size, most)
}

/// Writes something of both inputs to `out`, and says how many bytes that is.
pub fn cross(target: Target, first: &[u8], second: &[u8], out: &mut [u8], seed: u32) -> usize {
    Mutator::new(target, u64::from(seed), &mut libfuzzer_sys::fuzzer_mutate).cross(first, second, out)
}

/// The fuzz target of this name.
#[macro_export]
macro_rules! target {
    ($target:ident) => {
        const TARGET: $crate::lockstep::fuzz::Target = $crate::lockstep::fuzz::Target::$target;

        libfuzzer_sys::fuzz_target!(init: $crate::prepare(), |bytes: &[u8]| -> libfuzzer_sys::Corpus {
            $crate::check(TARGET, bytes)
        });
        libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| {
            $crate::mutate(TARGET, data, size, most, seed)
        });
        libfuzzer_sys::fuzz_crossover!(|first: &[u8], second: &[u8], out: &mut [u8], seed: u32| {
            $crate::cross(TARGET, first, second, out, seed)
        });
    };
}
