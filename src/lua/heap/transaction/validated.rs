//! The handles that a transaction has validated.

use std::cell::Cell;

use crate::lua::heap::{Handle, Reference, Value};

/// How many handles are remembered. Each has one place to be in, so that asking is one comparison.
const PLACES: usize = 16;

/// A small set of valid handles of one heap. It forgets, but it never remembers wrongly: nothing is collected while a
/// transaction is open, so what was valid stays valid.
#[derive(Debug)]
pub(super) struct Validated {
    places: [Cell<(Value, u32)>; PLACES],
}

impl Default for Validated {
    fn default() -> Self {
        // No handle is one of `nil`.
        Self { places: [const { Cell::new((Value::NIL, 0)) }; PLACES] }
    }
}

impl Validated {
    fn place(&self, value: Value) -> &Cell<(Value, u32)> {
        let bits = value.bits();
        &self.places[(bits ^ bits >> 48) as usize % PLACES]
    }

    /// Whether a handle of the transaction's heap is known to be valid.
    pub fn contains<R: Reference>(&self, handle: Handle<R>) -> bool {
        let value = handle.unchecked().value();
        self.place(value).get() == (value, handle.generation())
    }

    /// Remembers a valid handle.
    pub fn insert<R: Reference>(&self, handle: Handle<R>) {
        let value = handle.unchecked().value();
        self.place(value).set((value, handle.generation()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lua::heap::{Heap, arena::FREE};

    #[test]
    fn what_was_inserted_is_known_until_another_handle_takes_its_place() {
        let mut heap = Heap::default();
        let tables: Vec<_> = (0..=PLACES).map(|_| heap.new_table()).collect();
        let handles: Vec<_> = tables.iter().map(|table| heap.handle(*table)).collect();
        let validated = Validated::default();
        assert!(!validated.contains(handles[0]));
        handles[..PLACES].iter().for_each(|handle| validated.insert(*handle));
        assert!(handles[..PLACES].iter().all(|handle| validated.contains(*handle)));
        validated.insert(handles[PLACES]);
        assert!(validated.contains(handles[PLACES]) && !validated.contains(handles[0]));
    }

    #[test]
    fn another_life_of_the_same_slot_is_not_known() {
        let mut heap = Heap::default();
        let table = heap.new_table();
        let handle = heap.handle(table);
        let validated = Validated::default();
        validated.insert(handle);
        heap.tables.set_dead(1);
        heap.tables.sweep(0, 1);
        heap.tables.set_dead(FREE);
        let successor = heap.new_table();
        assert_eq!(successor, table);
        assert!(!validated.contains(heap.handle(successor)));
    }
}
