//! Marking: following what objects refer to.
//!
//! It knows the kinds of object and nothing of when it runs.

use super::{Grey, Roots, other};
use crate::lua::heap::arena::mark_slot;
use crate::lua::heap::finalisers::Finalisers;
use crate::lua::heap::object::Object;
use crate::lua::heap::pins::Pins;
use crate::lua::heap::{
    Closure, Heap, Native, PrototypeRef, Strings, Table, TableRef, Thread, ThreadRef, Unpacked, Upvalue, UpvalueRef,
    Userdata, Value,
};
use crate::lua::vm::{Execution, Prototypes};

/// A table that does not keep alive all that it refers to.
#[derive(Clone, Copy, Debug)]
pub(super) struct WeakTable {
    pub table: TableRef,
    pub has_weak_values: bool,
}

/// The marks of all objects, and the lists of what is marked but not yet followed: what changes as references are followed.
struct Colours<'a> {
    mark: u8,
    grey: &'a mut Grey,
    strings: &'a mut Strings,
    tables: &'a mut [u8],
    closures: &'a mut [u8],
    natives: &'a mut [u8],
    upvalues: &'a mut [u8],
    userdata: &'a mut [u8],
    threads: &'a mut [u8],
    prototypes: &'a mut Prototypes,
}

impl Colours<'_> {
    #[inline]
    fn value(&mut self, value: Value) {
        let mark = self.mark;
        let is_new = match value.unpack() {
            Unpacked::Nil | Unpacked::Boolean(_) | Unpacked::Number(_) | Unpacked::Light(_) => false,
            Unpacked::String(string) => {
                self.strings.mark(string, mark);
                false
            }
            Unpacked::Table(table) => mark_slot(self.tables, table.0, mark),
            Unpacked::Closure(closure) => mark_slot(self.closures, closure.0, mark),
            Unpacked::Native(native) => mark_slot(self.natives, native.0, mark),
            Unpacked::Userdata(userdata) => mark_slot(self.userdata, userdata.0, mark),
            Unpacked::Thread(thread) => mark_slot(self.threads, thread.0, mark),
        };
        if is_new {
            self.grey.values.push(value);
        }
    }

    fn table(&mut self, table: TableRef) {
        if let Some(table) = table.some() {
            self.value(Value::table(table));
        }
    }

    fn upvalue(&mut self, upvalue: UpvalueRef) {
        if mark_slot(self.upvalues, upvalue.0, self.mark) {
            self.grey.upvalues.push(upvalue);
        }
    }

    fn prototype(&mut self, prototype: PrototypeRef) {
        if self.prototypes.mark(prototype, self.mark) {
            self.grey.prototypes.push(prototype);
        }
    }

    /// Marks what a stack holds up to its top, and clears what is above: nothing dead may be left there.
    fn execution(&mut self, execution: &mut Execution) {
        let (live, dead) = execution.split_at_top();
        live.iter().for_each(|value| self.value(*value));
        dead.fill(Value::NIL);
        for frame in execution.frames() {
            if let Some(prototype) = frame.prototype() {
                self.prototype(prototype);
            }
        }
        for upvalue in execution.open_upvalues() {
            self.upvalue(upvalue);
        }
    }
}

/// A heap taken apart, so that marks can be set while objects are looked at.
pub(super) struct Marker<'a> {
    colours: Colours<'a>,
    tables: &'a mut [Table],
    closures: &'a [Closure],
    natives: &'a [Native],
    upvalues: &'a [Upvalue],
    userdata: &'a [Userdata],
    threads: &'a mut [Thread],
    pins: &'a Pins,
    finalisers: &'a Finalisers,
    roots: &'a [Value],
    running: ThreadRef,
    execution: &'a mut Execution,
    /// The string `__mode`.
    mode: Value,
}

impl Heap {
    pub(super) fn marker<'a>(&'a mut self, roots: &'a mut Roots<'_>) -> Marker<'a> {
        let mark = other(self.live);
        let (tables, table_marks) = self.tables.parts();
        let (closures, closure_marks) = self.closures.parts();
        let (natives, native_marks) = self.natives.parts();
        let (upvalues, upvalue_marks) = self.upvalues.parts();
        let (userdata, userdata_marks) = self.userdata.parts();
        let (threads, thread_marks) = self.threads.parts();
        let colours = Colours {
            mark,
            grey: &mut self.collector.grey,
            strings: &mut self.strings,
            tables: table_marks,
            closures: closure_marks,
            natives: native_marks,
            upvalues: upvalue_marks,
            userdata: userdata_marks,
            threads: thread_marks,
            prototypes: roots.prototypes,
        };
        Marker {
            colours,
            tables,
            closures,
            natives,
            upvalues,
            userdata,
            threads,
            pins: &self.pins,
            finalisers: &self.finalisers,
            roots: roots.values,
            running: roots.thread,
            execution: roots.execution,
            mode: roots.mode,
        }
    }
}

/// Where marking begins, and what it comes back to.
impl Marker<'_> {
    /// Marks what the state and the host hold.
    pub fn roots(&mut self) {
        self.roots.iter().for_each(|value| self.colours.value(*value));
        self.pins.values().for_each(|value| self.colours.value(value));
    }

    /// Marks what the running thread's stack holds. Gives the cost.
    pub fn running(&mut self) -> usize {
        self.colours.execution(self.execution);
        self.execution.top * size_of::<Value>()
    }

    /// Makes the running thread's allowance for calls smaller, if it uses little of it.
    pub fn shrink_running(&mut self) {
        self.execution.halve_frame_limit();
    }

    /// Marks the values of upvalues that were open when they were marked, as they are now. A closed one needs no further look:
    /// from then on there is a barrier.
    pub fn open_upvalues(&mut self) -> usize {
        let mut open = std::mem::take(&mut self.colours.grey.open);
        let cost = open.len() * size_of::<Upvalue>();
        open.retain(|upvalue| {
            let object = &self.upvalues[upvalue.0 as usize];
            self.colours.value(value_of(object, self.threads, self.running));
            object.place != Upvalue::CLOSED
        });
        self.colours.grey.open = open;
        cost
    }

    /// Follows the threads again that have run. Those that are not marked are followed when they are.
    pub fn touched(&mut self) -> usize {
        let mut cost = 0;
        for thread in std::mem::take(&mut self.colours.grey.touched) {
            self.threads[thread.0 as usize].is_touched = false;
            if self.colours.threads[thread.0 as usize] == self.colours.mark {
                cost += self.thread(thread);
            }
        }
        cost
    }

    /// Follows weak tables again, by what their metatables say now.
    pub fn weak_tables(&mut self) -> usize {
        let weak = std::mem::take(&mut self.colours.grey.weak);
        weak.into_iter().map(|weak| self.table(weak.table)).sum()
    }

    /// Marks the userdata whose finalisers are to be called.
    pub fn queued(&mut self) {
        self.finalisers.queued().for_each(|userdata| self.colours.value(Value::userdata(userdata)));
    }
}

/// The value of an upvalue; `nil` if it is in the running stack, which is followed anyway.
pub(super) fn value_of(upvalue: &Upvalue, threads: &[Thread], running: ThreadRef) -> Value {
    if upvalue.place == Upvalue::CLOSED {
        return upvalue.value;
    }
    if upvalue.thread == running {
        return Value::NIL;
    }
    // The thread itself may be dying: its variables outlive it.
    let stack = &threads[upvalue.thread.0 as usize].execution.stack;
    stack.get(upvalue.place as usize).copied().unwrap_or(Value::NIL)
}

/// Following references.
impl Marker<'_> {
    /// Follows the references of one grey object; gives the cost, or `None` if there is none.
    #[inline]
    fn propagate(&mut self) -> Option<usize> {
        while let Some(upvalue) = self.colours.grey.upvalues.pop() {
            let object = &self.upvalues[upvalue.0 as usize];
            if object.place != Upvalue::CLOSED {
                self.colours.grey.open.push(upvalue);
            }
            self.colours.value(value_of(object, self.threads, self.running));
        }
        if let Some(value) = self.colours.grey.values.pop() {
            return Some(self.children(value));
        }
        let prototype = self.colours.grey.prototypes.pop()?;
        let (constants, children, cost) = self.colours.prototypes.outgoing(prototype);
        constants.own().iter().for_each(|constant| self.colours.value(*constant));
        children.iter().for_each(|child| self.colours.prototype(*child));
        Some(cost)
    }

    /// Follows grey objects, one at least, until the budget is spent; gives the cost.
    pub fn propagate_for(&mut self, budget: i64) -> usize {
        let budget = usize::try_from(budget).unwrap_or(0);
        let mut spent = 0;
        while let Some(cost) = self.propagate() {
            spent += cost;
            if spent >= budget {
                break;
            }
        }
        spent
    }

    /// Follows everything that is grey; gives the cost.
    pub fn drain(&mut self) -> usize {
        self.propagate_for(i64::MAX)
    }

    /// Follows an object's references; gives the cost.
    fn children(&mut self, value: Value) -> usize {
        match value.unpack() {
            Unpacked::Table(table) => self.table(table),
            Unpacked::Closure(closure) => {
                let object = &self.closures[closure.0 as usize];
                object.upvalues.iter().for_each(|upvalue| self.colours.upvalue(*upvalue));
                self.colours.table(object.environment);
                self.colours.prototype(object.prototype);
                object.weight()
            }
            Unpacked::Native(native) => {
                let object = &self.natives[native.0 as usize];
                object.upvalues.iter().for_each(|value| self.colours.value(*value));
                self.colours.table(object.environment);
                object.weight()
            }
            Unpacked::Userdata(userdata) => {
                let object = &self.userdata[userdata.0 as usize];
                self.colours.table(object.metatable);
                self.colours.table(object.environment);
                0
            }
            Unpacked::Thread(thread) => {
                self.threads[thread.0 as usize].execution.halve_frame_limit();
                self.thread(thread)
            }
            Unpacked::Nil | Unpacked::Boolean(_) | Unpacked::Number(_) | Unpacked::String(_) | Unpacked::Light(_) => 0,
        }
    }

    fn table(&mut self, table: TableRef) -> usize {
        let (weak_keys, weak_values) = match self.tables[table.0 as usize].metatable() {
            Some(metatable) => {
                self.colours.value(Value::table(metatable));
                self.weakness(metatable)
            }
            None => (false, false),
        };
        let object = &mut self.tables[table.0 as usize];
        let colours = &mut self.colours;
        object.is_revisited = weak_keys || weak_values;
        if object.is_revisited {
            colours.grey.weak.push(WeakTable { table, has_weak_values: weak_values });
        }
        match (weak_keys, weak_values) {
            (false, false) => object.traverse(true, true, |value| colours.value(value)),
            (true, false) => object.traverse(false, true, |value| colours.value(value)),
            (false, true) => object.traverse(true, false, |value| colours.value(value)),
            (true, true) => {}
        }
        // The reference counts a node that all tables without nodes of their own share.
        let (_, nodes) = object.sizes();
        object.weight() + if nodes == 0 { 40 } else { 0 }
    }

    /// Whether a metatable makes keys weak, and values.
    fn weakness(&self, metatable: TableRef) -> (bool, bool) {
        let Some(name) = self.mode.as_string() else { return (false, false) };
        let mode = self.tables[metatable.0 as usize].get_string(name, self.colours.strings);
        let Some(mode) = mode.as_string() else { return (false, false) };
        let letters = self.colours.strings.bytes(mode);
        let letters = letters.split(|byte| *byte == 0).next().unwrap_or_default();
        (letters.contains(&b'k'), letters.contains(&b'v'))
    }

    fn thread(&mut self, thread: ThreadRef) -> usize {
        let object = &mut self.threads[thread.0 as usize];
        self.colours.table(object.globals);
        self.colours.value(Value::thread(object.resumer));
        self.colours.execution(&mut object.execution);
        object.weight() + object.execution.weight()
    }
}
