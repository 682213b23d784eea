//! The walk over a function's code that both checks it and finds who set a register last (`symbexec` of the reference).
//!
//! One walk serves both purposes because that is how the reference decides: a name is found where the checker would have
//! walked, and nowhere else. It must not know what its results are used for.

use super::verify::{Flaw, VerifyError, check_frame};
use super::{
    ArgumentMode, Constant, Format, Instruction, Opcode, Prototype, RK_CONSTANT, VARARG_IS_VARARG, VARARG_NEEDS_ARG,
};

/// Walks the instructions before `last_pc`. With a register to trace, follows forward jumps and returns the position of the
/// last instruction met that sets it; without one, every instruction is checked and the answer is `None`.
///
/// # Errors
///
/// The first rule that an instruction on the way breaks.
pub(super) fn execute(prototype: &Prototype, last_pc: usize, traced: Option<u8>) -> Result<Option<usize>, VerifyError> {
    let blame = |pc, flaw| VerifyError { line_defined: prototype.line_defined, pc, flaw };
    check_frame(prototype).map_err(|flaw| blame(None, flaw))?;
    let mut walk = Walk { prototype, last_pc, traced: traced.map(i32::from), pc: 0, setter: None, counts: None };
    while walk.pc < last_pc {
        let Some(&word) = prototype.code.get(walk.pc) else { break };
        let pc = walk.pc;
        walk.step(word).map_err(|flaw| blame(Some(pc), flaw))?;
        walk.pc += 1;
    }
    Ok(walk.setter)
}

/// Whether a `LOADBOOL` at `pc` may skip the next instruction: it lands on an instruction that was checked.
///
/// The reference checks this for C = 1 only but skips for every C other than 0, so the VM must ask before it skips for another C.
pub fn skip_is_checked(prototype: &Prototype, pc: usize) -> bool {
    let Some(next) = pc.checked_add(1) else { return false };
    match prototype.code.get(next..) {
        Some([skipped, _landing, ..]) => !looks_like_list_with_count(*skipped),
        _ => false,
    }
}

/// Whether the word is a `SETLIST` whose block number is the next word (or a count that happens to look like one).
fn looks_like_list_with_count(word: Instruction) -> bool {
    word.opcode() == Some(Opcode::SetList) && word.c() == 0
}

/// The operands as the walk uses them: `b` is `B`, `Bx` or `sBx`.
#[derive(Clone, Copy)]
struct Operands {
    a: i32,
    b: i32,
    c: i32,
}

struct Walk<'p> {
    prototype: &'p Prototype,
    last_pc: usize,
    traced: Option<i32>,
    pc: usize,
    setter: Option<usize>,
    /// Which words are counts of a `SETLIST`; made when a jump first makes it matter.
    counts: Option<Vec<bool>>,
}

impl Walk<'_> {
    fn step(&mut self, word: Instruction) -> Result<(), Flaw> {
        let opcode = word.opcode().ok_or(Flaw::UnknownOpcode(word.opcode_number()))?;
        self.register(word.a() as i32)?;
        let operands = self.operands(opcode, word)?;
        if opcode.sets_a() {
            self.sets(operands.a, operands.a);
        }
        if opcode.is_test() {
            self.skip()?;
            ensure(self.follows(1) == Some(Opcode::Jmp), Flaw::TestWithoutJump)?;
        }
        self.particulars(opcode, operands)
    }

    fn operands(&mut self, opcode: Opcode, word: Instruction) -> Result<Operands, Flaw> {
        let a = word.a() as i32;
        match opcode.format() {
            Format::Abc => {
                let (b, c) = (word.b() as i32, word.c() as i32);
                self.argument(b, opcode.b_mode())?;
                self.argument(c, opcode.c_mode())?;
                Ok(Operands { a, b, c })
            }
            Format::Abx => {
                let b = word.bx() as i32;
                if opcode.b_mode() == ArgumentMode::ConstantOrRegister {
                    self.constant(b)?;
                }
                Ok(Operands { a, b, c: 0 })
            }
            Format::Asbx => {
                let b = word.sbx();
                self.jump_target(b)?;
                Ok(Operands { a, b, c: 0 })
            }
        }
    }

    fn argument(&self, operand: i32, mode: ArgumentMode) -> Result<(), Flaw> {
        match mode {
            ArgumentMode::Unused => ensure(operand == 0, Flaw::UnusedOperand(operand)),
            ArgumentMode::Used => Ok(()),
            ArgumentMode::RegisterOrJump => self.register(operand),
            ArgumentMode::ConstantOrRegister if operand & RK_CONSTANT as i32 != 0 => {
                self.constant(operand & !(RK_CONSTANT as i32))
            }
            ArgumentMode::ConstantOrRegister => self.register(operand),
        }
    }

    /// What single opcodes ask for, and set beyond register A.
    fn particulars(&mut self, opcode: Opcode, operands: Operands) -> Result<(), Flaw> {
        let Operands { a, b, c } = operands;
        match opcode {
            Opcode::LoadBool if c == 1 => {
                self.skip()?;
                let next = self.prototype.code.get(self.pc + 1);
                ensure(!next.is_some_and(|word| looks_like_list_with_count(*word)), Flaw::SkipIntoListCount)
            }
            Opcode::LoadNil => {
                self.sets(a, b);
                Ok(())
            }
            Opcode::GetUpval | Opcode::SetUpval => {
                ensure(b < i32::from(self.prototype.upvalue_count), Flaw::NoSuchUpvalue(b))
            }
            Opcode::GetGlobal | Opcode::SetGlobal => {
                let name = self.prototype.constants.get(b as usize);
                let is_string = matches!(name, Some(Constant::String(_) | Constant::NullString));
                ensure(is_string, Flaw::GlobalNameNotString)
            }
            Opcode::SelfOp => {
                self.sets(a + 1, a + 1);
                self.register(a + 1)
            }
            Opcode::Concat => ensure(b < c, Flaw::TooFewToConcatenate),
            Opcode::TForLoop => {
                ensure(c >= 1, Flaw::LoopWithoutResult)?;
                self.sets(a + 2, i32::MAX);
                self.register(a + 2 + c)
            }
            Opcode::ForLoop | Opcode::ForPrep => {
                self.register(a + 3)?;
                self.follow_jump(b);
                Ok(())
            }
            Opcode::Jmp => {
                self.follow_jump(b);
                Ok(())
            }
            Opcode::Call | Opcode::TailCall => self.call(operands),
            Opcode::Return if b > 1 => self.register(a + b - 2),
            Opcode::SetList => self.list(operands),
            Opcode::Closure => self.closure(b),
            Opcode::VarArg => self.vararg(a, b),
            _ => Ok(()),
        }
    }

    fn call(&mut self, Operands { a, b, c }: Operands) -> Result<(), Flaw> {
        if b != 0 {
            self.register(a + b - 1)?;
        }
        match c {
            0 => self.open_results_are_taken()?,
            1 => {}
            _ => self.register(a + c - 2)?,
        }
        self.sets(a, i32::MAX);
        Ok(())
    }

    fn list(&mut self, Operands { a, b, c }: Operands) -> Result<(), Flaw> {
        if b > 0 {
            self.register(a + b)?;
        }
        if c == 0 {
            self.pc += 1;
            ensure(self.pc + 1 < self.prototype.code.len(), Flaw::NoListCount)?;
        }
        Ok(())
    }

    fn closure(&mut self, index: i32) -> Result<(), Flaw> {
        let nested = self.prototype.prototypes.get(index as usize).ok_or(Flaw::NoSuchPrototype(index))?;
        let captures = usize::from(nested.upvalue_count);
        for upvalue in 0..captures {
            let captures = matches!(self.follows(upvalue + 1), Some(Opcode::Move | Opcode::GetUpval));
            ensure(captures, Flaw::NoCapture(upvalue))?;
        }
        // The checker judges the captures as if they were executed; only a trace passes over them.
        if self.traced.is_some() {
            self.pc += captures;
        }
        Ok(())
    }

    fn vararg(&self, a: i32, b: i32) -> Result<(), Flaw> {
        let flags = self.prototype.vararg_flags;
        ensure(flags & VARARG_IS_VARARG != 0 && flags & VARARG_NEEDS_ARG == 0, Flaw::NotVararg)?;
        if b == 0 {
            self.open_results_are_taken()?;
        }
        self.register(a + b - 2)
    }

    fn register(&self, register: i32) -> Result<(), Flaw> {
        ensure(register < i32::from(self.prototype.max_stack_size), Flaw::RegisterOutsideFrame(register))
    }

    fn constant(&self, index: i32) -> Result<(), Flaw> {
        ensure((index as usize) < self.prototype.constants.len(), Flaw::NoSuchConstant(index))
    }

    /// Notes that the current instruction sets the registers from `first` to `last`.
    fn sets(&mut self, first: i32, last: i32) {
        if self.traced.is_some_and(|register| first <= register && register <= last) {
            self.setter = Some(self.pc);
        }
    }

    /// The instruction may skip the next one: there must be one to land on.
    fn skip(&self) -> Result<(), Flaw> {
        ensure(self.pc + 2 < self.prototype.code.len(), Flaw::SkipOutOfCode)
    }

    /// The opcode at this distance from the current instruction.
    fn follows(&self, distance: usize) -> Option<Opcode> {
        self.prototype.code.get(self.pc + distance).and_then(|word| word.opcode())
    }

    fn open_results_are_taken(&self) -> Result<(), Flaw> {
        let consumer = self.prototype.code.get(self.pc + 1).filter(|word| word.b() == 0).and_then(|word| word.opcode());
        let takes = matches!(consumer, Some(Opcode::Call | Opcode::TailCall | Opcode::Return | Opcode::SetList));
        ensure(takes, Flaw::OpenResultNotTaken)
    }

    fn target(&self, offset: i32) -> Option<usize> {
        self.pc.checked_add(1)?.checked_add_signed(offset as isize)
    }

    fn jump_target(&mut self, offset: i32) -> Result<(), Flaw> {
        let target = self.target(offset).filter(|target| *target < self.prototype.code.len());
        let shown = (self.pc as i64 + 1 + i64::from(offset)) as i32;
        let target = target.ok_or(Flaw::JumpOutOfCode(shown))?;
        ensure(!self.is_list_count(target), Flaw::JumpIntoListCount(shown))
    }

    /// In a run of words that all look like a `SETLIST` with a count, every other one is a count.
    fn is_list_count(&mut self, position: usize) -> bool {
        let code = &self.prototype.code;
        let previous = position.checked_sub(1).and_then(|previous| code.get(previous));
        if !previous.is_some_and(|word| looks_like_list_with_count(*word)) {
            return false;
        }
        let counts = self.counts.get_or_insert_with(|| {
            let mut is_count = false;
            let mut counts = vec![false];
            counts.extend(code.iter().map(|word| {
                is_count = looks_like_list_with_count(*word) && !is_count;
                is_count
            }));
            counts
        });
        counts.get(position).copied().unwrap_or(false)
    }

    /// A trace takes a forward jump, unless it leads past the place that the trace is about.
    fn follow_jump(&mut self, offset: i32) {
        if self.traced.is_none() || offset <= 0 {
            return;
        }
        if let Some(target) = self.target(offset).filter(|target| *target <= self.last_pc) {
            self.pc = target - 1;
        }
    }
}

fn ensure(holds: bool, flaw: Flaw) -> Result<(), Flaw> {
    if holds { Ok(()) } else { Err(flaw) }
}
