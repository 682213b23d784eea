//! Expressions into registers and operands, and values into variables.

use super::{Expression, ExpressionKind, MAX_OPERAND_CONSTANT, NO_JUMP};
use crate::lua::bytecode::{Opcode, RK_CONSTANT};
use crate::lua::compiler::error::Parse;
use crate::lua::compiler::parser::Compiler;

impl Compiler<'_> {
    /// Gives back a register (or constant operand, which is nothing to give back) if it is not a variable's.
    pub(super) fn free_operand(&mut self, operand: u32) {
        if operand & RK_CONSTANT == 0 && self.function.is_temporary(operand) {
            self.function.free_register = self.function.free_register.saturating_sub(1);
        }
    }

    /// Gives back the register of an expression that is in one.
    pub(super) fn free_expression(&mut self, expression: &Expression) {
        if let ExpressionKind::Register(register) = expression.kind {
            self.free_operand(register);
        }
    }

    /// Makes a value of a variable (`luaK_dischargevars`).
    pub(in super::super) fn discharge_variable(&mut self, expression: &mut Expression) -> Parse<()> {
        let pc = match expression.kind {
            ExpressionKind::Local(register) => {
                expression.kind = ExpressionKind::Register(register);
                return Ok(());
            }
            ExpressionKind::Upvalue(index) => self.emit_abc(Opcode::GetUpval, 0, index, 0)?,
            ExpressionKind::Global(name) => self.emit_abx(Opcode::GetGlobal, 0, name)?,
            ExpressionKind::Indexed { table, key } => {
                self.free_operand(key);
                self.free_operand(table);
                self.emit_abc(Opcode::GetTable, 0, table, key)?
            }
            ExpressionKind::Call(_) | ExpressionKind::VarArg(_) => {
                self.set_one_return(expression);
                return Ok(());
            }
            _ => return Ok(()),
        };
        expression.kind = ExpressionKind::Relocatable(pc);
        Ok(())
    }

    /// Puts a value into `register`, its jumps left open. A comparison stays a jump.
    fn discharge_to_register(&mut self, expression: &mut Expression, register: u32) -> Parse<()> {
        self.discharge_variable(expression)?;
        match expression.kind {
            ExpressionKind::Nil => self.emit_nil(register, 1)?,
            ExpressionKind::False | ExpressionKind::True => {
                let value = u32::from(expression.kind == ExpressionKind::True);
                self.emit_abc(Opcode::LoadBool, register, value, 0)?;
            }
            ExpressionKind::Constant(index) => {
                self.emit_abx(Opcode::LoadK, register, index)?;
            }
            ExpressionKind::Number(value) => {
                let index = self.number_constant(value)?;
                self.emit_abx(Opcode::LoadK, register, index)?;
            }
            ExpressionKind::Relocatable(pc) => {
                let instruction = self.instruction_mut(pc);
                *instruction = instruction.with_a(register);
            }
            ExpressionKind::Register(source) => {
                if source != register {
                    self.emit_abc(Opcode::Move, register, source, 0)?;
                }
            }
            _ => return Ok(()),
        }
        expression.kind = ExpressionKind::Register(register);
        Ok(())
    }

    /// Puts a value into a register of its own unless it is in one, its jumps left open, and gives the register.
    pub(super) fn discharge_to_any_register(&mut self, expression: &mut Expression) -> Parse<u32> {
        if let ExpressionKind::Register(register) = expression.kind {
            return Ok(register);
        }
        let register = self.function.free_register;
        self.reserve_registers(1)?;
        self.discharge_to_register(expression, register)?;
        Ok(register)
    }

    /// Puts a value into `register`, whichever way it comes about.
    fn move_to_register(&mut self, expression: &mut Expression, register: u32) -> Parse<()> {
        self.discharge_to_register(expression, register)?;
        if let ExpressionKind::Jump(jump) = expression.kind {
            expression.true_list = self.join_jumps(expression.true_list, jump)?;
        }
        if expression.has_jumps() {
            self.close_jumps(expression, register)?;
        }
        *expression = Expression::new(ExpressionKind::Register(register));
        Ok(())
    }

    /// Lets the jumps out of an expression arrive behind it with their value in `register`; for those that carry none, the
    /// two booleans are loaded here.
    fn close_jumps(&mut self, expression: &Expression, register: u32) -> Parse<()> {
        let mut load_false = NO_JUMP;
        let mut load_true = NO_JUMP;
        if self.needs_value(expression.true_list) || self.needs_value(expression.false_list) {
            let is_jump = matches!(expression.kind, ExpressionKind::Jump(_));
            let over = if is_jump { NO_JUMP } else { self.emit_jump()? };
            self.mark_label();
            load_false = self.emit_abc(Opcode::LoadBool, register, 0, 1)?;
            self.mark_label();
            load_true = self.emit_abc(Opcode::LoadBool, register, 1, 0)?;
            self.patch_to_here(over)?;
        }
        let end = self.mark_label();
        self.patch_list_to(expression.false_list, end, register, load_false)?;
        self.patch_list_to(expression.true_list, end, register, load_true)
    }

    /// Puts a value into the next free register, and gives it.
    pub(in super::super) fn put_in_next_register(&mut self, expression: &mut Expression) -> Parse<u32> {
        self.discharge_variable(expression)?;
        self.free_expression(expression);
        let register = self.function.free_register;
        self.reserve_registers(1)?;
        self.move_to_register(expression, register)?;
        Ok(register)
    }

    /// Puts a value into some register, its own if it has one, and gives it.
    pub(in super::super) fn put_in_any_register(&mut self, expression: &mut Expression) -> Parse<u32> {
        self.discharge_variable(expression)?;
        if let ExpressionKind::Register(register) = expression.kind {
            if !expression.has_jumps() {
                return Ok(register);
            }
            if self.function.is_temporary(register) {
                self.move_to_register(expression, register)?;
                return Ok(register);
            }
        }
        self.put_in_next_register(expression)
    }

    /// Makes a value of an expression: no variable, no open jumps.
    pub(in super::super) fn resolve_value(&mut self, expression: &mut Expression) -> Parse<()> {
        if expression.has_jumps() {
            self.put_in_any_register(expression)?;
            return Ok(());
        }
        self.discharge_variable(expression)
    }

    /// Makes an operand of an expression (`luaK_exp2RK`): a constant if it fits, otherwise a register.
    pub(in super::super) fn make_operand(&mut self, expression: &mut Expression) -> Parse<u32> {
        self.resolve_value(expression)?;
        let fits = self.function.constants.len() <= MAX_OPERAND_CONSTANT;
        let index = match expression.kind {
            ExpressionKind::Number(value) if fits => self.number_constant(value)?,
            ExpressionKind::True if fits => self.boolean_constant(true)?,
            ExpressionKind::False if fits => self.boolean_constant(false)?,
            ExpressionKind::Nil if fits => self.nil_constant()?,
            ExpressionKind::Constant(index) if index as usize <= MAX_OPERAND_CONSTANT => index,
            _ => return self.put_in_any_register(expression),
        };
        expression.kind = ExpressionKind::Constant(index);
        Ok(index | RK_CONSTANT)
    }

    /// Assigns a value to a variable.
    pub(in super::super) fn store(&mut self, variable: &Expression, value: &mut Expression) -> Parse<()> {
        match variable.kind {
            ExpressionKind::Local(register) => {
                self.free_expression(value);
                return self.move_to_register(value, register);
            }
            ExpressionKind::Upvalue(index) => {
                let register = self.put_in_any_register(value)?;
                self.emit_abc(Opcode::SetUpval, register, index, 0)?;
            }
            ExpressionKind::Global(name) => {
                let register = self.put_in_any_register(value)?;
                self.emit_abx(Opcode::SetGlobal, register, name)?;
            }
            ExpressionKind::Indexed { table, key } => {
                let operand = self.make_operand(value)?;
                self.emit_abc(Opcode::SetTable, table, key, operand)?;
            }
            _ => {}
        }
        self.free_expression(value);
        Ok(())
    }

    /// Makes `object:key` of an expression: the method in a new register, which it gives, and its receiver in the one after.
    pub(in super::super) fn select_method(&mut self, object: &mut Expression, key: &mut Expression) -> Parse<u32> {
        let receiver = self.put_in_any_register(object)?;
        self.free_expression(object);
        let method = self.function.free_register;
        self.reserve_registers(2)?;
        let key_operand = self.make_operand(key)?;
        self.emit_abc(Opcode::SelfOp, method, receiver, key_operand)?;
        self.free_expression(key);
        Ok(method)
    }

    /// Makes `table[key]` of a table in register `table`.
    pub(in super::super) fn index(&mut self, table: u32, key: &mut Expression) -> Parse<Expression> {
        let key = self.make_operand(key)?;
        Ok(Expression::new(ExpressionKind::Indexed { table, key }))
    }
}
