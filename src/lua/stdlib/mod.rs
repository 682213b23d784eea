//! The standard library: one file per Lua library, and what they are built from.

pub mod pattern;
