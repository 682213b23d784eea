//! Cases nobody wrote: made from a stream of choices, so that bytes, seeds and property tests drive the same code.
//!
//! * [`Choices`]: the stream;
//! * [`program`]: whole programs as source text;
//! * [`source`]: source text that is almost Lua;
//! * [`chunk`]: binary chunks, valid and just not;
//! * [`coverage`]: what programs reach of the language, against the full lists of it.
//!
//! This room must not know how a case is judged: it makes cases, and says what they touch.

mod choices;
pub mod chunk;
pub mod coverage;
pub mod program;
pub mod source;
#[cfg(test)]
mod strategy;

pub use choices::{Choices, bytes_of_seed, case_seed};
