//! **lockstep**: a differential fuzzing and conformance harness for Lua 5.1, with the implementation under test inside it.
//!
//! The map, in the direction in which the modules may depend on each other (never upwards):
//!
//! * [`lua`]: Ferrous Lua, the compiler, VM and standard library under test. It knows nothing of the harness.
//! * [`engine`]: one trait over every implementation that can be compared; one file per engine.
//! * [`outcome`]: what a run produced, normalised so that two engines' runs can be compared, and the verdict.
//!
//! Everything but [`lua`] is behind the feature `lockstep`.

pub mod lua;

#[cfg(feature = "lockstep")]
pub mod engine;
#[cfg(feature = "lockstep")]
pub mod outcome;
