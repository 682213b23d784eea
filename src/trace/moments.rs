//! Moments: everything that is to be seen before one instruction, for the few instructions around a difference.
//!
//! Events hold what instructions did; a reader who wants to know why needs all registers of the function, and its code.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::event::Datum;
use super::names::NumberMap;
use super::probe::{Place, Probe, PrototypeFacts, Seen};

/// The engine in front of an instruction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moment {
    /// The number of the instruction in the run, from 0.
    pub sequence: u64,
    /// The numbers of the thread and the prototype, in the order of first appearance.
    pub thread: u32,
    pub depth: u32,
    pub prototype: u32,
    pub pc: u32,
    pub word: u32,
    /// All registers of the function, and open results above them.
    pub registers: Vec<Datum>,
    /// What is known of the function.
    pub facts: Arc<PrototypeFacts>,
}

/// Collects the moments of a range of instructions.
pub(super) struct Watch {
    range: Range<u64>,
    moments: Vec<Moment>,
    /// By the numbers of prototypes, which are never used again.
    facts: NumberMap<u64, Arc<PrototypeFacts>>,
}

impl Watch {
    pub fn over(range: Range<u64>) -> Self {
        Self { range, moments: Vec::new(), facts: NumberMap::default() }
    }

    /// The first of them that is not before this one.
    pub fn next(&self, sequence: u64) -> Option<u64> {
        (sequence < self.range.end).then_some(sequence.max(self.range.start))
    }

    /// Whether the instruction with this number is one of them.
    pub fn is_for(&self, sequence: u64) -> bool {
        self.range.contains(&sequence)
    }

    /// Adds a moment. `datum` turns values into what traces show.
    #[cold]
    pub fn add<P: Probe>(
        &mut self,
        (sequence, place): (u64, &Place),
        (thread, prototype): (u32, u32),
        probe: &P,
        datum: impl FnMut(Seen<'_>) -> Datum,
    ) {
        let facts = self.facts.entry(u64::from(prototype)).or_insert_with(|| Arc::new(probe.prototype()));
        self.moments.push(Moment {
            sequence,
            thread,
            depth: place.depth,
            prototype,
            pc: place.pc,
            word: place.word,
            registers: (0..probe.top()).map(|register| probe.register(register)).map(datum).collect(),
            facts: Arc::clone(facts),
        });
    }

    pub fn take(&mut self) -> Vec<Moment> {
        std::mem::take(&mut self.moments)
    }
}
