//! What a run may use, and whether it used more.
//!
//! Plain counters that the allocator, the count hook and `print` share. Nothing here knows of Lua's API.

use std::cell::Cell;

use crate::engine::{Ending, Limits};

/// Which bound a run went beyond.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    Instructions,
    Memory,
    /// The program called `os.exit`.
    Exited(i32),
}

impl Stop {
    pub(super) fn ending(self) -> Ending {
        match self {
            Self::Instructions => Ending::OverBudget,
            Self::Memory => Ending::OverMemory,
            Self::Exited(code) => Ending::Exited(code),
        }
    }
}

/// The counters of one run. Cells, because callbacks reach them through a shared pointer.
#[derive(Debug)]
pub(super) struct Budget {
    executed: Cell<u64>,
    instructions: Cell<u64>,
    held: Cell<usize>,
    memory: Cell<usize>,
    stopped: Cell<Option<Stop>>,
    limits: Limits,
}

impl Budget {
    /// Counters that bound nothing before [`Budget::arm`].
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            executed: Cell::new(0),
            instructions: Cell::new(u64::MAX),
            held: Cell::new(0),
            memory: Cell::new(usize::MAX),
            stopped: Cell::new(None),
            limits: *limits,
        }
    }

    /// The same for a state that holds so many bytes already.
    pub(super) fn holding(limits: &Limits, held: usize) -> Self {
        Self { held: Cell::new(held), ..Self::new(limits) }
    }

    /// Makes the limits hold from now on. Whatever prepares a state does so before, and so cannot fail because of them.
    pub(super) fn arm(&self) {
        self.instructions.set(self.limits.instructions);
        self.memory.set(usize::try_from(self.limits.memory).unwrap_or(usize::MAX));
    }

    /// Whether instructions are to be counted at all.
    pub(super) fn counts(&self) -> bool {
        self.limits.instructions != u64::MAX
    }

    /// Counts the instruction that is about to be executed. False if it must not be.
    pub(super) fn tick(&self) -> bool {
        let executed = self.executed.get();
        if executed < self.instructions.get() {
            self.executed.set(executed + 1);
            return true;
        }
        self.stop(Stop::Instructions);
        false
    }

    /// Whether the state may hold this many bytes more. If not, the run has ended.
    pub(super) fn admits(&self, growth: usize) -> bool {
        let admitted = self.held.get().checked_add(growth).is_some_and(|total| total <= self.memory.get());
        if !admitted {
            self.stop(Stop::Memory);
        }
        admitted
    }

    /// Records that a block changed its size.
    pub(super) fn resized(&self, old: usize, new: usize) {
        self.held.set(self.held.get().wrapping_sub(old).wrapping_add(new));
    }

    /// How many bytes the state holds.
    pub(super) fn held(&self) -> usize {
        self.held.get()
    }

    /// How many instructions were executed; 0 if they are not to be counted.
    pub(super) fn executed(&self) -> u64 {
        if self.counts() { self.executed.get() } else { 0 }
    }

    /// Ends the run: no further instruction, no further byte. The first reason stays.
    pub(super) fn stop(&self, reason: Stop) {
        if self.stopped.get().is_none() {
            self.stopped.set(Some(reason));
        }
        self.instructions.set(0);
        self.memory.set(0);
    }

    /// Why the run was ended, if it was.
    pub(super) fn stopped(&self) -> Option<Stop> {
        self.stopped.get()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_the_budget_is_executed() {
        let budget = Budget::new(&Limits { instructions: 2, memory: 100 });
        budget.arm();
        assert_eq!([budget.tick(), budget.tick(), budget.tick(), budget.tick()], [true, true, false, false]);
        assert_eq!((budget.executed(), budget.stopped()), (2, Some(Stop::Instructions)));
        assert!(!budget.admits(1), "a stopped run gets no memory");
        assert_eq!(budget.stopped(), Some(Stop::Instructions), "the first reason stays");
    }

    #[test]
    fn memory_is_bounded_once_armed() {
        let budget = Budget::new(&Limits { instructions: 10, memory: 100 });
        assert!(budget.admits(1000));
        budget.arm();
        assert!(budget.admits(100));
        budget.resized(0, 100);
        budget.resized(100, 60);
        assert!(budget.admits(40));
        assert!(!budget.admits(41));
        assert_eq!(budget.stopped(), Some(Stop::Memory));
        assert!(!budget.tick(), "a stopped run executes nothing");
        assert_eq!(budget.held(), 60);
    }
}
