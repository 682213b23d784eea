//! `ferrous` and `ferrousc` in the place of `lua` and `luac`, as a user meets them: exit codes, and what they print where.
//!
//! The snapshots hold what the reference's own binaries print. To record them again, name binaries of Lua 5.1.5, the interpreter
//! built without readline:
//!
//!     LUA=…/lua LUAC=…/luac INSTA_UPDATE=always cargo test --test ferrous_cli

mod compiler;
mod interactive;
mod ours;
mod scripts;
mod signals;
mod trace;
mod transcript;
