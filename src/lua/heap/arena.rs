//! An arena: objects of one kind, found by index, each with a mark and a generation.
//!
//! It knows nothing of what its objects refer to; that is the collector's part.

use super::object::Object;

/// The mark of a slot without an object.
const FREE: u8 = 0;

/// Objects of one kind. Marks and generations are kept apart from the objects, so that a sweep reads bytes.
#[derive(Clone, Debug)]
pub struct Arena<T> {
    slots: Vec<T>,
    marks: Vec<u8>,
    generations: Vec<u32>,
    free: Vec<u32>,
}

impl<T> Default for Arena<T> {
    fn default() -> Self {
        Self { slots: Vec::new(), marks: Vec::new(), generations: Vec::new(), free: Vec::new() }
    }
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
        debug_assert!(self.marks[index as usize] != FREE, "a reference to an object that is gone");
        &self.slots[index as usize]
    }

    /// Like [`Arena::get`], to change it.
    #[inline(always)]
    pub fn get_mut(&mut self, index: u32) -> &mut T {
        debug_assert!(self.marks[index as usize] != FREE, "a reference to an object that is gone");
        &mut self.slots[index as usize]
    }

    /// The generation of a slot: how many objects have died in it. `None` if there is no object in it now.
    pub fn generation(&self, index: u32) -> Option<u32> {
        let live = *self.marks.get(index as usize)? != FREE;
        live.then(|| self.generations[index as usize])
    }

    /// Marks an object; says whether it did not have that mark before.
    #[inline(always)]
    pub fn mark(&mut self, index: u32, mark: u8) -> bool {
        let slot = &mut self.marks[index as usize];
        debug_assert!(*slot != FREE, "the collector reached an object that is gone");
        std::mem::replace(slot, mark) != mark
    }

    /// Whether the object has this mark.
    pub fn has_mark(&self, index: u32, mark: u8) -> bool {
        self.marks[index as usize] == mark
    }

    /// Frees every object that does not have this mark; gives their weight.
    pub fn sweep(&mut self, live: u8) -> usize {
        let mut freed = 0;
        for index in 0..self.marks.len() {
            let mark = self.marks[index];
            if mark != live && mark != FREE {
                let object = &mut self.slots[index];
                freed += object.weight();
                object.release();
                self.marks[index] = FREE;
                // A slot whose generations are used up stays empty, so that no old handle ever fits a new object.
                if let Some(next) = self.generations[index].checked_add(1) {
                    self.generations[index] = next;
                    self.free.push(index as u32);
                }
            }
        }
        freed
    }

    /// The objects that do not have this mark.
    pub fn indices_without(&self, mark: u8) -> Vec<u32> {
        let dead = self.marks.iter().enumerate().filter(|(_, found)| **found != mark && **found != FREE);
        dead.map(|(index, _)| index as u32).collect()
    }

    /// All objects.
    pub fn indices(&self) -> Vec<u32> {
        self.indices_without(FREE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lua::heap::Table;

    #[test]
    fn a_slot_whose_generations_are_used_up_stays_empty() {
        let mut arena = Arena::default();
        let index = arena.insert(Table::default(), 1);
        arena.generations[index as usize] = u32::MAX - 1;
        arena.sweep(2);
        assert_eq!(arena.insert(Table::default(), 1), index);
        assert_eq!(arena.generation(index), Some(u32::MAX));
        arena.sweep(2);
        assert_eq!(arena.generation(index), None);
        assert_ne!(arena.insert(Table::default(), 1), index);
    }
}
