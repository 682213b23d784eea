//! Both compilers accept a source text, or both refuse it with the same message.
//!
//! Formally: for source text *s* and chunk name *n*, let *c(s, n)* be what a compiler makes of them: a chunk, or a message. The claim
//! holds if *c* of the reference and *c* of the engine under test are both chunks, or are messages that are equal up to renaming of
//! addresses.
//!
//! Not looked at: the chunks (`bytecode`), and anything that happens when they run. A binary chunk says nothing (`chunk` is for
//! those); a compiler that reaches its memory bound says nothing, as the bounds are not the same.

use super::compilation::{Answer, compile_both};
use super::panics::caught;
use super::{Finding, Pair, Silence, Verdict};
use crate::diagnose::{Compiled, fingerprint};
use crate::engine::BINARY_SIGNATURE;
use crate::outcome::escaped;

/// The oracle's name.
pub const NAME: &str = "parse";

/// Whether both compilers decide alike about a source text with this chunk name.
pub fn check(pair: &mut Pair<'_>, source: &[u8], name: &[u8]) -> Verdict {
    if source.first() == Some(&BINARY_SIGNATURE) {
        return Verdict::SaysNothing(Silence::NotSource);
    }
    caught(NAME, || match compile_both(NAME, pair, source, name) {
        Err(verdict) => verdict,
        Ok((reference, tested)) => decided(NAME, reference, tested, |message| message).unwrap_or(Verdict::Holds),
    })
}

/// The broken claim, if two loaders decided differently. `essence` is what of a message is for the fingerprint.
pub(super) fn decided(
    oracle: &'static str,
    reference: Answer,
    tested: Answer,
    essence: fn(&[u8]) -> &[u8],
) -> Option<Verdict> {
    let (reference, tested) = (reference.err(), tested.err());
    if reference == tested {
        return None;
    }
    let text = |refusal: &Option<Vec<u8>>| match refusal {
        None => "accepted".to_owned(),
        Some(message) => format!("refused: \"{}\"", escaped(message)),
    };
    let what = format!("{} against {}", text(&reference), text(&tested));
    let [reference, tested] = [reference, tested].map(|message| message.map(|message| essence(&message).to_vec()));
    // Where the essence is the same, the messages differ in the rest of it.
    let fingerprint = fingerprint(&Compiled::Refused { reference, tested }, None);
    let fingerprint = fingerprint.unwrap_or_else(|| format!("{oracle}: the place of a message"));
    let (place, fingerprint) = ("when loading".to_owned(), fingerprint.replace('\n', " "));
    Some(Verdict::Broken(Box::new(Finding { oracle: oracle.into(), what, place, fingerprint })))
}

#[cfg(test)]
mod tests {
    use super::super::smoke;
    use super::super::wrong::{Wrong, fingerprint_of};
    use super::*;
    use crate::engine::CompileFailure;
    use crate::engine::reference::ReferenceEngine;

    fn verdict(source: &str, mut wrong: Wrong) -> Verdict {
        let mut reference = ReferenceEngine::new();
        check(&mut Pair { reference: &mut reference, tested: &mut wrong }, source.as_bytes(), b"@a.lua")
    }

    fn refusing(message: &'static str) -> Wrong {
        Wrong::compiling(move |_| Err(CompileFailure::Refused(message.as_bytes().to_vec())))
    }

    #[test]
    fn every_kind_of_difference_is_found() {
        let unexpected = "unexpected symbol near '='";
        for (source, wrong, fingerprint) in [
            ("x = =", Wrong::compiling(|_| Ok(vec![0x1B])), format!("compiler: accepts what is refused: {unexpected}")),
            ("x = 1", refusing("a.lua:1: no 12"), "compiler: refuses what is accepted: no _".into()),
            ("x = =", refusing("a.lua:1: no"), format!("compiler: refuses: {unexpected} against no")),
            ("x = =", refusing("a.lua:2: unexpected symbol near '='"), {
                format!("compiler: refuses: {unexpected} against {unexpected}")
            }),
            (
                "x = 1",
                Wrong::compiling(|_| Err(CompileFailure::Crashed("signal 6".into()))),
                "parse: crash: signal _".into(),
            ),
            ("x = 1", Wrong::compiling(|_| Err(CompileFailure::TimedOut)), "parse: hang: did not end in time".into()),
            (
                "x = 1",
                Wrong::compiling(|_| panic!("this panic is expected")),
                "parse: panic: this panic is expected".into(),
            ),
        ] {
            assert_eq!(fingerprint_of(&verdict(source, wrong)), Some(fingerprint), "{source}");
        }
    }

    #[test]
    fn what_puts_nothing_to_the_test_says_nothing() {
        let over = verdict("x = 1", Wrong::compiling(|_| Err(CompileFailure::OverMemory)));
        assert_eq!(over, Verdict::SaysNothing(Silence::Memory("wrong".into())));
        assert_eq!(verdict("\u{1b}Lua", Wrong::not()), Verdict::SaysNothing(Silence::NotSource));
        let mut crashing = Wrong::compiling(|_| Err(CompileFailure::Crashed("signal 11".into())));
        let mut tested = Wrong::not();
        let pair = &mut Pair { reference: &mut crashing, tested: &mut tested };
        let crashed = Silence::ReferenceCrashed("signal 11".into());
        assert_eq!(check(pair, b"x = 1", b"=x"), Verdict::SaysNothing(crashed));
    }

    #[test]
    fn an_unchanged_engine_holds() {
        assert_eq!(verdict("x = =", Wrong::not()), Verdict::Holds);
        assert_eq!(verdict("x = 1", Wrong::not()), Verdict::Holds);
    }

    #[test]
    fn smoke() {
        // Cut short, a seed is a program that is refused, most of the time.
        smoke::for_a_second(move |pair, program| {
            let half = &program.chunk[..program.chunk.len() / 2];
            let cut = check(pair, half, &program.name);
            if cut == Verdict::Holds { check(pair, &program.chunk, &program.name) } else { cut }
        });
    }
}
