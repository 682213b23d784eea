//! Silent writes: registers that an instruction changed without being meant to.
//!
//! A trace holds what instructions are meant to write. What a VM does to other registers shows only when somebody takes the value;
//! the moments before that tell which instruction it was.

use crate::lua::bytecode::Instruction;
use crate::trace::{Datum, Field, Moment, Operand, operand};

/// A register that is not the same on both sides after an instruction that does not write it.
#[derive(Clone, Debug, PartialEq)]
pub struct SilentWrite {
    /// The number of the instruction in the run.
    pub sequence: u64,
    pub register: u32,
    pub left: Datum,
    pub right: Datum,
}

/// The silent write behind a difference in what an instruction takes, if the moments of both sides go back to it.
pub fn silent_write(sequence: u64, field: &Field, left: &[Moment], right: &[Moment]) -> Option<SilentWrite> {
    let Field::Operand(at, here, there) = field else { return None };
    let user = moment(left, sequence)?;
    let Some(Operand::Register(register)) = operand(Instruction(user.word), *at) else { return None };
    let is_same_activation =
        |other: &&Moment| (other.thread, other.depth, other.prototype) == (user.thread, user.depth, user.prototype);
    // Another activation at the same depth is left by what comes back to a lower one.
    let before = left.iter().rev().filter(|moment| moment.sequence < sequence && moment.thread == user.thread);
    let activation = before.take_while(|moment| moment.depth >= user.depth).filter(is_same_activation);
    for earlier in activation {
        let other = moment(right, earlier.sequence)?;
        if earlier.registers.get(register)? == other.registers.get(register)? {
            let register = u32::try_from(register).ok()?;
            let (left, right) = (here.clone(), there.clone());
            return Some(SilentWrite { sequence: earlier.sequence, register, left, right });
        }
    }
    None
}

fn moment(moments: &[Moment], sequence: u64) -> Option<&Moment> {
    moments.iter().find(|moment| moment.sequence == sequence)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::lua::bytecode::Opcode;
    use crate::trace::PrototypeFacts;

    fn moment(sequence: u64, depth: u32, registers: [f64; 2]) -> Moment {
        let facts = PrototypeFacts {
            source: Vec::new(),
            line_defined: 0,
            last_line_defined: 0,
            code: Vec::new(),
            lines: Vec::new(),
        };
        Moment {
            sequence,
            thread: 0,
            depth,
            prototype: depth,
            pc: 0,
            word: Instruction::abc(Opcode::Unm, 0, 1, 0).0,
            registers: registers.iter().map(|number| Datum::Number(number.to_bits())).collect(),
            operands: Vec::new(),
            facts: Arc::new(facts),
        }
    }

    fn number(number: f64) -> Datum {
        Datum::Number(number.to_bits())
    }

    #[test]
    fn it_is_found_in_the_same_activation() {
        let left =
            [moment(1, 1, [0.0, 5.0]), moment(2, 1, [1.0, 5.0]), moment(3, 2, [7.0, 7.0]), moment(4, 1, [2.0, 5.0])];
        let right =
            [moment(1, 1, [0.0, 5.0]), moment(2, 1, [1.0, 5.0]), moment(3, 2, [7.0, 8.0]), moment(4, 1, [2.0, 6.0])];
        let field = Field::Operand(0, number(5.0), number(6.0));
        let found = silent_write(4, &field, &left, &right).expect("it is there");
        assert_eq!((found.sequence, found.register), (2, 1));
        assert_eq!(silent_write(4, &Field::Length, &left, &right), None);
        assert_eq!(silent_write(4, &field, &left[2..], &right[2..]), None, "nobody knows what was before");
    }

    #[test]
    fn an_earlier_activation_is_another_one() {
        let left = [moment(1, 2, [0.0, 5.0]), moment(2, 1, [0.0, 0.0]), moment(3, 2, [0.0, 5.0])];
        let right = [moment(1, 2, [0.0, 5.0]), moment(2, 1, [0.0, 0.0]), moment(3, 2, [0.0, 6.0])];
        assert_eq!(silent_write(3, &Field::Operand(0, number(5.0), number(6.0)), &left, &right), None);
    }
}
