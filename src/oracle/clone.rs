//! A copy of a state behaves as its original.
//!
//! Formally: let *S* be a new state with all libraries in which a chunk *a* was run, and *S′*, *S″* copies of it. Running a chunk
//! *b* in *S* and in *S′* ends in the same way, with the same values (objects by what identifies them within their state), the same
//! output, as many executed instructions and the same account of memory. After that has been done, *S* was collected and dropped,
//! a copy of *S″* still does the same: nothing is shared.
//!
//! Not looked at: what the reference does with *a* and *b* (`execute`). What lies outside states is shared and may show: files,
//! processes, the clock. So if a copy differs, the whole is run again in another new state: where that does not do the same
//! either, the case says nothing. A *b* that is refused says nothing.

use super::panics::caught;
use super::{Silence, Verdict};
use crate::lua::embed::{Script, ScriptError};
use crate::lua::vm::{Counter, State};

/// The oracle's name.
pub const NAME: &str = "clone";

/// How many instructions each of the chunks may execute.
const BUDGET: u64 = 300_000;
/// How many bytes a state may hold.
const MEMORY: usize = 64 << 20;

/// Whether a copy made between two chunks goes on as the original does.
pub fn check(before: &[u8], after: &[u8]) -> Verdict {
    check_copies(before, after, State::clone)
}

/// As [`check`], with copies that are made in this way: `State::clone`, or one that is wrong.
pub fn check_copies(before: &[u8], after: &[u8], copy: impl Fn(&State) -> State) -> Verdict {
    caught(NAME, || {
        let mut original = new_state();
        run(&mut original, before);
        let (mut one, untouched) = (copy(&original), copy(&original));
        let expected = run(&mut original, after);
        if expected.end == REFUSED {
            return Verdict::SaysNothing(Silence::Refused);
        }
        if let Some(field) = run(&mut one, after).differs_from(&expected) {
            return broken(field, "beside the original", before, after, &expected);
        }
        original.collect_garbage();
        drop(original);
        match run(&mut copy(&untouched), after).differs_from(&expected) {
            Some(field) => broken(field, "after the original", before, after, &expected),
            None => Verdict::Holds,
        }
    })
}

/// A copy that differs is wrong only if no state is needed to see a difference.
fn broken((field, what): (&'static str, String), when: &str, before: &[u8], after: &[u8], expected: &Seen) -> Verdict {
    let mut another = new_state();
    run(&mut another, before);
    match run(&mut another, after).differs_from(expected) {
        Some(_) => Verdict::SaysNothing(Silence::NotRepeatable),
        None => Verdict::broken(NAME, &format!("another {field}"), what, format!("in a copy that runs {when}")),
    }
}

fn new_state() -> State {
    let mut state = State::with_libraries();
    state.capture_output();
    state.discard_errors();
    state.set_input(Vec::new());
    state.heap.set_limit(MEMORY);
    state
}

/// What a run left for the world to see.
#[derive(Debug, PartialEq)]
struct Seen {
    end: String,
    output: Vec<u8>,
    instructions: u64,
    allocated: usize,
}

/// How a run ends whose chunk is refused.
const REFUSED: &str = "refused";

impl Seen {
    /// What of it is not the same first, and both sides of that.
    fn differs_from(&self, expected: &Self) -> Option<(&'static str, String)> {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let fields = [
            ("output", text(&expected.output), text(&self.output)),
            ("end", expected.end.clone(), self.end.clone()),
            ("number of instructions", expected.instructions.to_string(), self.instructions.to_string()),
            ("account of memory", expected.allocated.to_string(), self.allocated.to_string()),
        ];
        // Bytes that are no text may become the same text.
        if self == expected {
            return None;
        }
        let found = fields.into_iter().find(|(_, expected, found)| expected != found);
        Some(found.map_or(("output", String::new()), |(field, expected, found)| {
            (field, format!("{expected} against {found}"))
        }))
    }
}

fn run(state: &mut State, chunk: &[u8]) -> Seen {
    let script = Script { chunk, name: b"=chunk", arguments: &[], path: b"" };
    let mut counter = Counter { executed: 0, budget: BUDGET };
    let end = match state.run_script(&script, &mut counter) {
        // Values print as what identifies them in their state, and these states are the same.
        Ok(values) => format!("{values:?}"),
        Err(ScriptError::Raised { value, traceback }) => format!("{value:?}{}", String::from_utf8_lossy(&traceback)),
        Err(ScriptError::Refused(_)) => REFUSED.to_owned(),
        Err(other) => format!("{other:?}"),
    };
    let (output, allocated) = (state.take_output(), state.heap.allocated());
    Seen { end, output, instructions: counter.executed, allocated }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::super::smoke;
    use super::super::wrong::fingerprint_of;
    use super::*;
    use crate::lua::heap::Value;

    /// A copy that has run something that the original has not.
    fn changed(before: &str, after: &str, change: &'static str) -> String {
        let verdict = check_copies(before.as_bytes(), after.as_bytes(), |state| {
            let mut copy = state.clone();
            run(&mut copy, change.as_bytes());
            copy
        });
        fingerprint_of(&verdict).unwrap_or_default()
    }

    #[test]
    fn every_kind_of_difference_is_found() {
        assert_eq!(changed("x = 1", "print(x)", "x = 2"), "clone: another output");
        assert_eq!(changed("x = 1", "return x", "x = 2"), "clone: another end");
        assert_eq!(changed("x = 1", "error(x)", "x = 2"), "clone: another end");
        assert_eq!(changed("x = 1", "for i = 1, x do end", "x = 2"), "clone: another number of instructions");
        assert_eq!(changed("x = 1", "y = 1", "z = {}"), "clone: another account of memory");
        let random = changed("math.randomseed(1)", "return math.random()", "math.random()");
        assert_eq!(random, "clone: another end", "the state of random numbers belongs to the state");
    }

    #[test]
    fn what_is_shared_with_the_original_is_found() {
        // The first two copies are as they should be; the copy of the second, made when the original is gone, is not.
        let made = Cell::new(0);
        let verdict = check_copies(b"x = 1", b"return x", |state| {
            made.set(made.get() + 1);
            let mut copy = state.clone();
            if made.get() == 3 {
                let (globals, key) = (copy.globals(), copy.heap.string(b"x"));
                copy.heap.raw_set(globals, key, Value::number(3.0)).expect("a valid key");
            }
            copy
        });
        let finding = verdict.finding().expect("it is found");
        assert_eq!(
            (&*finding.fingerprint, &*finding.place),
            ("clone: another end", "in a copy that runs after the original")
        );
    }

    #[test]
    fn what_puts_nothing_to_the_test_says_nothing() {
        assert_eq!(check(b"", b"x = ="), Verdict::SaysNothing(Silence::Refused));
        assert_eq!(check(b"", b"return os.tmpname()"), Verdict::SaysNothing(Silence::NotRepeatable));
        assert_eq!(check(b"error('stopped')", b"return 1, {}, print"), Verdict::Holds);
    }

    #[test]
    fn what_is_not_in_objects_is_copied_as_well() {
        for (before, after) in [
            ("math.randomseed(42) math.random()", "return math.random(), math.random()"),
            ("c = coroutine.wrap(function() for i = 1, 9 do coroutine.yield(i) end end) c()", "return c(), c()"),
            ("do local n = 0 function f() n = n + 1 return n end function g() return n end end f()", "return f(), g()"),
            ("setmetatable(getmetatable(''), {__index = {x = 1}})", "return ('').x"),
            ("debug.sethook(function() n = (n or 0) + 1 end, 'l')", "local a\nlocal b\nreturn n"),
            ("collectgarbage('setpause', 150)", "return collectgarbage('setpause', 100)"),
        ] {
            assert_eq!(check(before.as_bytes(), after.as_bytes()), Verdict::Holds, "{before}");
        }
    }

    #[test]
    fn smoke() {
        let mut before = Vec::new();
        // Each after the one before it, so that there is something in the state.
        smoke::for_a_second(move |_, program| {
            let verdict = check(&before, &program.chunk);
            before.clone_from(&program.chunk);
            verdict
        });
    }
}
