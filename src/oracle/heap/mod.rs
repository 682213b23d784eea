//! The host's API does what a model says, whatever the order of operations and whenever garbage is collected.
//!
//! Formally: a case is a list of [`Stage`]s, each a transaction of [`Operation`]s that is committed or rolled back, perhaps with little
//! room for memory, and what the host does then: nothing, a collection, or a call of a Lua function that writes and allocates.
//! A model with maps for tables runs beside the state. The claim holds if
//!
//! 1. every operation gives what the model gives, and is refused exactly if one of its handles is of a collected object, if the key
//!    is nil, or the value not pinned; memory may be refused only where room is little;
//! 2. after every stage each table has the model's entries, its metatable and a border as its length, each string its bytes, each
//!    userdata its metatable, and exactly the handles of objects that the model holds to be collected are refused as stale;
//! 3. a rollback leaves every table as it was, down to the order of `next` and the length, and after a collection the account of memory;
//! 4. a copy of the state refuses every handle.
//!
//! The model knows which objects are reachable, so it knows exactly which handles a collection makes stale. Not looked at: finalisers, weak
//! tables, threads, light userdata, and NaN as a key.
//!
//! [`Stress`] says when garbage is collected: as ever, a step at every allocation, or all of it. Operations name objects by number, modulo how
//! many there are, so that every list of operations means something: no case says nothing.

mod model;
mod operation;
mod run;
pub mod text;
mod verify;

use std::fmt::Debug;

use super::Verdict;
use super::panics::caught;
use crate::lua::heap::{AccessError, Stress};
use crate::lua::vm::State;

pub use model::Item;
pub use operation::{Afterwards, Operation, Stage};
pub use run::Moment;

/// The oracle's name.
pub const NAME: &str = "heap";

/// Whether a state does with these stages what the model does.
pub fn check(stages: &[Stage], stress: Stress) -> Verdict {
    check_meddled(stages, stress, &mut |_, _| {})
}

/// As [`check`], with somebody who does something to the state behind the model's back.
pub fn check_meddled(stages: &[Stage], stress: Stress, meddle: &mut dyn FnMut(Moment, &mut State)) -> Verdict {
    caught(NAME, || match run::run(stages, stress, meddle) {
        Ok(()) => Verdict::Holds,
        Err(flaw) => Verdict::broken(NAME, flaw.class, flaw.what, flaw.place),
    })
}

/// Where a state is not what the model says.
#[derive(Debug)]
struct Flaw {
    /// What is wrong, without values.
    class: &'static str,
    what: String,
    place: String,
}

impl Flaw {
    fn new(class: &'static str, what: impl Into<String>) -> Self {
        Self { class, what: what.into(), place: String::new() }
    }

    /// The flaw with where it was found, unless that is known more exactly.
    fn at(self, place: impl FnOnce() -> String) -> Self {
        if self.place.is_empty() { Self { place: place(), ..self } } else { self }
    }
}

/// # Errors
/// A flaw of this class, if two things are not the same.
fn agree<T: Debug + PartialEq>(class: &'static str, expected: &T, found: &T) -> Result<(), Flaw> {
    if expected == found { Ok(()) } else { Err(Flaw::new(class, format!("{expected:?} against {found:?}"))) }
}

/// Why an operation was not done in the model: it was refused, or something is wrong.
#[derive(Debug)]
enum Undone {
    Refused(AccessError),
    Wrong(Flaw),
}

impl From<AccessError> for Undone {
    fn from(error: AccessError) -> Self {
        Self::Refused(error)
    }
}

impl From<Flaw> for Undone {
    fn from(flaw: Flaw) -> Self {
        Self::Wrong(flaw)
    }
}

#[cfg(test)]
mod tests;
