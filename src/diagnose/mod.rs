//! From "they differ" to what to do about it.
//!
//! * [`locate`]: the first diverging instruction;
//! * [`attribute`]: whose fault it is, the compiler's, the VM's or a library function's;
//! * [`fingerprint`]: what the divergence is, without where;
//! * [`reduce`]: the smallest program that is still interesting;
//! * [`keep`]: where that is kept.
//!
//! This room uses engines, traces and verdicts; it must not know about command lines or about how a result is shown.

mod attribute;
mod fingerprint;
pub mod keep;
mod locate;
pub mod reduce;

pub use attribute::{Attribution, Cell, CellResult, Fault, Halves, attribute};
pub use fingerprint::fingerprint;
pub use locate::{Divergence, Located, Side, Subject, locate};
