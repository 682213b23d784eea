//! What happens to an error: the message handler, then whoever catches it.

use super::error::{Error, ErrorKind};
use super::frame::After;
use super::state::{Flow, State};
use crate::lua::heap::Value;

/// How far an error got.
enum Unwound {
    Caught(Flow),
    Uncaught(Error),
}

impl State {
    /// Finds who catches an error, and goes on there.
    ///
    /// # Errors
    /// The error, if nobody does; no call is active any more.
    pub(super) fn recover(&mut self, mut error: Error) -> Result<Flow, Error> {
        loop {
            if error.kind == ErrorKind::Memory && self.bounds.memory_is_final {
                error.kind = ErrorKind::Stopped;
            }
            let result = if error.kind == ErrorKind::Raised && self.execution.handler != 0 {
                self.call_handler(error.value).map(Unwound::Caught)
            } else {
                self.unwind(error)
            };
            match result {
                Ok(Unwound::Caught(flow)) => return Ok(flow),
                Ok(Unwound::Uncaught(error)) => return Err(error),
                Err(next) => error = next,
            }
        }
    }

    /// Calls the message handler in force, on top of where the error happened.
    fn call_handler(&mut self, value: Value) -> Result<Flow, Error> {
        let handler = self.execution.stack[self.execution.handler as usize];
        if !handler.is_function() {
            return Err(self.error_in_handler());
        }
        let function = self.execution.live_top();
        self.execution.top = function;
        self.execution.push(handler);
        self.execution.push(value);
        self.invoke(function, 1, After::Handler, true)
    }

    fn unwind(&mut self, error: Error) -> Result<Unwound, Error> {
        if error.kind.is_final() {
            while self.thread != self.main_thread {
                self.abandon_coroutine();
            }
            self.execution.catches.clear();
        }
        let Some(catch) = self.execution.catches.pop() else {
            if self.thread == self.main_thread {
                self.clear_calls();
                return Ok(Unwound::Uncaught(error));
            }
            self.abandon_coroutine();
            let step = self.resume_pending(Err(error));
            return self.drive(step).map(Unwound::Caught);
        };
        let execution = &mut *self.execution;
        execution.frames.truncate(catch.frame + 1);
        execution.pending.truncate(catch.pending);
        execution.c_levels = catch.c_levels;
        execution.handler = catch.handler;
        execution.is_unobserved = catch.is_unobserved;
        execution.restore_frame_limit();
        self.close_upvalues(catch.top);
        self.execution.top = catch.top;
        let step = self.resume_pending(Err(error));
        self.drive(step).map(Unwound::Caught)
    }

    /// Forgets every active call of the main thread: an error went through all of them.
    fn clear_calls(&mut self) {
        let bottom = self.execution.frames.first().map_or(self.execution.top, |frame| frame.function as usize);
        self.close_upvalues(bottom);
        let execution = &mut *self.execution;
        execution.frames.clear();
        execution.pending.clear();
        execution.c_levels = 0;
        execution.is_unobserved = false;
        execution.top = bottom;
        execution.restore_frame_limit();
    }
}
