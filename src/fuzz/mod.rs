//! Fuzz targets: each an oracle with the generator that makes its cases.
//!
//! * [`Target`]: which oracle, by name;
//! * [`Input`]: what an oracle judges: a program, a call, copies of a state, a host's operations;
//! * [`Case`]: the input that a stream of bytes stands for;
//! * [`Bench`]: the engines of a thread, on which cases are judged;
//! * [`raw`]: bytes that are a program as they are, for targets that execute nothing on the reference;
//! * [`Mutator`]: bytes changed so that they stay most of the case that they were;
//! * [`run`]: what a coverage-guided fuzzer calls, and [`seeds`], what it begins with.
//!
//! cargo-fuzz targets, campaigns, property tests and the regression corpus all come through here, so that the same bytes are the same
//! case everywhere. This room must not know where bytes come from, nor what is done with a finding.

mod bench;
mod case;
mod input;
mod mutate;
pub mod raw;
pub mod run;
pub mod seeds;
mod target;

pub use bench::{Bench, LIMITS};
pub use case::Case;
pub use input::Input;
pub use mutate::{Fallback, Mutator};
pub use target::Target;
