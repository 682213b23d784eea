//! The checks seen red: for each kind of difference that can be reported, an engine that is wrong in just that way, and
//! the verdict that names it.
//!
//! The right engine is always the reference itself; the wrong one is the reference with one thing changed.

mod bytecode;
mod engines;
mod inconclusive;
mod kinds;
mod rendering;
