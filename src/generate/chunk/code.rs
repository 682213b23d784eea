//! Code that keeps the verifier's rules, instruction by instruction: registers are in the frame, what is referred to exists, tests are followed by a
//! jump, open results by who takes them, closures by their captures, and no jump leads into the middle of anything.
//!
//! What the rules leave open is drawn at its edges: last registers, any count, counts that look like instructions.

use super::super::Choices;
use super::constant::is_name;
use super::edge;
use crate::lua::bytecode::{Instruction, Opcode, Prototype, RK_CONSTANT, VARARG_IS_VARARG, VARARG_NEEDS_ARG};

use Opcode::*;

/// What can come where any instruction can, the frequent ones several times.
const STEPS: [Opcode; 48] = [
    Move, LoadK, LoadBool, LoadNil, GetUpval, GetGlobal, GetTable, SetGlobal, SetUpval, SetTable, NewTable, SelfOp,
    Add, Sub, Mul, Div, Mod, Pow, Unm, Not, Len, Concat, Jmp, Eq, Lt, Le, Test, TestSet, Call, TailCall, Return,
    ForLoop, ForPrep, TForLoop, SetList, Close, Closure, VarArg, GetGlobal, GetGlobal, Call, Call, LoadK, NewTable,
    SetTable, Closure, VarArg, GetTable,
];

/// How far after each other instructions with open results may stand.
const LONGEST_CHAIN: usize = 3;

/// Where a jump goes.
enum Target {
    /// Wherever the choices say, among the places where an instruction begins.
    Drawn,
    /// To this place, right or wrong.
    At(i64),
    /// As far behind the end of the code.
    BehindEnd(i64),
}

/// The code of a function, being written.
pub struct Writer<'f, 'c, 'b> {
    pub choices: &'c mut Choices<'b>,
    pub function: &'f Prototype,
    code: Vec<Instruction>,
    jumps: Vec<(usize, Target)>,
    /// Where the words are that are counts of a `SETLIST`.
    counts: Vec<usize>,
    ends_in_return: bool,
}

impl<'f, 'c, 'b> Writer<'f, 'c, 'b> {
    /// The empty code of a function that is all there, but for its code.
    pub fn new(choices: &'c mut Choices<'b>, function: &'f Prototype) -> Self {
        Self { choices, function, code: Vec::new(), jumps: Vec::new(), counts: Vec::new(), ends_in_return: true }
    }

    /// Has the code end in something else than `RETURN`.
    pub fn end_without_return(&mut self) {
        self.ends_in_return = false;
    }

    /// The place of the next word.
    pub fn place(&self) -> usize {
        self.code.len()
    }

    /// Adds an instruction.
    pub fn put(&mut self, opcode: Opcode, a: u32, b: u32, c: u32) {
        self.code.push(Instruction::abc(opcode, a, b, c));
    }

    /// Adds a word.
    pub fn put_word(&mut self, word: Instruction) {
        self.code.push(word);
    }

    /// Adds a jump, a loop's or another's, to wherever the choices say.
    pub fn put_jump(&mut self, opcode: Opcode, a: u32) {
        self.jumps.push((self.code.len(), Target::Drawn));
        self.put_word(Instruction::asbx(opcode, a, 0));
    }

    /// Adds a jump to this place, which need not exist.
    pub fn put_jump_to(&mut self, opcode: Opcode, a: u32, place: i64) {
        self.jumps.push((self.code.len(), Target::At(place)));
        self.put_word(Instruction::asbx(opcode, a, 0));
    }

    /// Adds a jump so far behind the last instruction.
    pub fn put_jump_behind_end(&mut self, opcode: Opcode, a: u32, distance: i64) {
        self.jumps.push((self.code.len(), Target::BehindEnd(distance)));
        self.put_word(Instruction::asbx(opcode, a, 0));
    }

    /// Says that the next word but one is a count, whatever is written there.
    pub fn expect_count(&mut self) {
        self.counts.push(self.code.len() + 1);
    }

    /// Adds an instruction that does nothing in particular.
    pub fn put_filler(&mut self) {
        let register = self.register();
        self.put(LoadNil, register, register, 0);
    }

    /// Adds a count, for the `SETLIST` before it.
    pub fn put_count(&mut self) {
        let count = match self.choices.weighted(&[8, 4, 3, 2]) {
            // It looks like what wants a count itself.
            1 => Instruction::abc(SetList, 0, 1, 0).0,
            2 => Instruction::abc(Return, 0, 1, 0).0,
            3 => edge(self.choices) as u32,
            _ => self.choices.below(4) as u32,
        };
        self.counts.push(self.code.len());
        self.put_word(Instruction(count));
    }

    /// A register of the frame.
    pub fn register(&mut self) -> u32 {
        self.registers(1).unwrap_or(0)
    }

    /// The first of so many registers, if the frame is as large.
    pub fn registers(&mut self, count: u32) -> Option<u32> {
        let last = u32::from(self.function.max_stack_size).checked_sub(count)?;
        Some(if self.choices.chance(40) { last } else { self.choices.below(last as usize + 1) as u32 })
    }

    /// A number from `least` to how many registers there are from this one on, and so many more.
    fn span(&mut self, from: u32, least: u32, more: u32) -> u32 {
        let most = (u32::from(self.function.max_stack_size) + more).saturating_sub(from);
        let room = most.saturating_sub(least) as usize + 1;
        least + if self.choices.chance(30) { room as u32 - 1 } else { self.choices.below(room.min(6)) as u32 }
    }

    fn constant(&mut self) -> Option<u32> {
        let count = self.function.constants.len();
        (count > 0).then(|| self.choices.below(count) as u32)
    }

    fn name(&mut self) -> Option<u32> {
        let names = self.function.constants.iter().enumerate().filter(|(_, constant)| is_name(constant));
        let names: Vec<u32> = names.map(|(index, _)| index as u32).collect();
        (!names.is_empty()).then(|| *self.choices.pick(&names))
    }

    /// A register, or a constant if one fits.
    fn operand(&mut self) -> u32 {
        match self.choices.flag().then(|| self.constant()).flatten() {
            Some(constant) if constant < RK_CONSTANT => RK_CONSTANT | constant,
            _ => self.register(),
        }
    }

    fn upvalue(&mut self) -> Option<u32> {
        let count = usize::from(self.function.upvalue_count);
        (count > 0).then(|| self.choices.below(count) as u32)
    }

    /// Any number that fits, where it can be any.
    fn any(&mut self, usual: usize) -> u32 {
        if self.choices.chance(30) { edge(self.choices) as u32 } else { self.choices.below(usual) as u32 }
    }

    /// Adds an instruction with what it needs after it, or another one if the function has not what it needs.
    pub fn step(&mut self) {
        let mark = self.choices.begin();
        let opcode = *self.choices.pick(&STEPS);
        if self.instruction(opcode).is_none() {
            self.put_filler();
        }
        self.choices.end("step of code", mark);
    }

    fn instruction(&mut self, opcode: Opcode) -> Option<()> {
        match opcode {
            Move | Unm | Not | Len | LoadNil => {
                let (a, b) = (self.register(), self.register());
                self.put(opcode, a, b, 0);
            }
            LoadK => {
                let (a, constant) = (self.register(), self.constant()?);
                self.put_word(Instruction::abx(opcode, a, constant));
            }
            GetGlobal | SetGlobal => {
                let (a, name) = (self.register(), self.name()?);
                self.put_word(Instruction::abx(opcode, a, name));
            }
            GetUpval | SetUpval => {
                let (a, upvalue) = (self.register(), self.upvalue()?);
                self.put(opcode, a, upvalue, 0);
            }
            LoadBool => self.boolean(),
            NewTable => {
                let (a, b, c) = (self.register(), self.any(20), self.any(20));
                self.put(opcode, a, b, c);
            }
            GetTable => {
                let (a, b, c) = (self.register(), self.register(), self.operand());
                self.put(opcode, a, b, c);
            }
            SetTable | Add | Sub | Mul | Div | Mod | Pow => {
                let (a, b, c) = (self.register(), self.operand(), self.operand());
                self.put(opcode, a, b, c);
            }
            SelfOp => {
                let (a, b, c) = (self.registers(2)?, self.register(), self.operand());
                self.put(opcode, a, b, c);
            }
            Concat => {
                let (a, b) = (self.register(), self.registers(2)?);
                let last = self.span(b, 2, 0) + b - 1;
                self.put(opcode, a, b, last);
            }
            Jmp => {
                let a = if self.choices.chance(20) { self.register() } else { 0 };
                self.put_jump(opcode, a);
            }
            ForLoop | ForPrep => {
                let a = self.registers(4)?;
                self.put_jump(opcode, a);
            }
            Eq | Lt | Le => {
                let (a, b, c) = (self.truth(), self.operand(), self.operand());
                self.put(opcode, a, b, c);
                self.put_jump(Jmp, 0);
            }
            Test | TestSet => {
                let (a, b, c) = (self.register(), self.register(), self.any(2));
                self.put(opcode, a, b, c);
                self.put_jump(Jmp, 0);
            }
            TForLoop => {
                let a = self.registers(4)?;
                let results = self.span(a + 3, 1, 0);
                self.put(opcode, a, 0, results);
                self.put_jump(Jmp, 0);
            }
            Call | TailCall => self.call(opcode, 0),
            Return => {
                let a = self.register();
                let b = if self.choices.chance(40) { 0 } else { self.span(a, 1, 1) };
                self.put(opcode, a, b, 0);
            }
            SetList => {
                let a = self.register();
                let b = if self.choices.chance(60) { 0 } else { self.span(a, 1, 0) - 1 };
                self.list(a, b);
            }
            Close => {
                let a = self.register();
                self.put(opcode, a, 0, 0);
            }
            Closure => self.closure()?,
            VarArg => self.varargs()?,
        }
        Some(())
    }

    /// What a comparison is compared with: 0 or 1, but any register's number passes.
    fn truth(&mut self) -> u32 {
        let most = u32::from(self.function.max_stack_size) - 1;
        let truth = if self.choices.chance(20) { most } else { self.choices.below(2) as u32 };
        truth.min(most)
    }

    /// A boolean, which may skip the next instruction. Only for 1 it is checked that it can.
    fn boolean(&mut self) {
        let (a, b, c) = (self.register(), self.any(2), self.any(2));
        self.put(LoadBool, a, b, c);
        if c != 0 {
            self.put_filler();
        }
    }

    /// A call, and who takes its results if they are open.
    fn call(&mut self, opcode: Opcode, before: usize) {
        let a = self.register();
        let b = if before > 0 || self.choices.chance(20) { 0 } else { self.span(a, 1, 0) };
        let c = if before < LONGEST_CHAIN && self.choices.chance(90) { 0 } else { self.span(a, 1, 1) };
        self.put(opcode, a, b, c);
        if c == 0 {
            self.taker(before + 1);
        }
    }

    /// An instruction that takes open results.
    fn taker(&mut self, before: usize) {
        match self.choices.weighted(&[4, 4, 2, 3]) {
            1 => self.call(Call, before),
            2 => self.call(TailCall, before),
            3 => {
                let a = self.register();
                self.list(a, 0);
            }
            _ => {
                let a = self.register();
                self.put(Return, a, 0, 0);
            }
        }
    }

    /// A `SETLIST`, with its count if that is in a word of its own.
    fn list(&mut self, a: u32, b: u32) {
        let c = if self.choices.chance(80) { 0 } else { 1 + self.any(4) % 511 };
        self.put(SetList, a, b, c);
        if c == 0 {
            self.put_count();
        }
    }

    /// A closure and its captures.
    fn closure(&mut self) -> Option<()> {
        let count = self.function.prototypes.len();
        let index = (count > 0).then(|| self.choices.below(count))?;
        let (a, captures) = (self.register(), self.function.prototypes[index].upvalue_count);
        self.put_word(Instruction::abx(Closure, a, index as u32));
        for _ in 0..captures {
            let capture = if self.choices.chance(100) && self.function.upvalue_count > 0 { GetUpval } else { Move };
            self.instruction(capture)?;
        }
        Some(())
    }

    fn varargs(&mut self) -> Option<()> {
        let flags = self.function.vararg_flags;
        (flags & VARARG_IS_VARARG != 0 && flags & VARARG_NEEDS_ARG == 0).then_some(())?;
        let a = self.register();
        if self.choices.chance(110) {
            self.put(VarArg, a, 0, 0);
            self.taker(1);
        } else {
            let b = self.span(a, 1, 1);
            self.put(VarArg, a, b, 0);
        }
        Some(())
    }

    /// The code with its last instruction, and with the targets of its jumps.
    pub fn finish(mut self) -> Vec<Instruction> {
        match self.ends_in_return {
            true => self.put(Return, 0, 1, 0),
            false => self.put_filler(),
        }
        for (place, target) in std::mem::take(&mut self.jumps) {
            let target = match target {
                Target::Drawn => self.target(place) as i64,
                Target::At(place) => place,
                Target::BehindEnd(distance) => self.code.len() as i64 + distance,
            };
            self.code[place] = self.code[place].with_sbx((target - place as i64 - 1) as i32);
        }
        self.code
    }

    /// A place where an instruction begins.
    fn target(&mut self, from: usize) -> usize {
        let length = self.code.len();
        let place = match self.choices.weighted(&[10, 6, 2, 2]) {
            1 => self.choices.below(length),
            2 => 0,
            3 => length - 1,
            _ => from + 1 + self.choices.below(6),
        };
        let place = place.min(length - 1);
        // What comes before a count is an instruction.
        if self.counts.contains(&place) { place - 1 } else { place }
    }
}
