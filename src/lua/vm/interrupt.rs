//! Interrupting a program from outside: an observer wants it, and the program sees an error.

use super::error::Error;
use super::observer::Observer;
use super::state::{Flow, State};

impl State {
    /// Leaves the loop before the instruction at `pc`, to come back by the way that asks for interrupts.
    #[cold]
    #[inline(never)]
    pub(super) fn pause(&mut self, pc: usize) -> Result<Flow, Error> {
        if let Some(frame) = self.execution.frames.last_mut() {
            frame.pc = pc as u32;
        }
        Ok(Flow::Continue)
    }

    /// Interrupts the program in the way of the reference's stand-alone interpreter: by an error as from a hook of the main thread
    /// that is called before the next instruction, and that turns hooks off. Nothing happens where no such hook would be called.
    ///
    /// # Errors
    /// The error that interrupts.
    #[cold]
    #[inline(never)]
    pub(super) fn interrupt<O: Observer>(&mut self, observer: &mut O) -> Result<(), Error> {
        let execution = &mut *self.execution;
        if self.thread != self.main_thread || execution.is_unobserved || execution.hooks.owes_instruction() {
            return Ok(());
        }
        let Some(frame) = execution.frames.last_mut().filter(|frame| frame.is_lua()) else { return Ok(()) };
        // To a hook, the function is at the instruction that comes next.
        frame.pc += 1;
        execution.hooks.set(0, 0);
        observer.interrupted();
        let mut message = self.position_of_level(1);
        message.extend_from_slice(b"interrupted!");
        Err(Error::raised(self.heap.string(&message)))
    }
}
