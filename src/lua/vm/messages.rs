//! Error messages: where an error happened, and what the value at fault is called.
//!
//! The names come from the bytecode, as in the reference's `ldebug.c`: which instruction last wrote the register.

use super::error::Error;
use super::frame::{After, Execution, Frame};
use super::state::State;
use crate::lua::bytecode::{NameKind, name_for_call, name_for_register};
use crate::lua::compiler::chunk_id;
use crate::lua::heap::Value;

/// A name and what kind of thing bears it.
pub(in crate::lua) type Name = (NameKind, Vec<u8>);

impl State {
    /// An error with this message, and the position in front if a Lua function is on top (`luaG_runerror`).
    pub(in crate::lua) fn run_error(&mut self, message: impl AsRef<[u8]>) -> Error {
        let top = self.execution.frames.len().wrapping_sub(1);
        let mut text = self.position(top);
        text.extend_from_slice(message.as_ref());
        Error::raised(self.heap.string(&text))
    }

    /// `chunk:line: ` of the Lua function in a frame; nothing for other frames (`luaG_runerror`'s `addinfo`).
    pub(in crate::lua) fn position(&self, frame: usize) -> Vec<u8> {
        let Some(frame) = self.execution.frames.get(frame) else { return Vec::new() };
        let Some(line) = self.current_line(frame) else { return Vec::new() };
        let mut text = self.short_source(frame);
        text.extend_from_slice(format!(":{line}: ").as_bytes());
        text
    }

    /// The line that a Lua function's frame is at.
    pub(in crate::lua) fn current_line(&self, frame: &Frame) -> Option<i32> {
        let prototype = self.prototypes.get(frame.prototype()?);
        let pc = (frame.pc as usize).saturating_sub(1);
        Some(prototype.source.line_info.get(pc).copied().unwrap_or(0))
    }

    pub(in crate::lua) fn short_source(&self, frame: &Frame) -> Vec<u8> {
        match frame.prototype().and_then(|prototype| self.prototypes.get(prototype).source.source.clone()) {
            Some(name) => chunk_id(&name),
            None => b"?".to_vec(),
        }
    }

    /// The error for a value of the wrong type for an operation, named if it is in a register of the Lua function on
    /// top (`luaG_typeerror`).
    pub(in crate::lua) fn type_error(&mut self, value: Value, place: Option<usize>, operation: &str) -> Error {
        let kind = value.kind().name();
        let message = match place.and_then(|place| self.name_of_place(place)) {
            Some((name_kind, name)) => {
                let mut text = format!("attempt to {operation} {} '", name_kind.as_str()).into_bytes();
                text.extend_from_slice(&name);
                text.extend_from_slice(format!("' (a {kind} value)").as_bytes());
                text
            }
            None => format!("attempt to {operation} a {kind} value").into_bytes(),
        };
        self.run_error(message)
    }

    /// The name of what is at a place of the stack, if that is a register of the Lua function on top.
    fn name_of_place(&self, place: usize) -> Option<Name> {
        let frame = self.execution.frames.last()?;
        let register = place.checked_sub(frame.base as usize)?;
        if place >= frame.top as usize {
            return None;
        }
        let prototype = &self.prototypes.get(frame.prototype()?).source;
        let pc = (frame.pc as usize).checked_sub(1)?;
        let (kind, name) = name_for_register(prototype, pc, u8::try_from(register).ok()?)?;
        Some((kind, name.to_vec()))
    }

    /// What the function in a frame was called as, by the instruction that called it.
    pub(in crate::lua) fn name_of_call(&self, index: usize) -> Option<Name> {
        self.name_of_call_in(&self.execution, index)
    }

    /// Likewise, in a thread's frames.
    pub(in crate::lua) fn name_of_call_in(&self, execution: &Execution, index: usize) -> Option<Name> {
        let frame = execution.frames.get(index)?;
        // No instruction called a finaliser.
        if frame.after == After::Finaliser || frame.is_lua() && frame.tail_calls > 0 {
            return None;
        }
        let caller = execution.frames.get(index.checked_sub(1)?)?;
        let prototype = &self.prototypes.get(caller.prototype()?).source;
        let (kind, name) = name_for_call(prototype, (caller.pc as usize).checked_sub(1)?)?;
        Some((kind, name.to_vec()))
    }

    /// The error for arithmetic on something that is not a number: the second operand's fault unless it is the first's.
    pub(super) fn arithmetic_error(&mut self, a: Value, b: Value) -> Error {
        let (left, right) = self.operand_places();
        if self.to_number(a).is_none() {
            return self.type_error(a, left, "perform arithmetic on");
        }
        self.type_error(b, right, "perform arithmetic on")
    }

    /// Where the operands `B` and `C` of the instruction under way are, if in registers. A unary operator has one operand twice.
    fn operand_places(&self) -> (Option<usize>, Option<usize>) {
        let Some((instruction, base)) = self.instruction_under_way() else { return (None, None) };
        let place = |operand: u32| (operand < 256).then_some(base + operand as usize);
        match instruction.opcode() {
            Some(crate::lua::bytecode::Opcode::Unm) => (place(instruction.b()), place(instruction.b())),
            _ => (place(instruction.b()), place(instruction.c())),
        }
    }

    /// The error for a concatenation of the values at this place and the next: the first that is neither string nor number is at fault.
    pub(super) fn concatenation_error(&mut self, place: usize) -> Error {
        let first = self.execution.stack[place];
        let place = if first.is_string() || first.is_number() { place + 1 } else { place };
        self.type_error(self.execution.stack[place], Some(place), "concatenate")
    }

    /// The error for two values that have no order.
    pub(in crate::lua) fn order_error(&mut self, a: Value, b: Value) -> Error {
        let (one, two) = (a.kind().name(), b.kind().name());
        if one.as_bytes().get(2) == two.as_bytes().get(2) {
            return self.run_error(format!("attempt to compare two {one} values"));
        }
        self.run_error(format!("attempt to compare {one} with {two}"))
    }

    /// The frame at a level as `debug.getinfo` counts: 0 is the function on top. `Ok(None)` is a level lost in a tail call.
    pub(in crate::lua) fn frame_at_level(&self, level: usize) -> Option<LevelFrame> {
        self.execution.at_level(i64::try_from(level).unwrap_or(i64::MAX))
    }

    /// The position of the function at a level, as a prefix for a message (`luaL_where`).
    pub(in crate::lua) fn position_of_level(&self, level: usize) -> Vec<u8> {
        match self.frame_at_level(level) {
            Some(LevelFrame::Frame(index)) => {
                let line = self.execution.frames.get(index).and_then(|frame| self.current_line(frame));
                // The reference leaves out positions without a line, which only stripped code has.
                if line.is_some_and(|line| line > 0) { self.position(index) } else { Vec::new() }
            }
            _ => Vec::new(),
        }
    }
}

/// What there is at a level of the call stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lua) enum LevelFrame {
    Frame(usize),
    /// A call that a tail call replaced.
    TailCall,
}

impl Execution {
    /// The frame at a level, counted from the top; lost calls count, and levels below 0 count as lost (`lua_getstack`).
    pub(in crate::lua) fn at_level(&self, level: i64) -> Option<LevelFrame> {
        let mut level = level;
        let mut index = self.frames.len();
        while level > 0 && index > 0 {
            index -= 1;
            level -= self.frames[index].levels();
        }
        if level == 0 && index > 0 {
            return Some(LevelFrame::Frame(index - 1));
        }
        (level < 0).then_some(LevelFrame::TailCall)
    }

    /// How many levels there are.
    pub(super) fn levels(&self) -> i64 {
        self.frames.iter().map(Frame::levels).sum()
    }
}

impl Frame {
    /// How many levels the frame stands for: itself, and the calls that tail calls replaced.
    fn levels(&self) -> i64 {
        1 + if self.is_lua() { i64::from(self.tail_calls) } else { 0 }
    }
}
