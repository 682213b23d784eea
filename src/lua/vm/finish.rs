//! Completing an instruction whose metamethod, or iterator, has returned.

use super::calls::Request;
use super::error::Error;
use super::state::State;
use crate::lua::bytecode::{Instruction, Opcode};
use crate::lua::heap::Value;

impl State {
    /// Completes the instruction under way in the Lua function on top. The results of the call are at `place`. Gives a
    /// further call that the instruction needs, if any.
    pub(super) fn finish_instruction(&mut self, place: usize) -> Result<Option<Request>, Error> {
        let result = self.execution.stack[place];
        self.restore_lua_top();
        let Some((instruction, base)) = self.instruction_under_way() else { return Ok(None) };
        let a = base + instruction.a() as usize;
        match instruction.opcode() {
            Some(Opcode::Concat) => return self.finish_concatenation(instruction, base, result),
            Some(Opcode::Eq | Opcode::Lt | Opcode::Le) => self.finish_comparison(instruction, result),
            Some(Opcode::TForLoop) => self.finish_iteration(a),
            Some(Opcode::SetTable | Opcode::SetGlobal) => {}
            _ => self.execution.stack[a] = result,
        }
        Ok(None)
    }

    /// The instruction that the Lua function on top is at, and where its registers are.
    pub(super) fn instruction_under_way(&self) -> Option<(Instruction, usize)> {
        let frame = self.execution.frames.last()?;
        let code = &self.prototypes.get(frame.prototype()?).source.code;
        let instruction = code.get((frame.pc as usize).checked_sub(1)?)?;
        Some((*instruction, frame.base as usize))
    }

    fn finish_concatenation(
        &mut self,
        instruction: Instruction,
        base: usize,
        result: Value,
    ) -> Result<Option<Request>, Error> {
        let progress = self.execution.frames.last_mut().map_or(1, |frame| std::mem::take(&mut frame.progress));
        let last = progress as usize - 1;
        self.execution.stack[last] = result;
        let first = base + instruction.b() as usize;
        let request = self.concatenate(first, last)?;
        if request.is_none() {
            self.execution.stack[base + instruction.a() as usize] = self.execution.stack[first];
        }
        Ok(request)
    }

    fn finish_comparison(&mut self, instruction: Instruction, result: Value) {
        let Some(frame) = self.execution.frames.last_mut() else { return };
        let negated = std::mem::take(&mut frame.progress) != 0;
        let holds = result.is_falsy() == negated;
        self.branch(u32::from(holds) == instruction.a());
    }

    /// Takes the jump that follows a test, or skips it.
    pub(super) fn branch(&mut self, taken: bool) {
        let Some(frame) = self.execution.frames.last_mut() else { return };
        let Some(prototype) = frame.prototype() else { return };
        let code = &self.prototypes.get(prototype).source.code;
        let jump = code.get(frame.pc as usize).map_or(0, |jump| jump.sbx());
        frame.pc = frame.pc.wrapping_add(1);
        if taken {
            frame.pc = frame.pc.wrapping_add_signed(jump);
        }
    }

    fn finish_iteration(&mut self, a: usize) {
        let first = self.execution.stack[a + 3];
        let goes_on = !first.is_nil();
        if goes_on {
            self.execution.stack[a + 2] = first;
        }
        self.branch(goes_on);
    }
}
