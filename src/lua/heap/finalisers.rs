//! Userdata that want to be told of their end: which of them are due, and in which order.
//!
//! It decides who is due, as the reference's `luaC_separateudata` does. Calling the finalisers is the loop's part.

use std::collections::VecDeque;

use super::object::Object;
use super::{Heap, TableRef, UserdataRef, Value};

/// The queue of userdata whose finaliser is to be called.
#[derive(Clone, Debug, Default)]
pub(super) struct Finalisers {
    queue: VecDeque<UserdataRef>,
    /// Whether the loop is to call them at the next occasion. After an error in one of them, the rest wait for the next
    /// collection.
    are_due: bool,
    /// How many userdata have been made.
    made: u64,
}

impl Finalisers {
    /// The number of a new userdata: later ones have higher numbers.
    pub fn next_serial(&mut self) -> u64 {
        self.made += 1;
        self.made
    }

    /// Everything in the queue.
    pub fn queued(&self) -> impl Iterator<Item = UserdataRef> {
        self.queue.iter().copied()
    }

    /// Whether no finaliser waits to be called.
    pub fn is_empty(&self) -> bool {
        self.queue.is_empty()
    }
}

/// Which userdata to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Candidates {
    /// Those without this mark.
    Without(u8),
    All,
}

impl Heap {
    /// Queues the userdata that have a finaliser and were not queued before, the newest first. Those without a finaliser will
    /// never have one: they too count as finalised from now on. `name` is the string `__gc`. Gives the weight of what was queued.
    pub(super) fn queue_userdata(&mut self, candidates: Candidates, name: Value) -> usize {
        let mut found = match candidates {
            Candidates::Without(mark) => self.userdata.indices_without(mark),
            Candidates::All => self.userdata.indices(),
        };
        found.retain(|index| !self.userdata.get(*index).is_finalised);
        found.sort_by_key(|index| std::cmp::Reverse(self.userdata.get(*index).serial));
        let mut weight = 0;
        for index in found {
            let userdata = self.userdata.get_mut(index);
            userdata.is_finalised = true;
            let metatable = userdata.metatable.some();
            let own_weight = userdata.weight();
            if metatable.is_some_and(|metatable: TableRef| !self.raw_get(metatable, name).is_nil()) {
                self.finalisers.queue.push_back(UserdataRef(index));
                weight += own_weight;
            }
        }
        weight
    }

    /// Queues every userdata that has a finaliser, also those that are alive: the state is about to end.
    pub(in crate::lua) fn queue_all_userdata(&mut self, name: Value) {
        self.queue_userdata(Candidates::All, name);
    }

    /// Takes the userdata whose turn it is from the queue. Nothing but the caller keeps it alive any more.
    pub(in crate::lua) fn next_finalised(&mut self) -> Option<UserdataRef> {
        self.finalisers.queue.pop_front()
    }

    /// Whether the loop is to call a finaliser.
    #[inline(always)]
    pub(in crate::lua) fn are_finalisers_due(&self) -> bool {
        self.finalisers.are_due
    }

    /// Has the loop call the finalisers that are queued, if any are.
    pub(in crate::lua) fn make_finalisers_due(&mut self) {
        self.finalisers.are_due = !self.finalisers.queue.is_empty();
    }

    /// Has the queue wait, until the next collection or for whoever empties it.
    pub(in crate::lua) fn put_off_finalisers(&mut self) {
        self.finalisers.are_due = false;
    }
}
