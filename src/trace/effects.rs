//! Which registers an instruction writes, and which values it takes: what the manual of the virtual machine says of each opcode
//! (the comments of the reference's `lopcodes.h`), as data for the recorder.
//!
//! It knows instruction words and nothing of engines.

use crate::lua::bytecode::{Instruction, Opcode};

/// The registers that an instruction has written when it is complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    None,
    /// So many registers from `first` on, and perhaps one more elsewhere.
    Registers {
        first: usize,
        count: usize,
        also: Option<usize>,
    },
    /// Registers from `first` up to the top.
    Open {
        first: usize,
    },
}

impl Written {
    const fn one(register: usize) -> Self {
        Self::run(register, 1)
    }

    const fn run(first: usize, count: usize) -> Self {
        Self::Registers { first, count, also: None }
    }
}

/// What an instruction at `pc` has written, given the `pc` that the same activation went on at.
pub fn writes(word: Instruction, pc: u32, next: u32) -> Written {
    let (a, b, c) = (word.a() as usize, word.b() as usize, word.c() as usize);
    let Some(opcode) = word.opcode() else { return Written::None };
    match opcode {
        Opcode::LoadNil if b < a => Written::one(b),
        Opcode::LoadNil => Written::run(a, b - a + 1),
        Opcode::SelfOp => Written::run(a, 2),
        // Written only where the jump is taken, which goes elsewhere than over it. A jump over nothing cannot be told apart.
        Opcode::TestSet if next == pc + 2 => Written::None,
        Opcode::ForLoop if next == pc + 1 => Written::None,
        Opcode::ForLoop => Written::Registers { first: a, count: 1, also: Some(a + 3) },
        Opcode::ForPrep => Written::run(a, 3),
        Opcode::TForLoop => Written::Registers { first: a + 3, count: c, also: Some(a + 2) },
        Opcode::Call if c > 0 => Written::run(a, c - 1),
        Opcode::VarArg if b > 0 => Written::run(a, b - 1),
        Opcode::Call | Opcode::TailCall | Opcode::VarArg => Written::Open { first: a },
        Opcode::SetGlobal
        | Opcode::SetUpval
        | Opcode::SetTable
        | Opcode::SetList
        | Opcode::Jmp
        | Opcode::Eq
        | Opcode::Lt
        | Opcode::Le
        | Opcode::Test
        | Opcode::Return
        | Opcode::Close => Written::None,
        _ => Written::one(a),
    }
}

/// What of an instruction is the same wherever it is and however it went: what most of them are recorded by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Outline {
    /// What it has written when its function went on, if that is the same every time.
    pub written: Outcome,
    /// Whether it hands values on.
    pub hands_on: bool,
}

/// What an instruction has written when its function went on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Nothing,
    /// Register A.
    A,
    /// Registers A and A + 3, unless it goes on behind it.
    Loop,
    /// What [`writes`] says.
    Other,
    /// Its function may have ended with it.
    Leaves,
}

/// The outlines by opcode, as many as there are numbers for opcodes in a word.
static OUTLINES: [Outline; 64] = outlines();

const fn outlines() -> [Outline; 64] {
    let mut outlines = [Outline { written: Outcome::Leaves, hands_on: true }; 64];
    let mut number = 0;
    while number < Opcode::ALL.len() {
        outlines[number] = outline(Opcode::ALL[number]);
        number += 1;
    }
    outlines
}

const fn outline(opcode: Opcode) -> Outline {
    use Opcode as O;
    let written = match opcode {
        O::SetGlobal | O::SetUpval | O::SetTable | O::SetList | O::Jmp | O::Eq | O::Lt | O::Le | O::Test | O::Close => {
            Outcome::Nothing
        }
        O::ForLoop => Outcome::Loop,
        O::LoadNil | O::SelfOp | O::TestSet | O::ForPrep | O::TForLoop | O::Call | O::VarArg => Outcome::Other,
        O::TailCall | O::Return => Outcome::Leaves,
        _ => Outcome::A,
    };
    let hands_on = matches!(
        opcode,
        O::SetGlobal | O::SetUpval | O::SetTable | O::SetList | O::Call | O::TailCall | O::Return | O::TForLoop
    );
    Outline { written, hands_on }
}

/// The outline of an instruction.
#[inline]
pub(super) fn outline_of(word: Instruction) -> Outline {
    OUTLINES[(word.0 & 63) as usize]
}

/// Where a value that an instruction takes comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    Register(usize),
    Constant(usize),
    Upvalue(usize),
    /// Registers from `first` on, so many, or up to the top.
    Registers {
        first: usize,
        count: Option<usize>,
    },
}

fn register_or_constant(operand: u32) -> Source {
    if operand & 256 == 0 { Source::Register(operand as usize) } else { Source::Constant(operand as usize & 255) }
}

/// The values that a store stores, a call calls and passes, a return returns.
pub(super) fn hands_on(word: Instruction) -> [Option<Source>; 3] {
    let (a, b) = (word.a() as usize, word.b() as usize);
    let from = |first, count: usize| Some(Source::Registers { first, count: count.checked_sub(1) });
    match word.opcode() {
        Some(Opcode::SetGlobal) => [Some(Source::Constant(word.bx() as usize)), Some(Source::Register(a)), None],
        Some(Opcode::SetUpval) => [Some(Source::Register(a)), None, None],
        Some(Opcode::SetTable) => {
            [Some(Source::Register(a)), Some(register_or_constant(word.b())), Some(register_or_constant(word.c()))]
        }
        // The list's table comes first: B counts the values without it.
        Some(Opcode::SetList) => [from(a, if b == 0 { 0 } else { b + 2 }), None, None],
        // B counts the function as well.
        Some(Opcode::Call | Opcode::TailCall) => [from(a, if b == 0 { 0 } else { b + 1 }), None, None],
        Some(Opcode::Return) => [from(a, b), None, None],
        Some(Opcode::TForLoop) => [from(a, 4), None, None],
        _ => [None; 3],
    }
}

/// The values that any other instruction takes.
pub(super) fn takes(word: Instruction) -> [Option<Source>; 3] {
    let (a, b, c) = (word.a() as usize, word.b() as usize, word.c() as usize);
    let register = |register| Some(Source::Register(register));
    let either = |operand| Some(register_or_constant(operand));
    match word.opcode() {
        Some(Opcode::Move | Opcode::Unm | Opcode::Not | Opcode::Len | Opcode::TestSet) => [register(b), None, None],
        Some(Opcode::LoadK | Opcode::GetGlobal) => [Some(Source::Constant(word.bx() as usize)), None, None],
        Some(Opcode::GetUpval) => [Some(Source::Upvalue(b)), None, None],
        Some(Opcode::GetTable | Opcode::SelfOp) => [register(b), either(word.c()), None],
        Some(
            Opcode::Add
            | Opcode::Sub
            | Opcode::Mul
            | Opcode::Div
            | Opcode::Mod
            | Opcode::Pow
            | Opcode::Eq
            | Opcode::Lt
            | Opcode::Le,
        ) => [either(word.b()), either(word.c()), None],
        Some(Opcode::Concat) if c >= b => [Some(Source::Registers { first: b, count: Some(c - b + 1) }), None, None],
        Some(Opcode::Test) => [register(a), None, None],
        Some(Opcode::ForLoop | Opcode::ForPrep) => [Some(Source::Registers { first: a, count: Some(3) }), None, None],
        _ => [None; 3],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_depends_on_the_way_taken() {
        let test = Instruction::abc(Opcode::TestSet, 3, 1, 0);
        assert_eq!(writes(test, 10, 12), Written::None);
        assert_eq!(writes(test, 10, 20), Written::one(3));
        let round = Instruction::asbx(Opcode::ForLoop, 2, -5);
        assert_eq!(writes(round, 10, 11), Written::None);
        assert_eq!(writes(round, 10, 6), Written::Registers { first: 2, count: 1, also: Some(5) });
    }

    #[test]
    fn open_results_reach_to_the_top() {
        assert_eq!(writes(Instruction::abc(Opcode::Call, 4, 1, 0), 0, 1), Written::Open { first: 4 });
        assert_eq!(writes(Instruction::abc(Opcode::Call, 4, 1, 1), 0, 1), Written::run(4, 0));
        assert_eq!(writes(Instruction::abc(Opcode::VarArg, 1, 3, 0), 0, 1), Written::run(1, 2));
    }

    #[test]
    fn outlines_say_what_the_rules_say() {
        for opcode in Opcode::ALL {
            for (pc, next) in [(10, 11), (10, 12), (10, 3)] {
                let word = Instruction::abc(opcode, 3, 2, 1);
                let outline = outline_of(word);
                assert_eq!(outline.hands_on, hands_on(word)[0].is_some(), "{opcode:?}");
                let expected = match outline.written {
                    Outcome::Nothing => Written::None,
                    Outcome::A => Written::one(3),
                    Outcome::Loop if next == pc + 1 => Written::None,
                    Outcome::Loop => Written::Registers { first: 3, count: 1, also: Some(6) },
                    Outcome::Other | Outcome::Leaves => continue,
                };
                assert_eq!(writes(word, pc, next), expected, "{opcode:?}");
            }
        }
        let known = |written| Opcode::ALL.into_iter().filter(|opcode| outline(*opcode).written == written).count();
        assert_eq!([Outcome::Nothing, Outcome::A, Outcome::Leaves].map(known), [10, 18, 2]);
    }

    #[test]
    fn calls_hand_on_the_function_and_its_arguments() {
        let call = Instruction::abc(Opcode::Call, 4, 3, 1);
        assert_eq!(hands_on(call)[0], Some(Source::Registers { first: 4, count: Some(3) }));
        let open = Instruction::abc(Opcode::Call, 4, 0, 1);
        assert_eq!(hands_on(open)[0], Some(Source::Registers { first: 4, count: None }));
        let two = Instruction::abc(Opcode::Return, 0, 3, 0);
        assert_eq!(hands_on(two)[0], Some(Source::Registers { first: 0, count: Some(2) }));
    }
}
