//! Where the values come from that an event has as operands: for readers, to whom `R1 = 2` says more than 2.
//!
//! It knows instruction words alone; which instructions have their operands recorded is the recorder's business.

use super::effects::{Source, hands_on, takes};
use crate::lua::bytecode::Instruction;

/// Where one operand comes from. All count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operand {
    Register(usize),
    Constant(usize),
    Upvalue(usize),
}

/// Where the operand of an instruction at this place in its event comes from; `None` if it has no such operand.
pub fn operand(word: Instruction, place: usize) -> Option<Operand> {
    let handed = hands_on(word);
    let sources = if handed[0].is_some() { handed } else { takes(word) };
    if let Some(Source::Registers { first, count }) = sources[0] {
        return count.is_none_or(|count| place < count).then_some(Operand::Register(first + place));
    }
    match (*sources.get(place)?)? {
        Source::Register(register) | Source::Registers { first: register, .. } => Some(Operand::Register(register)),
        Source::Constant(constant) => Some(Operand::Constant(constant)),
        Source::Upvalue(upvalue) => Some(Operand::Upvalue(upvalue)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lua::bytecode::Opcode;

    #[test]
    fn every_operand_is_found_where_it_came_from() {
        use Operand::{Constant, Register, Upvalue};
        let all = |word| (0..4).map_while(|place| operand(word, place)).collect::<Vec<_>>();
        assert_eq!(all(Instruction::abc(Opcode::Add, 0, 3, 256 + 7)), [Register(3), Constant(7)]);
        assert_eq!(all(Instruction::abc(Opcode::SetTable, 1, 256, 2)), [Register(1), Constant(0), Register(2)]);
        assert_eq!(all(Instruction::abx(Opcode::SetGlobal, 4, 9)), [Constant(9), Register(4)]);
        assert_eq!(all(Instruction::abc(Opcode::GetUpval, 0, 5, 0)), [Upvalue(5)]);
        assert_eq!(all(Instruction::abc(Opcode::Call, 4, 3, 1)), [Register(4), Register(5), Register(6)]);
        assert_eq!(all(Instruction::abc(Opcode::Concat, 0, 2, 3)), [Register(2), Register(3)]);
        assert_eq!(operand(Instruction::abc(Opcode::Return, 2, 0, 0), 30), Some(Register(32)), "up to the top");
        assert_eq!(all(Instruction::abc(Opcode::NewTable, 0, 0, 0)), []);
    }
}
