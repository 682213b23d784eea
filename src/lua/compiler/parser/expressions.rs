//! Expressions: operators by precedence, calls, and everything that stands between them.

use super::Compiler;
use crate::lua::bytecode::{Opcode, VARARG_NEEDS_ARG};
use crate::lua::compiler::codegen::{BinaryOperator, Expression, ExpressionKind, MULTIPLE, UnaryOperator};
use crate::lua::compiler::error::Parse;
use crate::lua::compiler::lexer::Kind;

impl Compiler<'_> {
    /// `expr -> subexpr`
    pub(super) fn expression(&mut self) -> Parse<Expression> {
        Ok(self.sub_expression(0)?.0)
    }

    /// `subexpr -> (simpleexp | unop subexpr) { binop subexpr }`, where the binary operators bind tighter than `limit`; gives
    /// the first operator that does not as well.
    fn sub_expression(&mut self, limit: u8) -> Parse<(Expression, Option<BinaryOperator>)> {
        self.enter_level()?;
        let mut left = match UnaryOperator::of(self.kind()) {
            Some(operator) => {
                self.lexer.advance()?;
                let (mut operand, _) = self.sub_expression(UnaryOperator::PRIORITY)?;
                self.apply_unary(operator, &mut operand)?;
                operand
            }
            None => self.simple_expression()?,
        };
        let mut next = BinaryOperator::of(self.kind());
        while let Some(operator) = next {
            let (left_priority, right_priority) = operator.priorities();
            if left_priority <= limit {
                break;
            }
            self.lexer.advance()?;
            self.prepare_left(operator, &mut left)?;
            let (mut right, following) = self.sub_expression(right_priority)?;
            self.apply_binary(operator, &mut left, &mut right)?;
            next = following;
        }
        self.leave_level();
        Ok((left, next))
    }

    /// `simpleexp -> NUMBER | STRING | NIL | TRUE | FALSE | '...' | constructor | FUNCTION body | primaryexp`
    fn simple_expression(&mut self) -> Parse<Expression> {
        let kind = match self.kind() {
            Kind::Number => ExpressionKind::Number(self.lexer.token.number),
            Kind::String => ExpressionKind::Constant(self.string_constant(self.lexer.token.text)?),
            Kind::Nil => ExpressionKind::Nil,
            Kind::True => ExpressionKind::True,
            Kind::False => ExpressionKind::False,
            Kind::Dots => {
                if self.function.vararg_flags == 0 {
                    return Err(self.lexer.error_near_token(b"cannot use '...' outside a vararg function"));
                }
                self.function.vararg_flags &= !VARARG_NEEDS_ARG;
                ExpressionKind::VarArg(self.emit_abc(Opcode::VarArg, 0, 1, 0)?)
            }
            Kind::Char(b'{') => return self.constructor(),
            Kind::Function => {
                self.lexer.advance()?;
                return self.function_body(false, self.lexer.line);
            }
            _ => return self.primary_expression(),
        };
        self.lexer.advance()?;
        Ok(Expression::new(kind))
    }

    /// `primaryexp -> prefixexp { '.' NAME | '[' exp ']' | ':' NAME funcargs | funcargs }`
    pub(super) fn primary_expression(&mut self) -> Parse<Expression> {
        let mut expression = self.prefix_expression()?;
        loop {
            match self.kind() {
                Kind::Char(b'.') => expression = self.field(expression)?,
                Kind::Char(b'[') => {
                    let table = self.put_in_any_register(&mut expression)?;
                    let mut key = self.bracketed_key()?;
                    expression = self.index(table, &mut key)?;
                }
                Kind::Char(b':') => {
                    self.lexer.advance()?;
                    let mut key = self.name_constant()?;
                    let base = self.select_method(&mut expression, &mut key)?;
                    expression = self.call(base)?;
                }
                Kind::Char(b'(' | b'{') | Kind::String => {
                    let base = self.put_in_next_register(&mut expression)?;
                    expression = self.call(base)?;
                }
                _ => return Ok(expression),
            }
        }
    }

    /// `prefixexp -> NAME | '(' expr ')'`
    fn prefix_expression(&mut self) -> Parse<Expression> {
        match self.kind() {
            Kind::Char(b'(') => {
                let line = self.lexer.line;
                self.lexer.advance()?;
                let mut inner = self.expression()?;
                self.skip_closing(Kind::Char(b')'), Kind::Char(b'('), line)?;
                self.discharge_variable(&mut inner)?;
                Ok(inner)
            }
            Kind::Name => self.variable(),
            _ => Err(self.lexer.error_near_token(b"unexpected symbol")),
        }
    }

    /// `field -> ['.' | ':'] NAME`, of the table before it.
    pub(super) fn field(&mut self, mut table: Expression) -> Parse<Expression> {
        let table = self.put_in_any_register(&mut table)?;
        self.lexer.advance()?;
        let mut key = self.name_constant()?;
        self.index(table, &mut key)
    }

    /// `index -> '[' expr ']'`
    pub(super) fn bracketed_key(&mut self) -> Parse<Expression> {
        self.lexer.advance()?;
        let mut key = self.expression()?;
        self.resolve_value(&mut key)?;
        self.skip(Kind::Char(b']'))?;
        Ok(key)
    }

    /// Skips a name and gives it as a string.
    pub(super) fn name_constant(&mut self) -> Parse<Expression> {
        let name = self.skip_name()?;
        Ok(Expression::new(ExpressionKind::Constant(self.string_constant(name)?)))
    }

    /// `explist1 -> expr { ',' expr }`: all but the last in registers; gives the last and their number.
    pub(super) fn expression_list(&mut self) -> Parse<(Expression, i32)> {
        let mut count = 1;
        let mut last = self.expression()?;
        while self.skip_if(Kind::Char(b','))? {
            self.put_in_next_register(&mut last)?;
            last = self.expression()?;
            count += 1;
        }
        Ok((last, count))
    }

    /// `funcargs -> '(' [ explist1 ] ')' | constructor | STRING`: a call of the function in register `base`.
    fn call(&mut self, base: u32) -> Parse<Expression> {
        let line = self.lexer.line;
        let mut last = self.call_arguments(line)?;
        let argument_count = if last.is_multiple() {
            MULTIPLE
        } else {
            if last.kind != ExpressionKind::Void {
                self.put_in_next_register(&mut last)?;
            }
            (self.function.free_register - (base + 1)) as i32
        };
        let call = self.emit_abc(Opcode::Call, base, (argument_count + 1) as u32, 2)?;
        self.fix_line(line);
        self.function.free_register = base + 1;
        Ok(Expression::new(ExpressionKind::Call(call)))
    }

    /// The arguments of a call that starts at `line`; gives the last one, open if it may give many values.
    fn call_arguments(&mut self, line: i32) -> Parse<Expression> {
        match self.kind() {
            Kind::Char(b'(') => {
                if line != self.lexer.last_line {
                    let message = b"ambiguous syntax (function call x new statement)";
                    return Err(self.lexer.error_near_token(message));
                }
                self.lexer.advance()?;
                let mut last = Expression::new(ExpressionKind::Void);
                if !self.is_at(b')') {
                    last = self.expression_list()?.0;
                    self.set_returns(&last, MULTIPLE)?;
                }
                self.skip_closing(Kind::Char(b')'), Kind::Char(b'('), line)?;
                Ok(last)
            }
            Kind::Char(b'{') => self.constructor(),
            Kind::String => {
                let text = self.string_constant(self.lexer.token.text)?;
                self.lexer.advance()?;
                Ok(Expression::new(ExpressionKind::Constant(text)))
            }
            _ => Err(self.lexer.error_near_token(b"function arguments expected")),
        }
    }
}
