//! One wrong engine for each kind of difference.

use lockstep::{
    engine::{CompileFailure, Ending, Run, Snapshot},
    outcome::{Agreement, Kind, Place, Side, Verdict},
};

use crate::engines::{Changed, difference, text, verdict};

const HELLO: &str = "print('one')\nprint('two')\nreturn 1, 'x', {}, nil";
const WRONG: &str = "local x =\n= 1";
const RAISING: &str = "local function f(x)\n  return x.y.z\nend\nlocal ok = f({})\nreturn ok";

fn number(value: f64) -> Snapshot {
    Snapshot::Number(value.to_bits())
}

/// Changes the values that are returned.
fn returning(change: impl Fn(&mut Vec<Snapshot>) + 'static) -> Changed {
    Changed::ending(move |ending| match ending {
        Ending::Returned(mut values) => {
            change(&mut values);
            Ending::Returned(values)
        }
        other => other,
    })
}

/// Changes the error that is raised.
fn raising(change: impl Fn(&mut Snapshot, &mut Vec<u8>) + 'static) -> Changed {
    Changed::ending(move |ending| match ending {
        Ending::Raised { mut value, mut traceback } => {
            change(&mut value, &mut traceback);
            Ending::Raised { value, traceback }
        }
        other => other,
    })
}

/// What an engine that is wrong in this way does to a program that shows it, and where that is found: kind, place and
/// line.
fn cases() -> Vec<(&'static str, Changed, Kind, Place, Option<u32>)> {
    vec![
        (WRONG, Changed::compiled(|_| Ok(vec![0x1B])), Kind::Acceptance, Place::Load, Some(2)),
        (
            HELLO,
            Changed::compiled(|_| Err(CompileFailure::Refused(b"dir/case.lua:1: no".to_vec()))),
            Kind::Acceptance,
            Place::Load,
            Some(1),
        ),
        (
            WRONG,
            Changed::compiled(|_| Err(CompileFailure::Refused(b"dir/case.lua:1: no".to_vec()))),
            Kind::Refusal,
            Place::Load,
            Some(2),
        ),
        (
            HELLO,
            Changed::ending(|_| Ending::Refused(b"dir/case.lua: bad code".to_vec())),
            Kind::Acceptance,
            Place::Load,
            None,
        ),
        (
            HELLO,
            Changed::compiled(|result| {
                result.map(|mut chunk| {
                    chunk.truncate(20);
                    chunk
                })
            }),
            Kind::Bytecode,
            Place::Load,
            None,
        ),
        (HELLO, Changed::output(|output| output.replace("two", "too")), Kind::Output, Place::OutputLine(2), None),
        (HELLO, Changed::output(|output| output + "three\n"), Kind::Output, Place::OutputLine(3), None),
        (HELLO, Changed::output(|output| output.trim_end().into()), Kind::Output, Place::OutputLine(2), None),
        (
            HELLO,
            Changed::ending(|_| Ending::Raised {
                value: Snapshot::String(b"dir/case.lua:3: oh".to_vec()),
                traceback: Vec::new(),
            }),
            Kind::Ending,
            Place::Run,
            Some(3),
        ),
        (RAISING, Changed::ending(|_| Ending::Returned(Vec::new())), Kind::Ending, Place::Run, Some(2)),
        (
            HELLO,
            returning(|values| values[0] = number(1.0 + f64::EPSILON)),
            Kind::Returned,
            Place::ReturnedValue(1),
            None,
        ),
        (
            HELLO,
            returning(|values| values[1] = Snapshot::String(b"y".to_vec())),
            Kind::Returned,
            Place::ReturnedValue(2),
            None,
        ),
        (
            HELLO,
            returning(|values| values[2] = Snapshot::Object { kind: "userdata".into(), address: 1 }),
            Kind::Returned,
            Place::ReturnedValue(3),
            None,
        ),
        (HELLO, returning(|values| values.truncate(3)), Kind::Returned, Place::ReturnedCount, None),
        ("return 0", returning(|values| values[0] = number(-0.0)), Kind::Returned, Place::ReturnedValue(1), None),
        (
            "return -(0/0)",
            returning(|values| values[0] = number(f64::NAN.copysign(-1.0))),
            Kind::Returned,
            Place::ReturnedValue(1),
            None,
        ),
        ("error(true)", raising(|value, _| *value = Snapshot::Nil), Kind::ErrorValue, Place::Error, None),
        (
            RAISING,
            raising(|value, _| *value = Snapshot::String(b"dir/case.lua:2: attempt to index a nil value".to_vec())),
            Kind::ErrorMessage,
            Place::Error,
            Some(2),
        ),
        (
            RAISING,
            raising(|_, traceback| *traceback = text(traceback).replace("case.lua:4", "case.lua:5").into_bytes()),
            Kind::Traceback,
            Place::TracebackLine(4),
            Some(4),
        ),
        (
            HELLO,
            Changed::ran(|run| Run { instructions: run.instructions + 1, ..run }),
            Kind::Instructions,
            Place::Run,
            None,
        ),
        ("while true do end", Changed::ending(|_| Ending::Returned(Vec::new())), Kind::Instructions, Place::Run, None),
        (HELLO, Changed::ending(|_| Ending::OverBudget), Kind::Instructions, Place::Run, None),
        (
            "while true do end",
            Changed::ran(|run| Run { instructions: run.instructions - 1, ..run }),
            Kind::Instructions,
            Place::Run,
            None,
        ),
        (HELLO, Changed::ending(|_| Ending::Crashed("signal 6 (SIGABRT)".into())), Kind::Crash, Place::Run, None),
        (
            HELLO,
            Changed::compiled(|_| Err(CompileFailure::Crashed("panic at lexer.rs:1: index out of bounds".into()))),
            Kind::Crash,
            Place::Run,
            None,
        ),
        (HELLO, Changed::ending(|_| Ending::TimedOut), Kind::Hang, Place::Run, None),
        (HELLO, Changed::compiled(|_| Err(CompileFailure::TimedOut)), Kind::Hang, Place::Run, None),
        ("while true do end", Changed::ending(|_| Ending::TimedOut), Kind::Hang, Place::Run, None),
    ]
}

#[test]
fn each_wrong_engine_is_caught_where_it_is_wrong() {
    for (number, (source, changed, kind, place, line)) in cases().into_iter().enumerate() {
        let found = difference(source, changed);
        assert_eq!((found.kind, &found.place, found.line), (kind, &place, line), "case {number}: {found:?}");
        assert_ne!(found.reference, found.subject, "case {number} shows no difference");
    }
}

#[test]
fn there_is_a_wrong_engine_for_every_kind() {
    let seen: Vec<Kind> = cases().into_iter().map(|case| case.2).collect();
    for kind in Kind::ALL {
        assert!(seen.contains(&kind), "no engine is wrong in the way of {}", kind.word());
    }
}

#[test]
fn an_unchanged_engine_agrees() {
    let returned = verdict(HELLO, Changed::not());
    assert!(matches!(returned, Verdict::Agree(Agreement::Returned { instructions: 6.. })), "{returned:?}");
    let raised = verdict(RAISING, Changed::not());
    assert!(matches!(raised, Verdict::Agree(Agreement::Raised { instructions: 5.. })), "{raised:?}");
    assert_eq!(verdict(WRONG, Changed::not()), Verdict::Agree(Agreement::Refused));
}

/// What is reported is the first difference in the order of judging, although the later ones are there too.
#[test]
fn the_order_of_judging_decides() {
    let everything = || {
        Changed::ran(|run| Run {
            output: [run.output, b"more\n".to_vec()].concat(),
            ending: Ending::Returned(vec![Snapshot::Nil]),
            instructions: 0,
        })
    };
    assert_eq!(difference(HELLO, everything()).kind, Kind::Output);
    assert_eq!(difference(RAISING, everything()).kind, Kind::Output);
    let two = returning(|values| values.clear());
    assert_eq!(difference("return 1", two).kind, Kind::Returned);
}

#[test]
fn a_different_output_tells_how_the_runs_ended() {
    let cut_short = Changed::ran(|run| Run {
        output: b"one\n".to_vec(),
        ending: Ending::Raised { value: Snapshot::String(b"dir/case.lua:2: oh".to_vec()), traceback: Vec::new() },
        ..run
    });
    let found = difference(HELLO, cut_short);
    assert_eq!((found.kind, found.place), (Kind::Output, Place::OutputLine(2)));
    assert_eq!((found.reference.as_str(), found.subject.as_str()), ("\"two\"", "(end)"));
    assert_eq!(found.notes, ["reference: returned 1, \"x\", table: #1, nil", "changed: raised \"dir/case.lua:2: oh\""]);
    let sides: Vec<Side> = found.context.iter().map(|line| line.side).collect();
    assert_eq!(sides, [Side::Both, Side::Reference]);
}

/// The addresses of the two runs have nothing in common, but which of them are the same does matter.
#[test]
fn aliasing_is_compared_and_addresses_are_not() {
    let same_twice = "local t = {} print(t, print) print(t) return t, tostring(t)";
    let agreed = verdict(same_twice, Changed::output(|output| output.replace("table: 0x", "table: 0x1234")));
    let Verdict::Differ(values) = agreed else { panic!("output and values are about the same table") };
    assert_eq!((values.kind, values.place), (Kind::Returned, Place::ReturnedValue(1)));

    let moved = Changed::ran(|run| {
        let Ending::Returned(mut values) = run.ending else { panic!("it returns") };
        values[0] = Snapshot::Object { kind: "table".into(), address: 0x10 };
        values[1] = Snapshot::String(b"table: 0x10".to_vec());
        Run {
            output: b"table: 0x10\tfunction: builtin\ntable: 0x10\n".to_vec(),
            ending: Ending::Returned(values),
            instructions: run.instructions,
        }
    });
    let source = "local t = {} io = print io(tostring(t)..'\\tfunction: builtin') io(t) return t, tostring(t)";
    let moved = verdict(source, moved);
    assert!(matches!(moved, Verdict::Agree(Agreement::Returned { .. })), "{moved:?}");

    let two_tables = Changed::output(|output| {
        let (first, second) = output.split_once('\n').expect("two lines");
        format!("{first}\n{}", second.replace("table: 0x", "table: 0x1234"))
    });
    let found = difference(same_twice, two_tables);
    assert_eq!((found.kind, found.place), (Kind::Output, Place::OutputLine(2)));
    assert_eq!((found.reference.as_str(), found.subject.as_str()), ("\"table: #1\"", "\"table: #2\""));
}
