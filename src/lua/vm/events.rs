//! Metamethods: the events, their names, and which metatable a value has.

use crate::lua::heap::{Heap, StringRef, TableRef, Type, Unpacked, Value};

/// The events of Lua 5.1, with the reference's numbers (`ltm.h`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    Index = 0,
    NewIndex = 1,
    Gc = 2,
    Mode = 3,
    Eq = 4,
    Add = 5,
    Sub = 6,
    Mul = 7,
    Div = 8,
    Mod = 9,
    Pow = 10,
    Unm = 11,
    Len = 12,
    Lt = 13,
    Le = 14,
    Concat = 15,
    Call = 16,
}

const NAMES: [&str; 17] = [
    "__index",
    "__newindex",
    "__gc",
    "__mode",
    "__eq",
    "__add",
    "__sub",
    "__mul",
    "__div",
    "__mod",
    "__pow",
    "__unm",
    "__len",
    "__lt",
    "__le",
    "__concat",
    "__call",
];

/// Events below this number are cached as absent in metatables.
const CACHED: u8 = 5;

/// The names of the events, and the metatables that types share.
#[derive(Clone, Debug)]
pub struct Metamethods {
    names: [Value; 17],
    types: [TableRef; 9],
}

impl Metamethods {
    /// Interns the names.
    pub fn new(heap: &mut Heap) -> Self {
        Self { names: NAMES.map(|name| heap.string(name.as_bytes())), types: [TableRef::NONE; 9] }
    }

    /// The name of an event, such as `__index`.
    pub fn name(&self, event: Event) -> Value {
        self.names[event as usize]
    }

    /// Every value that must stay alive.
    pub fn roots(&self) -> impl Iterator<Item = Value> {
        let tables = self.types.iter().filter_map(|table| table.some()).map(Value::table);
        self.names.into_iter().chain(tables)
    }

    /// The metatable of a value, if it has one.
    pub fn metatable(&self, heap: &Heap, value: Value) -> Option<TableRef> {
        match value.unpack() {
            Unpacked::Table(table) => heap.table(table).metatable(),
            Unpacked::Userdata(userdata) => heap.userdata.get(userdata.0).metatable.some(),
            _ => self.types[value.kind() as usize].some(),
        }
    }

    /// Gives all values of a type a metatable (for tables and userdata, each has its own: see the heap).
    pub fn set_type_metatable(&mut self, kind: Type, metatable: Option<TableRef>) {
        self.types[kind as usize] = metatable.unwrap_or(TableRef::NONE);
    }

    /// What a value's metatable has for an event; `nil` if nothing.
    pub fn of(&self, heap: &Heap, value: Value, event: Event) -> Value {
        match self.metatable(heap, value) {
            Some(metatable) => self.in_metatable(heap, metatable, event),
            None => Value::NIL,
        }
    }

    fn in_metatable(&self, heap: &Heap, metatable: TableRef, event: Event) -> Value {
        let name: StringRef = match self.names[event as usize].as_string() {
            Some(name) => name,
            None => return Value::NIL,
        };
        heap.raw_get_string(metatable, name)
    }

    /// Likewise, for a metatable, with a note in it when the event is absent.
    #[inline(always)]
    pub fn fast(&self, heap: &mut Heap, metatable: TableRef, event: Event) -> Value {
        debug_assert!((event as u8) < CACHED);
        if heap.table(metatable).lacks(event as u8) {
            return Value::NIL;
        }
        self.look_up(heap, metatable, event)
    }

    #[inline]
    fn look_up(&self, heap: &mut Heap, metatable: TableRef, event: Event) -> Value {
        let found = self.in_metatable(heap, metatable, event);
        if found.is_nil() {
            heap.note_absent(metatable, event as u8);
        }
        found
    }
}
