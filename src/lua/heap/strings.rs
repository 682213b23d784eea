//! Interned strings: every string exists once, so that equality is identity.
//!
//! The hash is the reference's (`lstring.c`), because the order in which tables iterate depends on it.

use std::ops::Range;

use super::object::StringRef;

const INLINE: usize = 22;
const NONE: u32 = u32::MAX;
const FREE: u8 = 0;

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
}

impl Default for Strings {
    fn default() -> Self {
        Self {
            slots: Vec::new(),
            marks: Vec::new(),
            generations: Vec::new(),
            free: Vec::new(),
            buckets: vec![NONE; 512],
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

/// The bytes that a string of this length is accounted with.
pub const fn weight(length: usize) -> usize {
    25 + length
}

impl Strings {
    /// Finds or makes the string with these bytes. Says whether it is new.
    pub fn intern(&mut self, bytes: &[u8], mark: u8) -> (StringRef, bool) {
        let hash = hash(bytes);
        match self.find_hashed(bytes, hash) {
            Some(found) => (found, false),
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
            Some(found) => (found, false),
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
            Some(found) => (found, false),
            None if bytes.len() <= INLINE => (self.insert(Content::new(&bytes), hash, mark), true),
            None => (self.insert(Content::Boxed(bytes.into_boxed_slice()), hash, mark), true),
        }
    }

    /// Finds the string with these bytes, if there is one.
    pub fn find(&self, bytes: &[u8]) -> Option<StringRef> {
        self.find_hashed(bytes, hash(bytes))
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

    fn grow(&mut self) {
        let size = self.buckets.len() * 2;
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
        debug_assert!(self.marks[string.index as usize] != FREE, "a reference to a string that is gone");
        self.slots[string.index as usize].content.as_slice()
    }

    /// The whole hash of a string.
    pub fn full_hash(&self, string: StringRef) -> u32 {
        self.slots[string.index as usize].hash
    }

    /// The generation of a slot, if a string is in it now.
    pub fn generation(&self, index: u32) -> Option<u32> {
        let live = *self.marks.get(index as usize)? != FREE;
        live.then(|| self.generations[index as usize])
    }

    /// The reference to the string in a slot that is known to hold one.
    pub fn reference(&self, index: u32) -> StringRef {
        StringRef::new(index, self.slots[index as usize].hash)
    }

    /// Marks a string.
    #[inline(always)]
    pub fn mark(&mut self, string: StringRef, mark: u8) {
        debug_assert!(self.marks[string.index as usize] != FREE, "the collector reached a string that is gone");
        self.marks[string.index as usize] = mark;
    }

    /// Whether the string has this mark.
    pub fn has_mark(&self, string: StringRef, mark: u8) -> bool {
        self.marks[string.index as usize] == mark
    }

    /// Frees every string that does not have this mark; gives their weight.
    pub fn sweep(&mut self, live: u8) -> usize {
        let mut freed = 0;
        for bucket in 0..self.buckets.len() {
            let mut previous = NONE;
            let mut index = self.buckets[bucket];
            while index != NONE {
                let next = self.slots[index as usize].next;
                if self.marks[index as usize] == live {
                    previous = index;
                } else {
                    match previous {
                        NONE => self.buckets[bucket] = next,
                        _ => self.slots[previous as usize].next = next,
                    }
                    freed += self.release(index);
                }
                index = next;
            }
        }
        freed
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
        assert_eq!(strings.sweep(2), weight(100));
        assert_eq!((strings.count(), strings.bytes(a)), (1, &b"abc"[..]));
        let (c, new) = strings.intern(b"new", 1);
        assert!(new);
        assert_eq!(c.index, b.index);
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
