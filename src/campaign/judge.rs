//! Who judges a case. It knows neither processes nor what becomes of a verdict.

use crate::fuzz::{Bench, Input, Target};
use crate::oracle::Verdict;

/// Judges cases, one after the other.
pub trait Judge {
    /// What the target's oracle says of an input.
    fn judge(&mut self, target: Target, input: &Input) -> Verdict;
}

impl Judge for Bench {
    fn judge(&mut self, target: Target, input: &Input) -> Verdict {
        self.check(target, input)
    }
}
