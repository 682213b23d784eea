//! What a reduction tells while it goes on, and what it has come to. It must not know how that is shown.

use std::io;
use std::time::Duration;

use super::measure::Measure;

/// How far a reduction is.
#[derive(Clone, Copy, Debug)]
pub struct Status {
    pub measure: Measure,
    pub tests: u64,
    /// The pass that is at work.
    pub pass: &'static str,
}

/// Who follows a reduction.
pub trait Watch {
    /// Called often, also while nothing changes.
    fn progress(&mut self, status: &Status);

    /// Called with the smallest program so far whenever there is a new one.
    ///
    /// # Errors
    /// When it cannot be kept, which ends the reduction.
    fn improved(&mut self, program: &[u8]) -> io::Result<()>;
}

/// Why a reduction ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// No change of any pass gives an interesting program.
    Fixpoint,
    /// The time was over; the result is the best so far.
    Time,
    /// Somebody ended it; the result is the best so far.
    Interrupt,
}

/// What one pass has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PassCount {
    pub name: &'static str,
    pub tests: u64,
    pub accepted: u64,
    /// How many bytes shorter the program is for it; negative if it got longer while it got simpler.
    pub bytes: i64,
}

/// What a reduction has come to.
#[derive(Clone, Debug)]
pub struct Reduction {
    /// The smallest interesting program that was found; the original if there is none.
    pub program: Vec<u8>,
    pub original: Measure,
    pub measure: Measure,
    pub stop: Stop,
    /// How many candidates were tested, the original among them.
    pub tests: u64,
    /// How many candidates had been tested before.
    pub repeats: u64,
    /// How often all passes were gone through.
    pub rounds: u64,
    /// In the order in which passes were tried.
    pub passes: Vec<PassCount>,
    /// Whether the result was interesting when it was tested once more at the end, if there was time for that. If it was
    /// not, interest is a matter of luck.
    pub confirmed: Option<bool>,
    pub elapsed: Duration,
}

impl Reduction {
    /// Whether it is smaller than the original.
    pub fn is_smaller(&self) -> bool {
        self.measure < self.original
    }
}
