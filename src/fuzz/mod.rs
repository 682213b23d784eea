//! Fuzz targets: each an oracle with the generator that makes its cases.
//!
//! * [`Target`]: which oracle, by name;
//! * [`Input`]: what an oracle judges: a program, a call, copies of a state, a host's operations;
//! * [`Case`]: the input that a stream of bytes stands for;
//! * [`Bench`]: the engines of a thread, on which cases are judged.
//!
//! cargo-fuzz targets, campaigns, property tests and the regression corpus all come through here, so that the same bytes are the same
//! case everywhere. This room must not know where bytes come from, nor what is done with a finding.

mod bench;
mod case;
mod input;
mod target;

pub use bench::{Bench, LIMITS};
pub use case::Case;
pub use input::Input;
pub use target::Target;
