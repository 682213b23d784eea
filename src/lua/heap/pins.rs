//! Pins: the objects that a host keeps alive, each with the number of times that it asked for it.

use std::collections::BTreeMap;

use super::Value;

/// A set of values with counts, part of the roots. In a fixed order, so that copies of a state behave alike.
#[derive(Clone, Debug, Default)]
pub(super) struct Pins {
    counts: BTreeMap<u64, (Value, u64)>,
}

impl Pins {
    /// How often a value is pinned.
    pub fn count(&self, value: Value) -> u64 {
        self.counts.get(&value.bits()).map_or(0, |(_, count)| *count)
    }

    /// Sets how often a value is pinned.
    pub fn set_count(&mut self, value: Value, count: u64) {
        match count {
            0 => self.counts.remove(&value.bits()),
            _ => self.counts.insert(value.bits(), (value, count)),
        };
    }

    /// Every pinned value.
    pub fn values(&self) -> impl Iterator<Item = Value> {
        self.counts.values().map(|(value, _)| *value)
    }
}
