//! Traces and divergences, written for people. What is shown is in `trace` and `diagnose`; nothing is judged here.

pub mod diagnosis;
pub mod divergence;
pub mod listing;
pub mod page;
mod value;

pub use value::shown;
