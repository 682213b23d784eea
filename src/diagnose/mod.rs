//! From "they differ" to what to do about it: the first diverging instruction, whose fault it is, a fingerprint, and the smallest
//! program that shows it.
//!
//! It runs engines through their traces and knows nothing of how a finding is shown (`report`).

mod attribute;
mod fingerprint;
mod locate;

pub use attribute::{Attribution, Cell, CellResult, Fault, Halves, attribute};
pub use fingerprint::fingerprint;
pub use locate::{Divergence, Located, Side, Subject, locate};
