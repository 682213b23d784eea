//! What a transaction has to put back: the first old version of everything that it changed.

use std::collections::HashMap;

use crate::lua::heap::{Heap, Table, TableRef, UserdataRef, Value};

/// Old versions, by what they are versions of. What was made since has one too, if it was changed: empty.
#[derive(Debug, Default)]
pub(super) struct Undo {
    tables: HashMap<TableRef, Table>,
    metatables: HashMap<UserdataRef, TableRef>,
    pins: HashMap<Value, u64>,
}

impl Undo {
    /// Keeps a table as it is, whole: its layout decides the order of `next` and the value of `#`, and cannot be had back
    /// from keys and values.
    pub fn keep_table(&mut self, heap: &Heap, table: TableRef) {
        self.tables.entry(table).or_insert_with(|| heap.table(table).clone());
    }

    /// Keeps the metatable of a userdata.
    pub fn keep_metatable(&mut self, heap: &Heap, userdata: UserdataRef) {
        self.metatables.entry(userdata).or_insert_with(|| heap.userdata.get(userdata.0).metatable);
    }

    /// Keeps how often a value is pinned.
    pub fn keep_pin(&mut self, heap: &Heap, value: Value) {
        self.pins.entry(value).or_insert_with(|| heap.pins.count(value));
    }

    /// Puts everything back. No barrier is needed: the collector has not worked since the old versions were there, so that
    /// what it had dealt with then referred to nothing that it had not found.
    pub fn roll_back(self, heap: &mut Heap) {
        for (table, old) in self.tables {
            heap.replace_table(table, old);
        }
        for (userdata, metatable) in self.metatables {
            heap.userdata.get_mut(userdata.0).metatable = metatable;
        }
        for (value, count) in self.pins {
            heap.pins.set_count(value, count);
        }
    }
}

impl Heap {
    /// Gives a table another content, and corrects the account.
    pub(super) fn replace_table(&mut self, table: TableRef, content: Table) {
        let gained = content.storage_weight();
        let lost = std::mem::replace(self.table_mut(table), content).storage_weight();
        self.allocated = (self.allocated + gained).saturating_sub(lost);
    }
}
