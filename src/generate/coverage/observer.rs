//! An observer that counts what instructions do: which come after which, what types they take, which library functions they call.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::operands::{Operands, Place, groups};
use super::pairs::Pair;
use crate::lua::bytecode::Opcode;
use crate::lua::heap::{Heap, TableRef, Type, Unpacked, Value};
use crate::lua::vm::{Counter, Observer, State, Stop, View};

/// The last instruction of an activation.
#[derive(Clone, Copy)]
struct Last {
    prototype: u64,
    opcode: Opcode,
}

/// What one run did.
pub(super) struct Watcher {
    counter: Counter,
    /// The names of library functions, by what they are known by.
    names: HashMap<u64, Vec<String>>,
    /// What each activation did last, by its thread and its depth.
    last: HashMap<(u64, usize), Last>,
    pub opcodes: BTreeMap<Opcode, u64>,
    pub pairs: BTreeMap<Pair, u64>,
    pub operands: BTreeMap<Operands, u64>,
    pub called: BTreeSet<String>,
}

impl Watcher {
    /// For a run in this state, bounded by so many instructions.
    pub fn new(state: &State, budget: u64) -> Self {
        let mut names = HashMap::new();
        name_functions(&state.heap, state.globals(), "", &mut Vec::new(), &mut names);
        Self {
            counter: Counter { executed: 0, budget },
            names,
            last: HashMap::new(),
            opcodes: BTreeMap::new(),
            pairs: BTreeMap::new(),
            operands: BTreeMap::new(),
            called: BTreeSet::new(),
        }
    }

    /// Counts what came before in the same activation.
    fn pair(&mut self, view: &View<'_>, opcode: Opcode) {
        let now = Last { prototype: view.prototype_key(), opcode };
        let before = self.last.insert((view.thread_key(), view.depth()), now);
        // The first instruction is that of another activation, unless somebody jumped there: those few are not counted.
        if let Some(before) = before
            && before.prototype == now.prototype
            && view.pc() > 0
        {
            *self.pairs.entry((before.opcode, opcode)).or_default() += 1;
        }
    }

    fn call(&mut self, view: &View<'_>, register: usize) {
        let Some(names) = view.key(view.register(register)).and_then(|key| self.names.get(&key)) else { return };
        let is_protected = names.iter().any(|name| matches!(name.as_str(), "pcall" | "xpcall"));
        // Some functions have two names.
        for name in names {
            if !self.called.contains(name) {
                self.called.insert(name.clone());
            }
        }
        // What it calls in turn is no instruction.
        if is_protected && view.top() > register + 1 {
            self.call(view, register + 1);
        }
    }
}

impl Observer for Watcher {
    const LOOKS: bool = true;

    fn before_instruction(&mut self) -> Result<(), Stop> {
        self.counter.before_instruction()
    }

    fn look(&mut self, view: &View<'_>) -> Result<(), Stop> {
        let word = view.word();
        let Some(opcode) = word.opcode() else { return Ok(()) };
        *self.opcodes.entry(opcode).or_default() += 1;
        self.pair(view, opcode);
        match opcode {
            Opcode::Call | Opcode::TailCall => self.call(view, word.a() as usize),
            Opcode::TForLoop => self.call(view, word.a() as usize),
            _ => {}
        }
        for (number, group) in groups(opcode).iter().enumerate() {
            let name = |place: Option<&Place>| place.map_or("", |place| type_at(view, *place).name());
            let types = [name(group.first()), name(group.get(1))];
            *self.operands.entry((opcode, number as u8, types)).or_default() += 1;
        }
        Ok(())
    }
}

/// The type of what is in a place.
fn type_at(view: &View<'_>, place: Place) -> Type {
    let word = view.word();
    let (a, b, c) = (word.a() as usize, word.b() as usize, word.c() as usize);
    let either = |operand: usize| if operand >= 256 { view.constant(operand - 256) } else { view.register(operand) };
    let value = match place {
        Place::A(behind) => view.register(a + usize::from(behind)),
        Place::B => view.register(b),
        Place::EitherB => either(b),
        Place::EitherC => either(c),
        Place::Constant => view.constant(word.bx() as usize),
        Place::Upvalue => view.upvalue(b),
        Place::LastButOne => view.register(c - 1),
        Place::Last => view.register(c),
    };
    value.kind()
}

/// Names the functions that a table's string keys lead to: those of libraries, and those of files.
fn name_functions(
    heap: &Heap,
    table: TableRef,
    prefix: &str,
    seen: &mut Vec<TableRef>,
    names: &mut HashMap<u64, Vec<String>>,
) {
    if seen.contains(&table) {
        return;
    }
    seen.push(table);
    let mut fields: Vec<(String, Value)> = Vec::new();
    heap.table(table).for_each(|key, value| {
        fields.extend(key.as_string().map(|key| (String::from_utf8_lossy(heap.bytes(key)).into_owned(), value)));
    });
    // Globals are known by their shortest names.
    fields.sort_by_key(|(name, value)| (matches!(value.unpack(), Unpacked::Table(_)), name.clone()));
    for (name, value) in fields {
        match value.unpack() {
            Unpacked::Native(_) => {
                if let Some(key) = heap.key(value) {
                    names.entry(key).or_default().push(format!("{prefix}{name}"));
                }
            }
            Unpacked::Table(inner) if prefix.is_empty() => {
                name_functions(heap, inner, &format!("{name}."), seen, names)
            }
            Unpacked::Userdata(file) => name_functions(heap, heap.userdata(file).metatable, "file:", seen, names),
            _ => {}
        }
    }
}
