//! Moments: everything that is to be seen before one instruction, for the few instructions around a difference.
//!
//! Events hold what instructions did; a reader who wants to know why needs all registers of the function, and its code.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::event::Datum;
use super::event::MOST_VALUES;
use super::names::NumberMap;
use super::operands::{Operand, operand};
use super::probe::{Place, Probe, PrototypeFacts, Seen};
use crate::lua::bytecode::Instruction;

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
    /// What the instruction takes, in the order of the operands of events; no more of them than events have.
    pub operands: Vec<Datum>,
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
        mut datum: impl FnMut(Seen<'_>) -> Datum,
    ) {
        let facts = self.facts.entry(u64::from(prototype)).or_insert_with(|| Arc::new(probe.prototype()));
        self.moments.push(Moment {
            sequence,
            thread,
            depth: place.depth,
            prototype,
            pc: place.pc,
            word: place.word,
            registers: (0..probe.top()).map(|register| datum(probe.register(register))).collect(),
            operands: taken(place.word, probe).map(datum).collect(),
            facts: Arc::clone(facts),
        });
    }

    pub fn take(&mut self) -> Vec<Moment> {
        std::mem::take(&mut self.moments)
    }
}

/// The values that an instruction is about to take.
fn taken<P: Probe>(word: u32, probe: &P) -> impl Iterator<Item = Seen<'_>> {
    let top = probe.top();
    let places = (0..MOST_VALUES).map_while(move |place| operand(Instruction(word), place));
    // Open ones end at the top.
    let places = places.take_while(move |place| !matches!(place, Operand::Register(register) if *register >= top));
    places.map(|place| match place {
        Operand::Register(register) => probe.register(register),
        Operand::Constant(constant) => probe.constant(constant),
        Operand::Upvalue(upvalue) => probe.upvalue(upvalue),
    })
}
