//! Traces and divergences, written for people. What is shown is in `trace` and `diagnose`; nothing is judged here.

pub mod diagnosis;
pub mod divergence;
pub mod listing;
mod summary;
mod value;

pub use summary::{CellSummary, Diagnosed, DiagnosisSummary};
pub use value::shown;
