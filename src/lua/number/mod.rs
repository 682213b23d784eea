//! Numbers and text: conversion in both directions, byte for byte as the reference's C library does it.
//!
//! The reference leaves this work to the C library (`strtod`, `strtoul`, `sprintf`) and to the processor (`double` to
//! integer casts); the behaviour reproduced here is that of glibc in the C locale on x86-64. Pure functions over bytes:
//! nothing in this folder knows about Lua values, the heap or errors raised in a program.
//!
//! * [`parse`]: numerals to numbers;
//! * [`mod@format`]: numbers to text, and every conversion of `string.format`;
//! * [`cast`]: numbers to machine integers.

pub mod cast;
mod digits;
pub mod format;
pub mod parse;

pub use cast::{to_i32, to_int, to_integer, to_unsigned};
pub use format::{format_number, write_number};
pub use parse::{parse_in_base, parse_number, parse_prefix};
