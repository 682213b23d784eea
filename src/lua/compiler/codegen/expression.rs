//! Expression descriptors (`expdesc`): an expression whose code is delayed until it is known where its value must go.

use super::NO_JUMP;

/// What is known of an expression's value so far.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in super::super) enum ExpressionKind {
    /// No expression at all.
    Void,
    Nil,
    True,
    False,
    /// A constant of the function, by index.
    Constant(u32),
    /// A number that is not among the constants yet, so that it can still be folded.
    Number(f64),
    /// A local variable, by register.
    Local(u32),
    /// An upvalue, by index.
    Upvalue(u32),
    /// A global variable, by the index of the constant with its name.
    Global(u32),
    /// A table in a register, and its key in a register or a constant.
    Indexed {
        table: u32,
        key: u32,
    },
    /// A comparison: the position of the jump that is taken if it holds.
    Jump(i32),
    /// An instruction that can put its result into any register, by position.
    Relocatable(i32),
    /// A value in a fixed register.
    Register(u32),
    /// A function call, by position.
    Call(i32),
    /// A `...`, by the position of its instruction.
    VarArg(i32),
}

/// An expression: its value, and the jumps out of it that decide its value without computing it.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Expression {
    pub kind: ExpressionKind,
    /// The jumps taken when it is true.
    pub true_list: i32,
    /// The jumps taken when it is false.
    pub false_list: i32,
}

impl Expression {
    /// An expression without jumps.
    pub fn new(kind: ExpressionKind) -> Self {
        Self { kind, true_list: NO_JUMP, false_list: NO_JUMP }
    }

    pub fn has_jumps(&self) -> bool {
        self.true_list != self.false_list
    }

    /// The value of a number that can be folded.
    pub fn numeral(&self) -> Option<f64> {
        match self.kind {
            ExpressionKind::Number(value) if self.true_list == NO_JUMP && self.false_list == NO_JUMP => Some(value),
            _ => None,
        }
    }

    /// Whether it may give any number of values.
    pub fn is_multiple(&self) -> bool {
        matches!(self.kind, ExpressionKind::Call(_) | ExpressionKind::VarArg(_))
    }
}
