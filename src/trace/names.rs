//! Names for heap objects: numbers in the order of first appearance, so that two engines' objects can be compared.
//!
//! Names are held weakly: the names of dead objects are taken away, so that the number that an engine identified one by can stand
//! for another. Numbers are never used again. What is looked at beside the trace (what instructions took, all registers) is
//! numbered apart, so that looking does not change the trace.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::Kind;

/// Keys are numbers that engines made: no one chooses them to collide.
#[derive(Default)]
pub(super) struct NumberHasher(u64);

impl Hasher for NumberHasher {
    fn finish(&self) -> u64 {
        // The low bits choose the place in a table, and those of a product depend on the low bits alone, which addresses share.
        self.0.rotate_left(26)
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

/// Gives objects their numbers.
pub(super) trait Naming {
    /// The number of an object; a new one at its first appearance.
    fn number(&mut self, kind: Kind, key: u64) -> u32;
}

/// How many of the objects seen last are found without looking them up.
const RECENT: usize = 256;
/// The first number of objects that appear among what instructions took, and in registers, before they appear in the trace.
const FIRST_TAKEN: u32 = 1 << 30;
const FIRST_SHOWN: u32 = 1 << 31;

/// The names of the objects of one run.
pub(super) struct Names {
    numbers: NumberMap<(Kind, u64), u32>,
    recent: Box<[Option<(Kind, u64, u32)>; RECENT]>,
    /// What the first ones are called.
    labels: Vec<String>,
    next: u32,
    taken: Apart,
    shown: Apart,
}

/// Numbers of objects that are looked at beside the trace.
struct Apart {
    numbers: NumberMap<(Kind, u64), u32>,
    next: u32,
}

impl Apart {
    fn from(first: u32) -> Self {
        Self { numbers: NumberMap::default(), next: first }
    }

    fn get(&self, object: (Kind, u64)) -> Option<u32> {
        self.numbers.get(&object).copied()
    }

    fn number(&mut self, object: (Kind, u64)) -> u32 {
        *self.numbers.entry(object).or_insert_with(|| {
            self.next += 1;
            self.next - 1
        })
    }
}

impl Default for Names {
    fn default() -> Self {
        Self {
            numbers: NumberMap::default(),
            recent: Box::new([None; RECENT]),
            labels: Vec::new(),
            next: 0,
            taken: Apart::from(FIRST_TAKEN),
            shown: Apart::from(FIRST_SHOWN),
        }
    }
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

    /// Takes an object's name away.
    pub fn forget(&mut self, kind: Kind, key: u64) {
        self.numbers.remove(&(kind, key));
        self.recent[place(kind, key)] = None;
        self.taken.numbers.remove(&(kind, key));
        self.shown.numbers.remove(&(kind, key));
    }

    /// Takes the names of all objects away that are not alive.
    pub fn retain(&mut self, mut is_alive: impl FnMut(Kind, u64) -> bool) {
        self.recent.fill(None);
        for numbers in [&mut self.numbers, &mut self.taken.numbers, &mut self.shown.numbers] {
            numbers.retain(|(kind, key), _| is_alive(*kind, *key));
        }
    }

    /// How many objects have a name now.
    pub fn count(&self) -> usize {
        self.numbers.len()
    }

    /// What objects are called that were named before the run, by their numbers.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    fn look_up(&mut self, kind: Kind, key: u64) -> u32 {
        let next = self.next;
        let number = *self.numbers.entry((kind, key)).or_insert(next);
        self.next += u32::from(number == next);
        number
    }
}

impl Naming for Names {
    #[inline]
    fn number(&mut self, kind: Kind, key: u64) -> u32 {
        let at = place(kind, key);
        match self.recent[at] {
            Some((known_kind, known_key, number)) if known_key == key && known_kind == kind => number,
            _ => {
                let number = self.look_up(kind, key);
                self.recent[at] = Some((kind, key, number));
                number
            }
        }
    }
}

/// Where an object is among those seen last.
#[inline]
fn place(kind: Kind, key: u64) -> usize {
    ((key ^ (kind as u64) << 59).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56) as usize
}

/// Names for what instructions took.
pub(super) struct Taken<'a>(pub &'a mut Names);

impl Naming for Taken<'_> {
    fn number(&mut self, kind: Kind, key: u64) -> u32 {
        let Names { numbers, taken, .. } = &mut *self.0;
        numbers.get(&(kind, key)).copied().unwrap_or_else(|| taken.number((kind, key)))
    }
}

/// Names for what registers hold, dead ones too, which need not be alike in two engines.
pub(super) struct Shown<'a>(pub &'a mut Names);

impl Naming for Shown<'_> {
    fn number(&mut self, kind: Kind, key: u64) -> u32 {
        let Names { numbers, taken, shown, .. } = &mut *self.0;
        let known = numbers.get(&(kind, key)).copied().or_else(|| taken.get((kind, key)));
        known.unwrap_or_else(|| shown.number((kind, key)))
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

    #[test]
    fn looking_does_not_change_the_trace() {
        let mut names = Names::default();
        assert_eq!(names.number(Kind::Table, 16), 0);
        let apart = (Taken(&mut names).number(Kind::Table, 32), Shown(&mut names).number(Kind::Table, 48));
        assert_eq!(apart, (FIRST_TAKEN, FIRST_SHOWN));
        assert_eq!(Shown(&mut names).number(Kind::Table, 32), FIRST_TAKEN);
        assert_eq!(names.number(Kind::Table, 48), 1, "as if nobody had looked");
        assert_eq!(Taken(&mut names).number(Kind::Table, 48), 1);
        names.forget(Kind::Table, 32);
        assert_eq!(Taken(&mut names).number(Kind::Table, 64), FIRST_TAKEN + 1, "numbers are never used again");
        assert_eq!(names.number(Kind::Table, 32), 2);
    }
}
