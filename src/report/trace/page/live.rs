//! Which registers of a function mean anything before an instruction: those of the local variables in scope, and those whose value
//! some way through the code still takes. The others hold what earlier calls left there, which is nobody's business.
//!
//! It knows code and nothing of runs.

use crate::lua::bytecode::{Instruction, LocalVariable, Opcode, Prototype, RK_CONSTANT};

/// Of longer functions every register counts as live.
const LONGEST: usize = 50_000;

/// The registers that are live before each instruction.
pub struct Live {
    /// Empty if nothing is known.
    sets: Vec<Registers>,
}

impl Live {
    /// Of a function as it was compiled.
    pub fn of(prototype: &Prototype) -> Self {
        let count = prototype.code.len();
        if count > LONGEST {
            return Self { sets: Vec::new() };
        }
        let (closed, words) = closures(prototype);
        let mut sets = vec![Registers::default(); count + 1];
        loop {
            let mut changed = false;
            for pc in (0..count).rev() {
                let set = if words[pc] { sets[pc + 1] } else { before(prototype, pc, &sets) };
                changed |= set != sets[pc];
                sets[pc] = set;
            }
            if !changed {
                break;
            }
        }
        for (pc, set) in sets.iter_mut().enumerate() {
            let in_scope =
                |local: &&LocalVariable| (i64::from(local.start_pc)..i64::from(local.end_pc)).contains(&(pc as i64));
            let locals = prototype.locals.iter().take_while(|local| i64::from(local.start_pc) <= pc as i64);
            *set = set.with(closed).with(Registers::run(0, locals.filter(in_scope).count()));
        }
        Self { sets }
    }

    /// Whether a register is live before an instruction.
    pub fn is(&self, register: usize, pc: u32) -> bool {
        self.sets.get(pc as usize).is_none_or(|set| set.has(register))
    }
}

/// The registers that closures share, and which words are no instructions but describe a closure.
fn closures(prototype: &Prototype) -> (Registers, Vec<bool>) {
    let mut shared = Registers::default();
    let mut words = vec![false; prototype.code.len()];
    let mut pc = 0;
    while let Some(word) = prototype.code.get(pc) {
        pc += 1;
        if word.opcode() != Some(Opcode::Closure) {
            continue;
        }
        let upvalues = prototype.prototypes.get(word.bx() as usize).map_or(0, |nested| nested.upvalue_count);
        for _ in 0..upvalues {
            let Some(word) = prototype.code.get(pc) else { break };
            if word.opcode() == Some(Opcode::Move) {
                shared = shared.with(Registers::run(word.b() as usize, 1));
            }
            words[pc] = true;
            pc += 1;
        }
    }
    (shared, words)
}

/// What is live before an instruction, given what is live before those that it goes on at.
fn before(prototype: &Prototype, pc: usize, sets: &[Registers]) -> Registers {
    let word = prototype.code[pc];
    let Some(opcode) = word.opcode() else { return Registers::all() };
    let a = word.a() as usize;
    let at = |pc: usize| sets.get(pc).copied().unwrap_or_default();
    let target = || at(usize::try_from(pc as i64 + 1 + i64::from(word.sbx())).unwrap_or(usize::MAX));
    let after = match opcode {
        Opcode::Jmp | Opcode::ForPrep => target(),
        // The loop's variable is written where the loop goes on.
        Opcode::ForLoop => at(pc + 1).with(target().without(Registers::run(a + 3, 1))),
        Opcode::Return => Registers::default(),
        Opcode::Eq | Opcode::Lt | Opcode::Le | Opcode::Test | Opcode::TestSet | Opcode::TForLoop => {
            at(pc + 1).with(at(pc + 2))
        }
        Opcode::LoadBool if word.c() != 0 => at(pc + 2),
        Opcode::SetList if word.c() == 0 => at(pc + 2),
        _ => at(pc + 1),
    };
    after.without(overwritten(opcode, word)).with(taken(opcode, word))
}

/// The registers whose values an instruction ends in any case.
fn overwritten(opcode: Opcode, word: Instruction) -> Registers {
    let (a, b) = (word.a() as usize, word.b() as usize);
    match opcode {
        Opcode::LoadNil => Registers::run(a, (b + 1).saturating_sub(a)),
        Opcode::SelfOp => Registers::run(a, 2),
        // The called function has its frame there.
        Opcode::Call | Opcode::TailCall => Registers::from(a),
        Opcode::TForLoop => Registers::from(a + 3),
        Opcode::VarArg if b == 0 => Registers::from(a),
        Opcode::VarArg => Registers::run(a, b - 1),
        Opcode::SetGlobal
        | Opcode::SetUpval
        | Opcode::SetTable
        | Opcode::SetList
        | Opcode::Jmp
        | Opcode::Eq
        | Opcode::Lt
        | Opcode::Le
        | Opcode::Test
        | Opcode::TestSet
        | Opcode::ForLoop
        | Opcode::ForPrep
        | Opcode::Return
        | Opcode::Close => Registers::default(),
        _ => Registers::run(a, 1),
    }
}

/// The registers that an instruction takes values from.
fn taken(opcode: Opcode, word: Instruction) -> Registers {
    let (a, b, c) = (word.a() as usize, word.b() as usize, word.c() as usize);
    let either = |operand: u32| match operand & RK_CONSTANT {
        0 => Registers::run(operand as usize, 1),
        _ => Registers::default(),
    };
    let up_to = |count: usize, open: bool| if open { Registers::from(a) } else { Registers::run(a, count) };
    match opcode {
        Opcode::Move | Opcode::Unm | Opcode::Not | Opcode::Len | Opcode::TestSet => Registers::run(b, 1),
        Opcode::GetTable | Opcode::SelfOp => Registers::run(b, 1).with(either(word.c())),
        Opcode::SetGlobal | Opcode::SetUpval | Opcode::Test => Registers::run(a, 1),
        Opcode::SetTable => Registers::run(a, 1).with(either(word.b())).with(either(word.c())),
        Opcode::Add | Opcode::Sub | Opcode::Mul | Opcode::Div | Opcode::Mod | Opcode::Pow => {
            either(word.b()).with(either(word.c()))
        }
        Opcode::Eq | Opcode::Lt | Opcode::Le => either(word.b()).with(either(word.c())),
        Opcode::Concat => Registers::run(b, (c + 1).saturating_sub(b)),
        Opcode::Call | Opcode::TailCall => up_to(b, b == 0),
        Opcode::Return => up_to(b.saturating_sub(1), b == 0),
        Opcode::SetList => up_to(b + 1, b == 0),
        Opcode::ForLoop | Opcode::ForPrep | Opcode::TForLoop => Registers::run(a, 3),
        _ => Registers::default(),
    }
}

/// A set of registers; open results above those that can be named are not in it, and count as live.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Registers([u128; 2]);

impl Registers {
    const COUNT: usize = 256;

    fn all() -> Self {
        Self([u128::MAX; 2])
    }

    fn run(first: usize, count: usize) -> Self {
        let mut set = Self::default();
        for register in (first..first.saturating_add(count)).take_while(|register| *register < Self::COUNT) {
            set.0[register / 128] |= 1 << (register % 128);
        }
        set
    }

    fn from(first: usize) -> Self {
        Self::run(first, Self::COUNT)
    }

    fn with(self, other: Self) -> Self {
        Self([self.0[0] | other.0[0], self.0[1] | other.0[1]])
    }

    fn without(self, other: Self) -> Self {
        Self([self.0[0] & !other.0[0], self.0[1] & !other.0[1]])
    }

    fn has(self, register: usize) -> bool {
        register >= Self::COUNT || self.0[register / 128] >> (register % 128) & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lua::compiler::{CompileOptions, compile};

    /// The live registers before each instruction of the main chunk.
    fn live(main: &Prototype) -> Vec<String> {
        let live = Live::of(main);
        let registers = usize::from(main.max_stack_size);
        let shown = |pc| {
            (0..registers).filter(|register| live.is(*register, pc)).map(|register| register.to_string()).collect()
        };
        (0..main.code.len() as u32).map(shown).collect()
    }

    fn compiled(source: &str) -> Prototype {
        compile(source.as_bytes(), b"@x", CompileOptions { levels: 0 }).expect("it compiles")
    }

    #[test]
    fn temporaries_live_from_their_writing_to_their_last_use() {
        // GETGLOBAL 0, LOADK 1, LOADK 2, CALL 0 3 1, RETURN
        assert_eq!(live(&compiled("f(1, 2)")), ["", "0", "01", "012", ""]);
        // GETGLOBAL 0, GETGLOBAL 1, CALL 1 1 0, CALL 0 0 1, RETURN
        assert_eq!(live(&compiled("f(g())"))[2..], ["01", "01", ""]);
        // What lies above an open call's results is the called function's business.
        assert_eq!(live(&compiled("f(g()) h(1, 2, 3)"))[2..5], ["01", "0123", ""]);
    }

    #[test]
    fn locals_live_as_long_as_they_are_in_scope() {
        let source = "do local a = 1; f() end g()";
        // LOADK 0, GETGLOBAL 1, CALL 1, GETGLOBAL 0, CALL 0, RETURN
        assert_eq!(live(&compiled(source)), ["", "0", "01", "", "0", ""]);
        let stripped = Prototype { locals: Vec::new(), ..compiled(source) };
        assert_eq!(live(&stripped), ["", "", "1", "", "0", ""]);
    }

    #[test]
    fn loops_carry_their_values() {
        let stripped =
            Prototype { locals: Vec::new(), ..compiled("local n = 0 for i = 1, 3 do n = n + i end return n") };
        // LOADK 0, LOADK 1, LOADK 2, LOADK 3, FORPREP 1, ADD 0 0 4, FORLOOP 1, RETURN 0, RETURN
        assert_eq!(live(&stripped), ["", "0", "01", "012", "0123", "01234", "0123", "0", ""]);
    }

    #[test]
    fn what_closures_share_is_always_live() {
        let main = compiled("local a = 1 local f = function() return a end return 1");
        let stripped = Prototype { locals: Vec::new(), ..main };
        // LOADK 0, CLOSURE 1, (MOVE 0 0), LOADK 2, RETURN 2, RETURN
        assert_eq!(live(&stripped), ["0", "0", "0", "0", "02", "0"]);
    }

    #[test]
    fn code_that_is_none_is_no_trouble() {
        let odd = [Instruction(0x3F), Instruction::asbx(Opcode::Jmp, 0, -9), Instruction::abx(Opcode::Closure, 0, 7)];
        let odd = Prototype { code: odd.to_vec(), max_stack_size: 2, ..Prototype::default() };
        assert_eq!(live(&odd), ["01", "", ""]);
        let long = Prototype { code: vec![Instruction(0); LONGEST + 1], ..Prototype::default() };
        assert!(Live::of(&long).is(7, 3));
    }
}
