//! A state: everything that one Lua universe consists of. Plain data, so it can be cloned and sent.

use std::sync::Arc;

use super::error::{Error, ErrorKind};
use super::events::Metamethods;
use super::frame::{After, Callee, Execution};
use super::observer::Observer;
use super::prototypes::Prototypes;
use crate::lua::bytecode::Prototype;
use crate::lua::heap::{
    Closure, ClosureRef, Heap, Intrinsic, Native, NativeRef, Table, TableError, TableRef, Thread, ThreadRef,
    ThreadStatus, Upvalue, UpvalueRef, Value,
};

/// What a host allows a program, apart from memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// How many bytes of output a buffer may hold. The run ends where more would be written.
    pub output: usize,
    /// Whether running out of memory ends the run, instead of being an error that the program may catch.
    pub memory_is_final: bool,
    /// Whether writing to a pipe that nobody reads ends the run, as SIGPIPE ends a process, instead of being an error that the
    /// program is told of.
    pub broken_pipe_is_final: bool,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { output: usize::MAX, memory_is_final: false, broken_pipe_is_final: false }
    }
}

/// Whether the loop goes on after a call has been made or has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    /// A Lua function is on top.
    Continue,
    /// The call of the host has ended.
    Exit,
}

/// A Lua state.
#[derive(Clone, Debug)]
pub struct State {
    pub heap: Heap,
    pub(in crate::lua) prototypes: Prototypes,
    /// What the running thread is doing; in a box, so that coroutines are switched by moving a pointer.
    pub(in crate::lua) execution: Box<Execution>,
    pub(in crate::lua) metamethods: Metamethods,
    /// The running thread.
    pub(in crate::lua) thread: ThreadRef,
    pub(in crate::lua) main_thread: ThreadRef,
    pub(in crate::lua) registry: TableRef,
    /// The open streams, the standard ones among them.
    pub(in crate::lua) streams: crate::lua::stdlib::Streams,
    /// Whether a broken pipe has ended a run.
    pub(in crate::lua) pipe_is_broken: bool,
    pub(in crate::lua) random: crate::lua::stdlib::Random,
    /// The bounds that a host sets.
    pub(in crate::lua) bounds: Bounds,
    /// How many steps may still be taken that no observer sees.
    pub(in crate::lua) fuel: u64,
    /// Where patterns are matched.
    pub(in crate::lua) matching: Box<crate::lua::stdlib::pattern::Workspace>,
    /// The message of memory errors, made while there is memory.
    pub(in crate::lua) memory_message: Value,
    pub(in crate::lua) handler_message: Value,
    /// How far local time was from Greenwich when a timestamp was last made of a local time: the next guess starts there.
    pub(in crate::lua) local_offset: i64,
    /// Bytes under construction, kept for their capacity.
    pub(in crate::lua) scratch: Vec<u8>,
}

impl Default for State {
    fn default() -> Self {
        Self::new()
    }
}

impl State {
    /// A state without libraries.
    pub fn new() -> Self {
        let mut heap = Heap::default();
        let globals = heap.adopt_table(Table::with_capacity(0, 2).unwrap_or_default());
        let registry = heap.adopt_table(Table::with_capacity(0, 2).unwrap_or_default());
        let metamethods = Metamethods::new(&mut heap);
        let mut thread = Thread::new(Box::default(), ThreadRef(0), globals);
        (thread.status, thread.started) = (ThreadStatus::Running, true);
        let thread = heap.new_thread(thread);
        let memory_message = heap.string(b"not enough memory");
        let handler_message = heap.string(b"error in error handling");
        Self {
            heap,
            prototypes: Prototypes::default(),
            execution: Box::new(Execution::new()),
            metamethods,
            thread,
            main_thread: thread,
            registry,
            streams: crate::lua::stdlib::Streams::default(),
            pipe_is_broken: false,
            random: crate::lua::stdlib::Random::default(),
            bounds: Bounds::default(),
            fuel: u64::MAX,
            matching: Box::default(),
            memory_message,
            handler_message,
            local_offset: 0,
            scratch: Vec::new(),
        }
    }

    /// The globals of the running thread.
    pub fn globals(&self) -> TableRef {
        self.heap.thread(self.thread).globals()
    }

    /// Sets how many steps may be taken that no observer sees: in loops of native functions, such as matching a pattern, and
    /// instructions in finalisers, if there is an observer. The run ends where more would be taken.
    pub fn set_fuel(&mut self, units: u64) {
        self.fuel = units;
    }

    /// The string with these bytes.
    ///
    /// # Errors
    /// When the memory limit does not allow it.
    pub fn new_string(&mut self, bytes: &[u8]) -> Result<Value, Error> {
        if !self.heap.has_room(bytes.len()) {
            return Err(self.memory_error());
        }
        Ok(self.heap.string(bytes))
    }

    /// The error of a program that needs more memory than there is.
    pub fn memory_error(&self) -> Error {
        Error { value: self.memory_message, kind: ErrorKind::Memory }
    }

    /// Turns a table's refusal into a Lua error.
    pub(in crate::lua) fn table_error(&mut self, error: TableError) -> Error {
        match error {
            TableError::NilKey => self.run_error("table index is nil"),
            TableError::NanKey => self.run_error("table index is NaN"),
            TableError::Overflow => self.run_error("table overflow"),
            TableError::Memory => self.memory_error(),
        }
    }

    /// Makes a closure of a compiled main function, in the environment of the globals.
    pub fn load_prototype(&mut self, prototype: &Arc<Prototype>) -> ClosureRef {
        let loaded = self.prototypes.load(prototype, &mut self.heap);
        let environment = self.globals();
        let thread = self.thread;
        let upvalues = (0..prototype.upvalue_count)
            .map(|_| self.heap.new_upvalue(Upvalue { value: Value::NIL, place: Upvalue::CLOSED, thread }))
            .collect();
        self.heap.new_closure(Closure { prototype: loaded, environment, upvalues })
    }

    /// Makes a native function, in the environment of the globals.
    pub fn new_native(&mut self, function: super::NativeFunction, upvalues: &[Value]) -> NativeRef {
        let environment = self.globals();
        self.heap.new_native(Native { function, intrinsic: Intrinsic::None, environment, upvalues: upvalues.into() })
    }

    /// The native function that runs, if one does.
    pub(in crate::lua) fn running_native(&self) -> Option<NativeRef> {
        match self.execution.frames.last()?.callee {
            Callee::Native(native) => Some(native),
            Callee::Lua(..) => None,
        }
    }

    /// Calls a function from outside the loop. A message handler, if given, sees an error where it happens.
    ///
    /// # Errors
    /// The error that nothing caught. The state can be used further.
    pub fn call<O: Observer>(
        &mut self,
        function: Value,
        arguments: &[Value],
        handler: Option<Value>,
        observer: &mut O,
    ) -> Result<Vec<Value>, Error> {
        let execution = &mut *self.execution;
        let bottom = execution.top;
        if let Some(handler) = handler {
            // Programs can see what lies below their calls: here, what the reference's host has there.
            execution.push(self.handler_message);
            execution.handler = execution.top as u32;
            execution.push(handler);
        }
        let place = execution.top;
        execution.push(function);
        for argument in arguments {
            execution.push(*argument);
        }
        let result = self.run(place, observer);
        let values = self.execution.stack[place..self.execution.top.max(place)].to_vec();
        self.execution.handler = 0;
        self.execution.top = bottom;
        result.map(|()| values)
    }

    fn run<O: Observer>(&mut self, place: usize, observer: &mut O) -> Result<(), Error> {
        let mut flow = self.invoke(place, -1, After::Host, true).or_else(|error| self.recover(error));
        while flow? == Flow::Continue {
            let result = if self.execution.hooks.are_active {
                self.execute::<O, true>(observer)
            } else {
                self.execute::<O, false>(observer)
            };
            flow = result.or_else(|error| self.recover(error));
        }
        Ok(())
    }

    /// Sets a variable that functions share, wherever it is.
    #[cold]
    pub(in crate::lua) fn set_upvalue(&mut self, upvalue: UpvalueRef, value: Value) {
        if let Some((thread, place)) = self.heap.set_closed(upvalue, value) {
            let is_running = thread == self.thread;
            let execution = if is_running { &mut self.execution } else { &mut self.heap.thread_mut(thread).execution };
            if let Some(slot) = execution.stack.get_mut(place) {
                *slot = value;
            }
        }
    }

    /// Closes the upvalues of the running thread at this place of its stack and above.
    #[inline(always)]
    pub(super) fn close_upvalues(&mut self, level: usize) {
        if self.execution.has_open_from(level) {
            self.execution.close_upvalues(&mut self.heap, level);
        }
    }
}
