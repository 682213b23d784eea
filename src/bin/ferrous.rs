//! `ferrous`: a stand-alone Lua 5.1 interpreter.
#![forbid(unsafe_code)]

fn main() {}
