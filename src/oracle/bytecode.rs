//! Both compilers make the same binary chunk of a source text.
//!
//! Formally: let *c(s, n)* be the unstripped chunk that a compiler makes of source *s* under chunk name *n*. The claim holds if the
//! reference's and that of the engine under test are equal byte for byte: header, functions in their order, code, constants with
//! the bits of numbers, line numbers, names of locals and upvalues, sources.
//!
//! Not looked at: whether sources are accepted and with which messages (`parse`): a source that one of the compilers refuses says
//! nothing. Nothing is run.

use super::compilation::compile_both;
use super::panics::caught;
use super::{Pair, Silence, Verdict};
use crate::diagnose::{Compiled, fingerprint};
use crate::engine::{BINARY_SIGNATURE, Program};
use crate::outcome::compare_chunks;

/// The oracle's name.
pub const NAME: &str = "bytecode";

/// Whether both compilers make the same of a source text with this chunk name.
pub fn check(pair: &mut Pair<'_>, source: &[u8], name: &[u8]) -> Verdict {
    if source.first() == Some(&BINARY_SIGNATURE) {
        return Verdict::SaysNothing(Silence::NotSource);
    }
    caught(NAME, || match compile_both(NAME, pair, source, name) {
        Err(verdict) => verdict,
        Ok((Ok(reference), Ok(tested))) => compared(NAME, reference, tested, name),
        Ok(_) => Verdict::SaysNothing(Silence::Refused),
    })
}

/// Whether two chunks are the same.
pub(super) fn compared(oracle: &'static str, reference: Vec<u8>, tested: Vec<u8>, name: &[u8]) -> Verdict {
    let Some(difference) = compare_chunks(&reference, &tested, name) else { return Verdict::Holds };
    let program = |chunk| Program { chunk, name: name.to_vec(), arguments: Vec::new(), script: Vec::new() };
    let compiled = Compiled::Accepted {
        reference: program(reference),
        tested: program(tested),
        difference: Some(Box::new(difference.clone())),
    };
    Verdict::differs(oracle, &difference, fingerprint(&compiled, None))
}

#[cfg(test)]
mod tests {
    use super::super::smoke;
    use super::super::wrong::{Wrong, fingerprint_of};
    use super::*;
    use crate::engine::CompileFailure;
    use crate::engine::reference::ReferenceEngine;
    use crate::lua::bytecode::{Constant, Instruction, Prototype, decode, dump};

    const SOURCE: &str = "local a, b = 1, 'x'\nlocal function f() return a end\nreturn f() + a";

    fn verdict(source: &str, mut wrong: Wrong) -> Verdict {
        let mut reference = ReferenceEngine::new();
        check(&mut Pair { reference: &mut reference, tested: &mut wrong }, source.as_bytes(), b"@a.lua")
    }

    fn changing(change: impl Fn(&mut Prototype) + 'static) -> Wrong {
        Wrong::compiling(move |result| {
            let mut function = decode(&result.expect("it compiles"), b"=x").expect("a chunk");
            change(&mut function);
            Ok(dump(&function, false))
        })
    }

    #[test]
    fn every_kind_of_difference_is_found() {
        for (wrong, fingerprint) in [
            (changing(|main| main.code[0] = Instruction(main.code[0].0 ^ 1 << 6)), "compiler: LOADK with another A"),
            (changing(|main| main.code[0] = main.code[1]), "compiler: LOADK with another A"),
            (changing(|main| main.constants[0] = Constant::Number(-1.0)), "compiler: other constants"),
            (changing(|main| main.line_info[0] += 1), "compiler: other line_info"),
            (changing(|main| drop(main.locals.pop())), "compiler: other locals"),
            (changing(|main| main.max_stack_size += 1), "compiler: other max_stack_size"),
            (changing(|main| main.prototypes.clear()), "compiler: other prototypes"),
            (Wrong::compiling(|_| Ok(b"\x1bLua".to_vec())), "compiler: when loading"),
        ] {
            assert_eq!(fingerprint_of(&verdict(SOURCE, wrong)).as_deref(), Some(fingerprint));
        }
    }

    #[test]
    fn what_puts_nothing_to_the_test_says_nothing() {
        let refused = Verdict::SaysNothing(Silence::Refused);
        assert_eq!(verdict("x = =", Wrong::not()), refused);
        assert_eq!(verdict("x = 1", Wrong::compiling(|_| Err(CompileFailure::Refused(b"no".to_vec())))), refused);
        assert_eq!(verdict("\u{1b}Lua", Wrong::not()), Verdict::SaysNothing(Silence::NotSource));
        assert_eq!(verdict(SOURCE, Wrong::not()), Verdict::Holds);
    }

    #[test]
    fn smoke() {
        smoke::for_a_second(move |pair, program| check(pair, &program.chunk, &program.name));
    }
}
