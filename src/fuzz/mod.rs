//! Fuzz targets: each an oracle with the generator that makes its cases.
//!
//! * [`Target`]: which oracle, by name;
//! * [`Input`]: what an oracle judges: a program, a call, copies of a state, a host's operations;
//! * [`Case`]: the input that a stream of bytes stands for;
//! * [`InputFile`]: an input as a file holds it;
//! * [`Bench`]: the engines of a thread, on which cases are judged; [`BenchProcess`]: one in a process of its own;
//! * [`Specimen`]: a case that shows a finding, made smaller;
//! * [`raw`]: bytes that are a program as they are, for targets that execute nothing on the reference;
//! * [`Mutator`]: bytes changed so that they stay most of the case that they were;
//! * [`run`]: what a coverage-guided fuzzer calls, and [`seeds`], what it begins with.
//!
//! cargo-fuzz targets, campaigns, property tests and the regression corpus all come through here, so that the same bytes are the same
//! case everywhere. This room must not know where bytes come from, nor what is done with a finding.

mod bench;
mod bench_process;
mod case;
mod file;
mod input;
mod mutate;
pub mod raw;
mod reduction;
pub mod run;
pub mod seeds;
mod target;

pub use bench::{Bench, KEPT_LIMITS, LIMITS};
pub use bench_process::{BenchProcess, Subject, serve, serve_judge};
pub use case::Case;
pub use file::{COPIED, FileKind, InputFile};
pub use input::Input;
pub use mutate::{Fallback, Mutator};
pub use reduction::{Specimen, finding_of};
pub use target::Target;
