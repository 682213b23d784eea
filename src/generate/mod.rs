//! Cases nobody wrote: made from a stream of choices, so that bytes, seeds and property tests drive the same code.
//!
//! * [`Choices`]: the stream, and which part of it made what, for those who change a case by parts;
//! * [`program`]: whole programs as source text;
//! * [`coverage`]: what programs reach of the language, against the full lists of it.
//!
//! This room must not know how a case is judged: it makes cases, and says what they touch.

mod choices;
pub mod coverage;
pub mod program;
mod spans;
#[cfg(test)]
mod strategy;

pub(crate) use choices::splitmix;
pub use choices::{Choices, bytes_of_seed, case_seed};
pub use spans::{Construct, Mark, Span};
