//! When the collector works, and how much: the reference's arithmetic (`luaC_step`, `lua_gc`), in its units.
//!
//! Automatic steps differ, for speed. They are due less often. They do more than as much more, because a short cycle leaves
//! less garbage for the next one. And in a small heap a step is a whole cycle: the program pays for that afterwards, so that
//! the next cycle is due as late as if it had paid in small steps.

use super::{Collector, Heap, Phase, Progress, Roots};

/// The bytes that a program allocates between two steps (`GCSTEPSIZE`).
const STEP: usize = 1024;
/// How many of the reference's steps a program allocates for before an automatic one.
const STEPS_AT_ONCE: usize = 16;
/// How much more an automatic step does than it is paid for.
const HASTE: i64 = 4;
/// A heap of less bytes than this is collected in one go.
const SMALL_HEAP: usize = 256 << 10;
/// What the reference takes for the call of a finaliser (`GCFINALIZECOST`).
pub(super) const FINALISER_COST: usize = 100;

/// What is collected at every allocation, to find roots and barriers that are missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stress {
    /// Nothing: the usual pace.
    #[default]
    Off,
    /// The smallest piece of work is done.
    Steps,
    /// Everything that is unreachable is collected.
    WholeCollections,
}

/// The settings (`setpause`, `setstepmul`, `stop` of `collectgarbage`) and the account of paid and unpaid work.
#[derive(Clone, Debug)]
pub(super) struct Pace {
    pause: i32,
    step_multiplier: i32,
    is_stopped: bool,
    /// The account at which the collector would work next (`GCthreshold`), whatever else there is to consider.
    goal: usize,
    /// The bytes by which the collector is behind (`gcdept`).
    debt: usize,
    /// About how many bytes are in use (`estimate`).
    estimate: usize,
    /// What was allocated when the last cycle ended.
    left: usize,
    /// How many bytes a program may allocate before it has paid for the work that was done in one go.
    prepaid: usize,
    /// How many cycles there were.
    cycles: u32,
}

/// What may be allocated before the first cycle.
pub(in crate::lua::heap) const FIRST_GOAL: usize = 64 << 10;

impl Default for Pace {
    fn default() -> Self {
        Self {
            pause: 200,
            step_multiplier: 200,
            is_stopped: false,
            goal: FIRST_GOAL,
            debt: 0,
            estimate: 0,
            left: 0,
            prepaid: 0,
            cycles: 0,
        }
    }
}

impl Pace {
    pub fn note_estimate(&mut self, bytes: usize) {
        self.estimate = bytes;
    }

    pub fn note_freed(&mut self, bytes: usize) {
        self.estimate = self.estimate.saturating_sub(bytes);
    }

    /// The work of one of the reference's steps. The product is of an unsigned and a signed `int`; 0 stands for no bound.
    fn work_per_step(&self) -> i64 {
        match (STEP as u32 / 100).wrapping_mul(self.step_multiplier.cast_unsigned()) {
            0 => i64::MAX / 2,
            work => i64::from(work),
        }
    }

    /// The account at which the next cycle begins: so many per cent of what is in use.
    ///
    /// It differs by a few bytes from cycle to cycle. A loop that allocates the same in every round would else be found at the
    /// same instruction always, and what is left in a register there would never be collected.
    fn goal_of_pause(&self) -> usize {
        // The product with a negative number is as large as the reference's.
        let goal = (self.estimate / 100).wrapping_mul(self.pause as isize as usize);
        goal.saturating_add((self.cycles.wrapping_mul(619) & 0x3FF) as usize)
    }
}

/// Steps.
impl Heap {
    /// Does the work that is due.
    pub(in crate::lua) fn step(&mut self, roots: &mut Roots<'_>) {
        self.collector.pace.debt += self.allocated.saturating_sub(self.collector.pace.goal);
        let paid = self.collector.pace.work_per_step().saturating_mul(STEPS_AT_ONCE as i64);
        let mut budget = match self.stress {
            Stress::Steps => 1,
            _ if self.allocated < SMALL_HEAP => i64::MAX,
            _ => paid.saturating_mul(HASTE),
        };
        let whole = budget;
        match self.advance(roots, &mut budget) {
            Progress::Paid => _ = self.end_step(STEP * STEPS_AT_ONCE),
            Progress::Finalisers => {
                self.note_prepaid(whole - budget, paid);
                self.make_finalisers_due();
                self.keep_away();
            }
            Progress::Ended => {
                self.note_prepaid(whole - budget, paid);
                self.set_goal_of_pause();
            }
        }
    }

    fn note_prepaid(&mut self, spent: i64, paid: i64) {
        let is_whole_cycle = self.allocated < SMALL_HEAP;
        let bytes = i128::from(spent) * (STEP * STEPS_AT_ONCE) as i128 / i128::from(paid.max(1));
        self.collector.pace.prepaid = if is_whole_cycle { usize::try_from(bytes).unwrap_or(0) } else { 0 };
    }

    /// Sets when the next step is due. Says whether that is now, because the collector is far behind.
    fn end_step(&mut self, size: usize) -> bool {
        let pace = &mut self.collector.pace;
        let is_behind = pace.debt >= size;
        if is_behind {
            pace.debt -= size;
            pace.goal = self.allocated;
        } else {
            pace.goal = self.allocated + size;
        }
        self.limit_threshold();
        is_behind
    }

    /// Begins the steps that a program asks for, which ends a stop of the collector: the work for as many kilobytes as if
    /// they had been allocated. Gives the budget of the first one.
    pub(in crate::lua) fn begin_requested_steps(&mut self, kilobytes: i32) -> i64 {
        // A negative number is a huge one, as in the reference.
        let bytes = (i64::from(kilobytes).cast_unsigned() as usize).wrapping_mul(STEP);
        self.collector.pace.is_stopped = false;
        self.collector.pace.debt += bytes.min(self.allocated);
        self.collector.pace.work_per_step()
    }

    /// Ends one of those steps. Gives the budget of the next one, if there is one.
    pub(in crate::lua) fn end_requested_step(&mut self) -> Option<i64> {
        self.end_step(STEP).then(|| self.collector.pace.work_per_step())
    }

    /// Takes note that a finaliser is about to be called.
    pub(in crate::lua) fn pay_for_finaliser(&mut self, budget: &mut i64) {
        *budget -= FINALISER_COST as i64;
        let estimate = &mut self.collector.pace.estimate;
        if *estimate > FINALISER_COST {
            *estimate -= FINALISER_COST;
        }
        self.keep_away();
    }

    /// Has the collector stay away while a finaliser runs, unless that allocates much.
    pub(super) fn keep_away(&mut self) {
        self.collector.pace.goal = self.allocated.saturating_mul(2);
        self.limit_threshold();
    }

    /// Ends a cycle: nothing is left to do, but perhaps finalisers that cannot be called now.
    pub(in crate::lua) fn end_cycle(&mut self) {
        if self.collector.phase != Phase::Finalise {
            return;
        }
        let pace = &mut self.collector.pace;
        pace.debt = 0;
        pace.cycles = pace.cycles.wrapping_add(1);
        self.collector.phase = Phase::Pause;
        self.note_left();
        self.set_goal_of_pause();
    }

    fn set_goal_of_pause(&mut self) {
        let pace = &mut self.collector.pace;
        let least = self.allocated.saturating_add(STEP);
        pace.goal = pace.goal_of_pause().max(least).saturating_add(std::mem::take(&mut pace.prepaid));
        self.limit_threshold();
    }
}

/// Settings and limits.
impl Heap {
    /// Stops the collector, but for what the memory limit makes necessary.
    pub fn stop_collector(&mut self) {
        self.collector.pace.is_stopped = true;
        self.limit_threshold();
    }

    /// Ends a stop of the collector: its next step is due at once.
    pub fn restart_collector(&mut self) {
        self.collector.pace.is_stopped = false;
        self.collector.pace.goal = self.allocated;
        self.limit_threshold();
    }

    /// Ends a stop of the collector, for what a program asks for.
    pub(in crate::lua) fn end_stop(&mut self) {
        self.collector.pace.is_stopped = false;
    }

    /// Sets how long to wait before a new cycle, in per cent of what is in use; gives the old setting.
    pub fn set_pause(&mut self, pause: i32) -> i32 {
        std::mem::replace(&mut self.collector.pace.pause, pause)
    }

    /// Sets the relative speed of the collector, in per cent; gives the old setting.
    pub fn set_step_multiplier(&mut self, multiplier: i32) -> i32 {
        std::mem::replace(&mut self.collector.pace.step_multiplier, multiplier)
    }

    /// Sets what is collected at every allocation.
    pub fn set_stress(&mut self, stress: Stress) {
        self.stress = stress;
        self.limit_threshold();
    }

    /// Derives the threshold from what the pace would have it be.
    pub(in crate::lua::heap) fn limit_threshold(&mut self) {
        let Collector { pace, .. } = &self.collector;
        let threshold = match (self.stress, pace.is_stopped) {
            (Stress::Off, false) => pace.goal,
            (Stress::Off, true) => usize::MAX,
            (Stress::Steps | Stress::WholeCollections, _) => 0,
        };
        self.threshold = threshold.min(self.emergency());
    }

    /// The account at which everything is collected, whatever the pace: before the memory limit refuses anything, so that not
    /// much garbage is in the way of native code that finds no room, since that cannot collect; but not so often that little
    /// else is done.
    fn emergency(&self) -> usize {
        let patience = self.collector.pace.left.saturating_add(self.limit / 16);
        (self.limit - self.limit / 4).max(patience).min(self.limit)
    }

    /// Whether the work that is due is a whole collection.
    pub(in crate::lua) fn is_whole_collection_due(&self) -> bool {
        self.stress == Stress::WholeCollections || self.allocated > self.emergency()
    }

    pub(super) fn note_left(&mut self) {
        self.collector.pace.left = self.allocated;
    }
}
