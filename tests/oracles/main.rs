//! Every oracle over cases that nobody wrote, a few seconds each. What fails is kept in `regressions` and tried first ever after.
//!
//! `LOCKSTEP_CASES=100000 LOCKSTEP_SEED=2 cargo test --test oracles execute` tries more of them, and others.
#![cfg(feature = "lockstep")]

mod bytecode;
mod chunk;
mod clone;
mod execute;
mod heap;
mod library;
mod parse;
mod property;
mod roundtrip;
#[path = "../../src/generate/strategy.rs"]
mod strategy;
mod trace;

use lockstep::generate::Shrink;
