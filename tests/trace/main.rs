//! Traces of both engines: equal where the engines agree, and different, in the right place, where one is wrong.
#![cfg(feature = "lockstep")]

#[path = "../command/mod.rs"]
mod command;
#[path = "../tracer/mod.rs"]
mod tracer;

mod commands;
mod git;
mod hostile;
mod protocol;
mod seeds;
mod wrong;
