//! The smallest program that is still interesting.
//!
//! [`reduce`] takes any text and a [predicate](Interesting), and goes through [passes] until none of them finds a smaller
//! program that is interesting. `docs/reduce.md` says what passes there are and what *smaller* means.
//!
//! * [`token`], [`syntax`], [`source`]: a program taken apart, as byte ranges;
//! * [`edit`]: a candidate is the text with byte ranges replaced, so nothing else changes;
//! * [`measure`]: which of two programs is smaller;
//! * [`scheduler`]: candidates tested in parallel, with one result for any number of threads;
//! * [`predicate`]: what is interesting: a difference between two engines, or what a command says;
//! * [`until`]: when it ends at the latest;
//! * [`progress`]: what is told on the way and at the end.
//!
//! Nothing here knows where programs are kept or how progress is shown.

pub mod edit;
pub mod measure;
pub mod passes;
pub mod predicate;
pub mod progress;
mod reducer;
mod scheduler;
pub mod source;
pub mod syntax;
pub mod token;
pub mod until;

#[cfg(test)]
mod properties;

use std::io;

use thiserror::Error;

pub use predicate::{Interesting, PredicateError};
pub use progress::{PassCount, Reduction, Status, Stop, Watch};
pub use reducer::{Options, reduce};
pub use until::Until;

/// Why there is no reduction.
#[derive(Debug, Error)]
pub enum ReduceError {
    #[error("the original is not interesting")]
    NotInteresting,
    #[error(transparent)]
    Predicate(#[from] PredicateError),
    #[error("the reduced program cannot be written: {0}")]
    NotKept(io::Error),
}
