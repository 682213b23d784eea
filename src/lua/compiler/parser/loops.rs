//! Loops and `break`.

use super::Compiler;
use crate::lua::bytecode::Opcode;
use crate::lua::compiler::codegen::ExpressionKind;
use crate::lua::compiler::error::Parse;
use crate::lua::compiler::lexer::{Kind, NameId};

/// The variables that a `for` loop keeps below those of the source.
const CONTROL_VARIABLES: usize = 3;

impl Compiler<'_> {
    /// `cond -> exp`: goes on if it is true; gives the list of jumps taken if it is false.
    pub(super) fn condition(&mut self) -> Parse<i32> {
        let mut expression = self.expression()?;
        if expression.kind == ExpressionKind::Nil {
            expression.kind = ExpressionKind::False;
        }
        self.go_if_true(&mut expression)?;
        Ok(expression.false_list)
    }

    /// `breakstat -> BREAK`, which has been skipped.
    pub(super) fn break_statement(&mut self) -> Parse<()> {
        let blocks = &self.function.blocks;
        let Some(index) = blocks.iter().rposition(|block| block.is_loop) else {
            return Err(self.lexer.error_near_token(b"no loop to break"));
        };
        if blocks[index + 1..].iter().any(|block| block.has_upvalue) {
            let first = blocks[index].active_count as u32;
            self.emit_abc(Opcode::Close, first, 0, 0)?;
        }
        let jump = self.emit_jump()?;
        let list = self.function.blocks[index].break_list;
        self.function.blocks[index].break_list = self.join_jumps(list, jump)?;
        Ok(())
    }

    /// `whilestat -> WHILE cond DO block END`
    pub(super) fn while_statement(&mut self, line: i32) -> Parse<()> {
        self.lexer.advance()?;
        let start = self.mark_label();
        let exit = self.condition()?;
        self.enter_block(true);
        self.skip(Kind::Do)?;
        self.block()?;
        let back = self.emit_jump()?;
        self.patch_list(back, start)?;
        self.skip_closing(Kind::End, Kind::While, line)?;
        self.leave_block()?;
        self.patch_to_here(exit)
    }

    /// `repeatstat -> REPEAT block UNTIL cond`; the condition sees the variables of the block.
    pub(super) fn repeat_statement(&mut self, line: i32) -> Parse<()> {
        let start = self.mark_label();
        self.enter_block(true);
        self.enter_block(false);
        self.lexer.advance()?;
        self.chunk()?;
        self.skip_closing(Kind::Until, Kind::Repeat, line)?;
        let exit = self.condition()?;
        if self.function.blocks.last().is_some_and(|scope| scope.has_upvalue) {
            // Upvalues must be closed both where the loop ends and where it goes on.
            self.break_statement()?;
            self.patch_to_here(exit)?;
            self.leave_block()?;
            let back = self.emit_jump()?;
            self.patch_list(back, start)?;
        } else {
            self.leave_block()?;
            self.patch_list(exit, start)?;
        }
        self.leave_block()
    }

    /// `forstat -> FOR (fornum | forlist) END`
    pub(super) fn for_statement(&mut self, line: i32) -> Parse<()> {
        self.enter_block(true);
        self.lexer.advance()?;
        let name = self.skip_name()?;
        match self.kind() {
            Kind::Char(b'=') => self.numeric_for(name, line)?,
            Kind::Char(b',') | Kind::In => self.generic_for(name)?,
            _ => return Err(self.lexer.error_near_token(b"'=' or 'in' expected")),
        }
        self.skip_closing(Kind::End, Kind::For, line)?;
        self.leave_block()
    }

    /// `fornum -> NAME '=' exp ',' exp [',' exp] forbody`
    fn numeric_for(&mut self, name: NameId, line: i32) -> Parse<()> {
        let base = self.function.free_register;
        self.declare_hidden_local(b"(for index)", 0)?;
        self.declare_hidden_local(b"(for limit)", 1)?;
        self.declare_hidden_local(b"(for step)", 2)?;
        self.declare_local(name, CONTROL_VARIABLES)?;
        self.skip(Kind::Char(b'='))?;
        self.expression_in_next_register()?;
        self.skip(Kind::Char(b','))?;
        self.expression_in_next_register()?;
        if self.skip_if(Kind::Char(b','))? {
            self.expression_in_next_register()?;
        } else {
            let one = self.number_constant(1.0)?;
            self.emit_abx(Opcode::LoadK, self.function.free_register, one)?;
            self.reserve_registers(1)?;
        }
        self.function.activate_locals(CONTROL_VARIABLES);
        self.skip(Kind::Do)?;
        let prepare = self.emit_open_jump(Opcode::ForPrep, base)?;
        self.loop_block(1)?;
        self.patch_to_here(prepare)?;
        let end = self.emit_open_jump(Opcode::ForLoop, base)?;
        self.fix_line(line);
        self.patch_list(end, prepare + 1)
    }

    /// `forlist -> NAME { ',' NAME } IN explist1 forbody`
    fn generic_for(&mut self, first_name: NameId) -> Parse<()> {
        let base = self.function.free_register;
        self.declare_hidden_local(b"(for generator)", 0)?;
        self.declare_hidden_local(b"(for state)", 1)?;
        self.declare_hidden_local(b"(for control)", 2)?;
        self.declare_local(first_name, CONTROL_VARIABLES)?;
        let mut count = 1;
        while self.skip_if(Kind::Char(b','))? {
            let name = self.skip_name()?;
            self.declare_local(name, CONTROL_VARIABLES + count)?;
            count += 1;
        }
        self.skip(Kind::In)?;
        let line = self.lexer.line;
        let (mut last, value_count) = self.expression_list()?;
        self.adjust_values(CONTROL_VARIABLES as i32, value_count, &mut last)?;
        self.check_stack(CONTROL_VARIABLES as u32)?;
        self.function.activate_locals(CONTROL_VARIABLES);
        self.skip(Kind::Do)?;
        let prepare = self.emit_jump()?;
        self.loop_block(count)?;
        self.patch_to_here(prepare)?;
        self.emit_abc(Opcode::TForLoop, base, 0, count as u32)?;
        self.fix_line(line);
        let back = self.emit_jump()?;
        self.patch_list(back, prepare + 1)
    }

    /// The block of a `for` loop, with the loop's `count` own variables around it.
    fn loop_block(&mut self, count: usize) -> Parse<()> {
        self.enter_block(false);
        self.function.activate_locals(count);
        self.reserve_registers(count as u32)?;
        self.block()?;
        self.leave_block()
    }

    fn expression_in_next_register(&mut self) -> Parse<()> {
        let mut expression = self.expression()?;
        self.put_in_next_register(&mut expression)?;
        Ok(())
    }
}
