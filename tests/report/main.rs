//! Conformance reports: what the writers write, what comparing and joining find, and the command over them.

mod command;
mod comparing;
mod joining;
mod sample;
mod schema;
mod writers;
