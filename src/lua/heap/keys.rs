//! Keys: numbers that tell an object from every other one of its type that the heap has held or will hold.
//!
//! A key is the generation of the object's slot above its index. Unlike a [`Handle`](super::Handle) it leads nowhere: it is for
//! observers that have to know objects again.

use super::{Heap, ThreadRef, Type, Unpacked, Value};

/// The key of a slot in a generation.
const fn key(generation: u32, index: u32) -> u64 {
    (generation as u64) << 32 | index as u64
}

impl Heap {
    /// The key of an object; `None` for nil, booleans, numbers and strings, which are known by what they are. The key of a light
    /// userdata is its number.
    #[inline]
    pub fn key(&self, value: Value) -> Option<u64> {
        let (generation, index) = match value.unpack() {
            Unpacked::Table(table) => (self.tables.generation(table.0)?, table.0),
            Unpacked::Closure(closure) => (self.closures.generation(closure.0)?, closure.0),
            // Natives are functions like closures, in slots of their own: they are counted from the other end.
            Unpacked::Native(native) => (self.natives.generation(native.0)?, !native.0),
            Unpacked::Userdata(userdata) => (self.userdata.generation(userdata.0)?, userdata.0),
            Unpacked::Thread(thread) => (self.threads.generation(thread.0)?, thread.0),
            Unpacked::Light(number) => (0, number),
            Unpacked::Nil | Unpacked::Boolean(_) | Unpacked::Number(_) | Unpacked::String(_) => return None,
        };
        Some(key(generation, index))
    }

    /// [`Heap::key`] of a thread; 0 if it is gone.
    #[inline]
    pub fn thread_key(&self, thread: ThreadRef) -> u64 {
        self.threads.generation(thread.0).map_or(0, |generation| key(generation, thread.0))
    }

    /// Whether there is an object of this type with this key, which need not be reachable any more.
    pub fn has_key(&self, kind: Type, key: u64) -> bool {
        let (generation, index) = ((key >> 32) as u32, key as u32);
        let is = |found: Option<u32>| found == Some(generation);
        match kind {
            Type::Table => is(self.tables.generation(index)),
            Type::Function => is(self.closures.generation(index)) || is(self.natives.generation(!index)),
            Type::Userdata => is(self.userdata.generation(index)),
            Type::Thread => is(self.threads.generation(index)),
            Type::LightUserdata => generation == 0,
            Type::Nil | Type::Boolean | Type::Number | Type::String => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lua::heap::{Type, Value};
    use crate::lua::vm::State;

    #[test]
    fn a_key_is_never_that_of_another_object() {
        let mut state = State::new();
        let first = Value::table(state.heap.new_table());
        let key = state.heap.key(first).expect("a table has a key");
        assert!(state.heap.has_key(Type::Table, key));
        state.collect_garbage();
        assert!(!state.heap.has_key(Type::Table, key), "nothing refers to the table");
        let second = Value::table(state.heap.new_table());
        assert_eq!(first, second, "the slot is used again");
        assert_ne!(state.heap.key(second), Some(key));
        assert!(!state.heap.has_key(Type::Table, key));
    }

    #[test]
    fn functions_of_both_sorts_are_apart() {
        let mut state = State::new();
        let prototype = crate::lua::compiler::compile(b"", b"=t", Default::default()).expect("it compiles");
        let closure = Value::closure(state.load_prototype(&prototype.into()));
        let native = Value::native(state.new_native(|call| call.give(Value::NIL), &[]));
        let keys = [closure, native].map(|value| state.heap.key(value).expect("a function has a key"));
        assert_ne!(keys[0], keys[1]);
        assert!(keys.iter().all(|key| state.heap.has_key(Type::Function, *key)));
        assert!(!state.heap.has_key(Type::Function, keys[0] + 1));
    }

    #[test]
    fn plain_values_have_no_key() {
        let mut state = State::new();
        let string = state.heap.string(b"text");
        for value in [Value::NIL, Value::TRUE, Value::number(1.0), string] {
            assert_eq!(state.heap.key(value), None);
        }
        assert_eq!(state.heap.key(Value::light(7)), Some(7));
    }
}
