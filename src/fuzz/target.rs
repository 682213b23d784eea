//! The targets by name. Data alone.

use std::fmt;

use crate::oracle;

/// An oracle, fed by a generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    Parse,
    Bytecode,
    Execute,
    Trace,
    Library,
    Chunk,
    Roundtrip,
    Heap,
    Clone,
}

impl Target {
    /// All of them, in the order of their names' list.
    pub const ALL: [Self; 9] = [
        Self::Parse,
        Self::Bytecode,
        Self::Execute,
        Self::Trace,
        Self::Library,
        Self::Chunk,
        Self::Roundtrip,
        Self::Heap,
        Self::Clone,
    ];

    /// The oracle's name, which is the target's as well.
    pub fn name(self) -> &'static str {
        oracle::NAMES[self as usize]
    }

    /// The target of this name, if there is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|target| target.name() == name)
    }
}

impl fmt::Display for Target {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_oracles_in_their_order() {
        assert_eq!(Target::ALL.map(Target::name), oracle::NAMES);
        assert_eq!(Target::Heap.name(), oracle::heap::NAME);
        assert!(Target::ALL.into_iter().all(|target| Target::from_name(target.name()) == Some(target)));
        assert_eq!(Target::from_name("nothing"), None);
    }
}
