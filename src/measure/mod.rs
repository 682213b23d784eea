//! How much processor time two engines take for the same work.
//!
//! The door is [`Case`]: a thing that can be measured, which gives a [`Measurement`] of both engines in alternating rounds.
//! A measurement of a wrong result is worth nothing, so a case whose two sides do not agree fails. No time is ever too long:
//! this room compares, it does not judge. It knows engines, files of Lua source and how runs are compared; [`text`] and
//! [`json`] show what was measured.

mod case;
mod chunks;
mod clock;
pub mod json;
mod programs;
mod samples;
mod source;
mod start;
pub mod text;

pub use case::{Case, Failure};
pub use clock::time;
pub use samples::{Measurement, Quantity, Samples, geometric_mean};
