//! The regression corpus as users meet it: replayed, added to, fed by triage.
#![cfg(feature = "lockstep")]

#[path = "../command/mod.rs"]
mod command;

mod replay;
mod triage;
