//! Blocks and the statements in them; loops and assignments have files of their own.

use super::Compiler;
use crate::lua::bytecode::Opcode;
use crate::lua::compiler::codegen::{Expression, ExpressionKind, MULTIPLE, NO_JUMP};
use crate::lua::compiler::error::Parse;
use crate::lua::compiler::lexer::Kind;

impl Compiler<'_> {
    /// `chunk -> { stat [';'] }`, up to a token that ends a block or a statement that must be the last.
    pub(super) fn chunk(&mut self) -> Parse<()> {
        self.enter_level()?;
        let mut is_last = false;
        while !is_last && !self.kind().ends_block() {
            is_last = self.statement()?;
            self.skip_if(Kind::Char(b';'))?;
            self.function.free_register = self.function.active_count as u32;
        }
        self.leave_level();
        Ok(())
    }

    /// `block -> chunk`, a scope of its own.
    pub(super) fn block(&mut self) -> Parse<()> {
        self.enter_block(false);
        self.chunk()?;
        self.leave_block()
    }

    /// A statement; gives whether it must be the last of its block.
    fn statement(&mut self) -> Parse<bool> {
        let line = self.lexer.line;
        match self.kind() {
            Kind::If => self.if_statement(line)?,
            Kind::While => self.while_statement(line)?,
            Kind::Do => {
                self.lexer.advance()?;
                self.block()?;
                self.skip_closing(Kind::End, Kind::Do, line)?;
            }
            Kind::For => self.for_statement(line)?,
            Kind::Repeat => self.repeat_statement(line)?,
            Kind::Function => self.function_statement(line)?,
            Kind::Local => {
                self.lexer.advance()?;
                if self.skip_if(Kind::Function)? {
                    self.local_function()?;
                } else {
                    self.local_statement()?;
                }
            }
            Kind::Return => {
                self.return_statement()?;
                return Ok(true);
            }
            Kind::Break => {
                self.lexer.advance()?;
                self.break_statement()?;
                return Ok(true);
            }
            _ => self.expression_statement()?,
        }
        Ok(false)
    }

    /// `ifstat -> IF cond THEN block { ELSEIF cond THEN block } [ELSE block] END`
    fn if_statement(&mut self, line: i32) -> Parse<()> {
        let mut escapes = NO_JUMP;
        let mut exit = self.guarded_block()?;
        while self.kind() == Kind::ElseIf {
            let jump = self.emit_jump()?;
            escapes = self.join_jumps(escapes, jump)?;
            self.patch_to_here(exit)?;
            exit = self.guarded_block()?;
        }
        if self.kind() == Kind::Else {
            let jump = self.emit_jump()?;
            escapes = self.join_jumps(escapes, jump)?;
            self.patch_to_here(exit)?;
            self.lexer.advance()?;
            self.block()?;
        } else {
            escapes = self.join_jumps(escapes, exit)?;
        }
        self.patch_to_here(escapes)?;
        self.skip_closing(Kind::End, Kind::If, line)
    }

    /// `[IF | ELSEIF] cond THEN block`; gives the jumps taken if the condition is false.
    fn guarded_block(&mut self) -> Parse<i32> {
        self.lexer.advance()?;
        let exit = self.condition()?;
        self.skip(Kind::Then)?;
        self.block()?;
        Ok(exit)
    }

    /// `LOCAL FUNCTION NAME body`; the body sees the variable.
    fn local_function(&mut self) -> Parse<()> {
        let name = self.skip_name()?;
        self.declare_local(name, 0)?;
        let variable = Expression::new(ExpressionKind::Local(self.function.free_register));
        self.reserve_registers(1)?;
        self.function.activate_locals(1);
        let mut body = self.function_body(false, self.lexer.line)?;
        self.store(&variable, &mut body)?;
        // A debugger must not see the variable before it has its value.
        let pc = self.function.pc();
        if let Some(record) = self.function.declared.last().map(|variable| variable.record) {
            self.function.locals[record].start_pc = pc;
        }
        Ok(())
    }

    /// `LOCAL NAME { ',' NAME } ['=' explist1]`
    fn local_statement(&mut self) -> Parse<()> {
        let mut count = 0;
        loop {
            let name = self.skip_name()?;
            self.declare_local(name, count)?;
            count += 1;
            if !self.skip_if(Kind::Char(b','))? {
                break;
            }
        }
        let (mut last, value_count) = if self.skip_if(Kind::Char(b'='))? {
            self.expression_list()?
        } else {
            (Expression::new(ExpressionKind::Void), 0)
        };
        self.adjust_values(count as i32, value_count, &mut last)?;
        self.function.activate_locals(count);
        Ok(())
    }

    /// `funcstat -> FUNCTION NAME { '.' NAME } [':' NAME] body`
    fn function_statement(&mut self, line: i32) -> Parse<()> {
        self.lexer.advance()?;
        let mut variable = self.variable()?;
        while self.is_at(b'.') {
            variable = self.field(variable)?;
        }
        let is_method = self.is_at(b':');
        if is_method {
            variable = self.field(variable)?;
        }
        let mut body = self.function_body(is_method, line)?;
        self.store(&variable, &mut body)?;
        self.fix_line(line);
        Ok(())
    }

    /// `exprstat -> call | assignment`
    fn expression_statement(&mut self) -> Parse<()> {
        let expression = self.primary_expression()?;
        let ExpressionKind::Call(pc) = expression.kind else { return self.assignment(expression) };
        let call = self.instruction_mut(pc);
        *call = call.with_c(1);
        Ok(())
    }

    /// `retstat -> RETURN [explist1]`
    fn return_statement(&mut self) -> Parse<()> {
        self.lexer.advance()?;
        if self.kind().ends_block() || self.is_at(b';') {
            return self.emit_return(0, 0);
        }
        let (mut last, count) = self.expression_list()?;
        let first_active = self.function.active_count as u32;
        if last.is_multiple() {
            self.set_returns(&last, MULTIPLE)?;
            if let ExpressionKind::Call(pc) = last.kind
                && count == 1
            {
                let call = self.instruction_mut(pc);
                *call = call.with_opcode(Opcode::TailCall);
            }
            return self.emit_return(first_active, MULTIPLE);
        }
        if count == 1 {
            let register = self.put_in_any_register(&mut last)?;
            return self.emit_return(register, 1);
        }
        self.put_in_next_register(&mut last)?;
        self.emit_return(first_active, count)
    }
}
