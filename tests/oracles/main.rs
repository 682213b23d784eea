//! Every oracle over cases nobody wrote, a few seconds each: `LOCKSTEP_CASES` says how many there are instead.
//!
//! A failure is reduced and kept beside its test, in `NAME.failures`, and is tried first from then on.
#![cfg(feature = "lockstep")]

mod bytecode;
mod chunk;
mod parse;
mod property;
mod roundtrip;
