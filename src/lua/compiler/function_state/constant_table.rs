//! The constants of one function, found by value: each distinct one has one place, in the order of first use.

use crate::lua::bytecode::{Constant, MAX_ARG_BX};
use crate::lua::compiler::lexer::{NameId, mix};

/// More constants than this are looked up by hash.
const LINEAR_LIMIT: usize = 8;

/// A constant as a key: numbers are their bits, everything else hides among the NaNs, of which no constant is one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct ConstantKey(u64);

impl ConstantKey {
    pub const NIL: Self = Self(0xFFFD << 48);

    pub fn boolean(value: bool) -> Self {
        Self(0xFFFE << 48 | value as u64)
    }

    pub fn string(name: NameId) -> Self {
        Self(0xFFFF << 48 | u64::from(name.0))
    }

    /// `-0` and `0` are the same key, as they are in a Lua table, so whichever comes first serves both.
    pub fn number(value: f64) -> Self {
        Self(if value == 0.0 { 0 } else { value.to_bits() })
    }
}

/// The constants and an open-addressed table over their keys.
#[derive(Default)]
pub(in super::super) struct ConstantTable {
    keys: Vec<ConstantKey>,
    values: Vec<Constant>,
    /// Indices of `keys` plus one, 0 for a free slot; a power of two of slots, at most half of them taken; empty while
    /// linear search will do.
    slots: Vec<u32>,
}

impl ConstantTable {
    /// How many constants there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// The index of the constant with this key, which `make` makes if it is new. `None` if the table is full.
    pub fn find_or_add(&mut self, key: ConstantKey, make: impl FnOnce() -> Constant) -> Option<u32> {
        if self.slots.is_empty() {
            if let Some(index) = self.keys.iter().position(|&known| known == key) {
                return Some(index as u32);
            }
        } else {
            let position = self.slot_of(key);
            if self.slots[position] != 0 {
                return Some(self.slots[position] - 1);
            }
            self.slots[position] = self.keys.len() as u32 + 1;
        }
        let index = self.keys.len() as u32;
        if index >= MAX_ARG_BX {
            return None;
        }
        self.keys.push(key);
        self.values.push(make());
        if self.keys.len() > LINEAR_LIMIT && self.keys.len() * 2 > self.slots.len() {
            self.grow();
        }
        Some(index)
    }

    /// Forgets all constants.
    pub fn clear(&mut self) {
        self.keys.clear();
        self.values.clear();
        self.slots.clear();
    }

    /// Moves the constants out.
    pub fn take_values(&mut self) -> Vec<Constant> {
        self.values.drain(..).collect()
    }

    /// The slot where the key is, or the free one where it belongs.
    fn slot_of(&self, key: ConstantKey) -> usize {
        let mask = self.slots.len() - 1;
        let mut position = mix(key.0, 0) as usize & mask;
        while self.slots[position] != 0 && self.keys[self.slots[position] as usize - 1] != key {
            position = (position + 1) & mask;
        }
        position
    }

    fn grow(&mut self) {
        let size = (self.keys.len() * 4).next_power_of_two();
        self.slots.clear();
        self.slots.resize(size, 0);
        for index in 0..self.keys.len() {
            let position = self.slot_of(self.keys[index]);
            self.slots[position] = index as u32 + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_place_for_each_value_in_the_order_of_first_use() {
        let mut table = ConstantTable::default();
        let mut add = |key| table.find_or_add(key, || Constant::Nil);
        assert_eq!(add(ConstantKey::number(-0.0)), Some(0));
        assert_eq!(add(ConstantKey::NIL), Some(1));
        assert_eq!(add(ConstantKey::boolean(false)), Some(2));
        for n in 1..1000u32 {
            assert_eq!(add(ConstantKey::number(f64::from(n))), Some(2 * n + 1));
            assert_eq!(add(ConstantKey::string(NameId(n))), Some(2 * n + 2));
        }
        assert_eq!(add(ConstantKey::number(0.0)), Some(0));
        assert_eq!(add(ConstantKey::number(500.0)), Some(1001));
        assert_eq!(add(ConstantKey::string(NameId(7))), Some(16));
        assert_eq!(add(ConstantKey::boolean(false)), Some(2));
        assert_eq!(add(ConstantKey::boolean(true)), Some(2001));
        assert_eq!(table.len(), 2002);
    }

    #[test]
    fn it_is_full_at_the_reference_s_limit() {
        let mut table = ConstantTable::default();
        for n in 0..MAX_ARG_BX {
            assert_eq!(table.find_or_add(ConstantKey::number(f64::from(n)), || Constant::Nil), Some(n));
        }
        assert_eq!(table.find_or_add(ConstantKey::NIL, || Constant::Nil), None);
        assert_eq!(table.find_or_add(ConstantKey::number(5.0), || Constant::Nil), Some(5));
    }
}
