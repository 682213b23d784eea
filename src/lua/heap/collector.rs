//! The collector: marks what the roots reach, sweeps the rest, in small steps between which the program runs.
//!
//! It works at safe points only, where every live value is on a stack or in another root, so that native code may hold values in
//! variables of its own between them. It knows what objects refer to; where the roots are is its caller's business.
//!
//! # A cycle
//!
//! The phases are the reference's (`lgc.c`): **mark**, a grey object at a time; an **atomic** end of marking; **sweep**, some
//! objects at a time; finalisers; a **pause** until enough was allocated ([`pace`]). All of it is plain data, so that a state can
//! be cloned in the middle of a cycle.
//!
//! Outside marking every live object has the mark `live`. Marking gives what it reaches the other mark; an object that has it
//! is grey while it is on one of the lists of [`Grey`], and black after that. The atomic step makes that mark the live one, so
//! that whatever was not reached is dead at one stroke. New objects get the mark `live`: they are white during marking, and
//! alive during the sweep.
//!
//! # Why nothing that the program can reach is freed
//!
//! The program can only reach what roots and live objects refer to, so it is enough that at the end of marking everything that
//! a root or a black object refers to is marked. Between two steps of marking, these hold:
//!
//! 1. *What a black object refers to is marked*, but for the exceptions below. Following its references made that so, and each
//!    store keeps it so: the barrier marks what is about to be stored in a marked object. Nothing loses its mark.
//! 2. *A thread* is excepted from the time when it runs, since its stack changes without barriers. Running or being resumed
//!    puts it on a list ([`Heap::touch_thread`](super::Heap)), and what is on the list is followed again.
//! 3. *An upvalue that was open when it was marked* is excepted: its variable is in a stack, and it may be closed without a
//!    barrier. It is on a list, and its value is marked again.
//! 4. *A weak table* is excepted: it does not hold all that it refers to, and the barrier passes it over lest it did for this
//!    cycle. It is on a list, and is followed again; then its entries that refer to what is not marked are removed.
//! 5. *Roots* are excepted: they are marked again.
//!
//! The atomic step deals with 2 to 5 and all that follows from them, while no program runs. Therefore nothing black refers to
//! anything white when it ends; what is white is unreachable, and stays so: references come from references only. The
//! exceptions to that are interned strings, which are found by their bytes (asking for a dead one revives it), and the host's
//! handles (dead objects are refused before they are swept).
//!
//! What the atomic step finds from the stack could be much: all that a function builds in its local variables during marking.
//! So the stacks are followed again *before* it as well, in small steps like the rest, as long as there is something to find,
//! but not for ever.

#[cfg(debug_assertions)]
mod check;
mod marker;
mod pace;
mod sweep;
#[cfg(test)]
mod tests;

pub(super) use pace::FIRST_GOAL;
pub use pace::Stress;

use super::arena::FREE;
use super::finalisers::Candidates;
use super::{Heap, Place, ThreadRef, UNWATCHED, Unpacked, UpvalueRef, Value};
use crate::lua::heap::PrototypeRef;
use crate::lua::vm::{Execution, Prototypes};
use marker::WeakTable;

/// The mark that is not `mark`, of the two that live objects can have.
pub(super) const fn other(mark: u8) -> u8 {
    3 - mark
}

/// How often marking goes back to the stacks before it ends, however much it finds there.
const MOST_ROUNDS: u32 = 10;

/// What the collector is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Phase {
    /// It waits until the next cycle is due.
    #[default]
    Pause,
    Mark,
    Sweep,
    /// Finalisers are waiting to be called.
    Finalise,
}

/// Where a step has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// The work that was paid for is done.
    Paid,
    /// The caller has to call the finalisers that are queued.
    Finalisers,
    /// The cycle is over.
    Ended,
}

/// What is alive without anything in the heap referring to it, and what has to be known of the machine.
pub struct Roots<'a> {
    pub values: &'a [Value],
    /// The running thread's execution, which is not in the heap.
    pub execution: &'a mut Execution,
    pub thread: ThreadRef,
    pub prototypes: &'a mut Prototypes,
    /// The string `__mode`.
    pub mode: Value,
    /// The string `__gc`.
    pub finaliser: Value,
}

/// What marking has still to do.
#[derive(Clone, Debug, Default)]
pub(super) struct Grey {
    pub values: Vec<Value>,
    upvalues: Vec<UpvalueRef>,
    prototypes: Vec<PrototypeRef>,
    /// Upvalues that were open when they were marked.
    open: Vec<UpvalueRef>,
    /// Threads that have run since marking began.
    pub touched: Vec<ThreadRef>,
    weak: Vec<WeakTable>,
}

impl Grey {
    /// Whether everything that is marked has been followed.
    fn is_empty(&self) -> bool {
        self.values.is_empty() && self.upvalues.is_empty() && self.prototypes.is_empty()
    }
}

/// The collector between two steps.
#[derive(Clone, Debug, Default)]
pub(super) struct Collector {
    phase: Phase,
    pub grey: Grey,
    /// How often marking has gone back to the stacks.
    rounds: u32,
    /// Whether it has done so since the program ran last.
    is_fresh: bool,
    sweep: sweep::Cursor,
    pace: pace::Pace,
}

/// Steps.
impl Heap {
    /// Works until the budget is spent, finalisers have to be called, or the cycle ends. The unit is a byte of an object that
    /// is marked, or what the reference takes for as much work.
    pub(in crate::lua) fn advance(&mut self, roots: &mut Roots<'_>, budget: &mut i64) -> Progress {
        self.collector.is_fresh = false;
        loop {
            if self.collector.phase == Phase::Finalise && !self.finalisers.is_empty() {
                return if *budget > 0 { Progress::Finalisers } else { Progress::Paid };
            }
            *budget = budget.saturating_sub_unsigned(self.single_step(roots, *budget) as u64);
            if self.collector.phase == Phase::Pause {
                return Progress::Ended;
            }
            if *budget <= 0 {
                return Progress::Paid;
            }
        }
    }

    /// Begins a cycle that will free everything that is unreachable now, in place of the one that is under way.
    pub(in crate::lua) fn begin_whole_collection(&mut self, roots: &mut Roots<'_>) {
        if self.collector.phase == Phase::Mark {
            self.abandon_marking(roots);
        }
        while self.collector.phase == Phase::Sweep {
            self.sweep_part(roots.prototypes, i64::MAX);
        }
        self.begin_marking(roots);
    }

    /// Collects everything that the roots do not reach, except userdata with a finaliser, which are queued, and what those
    /// reach.
    pub(in crate::lua) fn collect(&mut self, roots: &mut Roots<'_>) {
        self.begin_whole_collection(roots);
        let mut budget = i64::MAX;
        if self.advance(roots, &mut budget) == Progress::Finalisers {
            self.keep_away();
        }
        self.note_left();
        self.limit_threshold();
    }

    /// Whether no cycle is under way.
    pub(in crate::lua) fn is_pausing(&self) -> bool {
        self.collector.phase == Phase::Pause
    }

    /// A piece of work, larger than the smallest one possible only if there is a budget for it. Gives what it costs.
    fn single_step(&mut self, roots: &mut Roots<'_>, budget: i64) -> usize {
        match self.collector.phase {
            Phase::Pause => {
                self.begin_marking(roots);
                0
            }
            Phase::Mark => self.mark_part(roots, budget),
            Phase::Sweep => self.sweep_part(roots.prototypes, budget),
            Phase::Finalise => {
                self.end_cycle();
                0
            }
        }
    }

    fn begin_marking(&mut self, roots: &mut Roots<'_>) {
        self.watched_from = Value::FIRST_OBJECT;
        self.collector.phase = Phase::Mark;
        self.collector.rounds = 0;
        self.marker(roots).roots();
    }

    fn mark_part(&mut self, roots: &mut Roots<'_>, budget: i64) -> usize {
        if !self.collector.grey.is_empty() {
            return self.marker(roots).propagate_for(budget);
        }
        if self.collector.is_fresh || self.collector.rounds >= MOST_ROUNDS {
            return self.end_marking(roots);
        }
        self.collector.rounds += 1;
        self.follow_again(roots)
    }

    /// Marks again what changes without barriers, but for weak tables.
    fn follow_again(&mut self, roots: &mut Roots<'_>) -> usize {
        self.collector.is_fresh = true;
        let mut marker = self.marker(roots);
        marker.roots();
        marker.open_upvalues() + marker.touched() + marker.running()
    }

    /// The atomic end of marking.
    fn end_marking(&mut self, roots: &mut Roots<'_>) -> usize {
        let mut cost = 0;
        if !self.collector.is_fresh {
            cost += self.follow_again(roots);
        }
        let mut marker = self.marker(roots);
        cost += marker.drain() + marker.weak_tables() + marker.drain();
        let (old, mark) = (self.live, other(self.live));
        let waiting = self.queue_userdata(Candidates::Without(mark), roots.finaliser);
        let mut marker = self.marker(roots);
        marker.queued();
        marker.shrink_running();
        cost += marker.drain();
        self.clear_weak(mark);
        #[cfg(debug_assertions)]
        if self.stress == Stress::Steps {
            self.assert_all_marked(roots);
        }
        self.collector.grey.open.clear();
        self.watched_from = UNWATCHED;
        self.live = mark;
        roots.prototypes.set_live(mark);
        self.set_dead(old);
        self.collector.phase = Phase::Sweep;
        self.collector.sweep = sweep::Cursor::default();
        self.collector.pace.note_estimate(self.allocated.saturating_sub(waiting));
        cost
    }

    fn set_dead(&mut self, dead: u8) {
        self.strings.set_dead(dead);
        self.tables.set_dead(dead);
        self.closures.set_dead(dead);
        self.natives.set_dead(dead);
        self.upvalues.set_dead(dead);
        self.userdata.set_dead(dead);
        self.threads.set_dead(dead);
    }

    /// Makes everything white again, in the middle of marking.
    fn abandon_marking(&mut self, roots: &mut Roots<'_>) {
        let grey = std::mem::take(&mut self.collector.grey);
        for thread in grey.touched {
            self.threads.get_mut(thread.0).is_touched = false;
        }
        for weak in grey.weak {
            self.tables.get_mut(weak.table.0).is_revisited = false;
        }
        let (from, to) = (other(self.live), self.live);
        self.strings.change_marks(from, to);
        self.tables.change_marks(from, to);
        self.closures.change_marks(from, to);
        self.natives.change_marks(from, to);
        self.upvalues.change_marks(from, to);
        self.userdata.change_marks(from, to);
        self.threads.change_marks(from, to);
        roots.prototypes.change_marks(from, to);
        self.watched_from = UNWATCHED;
        self.collector.phase = Phase::Pause;
    }
}

/// Weak tables.
impl Heap {
    /// Removes the entries of weak tables whose weak part has died. Strings are values: they are never removed, but kept.
    fn clear_weak(&mut self, mark: u8) {
        for WeakTable { table, has_weak_values } in std::mem::take(&mut self.collector.grey.weak) {
            let mut strings = Vec::new();
            let mut doomed = Vec::new();
            self.tables.get(table.0).for_each_place(|place, key, value| {
                let is_looked_at = has_weak_values || matches!(place, Place::Node(_));
                if is_looked_at && (self.is_weakly_dead(key, mark) || self.is_dead_weak_value(value, mark)) {
                    doomed.push(place);
                } else {
                    strings.extend(key.as_string());
                    strings.extend(value.as_string());
                }
            });
            let object = self.tables.get_mut(table.0);
            object.is_revisited = false;
            doomed.into_iter().for_each(|place| object.bury(place));
            for string in strings {
                self.strings.mark(string, mark);
            }
        }
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
