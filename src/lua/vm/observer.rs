//! What may watch the loop: a type parameter of it, so that a run that nobody watches pays nothing.

use std::sync::atomic::{AtomicBool, Ordering};

use super::view::View;
use crate::lua::heap::Value;

/// Sees every instruction that the reference's count hook would see: none of finalisers.
pub trait Observer {
    /// Whether it wants to see instructions at all.
    const IS_ACTIVE: bool = true;

    /// Whether it looks at the state before each instruction that it sees. Only an active observer may.
    const LOOKS: bool = false;

    /// Whether it changes registers before instructions that it sees: for experiments with a VM that is wrong. Only an active observer
    /// may.
    const MEDDLES: bool = false;

    /// Whether it may want to interrupt the program.
    const INTERRUPTS: bool = false;

    /// Called before an instruction is executed.
    ///
    /// # Errors
    /// To stop the run before the instruction: no code of the program runs any more.
    fn before_instruction(&mut self) -> Result<(), Stop>;

    /// Shown the state before an instruction is executed, once [`Observer::before_instruction`] has let it pass.
    ///
    /// # Errors
    /// As for [`Observer::before_instruction`].
    #[inline(always)]
    fn look(&mut self, _view: &View<'_>) -> Result<(), Stop> {
        Ok(())
    }

    /// Shown the state before [`Observer::look`] is, and asked again until it wants nothing: a register of the function on top and the
    /// value that it is to have. An object must be one that the program can reach.
    #[inline(always)]
    fn meddle(&mut self, _view: &View<'_>) -> Option<(u8, Value)> {
        None
    }

    /// Whether the program is to be interrupted: an error is raised in the main thread, when it next jumps (`JMP`) or
    /// comes back to it from elsewhere. Asked often, if at all.
    #[inline(always)]
    fn wants_interrupt(&self) -> bool {
        false
    }

    /// Called when the program is interrupted. What is wanted after that is another interrupt.
    fn interrupted(&mut self) {}
}

/// An observer's wish to end the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop;

/// Nobody watches.
impl Observer for () {
    const IS_ACTIVE: bool = false;

    #[inline(always)]
    fn before_instruction(&mut self) -> Result<(), Stop> {
        Ok(())
    }
}

/// Whether the interruptible programs of the process are to be interrupted. Static, because a loop asks for it at every turn: this
/// way that takes one instruction and no register.
static INTERRUPT: AtomicBool = AtomicBool::new(false);

/// Lets another thread interrupt the program by an error, `interrupted!`, that it may catch: for Ctrl-C, of which a process has one.
/// It sees no instructions.
///
/// The program is interrupted as by the reference's stand-alone interpreter: in its main thread only, not in finalisers and
/// hooks, and hooks are off after that.
#[derive(Clone, Copy, Debug, Default)]
pub struct Interruptible;

impl Interruptible {
    /// Interrupts whatever program of the process is the first to notice.
    pub fn request() {
        INTERRUPT.store(true, Ordering::Relaxed);
    }

    /// Takes back a request that no program has noticed.
    pub fn withdraw() {
        INTERRUPT.store(false, Ordering::Relaxed);
    }
}

impl Observer for Interruptible {
    const IS_ACTIVE: bool = false;
    const INTERRUPTS: bool = true;

    #[inline(always)]
    fn before_instruction(&mut self) -> Result<(), Stop> {
        Ok(())
    }

    #[inline(always)]
    fn wants_interrupt(&self) -> bool {
        INTERRUPT.load(Ordering::Relaxed)
    }

    fn interrupted(&mut self) {
        Self::withdraw();
    }
}

/// Counts instructions, and stops a run that would execute more than its budget.
#[derive(Clone, Copy, Debug)]
pub struct Counter {
    /// How many instructions have been executed.
    pub executed: u64,
    /// How many may be.
    pub budget: u64,
}

impl Observer for Counter {
    #[inline(always)]
    fn before_instruction(&mut self) -> Result<(), Stop> {
        if self.executed >= self.budget {
            return Err(Stop);
        }
        self.executed += 1;
        Ok(())
    }
}
