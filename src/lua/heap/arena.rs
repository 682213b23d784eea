//! An arena: objects of one kind, found by index, each with a mark and a generation.
//!
//! It knows nothing of what its objects refer to; that is the collector's part.

use super::object::Object;

/// The mark of a slot without an object.
pub(super) const FREE: u8 = 0;

/// Objects of one kind. Marks and generations are kept apart from the objects, so that a sweep reads bytes.
#[derive(Clone, Debug)]
pub struct Arena<T> {
    slots: Vec<T>,
    marks: Vec<u8>,
    generations: Vec<u32>,
    free: Vec<u32>,
    /// The mark of objects that are dead and wait for the sweep; [`FREE`] outside a sweep.
    dead: u8,
}

impl<T> Default for Arena<T> {
    fn default() -> Self {
        Self { slots: Vec::new(), marks: Vec::new(), generations: Vec::new(), free: Vec::new(), dead: FREE }
    }
}

/// What a part of a sweep came to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Swept {
    /// The weight of what was freed.
    pub freed: usize,
    /// How many objects were looked at.
    pub objects: usize,
    /// Where the next part begins; `None` at the end.
    pub next: Option<usize>,
}

impl<T: Object> Arena<T> {
    /// Puts an object into a free slot, with this mark, and gives its index.
    #[inline]
    pub fn insert(&mut self, object: T, mark: u8) -> u32 {
        if let Some(index) = self.free.pop() {
            self.slots[index as usize] = object;
            self.marks[index as usize] = mark;
            return index;
        }
        let index = self.slots.len() as u32;
        self.slots.push(object);
        self.marks.push(mark);
        self.generations.push(0);
        index
    }

    /// The object at `index`, which must be one that a live reference holds.
    #[inline(always)]
    pub fn get(&self, index: u32) -> &T {
        debug_assert!(self.is_alive(index), "a reference to an object that is gone");
        &self.slots[index as usize]
    }

    /// Like [`Arena::get`], to change it. What is stored into an object must be told to the collector: see the barriers.
    #[inline(always)]
    pub(super) fn get_mut(&mut self, index: u32) -> &mut T {
        debug_assert!(self.is_alive(index), "a reference to an object that is gone");
        &mut self.slots[index as usize]
    }

    /// The object at `index`, which may be dead as long as it is not swept.
    pub(super) fn unswept(&self, index: u32) -> &T {
        debug_assert!(self.marks[index as usize] != FREE, "a reference to an object that is gone");
        &self.slots[index as usize]
    }

    /// Like [`Arena::unswept`], to change it.
    pub(super) fn unswept_mut(&mut self, index: u32) -> &mut T {
        debug_assert!(self.marks[index as usize] != FREE, "a reference to an object that is gone");
        &mut self.slots[index as usize]
    }

    fn is_alive(&self, index: u32) -> bool {
        self.marks[index as usize] != FREE && self.marks[index as usize] != self.dead
    }

    /// The generation of a slot: how many objects have died in it. `None` if there is no live object in it now.
    pub fn generation(&self, index: u32) -> Option<u32> {
        let mark = *self.marks.get(index as usize)?;
        (mark != FREE && mark != self.dead).then(|| self.generations[index as usize])
    }

    /// Marks an object; says whether it did not have that mark before.
    #[inline(always)]
    pub(super) fn mark(&mut self, index: u32, mark: u8) -> bool {
        mark_slot(&mut self.marks, index, mark)
    }

    /// The objects and their marks, to follow the ones and set the others.
    pub(super) fn parts(&mut self) -> (&mut [T], &mut [u8]) {
        (&mut self.slots, &mut self.marks)
    }

    /// Whether the object has this mark.
    pub fn has_mark(&self, index: u32, mark: u8) -> bool {
        self.marks[index as usize] == mark
    }

    /// Gives every object that has one mark another one.
    pub(super) fn change_marks(&mut self, from: u8, to: u8) {
        change_marks(&mut self.marks, from, to);
    }

    /// Says which mark the dead have, from the end of marking to the end of the sweep; [`FREE`] for none.
    pub(super) fn set_dead(&mut self, dead: u8) {
        self.dead = dead;
    }

    /// The indices of the dead among so many slots, from one on.
    pub(super) fn dead_in_part(&self, from: usize, slots: usize) -> Vec<u32> {
        let end = self.marks.len().min(from.saturating_add(slots));
        (from..end).filter(|index| self.marks[*index] == self.dead).map(|index| index as u32).collect()
    }

    /// Sweeps so many slots, from one on: frees the dead.
    pub(super) fn sweep(&mut self, from: usize, slots: usize) -> Swept {
        let end = self.marks.len().min(from.saturating_add(slots));
        let (mut freed, mut objects) = (0, 0);
        for (offset, mark) in self.marks[from..end].iter_mut().enumerate() {
            objects += usize::from(*mark != FREE);
            if *mark == self.dead {
                *mark = FREE;
                let index = from + offset;
                let object = &mut self.slots[index];
                freed += object.weight();
                object.release();
                // A slot whose generations are used up stays empty, so that no old handle ever fits a new object.
                if let Some(next) = self.generations[index].checked_add(1) {
                    self.generations[index] = next;
                    self.free.push(index as u32);
                }
            }
        }
        Swept { freed, objects, next: (end < self.marks.len()).then_some(end) }
    }

    /// The objects that do not have this mark.
    pub fn indices_without(&self, mark: u8) -> Vec<u32> {
        let dead = self.marks.iter().enumerate().filter(|(_, found)| **found != mark && **found != FREE);
        dead.map(|(index, _)| index as u32).collect()
    }

    /// The objects that have this mark.
    #[cfg(debug_assertions)]
    pub(super) fn indices_with(&self, mark: u8) -> impl Iterator<Item = u32> {
        let found = self.marks.iter().enumerate().filter(move |(_, found)| **found == mark);
        found.map(|(index, _)| index as u32)
    }

    /// All slots, also those without a live object.
    #[cfg(debug_assertions)]
    pub(super) fn objects(&self) -> &[T] {
        &self.slots
    }

    /// All objects that are alive.
    pub fn indices(&self) -> Vec<u32> {
        self.indices_without(self.dead)
    }
}

/// Sets a mark; says whether the object did not have it before.
#[inline(always)]
pub(super) fn mark_slot(marks: &mut [u8], index: u32, mark: u8) -> bool {
    let slot = &mut marks[index as usize];
    debug_assert!(*slot != FREE, "the collector reached an object that is gone");
    std::mem::replace(slot, mark) != mark
}

/// Replaces a mark by another one.
pub(super) fn change_marks(marks: &mut [u8], from: u8, to: u8) {
    for mark in marks.iter_mut().filter(|mark| **mark == from) {
        *mark = to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lua::heap::Table;

    #[test]
    fn a_sweep_goes_on_where_it_stopped_and_spares_what_is_new() {
        let mut arena = Arena::default();
        let indices: Vec<u32> = (0..10).map(|n| arena.insert(Table::default(), 1 + n % 2)).collect();
        arena.set_dead(1);
        let first = arena.sweep(0, 4);
        assert_eq!((first.freed, first.objects, first.next), (2 * 64, 4, Some(4)));
        assert!(arena.generation(indices[4]).is_none(), "dead, though not swept");
        assert!(indices.contains(&arena.insert(Table::default(), 2)));
        let second = arena.sweep(4, usize::MAX);
        assert_eq!((second.freed, second.objects, second.next), (3 * 64, 6, None));
        assert_eq!(arena.indices().len(), 6);
    }

    #[test]
    fn a_slot_whose_generations_are_used_up_stays_empty() {
        let mut arena = Arena::default();
        let index = arena.insert(Table::default(), 1);
        arena.generations[index as usize] = u32::MAX - 1;
        arena.set_dead(1);
        arena.sweep(0, usize::MAX);
        assert_eq!(arena.insert(Table::default(), 2), index);
        assert_eq!(arena.generation(index), Some(u32::MAX));
        arena.set_dead(2);
        assert_eq!(arena.generation(index), None);
        arena.sweep(0, usize::MAX);
        assert_eq!(arena.generation(index), None);
        assert_ne!(arena.insert(Table::default(), 1), index);
    }
}
