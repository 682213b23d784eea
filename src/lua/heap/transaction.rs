//! Transactions: the way into a heap from outside the loop.
//!
//! A host holds handles, which may be stale, foreign or of the wrong kind. A transaction checks each one before it follows it,
//! and undoes what it wrote unless it is committed. It knows objects and raw access to them: no metamethod, no function is
//! called from here.
//!
//! * **Validation.** Kind, generation and heap of a handle are checked when it is first used; the transaction remembers that it
//!   did. Nothing is collected while a transaction is open, because it borrows the heap and collections are the loop's or the
//!   host's: what was valid stays valid, and nothing that the transaction makes needs a root before it ends.
//! * **Rollback** is exact, down to the order of `next` and the value of `#`: at the first write to a table the transaction keeps
//!   a copy of it, layout and all. So the first write to a table costs time and memory in proportion to its size, and every
//!   further one nothing. The copies are not on the account. What a rolled back transaction made is unreachable, and is
//!   accounted until the next collection; its handles are valid until then.
//! * **Memory.** An operation that would exceed the heap's limit is refused and changes nothing. A host that wants to go on
//!   ends the transaction and collects garbage.
//!
//! The standard library does *not* work through transactions: its functions are part of the trusted core, like the loop, and
//! what they wrote before an error stays written. That is the reference's behaviour, and programs can see it: a
//! `table.sort` whose comparison fails leaves a partly sorted table behind. A host's own native function may open a
//! transaction on the state that it is given, and so be all or nothing.

mod error;
mod undo;
mod validated;

pub use error::AccessError;

use super::handle::{FunctionRef, Handle, HandleError, Reference};
use super::host_value::{Checker, HostValue};
use super::object::{Native, Object, StringRef, TableRef, Userdata, UserdataRef};
use super::{FunctionHandle, Heap, Intrinsic, StringHandle, Table, TableHandle, UserdataHandle, Value, strings};
use crate::lua::vm::NativeFunction;
use undo::Undo;
use validated::Validated;

/// Access to a heap that is undone unless it is committed.
///
/// Dropping a transaction rolls it back.
#[derive(Debug)]
pub struct Transaction<'h> {
    heap: &'h mut Heap,
    /// The table of globals, and the environment of what is made.
    globals: TableRef,
    undo: Undo,
    validated: Validated,
}

impl Checker for Transaction<'_> {
    fn check<R: Reference>(&self, handle: Handle<R>) -> Result<R, HandleError> {
        if !self.heap.is_own(handle) || !self.validated.contains(handle) {
            self.heap.resolve(handle)?;
            self.validated.insert(handle);
        }
        Ok(handle.unchecked())
    }
}

impl<'h> Transaction<'h> {
    pub(in crate::lua) fn new(heap: &'h mut Heap, globals: TableRef) -> Self {
        Self { heap, globals, undo: Undo::default(), validated: Validated::default() }
    }

    /// Keeps everything that was written.
    pub fn commit(mut self) {
        self.undo = Undo::default();
    }

    /// Puts back everything that was written, as dropping the transaction does.
    pub fn rollback(self) {}

    fn value(&self, value: impl Into<HostValue>) -> Result<Value, HandleError> {
        value.into().checked_by(self)
    }

    fn check_room(&self, bytes: usize) -> Result<(), AccessError> {
        if self.heap.has_room(bytes) { Ok(()) } else { Err(AccessError::Memory) }
    }

    /// The handle of an object that is known to be alive.
    fn valid_handle<R: Reference>(&self, reference: R) -> Handle<R> {
        let handle = self.heap.handle(reference);
        self.validated.insert(handle);
        handle
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        std::mem::take(&mut self.undo).roll_back(self.heap);
    }
}

/// Making objects. Nothing keeps them alive beyond the transaction until they are stored somewhere, or pinned.
impl Transaction<'_> {
    /// The string with these bytes.
    ///
    /// # Errors
    /// When the memory limit does not allow it.
    pub fn new_string(&mut self, bytes: impl AsRef<[u8]>) -> Result<StringHandle, AccessError> {
        let string = self.intern(bytes.as_ref())?;
        Ok(self.valid_handle(string))
    }

    fn intern(&mut self, bytes: &[u8]) -> Result<StringRef, AccessError> {
        if let Some(string) = self.heap.strings.find(bytes) {
            return Ok(string);
        }
        self.check_room(strings::weight(bytes.len()))?;
        // A string is what `Heap::string` makes of bytes.
        self.heap.string(bytes).as_string().ok_or(AccessError::Memory)
    }

    /// A new, empty table.
    ///
    /// # Errors
    /// When the memory limit does not allow it.
    pub fn new_table(&mut self) -> Result<TableHandle, AccessError> {
        self.check_room(Table::default().weight())?;
        let table = self.heap.new_table();
        Ok(self.valid_handle(table))
    }

    /// A function of the host, in the environment of the globals, with values that it finds as its upvalues.
    ///
    /// # Errors
    /// When a handle is refused, or the memory limit does not allow it.
    pub fn new_function(
        &mut self,
        function: NativeFunction,
        upvalues: &[HostValue],
    ) -> Result<FunctionHandle, AccessError> {
        let upvalues = upvalues.iter().map(|value| self.value(*value)).collect::<Result<_, _>>()?;
        let native = Native { function, intrinsic: Intrinsic::None, environment: self.globals, upvalues };
        self.check_room(native.weight())?;
        let native = FunctionRef::Native(self.heap.new_native(native));
        Ok(self.valid_handle(native))
    }

    /// A full userdata that is accounted with so many bytes of the host's.
    ///
    /// # Errors
    /// When the memory limit does not allow it.
    pub fn new_userdata(&mut self, size: usize) -> Result<UserdataHandle, AccessError> {
        let mut userdata = Userdata::new(TableRef::NONE, self.globals);
        self.check_room(userdata.weight().saturating_add(size))?;
        userdata.size = size;
        let userdata = self.heap.new_userdata(userdata);
        Ok(self.valid_handle(userdata))
    }
}

/// Reading.
impl Transaction<'_> {
    /// The bytes of a string.
    ///
    /// # Errors
    /// When the handle is refused.
    pub fn bytes(&self, string: StringHandle) -> Result<&[u8], AccessError> {
        Ok(self.heap.bytes(self.check(string)?))
    }

    /// The table of globals.
    pub fn globals(&self) -> TableHandle {
        self.valid_handle(self.globals)
    }

    /// The value of a key, without metamethods; `nil` if there is none.
    ///
    /// # Errors
    /// When a handle is refused.
    pub fn get(&self, table: TableHandle, key: impl Into<HostValue>) -> Result<HostValue, AccessError> {
        let (table, key) = (self.check(table)?, self.value(key)?);
        Ok(self.heap.export(self.heap.raw_get(table, key)))
    }

    /// The value of a string key, without metamethods; `nil` if there is none.
    ///
    /// # Errors
    /// When the handle is refused.
    pub fn get_field(&self, table: TableHandle, key: impl AsRef<[u8]>) -> Result<HostValue, AccessError> {
        let table = self.check(table)?;
        // A string that does not exist is no key.
        let key = self.heap.strings.find(key.as_ref());
        Ok(key.map_or(HostValue::Nil, |key| self.heap.export(self.heap.raw_get_string(table, key))))
    }

    /// The length of a table, as `#` gives it without metamethods: one of its borders.
    ///
    /// # Errors
    /// When the handle is refused.
    pub fn length(&self, table: TableHandle) -> Result<usize, AccessError> {
        Ok(self.heap.table(self.check(table)?).length())
    }

    /// The entry that follows a key in iteration order, the first one for `nil`; `None` after the last.
    ///
    /// # Errors
    /// When a handle is refused, or the key is not in the table.
    pub fn next(
        &self,
        table: TableHandle,
        key: impl Into<HostValue>,
    ) -> Result<Option<(HostValue, HostValue)>, AccessError> {
        let (table, key) = (self.check(table)?, self.value(key)?);
        let entry = self.heap.table(table).next(key, &self.heap.strings)?;
        Ok(entry.map(|(key, value)| (self.heap.export(key), self.heap.export(value))))
    }

    /// The metatable of a table.
    ///
    /// # Errors
    /// When the handle is refused.
    pub fn metatable(&self, table: TableHandle) -> Result<Option<TableHandle>, AccessError> {
        let metatable = self.heap.table(self.check(table)?).metatable();
        Ok(metatable.map(|metatable| self.valid_handle(metatable)))
    }

    /// The metatable of a userdata.
    ///
    /// # Errors
    /// When the handle is refused.
    pub fn userdata_metatable(&self, userdata: UserdataHandle) -> Result<Option<TableHandle>, AccessError> {
        let metatable = self.heap.userdata.get(self.check(userdata)?.0).metatable.some();
        Ok(metatable.map(|metatable| self.valid_handle(metatable)))
    }
}

/// Writing.
impl Transaction<'_> {
    /// Sets a key, without metamethods.
    ///
    /// # Errors
    /// When a handle is refused, the key is `nil` or NaN, or the memory limit does not allow it.
    pub fn set(
        &mut self,
        table: TableHandle,
        key: impl Into<HostValue>,
        value: impl Into<HostValue>,
    ) -> Result<(), AccessError> {
        let (table, key, value) = (self.check(table)?, self.value(key)?, self.value(value)?);
        self.write(table, key, value)
    }

    /// Sets a string key, without metamethods.
    ///
    /// # Errors
    /// When a handle is refused, or the memory limit does not allow it.
    pub fn set_field(
        &mut self,
        table: TableHandle,
        key: impl AsRef<[u8]>,
        value: impl Into<HostValue>,
    ) -> Result<(), AccessError> {
        let (table, value) = (self.check(table)?, self.value(value)?);
        let key = self.intern(key.as_ref())?;
        self.write(table, Value::string(key), value)
    }

    fn write(&mut self, table: TableRef, key: Value, value: Value) -> Result<(), AccessError> {
        self.undo.keep_table(self.heap, table);
        let accounted = self.heap.allocated();
        // A copy for the one write that may turn out to be too much: only near the limit, so that it costs nothing elsewhere.
        let before = (!self.heap.has_room(most_growth(self.heap.table(table)))).then(|| self.heap.table(table).clone());
        self.heap.raw_set(table, key, value)?;
        match before {
            Some(before) if self.heap.allocated() > accounted && !self.heap.has_room(0) => {
                self.heap.replace_table(table, before);
                Err(AccessError::Memory)
            }
            _ => Ok(()),
        }
    }

    /// Gives a table another metatable, or none.
    ///
    /// # Errors
    /// When a handle is refused.
    pub fn set_metatable(&mut self, table: TableHandle, metatable: Option<TableHandle>) -> Result<(), AccessError> {
        let metatable = metatable.map(|metatable| self.check(metatable)).transpose()?;
        let table = self.check(table)?;
        self.undo.keep_table(self.heap, table);
        self.heap.set_metatable(table, metatable);
        Ok(())
    }

    /// Gives a userdata another metatable, or none.
    ///
    /// # Errors
    /// When a handle is refused.
    pub fn set_userdata_metatable(
        &mut self,
        userdata: UserdataHandle,
        metatable: Option<TableHandle>,
    ) -> Result<(), AccessError> {
        let metatable = metatable.map(|metatable| self.check(metatable)).transpose()?;
        let userdata: UserdataRef = self.check(userdata)?;
        self.undo.keep_metatable(self.heap, userdata);
        self.heap.set_userdata_metatable(userdata, metatable);
        Ok(())
    }

    /// Keeps a value alive until it is unpinned as often as it was pinned. What is no object needs no pin, and gets one
    /// all the same.
    ///
    /// # Errors
    /// When the handle is refused.
    pub fn pin(&mut self, value: impl Into<HostValue>) -> Result<(), AccessError> {
        let value = self.value(value)?;
        self.undo.keep_pin(self.heap, value);
        let count = self.heap.pins.count(value).saturating_add(1);
        self.heap.pins.set_count(value, count);
        Ok(())
    }

    /// Takes back one pin of a value.
    ///
    /// # Errors
    /// When the handle is refused, or the value is not pinned.
    pub fn unpin(&mut self, value: impl Into<HostValue>) -> Result<(), AccessError> {
        let value = self.value(value)?;
        let count = self.heap.pins.count(value).checked_sub(1).ok_or(AccessError::NotPinned)?;
        self.undo.keep_pin(self.heap, value);
        self.heap.pins.set_count(value, count);
        Ok(())
    }
}

/// More bytes than a table grows by when it is laid out anew for one more key: every entry takes less than 80 bytes
/// then (a node, of which less than half are unused), and takes 16 at least before.
fn most_growth(table: &Table) -> usize {
    table.storage_weight().saturating_mul(4).saturating_add(80)
}
