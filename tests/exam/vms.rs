//! VMs that are wrong in one way each: Ferrous's, with somebody who changes registers after instructions.

use std::collections::HashMap;

use lockstep::{
    engine::ferrous::Meddler,
    lua::{
        bytecode::{Instruction, Opcode},
        heap::Value,
        vm::View,
    },
};

/// What a register is to have after an instruction.
#[derive(Clone, Copy)]
pub enum Change {
    Value(u8, Value),
    /// What another register has then.
    Copy {
        to: u8,
        from: u8,
    },
}

/// What is wrong with a VM: what the instruction that it is in front of is to have done, besides what it does.
pub type Rule = fn(&View<'_>) -> Vec<Change>;

/// Follows the rule.
pub struct WrongVm {
    rule: Rule,
    /// What is to be done when the instruction under way is complete, for each activation: by thread and depth.
    underway: HashMap<(u64, usize), (u64, Vec<Change>)>,
    /// What is to be done now.
    due: Vec<Change>,
    /// The instruction that is being asked for.
    asked: bool,
}

impl WrongVm {
    pub fn new(rule: Rule) -> Self {
        Self { rule, underway: HashMap::new(), due: Vec::new(), asked: false }
    }
}

impl Meddler for WrongVm {
    fn meddle(&mut self, view: &View<'_>) -> Option<(u8, Value)> {
        let thread = view.key(Value::thread(view.thread())).unwrap_or_default();
        let place = (thread, view.depth());
        if !self.asked {
            self.asked = true;
            // What lies further out goes on, what lies further in is gone.
            self.underway.retain(|(other, depth), _| *other != thread || *depth <= place.1);
            let complete = self.underway.remove(&place);
            let same = complete.filter(|(prototype, _)| *prototype == view.prototype_key() && view.pc() > 0);
            self.due = same.map(|(_, changes)| changes).unwrap_or_default();
        }
        if let Some(change) = self.due.pop() {
            return Some(match change {
                Change::Value(register, value) => (register, value),
                Change::Copy { to, from } => (to, view.register(usize::from(from))),
            });
        }
        self.asked = false;
        let changes = (self.rule)(view);
        if !changes.is_empty() {
            self.underway.insert(place, (view.prototype_key(), changes));
        }
        None
    }
}

fn is(word: Instruction, opcode: Opcode) -> bool {
    word.opcode() == Some(opcode)
}

fn operand(view: &View<'_>, operand: u32) -> Option<f64> {
    let index = (operand & 255) as usize;
    let value = if operand & 256 == 0 { view.register(index) } else { view.constant(index) };
    value.as_number()
}

/// `ADD` does what the next opcode should.
pub fn add_subtracts(view: &View<'_>) -> Vec<Change> {
    let word = view.word();
    match (operand(view, word.b()), operand(view, word.c())) {
        (Some(left), Some(right)) if is(word, Opcode::Add) => {
            vec![Change::Value(word.a() as u8, Value::number(left - right))]
        }
        _ => Vec::new(),
    }
}

/// There are no registers above the first five.
pub fn registers_are_missing(view: &View<'_>) -> Vec<Change> {
    let word = view.word();
    let loads = [Opcode::LoadK, Opcode::GetTable, Opcode::GetGlobal].iter().any(|opcode| is(word, *opcode));
    if loads && word.a() > 5 { vec![Change::Value(word.a() as u8, Value::NIL)] } else { Vec::new() }
}

/// The result comes later than the next instruction.
pub fn concatenation_is_deferred(view: &View<'_>) -> Vec<Change> {
    let word = view.word();
    if is(word, Opcode::Concat) { vec![Change::Value(word.a() as u8, Value::NIL)] } else { Vec::new() }
}

/// The result goes where the function is that is to take it as well.
pub fn concatenation_overwrites_the_function(view: &View<'_>) -> Vec<Change> {
    let word = view.word();
    match u8::try_from(word.a()) {
        Ok(to @ 1..) if is(word, Opcode::Concat) => vec![Change::Copy { to: to - 1, from: to }],
        _ => Vec::new(),
    }
}

/// Upvalues are read where nothing was put.
pub fn upvalues_are_nil(view: &View<'_>) -> Vec<Change> {
    let word = view.word();
    if is(word, Opcode::GetUpval) { vec![Change::Value(word.a() as u8, Value::NIL)] } else { Vec::new() }
}

pub fn closures_are_not_made(view: &View<'_>) -> Vec<Change> {
    let word = view.word();
    if is(word, Opcode::Closure) { vec![Change::Value(word.a() as u8, Value::NIL)] } else { Vec::new() }
}

/// Only the control variable is updated.
pub fn loop_variables_are_nil(view: &View<'_>) -> Vec<Change> {
    let word = view.word();
    if !is(word, Opcode::TForLoop) {
        return Vec::new();
    }
    (3..3 + word.c()).map(|offset| Change::Value((word.a() + offset) as u8, Value::NIL)).collect()
}

fn calls_lua(view: &View<'_>) -> bool {
    view.register(view.word().a() as usize).as_closure().is_some()
}

/// The last of several results of a function in Lua does not arrive.
pub fn a_result_is_missing(view: &View<'_>) -> Vec<Change> {
    let word = view.word();
    match word.c().checked_sub(2) {
        Some(last @ 1..) if is(word, Opcode::Call) && calls_lua(view) => {
            vec![Change::Value((word.a() + last) as u8, Value::NIL)]
        }
        _ => Vec::new(),
    }
}

/// Arguments are put where the function is.
pub fn a_load_overwrites_the_function(view: &View<'_>) -> Vec<Change> {
    let word = view.word();
    match u8::try_from(word.a()) {
        Ok(to @ 1..) if is(word, Opcode::LoadK) => vec![Change::Copy { to: to - 1, from: to }],
        _ => Vec::new(),
    }
}
