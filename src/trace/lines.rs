//! The source lines of instructions, which events do not hold: lines take no part in what a program does, so a trace is the same
//! with and without them, and a compiler whose lines are wrong is found by comparing chunks.
//!
//! A reader who has the program's prototypes finds a traced one among them by what its event says. Functions that were loaded
//! while the program ran are known only to who saw them ([`Lines::add`]). Where the prototypes come from is not known here.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use super::probe::PrototypeFacts;
use crate::lua::bytecode::Prototype;

/// What the event of a prototype says of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Identity {
    /// The chunk name.
    pub source: Vec<u8>,
    pub line_defined: u32,
    pub last_line_defined: u32,
    /// The hash of its instructions.
    pub code: u64,
}

/// The lines of the instructions of prototypes.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    /// Nothing for prototypes that cannot be told apart and whose lines are not the same.
    known: HashMap<Identity, Option<Arc<[u32]>>>,
}

impl Lines {
    /// Those of a main function and of all that are nested in it.
    pub fn of(main: &Prototype) -> Self {
        let mut lines = Self::default();
        let mut pending = vec![main];
        while let Some(prototype) = pending.pop() {
            lines.add(&prototype.into());
            pending.extend(prototype.prototypes.iter().map(|nested| &**nested));
        }
        lines
    }

    /// Adds those of a prototype.
    pub fn add(&mut self, facts: &PrototypeFacts) {
        let identity = Identity {
            source: facts.source.clone(),
            line_defined: facts.line_defined,
            last_line_defined: facts.last_line_defined,
            code: facts.code_hash(),
        };
        match self.known.entry(identity) {
            Entry::Vacant(entry) => {
                entry.insert(Some(facts.lines.as_slice().into()));
            }
            Entry::Occupied(mut entry) if entry.get().as_deref() != Some(&facts.lines) => {
                entry.insert(None);
            }
            Entry::Occupied(_) => {}
        }
    }

    /// The line of each instruction of a prototype, as far as there are any; `None` for one that is not known, or could be either
    /// of two.
    pub fn get(&self, identity: &Identity) -> Option<Arc<[u32]>> {
        self.known.get(identity).cloned().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(lines: &[u32]) -> PrototypeFacts {
        PrototypeFacts {
            source: b"@x".to_vec(),
            line_defined: 1,
            last_line_defined: 2,
            code: vec![5],
            lines: lines.into(),
        }
    }

    #[test]
    fn lines_are_those_of_the_one_that_it_must_be() {
        let identity = |code: u32| Identity {
            source: b"@x".to_vec(),
            line_defined: 1,
            last_line_defined: 2,
            code: PrototypeFacts { code: vec![code], ..PrototypeFacts::default() }.code_hash(),
        };
        let mut lines = Lines::default();
        lines.add(&facts(&[1]));
        lines.add(&facts(&[1]));
        assert_eq!(lines.get(&identity(5)).as_deref(), Some([1].as_slice()));
        assert_eq!(lines.get(&identity(6)), None);
        lines.add(&facts(&[2]));
        assert_eq!(lines.get(&identity(5)), None, "one of two");
        lines.add(&facts(&[2]));
        assert_eq!(lines.get(&identity(5)), None);
    }
}
