//! Oracles: each says of one input whether one claim about the engine under test holds.
//!
//! An oracle is a function over plain inputs (source text, a binary chunk, a call, operations) that gives a [`Verdict`]: the claim
//! *holds*, is *broken* (with a [`Finding`]), or the case *says nothing*, for a reason with a name. Reasons are counted by
//! [`Tally`], so that nobody takes a thousand discarded cases for a thousand that hold. Property tests, fuzz targets and campaigns
//! all call the same functions.
//!
//! | oracle | claim | against |
//! |---|---|---|
//! | [`parse`] | source is accepted or refused alike, with the same message | the reference |
//! | [`bytecode`] | accepted source becomes the same chunk | the reference |
//! | [`execute`] | a program prints, returns, raises and counts the same | the reference |
//! | [`trace`] | every instruction of a chunk takes and writes the same | the reference's VM |
//! | [`library`] | one call of a library function has the same results and effects | the reference |
//! | [`chunk`] | a binary chunk is accepted or refused alike; running it does no harm | the reference's loader, bounds |
//! | [`roundtrip`] | a function survives being dumped, loaded, stripped and listed | itself, the reference's loader |
//! | [`heap`] | the host's API does what a model says, whenever garbage is collected | a model |
//! | [`clone`] | a copied state behaves as its original | itself |
//!
//! Every oracle's module opens with what exactly it claims and what it does not look at. A panic of the engine under test breaks
//! any claim. Engines in this process cannot be stopped by a clock and take the process with them when they die; who feeds
//! hostile input gives engines in processes of their own, where that is said to be needed.
//!
//! This room uses engines, outcomes and diagnoses. It must not know where inputs come from, nor how findings are shown.

pub mod bytecode;
pub mod chunk;
pub mod clone;
mod compilation;
mod engines;
pub mod execute;
pub mod heap;
pub mod library;
mod panics;
pub mod parse;
pub mod roundtrip;
pub mod survival;
mod tally;
pub mod trace;
mod verdict;

pub use engines::{InProcess, Pair};
pub use tally::Tally;
pub use verdict::{Finding, Silence, Verdict};

/// The oracles' names, as findings have them.
pub const NAMES: [&str; 9] = [
    parse::NAME,
    bytecode::NAME,
    execute::NAME,
    trace::NAME,
    library::NAME,
    chunk::NAME,
    roundtrip::NAME,
    heap::NAME,
    clone::NAME,
];

#[cfg(test)]
mod smoke;
#[cfg(test)]
mod wrong;
