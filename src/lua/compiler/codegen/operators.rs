//! Operators: arithmetic with constant folding, comparisons, `not`, and the short-circuits of `and` and `or`.

use super::{Expression, ExpressionKind, NO_JUMP, NO_REGISTER};
use crate::lua::bytecode::Opcode;
use crate::lua::compiler::error::Parse;
use crate::lua::compiler::lexer::Kind;
use crate::lua::compiler::parser::Compiler;

/// An operator before its operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum UnaryOperator {
    Minus,
    Not,
    Length,
}

/// An operator between its operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum BinaryOperator {
    /// `+ - * / % ^`, by the instruction that computes it.
    Arithmetic(Opcode),
    Concat,
    /// `== ~= < <= > >=`: the instruction, and whether it is to hold. A `>` is a `<` that is not to hold, which only says that
    /// its operands are exchanged.
    Comparison(Opcode, bool),
    And,
    Or,
}

impl UnaryOperator {
    /// Binds tighter than every binary operator but `^`.
    pub const PRIORITY: u8 = 8;

    pub fn of(kind: Kind) -> Option<Self> {
        Some(match kind {
            Kind::Not => Self::Not,
            Kind::Char(b'-') => Self::Minus,
            Kind::Char(b'#') => Self::Length,
            _ => return None,
        })
    }
}

impl BinaryOperator {
    pub fn of(kind: Kind) -> Option<Self> {
        Some(match kind {
            Kind::Char(b'+') => Self::Arithmetic(Opcode::Add),
            Kind::Char(b'-') => Self::Arithmetic(Opcode::Sub),
            Kind::Char(b'*') => Self::Arithmetic(Opcode::Mul),
            Kind::Char(b'/') => Self::Arithmetic(Opcode::Div),
            Kind::Char(b'%') => Self::Arithmetic(Opcode::Mod),
            Kind::Char(b'^') => Self::Arithmetic(Opcode::Pow),
            Kind::Concat => Self::Concat,
            Kind::NotEqual => Self::Comparison(Opcode::Eq, false),
            Kind::Equal => Self::Comparison(Opcode::Eq, true),
            Kind::Char(b'<') => Self::Comparison(Opcode::Lt, true),
            Kind::LessEqual => Self::Comparison(Opcode::Le, true),
            Kind::Char(b'>') => Self::Comparison(Opcode::Lt, false),
            Kind::GreaterEqual => Self::Comparison(Opcode::Le, false),
            Kind::And => Self::And,
            Kind::Or => Self::Or,
            _ => return None,
        })
    }

    /// How tightly it binds to its left and to its right; less to the right means right associative.
    pub fn priorities(self) -> (u8, u8) {
        match self {
            Self::Arithmetic(Opcode::Pow) => (10, 9),
            Self::Arithmetic(Opcode::Add | Opcode::Sub) => (6, 6),
            Self::Arithmetic(_) => (7, 7),
            Self::Concat => (5, 4),
            Self::Comparison(..) => (3, 3),
            Self::And => (2, 2),
            Self::Or => (1, 1),
        }
    }
}

impl Compiler<'_> {
    /// Applies an operator to the operand after it (`luaK_prefix`).
    pub(in super::super) fn apply_unary(&mut self, operator: UnaryOperator, operand: &mut Expression) -> Parse<()> {
        match operator {
            UnaryOperator::Not => self.emit_not(operand),
            UnaryOperator::Minus => {
                // The negation of a number is a number, never a NaN.
                if let Some(value) = operand.numeral() {
                    operand.kind = ExpressionKind::Number(-value);
                    return Ok(());
                }
                self.emit_unary(Opcode::Unm, operand)
            }
            UnaryOperator::Length => self.emit_unary(Opcode::Len, operand),
        }
    }

    fn emit_unary(&mut self, opcode: Opcode, operand: &mut Expression) -> Parse<()> {
        let register = self.put_in_any_register(operand)?;
        self.free_expression(operand);
        operand.kind = ExpressionKind::Relocatable(self.emit_abc(opcode, 0, register, 0)?);
        Ok(())
    }

    /// Prepares the left operand before the right one is read (`luaK_infix`).
    pub(in super::super) fn prepare_left(&mut self, operator: BinaryOperator, left: &mut Expression) -> Parse<()> {
        match operator {
            BinaryOperator::And => self.go_if_true(left),
            BinaryOperator::Or => self.go_if_false(left),
            BinaryOperator::Concat => {
                self.put_in_next_register(left)?;
                Ok(())
            }
            BinaryOperator::Arithmetic(_) if left.numeral().is_some() => Ok(()),
            BinaryOperator::Arithmetic(_) | BinaryOperator::Comparison(..) => {
                self.make_operand(left)?;
                Ok(())
            }
        }
    }

    /// Applies an operator to both operands; the result is in `left` (`luaK_posfix`).
    pub(in super::super) fn apply_binary(
        &mut self,
        operator: BinaryOperator,
        left: &mut Expression,
        right: &mut Expression,
    ) -> Parse<()> {
        match operator {
            BinaryOperator::And => {
                self.discharge_variable(right)?;
                right.false_list = self.join_jumps(right.false_list, left.false_list)?;
                *left = *right;
                Ok(())
            }
            BinaryOperator::Or => {
                self.discharge_variable(right)?;
                right.true_list = self.join_jumps(right.true_list, left.true_list)?;
                *left = *right;
                Ok(())
            }
            BinaryOperator::Concat => self.emit_concat(left, right),
            BinaryOperator::Arithmetic(opcode) => self.emit_arithmetic(opcode, left, right),
            BinaryOperator::Comparison(opcode, holds) => self.emit_comparison(opcode, holds, left, right),
        }
    }

    /// Concatenates; a right operand that is itself a concatenation takes the left one in.
    fn emit_concat(&mut self, left: &mut Expression, right: &mut Expression) -> Parse<()> {
        self.resolve_value(right)?;
        if let (ExpressionKind::Relocatable(pc), ExpressionKind::Register(first)) = (right.kind, left.kind)
            && self.instruction(pc).opcode() == Some(Opcode::Concat)
        {
            self.free_expression(left);
            let instruction = self.instruction_mut(pc);
            *instruction = instruction.with_b(first);
            left.kind = ExpressionKind::Relocatable(pc);
            return Ok(());
        }
        self.put_in_next_register(right)?;
        self.emit_arithmetic(Opcode::Concat, left, right)
    }

    fn emit_arithmetic(&mut self, opcode: Opcode, left: &mut Expression, right: &mut Expression) -> Parse<()> {
        if let (Some(a), Some(b)) = (left.numeral(), right.numeral())
            && let Some(value) = fold(opcode, a, b)
        {
            left.kind = ExpressionKind::Number(value);
            return Ok(());
        }
        let b = self.make_operand(right)?;
        let a = self.make_operand(left)?;
        // Registers are given back in the reverse order of their allocation, and a numeral on the left gets its own last.
        if a > b {
            self.free_expression(left);
            self.free_expression(right);
        } else {
            self.free_expression(right);
            self.free_expression(left);
        }
        left.kind = ExpressionKind::Relocatable(self.emit_abc(opcode, 0, a, b)?);
        Ok(())
    }

    fn emit_comparison(
        &mut self,
        opcode: Opcode,
        holds: bool,
        left: &mut Expression,
        right: &mut Expression,
    ) -> Parse<()> {
        let a = self.make_operand(left)?;
        let b = self.make_operand(right)?;
        self.free_expression(right);
        self.free_expression(left);
        let jump = if !holds && opcode != Opcode::Eq {
            self.emit_conditional_jump(opcode, 1, b, a)?
        } else {
            self.emit_conditional_jump(opcode, u32::from(holds), a, b)?
        };
        left.kind = ExpressionKind::Jump(jump);
        Ok(())
    }

    fn emit_not(&mut self, operand: &mut Expression) -> Parse<()> {
        self.discharge_variable(operand)?;
        match operand.kind {
            ExpressionKind::Nil | ExpressionKind::False => operand.kind = ExpressionKind::True,
            ExpressionKind::Constant(_) | ExpressionKind::Number(_) | ExpressionKind::True => {
                operand.kind = ExpressionKind::False;
            }
            ExpressionKind::Jump(jump) => self.invert_jump(jump),
            _ => {
                let register = self.discharge_to_any_register(operand)?;
                self.free_expression(operand);
                operand.kind = ExpressionKind::Relocatable(self.emit_abc(Opcode::Not, 0, register, 0)?);
            }
        }
        std::mem::swap(&mut operand.true_list, &mut operand.false_list);
        self.remove_values(operand.false_list);
        self.remove_values(operand.true_list);
        Ok(())
    }

    /// Goes on if the expression is true; if it is false, jumps along its false list.
    pub(in super::super) fn go_if_true(&mut self, expression: &mut Expression) -> Parse<()> {
        self.discharge_variable(expression)?;
        let jump = match expression.kind {
            ExpressionKind::Constant(_) | ExpressionKind::Number(_) | ExpressionKind::True => NO_JUMP,
            ExpressionKind::Jump(jump) => {
                self.invert_jump(jump);
                jump
            }
            _ => self.jump_on_condition(expression, false)?,
        };
        expression.false_list = self.join_jumps(expression.false_list, jump)?;
        self.patch_to_here(expression.true_list)?;
        expression.true_list = NO_JUMP;
        Ok(())
    }

    /// Goes on if the expression is false; if it is true, jumps along its true list.
    fn go_if_false(&mut self, expression: &mut Expression) -> Parse<()> {
        self.discharge_variable(expression)?;
        let jump = match expression.kind {
            ExpressionKind::Nil | ExpressionKind::False => NO_JUMP,
            ExpressionKind::Jump(jump) => jump,
            _ => self.jump_on_condition(expression, true)?,
        };
        expression.true_list = self.join_jumps(expression.true_list, jump)?;
        self.patch_to_here(expression.false_list)?;
        expression.false_list = NO_JUMP;
        Ok(())
    }

    /// Appends a jump that is taken if the truth of the expression is `condition`; a `not` just emitted is undone for it.
    fn jump_on_condition(&mut self, expression: &mut Expression, condition: bool) -> Parse<i32> {
        if let ExpressionKind::Relocatable(pc) = expression.kind {
            let instruction = self.instruction(pc);
            if instruction.opcode() == Some(Opcode::Not) {
                self.function.code.pop();
                self.function.lines.pop();
                return self.emit_conditional_jump(Opcode::Test, instruction.b(), 0, u32::from(!condition));
            }
        }
        let register = self.discharge_to_any_register(expression)?;
        self.free_expression(expression);
        self.emit_conditional_jump(Opcode::TestSet, NO_REGISTER, register, u32::from(condition))
    }

    /// Makes a comparison's jump be taken in the opposite case.
    fn invert_jump(&mut self, jump: i32) {
        let control = self.control_of(jump);
        let instruction = self.instruction_mut(control);
        *instruction = instruction.with_a(u32::from(instruction.a() == 0));
    }
}

/// The value of an operation on constants, if the compiler may compute it: nothing that divides by zero or gives a NaN.
fn fold(opcode: Opcode, a: f64, b: f64) -> Option<f64> {
    let value = match opcode {
        Opcode::Add => a + b,
        Opcode::Sub => a - b,
        Opcode::Mul => a * b,
        Opcode::Div if b != 0.0 => a / b,
        Opcode::Mod if b != 0.0 => a - (a / b).floor() * b,
        Opcode::Pow => a.powf(b),
        _ => return None,
    };
    (!value.is_nan()).then_some(value)
}
