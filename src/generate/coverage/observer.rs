//! An observer that counts what instructions do: which come after which, what types they take, which library functions they call.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::lua::bytecode::Opcode;
use crate::lua::heap::{Heap, TableRef, Unpacked, Value};
use crate::lua::vm::{Counter, Observer, State, Stop, View};

/// What one run did.
pub(super) struct Watcher {
    counter: Counter,
    /// The names of library functions, by what they are known by.
    names: HashMap<u64, Vec<String>>,
    /// The instruction before, and how deep it was.
    last: Option<(Opcode, usize)>,
    pub opcodes: BTreeMap<Opcode, u64>,
    pub pairs: BTreeMap<(Opcode, Opcode), u64>,
    pub operands: BTreeMap<(Opcode, [&'static str; 2]), u64>,
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
            last: None,
            opcodes: BTreeMap::new(),
            pairs: BTreeMap::new(),
            operands: BTreeMap::new(),
            called: BTreeSet::new(),
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
        if let Some((before, depth)) = self.last.replace((opcode, view.depth()))
            && depth == view.depth()
        {
            *self.pairs.entry((before, opcode)).or_default() += 1;
        }
        match opcode {
            Opcode::Call | Opcode::TailCall => self.call(view, word.a() as usize),
            Opcode::TForLoop => self.call(view, word.a() as usize),
            _ => {}
        }
        let operand = |operand: u32| {
            let value =
                if operand >= 256 { view.constant(operand as usize - 256) } else { view.register(operand as usize) };
            value.kind().name()
        };
        let types = match opcode {
            Opcode::Add | Opcode::Sub | Opcode::Mul | Opcode::Div | Opcode::Mod | Opcode::Pow => {
                [operand(word.b()), operand(word.c())]
            }
            Opcode::Eq | Opcode::Lt | Opcode::Le => [operand(word.b()), operand(word.c())],
            Opcode::GetTable | Opcode::SelfOp => [view.register(word.b() as usize).kind().name(), operand(word.c())],
            Opcode::SetTable => [view.register(word.a() as usize).kind().name(), operand(word.b())],
            Opcode::Unm | Opcode::Not | Opcode::Len => [view.register(word.b() as usize).kind().name(), ""],
            Opcode::Call | Opcode::TailCall | Opcode::Test => [view.register(word.a() as usize).kind().name(), ""],
            _ => return Ok(()),
        };
        *self.operands.entry((opcode, types)).or_default() += 1;
        Ok(())
    }
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
