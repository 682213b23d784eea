//! Appending to a function: instructions with their lines, constants, registers.

use std::sync::Arc;

use super::{Expression, ExpressionKind, MULTIPLE, NO_JUMP};
use crate::lua::bytecode::{Constant, Instruction, MAX_ARG_C, Opcode};
use crate::lua::compiler::error::{Parse, SyntaxError, overflow};
use crate::lua::compiler::function_state::ConstantKey;
use crate::lua::compiler::lexer::{MAX_INT, NameId};
use crate::lua::compiler::parser::Compiler;

/// A function must need fewer registers than this (`MAXSTACK`).
const MAX_STACK: u32 = 250;
/// How many list items a constructor collects before it stores them (`LFIELDS_PER_FLUSH`).
pub(in super::super) const FIELDS_PER_FLUSH: i32 = 50;

impl Compiler<'_> {
    /// Appends an instruction at the line of the last token, and gives its position.
    pub(in super::super) fn emit(&mut self, instruction: Instruction) -> Parse<i32> {
        if self.function.pending_jumps != NO_JUMP {
            self.resolve_pending_jumps()?;
        }
        let pc = self.function.pc();
        if pc >= MAX_INT {
            return Err(overflow("code size overflow"));
        }
        self.function.code.push(instruction);
        self.function.lines.push(self.lexer.last_line);
        Ok(pc)
    }

    /// Appends an instruction with three operands.
    pub(in super::super) fn emit_abc(&mut self, opcode: Opcode, a: u32, b: u32, c: u32) -> Parse<i32> {
        self.emit(Instruction::abc(opcode, a, b, c))
    }

    /// Appends an instruction with `A` and `Bx`.
    pub(in super::super) fn emit_abx(&mut self, opcode: Opcode, a: u32, bx: u32) -> Parse<i32> {
        self.emit(Instruction::abx(opcode, a, bx))
    }

    /// Appends an instruction with `A` and a jump offset that is not known yet.
    pub(in super::super) fn emit_open_jump(&mut self, opcode: Opcode, a: u32) -> Parse<i32> {
        self.emit(Instruction::asbx(opcode, a, NO_JUMP))
    }

    /// Moves the last instruction to another line.
    pub(in super::super) fn fix_line(&mut self, line: i32) {
        if let Some(last) = self.function.lines.last_mut() {
            *last = line;
        }
    }

    pub(in super::super) fn instruction(&self, pc: i32) -> Instruction {
        self.function.code[pc as usize]
    }

    pub(in super::super) fn instruction_mut(&mut self, pc: i32) -> &mut Instruction {
        &mut self.function.code[pc as usize]
    }

    /// Sets `count` registers from `first` on to nil, if possible by extending the instruction before.
    pub(in super::super) fn emit_nil(&mut self, first: u32, count: u32) -> Parse<()> {
        let last = first + count - 1;
        let function = &mut *self.function;
        if function.pc() > function.last_target {
            match function.code.last_mut() {
                // The registers of a function are nil when it starts.
                None if first as usize >= function.active_count => return Ok(()),
                Some(previous) if is_nil_before(*previous, first) => {
                    if last > previous.b() {
                        *previous = previous.with_b(last);
                    }
                    return Ok(());
                }
                _ => {}
            }
        }
        self.emit_abc(Opcode::LoadNil, first, last, 0)?;
        Ok(())
    }

    pub(in super::super) fn emit_return(&mut self, first: u32, count: i32) -> Parse<()> {
        self.emit_abc(Opcode::Return, first, (count + 1) as u32, 0)?;
        Ok(())
    }

    /// Stores the last `pending` of `count` list items, which lie above the table in register `base`.
    pub(in super::super) fn emit_set_list(&mut self, base: u32, count: i32, pending: i32) -> Parse<()> {
        let batch = ((count - 1) / FIELDS_PER_FLUSH + 1) as u32;
        let b = if pending == MULTIPLE { 0 } else { pending as u32 };
        if batch <= MAX_ARG_C {
            self.emit_abc(Opcode::SetList, base, b, batch)?;
        } else {
            self.emit_abc(Opcode::SetList, base, b, 0)?;
            self.emit(Instruction(batch))?;
        }
        self.function.free_register = base + 1;
        Ok(())
    }

    /// Makes sure that the function's frame has room for `count` more registers.
    pub(in super::super) fn check_stack(&mut self, count: u32) -> Parse<()> {
        let needed = self.function.free_register + count;
        if needed > self.function.max_stack_size {
            if needed >= MAX_STACK {
                return Err(self.lexer.error_near_token(b"function or expression too complex"));
            }
            self.function.max_stack_size = needed;
        }
        Ok(())
    }

    pub(in super::super) fn reserve_registers(&mut self, count: u32) -> Parse<()> {
        self.check_stack(count)?;
        self.function.free_register += count;
        Ok(())
    }

    pub(in super::super) fn string_constant(&mut self, name: NameId) -> Parse<u32> {
        let names = &self.lexer.names;
        let make = || Constant::String(Arc::clone(names.bytes(name)));
        self.function.constants.find_or_add(ConstantKey::string(name), make).ok_or_else(constant_overflow)
    }

    pub(in super::super) fn number_constant(&mut self, value: f64) -> Parse<u32> {
        self.constant(ConstantKey::number(value), Constant::Number(value))
    }

    pub(super) fn boolean_constant(&mut self, value: bool) -> Parse<u32> {
        self.constant(ConstantKey::boolean(value), Constant::Boolean(value))
    }

    pub(super) fn nil_constant(&mut self) -> Parse<u32> {
        self.constant(ConstantKey::NIL, Constant::Nil)
    }

    fn constant(&mut self, key: ConstantKey, value: Constant) -> Parse<u32> {
        self.function.constants.find_or_add(key, || value).ok_or_else(constant_overflow)
    }

    /// Makes an expression that may give any number of values give `count` ([`MULTIPLE`]: all).
    pub(in super::super) fn set_returns(&mut self, expression: &Expression, count: i32) -> Parse<()> {
        let count = (count + 1) as u32;
        match expression.kind {
            ExpressionKind::Call(pc) => {
                let instruction = self.instruction_mut(pc);
                *instruction = instruction.with_c(count);
            }
            ExpressionKind::VarArg(pc) => {
                let register = self.function.free_register;
                let instruction = self.instruction_mut(pc);
                *instruction = instruction.with_b(count).with_a(register);
                self.reserve_registers(1)?;
            }
            _ => {}
        }
        Ok(())
    }

    /// Makes an expression that may give any number of values give one.
    pub(in super::super) fn set_one_return(&mut self, expression: &mut Expression) {
        match expression.kind {
            ExpressionKind::Call(pc) => expression.kind = ExpressionKind::Register(self.instruction(pc).a()),
            ExpressionKind::VarArg(pc) => {
                let instruction = self.instruction_mut(pc);
                *instruction = instruction.with_b(2);
                expression.kind = ExpressionKind::Relocatable(pc);
            }
            _ => {}
        }
    }
}

/// Whether the instruction sets registers to nil among or right after which `register` is.
fn is_nil_before(instruction: Instruction, register: u32) -> bool {
    instruction.opcode() == Some(Opcode::LoadNil) && instruction.a() <= register && register <= instruction.b() + 1
}

#[cold]
fn constant_overflow() -> Box<SyntaxError> {
    overflow("constant table overflow")
}
