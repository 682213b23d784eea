//! Assignments, and the adjustment of a list of values to a list of variables.

use super::{Compiler, MAX_LEVELS};
use crate::lua::bytecode::Opcode;
use crate::lua::compiler::codegen::{Expression, ExpressionKind};
use crate::lua::compiler::error::Parse;
use crate::lua::compiler::lexer::Kind;

impl Compiler<'_> {
    /// `assignment -> { ',' primaryexp } '=' explist1`, after its first variable.
    ///
    /// The reference recurses for each variable; this is a loop, with the variables on a stack that all assignments share.
    pub(super) fn assignment(&mut self, first: Expression) -> Parse<()> {
        let base = self.targets.len();
        let mut target = first;
        loop {
            if !is_variable(&target) {
                return Err(self.lexer.error_near_token(b"syntax error"));
            }
            self.targets.push(target);
            if !self.skip_if(Kind::Char(b','))? {
                break;
            }
            target = self.primary_expression()?;
            if let ExpressionKind::Local(register) = target.kind {
                self.save_from_conflict(base, register)?;
            }
            let count = (self.targets.len() - base) as i32;
            self.check_limit(count, MAX_LEVELS as i32 - self.levels as i32, "variables in assignment")?;
        }
        self.skip(Kind::Char(b'='))?;
        let (mut last, value_count) = self.expression_list()?;
        let variable_count = (self.targets.len() - base) as i32;
        if value_count == variable_count {
            self.set_one_return(&mut last);
            if let Some(variable) = self.targets.pop() {
                self.store(&variable, &mut last)?;
            }
        } else {
            self.adjust_values(variable_count, value_count, &mut last)?;
            if value_count > variable_count {
                self.function.free_register -= (value_count - variable_count) as u32;
            }
        }
        while self.targets.len() > base
            && let Some(variable) = self.targets.pop()
        {
            let mut value = Expression::new(ExpressionKind::Register(self.function.free_register - 1));
            self.store(&variable, &mut value)?;
        }
        Ok(())
    }

    /// If an earlier target of this assignment indexes the local variable in `register`, or indexes with it, makes it use a
    /// copy, because the variable is about to be assigned (`check_conflict`).
    fn save_from_conflict(&mut self, base: usize, register: u32) -> Parse<()> {
        let copy = self.function.free_register;
        let mut has_conflict = false;
        for target in &mut self.targets[base..] {
            if let ExpressionKind::Indexed { table, key } = &mut target.kind {
                for operand in [table, key] {
                    if *operand == register {
                        has_conflict = true;
                        *operand = copy;
                    }
                }
            }
        }
        if has_conflict {
            self.emit_abc(Opcode::Move, copy, register, 0)?;
            self.reserve_registers(1)?;
        }
        Ok(())
    }

    /// Makes as many values as there are variables, the last value being `last` (`adjust_assign`).
    pub(super) fn adjust_values(&mut self, variable_count: i32, value_count: i32, last: &mut Expression) -> Parse<()> {
        let missing = variable_count - value_count;
        if last.is_multiple() {
            let wanted = (missing + 1).max(0);
            self.set_returns(last, wanted)?;
            if wanted > 1 {
                self.reserve_registers(wanted as u32 - 1)?;
            }
            return Ok(());
        }
        if last.kind != ExpressionKind::Void {
            self.put_in_next_register(last)?;
        }
        if missing > 0 {
            let first = self.function.free_register;
            self.reserve_registers(missing as u32)?;
            self.emit_nil(first, missing as u32)?;
        }
        Ok(())
    }
}

fn is_variable(expression: &Expression) -> bool {
    matches!(
        expression.kind,
        ExpressionKind::Local(_)
            | ExpressionKind::Upvalue(_)
            | ExpressionKind::Global(_)
            | ExpressionKind::Indexed { .. }
    )
}
