//! Traces and divergences, written for people and for machines. What is shown is in `trace` and `diagnose`; nothing is judged here.

pub mod diagnosis;
pub mod divergence;
pub mod filter;
pub mod json;
pub mod listing;
pub mod page;
pub mod reader;
mod summary;
mod value;

pub use summary::{CellSummary, Diagnosed, DiagnosisSummary};
pub use value::shown;
