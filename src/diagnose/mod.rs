//! What to do about a finding: make it small.
//!
//! * [`reduce`]: the smallest program that is still interesting;
//! * [`keep`]: where it is kept.
//!
//! This room uses engines and verdicts; it must not know about command lines or about how a result is shown.

pub mod keep;
pub mod reduce;
