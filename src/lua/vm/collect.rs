//! Collecting garbage: where the roots are, and when the collector gets its turn.
//!
//! What it does then is the heap's business.

use super::error::Error;
use super::events::Event;
use super::state::State;
use crate::lua::heap::{Heap, Progress, Roots, Value};

impl State {
    /// Lets the collector work if it is due.
    ///
    /// # Errors
    /// When what is in use exceeds the memory limit.
    #[inline(always)]
    pub(in crate::lua) fn collect_if_due(&mut self) -> Result<(), Error> {
        if self.heap.is_collection_due() { self.collect_as_due() } else { Ok(()) }
    }

    /// Lets the collector work after an instruction of the Lua function on top, which goes on at `pc`.
    ///
    /// # Errors
    /// As [`State::collect_if_due`].
    #[cold]
    #[inline(never)]
    pub(super) fn collect_between_instructions(&mut self, pc: usize) -> Result<(), Error> {
        if let Some(frame) = self.execution.frames.last_mut() {
            frame.pc = pc as u32;
        }
        self.restore_lua_top();
        self.collect_as_due()
    }

    #[cold]
    #[inline(never)]
    fn collect_as_due(&mut self) -> Result<(), Error> {
        if self.heap.is_whole_collection_due() {
            return self.collect_for_room();
        }
        if self.execution.is_unobserved {
            // Finalisers are not called within finalisers: those that wait must not keep the next cycle waiting.
            self.heap.end_cycle();
        }
        self.with_roots(|heap, roots| heap.step(roots));
        Ok(())
    }

    /// Collects everything that is unreachable.
    ///
    /// # Errors
    /// When what is left exceeds the memory limit.
    #[cold]
    pub(super) fn collect_for_room(&mut self) -> Result<(), Error> {
        self.collect_garbage();
        if self.heap.has_room(0) { Ok(()) } else { Err(self.memory_error()) }
    }

    /// Collects garbage: everything that the program cannot reach. Finalisers are called when a Lua function runs next.
    pub fn collect_garbage(&mut self) {
        self.with_roots(Heap::collect);
        self.heap.make_finalisers_due();
    }

    /// Begins a whole collection that a program asks for, which ends a stop of the collector (`luaC_fullgc`). It takes
    /// [`State::advance_collection`] to get to its end.
    pub(in crate::lua) fn begin_requested_collection(&mut self) {
        self.heap.end_stop();
        self.with_roots(Heap::begin_whole_collection);
    }

    /// Lets the collector work for a program that asks for it, which calls the finalisers.
    pub(in crate::lua) fn advance_collection(&mut self, budget: &mut i64) -> Progress {
        self.heap.put_off_finalisers();
        self.with_roots(|heap, roots| heap.advance(roots, budget))
    }

    fn with_roots<R>(&mut self, work: impl FnOnce(&mut Heap, &mut Roots<'_>) -> R) -> R {
        let mut values: Vec<Value> = Vec::with_capacity(32);
        values.extend(self.metamethods.roots());
        values.extend([
            Value::table(self.registry),
            Value::thread(self.thread),
            Value::thread(self.main_thread),
            self.memory_message,
            self.handler_message,
        ]);
        let mut roots = Roots {
            values: &values,
            execution: &mut self.execution,
            thread: self.thread,
            prototypes: &mut self.prototypes,
            mode: self.metamethods.name(Event::Mode),
            finaliser: self.metamethods.name(Event::Gc),
        };
        work(&mut self.heap, &mut roots)
    }
}
