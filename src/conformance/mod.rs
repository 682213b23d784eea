//! Conformance: the official test suite and our own programs, run on every engine and judged.
//!
//! * [`suite`]: where the official suite comes from, and that it is what it claims to be.
//!
//! What was found is a [report](crate::report::conformance), which knows nothing of this module.

pub mod suite;
