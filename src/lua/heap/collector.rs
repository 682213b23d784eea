//! The collector: marks what the roots reach, sweeps the rest.
//!
//! It runs at safe points only, where every live value is on a stack or in another root, so that native code may hold values in
//! variables of its own between them. It knows what objects refer to; where the roots are is its caller's business.

use super::finalisers::Candidates;
use super::{Heap, Place, TableRef, ThreadRef, Unpacked, Upvalue, UpvalueRef, Value};
use crate::lua::vm::{Execution, Prototypes};

/// The mark that is not `mark`, of the two that live objects can have.
const fn other(mark: u8) -> u8 {
    3 - mark
}

/// How eagerly to collect (`setpause` and `setstepmul` of `collectgarbage`), and whether at all.
#[derive(Clone, Debug)]
pub struct Settings {
    pub pause: i32,
    pub step_multiplier: i32,
    pub stopped: bool,
    /// The work that steps have done towards the next collection, in bytes.
    work_done: usize,
    /// How many collections there were.
    cycles: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { pause: 200, step_multiplier: 200, stopped: false, work_done: 0, cycles: 0 }
    }
}

/// What is alive without anything in the heap referring to it.
pub struct Roots<'a> {
    pub values: &'a [Value],
    /// The running thread's execution, which is not in the heap.
    pub execution: &'a mut Execution,
    pub thread: ThreadRef,
    pub prototypes: &'a mut Prototypes,
}

/// Objects that are marked and whose references are not yet followed.
struct Marker<'a> {
    heap: &'a mut Heap,
    prototypes: &'a mut Prototypes,
    running: ThreadRef,
    mark: u8,
    grey: Vec<Value>,
    grey_upvalues: Vec<UpvalueRef>,
    weak: Vec<WeakTable>,
    mode: Value,
}

/// A table that does not keep alive all that it refers to.
#[derive(Clone, Copy)]
struct WeakTable {
    table: TableRef,
    has_weak_values: bool,
}

impl Heap {
    /// Collects everything that the roots do not reach, except userdata with a finaliser, which are queued, and what those
    /// reach. `mode` is the string `__mode`, `finaliser` is `__gc`.
    pub fn collect(&mut self, roots: Roots<'_>, mode: Value, finaliser: Value) {
        let mark = other(self.live);
        let Roots { values, execution, thread, prototypes } = roots;
        let mut marker = Marker {
            heap: self,
            prototypes,
            running: thread,
            mark,
            grey: Vec::new(),
            grey_upvalues: Vec::new(),
            weak: Vec::new(),
            mode,
        };
        for value in values {
            marker.value(*value);
        }
        marker.execution(execution);
        marker.drain();
        marker.heap.queue_userdata(Candidates::Without(mark), finaliser);
        for userdata in marker.heap.finalisers.queued() {
            marker.value(Value::userdata(userdata));
        }
        marker.drain();
        let weak = std::mem::take(&mut marker.weak);
        self.clear_weak(&weak, mark);
        self.close_upvalues_of_dead_threads(mark);
        self.sweep(mark);
        self.allocated = self.allocated.saturating_sub(prototypes.sweep(mark));
        self.live = mark;
        self.collector.work_done = 0;
        self.collector.cycles = self.collector.cycles.wrapping_add(1);
        self.set_threshold();
    }

    fn close_upvalues_of_dead_threads(&mut self, mark: u8) {
        for thread in self.threads.indices_without(mark) {
            let execution = std::mem::take(&mut self.threads.get_mut(thread).execution);
            self.allocated = self.allocated.saturating_sub(execution.accounted);
            for open in &execution.open {
                let upvalue = self.upvalues.get_mut(open.upvalue.0);
                upvalue.value = execution.stack.get(open.place as usize).copied().unwrap_or(Value::NIL);
                upvalue.place = Upvalue::CLOSED;
            }
        }
    }

    fn sweep(&mut self, mark: u8) {
        let freed = self.strings.sweep(mark)
            + self.tables.sweep(mark)
            + self.closures.sweep(mark)
            + self.natives.sweep(mark)
            + self.upvalues.sweep(mark)
            + self.userdata.sweep(mark)
            + self.threads.sweep(mark);
        self.allocated = self.allocated.saturating_sub(freed);
    }

    fn set_threshold(&mut self) {
        let pause = usize::try_from(self.collector.pause.max(0)).unwrap_or(0);
        self.threshold = match (self.stress, self.collector.stopped) {
            (true, _) => 0,
            (_, true) => usize::MAX,
            _ => self.threshold_after(pause).saturating_add(self.jitter()),
        };
        self.threshold = self.threshold.min(self.limit);
    }

    /// Where the next collection is due, with this pause in per cent. However impatient a program is, a collection pays only
    /// when there is something new: the reference, which collects in small steps, never stops for a whole one either.
    fn threshold_after(&self, pause: usize) -> usize {
        let least = self.allocated.saturating_add(self.allocated / 2).max(64 << 10);
        (self.allocated / 100).saturating_mul(pause).max(least)
    }

    /// A few bytes that differ from collection to collection. A loop that allocates the same in every round would else be
    /// found at the same instruction always, and what is left in a register there would never be collected.
    fn jitter(&self) -> usize {
        (self.collector.cycles.wrapping_mul(619) & 0x3FF) as usize
    }

    /// The settings of the collector.
    pub fn collector_settings(&self) -> &Settings {
        &self.collector
    }

    /// Stops automatic collections.
    pub fn stop_collector(&mut self) {
        self.collector.stopped = true;
        self.set_threshold();
    }

    /// Lets collections happen again.
    pub fn restart_collector(&mut self) {
        self.collector.stopped = false;
        self.set_threshold();
    }

    /// Pays for a collection as a step of this size would, and ends a stop. Says whether it is paid for: collections happen
    /// all at once, but a program that counts steps finds about as many as with the reference, whose cycles take work in
    /// proportion to what is allocated.
    pub fn pay_step(&mut self, kilobytes: i32) -> bool {
        const UNIT: usize = 1024;
        let debt = usize::try_from(kilobytes).map_or(usize::MAX, |size| size.saturating_mul(UNIT)).min(self.allocated);
        // The reference's product of an unsigned and a signed `int`.
        let work = match (UNIT as u32 / 100).wrapping_mul(self.collector.step_multiplier.cast_unsigned()) {
            0 => usize::MAX,
            work => work as usize,
        };
        let settings = &mut self.collector;
        settings.work_done = settings.work_done.saturating_add(work.saturating_mul(debt / UNIT + 1));
        self.restart_collector();
        self.collector.work_done >= self.allocated
    }

    /// Sets how long to wait before a new cycle, in per cent of what is in use; gives the old setting.
    pub fn set_pause(&mut self, pause: i32) -> i32 {
        std::mem::replace(&mut self.collector.pause, pause)
    }

    /// Sets the relative speed of the collector, in per cent; gives the old setting.
    pub fn set_step_multiplier(&mut self, multiplier: i32) -> i32 {
        std::mem::replace(&mut self.collector.step_multiplier, multiplier)
    }

    fn is_marked(&self, value: Value, mark: u8) -> bool {
        match value.unpack() {
            Unpacked::String(string) => self.strings.has_mark(string, mark),
            Unpacked::Table(table) => self.tables.has_mark(table.0, mark),
            Unpacked::Closure(closure) => self.closures.has_mark(closure.0, mark),
            Unpacked::Native(native) => self.natives.has_mark(native.0, mark),
            Unpacked::Userdata(userdata) => self.userdata.has_mark(userdata.0, mark),
            Unpacked::Thread(thread) => self.threads.has_mark(thread.0, mark),
            Unpacked::Nil | Unpacked::Boolean(_) | Unpacked::Number(_) | Unpacked::Light(_) => true,
        }
    }

    /// Removes the entries of weak tables whose weak part has died. Strings are values: they are never removed, but kept.
    fn clear_weak(&mut self, weak: &[WeakTable], mark: u8) {
        for WeakTable { table, has_weak_values } in weak {
            let mut strings = Vec::new();
            let mut doomed = Vec::new();
            self.tables.get(table.0).for_each_place(|place, key, value| {
                let is_looked_at = *has_weak_values || matches!(place, Place::Node(_));
                if is_looked_at && (self.is_weakly_dead(key, mark) || self.is_dead_weak_value(value, mark)) {
                    doomed.push(place);
                } else {
                    strings.extend(key.as_string());
                    strings.extend(value.as_string());
                }
            });
            for place in doomed {
                self.tables.get_mut(table.0).bury(place);
            }
            for string in strings {
                self.strings.mark(string, mark);
            }
        }
    }

    fn is_weakly_dead(&self, value: Value, mark: u8) -> bool {
        !value.is_string() && !self.is_marked(value, mark)
    }

    /// Likewise for what is no key: a finalised userdata stays a key, but goes as a value, however alive it is. The reference
    /// looks at values in the hash part of tables with weak keys only as well (`cleartable`).
    fn is_dead_weak_value(&self, value: Value, mark: u8) -> bool {
        let is_finalised = value.as_userdata().is_some_and(|userdata| self.userdata.get(userdata.0).is_finalised);
        is_finalised || self.is_weakly_dead(value, mark)
    }
}

impl Marker<'_> {
    fn value(&mut self, value: Value) {
        let mark = self.mark;
        let new = match value.unpack() {
            Unpacked::Nil | Unpacked::Boolean(_) | Unpacked::Number(_) | Unpacked::Light(_) => false,
            Unpacked::String(string) => {
                self.heap.strings.mark(string, mark);
                false
            }
            Unpacked::Table(table) => self.heap.tables.mark(table.0, mark),
            Unpacked::Closure(closure) => self.heap.closures.mark(closure.0, mark),
            Unpacked::Native(native) => self.heap.natives.mark(native.0, mark),
            Unpacked::Userdata(userdata) => self.heap.userdata.mark(userdata.0, mark),
            Unpacked::Thread(thread) => self.heap.threads.mark(thread.0, mark),
        };
        if new {
            self.grey.push(value);
        }
    }

    fn table_reference(&mut self, table: TableRef) {
        if let Some(table) = table.some() {
            self.value(Value::table(table));
        }
    }

    fn upvalue(&mut self, upvalue: UpvalueRef) {
        if self.heap.upvalues.mark(upvalue.0, self.mark) {
            self.grey_upvalues.push(upvalue);
        }
    }

    /// The value of an upvalue; `nil` if it is in the running stack, which is a root of its own.
    fn value_of_upvalue(&self, upvalue: UpvalueRef) -> Value {
        let upvalue = self.heap.upvalue(upvalue);
        if upvalue.place == Upvalue::CLOSED {
            return upvalue.value;
        }
        if upvalue.thread == self.running {
            return Value::NIL;
        }
        // The thread itself may be dying: its variables outlive it.
        let stack = &self.heap.thread(upvalue.thread).execution.stack;
        stack.get(upvalue.place as usize).copied().unwrap_or(Value::NIL)
    }

    fn drain(&mut self) {
        loop {
            if let Some(upvalue) = self.grey_upvalues.pop() {
                let value = self.value_of_upvalue(upvalue);
                self.value(value);
                continue;
            }
            let Some(value) = self.grey.pop() else { break };
            self.children(value);
        }
    }

    fn children(&mut self, value: Value) {
        match value.unpack() {
            Unpacked::Table(table) => self.table(table),
            Unpacked::Closure(closure) => {
                let object = self.heap.closures.get_mut(closure.0);
                let (prototype, environment) = (object.prototype, object.environment);
                let upvalues = std::mem::take(&mut object.upvalues);
                upvalues.iter().for_each(|upvalue| self.upvalue(*upvalue));
                self.heap.closures.get_mut(closure.0).upvalues = upvalues;
                self.table_reference(environment);
                self.prototype(prototype);
            }
            Unpacked::Native(native) => {
                let native = self.heap.natives.get(native.0).clone();
                native.upvalues.iter().for_each(|value| self.value(*value));
                self.table_reference(native.environment);
            }
            Unpacked::Userdata(userdata) => {
                let userdata = self.heap.userdata.get(userdata.0);
                let (metatable, environment) = (userdata.metatable, userdata.environment);
                self.table_reference(metatable);
                self.table_reference(environment);
            }
            Unpacked::Thread(thread) => self.thread(thread),
            Unpacked::Nil | Unpacked::Boolean(_) | Unpacked::Number(_) | Unpacked::String(_) | Unpacked::Light(_) => {}
        }
    }

    fn table(&mut self, table: TableRef) {
        // Before the table is taken: it may be its own metatable.
        let metatable = self.heap.table(table).metatable();
        let (weak_keys, weak_values) = self.weakness(metatable);
        let mut object = std::mem::take(self.heap.tables.get_mut(table.0));
        if let Some(metatable) = metatable {
            self.value(Value::table(metatable));
        }
        if weak_keys || weak_values {
            self.weak.push(WeakTable { table, has_weak_values: weak_values });
        }
        object.for_each(|key, value| {
            if !weak_keys {
                self.value(key);
            }
            if !weak_values {
                self.value(value);
            }
        });
        if !(weak_keys && weak_values) {
            object.kill_empty_keys();
        }
        *self.heap.tables.get_mut(table.0) = object;
    }

    fn weakness(&self, metatable: Option<TableRef>) -> (bool, bool) {
        let mode = metatable.map_or(Value::NIL, |metatable| self.heap.raw_get(metatable, self.mode));
        let Some(mode) = mode.as_string() else { return (false, false) };
        let letters = self.heap.bytes(mode);
        let letters = letters.split(|byte| *byte == 0).next().unwrap_or_default();
        (letters.contains(&b'k'), letters.contains(&b'v'))
    }

    fn prototype(&mut self, prototype: super::PrototypeRef) {
        let mut pending = vec![prototype];
        while let Some(prototype) = pending.pop() {
            if let Some((constants, children)) = self.prototypes.mark(prototype, self.mark) {
                for constant in constants.iter() {
                    self.value(*constant);
                }
                pending.extend(children.iter().copied());
            }
        }
    }

    fn thread(&mut self, thread: ThreadRef) {
        let (globals, resumer) = {
            let object = self.heap.thread(thread);
            (object.globals, object.resumer)
        };
        self.table_reference(globals);
        self.value(Value::thread(resumer));
        let mut execution = std::mem::take(&mut self.heap.thread_mut(thread).execution);
        self.execution(&mut execution);
        self.heap.thread_mut(thread).execution = execution;
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
