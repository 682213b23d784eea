//! What makes a candidate interesting.

mod command;
mod difference;
mod fingerprint;
mod pool;

use thiserror::Error;

use crate::engine::Limits;

pub use command::CommandTest;
pub use difference::{Likeness, NoDifference, SameDifference};
pub use fingerprint::{BothHalves, SameFingerprint};
pub use pool::Pool;

/// Tells whether a candidate is interesting. Asked by several threads at once.
pub trait Interesting: Sync {
    /// Whether this text is interesting. The answer must depend on the text alone, or the result of a reduction is a matter
    /// of luck. What hangs is to be bounded here.
    ///
    /// # Errors
    /// When the question cannot be asked, which is something else than a candidate that is not interesting.
    fn is_interesting(&self, candidate: &[u8]) -> Result<bool, PredicateError>;
}

/// Why a candidate could not be tested.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("a candidate cannot be tested: {0}")]
pub struct PredicateError(pub String);

/// The bounds for candidates of a program that needs so many instructions. One that gets smaller may need more than the original,
/// but rarely many more.
fn tightened(needed: u64, limits: Limits) -> Limits {
    const FACTOR: u64 = 4;
    const AT_LEAST: u64 = 100_000;
    Limits { instructions: needed.saturating_mul(FACTOR).max(AT_LEAST).min(limits.instructions), ..limits }
}
