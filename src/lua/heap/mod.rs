//! The heap: every object that a state owns, found by index, and the collector over them.
//!
//! It knows what objects refer to, and nothing of how programs run: no calls, no metamethod dispatch, no errors but its own.

mod arena;
mod barrier;
mod collector;
mod finalisers;
mod handle;
mod host_value;
mod keys;
mod object;
mod pins;
mod strings;
mod table;
mod transaction;
mod value;

pub use arena::{Arena, Swept};
pub use collector::{Progress, Roots, Stress};
pub use handle::{
    FunctionHandle, FunctionRef, Handle, HandleError, Reference, StringHandle, TableHandle, ThreadHandle,
    UserdataHandle,
};
pub use host_value::HostValue;
pub use object::{
    Closure, ClosureRef, Intrinsic, Native, NativeRef, PrototypeRef, StreamRef, StringRef, TableRef, Thread, ThreadRef,
    ThreadStatus, Upvalue, UpvalueRef, Userdata, UserdataRef,
};
pub use strings::Strings;
pub use table::{Place, Table, TableError, UnknownKey, exact_int};
pub use transaction::{AccessError, Transaction};
pub use value::{Type, Unpacked, Value};

use std::ops::Range;

use object::Object;

/// Every object of a state, and the account of what they weigh.
#[derive(Clone, Debug)]
pub struct Heap {
    pub strings: Strings,
    pub tables: Arena<Table>,
    pub closures: Arena<Closure>,
    pub natives: Arena<Native>,
    pub upvalues: Arena<Upvalue>,
    pub userdata: Arena<Userdata>,
    pub threads: Arena<Thread>,
    /// The bytes that everything is accounted with.
    allocated: usize,
    /// The account at which a collection is due.
    threshold: usize,
    /// The account that may not be exceeded.
    limit: usize,
    /// What is collected at every allocation.
    stress: Stress,
    /// The mark of new objects, and, unless marking is under way, of all that are alive.
    live: u8,
    /// Stores of values whose bits are at least these have to be told to the collector: of objects while marking is under way,
    /// of none otherwise.
    watched_from: u64,
    collector: collector::Collector,
    /// What handles of this heap's objects are known by.
    identity: handle::Identity,
    /// What a host keeps alive.
    pins: pins::Pins,
    /// What is to be told of its end.
    finalisers: finalisers::Finalisers,
}

/// No value has these bits.
const UNWATCHED: u64 = u64::MAX;

impl Default for Heap {
    fn default() -> Self {
        Self {
            strings: Strings::default(),
            tables: Arena::default(),
            closures: Arena::default(),
            natives: Arena::default(),
            upvalues: Arena::default(),
            userdata: Arena::default(),
            threads: Arena::default(),
            allocated: 0,
            threshold: collector::FIRST_GOAL,
            limit: usize::MAX,
            stress: Stress::default(),
            live: 1,
            watched_from: UNWATCHED,
            collector: collector::Collector::default(),
            identity: handle::Identity::default(),
            pins: pins::Pins::default(),
            finalisers: finalisers::Finalisers::default(),
        }
    }
}

impl Heap {
    /// The string with these bytes.
    #[inline]
    pub fn string(&mut self, bytes: &[u8]) -> Value {
        let interned = self.strings.intern(bytes, self.live);
        self.enter(interned, bytes.len())
    }

    /// The string with these bytes, which need not be copied if they are many.
    pub fn adopt_string(&mut self, bytes: Vec<u8>) -> Value {
        let length = bytes.len();
        let interned = self.strings.intern_owned(bytes, self.live);
        self.enter(interned, length)
    }

    /// The string that is this part of another; what is beyond its end does not count.
    #[inline]
    pub fn part(&mut self, whole: StringRef, part: Range<usize>) -> Value {
        let interned = self.strings.intern_part(whole, part, self.live);
        let length = if interned.1 { self.bytes(interned.0).len() } else { 0 };
        self.enter(interned, length)
    }

    /// Adds a string to the account if it is new.
    #[inline(always)]
    fn enter(&mut self, (string, new): (StringRef, bool), length: usize) -> Value {
        if new {
            self.allocated += strings::weight(length) + self.strings.take_growth();
        }
        Value::string(string)
    }

    /// The bytes of a string.
    #[inline(always)]
    pub fn bytes(&self, string: StringRef) -> &[u8] {
        self.strings.bytes(string)
    }

    /// A new, empty table.
    #[inline]
    pub fn new_table(&mut self) -> TableRef {
        self.adopt_table(Table::default())
    }

    /// Puts a table into the heap.
    #[inline]
    pub fn adopt_table(&mut self, table: Table) -> TableRef {
        self.allocated += table.weight();
        TableRef(self.tables.insert(table, self.live))
    }

    pub fn new_closure(&mut self, closure: Closure) -> ClosureRef {
        self.allocated += closure.weight();
        ClosureRef(self.closures.insert(closure, self.live))
    }

    pub fn new_native(&mut self, native: Native) -> NativeRef {
        self.allocated += native.weight();
        NativeRef(self.natives.insert(native, self.live))
    }

    pub fn new_upvalue(&mut self, upvalue: Upvalue) -> UpvalueRef {
        self.allocated += upvalue.weight();
        UpvalueRef(self.upvalues.insert(upvalue, self.live))
    }

    pub fn new_userdata(&mut self, mut userdata: Userdata) -> UserdataRef {
        userdata.serial = self.finalisers.next_serial();
        self.allocated += userdata.weight();
        UserdataRef(self.userdata.insert(userdata, self.live))
    }

    pub fn new_thread(&mut self, thread: Thread) -> ThreadRef {
        self.allocated += thread.weight();
        ThreadRef(self.threads.insert(thread, self.live))
    }

    #[inline(always)]
    pub fn table(&self, table: TableRef) -> &Table {
        self.tables.get(table.0)
    }

    #[inline(always)]
    pub(super) fn table_mut(&mut self, table: TableRef) -> &mut Table {
        self.tables.get_mut(table.0)
    }

    #[inline(always)]
    pub fn closure(&self, closure: ClosureRef) -> &Closure {
        self.closures.get(closure.0)
    }

    #[inline(always)]
    pub fn native(&self, native: NativeRef) -> &Native {
        self.natives.get(native.0)
    }

    #[inline(always)]
    pub fn userdata(&self, userdata: UserdataRef) -> &Userdata {
        self.userdata.get(userdata.0)
    }

    #[inline(always)]
    pub fn upvalue(&self, upvalue: UpvalueRef) -> &Upvalue {
        self.upvalues.get(upvalue.0)
    }

    /// A thread. It may be dead: until it is swept, its stack keeps the variables that outlive it.
    pub fn thread(&self, thread: ThreadRef) -> &Thread {
        self.threads.unswept(thread.0)
    }

    /// Like [`Heap::thread`], to change it. Before anything is stored in the stack of a thread that is not running, other
    /// than in a variable of a function, the collector must be told: see [`Heap::touch_thread`].
    pub fn thread_mut(&mut self, thread: ThreadRef) -> &mut Thread {
        self.threads.unswept_mut(thread.0)
    }

    /// The value of a key in a table, without metamethods.
    #[inline]
    pub fn raw_get(&self, table: TableRef, key: Value) -> Value {
        self.tables.get(table.0).get(key, &self.strings)
    }

    /// The value of a string key in a table, without metamethods.
    #[inline(always)]
    pub fn raw_get_string(&self, table: TableRef, key: StringRef) -> Value {
        self.tables.get(table.0).get_string(key, &self.strings)
    }

    /// Sets a key of a table, without metamethods.
    ///
    /// # Errors
    /// As [`Heap::make_place`].
    #[inline(never)]
    pub fn raw_set(&mut self, table: TableRef, key: Value, value: Value) -> Result<(), TableError> {
        let place = self.make_place(table, key)?;
        self.put(table, place, value);
        Ok(())
    }

    /// Gives a table room for `array` elements, keeping the rest as it is.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn grow_array(&mut self, table: TableRef, array: usize, hash: usize) -> Result<(), TableError> {
        let table = self.tables.get_mut(table.0);
        let before = table.storage_weight();
        let result = table.resize(array, hash, &self.strings);
        self.allocated = (self.allocated + table.storage_weight()).saturating_sub(before);
        result
    }

    /// Gives a table an array part of at least this size.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn reserve_array(&mut self, table: TableRef, size: usize) -> Result<(), TableError> {
        let (array, hash) = self.tables.get(table.0).sizes();
        if size > array { self.grow_array(table, size, hash) } else { Ok(()) }
    }

    /// Adds to the account what has no object of its own, such as loaded prototypes and stacks.
    pub fn account(&mut self, bytes: usize) {
        self.allocated += bytes;
    }

    /// Takes from the account what [`Heap::account`] added.
    pub fn discount(&mut self, bytes: usize) {
        self.allocated = self.allocated.saturating_sub(bytes);
    }

    /// The bytes that everything is accounted with.
    pub fn allocated(&self) -> usize {
        self.allocated
    }

    /// The account that may not be exceeded, in bytes.
    pub fn limit(&self) -> usize {
        self.limit
    }

    pub fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
        self.limit_threshold();
    }

    /// Whether there is room for so many bytes more.
    pub fn has_room(&self, bytes: usize) -> bool {
        self.allocated.checked_add(bytes).is_some_and(|sum| sum <= self.limit)
    }

    /// Whether a store of this value has to be told to the collector. The loop leaves such stores to others: barriers in it
    /// would make it slower always.
    #[inline(always)]
    pub(in crate::lua) fn is_watched(&self, value: Value) -> bool {
        value.bits() >= self.watched_from
    }

    /// Whether marking is under way.
    fn is_marking(&self) -> bool {
        self.watched_from != UNWATCHED
    }

    /// Whether it is the collector's turn.
    #[inline(always)]
    pub fn is_collection_due(&self) -> bool {
        self.allocated > self.threshold
    }
}
