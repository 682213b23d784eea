//! Cases nobody wrote: made from a stream of choices, so that bytes, seeds and property tests drive the same code.
//!
//! * [`Choices`]: the stream, and which part of it made what, for those who change a case by parts; [`Shrink`] makes its bytes simpler;
//! * [`program`]: whole programs as source text;
//! * [`call`]: calls of library functions;
//! * [`host`]: what a host does with a state;
//! * [`source`]: source text that is almost Lua;
//! * [`chunk`]: binary chunks, valid and just not;
//! * [`coverage`]: what programs reach of the language, against the full lists of it.
//!
//! This room must not know how a case is judged: it makes cases, and says what they touch.

pub mod call;
mod choices;
pub mod chunk;
pub mod coverage;
pub mod host;
pub mod program;
mod shrink;
pub mod source;
mod spans;
#[cfg(test)]
pub(crate) mod strategy;

pub(crate) use choices::splitmix;
pub use choices::{Choices, bytes_of_seed, case_seed};
pub use shrink::Shrink;
pub use spans::{Construct, Mark, Span};

/// The chunk name of generated programs.
pub const CHUNK_NAME: &str = "@generated.lua";
