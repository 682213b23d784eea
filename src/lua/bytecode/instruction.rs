//! One instruction word: 6 bits of opcode, then `A` (8), `C` (9), `B` (9), or `Bx` (18) in the place of the last two.

use super::Opcode;

/// The largest `A`.
pub const MAX_ARG_A: u32 = 255;
/// The largest `B`.
pub const MAX_ARG_B: u32 = 511;
/// The largest `C`.
pub const MAX_ARG_C: u32 = 511;
/// The largest `Bx`.
pub const MAX_ARG_BX: u32 = (1 << 18) - 1;
/// The largest `sBx`; the smallest is its negation.
pub const MAX_ARG_SBX: i32 = (MAX_ARG_BX >> 1) as i32;
/// The bit of a `B` or `C` that says "a constant, not a register".
pub const RK_CONSTANT: u32 = 256;

/// An instruction word. Any `u32` may be one: [`Instruction::opcode`] tells whether its opcode exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Instruction(pub u32);

impl Instruction {
    /// An instruction with three operands; excess bits of an operand are cut off.
    pub const fn abc(opcode: Opcode, a: u32, b: u32, c: u32) -> Self {
        Self(opcode.number() as u32 | (a & MAX_ARG_A) << 6 | (c & MAX_ARG_C) << 14 | (b & MAX_ARG_B) << 23)
    }

    /// An instruction with `A` and an unsigned `Bx`.
    pub const fn abx(opcode: Opcode, a: u32, bx: u32) -> Self {
        Self(opcode.number() as u32 | (a & MAX_ARG_A) << 6 | (bx & MAX_ARG_BX) << 14)
    }

    /// An instruction with `A` and a signed `sBx`.
    pub const fn asbx(opcode: Opcode, a: u32, sbx: i32) -> Self {
        Self::abx(opcode, a, (sbx + MAX_ARG_SBX) as u32)
    }

    /// The six bits of the opcode, whether or not such an opcode exists.
    pub const fn opcode_number(self) -> u8 {
        (self.0 & 0x3F) as u8
    }

    /// The opcode, if the number stands for one.
    pub const fn opcode(self) -> Option<Opcode> {
        Opcode::from_number(self.opcode_number())
    }

    /// Operand `A`.
    pub const fn a(self) -> u32 {
        self.0 >> 6 & MAX_ARG_A
    }

    /// Operand `B`.
    pub const fn b(self) -> u32 {
        self.0 >> 23
    }

    /// Operand `C`.
    pub const fn c(self) -> u32 {
        self.0 >> 14 & MAX_ARG_C
    }

    /// Operand `Bx`.
    pub const fn bx(self) -> u32 {
        self.0 >> 14
    }

    /// Operand `sBx`.
    pub const fn sbx(self) -> i32 {
        self.bx() as i32 - MAX_ARG_SBX
    }

    /// The same instruction with another opcode.
    pub const fn with_opcode(self, opcode: Opcode) -> Self {
        Self(self.0 & !0x3F | opcode.number() as u32)
    }

    /// The same instruction with another `A`.
    pub const fn with_a(self, a: u32) -> Self {
        Self(self.0 & !(MAX_ARG_A << 6) | (a & MAX_ARG_A) << 6)
    }

    /// The same instruction with another `B`.
    pub const fn with_b(self, b: u32) -> Self {
        Self(self.0 & !(MAX_ARG_B << 23) | (b & MAX_ARG_B) << 23)
    }

    /// The same instruction with another `C`.
    pub const fn with_c(self, c: u32) -> Self {
        Self(self.0 & !(MAX_ARG_C << 14) | (c & MAX_ARG_C) << 14)
    }

    /// The same instruction with another `Bx`.
    pub const fn with_bx(self, bx: u32) -> Self {
        Self(self.0 & !(MAX_ARG_BX << 14) | (bx & MAX_ARG_BX) << 14)
    }

    /// The same instruction with another `sBx`.
    pub const fn with_sbx(self, sbx: i32) -> Self {
        self.with_bx((sbx + MAX_ARG_SBX) as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operands_come_back() {
        let word = Instruction::abc(Opcode::SetList, 255, 511, 300);
        assert_eq!((word.opcode(), word.a(), word.b(), word.c()), (Some(Opcode::SetList), 255, 511, 300));
        for sbx in [-MAX_ARG_SBX, -1, 0, 1, MAX_ARG_SBX] {
            assert_eq!(Instruction::asbx(Opcode::Jmp, 0, sbx).sbx(), sbx);
        }
        let changed = word.with_a(1).with_b(2).with_c(3).with_opcode(Opcode::Add);
        assert_eq!(changed, Instruction::abc(Opcode::Add, 1, 2, 3));
    }
}
