//! What an observer is shown of a state before an instruction is executed.
//!
//! Everything can be read and nothing changed. It does not know what is observed for.

use std::sync::Arc;

use super::frame::Execution;
use super::hooks::consumes_open_results;
use super::prototypes::{LoadedPrototype, Prototypes};
use crate::lua::bytecode::{Instruction, Prototype};
use crate::lua::heap::{ClosureRef, Heap, StringRef, ThreadRef, Type, Upvalue, Value};

/// A state in front of an instruction of the Lua function on top.
pub struct View<'a> {
    pub(super) heap: &'a Heap,
    pub(super) prototypes: &'a Prototypes,
    pub(super) execution: &'a Execution,
    pub(super) thread: ThreadRef,
    pub(super) closure: ClosureRef,
    pub(super) loaded: &'a LoadedPrototype,
    pub(super) base: usize,
    pub(super) pc: usize,
}

impl<'a> View<'a> {
    /// The running thread.
    pub fn thread(&self) -> ThreadRef {
        self.thread
    }

    /// How many calls are active on the running thread, those of native functions and the one on top included.
    pub fn depth(&self) -> usize {
        self.execution.frames.len()
    }

    /// A number that no other prototype of this state has had or will have than the one of the function on top.
    pub fn prototype_key(&self) -> u64 {
        self.prototypes.key(self.heap.closure(self.closure).prototype)
    }

    /// Whether a prototype with this key is loaded.
    pub fn has_prototype_key(&self, key: u64) -> bool {
        self.prototypes.has_key(key)
    }

    /// What the prototype of the function on top was loaded from.
    pub fn prototype(&self) -> &'a Arc<Prototype> {
        &self.loaded.source
    }

    /// The index of the instruction in the prototype's code.
    pub fn pc(&self) -> usize {
        self.pc
    }

    /// The instruction.
    pub fn word(&self) -> Instruction {
        self.loaded.source.code[self.pc]
    }

    /// A register of the function on top. What is beyond its registers and [`View::top`] means nothing: it may be an object
    /// that is gone.
    pub fn register(&self, register: usize) -> Value {
        self.execution.stack.get(self.base + register).copied().unwrap_or(Value::NIL)
    }

    /// Where open results end, as a number of registers, before an instruction that takes them; the end of the function's registers
    /// before any other.
    pub fn top(&self) -> usize {
        let end = match self.execution.frames.last() {
            Some(frame) if !consumes_open_results(self.word()) => frame.top as usize,
            _ => self.execution.top,
        };
        end.saturating_sub(self.base)
    }

    /// A constant of the prototype; nil if it has none with this index.
    pub fn constant(&self, constant: usize) -> Value {
        self.loaded.constants.own().get(constant).copied().unwrap_or(Value::NIL)
    }

    /// The value that an upvalue of the function has now, wherever it is; nil if it has none with this index.
    pub fn upvalue(&self, upvalue: usize) -> Value {
        let Some(reference) = self.heap.closure(self.closure).upvalues.get(upvalue) else { return Value::NIL };
        let upvalue = self.heap.upvalue(*reference);
        if upvalue.place == Upvalue::CLOSED {
            return upvalue.value;
        }
        let is_running = upvalue.thread == self.thread;
        let execution = if is_running { self.execution } else { &self.heap.thread(upvalue.thread).execution };
        execution.stack.get(upvalue.place as usize).copied().unwrap_or(Value::NIL)
    }

    /// The bytes of a string.
    pub fn bytes(&self, string: StringRef) -> &'a [u8] {
        self.heap.bytes(string)
    }

    /// What an object can be known by: see [`Heap::key`].
    pub fn key(&self, value: Value) -> Option<u64> {
        self.heap.key(value)
    }

    /// What the running thread can be known by.
    #[inline]
    pub fn thread_key(&self) -> u64 {
        self.heap.thread_key(self.thread)
    }

    /// Whether there is an object of this type with this key: see [`Heap::has_key`].
    pub fn has_key(&self, kind: Type, key: u64) -> bool {
        self.heap.has_key(kind, key)
    }
}
