//! A check of the collector, for tests: nothing that is marked refers to anything that is not.
//!
//! It looks at every object, so it is done only where cycles are rare: under the stress of single steps.

use super::marker::value_of;
use super::{Roots, other};
use crate::lua::heap::{Heap, TableRef, ThreadRef, Value};
use crate::lua::vm::Execution;

impl Heap {
    /// Panics if marking, which is about to end, has missed something.
    pub(super) fn assert_all_marked(&self, roots: &Roots<'_>) {
        let mark = other(self.live);
        let marked = |what: &str, value: Value| assert!(self.is_marked(value, mark), "{what} refers to {value:?}");
        let linked = |what: &str, table: TableRef| marked(what, table.some().map_or(Value::NIL, Value::table));
        let upvalues = |execution: &Execution| {
            assert!(
                execution.open_upvalues().all(|upvalue| self.upvalues.has_mark(upvalue.0, mark)),
                "an open upvalue"
            );
        };
        roots.values.iter().for_each(|value| marked("a root", *value));
        roots.execution.stack[..roots.execution.live_top()].iter().for_each(|value| marked("the stack", *value));
        upvalues(roots.execution);
        self.pins.values().for_each(|value| marked("a pin", value));
        for table in self.tables.indices_with(mark).map(|index| self.tables.get(index)) {
            linked("a table", table.metatable().unwrap_or(TableRef::NONE));
            table.for_each(|key, value| {
                marked("a table, by a key,", key);
                marked("a table", value);
            });
        }
        for closure in self.closures.indices_with(mark).map(|index| self.closures.get(index)) {
            linked("a closure", closure.environment);
            assert!(
                closure.upvalues.iter().all(|upvalue| self.upvalues.has_mark(upvalue.0, mark)),
                "a closure's upvalue"
            );
            assert!(roots.prototypes.has_mark(closure.prototype, mark), "a closure's prototype");
        }
        for native in self.natives.indices_with(mark).map(|index| self.natives.get(index)) {
            linked("a native", native.environment);
            native.upvalues.iter().for_each(|value| marked("a native", *value));
        }
        let threads = self.threads.objects();
        for upvalue in self.upvalues.indices_with(mark).map(|index| self.upvalues.get(index)) {
            marked("an upvalue", value_of(upvalue, threads, roots.thread));
        }
        for userdata in self.userdata.indices_with(mark).map(|index| self.userdata.get(index)) {
            linked("a userdata", userdata.metatable);
            linked("a userdata", userdata.environment);
        }
        for thread in self.threads.indices_with(mark).map(|index| self.thread(ThreadRef(index))) {
            linked("a thread", thread.globals);
            marked("a thread", Value::thread(thread.resumer));
            let stack = &thread.execution.stack;
            stack[..thread.execution.live_top()].iter().for_each(|value| marked("another stack", *value));
            upvalues(&thread.execution);
        }
    }
}
