//! A binary chunk is accepted or refused alike, is read as the same functions, and does no harm when it runs.
//!
//! Formally: for bytes *b* that begin with the signature of binary chunks, and a chunk name *n*:
//!
//! 1. the reference's loader and the tested engine's both accept *b*, or both refuse it with the same message;
//! 2. if they accept it, what each dumps of the function that it loaded is the same, byte for byte;
//! 3. if the tested engine accepts it, running it does no harm, as [`survival`](super::survival) has it.
//!
//! The reference never runs *b* here: its verifier accepts chunks that kill it. So what *b* does is not compared (`execute` is
//! for chunks that compilers make). The reference also believes what a chunk claims: it allocates and fills a list of two thousand million
//! constants before it finds that they are not there. So a chunk that claims a block of more than a megabyte is given to no
//! loader, by the rule `large-claim`; what the loaders make of such claims depends on the machine. Text says nothing. Whether
//! memory errors can be caught while *b* runs depends on the number of its bytes, so that both are tried.

use super::compilation::compile_both;
use super::panics::caught;
use super::parse::decided;
use super::survival::{MemoryErrors, Victim};
use super::{Pair, Silence, Verdict, bytecode};
use crate::engine::BINARY_SIGNATURE;
use crate::lua::bytecode::{ChunkErrorKind, undump_within};

/// The oracle's name.
pub const NAME: &str = "chunk";

/// Whether both loaders decide alike about a binary chunk with this name, and whether it does no harm.
pub fn check(pair: &mut Pair<'_>, victim: &Victim, chunk: &[u8], name: &[u8]) -> Verdict {
    if chunk.first() != Some(&BINARY_SIGNATURE) {
        return Verdict::SaysNothing(Silence::NotAChunk);
    }
    caught(NAME, || {
        if claims_much(chunk, name) {
            return Verdict::SaysNothing(Silence::NotCompared("large-claim".into()));
        }
        let (reference, tested) = match compile_both(NAME, pair, chunk, name) {
            Ok(answers) => answers,
            Err(verdict) => return verdict,
        };
        match (reference, tested) {
            (Ok(reference), Ok(tested)) => match bytecode::compared(NAME, reference, tested, name) {
                Verdict::Holds => survives(victim, chunk),
                broken => broken,
            },
            (reference, tested) => decided(NAME, reference, tested, essence).unwrap_or(Verdict::Holds),
        }
    })
}

/// Whether what comes first in a chunk that is refused is that it claims a large block.
fn claims_much(chunk: &[u8], name: &[u8]) -> bool {
    /// In bytes. Functions nest up to 200 levels, and each may claim that much.
    const MOST: u64 = 1 << 20;
    let refused = undump_within(chunk, name, 0, MOST).err();
    refused.is_some_and(|error| error.kind == ChunkErrorKind::NotEnoughMemory)
}

/// What a loader says of a chunk, without the name of it.
fn essence(message: &[u8]) -> &[u8] {
    let colon = message.windows(2).rposition(|pair| pair == b": ");
    colon.map_or(message, |colon| &message[colon + 2..])
}

fn survives(victim: &Victim, chunk: &[u8]) -> Verdict {
    let errors = if chunk.len().is_multiple_of(2) { MemoryErrors::Final } else { MemoryErrors::Caught };
    match victim.run(chunk, errors) {
        Ok(_) => Verdict::Holds,
        Err(unsound) => Verdict::broken(NAME, unsound.class(), format!("{unsound:?}"), "after the run"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::smoke;
    use super::super::wrong::{Wrong, fingerprint_of};
    use super::*;
    use crate::engine::reference::ReferenceEngine;
    use crate::engine::{CompileFailure, Engine};
    use crate::lua::bytecode::{Constant, Instruction, Prototype, decode, dump};
    use crate::lua::vm::State;

    fn compiled(source: &str) -> Vec<u8> {
        ReferenceEngine::new().compile(source.as_bytes(), b"=c").expect("it compiles")
    }

    fn changed(chunk: &[u8], change: impl Fn(&mut Prototype)) -> Vec<u8> {
        let mut function = decode(chunk, b"=c").expect("a chunk");
        change(&mut function);
        dump(&function, false)
    }

    fn verdict(chunk: &[u8], victim: &Victim, mut wrong: Wrong) -> Verdict {
        let mut reference = ReferenceEngine::new();
        check(&mut Pair { reference: &mut reference, tested: &mut wrong }, victim, chunk, b"=c")
    }

    #[test]
    fn every_kind_of_difference_is_found() {
        let (victim, good) = (Victim::new(), compiled("return 1"));
        let bad = changed(&good, |main| main.code[0] = Instruction(u32::MAX));
        let refusing = |message: &'static [u8]| Wrong::compiling(|_| Err(CompileFailure::Refused(message.to_vec())));
        let accepting = Wrong::compiling(|_| Ok(compiled("return 1")));
        for (chunk, wrong, fingerprint) in [
            (&bad, accepting, "compiler: accepts what is refused: bad code in precompiled chunk"),
            (&good, refusing(b"c: bad code"), "compiler: refuses what is accepted: bad code"),
            (&bad, refusing(b"c: no"), "compiler: refuses: bad code in precompiled chunk against no"),
            (&bad, refusing(b"d: bad code in precompiled chunk"), "chunk: the place of a message"),
            (&good, Wrong::compiling(|_| Ok(compiled("return 2"))), "compiler: other constants"),
            (&good, Wrong::compiling(|_| panic!("this panic is expected")), "chunk: panic: this panic is expected"),
        ] {
            assert_eq!(fingerprint_of(&verdict(chunk, &victim, wrong)).as_deref(), Some(fingerprint));
        }
    }

    #[test]
    fn harm_is_found() {
        let good = compiled("return 1");
        let spoiled = |spoil: fn(&mut State), probe| {
            fingerprint_of(&verdict(&good, &Victim::spoiled(spoil, probe), Wrong::not())).unwrap_or_default()
        };
        let (heavy, error, four) =
            (spoiled(|state| state.heap.account(64 << 20), b"return 3"), b"error()", b"return 4");
        assert_eq!(heavy, "chunk: more memory than the bound allows");
        assert_eq!(spoiled(|_| {}, error), "chunk: the state cannot be used further");
        assert_eq!(spoiled(|_| {}, four), "chunk: the state computes something else");
        assert_eq!(spoiled(|_| {}, b"return 3"), "");
    }

    #[test]
    fn what_puts_nothing_to_the_test_says_nothing() {
        let victim = Victim::new();
        assert_eq!(verdict(b"return 1", &victim, Wrong::not()), Verdict::SaysNothing(Silence::NotAChunk));
        let mut greedy = compiled("return 1");
        // How long the name of the source is comes first.
        greedy[12..20].copy_from_slice(&(1u64 << 21).to_le_bytes());
        let claimed = Verdict::SaysNothing(Silence::NotCompared("large-claim".into()));
        assert_eq!(verdict(&greedy, &victim, Wrong::not()), claimed);
        let memory = Wrong::compiling(|_| Err(CompileFailure::Refused(b"not enough memory".to_vec())));
        let verdict = verdict(&compiled("return 1"), &victim, memory);
        assert_eq!(verdict, Verdict::SaysNothing(Silence::Memory("wrong".into())));
    }

    #[test]
    fn smoke() {
        let victim = Victim::new();
        let mut turn = 0;
        smoke::for_a_second(move |pair, program| {
            let Ok(chunk) = ReferenceEngine::new().compile(&program.chunk, &program.name) else {
                return Verdict::SaysNothing(Silence::Refused);
            };
            turn += 1;
            let chunk = match turn % 3 {
                0 => chunk,
                1 => changed(&chunk, |main| {
                    let last = main.code.len() - 1;
                    main.code[turn % last.max(1)].0 ^= 1 << (turn % 32);
                }),
                _ => changed(&chunk, |main| main.constants.push(Constant::Boolean(true))),
            };
            check(pair, &victim, &chunk, &program.name)
        });
    }
}
