//! Conformance: the official test suite and our own programs, run on every engine and judged.
//!
//! * [`suite`]: where the official suite comes from, and that it is what it claims to be;
//! * [`plan`] and [`agenda`]: what there is to run, and what of it is run here;
//! * [`engines`]: what runs it;
//! * [`execute`]: one case, in a process and a scratch copy of its own; [`child`] is that process for the engines that are linked in;
//! * [`runner`]: all cases, in parallel, judged by the reference;
//! * [`expectations`], [`durations`], [`skipped`]: what is known of cases beforehand.
//!
//! What was found is a [report](crate::report::conformance), which knows nothing of this module. `docs/conformance.md` says what
//! a case is and how it is judged.

mod adapt;
pub mod agenda;
pub mod child;
mod driver;
pub mod durations;
mod ending;
pub mod engines;
pub mod execute;
pub mod expectations;
mod glob;
mod judge;
mod normalise;
pub mod plan;
pub mod runner;
mod scratch;
mod shard;
pub mod skipped;
pub mod standalone;
mod store;
pub mod suite;
pub mod summary;

pub use adapt::adaptations;
pub use scratch::Files;
