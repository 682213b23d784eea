//! Ferrous Lua: a Lua 5.1 compiler, virtual machine and standard library in safe Rust.
//!
//! It must be indistinguishable from PUC-Rio Lua 5.1.5, down to the bytecode. It depends on `std` alone and must not know
//! about the harness around it.
//!
//! * [`bytecode`]: opcodes, instruction words, prototypes, binary chunks, the verifier, the listing;
//! * [`number`]: text to number and number to text, as the reference's C library does it;
//! * [`compiler`]: source to prototypes;
//! * [`heap`]: values, the objects they refer to, the collector;
//! * [`vm`]: the execution loop, calls, errors, coroutines;
//! * [`stdlib`]: the libraries;
//! * [`embed`]: what a Rust host uses.
#![forbid(unsafe_code)]

pub mod bytecode;
mod c_string;
pub mod compiler;
pub mod embed;
pub mod heap;
pub mod number;
pub mod stdlib;
pub mod vm;

pub use c_string::c_string;
