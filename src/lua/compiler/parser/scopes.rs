//! Variables and blocks: what a name means where it stands, and what happens to registers where a block ends.

use super::Compiler;
use crate::lua::bytecode::Opcode;
use crate::lua::compiler::codegen::{Expression, ExpressionKind, NO_JUMP};
use crate::lua::compiler::error::{Parse, overflow};
use crate::lua::compiler::function_state::{
    Block, DeclaredVariable, FunctionState, LocalRecord, UpvalueRecord, UpvalueSource,
};
use crate::lua::compiler::lexer::NameId;

/// How many variables may be in scope in a function (`LUAI_MAXVARS`).
const MAX_LOCALS: i32 = 200;
/// How many variables a function may declare in all (the `SHRT_MAX` of `registerlocalvar`).
const MAX_LOCAL_RECORDS: usize = 32767;
/// How many upvalues a function may have (`LUAI_MAXUPVALUES`).
const MAX_UPVALUES: usize = 60;

impl Compiler<'_> {
    /// Declares a local variable, the one number `position` (from 0) of those that are not in scope yet.
    pub(super) fn declare_local(&mut self, name: NameId, position: usize) -> Parse<()> {
        let index = self.function.active_count + position;
        self.check_limit(index as i32 + 1, MAX_LOCALS, "local variables")?;
        let record = self.function.locals.len();
        if record >= MAX_LOCAL_RECORDS {
            return Err(overflow("too many local variables"));
        }
        self.function.locals.push(LocalRecord { name, start_pc: 0, end_pc: 0 });
        self.function.declared.truncate(index);
        self.function.declared.push(DeclaredVariable { name, record });
        Ok(())
    }

    /// Declares a local variable that the source does not name.
    pub(super) fn declare_hidden_local(&mut self, name: &[u8], position: usize) -> Parse<()> {
        let name = self.lexer.names.intern(name);
        self.declare_local(name, position)
    }

    /// Skips a name and gives the variable that it stands for.
    pub(super) fn variable(&mut self) -> Parse<Expression> {
        let name = self.skip_name()?;
        if let Some(register) = self.function.find_local(name) {
            return Ok(Expression::new(ExpressionKind::Local(register)));
        }
        let found = self.enclosing.iter().enumerate().rev().find_map(|(depth, function)| {
            let source = match function.find_local(name) {
                Some(register) => UpvalueSource::Register(register),
                None => return None,
            };
            Some((depth, source))
        });
        let Some((depth, mut source)) = found else {
            return Ok(Expression::new(ExpressionKind::Global(self.string_constant(name)?)));
        };
        if let UpvalueSource::Register(register) = source {
            self.enclosing[depth].mark_upvalue(register);
        }
        for depth in depth + 1..self.enclosing.len() {
            source = UpvalueSource::Upvalue(self.upvalue(Some(depth), name, source)?);
        }
        Ok(Expression::new(ExpressionKind::Upvalue(self.upvalue(None, name, source)?)))
    }

    /// The index of an upvalue in the enclosing function at `depth` (`None`: the function being compiled), a new one if need
    /// be.
    fn upvalue(&mut self, depth: Option<usize>, name: NameId, source: UpvalueSource) -> Parse<u32> {
        let function = self.function_at(depth);
        if let Some(index) = function.find_upvalue(source) {
            return Ok(index);
        }
        let index = function.upvalues.len();
        if index >= MAX_UPVALUES {
            let function = depth.map_or(&self.function, |depth| &self.enclosing[depth]);
            return Err(self.limit_error(function, MAX_UPVALUES as i32, "upvalues"));
        }
        function.upvalues.push(UpvalueRecord { name, source });
        Ok(index as u32)
    }

    fn function_at(&mut self, depth: Option<usize>) -> &mut FunctionState {
        match depth {
            Some(depth) => &mut self.enclosing[depth],
            None => &mut self.function,
        }
    }

    pub(super) fn enter_block(&mut self, is_loop: bool) {
        let active_count = self.function.active_count;
        self.function.blocks.push(Block { break_list: NO_JUMP, active_count, has_upvalue: false, is_loop });
    }

    /// Ends the innermost block: its variables, its upvalues, and the jumps out of it.
    pub(super) fn leave_block(&mut self) -> Parse<()> {
        let Some(block) = self.function.blocks.pop() else { return Ok(()) };
        self.function.remove_locals(block.active_count);
        if block.has_upvalue {
            self.emit_abc(Opcode::Close, block.active_count as u32, 0, 0)?;
        }
        self.function.free_register = self.function.active_count as u32;
        self.patch_to_here(block.break_list)
    }
}
