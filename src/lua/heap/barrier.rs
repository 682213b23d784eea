//! Stores into objects: the only way to make one object refer to another, and so the place of the write barriers.
//!
//! While marking is under way, an object that the collector has dealt with must not come to refer to one that it has not found
//! (see the collector for why). So whoever stores a value into an object marks the value first. There is no other way: what
//! changes objects is visible in the heap alone, and these functions around it are what everybody else has. Outside marking,
//! a store costs one comparison.

use super::{
    ClosureRef, Heap, Intrinsic, NativeRef, Place, StringRef, TableError, TableRef, ThreadRef, Unpacked, Upvalue,
    UpvalueRef, UserdataRef, Value,
};

/// Tables.
impl Heap {
    /// Overwrites an element of a table as [`Table::put_element`](super::Table) does. Says whether it did.
    #[inline(always)]
    pub fn put_element(&mut self, table: TableRef, n: f64, value: Value) -> bool {
        if self.is_watched(value) {
            self.before_table_store(table, value);
        }
        self.tables.get_mut(table.0).put_element(n, value)
    }

    /// Overwrites the value of a string key that has one, or that has had one in a table without a metatable. Says whether it
    /// did.
    #[inline(always)]
    pub fn put_string(&mut self, table: TableRef, key: StringRef, value: Value) -> bool {
        if self.is_watched(value) {
            self.before_table_store(table, value);
        }
        self.tables.get_mut(table.0).put_string(key, value, &self.strings)
    }

    /// Stores a value at a place, which must come from this table as it is now. Forgets which events are absent.
    #[inline(always)]
    pub fn put(&mut self, table: TableRef, place: Place, value: Value) {
        if self.is_watched(value) {
            self.before_table_store(table, value);
        }
        self.tables.get_mut(table.0).put(place, value);
    }

    /// The place of a key in a table, made if there is none.
    ///
    /// # Errors
    /// As [`Table::make_place`](super::Table).
    #[inline]
    pub fn make_place(&mut self, table: TableRef, key: Value) -> Result<Place, TableError> {
        if let Some(place) = self.tables.get(table.0).place(key, &self.strings) {
            return Ok(place);
        }
        if self.is_watched(key) {
            self.before_table_store(table, key);
        }
        let table = self.tables.get_mut(table.0);
        let before = table.storage_weight();
        let place = table.add_place(key, &self.strings);
        self.allocated = (self.allocated + table.storage_weight()).saturating_sub(before);
        place
    }

    /// Copies elements within the array part of a table, as [`Table::copy_elements`](super::Table) does. Says whether it did.
    /// A table that is marked refers to them already.
    pub fn copy_elements(&mut self, table: TableRef, first: usize, last: usize, to: usize) -> bool {
        self.tables.get_mut(table.0).copy_elements(first, last, to)
    }

    /// Gives a table another metatable, or none.
    pub fn set_metatable(&mut self, table: TableRef, metatable: Option<TableRef>) {
        if self.is_marking() {
            self.before_link(self.tables.has_mark(table.0, self.black()), metatable.unwrap_or(TableRef::NONE));
        }
        self.tables.get_mut(table.0).set_metatable(metatable);
    }

    /// Notes in a metatable that it does not define an event (below 8).
    pub fn note_absent(&mut self, metatable: TableRef, event: u8) {
        self.tables.get_mut(metatable.0).note_absent(event);
    }

    /// Marks what is about to be stored in a table that is marked, unless the collector will come back to that.
    #[cold]
    #[inline(never)]
    fn before_table_store(&mut self, table: TableRef, value: Value) {
        if self.tables.has_mark(table.0, self.black()) && !self.tables.get(table.0).is_revisited {
            self.shade(value);
        }
    }
}

/// Functions and the variables that they share.
impl Heap {
    /// Sets a variable that is no longer in a stack. If it still is in one, nothing is done, and the place is given.
    #[inline(always)]
    pub fn set_closed(&mut self, upvalue: UpvalueRef, value: Value) -> Option<(ThreadRef, usize)> {
        if self.is_watched(value) {
            self.before_upvalue_store(upvalue, value);
        }
        let upvalue = self.upvalues.get_mut(upvalue.0);
        if upvalue.place != Upvalue::CLOSED {
            return Some((upvalue.thread, upvalue.place as usize));
        }
        upvalue.value = value;
        None
    }

    /// Ends the time of a variable in a stack. If the collector has seen it there, it will look at it once more.
    #[inline]
    pub fn close_upvalue(&mut self, upvalue: UpvalueRef, value: Value) {
        let upvalue = self.upvalues.get_mut(upvalue.0);
        upvalue.value = value;
        upvalue.place = Upvalue::CLOSED;
    }

    #[cold]
    #[inline(never)]
    fn before_upvalue_store(&mut self, upvalue: UpvalueRef, value: Value) {
        if self.upvalues.has_mark(upvalue.0, self.black()) {
            self.shade(value);
        }
    }

    /// Gives a Lua function another environment.
    pub fn set_closure_environment(&mut self, closure: ClosureRef, environment: TableRef) {
        if self.is_marking() {
            self.before_link(self.closures.has_mark(closure.0, self.black()), environment);
        }
        self.closures.get_mut(closure.0).environment = environment;
    }

    /// Gives a native function another environment.
    pub fn set_native_environment(&mut self, native: NativeRef, environment: TableRef) {
        if self.is_marking() {
            self.before_link(self.natives.has_mark(native.0, self.black()), environment);
        }
        self.natives.get_mut(native.0).environment = environment;
    }

    /// Changes an upvalue of a native function, counted from 0. Says whether there is one.
    pub fn set_native_upvalue(&mut self, native: NativeRef, place: usize, value: Value) -> bool {
        if self.is_marking() && self.natives.has_mark(native.0, self.black()) {
            self.shade(value);
        }
        match self.natives.get_mut(native.0).upvalues.get_mut(place) {
            Some(upvalue) => *upvalue = value,
            None => return false,
        }
        true
    }

    /// Says what the loop knows of a native function.
    pub fn set_intrinsic(&mut self, native: NativeRef, intrinsic: Intrinsic) {
        self.natives.get_mut(native.0).intrinsic = intrinsic;
    }
}

/// Userdata and threads.
impl Heap {
    /// Gives a userdata another metatable, or none.
    pub fn set_userdata_metatable(&mut self, userdata: UserdataRef, metatable: Option<TableRef>) {
        let metatable = metatable.unwrap_or(TableRef::NONE);
        if self.is_marking() {
            self.before_link(self.userdata.has_mark(userdata.0, self.black()), metatable);
        }
        self.userdata.get_mut(userdata.0).metatable = metatable;
    }

    /// Gives a userdata another environment.
    pub fn set_userdata_environment(&mut self, userdata: UserdataRef, environment: TableRef) {
        if self.is_marking() {
            self.before_link(self.userdata.has_mark(userdata.0, self.black()), environment);
        }
        self.userdata.get_mut(userdata.0).environment = environment;
    }

    /// Takes the stream from a userdata, which refers to nothing in the heap.
    pub fn take_stream(&mut self, userdata: UserdataRef) {
        self.userdata.get_mut(userdata.0).stream = None;
    }

    /// Gives a thread another table of globals.
    pub fn set_thread_globals(&mut self, thread: ThreadRef, globals: TableRef) {
        if self.is_marking() {
            self.before_link(self.threads.has_mark(thread.0, self.black()), globals);
        }
        self.threads.get_mut(thread.0).globals = globals;
    }

    /// Has the collector come back to a thread before marking ends: what is on its stack, or who resumed it, may change.
    #[inline(always)]
    pub fn touch_thread(&mut self, thread: ThreadRef) {
        if self.is_marking() {
            self.note_touched(thread);
        }
    }

    #[cold]
    #[inline(never)]
    fn note_touched(&mut self, thread: ThreadRef) {
        let object = self.threads.get_mut(thread.0);
        if !std::mem::replace(&mut object.is_touched, true) {
            self.collector.grey.touched.push(thread);
        }
    }
}

impl Heap {
    /// The mark of objects that the collector has found, while marking is under way.
    fn black(&self) -> u8 {
        super::collector::other(self.live)
    }

    /// Marks a table that an object is about to refer to, if that is marked.
    #[cold]
    #[inline(never)]
    fn before_link(&mut self, is_marked: bool, table: TableRef) {
        if let (true, Some(table)) = (is_marked, table.some()) {
            self.shade(Value::table(table));
        }
    }

    /// Marks a value, and leaves what it refers to for later.
    fn shade(&mut self, value: Value) {
        let mark = self.black();
        let is_new = match value.unpack() {
            Unpacked::Nil | Unpacked::Boolean(_) | Unpacked::Number(_) | Unpacked::Light(_) => false,
            Unpacked::String(string) => {
                self.strings.mark(string, mark);
                false
            }
            Unpacked::Table(table) => self.tables.mark(table.0, mark),
            Unpacked::Closure(closure) => self.closures.mark(closure.0, mark),
            Unpacked::Native(native) => self.natives.mark(native.0, mark),
            Unpacked::Userdata(userdata) => self.userdata.mark(userdata.0, mark),
            Unpacked::Thread(thread) => self.threads.mark(thread.0, mark),
        };
        if is_new {
            self.collector.grey.values.push(value);
        }
    }
}
