//! A function survives being dumped, loaded, stripped and listed.
//!
//! Formally: let *p* be a function that the tested engine has compiled or loaded, *d* and *s* dump it whole and stripped, *u* loads a
//! chunk and *l* lists a function. The claim holds if
//!
//! 1. *u(d(p))* is accepted, and dumps to *d(p)* again;
//! 2. *l(u(d(p)))* is *l(p)*;
//! 3. *u(s(p))* is accepted, and strips to *s(p)* again; what a function stripped after it came back is, *s(u(d(p)))*, is *s(p)*;
//! 4. in *u(s(p))*, every function has the code, the constants, the frame and the lines of its definition that it has in *p*;
//! 5. the reference, given *d(p)* and *s(p)*, dumps *d(p)* and *d(u(s(p)))*.
//!
//! Not looked at: whether *p* is what the source means (`bytecode`), whether bytes that no dump made are read alike (`chunk`), and
//! text that is printed from a syntax tree: the compiler under test makes none.

use super::panics::caught;
use super::{Silence, Verdict};
use crate::engine::{BINARY_SIGNATURE, Engine};
use crate::lua::bytecode::{self, Detail, Marks, Prototype};
use crate::lua::compiler::{CompileOptions, compile};
use crate::outcome::{compare_chunks, escaped};

/// The oracle's name.
pub const NAME: &str = "roundtrip";

/// The directions of a round trip.
#[derive(Clone, Copy)]
pub struct Codec {
    /// The chunk of a function, stripped or not.
    pub dump: fn(&Prototype, bool) -> Vec<u8>,
    /// The function in a chunk, or the message that refuses it.
    pub undump: fn(&[u8]) -> Result<Prototype, Vec<u8>>,
    /// The listing of a function.
    pub list: fn(&Prototype) -> Vec<u8>,
}

impl Codec {
    /// Those of the engine under test.
    pub fn ferrous() -> Self {
        Self {
            dump: bytecode::dump,
            undump: |chunk| bytecode::undump(chunk, b"=again", 0).map_err(|error| error.message),
            list: |function| bytecode::list(function, Detail::Full, Marks::Numbers),
        }
    }
}

/// Whether the function of a source text or binary chunk survives.
pub fn check(codec: &Codec, reference: &mut dyn Engine, input: &[u8], name: &[u8]) -> Verdict {
    caught(NAME, || {
        let function = if input.first() == Some(&BINARY_SIGNATURE) {
            (codec.undump)(input).ok()
        } else {
            compile(input, name, CompileOptions { levels: 0 }).ok()
        };
        match function {
            None => Verdict::SaysNothing(Silence::Refused),
            Some(function) => survives(codec, reference, &function).err().unwrap_or(Verdict::Holds),
        }
    })
}

/// # Errors
/// The broken claim.
fn survives(codec: &Codec, reference: &mut dyn Engine, function: &Prototype) -> Result<(), Verdict> {
    let whole = (codec.dump)(function, false);
    let again = loaded(codec, &whole, "a whole chunk")?;
    same_chunk("dumped again", &whole, &(codec.dump)(&again, false))?;
    if (codec.list)(function) != (codec.list)(&again) {
        return Err(broken("listed again", "the listings differ"));
    }
    let stripped = (codec.dump)(function, true);
    let bare = loaded(codec, &stripped, "a stripped chunk")?;
    same_chunk("stripped again", &stripped, &(codec.dump)(&bare, true))?;
    same_chunk("stripped later", &stripped, &(codec.dump)(&again, true))?;
    if !same_code(function, &bare) {
        return Err(broken("code of a stripped chunk", "the functions do not do the same"));
    }
    same_in_reference("dumped by the reference", reference, &whole, &whole)?;
    same_in_reference("stripped, dumped by the reference", reference, &stripped, &(codec.dump)(&bare, false))
}

fn broken(class: &str, what: impl Into<String>) -> Verdict {
    Verdict::broken(NAME, class, what, class)
}

fn loaded(codec: &Codec, chunk: &[u8], what: &str) -> Result<Prototype, Verdict> {
    (codec.undump)(chunk).map_err(|message| broken(&format!("{what} is refused"), escaped(&message)))
}

fn same_chunk(class: &str, expected: &[u8], found: &[u8]) -> Result<(), Verdict> {
    match compare_chunks(expected, found, b"=again") {
        None => Ok(()),
        Some(difference) => {
            let text = format!("{}: {} against {}", difference.place, difference.reference, difference.subject);
            Err(broken(class, text))
        }
    }
}

fn same_in_reference(class: &str, reference: &mut dyn Engine, chunk: &[u8], expected: &[u8]) -> Result<(), Verdict> {
    use crate::engine::CompileFailure::{Crashed, OverMemory, Refused, TimedOut};
    match reference.compile(chunk, b"=again") {
        Ok(found) => same_chunk(class, &found, expected),
        Err(Refused(message)) => Err(broken(&format!("{class}: refused"), escaped(&message))),
        Err(OverMemory) => Err(Verdict::SaysNothing(Silence::Memory(reference.name().to_owned()))),
        Err(Crashed(note)) => Err(Verdict::SaysNothing(Silence::ReferenceCrashed(note))),
        Err(TimedOut) => Err(Verdict::SaysNothing(Silence::ReferenceTimedOut)),
    }
}

/// Whether two functions and all in them do the same, whatever their names and lines are.
fn same_code(one: &Prototype, other: &Prototype) -> bool {
    let frame = |function: &Prototype| {
        let Prototype { upvalue_count, parameter_count, vararg_flags, max_stack_size, .. } = *function;
        // Where a function is defined is no debug information.
        let lines = (function.line_defined, function.last_line_defined);
        (upvalue_count, parameter_count, vararg_flags, max_stack_size, lines)
    };
    let bare = |function: &Prototype| {
        // Constants have no equality of their own: numbers are compared by their bits.
        let alone =
            Prototype { code: function.code.clone(), constants: function.constants.clone(), ..Prototype::default() };
        bytecode::dump(&alone, true)
    };
    frame(one) == frame(other)
        && bare(one) == bare(other)
        && one.prototypes.len() == other.prototypes.len()
        && one.prototypes.iter().zip(&other.prototypes).all(|(one, other)| same_code(one, other))
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::super::smoke;
    use super::super::wrong::{Wrong, fingerprint_of};
    use super::*;
    use crate::engine::CompileFailure;
    use crate::engine::reference::ReferenceEngine;

    const SOURCE: &str = "local a = 1.5\nlocal function f(...) return a, ... end\nreturn f";

    fn verdict(codec: Codec, mut reference: Wrong) -> Verdict {
        check(&codec, &mut reference, SOURCE.as_bytes(), b"@a.lua")
    }

    fn good(chunk: &[u8]) -> Result<Prototype, Vec<u8>> {
        (Codec::ferrous().undump)(chunk)
    }

    /// Whether a loaded function came out of a stripped chunk.
    fn is_bare(function: &Prototype) -> bool {
        function.line_info.is_empty()
    }

    #[test]
    fn every_kind_of_difference_is_found() {
        let right = Codec::ferrous();
        let forgets_lines: fn(&[u8]) -> _ = |chunk| {
            good(chunk).map(|mut function| {
                function.line_info.iter_mut().for_each(|line| *line += 1);
                function
            })
        };
        let spoils_bare_code: fn(&[u8]) -> _ = |chunk| {
            good(chunk).map(|function| match is_bare(&function) {
                true => Prototype { max_stack_size: function.max_stack_size + 1, ..function },
                false => function,
            })
        };
        for (codec, fingerprint) in [
            (Codec { undump: forgets_lines, ..right }, "roundtrip: dumped again"),
            (Codec { undump: |_| Err(b"no".to_vec()), ..right }, "roundtrip: a whole chunk is refused"),
            (
                Codec {
                    undump: |chunk| good(chunk).and_then(|it| if is_bare(&it) { Err(b"no".to_vec()) } else { Ok(it) }),
                    ..right
                },
                "roundtrip: a stripped chunk is refused",
            ),
            (Codec { undump: spoils_bare_code, ..right }, "roundtrip: stripped again"),
            (Codec { list: |function| format!("{function:p}").into_bytes(), ..right }, "roundtrip: listed again"),
            (
                // Leaves out what is not needed, it thinks: the functions inside.
                Codec {
                    dump: |function, strip| match strip {
                        true => bytecode::dump(&Prototype { max_stack_size: 250, ..function.clone() }, true),
                        false => bytecode::dump(function, false),
                    },
                    ..right
                },
                "roundtrip: code of a stripped chunk",
            ),
        ] {
            let found = fingerprint_of(&verdict(codec, Wrong::not())).unwrap_or_default();
            assert_eq!(found, fingerprint);
        }
    }

    #[test]
    fn a_function_that_strips_to_something_else_when_it_came_back_is_found() {
        thread_local! {
            static STRIPPED: Cell<u32> = const { Cell::new(0) };
        }
        let codec = Codec {
            dump: |function, strip| {
                let mut chunk = bytecode::dump(function, strip);
                STRIPPED.set(STRIPPED.get() + u32::from(strip));
                // The one that was loaded is stripped last.
                if strip && STRIPPED.get() == 3 {
                    chunk.push(0);
                }
                chunk
            },
            ..Codec::ferrous()
        };
        let found = fingerprint_of(&verdict(codec, Wrong::not()));
        assert_eq!(found.as_deref(), Some("roundtrip: stripped later"));
    }

    #[test]
    fn a_reference_that_reads_something_else_is_found() {
        let found = |reference| fingerprint_of(&verdict(Codec::ferrous(), reference));
        let other = Wrong::compiling(|result| {
            result.map(|mut chunk| {
                chunk.push(0);
                chunk
            })
        });
        assert_eq!(found(other).as_deref(), Some("roundtrip: dumped by the reference"));
        let other_if_stripped = Wrong::compiling(|result| {
            result.map(|mut chunk| {
                if !chunk.windows(6).any(|part| part == b"@a.lua") {
                    chunk.push(0);
                }
                chunk
            })
        });
        assert_eq!(found(other_if_stripped).as_deref(), Some("roundtrip: stripped, dumped by the reference"));
        let refusing = Wrong::compiling(|_| Err(CompileFailure::Refused(b"no".to_vec())));
        assert_eq!(found(refusing).as_deref(), Some("roundtrip: dumped by the reference: refused"));
        assert_eq!(found(Wrong::not()), None);
    }

    #[test]
    fn what_is_refused_says_nothing() {
        let refused = Verdict::SaysNothing(Silence::Refused);
        for input in [&b"x = ="[..], b"\x1bLua"] {
            assert_eq!(check(&Codec::ferrous(), &mut Wrong::not(), input, b"=x"), refused);
        }
    }

    #[test]
    fn smoke() {
        let mut reference = ReferenceEngine::new();
        smoke::for_a_second(move |_, program| check(&Codec::ferrous(), &mut reference, &program.chunk, &program.name));
    }
}
