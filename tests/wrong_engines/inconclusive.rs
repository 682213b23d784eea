//! What says nothing must be called so, and what it does say must not be lost.

use lockstep::{
    engine::{CompileFailure, Ending, Run, reference::ReferenceEngine},
    outcome::{Agreement, Kind, Place, Reason, Scope, Verdict, judge},
};

use crate::engines::{Changed, difference, program, scope, verdict, verdict_with_reference};

const ENDLESS: &str = "print('one')\nwhile true do end";
const GROWING: &str = "print('one')\nlocal t = {}\nfor i = 1, 1e9 do t[i] = ('x'):rep(1e4) .. i end";

fn memory(who: &str) -> Verdict {
    Verdict::Inconclusive(Reason::Memory { who: who.into() })
}

#[test]
fn both_over_budget() {
    assert_eq!(verdict(ENDLESS, Changed::not()), Verdict::Inconclusive(Reason::Budget));
}

#[test]
fn output_before_the_budget_ran_out_is_compared() {
    let found = difference(ENDLESS, Changed::output(|_| String::new()));
    assert_eq!((found.kind, found.place), (Kind::Output, Place::OutputLine(1)));
}

#[test]
fn memory_on_either_side() {
    let source = "print('one')\nprint('two')\nreturn 1";
    let over = || Changed::ran(|run| Run { output: b"one\n".to_vec(), ending: Ending::OverMemory, ..run });
    assert_eq!(verdict(source, over()), memory("changed"));
    assert_eq!(verdict_with_reference(source, over()), memory("changed"));
    assert_eq!(verdict(GROWING, Changed::not()), memory("both engines"));
    let refused = Changed::compiled(|_| Err(CompileFailure::OverMemory));
    assert_eq!(verdict("x x", refused), memory("changed"));
}

#[test]
fn output_that_contradicts_a_cut_off_one_is_a_difference() {
    let over = Changed::ran(|run| Run { output: b"uno\n".to_vec(), ending: Ending::OverMemory, ..run });
    assert_eq!(difference("print('one') print('two')", over).kind, Kind::Output);
    let budget = |output: &'static str| {
        Changed::ran(move |run| Run { output: output.as_bytes().to_vec(), ending: Ending::OverBudget, ..run })
    };
    assert_eq!(difference("print('one') print('two')", budget("one\n")).kind, Kind::Instructions);
    assert_eq!(difference("print('one') print('two')", budget("one\ntwo\nthree\n")).kind, Kind::Output);
}

#[test]
fn a_crash_of_the_reference_is_no_difference() {
    let crash = || Changed::ending(|_| Ending::Crashed("signal 11 (SIGSEGV)".into()));
    let crashed = Verdict::Inconclusive(Reason::ReferenceCrashed("signal 11 (SIGSEGV)".into()));
    assert_eq!(verdict_with_reference("return 1", crash()), crashed);
    let compile = Changed::compiled(|_| Err(CompileFailure::Crashed("signal 11 (SIGSEGV)".into())));
    assert_eq!(verdict_with_reference("return 1", compile), crashed);
    let both = judge(&program(b"return 1"), &mut crash(), &mut crash(), &scope());
    assert!(matches!(both, Verdict::Differ(difference) if difference.kind == Kind::Crash));
}

#[test]
fn a_hang_of_the_reference_is_no_difference() {
    let hang = || Changed::ending(|_| Ending::TimedOut);
    let timed_out = Verdict::Inconclusive(Reason::ReferenceTimedOut);
    assert_eq!(verdict_with_reference("return 1", hang()), timed_out);
    assert_eq!(judge(&program(b"return 1"), &mut hang(), &mut hang(), &scope()), timed_out);
    assert_eq!(verdict(GROWING, hang()), memory("reference"));
}

#[test]
fn binary_chunks_are_run_and_not_compiled() {
    let mut reference = ReferenceEngine::new();
    let chunk = lockstep::engine::Engine::compile(&mut reference, b"print(...) return 1", b"@x").expect("compiles");
    let judged = |chunk: &[u8], changed: &mut Changed, compile_only| {
        judge(&program(chunk), &mut ReferenceEngine::new(), changed, &Scope { compile_only, ..scope() })
    };
    let agreed = judged(&chunk, &mut Changed::not(), false);
    assert!(matches!(agreed, Verdict::Agree(Agreement::Returned { .. })), "{agreed:?}");
    assert_eq!(judged(&chunk[..20], &mut Changed::not(), false), Verdict::Agree(Agreement::Refused));
    let mut wrong = Changed::ending(|_| Ending::Refused(b"x: bad code".to_vec()));
    assert!(matches!(judged(&chunk, &mut wrong, false), Verdict::Differ(found) if found.kind == Kind::Acceptance));
    assert!(matches!(judged(&chunk[..20], &mut wrong, false), Verdict::Differ(found) if found.kind == Kind::Refusal));
    assert_eq!(judged(&chunk, &mut Changed::not(), true), Verdict::Inconclusive(Reason::NothingToCompile));
}

#[test]
fn compile_only_runs_nothing() {
    let mut changed = Changed::ran(|_| panic!("it is run"));
    let only = Scope { compile_only: true, ..scope() };
    let judged = judge(&program(b"while true do end"), &mut ReferenceEngine::new(), &mut changed, &only);
    assert_eq!(judged, Verdict::Agree(Agreement::Compiled));
}
