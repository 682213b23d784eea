//! **lockstep**: a differential fuzzing and conformance harness for Lua 5.1, with the implementation under test inside it.
//!
//! The map, in the direction in which the modules may depend on each other (never upwards):
//!
//! * [`lua`]: Ferrous Lua, the compiler, VM and standard library under test. It knows nothing of the harness.
//! * [`trace`]: what an engine did, instruction by instruction: the records, and the one recorder of all engines;
//! * [`engine`]: one trait over every implementation that can be compared; one file per engine.
//! * [`outcome`]: what a run produced, normalised so that two engines' runs can be compared, and the verdict;
//! * [`process`]: a command run to its end, bounded in time and output;
//! * [`script`]: Lua files on disk, found and read as the stand-alone interpreter reads them;
//! * [`batch`]: many programs judged in parallel, each thread with a pair of engines of its own;
//! * [`conformance`]: the official suite and our own programs, run and judged;
//! * [`diagnose`]: what to do about a difference: the first diverging instruction, whose fault it is, the smallest program;
//! * [`oracle`]: claims about the engine under test, each put to the test over one input;
//! * [`generate`]: cases made from a stream of choices, and what programs cover;
//! * [`fuzz`]: targets, each an oracle with the generator that makes its cases;
//! * [`corpus`]: differences once found, kept as small files and replayed;
//! * [`triage`]: what a fuzzer has left behind, made into findings;
//! * [`campaign`]: cases without end, judged by worker processes, and what was found kept;
//! * [`report`]: what a batch found, as text for people and as JSON for machines;
//! * [`measure`]: how much processor time two engines take for the same work.
//!
//! Everything but [`lua`] is behind the feature `lockstep`.

pub mod lua;

#[cfg(feature = "lockstep")]
pub mod batch;
#[cfg(feature = "lockstep")]
pub mod campaign;
#[cfg(feature = "lockstep")]
pub mod conformance;
#[cfg(feature = "lockstep")]
pub mod corpus;
#[cfg(feature = "lockstep")]
pub mod diagnose;
#[cfg(feature = "lockstep")]
pub mod engine;
#[cfg(feature = "lockstep")]
pub mod fuzz;
#[cfg(feature = "lockstep")]
pub mod generate;
#[cfg(feature = "lockstep")]
pub mod measure;
#[cfg(feature = "lockstep")]
pub mod oracle;
#[cfg(feature = "lockstep")]
pub mod outcome;
#[cfg(feature = "lockstep")]
pub mod process;
#[cfg(feature = "lockstep")]
pub mod report;
#[cfg(feature = "lockstep")]
pub mod script;
#[cfg(feature = "lockstep")]
pub mod trace;
#[cfg(feature = "lockstep")]
pub mod triage;
