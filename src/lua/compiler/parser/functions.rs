//! Functions: the main one, bodies and parameters, and the closures they become.

use std::sync::Arc;

use super::Compiler;
use crate::lua::bytecode::{MAX_ARG_BX, Opcode, Prototype, VARARG_HAS_ARG, VARARG_IS_VARARG, VARARG_NEEDS_ARG};
use crate::lua::compiler::codegen::{Expression, ExpressionKind};
use crate::lua::compiler::error::{Parse, overflow};
use crate::lua::compiler::function_state::{FunctionState, UpvalueSource};
use crate::lua::compiler::lexer::Kind;

impl Compiler<'_> {
    /// Parses the whole source as the body of the main function.
    pub fn main_function(&mut self) -> Parse<Prototype> {
        self.function.vararg_flags = VARARG_IS_VARARG;
        self.lexer.advance()?;
        self.chunk()?;
        self.check(Kind::EndOfStream)?;
        self.finish_code()?;
        Ok(self.function.take_prototype(&self.lexer.names, &self.chunk_name))
    }

    /// `body -> '(' parlist ')' chunk END`, of the function that starts at `line`.
    pub(super) fn function_body(&mut self, is_method: bool, line: i32) -> Parse<Expression> {
        self.open_function(line);
        self.skip(Kind::Char(b'('))?;
        if is_method {
            self.declare_hidden_local(b"self", 0)?;
            self.function.activate_locals(1);
        }
        self.parameters()?;
        self.skip(Kind::Char(b')'))?;
        self.chunk()?;
        self.function.last_line_defined = self.lexer.line;
        self.skip_closing(Kind::End, Kind::Function, line)?;
        self.finish_code()?;
        let prototype = self.function.take_prototype(&self.lexer.names, &self.chunk_name);
        let inner = self.close_function();
        let closure = self.emit_closure(prototype, &inner)?;
        self.spare.push(inner);
        Ok(closure)
    }

    /// `parlist -> [ param { ',' param } ]`
    fn parameters(&mut self) -> Parse<()> {
        let mut count = 0;
        if !self.is_at(b')') {
            loop {
                match self.kind() {
                    Kind::Name => {
                        let name = self.skip_name()?;
                        self.declare_local(name, count)?;
                    }
                    Kind::Dots => {
                        self.lexer.advance()?;
                        self.declare_hidden_local(b"arg", count)?;
                        self.function.vararg_flags = VARARG_HAS_ARG | VARARG_NEEDS_ARG | VARARG_IS_VARARG;
                    }
                    _ => return Err(self.lexer.error_near_token(b"<name> or '...' expected")),
                }
                count += 1;
                if self.function.vararg_flags != 0 || !self.skip_if(Kind::Char(b','))? {
                    break;
                }
            }
        }
        let function = &mut *self.function;
        function.activate_locals(count);
        // The table `arg` is a variable, not a parameter.
        let hidden = usize::from(function.vararg_flags & VARARG_HAS_ARG != 0);
        function.parameter_count = (function.active_count - hidden) as u8;
        let registers = function.active_count as u32;
        self.reserve_registers(registers)
    }

    fn open_function(&mut self, line: i32) {
        let mut inner = self.spare.pop().unwrap_or_else(FunctionState::new);
        inner.reset();
        inner.line_defined = line;
        self.enclosing.push(std::mem::replace(&mut self.function, inner));
    }

    /// Goes back to the enclosing function and gives the state of the inner one.
    fn close_function(&mut self) -> Box<FunctionState> {
        let outer = self.enclosing.pop().unwrap_or_else(FunctionState::new);
        std::mem::replace(&mut self.function, outer)
    }

    /// Ends the scope of the outermost variables and the code itself.
    fn finish_code(&mut self) -> Parse<()> {
        self.function.remove_locals(0);
        self.emit_return(0, 0)
    }

    /// Appends the instruction that makes the closure, and one for each upvalue that says where to take it from.
    fn emit_closure(&mut self, prototype: Prototype, inner: &FunctionState) -> Parse<Expression> {
        let index = self.function.prototypes.len() as u32;
        if index >= MAX_ARG_BX {
            return Err(overflow("constant table overflow"));
        }
        self.function.prototypes.push(Arc::new(prototype));
        let closure = self.emit_abx(Opcode::Closure, 0, index)?;
        for upvalue in &inner.upvalues {
            match upvalue.source {
                UpvalueSource::Register(register) => self.emit_abc(Opcode::Move, 0, register, 0)?,
                UpvalueSource::Upvalue(index) => self.emit_abc(Opcode::GetUpval, 0, index, 0)?,
            };
        }
        Ok(Expression::new(ExpressionKind::Relocatable(closure)))
    }
}
