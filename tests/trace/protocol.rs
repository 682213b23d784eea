//! How two runs are compared: by digests, then by the events of the stretch that differs, in a run that must repeat the first.

use std::{
    io,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use lockstep::{
    diagnose::{Divergence, Located, Subject, locate},
    engine::{Limits, ProcessTracer, Program, Run, ThreadTracer, TraceEngine, ferrous::FerrousEngine},
    trace::{Field, Recorder},
};

/// So many rounds of three instructions are many blocks.
const MANY: u32 = 200_000;

fn program(chunk: &str) -> Program {
    Program {
        chunk: chunk.into(),
        name: b"@program.lua".to_vec(),
        arguments: Vec::new(),
        script: b"program.lua".to_vec(),
    }
}

/// A program that works for some rounds, names a word, and works for some more.
fn text(before: u32, word: &str, after: u32) -> String {
    format!(
        "local sum = 0 for i = 1, {before} do sum = sum + i % 7 end\nlocal word = '{word}'\nfor i = 1, {after} do sum = sum + i % 7 end"
    )
}

fn right(program: &Program, limits: &Limits, recorder: &mut Recorder<'_>) -> Run {
    FerrousEngine::new().trace(program, limits, recorder)
}

fn compared(left: &str, right_text: &str) -> Located {
    let engine = ThreadTracer::new("engine", right);
    let found = located((&engine, left), (&engine, right_text));
    found.expect("runs")
}

fn located(left: (&dyn TraceEngine, &str), right: (&dyn TraceEngine, &str)) -> io::Result<Located> {
    let programs = (program(left.1), program(right.1));
    let limits = Limits { instructions: u64::MAX, ..Limits::default() };
    locate(Subject { engine: left.0, program: &programs.0 }, Subject { engine: right.0, program: &programs.1 }, &limits)
}

fn diverged(found: Located) -> Divergence {
    match found {
        Located::Diverged(divergence) => *divergence,
        other => panic!("{other:?}"),
    }
}

/// An engine in a process that this command starts.
fn process(name: &str, arguments: &[&str]) -> ProcessTracer {
    let arguments: Vec<String> = arguments.iter().map(|argument| (*argument).to_owned()).collect();
    let command = move || {
        let mut command = Command::new(&arguments[0]);
        command.args(&arguments[1..]);
        command
    };
    ProcessTracer::new(name, command, Duration::from_secs(60))
}

fn worker(engine: &str) -> ProcessTracer {
    process(engine, &[env!("CARGO_BIN_EXE_lockstep"), "trace-worker", engine])
}

#[test]
fn a_difference_is_found_in_whatever_block_it_is() {
    for (before, after) in [(1, 1), (1, MANY), (MANY, MANY), (MANY, 1)] {
        let found = diverged(compared(&text(before, "a", after), &text(before, "b", after)));
        assert_eq!(found.culprit, u64::from(before) * 3 + 6, "before {before}, after {after}");
        assert!(matches!(found.field, Field::Operand(0, ..)), "{:?}", found.field);
        for side in [&found.left, &found.right] {
            let near = |moment: u64| side.moment(moment).is_some();
            assert!(near(found.culprit) && near(found.culprit - 5) && near(found.culprit + 1), "all around");
            assert!(side.moments.len() < 100, "and no more: {}", side.moments.len());
        }
    }
}

#[test]
fn a_difference_is_found_between_processes() {
    let (left, right) = (worker("reference"), worker("ferrous"));
    let found = located((&left, &text(MANY, "a", MANY)), (&right, &text(MANY, "b", MANY))).expect("runs");
    assert_eq!(diverged(found).culprit, u64::from(MANY) * 3 + 6);
    let found = located((&left, &text(MANY, "a", MANY)), (&right, &text(MANY, "a", MANY))).expect("runs");
    assert!(matches!(found, Located::Same { instructions, .. } if instructions > u64::from(MANY) * 6), "{found:?}");
}

#[test]
fn the_end_of_one_side_is_a_difference() {
    let engine = ThreadTracer::new("engine", right);
    let text = text(MANY, "a", MANY);
    for executed in [5, 100_000, 700_000] {
        let tracer = move |program: &Program, limits: &Limits, recorder: &mut Recorder<'_>| {
            right(program, &Limits { instructions: executed, ..*limits }, recorder)
        };
        let found = diverged(located((&engine, &text), (&ThreadTracer::new("cut", tracer), &text)).expect("runs"));
        assert_eq!((found.culprit, &found.field), (executed - 1, &Field::Length));
        assert!(found.left.moment(executed).is_some() && found.right.moment(executed).is_none());
    }
}

#[test]
fn a_side_that_goes_on_for_ever_is_ended_when_they_differ() {
    let endless = "local n = collectgarbage 'count' while true do n = n end";
    let (left, right) = (worker("reference"), worker("ferrous"));
    let found = diverged(located((&left, endless), (&right, endless)).expect("runs"));
    assert_eq!(found.callee.as_deref(), Some("collectgarbage"));
    let found =
        diverged(located((&left, endless), (&right, "local n = collectgarbage 'count' return n")).expect("runs"));
    assert!(matches!(found.field, Field::Code), "{:?}", found.field);
}

#[test]
fn a_call_that_began_long_before_is_shown_where_it_began() {
    let text = "print(xpcall(function() for i = 1, 300000 do end error('count', 0) end, collectgarbage))";
    let (left, right) = (worker("reference"), worker("ferrous"));
    let found = diverged(located((&left, text), (&right, text)).expect("runs"));
    assert_eq!((found.culprit, found.callee.as_deref()), (4, Some("xpcall")));
    let moment = found.left.moment(found.culprit).expect("its moment");
    let after = found.left.moment_after(found.culprit).expect("the moment after it");
    assert!(moment.pc + 1 == after.pc && after.sequence > 300_000, "{} {}", after.pc, after.sequence);
}

/// An engine whose runs have these words, in turn, and the last one from then on.
fn fickle(
    before: u32,
    words: &'static [&'static str],
) -> ThreadTracer<impl Fn(&Program, &Limits, &mut Recorder<'_>) -> Run + Clone + Send + 'static> {
    let runs = Arc::new(AtomicU32::new(0));
    let tracer = move |_: &Program, limits: &Limits, recorder: &mut Recorder<'_>| {
        let run = runs.fetch_add(1, Ordering::Relaxed) as usize;
        let word = words[run.min(words.len() - 1)];
        right(&program(&text(before, word, MANY)), limits, recorder)
    };
    ThreadTracer::new("fickle", tracer)
}

#[test]
fn a_run_that_does_not_repeat_itself_is_flaky() {
    let engine = ThreadTracer::new("engine", right);
    for before in [1, MANY] {
        // It differs the first time, and not the second time.
        let text = text(before, "a", MANY);
        let found = located((&engine, &text), (&fickle(before, &["b", "a"]), "")).expect("runs");
        let Located::Flaky { first, second: None, digests } = found else { panic!("{found:?}") };
        assert!(first <= u64::from(before) * 3 + 6 && digests.0 != digests.1, "{first} {digests:?}");
    }
    // It differs the second time as well, but earlier.
    let runs = Arc::new(AtomicU32::new(0));
    let other = ThreadTracer::new("other", move |_: &Program, limits: &Limits, recorder: &mut Recorder<'_>| {
        let run = runs.fetch_add(1, Ordering::Relaxed);
        let (early, late) = if run == 0 { ("a", "b") } else { ("b", "a") };
        right(&program(&twice(early, late)), limits, recorder)
    });
    let found = located((&engine, &twice("a", "a")), (&other, "")).expect("runs");
    let Located::Flaky { first, second: Some(second), digests } = found else { panic!("not flaky") };
    assert!(second < first && digests.0 != digests.1, "{second} {first}");
}

fn twice(early: &str, late: &str) -> String {
    format!("do {} end {}", text(1, &format!("early {early}"), MANY), text(1, &format!("late {late}"), 1))
}

#[test]
fn a_side_that_breaks_off_is_no_difference() {
    let engine = ThreadTracer::new("engine", right);
    let cases = [
        (process("killed", &["sh", "-c", "kill -SEGV $$"]), "killed: the traced run broke off (signal: 11"),
        (
            process("babbling", &["sh", "-c", "printf 'no block at all, but many words'; cat > /dev/null"]),
            "in place of a trace block",
        ),
        (process("silent", &["sh", "-c", "exit 3"]), "silent: the traced run broke off (exit status: 3)"),
    ];
    for (broken, expected) in cases {
        let error = located((&engine, &text(1, "a", 1)), (&broken, "return")).expect_err("no result");
        assert!(error.to_string().contains(expected), "{error}");
    }
}
