//! Every distinct string of a chunk once: names and string constants are compared as small numbers from here on.

use std::sync::Arc;

use crate::lua::bytecode::Bytes;

/// An interned string.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct NameId(pub u32);

/// A slot of the hash table; `id_plus_one` is 0 in a free one.
#[derive(Clone, Copy, Default)]
struct Slot {
    hash: u32,
    id_plus_one: u32,
}

/// The strings and an open-addressed table over them.
pub(in super::super) struct Interner {
    strings: Vec<Bytes>,
    /// A power of two of slots, at most half of them taken.
    slots: Vec<Slot>,
}

impl Interner {
    pub fn new() -> Self {
        Self { strings: Vec::new(), slots: vec![Slot::default(); 128] }
    }

    /// The string of an id that this interner gave.
    pub fn bytes(&self, id: NameId) -> &Bytes {
        &self.strings[id.0 as usize]
    }

    /// The id of these bytes, a new one if they were never seen.
    pub fn intern(&mut self, bytes: &[u8]) -> NameId {
        let hash = hash(bytes);
        let mask = self.slots.len() - 1;
        let mut position = hash as usize & mask;
        loop {
            let slot = self.slots[position];
            if slot.id_plus_one == 0 {
                return self.insert(position, hash, bytes);
            }
            let id = NameId(slot.id_plus_one - 1);
            if slot.hash == hash && **self.bytes(id) == *bytes {
                return id;
            }
            position = (position + 1) & mask;
        }
    }

    fn insert(&mut self, position: usize, hash: u32, bytes: &[u8]) -> NameId {
        let id = self.strings.len() as u32;
        self.strings.push(Arc::from(bytes));
        self.slots[position] = Slot { hash, id_plus_one: id + 1 };
        if self.strings.len() * 2 > self.slots.len() {
            self.grow();
        }
        NameId(id)
    }

    fn grow(&mut self) {
        let size = self.slots.len() * 4;
        let old = std::mem::replace(&mut self.slots, vec![Slot::default(); size]);
        for slot in old.into_iter().filter(|slot| slot.id_plus_one != 0) {
            let mut position = slot.hash as usize & (size - 1);
            while self.slots[position].id_plus_one != 0 {
                position = (position + 1) & (size - 1);
            }
            self.slots[position] = slot;
        }
    }
}

/// A hash of eight bytes at a time, each mixed by a multiplication whose high half is folded back.
fn hash(bytes: &[u8]) -> u32 {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut state = bytes.len() as u64;
    for word in words {
        state = mix(state, u64::from_le_bytes(*word));
    }
    let last = rest.iter().fold(0, |last, &byte| last << 8 | u64::from(byte));
    let state = mix(state, last);
    (state ^ state >> 32) as u32
}

/// One step of [`hash`], also the hash of a single word.
pub(in super::super) fn mix(state: u64, word: u64) -> u64 {
    let product = u128::from(state ^ word ^ 0x9E37_79B9_7F4A_7C15) * 0xD6E8_FEB8_6659_FD93;
    product as u64 ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_bytes_have_one_id() {
        let mut names = Interner::new();
        let texts: Vec<Vec<u8>> = (0..1000u32).map(|n| format!("name{n}").into_bytes()).collect();
        let ids: Vec<NameId> = texts.iter().map(|text| names.intern(text)).collect();
        for (text, id) in texts.iter().zip(&ids) {
            assert_eq!(names.intern(text), *id);
            assert_eq!(**names.bytes(*id), **text);
        }
        assert_ne!(names.intern(b""), names.intern(b"\0"));
    }
}
