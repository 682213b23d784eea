//! Names for heap objects: numbers in the order of first appearance, so that two engines' objects can be compared.
//!
//! Names are held weakly: the names of dead objects are taken away, so that the number that an engine identified one by can stand
//! for another. Numbers are never used again.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::Kind;

/// Keys are numbers that engines made: no one chooses them to collide.
#[derive(Default)]
pub(super) struct NumberHasher(u64);

impl Hasher for NumberHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x517C_C1B7_2722_0A95);
    }

    fn write_isize(&mut self, number: isize) {
        self.write_u64(number as u64);
    }
}

pub(super) type NumberMap<K, V> = HashMap<K, V, BuildHasherDefault<NumberHasher>>;

/// The names of the objects of one run.
#[derive(Default)]
pub(super) struct Names {
    numbers: NumberMap<(Kind, u64), u32>,
    /// What the first ones are called.
    labels: Vec<String>,
    next: u32,
}

impl Names {
    /// Names an object before the run, unless it has a name. Gives the number of one that had none.
    pub fn label(&mut self, kind: Kind, key: u64, label: &str) -> Option<u32> {
        let next = self.next;
        let number = *self.numbers.entry((kind, key)).or_insert(next);
        if number != next {
            return None;
        }
        self.next += 1;
        self.labels.push(label.to_owned());
        Some(number)
    }

    /// The number of an object; a new one at its first appearance.
    pub fn number(&mut self, kind: Kind, key: u64) -> u32 {
        let next = self.next;
        let number = *self.numbers.entry((kind, key)).or_insert(next);
        self.next += u32::from(number == next);
        number
    }

    /// Takes an object's name away.
    pub fn forget(&mut self, kind: Kind, key: u64) {
        self.numbers.remove(&(kind, key));
    }

    /// Takes the names of all objects away that are not alive.
    pub fn retain(&mut self, mut is_alive: impl FnMut(Kind, u64) -> bool) {
        self.numbers.retain(|(kind, key), _| is_alive(*kind, *key));
    }

    /// How many objects have a name now.
    pub fn count(&self) -> usize {
        self.numbers.len()
    }

    /// What objects are called that were named before the run, by their numbers.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_first_appearance_and_are_never_used_again() {
        let mut names = Names::default();
        names.label(Kind::Function, 9, "print");
        assert_eq!(names.number(Kind::Table, 9), 1, "kinds are apart");
        assert_eq!(names.number(Kind::Function, 9), 0);
        names.forget(Kind::Table, 9);
        assert_eq!(names.number(Kind::Table, 9), 2);
        names.retain(|kind, _| kind == Kind::Function);
        assert_eq!((names.count(), names.number(Kind::Table, 9)), (1, 3));
        assert_eq!(names.labels(), ["print"]);
    }
}
