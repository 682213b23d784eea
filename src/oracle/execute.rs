//! A program does the same on both engines, as far as the world can tell.
//!
//! Formally: for a program *p* (source text or chunk, name, arguments) and limits *l*, let *r(p, l)* be what an engine's run in a
//! fresh state produced, with addresses replaced by numbers in the order of their first appearance. The claim holds if
//! the reference's and the tested engine's are equal in their output, in how they ended (the values returned, the error with its
//! traceback, the exit code) and in how many instructions were executed.
//!
//! Not looked at: what compilers make of the source, except that it is accepted by both or by neither (`parse`, `bytecode`), and
//! the registers on the way (`trace`). A program that both refuse, that runs over the budget at the same point, or reaches a memory
//! bound says nothing. What it does to files and processes is done, and not compared.
//!
//! The fingerprint is what can be told without another run; `diagnose::fingerprint_of` finds the finer one.

use super::panics::caught;
use super::{Pair, Silence, Verdict};
use crate::engine::{Limits, Program};
use crate::outcome::{self, Agreement, Names, compare_runs};

/// The oracle's name.
pub const NAME: &str = "execute";

/// Whether both engines do the same with a program.
pub fn check(pair: &mut Pair<'_>, program: &Program, limits: &Limits) -> Verdict {
    caught(NAME, || {
        let (reference, tested) = (pair.reference.run(program, limits), pair.tested.run(program, limits));
        let names = Names { reference: pair.reference.name(), subject: pair.tested.name() };
        match compare_runs(&reference, &tested, &program.name, names) {
            outcome::Verdict::Agree(Agreement::Refused) => Verdict::SaysNothing(Silence::Refused),
            outcome::Verdict::Agree(_) => Verdict::Holds,
            outcome::Verdict::Differ(difference) => Verdict::differs(NAME, &difference, None),
            outcome::Verdict::Inconclusive(reason) => Verdict::SaysNothing(reason.into()),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::smoke::{self, program};
    use super::super::wrong::{Wrong, fingerprint_of};
    use super::*;
    use crate::engine::reference::ReferenceEngine;
    use crate::engine::{Ending, Run, Snapshot};

    const HELLO: &str = "print('one') return 1, {}";
    const RAISING: &str = "local t = nil\nreturn t.x";
    const ENDLESS: &str = "while true do end";

    fn verdict(source: &str, mut wrong: Wrong) -> Verdict {
        let limits = Limits { instructions: 10_000, memory: 16 << 20 };
        let mut reference = ReferenceEngine::new();
        check(&mut Pair { reference: &mut reference, tested: &mut wrong }, &program(source), &limits)
    }

    fn ending(ending: Ending) -> Wrong {
        Wrong::running(move |run| Run { ending: ending.clone(), ..run })
    }

    #[test]
    fn every_kind_of_difference_is_found() {
        let string = |text: &str| Snapshot::String(text.into());
        let raised = |value: Snapshot| Ending::Raised { value, traceback: Vec::new() };
        let indexed = "execute: error-message: attempt to index a nil value against";
        for (source, wrong, fingerprint) in [
            (HELLO, Wrong::running(|run| Run { output: b"two\n".to_vec(), ..run }), "execute: output"),
            (HELLO, ending(Ending::Returned(Vec::new())), "execute: returned"),
            (HELLO, Wrong::running(|run| Run { instructions: 1, ..run }), "execute: instructions"),
            (HELLO, ending(Ending::Refused(b"case.lua: bad code".to_vec())), {
                "execute: acceptance: accepted against refused: \"case.lua: bad code"
            }),
            (RAISING, ending(raised(string("case.lua:2: oh"))), &format!("{indexed} oh")),
            (RAISING, ending(raised(string("case.lua:2: attempt to index local 't' (a nil value)"))), {
                "execute: traceback"
            }),
            (HELLO, ending(Ending::Crashed("signal 6 (SIGABRT)".into())), {
                "execute: crash: crashed: signal _ (SIGABRT)"
            }),
            (HELLO, ending(Ending::TimedOut), "execute: hang: did not end in time"),
            (HELLO, Wrong::running(|_| panic!("this panic is expected")), "execute: panic: this panic is expected"),
            (ENDLESS, ending(Ending::Returned(Vec::new())), "execute: instructions"),
            (HELLO, ending(Ending::Exited(3)), "execute: ending: returned _, table: #_ against exited with _"),
            ("error({})", ending(raised(Snapshot::Nil)), "execute: error-value: table: #_ against nil"),
        ] {
            assert_eq!(fingerprint_of(&verdict(source, wrong)).as_deref(), Some(fingerprint), "{source}");
        }
    }

    #[test]
    fn what_puts_nothing_to_the_test_says_nothing() {
        for (source, wrong, word) in [
            ("x = =", Wrong::not(), "refused"),
            (ENDLESS, Wrong::not(), "budget"),
            (HELLO, ending(Ending::OverMemory), "memory"),
            ("return ('x'):rep(2^26)", Wrong::not(), "memory"),
        ] {
            let verdict = verdict(source, wrong);
            assert!(matches!(&verdict, Verdict::SaysNothing(silence) if silence.word() == word), "{source}: {verdict}");
        }
        assert_eq!(verdict(HELLO, Wrong::not()), Verdict::Holds);
        assert_eq!(verdict(RAISING, Wrong::not()), Verdict::Holds);
    }

    #[test]
    fn smoke() {
        smoke::for_a_second(move |pair, program| check(pair, program, &smoke::LIMITS));
    }
}
