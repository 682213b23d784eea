//! Traces and divergences, written for people and for machines. What is shown is in `trace` and `diagnose`; nothing is judged here.

pub mod divergence;
pub mod filter;
pub mod json;
pub mod listing;
pub mod reader;
mod value;

pub use value::shown;
