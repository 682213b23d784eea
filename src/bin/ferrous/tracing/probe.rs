//! What a state shows a recorder before an instruction, and the names of what is reachable from `_G`.
//!
//! It must show what the engine in the harness shows (`lockstep::engine::ferrous`), so that a trace reads the same from both; it does not
//! know what is recorded.

use std::cell::RefCell;
use std::collections::VecDeque;

use lockstep::lua::heap::{Heap, TableRef, Type, Unpacked, Value};
use lockstep::lua::vm::{State, View};
use lockstep::trace::{Kind, Place, Probe, PrototypeFacts, Recorder, Seen};

/// A view, as recorders read it. What is asked about its prototype is kept.
pub struct Shown<'v> {
    view: &'v View<'v>,
    facts: RefCell<Option<PrototypeFacts>>,
}

impl<'v> Shown<'v> {
    pub fn new(view: &'v View<'v>) -> Self {
        Self { view, facts: RefCell::new(None) }
    }

    /// What is known of the prototype, if the recorder asked for that: when it is seen for the first time.
    pub fn take_facts(&self) -> Option<PrototypeFacts> {
        self.facts.take()
    }

    fn seen(&self, value: Value) -> Seen<'_> {
        let kind = match value.unpack() {
            Unpacked::Nil => return Seen::Nil,
            Unpacked::Boolean(boolean) => return Seen::Boolean(boolean),
            Unpacked::Number(number) => return Seen::Number(number),
            Unpacked::String(string) => return Seen::String(self.view.bytes(string)),
            object => kind_of(object),
        };
        kind.zip(self.view.key(value)).map_or(Seen::Nil, |(kind, key)| Seen::Object(kind, key))
    }
}

impl Probe for Shown<'_> {
    fn place(&self) -> Place {
        Place {
            thread: self.view.key(Value::thread(self.view.thread())).unwrap_or_default(),
            depth: self.view.depth() as u32,
            prototype: self.view.prototype_key(),
            pc: self.view.pc() as u32,
            word: self.view.word().0,
        }
    }

    fn register(&self, register: usize) -> Seen<'_> {
        self.seen(self.view.register(register))
    }

    fn top(&self) -> usize {
        self.view.top()
    }

    fn constant(&self, constant: usize) -> Seen<'_> {
        self.seen(self.view.constant(constant))
    }

    fn upvalue(&self, upvalue: usize) -> Seen<'_> {
        self.seen(self.view.upvalue(upvalue))
    }

    fn prototype(&self) -> PrototypeFacts {
        let prototype = self.view.prototype();
        let facts = PrototypeFacts {
            source: prototype.source.as_ref().map(|source| source.to_vec()).unwrap_or_default(),
            line_defined: prototype.line_defined as u32,
            last_line_defined: prototype.last_line_defined as u32,
            code: prototype.code.iter().map(|word| word.0).collect(),
            lines: prototype.line_info.iter().map(|line| *line as u32).collect(),
        };
        *self.facts.borrow_mut() = Some(facts.clone());
        facts
    }
}

/// What an object is to a recorder; `None` for other values.
fn kind_of(value: Unpacked) -> Option<Kind> {
    match value {
        Unpacked::Table(_) => Some(Kind::Table),
        Unpacked::Closure(_) | Unpacked::Native(_) => Some(Kind::Function),
        Unpacked::Userdata(_) => Some(Kind::Userdata),
        Unpacked::Thread(_) => Some(Kind::Thread),
        Unpacked::Light(_) => Some(Kind::LightUserdata),
        Unpacked::Nil | Unpacked::Boolean(_) | Unpacked::Number(_) | Unpacked::String(_) => None,
    }
}

/// The type whose keys those of a kind are.
pub fn type_of(kind: Kind) -> Type {
    match kind {
        Kind::Table => Type::Table,
        Kind::Function => Type::Function,
        Kind::Userdata => Type::Userdata,
        Kind::Thread => Type::Thread,
        Kind::LightUserdata => Type::LightUserdata,
    }
}

/// Names what is reachable from the globals by string keys: breadth first, in the order of the keys' bytes.
pub fn label_globals(state: &State, recorder: &mut Recorder<'_>) {
    let heap = &state.heap;
    let globals = state.globals();
    label(heap, recorder, Value::table(globals), "_G");
    let mut seen = vec![globals];
    let mut tables = VecDeque::from([(globals, String::new())]);
    while let Some((table, prefix)) = tables.pop_front() {
        for (key, value) in string_fields(heap, table) {
            let path = format!("{prefix}{}", String::from_utf8_lossy(key));
            label(heap, recorder, value, &path);
            if let Some(inner) = value.as_table()
                && !seen.contains(&inner)
            {
                seen.push(inner);
                tables.push_back((inner, path + "."));
            }
        }
    }
}

fn label(heap: &Heap, recorder: &mut Recorder<'_>, value: Value, path: &str) {
    if let Some((kind, key)) = kind_of(value.unpack()).zip(heap.key(value)) {
        recorder.label(kind, key, path);
    }
}

/// The entries of a table whose keys are strings, in the order of the keys' bytes.
fn string_fields(heap: &Heap, table: TableRef) -> Vec<(&[u8], Value)> {
    let mut fields = Vec::new();
    heap.table(table).for_each(|key, value| fields.extend(key.as_string().map(|key| (heap.bytes(key), value))));
    fields.sort_unstable_by_key(|(key, _)| *key);
    fields
}
