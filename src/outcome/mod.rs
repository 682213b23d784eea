//! What two engines made of a program, normalised, and the verdict about them.
//!
//! The door is [`judge`]. What differs is said in a [`Difference`] that any report can render. This room knows engines
//! only as the trait and must not know about files, processes or rendering.

mod bytecode;
mod context;
mod instruction_text;
mod judge;
mod line;
mod normalise;
mod run;
mod show;
mod verdict;

pub use bytecode::{compare_chunks, compare_functions};
pub use instruction_text::operation_text;
pub use judge::{Scope, judge};
pub use normalise::{normalise, normalise_text};
pub use run::{Names, compare_runs};
pub use show::escaped;
pub use verdict::{Agreement, ContextLine, Difference, FunctionPlace, Kind, Place, Reason, Side, Verdict};
