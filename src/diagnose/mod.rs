//! From "they differ" to what to do about it.
//!
//! * [`diagnose`]: all that is known of a difference, from what follows;
//! * [`compile_both`]: what two compilers make of a program;
//! * [`locate`]: the first diverging instruction;
//! * [`attribute`]: whose fault it is, the compiler's, the VM's or a library function's;
//! * [`one_step`]: a script that does the one instruction that goes wrong;
//! * [`fingerprint`]: what the difference is, without where;
//! * [`reduce`]: the smallest program that is still interesting;
//! * [`keep`]: where that is kept.
//!
//! This room uses engines, traces and verdicts; it must not know about command lines or about how a result is shown.

mod attribute;
mod compiled;
mod diagnosis;
mod error_class;
mod fingerprint;
pub mod keep;
mod locate;
mod one_step;
pub mod reduce;
mod silent;

pub use attribute::{Attribution, Cell, CellOutcome, CellResult, Fault, attribute};
pub use compiled::{Compiled, compile_both};
pub use diagnosis::{Diagnosis, Examination, Halves, diagnose, examine, fingerprint_of};
pub use error_class::error_class;
pub use fingerprint::fingerprint;
pub use locate::{Divergence, Located, Side, Subject, locate};
pub use one_step::one_step;
