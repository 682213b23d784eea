//! Jump lists. The jumps to one unknown place form a list threaded through their own offset fields; a list is the position of
//! its first jump.

use super::NO_REGISTER;
use crate::lua::bytecode::{Instruction, MAX_ARG_SBX, Opcode};
use crate::lua::compiler::error::Parse;
use crate::lua::compiler::parser::Compiler;

/// The empty list and the end of one. As an offset it would be a jump to itself.
pub(in super::super) const NO_JUMP: i32 = -1;

impl Compiler<'_> {
    /// Appends a jump whose target is not known, and gives it as a list. The jumps to this place go along with it.
    pub(in super::super) fn emit_jump(&mut self) -> Parse<i32> {
        let pending = std::mem::replace(&mut self.function.pending_jumps, NO_JUMP);
        let jump = self.emit_open_jump(Opcode::Jmp, 0)?;
        self.join_jumps(jump, pending)
    }

    /// Appends a test and the jump that it controls.
    pub(super) fn emit_conditional_jump(&mut self, opcode: Opcode, a: u32, b: u32, c: u32) -> Parse<i32> {
        self.emit_abc(opcode, a, b, c)?;
        self.emit_jump()
    }

    /// Marks the next position as a jump target and gives it.
    pub(in super::super) fn mark_label(&mut self) -> i32 {
        self.function.last_target = self.function.pc();
        self.function.last_target
    }

    /// One list out of two (`luaK_concat`).
    pub(in super::super) fn join_jumps(&mut self, first: i32, second: i32) -> Parse<i32> {
        if second == NO_JUMP {
            return Ok(first);
        }
        if first == NO_JUMP {
            return Ok(second);
        }
        let mut last = first;
        loop {
            match self.next_jump(last) {
                NO_JUMP => break,
                next => last = next,
            }
        }
        self.set_jump_target(last, second)?;
        Ok(first)
    }

    /// Makes the jumps of a list go to `target`, which lies behind or is the next position.
    pub(in super::super) fn patch_list(&mut self, list: i32, target: i32) -> Parse<()> {
        if target == self.function.pc() {
            return self.patch_to_here(list);
        }
        self.patch_list_to(list, target, NO_REGISTER, target)
    }

    /// Makes the jumps of a list go to the next position.
    pub(in super::super) fn patch_to_here(&mut self, list: i32) -> Parse<()> {
        self.mark_label();
        self.function.pending_jumps = self.join_jumps(self.function.pending_jumps, list)?;
        Ok(())
    }

    /// Makes the jumps that wait for the next instruction go to it.
    pub(super) fn resolve_pending_jumps(&mut self) -> Parse<()> {
        let here = self.function.pc();
        self.patch_list_to(self.function.pending_jumps, here, NO_REGISTER, here)?;
        self.function.pending_jumps = NO_JUMP;
        Ok(())
    }

    /// Makes the tests of a list put their value into `register` and go to `value_target`, and the jumps that have no value to
    /// put go to `default_target` (`patchlistaux`).
    pub(super) fn patch_list_to(
        &mut self,
        mut list: i32,
        value_target: i32,
        register: u32,
        default_target: i32,
    ) -> Parse<()> {
        while list != NO_JUMP {
            let next = self.next_jump(list);
            let target = if self.patch_test_register(list, register) { value_target } else { default_target };
            self.set_jump_target(list, target)?;
            list = next;
        }
        Ok(())
    }

    /// Whether some jump of the list carries no value, or an inverted one.
    pub(super) fn needs_value(&self, mut list: i32) -> bool {
        while list != NO_JUMP {
            if self.instruction(self.control_of(list)).opcode() != Some(Opcode::TestSet) {
                return true;
            }
            list = self.next_jump(list);
        }
        false
    }

    /// Makes the tests of a list forget their values.
    pub(super) fn remove_values(&mut self, mut list: i32) {
        while list != NO_JUMP {
            self.patch_test_register(list, NO_REGISTER);
            list = self.next_jump(list);
        }
    }

    /// The position of the instruction that decides whether a jump is taken: the test before it, or itself.
    pub(super) fn control_of(&self, jump: i32) -> i32 {
        let is_controlled = jump >= 1 && self.instruction(jump - 1).opcode().is_some_and(Opcode::is_test);
        jump - i32::from(is_controlled)
    }

    /// Makes the test that controls a jump put its value into `register`, or nowhere if that is not needed. Gives false if it
    /// is no such test.
    fn patch_test_register(&mut self, jump: i32, register: u32) -> bool {
        let control = self.control_of(jump);
        let instruction = self.instruction(control);
        if instruction.opcode() != Some(Opcode::TestSet) {
            return false;
        }
        *self.instruction_mut(control) = if register != NO_REGISTER && register != instruction.b() {
            instruction.with_a(register)
        } else {
            Instruction::abc(Opcode::Test, instruction.b(), 0, instruction.c())
        };
        true
    }

    /// The jump after this one in its list.
    fn next_jump(&self, jump: i32) -> i32 {
        match self.instruction(jump).sbx() {
            NO_JUMP => NO_JUMP,
            offset => jump + 1 + offset,
        }
    }

    fn set_jump_target(&mut self, jump: i32, target: i32) -> Parse<()> {
        let offset = target - (jump + 1);
        if offset.abs() > MAX_ARG_SBX {
            return Err(self.lexer.error_near_token(b"control structure too long"));
        }
        let instruction = self.instruction_mut(jump);
        *instruction = instruction.with_sbx(offset);
        Ok(())
    }
}
