//! Interned strings: every string exists once, so that equality is identity.
//!
//! The hash is the reference's (`lstring.c`), because the order in which tables iterate depends on it.

use std::ops::Range;

use super::arena::{FREE, Swept, change_marks, mark_slot};
use super::object::StringRef;

const INLINE: usize = 22;
const NONE: u32 = u32::MAX;
/// How many buckets there are at first, and at least.
const FIRST_BUCKETS: usize = 512;

/// The bytes of a string: short ones in place, long ones in a box of their own.
#[derive(Clone, Debug)]
enum Content {
    Inline { length: u8, bytes: [u8; INLINE] },
    Boxed(Box<[u8]>),
}

impl Content {
    fn new(bytes: &[u8]) -> Self {
        if bytes.len() <= INLINE {
            let mut content = [0; INLINE];
            content[..bytes.len()].copy_from_slice(bytes);
            return Content::Inline { length: bytes.len() as u8, bytes: content };
        }
        Content::Boxed(bytes.into())
    }

    #[inline(always)]
    fn as_slice(&self) -> &[u8] {
        match self {
            Content::Inline { length, bytes } => &bytes[..usize::from(*length).min(INLINE)],
            Content::Boxed(bytes) => bytes,
        }
    }
}

#[derive(Clone, Debug)]
struct Slot {
    content: Content,
    hash: u32,
    /// The next string in the same bucket.
    next: u32,
}

/// All strings of a state.
#[derive(Clone, Debug)]
pub struct Strings {
    slots: Vec<Slot>,
    marks: Vec<u8>,
    generations: Vec<u32>,
    free: Vec<u32>,
    /// The first string of each bucket; a power of two of them.
    buckets: Vec<u32>,
    /// The mark of strings that are dead and wait for the sweep; [`FREE`] outside a sweep.
    dead: u8,
    /// By how many bytes of the account the buckets have grown since somebody asked.
    growth: usize,
}

impl Default for Strings {
    fn default() -> Self {
        Self {
            slots: Vec::new(),
            marks: Vec::new(),
            generations: Vec::new(),
            free: Vec::new(),
            buckets: vec![NONE; FIRST_BUCKETS],
            dead: FREE,
            growth: 0,
        }
    }
}

/// The reference's string hash: every byte of a short string, a sample of a long one.
#[inline]
fn hash(bytes: &[u8]) -> u32 {
    let seed = bytes.len() as u32;
    let mix = |hash: u32, byte: &u8| hash ^ (hash << 5).wrapping_add(hash >> 2).wrapping_add(u32::from(*byte));
    match (bytes.len() >> 5) + 1 {
        1 => bytes.iter().rev().fold(seed, mix),
        step => bytes.iter().rev().step_by(step).take(bytes.len() / step).fold(seed, mix),
    }
}

/// The bytes that a bucket is accounted with.
const BUCKET_WEIGHT: usize = 8;

/// The bytes that a string of this length is accounted with.
pub const fn weight(length: usize) -> usize {
    25 + length
}

impl Strings {
    /// Finds or makes the string with these bytes. Says whether it is new.
    pub fn intern(&mut self, bytes: &[u8], mark: u8) -> (StringRef, bool) {
        let hash = hash(bytes);
        match self.find_hashed(bytes, hash) {
            Some(found) => (self.revived(found, mark), false),
            None => (self.insert(Content::new(bytes), hash, mark), true),
        }
    }

    /// Likewise for a part of a string, cut to its end.
    pub fn intern_part(&mut self, whole: StringRef, part: Range<usize>, mark: u8) -> (StringRef, bool) {
        let whole = self.bytes(whole);
        let end = part.end.min(whole.len());
        let bytes = whole.get(part.start..end).unwrap_or_default();
        let hash = hash(bytes);
        match self.find_hashed(bytes, hash) {
            Some(found) => (self.revived(found, mark), false),
            None => {
                let content = Content::new(bytes);
                (self.insert(content, hash, mark), true)
            }
        }
    }

    /// Likewise for bytes that can become the string's own without a copy.
    pub fn intern_owned(&mut self, bytes: Vec<u8>, mark: u8) -> (StringRef, bool) {
        let hash = hash(&bytes);
        match self.find_hashed(&bytes, hash) {
            Some(found) => (self.revived(found, mark), false),
            None if bytes.len() <= INLINE => (self.insert(Content::new(&bytes), hash, mark), true),
            None => (self.insert(Content::Boxed(bytes.into_boxed_slice()), hash, mark), true),
        }
    }

    /// Finds the string with these bytes, if there is one that is alive.
    pub fn find(&self, bytes: &[u8]) -> Option<StringRef> {
        let found = self.find_hashed(bytes, hash(bytes))?;
        (self.dead == FREE || self.marks[found.index as usize] != self.dead).then_some(found)
    }

    /// A string that somebody asked for: it lives again if it was dead and not yet swept.
    #[inline(always)]
    fn revived(&mut self, string: StringRef, mark: u8) -> StringRef {
        if self.dead != FREE {
            self.revive(string, mark);
        }
        string
    }

    #[cold]
    fn revive(&mut self, string: StringRef, mark: u8) {
        let slot = &mut self.marks[string.index as usize];
        if *slot == self.dead {
            *slot = mark;
        }
    }

    #[inline]
    fn find_hashed(&self, bytes: &[u8], hash: u32) -> Option<StringRef> {
        let mut index = self.buckets[hash as usize & (self.buckets.len() - 1)];
        while index != NONE {
            let slot = &self.slots[index as usize];
            if slot.hash == hash && slot.content.as_slice() == bytes {
                return Some(StringRef::new(index, hash));
            }
            index = slot.next;
        }
        None
    }

    fn insert(&mut self, content: Content, hash: u32, mark: u8) -> StringRef {
        let bucket = hash as usize & (self.buckets.len() - 1);
        let slot = Slot { content, hash, next: self.buckets[bucket] };
        let index = match self.free.pop() {
            Some(index) => {
                self.slots[index as usize] = slot;
                self.marks[index as usize] = mark;
                index
            }
            None => {
                self.slots.push(slot);
                self.marks.push(mark);
                self.generations.push(0);
                self.slots.len() as u32 - 1
            }
        };
        self.buckets[bucket] = index;
        if self.count() > self.buckets.len() {
            self.grow();
        }
        StringRef::new(index, hash)
    }

    #[cold]
    fn grow(&mut self) {
        let size = self.buckets.len() * 2;
        self.growth += size / 2 * BUCKET_WEIGHT;
        self.rehash(size);
    }

    /// Distributes the strings over so many buckets.
    fn rehash(&mut self, size: usize) {
        self.buckets.clear();
        self.buckets.resize(size, NONE);
        for (index, slot) in self.slots.iter_mut().enumerate() {
            if self.marks[index] != FREE {
                let bucket = slot.hash as usize & (size - 1);
                slot.next = std::mem::replace(&mut self.buckets[bucket], index as u32);
            }
        }
    }

    /// The bytes of a string.
    #[inline(always)]
    pub fn bytes(&self, string: StringRef) -> &[u8] {
        debug_assert!(self.is_alive(string.index), "a reference to a string that is gone");
        self.slots[string.index as usize].content.as_slice()
    }

    fn is_alive(&self, index: u32) -> bool {
        self.marks[index as usize] != FREE && self.marks[index as usize] != self.dead
    }

    /// The whole hash of a string.
    pub fn full_hash(&self, string: StringRef) -> u32 {
        self.slots[string.index as usize].hash
    }

    /// The generation of a slot, if a live string is in it now.
    pub fn generation(&self, index: u32) -> Option<u32> {
        let mark = *self.marks.get(index as usize)?;
        (mark != FREE && mark != self.dead).then(|| self.generations[index as usize])
    }

    /// The bytes by which the buckets have grown since the last time.
    #[inline(always)]
    pub(super) fn take_growth(&mut self) -> usize {
        std::mem::take(&mut self.growth)
    }

    /// The reference to the string in a slot that is known to hold one.
    pub fn reference(&self, index: u32) -> StringRef {
        StringRef::new(index, self.slots[index as usize].hash)
    }

    /// Marks a string.
    #[inline(always)]
    pub(super) fn mark(&mut self, string: StringRef, mark: u8) {
        mark_slot(&mut self.marks, string.index, mark);
    }

    /// Gives every string that has one mark another one.
    pub(super) fn change_marks(&mut self, from: u8, to: u8) {
        change_marks(&mut self.marks, from, to);
    }

    /// Says which mark the dead have, from the end of marking to the end of the sweep; [`FREE`] for none.
    pub(super) fn set_dead(&mut self, dead: u8) {
        self.dead = dead;
    }

    /// Whether the string has this mark.
    pub fn has_mark(&self, string: StringRef, mark: u8) -> bool {
        self.marks[string.index as usize] == mark
    }

    /// Sweeps so many buckets, from one on: frees the dead. Objects are counted by buckets, as the reference does.
    ///
    /// If the buckets are doubled in the middle of a sweep, it goes on at the same one: the strings of those before it are
    /// now there or in the upper half, which is still to come.
    pub(super) fn sweep(&mut self, from: usize, most: usize) -> Swept {
        let end = self.buckets.len().min(from.saturating_add(most));
        let mut freed = 0;
        for bucket in from..end {
            let mut previous = NONE;
            let mut index = self.buckets[bucket];
            while index != NONE {
                let next = self.slots[index as usize].next;
                if self.marks[index as usize] == self.dead {
                    match previous {
                        NONE => self.buckets[bucket] = next,
                        _ => self.slots[previous as usize].next = next,
                    }
                    freed += self.release(index);
                } else {
                    previous = index;
                }
                index = next;
            }
        }
        Swept { freed, objects: end - from, next: (end < self.buckets.len()).then_some(end) }
    }

    /// Halves the buckets if there are far too many, as the reference does after a sweep. Gives the bytes that this frees.
    pub(super) fn shrink(&mut self) -> usize {
        let size = self.buckets.len();
        if size <= FIRST_BUCKETS || self.count() >= size / 4 {
            return 0;
        }
        self.rehash(size / 2);
        size / 2 * BUCKET_WEIGHT
    }

    fn release(&mut self, index: u32) -> usize {
        let slot = &mut self.slots[index as usize];
        let length = slot.content.as_slice().len();
        slot.content = Content::Inline { length: 0, bytes: [0; INLINE] };
        self.marks[index as usize] = FREE;
        // A slot whose generations are used up stays empty, so that no old handle ever fits a new string.
        if let Some(next) = self.generations[index as usize].checked_add(1) {
            self.generations[index as usize] = next;
            self.free.push(index);
        }
        weight(length)
    }

    /// How many strings there are.
    fn count(&self) -> usize {
        self.slots.len() - self.free.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_bytes_are_one_string_and_dead_ones_make_room() {
        let mut strings = Strings::default();
        let long = vec![b'x'; 100];
        let (a, new) = strings.intern(b"abc", 1);
        assert!(new);
        assert_eq!(strings.intern(b"abc", 1), (a, false));
        let (b, _) = strings.intern(&long, 1);
        assert_eq!(strings.bytes(b), &long[..]);
        strings.mark(a, 2);
        strings.set_dead(1);
        assert_eq!(strings.sweep(0, usize::MAX).freed, weight(100));
        strings.set_dead(FREE);
        assert_eq!((strings.count(), strings.bytes(a)), (1, &b"abc"[..]));
        let (c, new) = strings.intern(b"new", 1);
        assert!(new);
        assert_eq!(c.index, b.index);
    }

    #[test]
    fn a_dead_string_that_somebody_asks_for_lives_again() {
        let mut strings = Strings::default();
        let all: Vec<_> = (0..10).map(|n| strings.intern(format!("key{n}").as_bytes(), 1).0).collect();
        strings.set_dead(1);
        assert_eq!((strings.find(b"key3"), strings.generation(all[3].index)), (None, None));
        assert_eq!(strings.intern(b"key3", 2), (all[3], false));
        assert_eq!(strings.intern_owned(b"key4".to_vec(), 2), (all[4], false));
        assert_eq!(strings.intern_part(all[4], 0..4, 2), (all[4], false));
        assert_eq!(strings.find(b"key3"), Some(all[3]));
        strings.sweep(0, usize::MAX);
        strings.set_dead(FREE);
        assert_eq!((strings.count(), strings.find(b"key3"), strings.find(b"key4")), (2, Some(all[3]), Some(all[4])));
    }

    #[test]
    fn buckets_may_double_in_the_middle_of_a_sweep_and_shrink_after_it() {
        let mut strings = Strings::default();
        let name = |n: usize| format!("key{n}");
        (0..500).for_each(|n| _ = strings.intern(name(n).as_bytes(), 1));
        strings.set_dead(1);
        let mut next = strings.sweep(0, 100).next;
        (500..1000).for_each(|n| _ = strings.intern(name(n).as_bytes(), 2));
        assert_eq!(strings.take_growth(), 512 * BUCKET_WEIGHT);
        while let Some(from) = next {
            next = strings.sweep(from, 100).next;
        }
        strings.set_dead(2);
        assert_eq!(strings.count(), 500);
        strings.sweep(0, usize::MAX);
        assert_eq!((strings.count(), strings.shrink(), strings.shrink()), (0, 512 * BUCKET_WEIGHT, 0));
    }

    #[test]
    fn many_strings_stay_findable_as_the_buckets_grow() {
        let mut strings = Strings::default();
        let all: Vec<_> = (0..5000).map(|n| strings.intern(format!("key{n}").as_bytes(), 1).0).collect();
        for (n, string) in all.iter().enumerate() {
            assert_eq!(strings.intern(format!("key{n}").as_bytes(), 1), (*string, false));
        }
    }
}
