//! What may watch the loop: a type parameter of it, so that a run that nobody watches pays nothing.

/// Sees every instruction that the reference's count hook would see: none of finalisers.
pub trait Observer {
    /// Whether it wants to see instructions at all.
    const IS_ACTIVE: bool = true;

    /// Called before an instruction is executed.
    ///
    /// # Errors
    /// To stop the run before the instruction: no code of the program runs any more.
    fn before_instruction(&mut self) -> Result<(), Stop>;
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
