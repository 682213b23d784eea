//! What a state of Ferrous shows to recorders: before each instruction, and of what is reachable from `_G` before the first.
//!
//! Nothing here knows what is recorded, or who reads it.

use std::collections::VecDeque;

use crate::lua::heap::{Heap, TableRef, Type, Unpacked, Value};
use crate::lua::vm::{State, View};
use crate::trace::{Kind, Place, Probe, PrototypeFacts, Recorder, Seen, Stopped};

/// Records that a state is in front of an instruction.
///
/// # Errors
/// The recorder wants no more.
#[inline]
pub fn record(recorder: &mut Recorder<'_>, view: &View<'_>) -> Result<(), Stopped> {
    if recorder.has_many_names() {
        recorder.retain(|kind, key| view.has_key(type_of(kind), key), |key| view.has_prototype_key(key));
    }
    recorder.before(&Shown(view))
}

/// A view, as recorders read it.
struct Shown<'v>(&'v View<'v>);

impl Shown<'_> {
    fn seen(&self, value: Value) -> Seen<'_> {
        let kind = match value.unpack() {
            Unpacked::Nil => return Seen::Nil,
            Unpacked::Boolean(boolean) => return Seen::Boolean(boolean),
            Unpacked::Number(number) => return Seen::Number(number),
            Unpacked::String(string) => return Seen::String(self.0.bytes(string)),
            object => kind_of(object),
        };
        kind.zip(self.0.key(value)).map_or(Seen::Nil, |(kind, key)| Seen::Object(kind, key))
    }
}

impl Probe for Shown<'_> {
    #[inline]
    fn place(&self) -> Place {
        Place {
            thread: self.0.thread_key(),
            depth: self.0.depth() as u32,
            prototype: self.0.prototype_key(),
            pc: self.0.pc() as u32,
            word: self.0.word().0,
        }
    }

    #[inline]
    fn register(&self, register: usize) -> Seen<'_> {
        self.seen(self.0.register(register))
    }

    fn top(&self) -> usize {
        self.0.top()
    }

    fn constant(&self, constant: usize) -> Seen<'_> {
        self.seen(self.0.constant(constant))
    }

    fn upvalue(&self, upvalue: usize) -> Seen<'_> {
        self.seen(self.0.upvalue(upvalue))
    }

    fn prototype(&self) -> PrototypeFacts {
        (&**self.0.prototype()).into()
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

fn type_of(kind: Kind) -> Type {
    match kind {
        Kind::Table => Type::Table,
        Kind::Function => Type::Function,
        Kind::Userdata => Type::Userdata,
        Kind::Thread => Type::Thread,
        Kind::LightUserdata => Type::LightUserdata,
    }
}

/// Names what is reachable from the globals by string keys: breadth first, in the order of the keys' bytes. To be done before anything
/// is recorded.
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
