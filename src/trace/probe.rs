//! What an engine shows of itself before an instruction is executed: the one interface between engines and traces.
//!
//! It says what is there and nothing about what is recorded of it.

use serde::{Deserialize, Serialize};

use super::event::hash;
use crate::lua::bytecode::Prototype;

/// Where the engine is: about to execute an instruction of a Lua function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The running thread: what [`Seen::Object`] identifies it by.
    pub thread: u64,
    /// How many frames are active on this thread, native ones included, this one too. The main chunk called by the host has
    /// depth 1.
    pub depth: u32,
    /// The running prototype: a number that no other live prototype of the engine has.
    pub prototype: u64,
    /// The index of the instruction in the prototype's code, from 0.
    pub pc: u32,
    /// The instruction, as in a binary chunk.
    pub word: u32,
}

/// What an object is, as `type` tells it apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
pub enum Kind {
    Table = 1,
    Function,
    Userdata,
    Thread,
    LightUserdata,
}

impl Kind {
    /// The name that traces show.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Function => "function",
            Self::Userdata => "userdata",
            Self::Thread => "thread",
            Self::LightUserdata => "light userdata",
        }
    }
}

/// A value as an engine shows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Seen<'a> {
    Nil,
    Boolean(bool),
    Number(f64),
    String(&'a [u8]),
    /// An object, and a number that no other object of its kind has while it is alive. A recorder is told when the number may be
    /// that of another object ([`super::Recorder::forget`], [`super::Recorder::retain`]).
    Object(Kind, u64),
}

/// What identifies a prototype to a reader, whatever engine loaded it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrototypeFacts {
    /// The chunk name, as in debug information (`@file.lua`).
    pub source: Vec<u8>,
    /// The line where the definition starts; 0 for a main chunk.
    pub line_defined: u32,
    /// The line where it ends.
    pub last_line_defined: u32,
    /// The instruction words.
    pub code: Vec<u32>,
    /// The line of each instruction; empty in stripped code.
    pub lines: Vec<u32>,
}

impl PrototypeFacts {
    /// What its code is known by: a hash of its instructions.
    pub(super) fn code_hash(&self) -> u64 {
        let code: Vec<u8> = self.code.iter().flat_map(|word| word.to_le_bytes()).collect();
        hash(&code, 0)
    }
}

impl From<&Prototype> for PrototypeFacts {
    fn from(prototype: &Prototype) -> Self {
        Self {
            source: prototype.source.as_deref().unwrap_or_default().to_vec(),
            line_defined: prototype.line_defined as u32,
            last_line_defined: prototype.last_line_defined as u32,
            code: prototype.code.iter().map(|word| word.0).collect(),
            lines: prototype.line_info.iter().map(|line| *line as u32).collect(),
        }
    }
}

/// An engine in front of an instruction. Everything is about the running Lua function.
pub trait Probe {
    /// Where the engine is.
    fn place(&self) -> Place;

    /// A register. Registers beyond the prototype's frame, up to [`Probe::top`], hold open results.
    fn register(&self, register: usize) -> Seen<'_>;

    /// How many values there are from register 0 up to the top of the stack: what bounds open results (`CALL`, `VARARG` with
    /// C or B = 0) before the instruction that takes them. At other instructions, the end of the frame's registers.
    fn top(&self) -> usize;

    /// A constant of the prototype.
    fn constant(&self, constant: usize) -> Seen<'_>;

    /// The value of an upvalue of the function now; nil if it has none with this index.
    fn upvalue(&self, upvalue: usize) -> Seen<'_>;

    /// What is known of the running prototype. Asked for once for each.
    fn prototype(&self) -> PrototypeFacts;
}
