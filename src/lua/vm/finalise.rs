//! Calling finalisers: between two instructions of whatever runs, or when the state ends.
//!
//! The reference calls them from within its collector, wherever that runs. The collector here knows nothing of calls: it
//! queues, and the loop calls at its next occasion. As in the reference, no observer sees what a finaliser executes, and an
//! error in one is an error of the code that it interrupts.

use super::error::{Error, ErrorKind};
use super::events::Event;
use super::frame::After;
use super::observer::Observer;
use super::state::{Flow, State};
use crate::lua::heap::Value;

impl State {
    /// Takes the next userdata from the queue, with its finaliser; those that have lost theirs are passed over.
    pub(in crate::lua) fn next_finaliser(&mut self) -> Option<(Value, Value)> {
        while let Some(userdata) = self.heap.next_finalised() {
            let userdata = Value::userdata(userdata);
            let finaliser = self.metamethods.of(&self.heap, userdata, Event::Gc);
            if !finaliser.is_nil() {
                return Some((finaliser, userdata));
            }
        }
        None
    }

    /// Collects for a program that asks for it, which ends a stop of the collector (`luaC_fullgc`). The caller calls the
    /// finalisers.
    pub(in crate::lua) fn collect_on_request(&mut self) {
        self.heap.restart_collector();
        self.collect_garbage();
        self.heap.put_off_finalisers();
    }

    /// Calls the next finaliser on top of the Lua function that is between two instructions.
    ///
    /// # Errors
    /// When it cannot be called.
    #[cold]
    pub(super) fn call_due_finaliser(&mut self) -> Result<Flow, Error> {
        self.heap.put_off_finalisers();
        let Some((finaliser, userdata)) = self.next_finaliser() else { return Ok(Flow::Continue) };
        let execution = &mut *self.execution;
        let function = execution.live_top();
        // Open results may end elsewhere than the frame. No instruction is under way that could want the place.
        if let Some(frame) = execution.frames.last_mut() {
            frame.progress = execution.top as u32;
        }
        execution.top = function;
        execution.push(finaliser);
        execution.push(userdata);
        execution.is_unobserved = true;
        self.invoke(function, 0, After::Finaliser, true)
    }

    /// Goes back to the function that a finaliser has interrupted.
    pub(super) fn end_finaliser(&mut self) {
        let execution = &mut *self.execution;
        if let Some(frame) = execution.frames.last_mut() {
            execution.top = std::mem::take(&mut frame.progress) as usize;
        }
        execution.is_unobserved = false;
        self.heap.make_finalisers_due();
    }

    /// Calls the finalisers of all userdata that are left, and those that come up meanwhile. Their errors go nowhere
    /// (`lua_close`).
    ///
    /// # Errors
    /// When the run is stopped.
    pub(in crate::lua) fn finalise_everything<O: Observer>(&mut self, observer: &mut O) -> Result<(), Error> {
        let name = self.metamethods.name(Event::Gc);
        self.heap.queue_all_userdata(name);
        while let Some((finaliser, userdata)) = self.next_finaliser() {
            self.execution.is_unobserved = true;
            let result = self.call(finaliser, &[userdata], None, observer);
            self.execution.is_unobserved = false;
            match result {
                Err(error) if error.kind == ErrorKind::Stopped => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }
}
