//! Loaded prototypes: the compiled function with its constants as values of this state.

use std::sync::Arc;

use super::prepared::{Prepared, prepare};
use crate::lua::bytecode::{Constant, Prototype};
use crate::lua::heap::{Heap, PrototypeRef, Swept, Value};

/// How many constants the loop sees: every 8-bit operand is one.
pub const CONSTANTS: usize = 256;
const FREE: u8 = 0;
/// The mark of the first prototypes, as of all other objects.
const FIRST_MARK: u8 = 1;

/// A prototype as the loop wants it.
#[derive(Clone, Debug)]
pub struct LoadedPrototype {
    pub code: Arc<[Prepared]>,
    pub constants: Constants,
    pub children: Arc<[PrototypeRef]>,
    pub max_stack_size: u8,
    pub parameter_count: u8,
    pub vararg_flags: u8,
    pub upvalue_count: u8,
    /// What it was loaded from: debug information, and what `string.dump` writes.
    pub source: Arc<Prototype>,
    weight: usize,
}

/// The constants of a prototype: a part of those of all prototypes loaded together. Behind the last ones there is always room for
/// a whole window, which no prototype pays for alone.
#[derive(Clone, Debug)]
pub struct Constants {
    pool: Arc<[Value]>,
    start: u32,
    count: u32,
}

impl Constants {
    fn none() -> Self {
        Self { pool: Arc::from([]), start: 0, count: 0 }
    }

    /// The prototype's own constants.
    pub fn own(&self) -> &[Value] {
        &self.pool[self.start as usize..][..self.count as usize]
    }

    /// What 8-bit operands name. What lies beyond the prototype's own constants means nothing, and the verifier sees to it
    /// that it is not used.
    #[inline(always)]
    pub fn window(&self) -> &[Value; CONSTANTS] {
        let start = self.start as usize;
        self.pool[start..start + CONSTANTS].as_array().expect("a slice of that length")
    }
}

/// What a prototype refers to: its constants, and the prototypes nested in it. And its weight.
pub type Outgoing = (Constants, Arc<[PrototypeRef]>, usize);

/// All loaded prototypes of a state.
#[derive(Clone, Debug)]
pub struct Prototypes {
    slots: Vec<LoadedPrototype>,
    marks: Vec<u8>,
    /// How many prototypes have gone from each slot.
    generations: Vec<u32>,
    free: Vec<u32>,
    /// The mark of new ones.
    live: u8,
}

impl Default for Prototypes {
    fn default() -> Self {
        Self { slots: Vec::new(), marks: Vec::new(), generations: Vec::new(), free: Vec::new(), live: FIRST_MARK }
    }
}

impl Prototypes {
    /// Loads a prototype and everything nested in it; the outermost one is given back.
    pub fn load(&mut self, prototype: &Arc<Prototype>, heap: &mut Heap) -> PrototypeRef {
        // Children first, without recursion: a list in preorder, loaded from its end.
        let mut order: Vec<(&Arc<Prototype>, usize)> = vec![(prototype, usize::MAX)];
        let mut next = 0;
        while next < order.len() {
            let (current, _) = order[next];
            order.extend(current.prototypes.iter().map(|child| (child, next)));
            next += 1;
        }
        let mut pool =
            Vec::with_capacity(order.iter().map(|(current, _)| current.constants.len()).sum::<usize>() + CONSTANTS);
        for (current, _) in order.iter().rev() {
            pool.extend(current.constants.iter().map(|constant| value_of(constant, heap)));
        }
        pool.resize(pool.len() + CONSTANTS, Value::NIL);
        let mut constants = Constants { pool: pool.into(), start: 0, count: 0 };
        let mut loaded: Vec<Vec<PrototypeRef>> = vec![Vec::new(); order.len()];
        let mut last = PrototypeRef(0);
        for (position, (current, parent)) in order.iter().enumerate().rev() {
            let mut children = std::mem::take(&mut loaded[position]);
            children.reverse();
            let count = current.constants.len() as u32;
            constants = Constants { start: constants.start + constants.count, count, ..constants };
            last = self.insert(current, constants.clone(), children, heap);
            if let Some(siblings) = loaded.get_mut(*parent) {
                siblings.push(last);
            }
        }
        last
    }

    fn insert(
        &mut self,
        source: &Arc<Prototype>,
        constants: Constants,
        children: Vec<PrototypeRef>,
        heap: &mut Heap,
    ) -> PrototypeRef {
        let weight = 120
            + 4 * source.code.len()
            + 4 * source.line_info.len()
            + 16 * constants.own().len()
            + 8 * children.len()
            + 16 * source.locals.len()
            + 8 * source.upvalue_names.len();
        heap.account(weight);
        let loaded = LoadedPrototype {
            code: prepare(&source.code, constants.own()).into(),
            constants,
            children: children.into(),
            max_stack_size: source.max_stack_size,
            parameter_count: source.parameter_count,
            vararg_flags: source.vararg_flags,
            upvalue_count: source.upvalue_count,
            source: Arc::clone(source),
            weight,
        };
        let live = self.live;
        if let Some(index) = self.free.pop() {
            self.slots[index as usize] = loaded;
            self.marks[index as usize] = live;
            return PrototypeRef(index);
        }
        self.slots.push(loaded);
        self.marks.push(live);
        self.generations.push(0);
        PrototypeRef(self.slots.len() as u32 - 1)
    }

    /// A loaded prototype.
    #[inline(always)]
    pub fn get(&self, prototype: PrototypeRef) -> &LoadedPrototype {
        debug_assert!(self.marks[prototype.0 as usize] != FREE, "a reference to a prototype that is gone");
        &self.slots[prototype.0 as usize]
    }

    /// A number that no other prototype of this state has had or will have.
    pub fn key(&self, prototype: PrototypeRef) -> u64 {
        u64::from(self.generations[prototype.0 as usize]) << 32 | u64::from(prototype.0)
    }

    /// Whether a prototype with this key is loaded.
    pub fn has_key(&self, key: u64) -> bool {
        let index = key as u32 as usize;
        self.generations.get(index).is_some_and(|generation| u64::from(*generation) == key >> 32)
            && self.marks[index] != FREE
    }

    /// Marks a prototype; says whether it did not have that mark before.
    pub fn mark(&mut self, prototype: PrototypeRef, mark: u8) -> bool {
        std::mem::replace(&mut self.marks[prototype.0 as usize], mark) != mark
    }

    /// Whether a prototype has this mark.
    #[cfg(debug_assertions)]
    pub fn has_mark(&self, prototype: PrototypeRef, mark: u8) -> bool {
        self.marks[prototype.0 as usize] == mark
    }

    /// What a prototype refers to, and its weight.
    pub fn outgoing(&self, prototype: PrototypeRef) -> Outgoing {
        let loaded = &self.slots[prototype.0 as usize];
        (loaded.constants.clone(), Arc::clone(&loaded.children), loaded.weight)
    }

    /// Gives every prototype that has one mark another one.
    pub fn change_marks(&mut self, from: u8, to: u8) {
        for mark in self.marks.iter_mut().filter(|mark| **mark == from) {
            *mark = to;
        }
    }

    /// Says which mark new prototypes get, and those have that a sweep spares.
    pub fn set_live(&mut self, live: u8) {
        self.live = live;
    }

    /// Sweeps so many slots, from one on: frees every prototype that does not have the mark of live ones.
    pub fn sweep(&mut self, from: usize, most: usize) -> Swept {
        let end = self.marks.len().min(from.saturating_add(most));
        let mut freed = 0;
        for index in from..end {
            if self.marks[index] != self.live && self.marks[index] != FREE {
                let slot = &mut self.slots[index];
                freed += slot.weight;
                slot.code = Arc::from([]);
                slot.constants = Constants::none();
                slot.children = Arc::from([]);
                slot.source = Arc::default();
                self.marks[index] = FREE;
                // A slot whose generations are used up stays empty, so that no two prototypes ever have the same key.
                if let Some(next) = self.generations[index].checked_add(1) {
                    self.generations[index] = next;
                    self.free.push(index as u32);
                }
            }
        }
        Swept { freed, objects: end - from, next: (end < self.marks.len()).then_some(end) }
    }
}

fn value_of(constant: &Constant, heap: &mut Heap) -> Value {
    match constant {
        Constant::Nil => Value::NIL,
        Constant::Boolean(b) => Value::boolean(*b),
        Constant::Number(n) => Value::foreign_number(*n),
        Constant::String(bytes) => heap.string(bytes),
        // The reference dies of it where it is used; here it is an empty string.
        Constant::NullString => heap.string(b""),
    }
}
