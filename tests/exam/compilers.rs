//! Compilers that are wrong in one way each: Ferrous's, with its prototypes changed before they are handed on.

use std::sync::Arc;

use lockstep::{
    engine::{CompileFailure, Engine, Limits, Program, Run, ferrous::FerrousEngine},
    lua::bytecode::{Instruction, Opcode, Prototype, dump, undump},
};

/// What is wrong with a compiler.
#[derive(Clone, Copy)]
pub enum Wrong {
    /// Nothing.
    Not,
    /// It changes every function, those inside first.
    Function(fn(&mut Prototype)),
    /// It refuses programs, with this message.
    Refuses(fn(&str) -> Option<String>),
}

pub struct WrongCompiler {
    pub inner: FerrousEngine,
    pub wrong: Wrong,
}

impl Engine for WrongCompiler {
    fn name(&self) -> &str {
        "ferrous"
    }

    fn compile(&mut self, source: &[u8], name: &[u8]) -> Result<Vec<u8>, CompileFailure> {
        let chunk = self.inner.compile(source, name)?;
        match self.wrong {
            Wrong::Not => Ok(chunk),
            Wrong::Function(change) => {
                let mut prototype = undump(&chunk, name, 0).expect("its own chunk");
                everywhere(&mut prototype, change);
                Ok(dump(&prototype, false))
            }
            Wrong::Refuses(message) => match message(&String::from_utf8_lossy(source)) {
                Some(message) => Err(CompileFailure::Refused(message.into())),
                None => Ok(chunk),
            },
        }
    }

    fn run(&mut self, program: &Program, limits: &Limits) -> Run {
        self.inner.run(program, limits)
    }
}

fn everywhere(prototype: &mut Prototype, change: fn(&mut Prototype)) {
    for inner in &mut prototype.prototypes {
        everywhere(Arc::make_mut(inner), change);
    }
    change(prototype);
}

fn is(word: Instruction, opcode: Opcode) -> bool {
    word.opcode() == Some(opcode)
}

/// The opcode's place in an enumeration was encoded, not its number.
pub fn add_is_encoded_as_sub(function: &mut Prototype) {
    for word in function.code.iter_mut().filter(|word| is(**word, Opcode::Add)) {
        *word = word.with_opcode(Opcode::Sub);
    }
}

/// Likewise; no VM accepts what comes of it.
pub fn return_is_encoded_as_forprep(function: &mut Prototype) {
    for word in function.code.iter_mut().filter(|word| is(**word, Opcode::Return)) {
        *word = word.with_opcode(Opcode::ForPrep);
    }
}

/// Room for the locals and not for the temporaries.
pub fn stack_space_is_missing(function: &mut Prototype) {
    if function.max_stack_size > 3 {
        function.max_stack_size -= 1;
    }
}

pub fn prototypes_are_lost(function: &mut Prototype) {
    function.prototypes.clear();
}

/// The numbers of two functions of one shape are exchanged.
pub fn prototypes_are_misnumbered(function: &mut Prototype) {
    let shape = |function: &Prototype, index: u32| function.prototypes[index as usize].upvalue_count;
    let closures: Vec<usize> = (0..function.code.len()).filter(|pc| is(function.code[*pc], Opcode::Closure)).collect();
    for pair in closures.windows(2) {
        let (one, other) = (function.code[pair[0]].bx(), function.code[pair[1]].bx());
        if one != other && shape(function, one) == 0 && shape(function, other) == 0 {
            function.code[pair[0]] = function.code[pair[0]].with_bx(other);
            function.code[pair[1]] = function.code[pair[1]].with_bx(one);
            return;
        }
    }
}

/// `return` ends the block like `end`, and what stands after it is unexpected.
pub fn return_ends_a_block(source: &str) -> Option<String> {
    let line = 1 + source.lines().position(|line| {
        let mut words = line.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
        words.any(|word| word == "return") && !line.trim_start().starts_with("--")
    })?;
    Some(format!("program.lua:{line}: 'end' expected near 'return'"))
}

/// `return` ends the block like `end`, and its values are dropped.
pub fn returned_values_are_dropped(function: &mut Prototype) {
    for word in function.code.iter_mut().filter(|word| is(**word, Opcode::Return) && word.b() > 1) {
        *word = word.with_b(1);
    }
}

/// The register of the first operand is free again before the second is there: both come into it.
pub fn registers_are_freed_too_early(function: &mut Prototype) {
    for pc in 2..function.code.len() {
        let [first, second, word] = [function.code[pc - 2], function.code[pc - 1], function.code[pc]];
        let computes = [Opcode::Add, Opcode::Sub, Opcode::Mul].iter().any(|opcode| is(word, *opcode));
        let both_fetched = is(first, Opcode::GetTable) && is(second, Opcode::GetTable);
        if computes && both_fetched && word.b() == first.a() && word.c() == second.a() && second.a() == first.a() + 1 {
            function.code[pc - 1] = second.with_a(first.a());
        }
    }
}

/// The result of a concatenation goes where the function is that is to take it.
pub fn concatenation_overwrites_the_function(function: &mut Prototype) {
    for pc in 1..function.code.len() {
        let [word, call] = [function.code[pc - 1], function.code[pc]];
        if is(word, Opcode::Concat) && is(call, Opcode::Call) && word.a() > call.a() {
            function.code[pc - 1] = word.with_a(call.a());
        }
    }
}

/// The register beside the one that was meant.
pub fn upvalues_are_captured_from_the_wrong_slot(function: &mut Prototype) {
    for pc in 0..function.code.len() {
        let word = function.code[pc];
        if !is(word, Opcode::Closure) {
            continue;
        }
        let count = usize::from(function.prototypes[word.bx() as usize].upvalue_count);
        for capture in &mut function.code[pc + 1..=pc + count] {
            if is(*capture, Opcode::Move) && capture.b() > 0 {
                *capture = capture.with_b(capture.b() - 1);
            }
        }
    }
}

/// A call of the iterator, and a `TFORLOOP` that is only to test.
pub fn tforloop_is_a_call_and_a_test(function: &mut Prototype) {
    let mut pc = 0;
    while pc < function.code.len() {
        let word = function.code[pc];
        if is(word, Opcode::TForLoop) {
            insert(function, pc, Instruction::abc(Opcode::Call, word.a(), 3, word.c() + 1));
            pc += 1;
        }
        pc += 1;
    }
}

/// Puts an instruction before another, which takes over what jumps to that.
fn insert(function: &mut Prototype, at: usize, word: Instruction) {
    for (pc, word) in function.code.iter_mut().enumerate() {
        if !matches!(word.opcode(), Some(Opcode::Jmp | Opcode::ForLoop | Opcode::ForPrep)) {
            continue;
        }
        let target = (pc as i32 + 1 + word.sbx()) as usize;
        let moved = |place: usize, is_target: bool| place as i32 + i32::from(place > at || (place == at && !is_target));
        *word = word.with_sbx(moved(target, true) - moved(pc, false) - 1);
    }
    function.code.insert(at, word);
    function.line_info.insert(at, function.line_info[at]);
    for local in &mut function.locals {
        local.start_pc += i32::from(local.start_pc > at as i32);
        local.end_pc += i32::from(local.end_pc > at as i32);
    }
}

/// One result fewer than the program takes.
pub fn a_result_is_missing(function: &mut Prototype) {
    for word in function.code.iter_mut().filter(|word| is(**word, Opcode::Call) && word.c() > 2) {
        *word = word.with_c(word.c() - 1);
    }
}
