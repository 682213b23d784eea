use std::collections::{BTreeMap, BTreeSet};

use super::signatures::NEVER_CALLED;
use super::*;
use crate::generate::bytes_of_seed;
use crate::generate::program::Rule;

const FUNCTIONS: &str = include_str!("../coverage/functions.txt");

fn of_seed(seed: u64) -> GeneratedCall {
    generate(&mut Choices::new(&bytes_of_seed(seed)))
}

/// A call as it is after its bounds were set, and the rules that did it.
fn bounded(function: &str, arguments: &[Argument]) -> (Vec<Argument>, Vec<Rule>) {
    let mut call = LibraryCall { function: function.into(), arguments: arguments.to_vec() };
    let mut rules = RuleCounts::default();
    bounds::bound(&mut call, &mut rules);
    (call.arguments, rules.iter().map(|(rule, _)| rule).collect())
}

fn string(text: &str) -> Argument {
    Argument::String(text.into())
}

const fn number(number: f64) -> Argument {
    Argument::Number(number)
}

#[test]
fn every_function_has_a_signature_or_a_reason() {
    let all: BTreeSet<String> = FUNCTIONS
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|name| name.replace("file:", "io.stdout."))
        .collect();
    let called = SIGNATURES.iter().map(|(name, _)| (*name).to_owned());
    let known: BTreeSet<String> = called.chain(NEVER_CALLED.map(str::to_owned)).collect();
    assert_eq!(known, all);
    for name in NEVER_CALLED {
        let call = LibraryCall { function: name.into(), arguments: Vec::new() };
        assert!(call.rule().is_some(), "{name} could be compared");
    }
}

#[test]
fn nothing_is_the_simplest_call() {
    let nothing = generate(&mut Choices::new(&[]));
    assert_eq!(nothing.call, LibraryCall { function: "type".into(), arguments: vec![Argument::Nil] });
    assert_eq!(nothing.rules, RuleCounts::default());
    assert_eq!(of_seed(3), of_seed(3));
}

#[test]
fn most_calls_are_compared_and_all_functions_are_called() {
    let mut silent: BTreeMap<&str, u64> = BTreeMap::new();
    let mut called: BTreeSet<String> = BTreeSet::new();
    const CALLS: u64 = 4000;
    for seed in 0..CALLS {
        let call = of_seed(seed).call;
        match call.rule() {
            Some(rule) => *silent.entry(rule).or_default() += 1,
            None => drop(called.insert(call.function)),
        }
    }
    let all: BTreeSet<&str> = SIGNATURES.iter().map(|(name, _)| *name).collect();
    assert_eq!(called.len(), all.len(), "{:?}", all.iter().filter(|name| !called.contains(**name)).collect::<Vec<_>>());
    let silent_ones: u64 = silent.values().sum();
    assert!(silent_ones * 25 < CALLS, "{silent:?}");
}

#[test]
fn counts_of_loops_are_lowered_by_what_c_makes_of_them() {
    let rule = vec![Rule::LoopCount];
    for (function, place, arguments, lowered) in [
        ("string.rep", 1, vec![string("x"), number(1e9)], 2000.0),
        ("string.rep", 1, vec![string("x"), string("1e9")], 2000.0),
        ("string.rep", 1, vec![string(&"x".repeat(1000)), number(5000.0)], 200.0),
        ("string.rep", 1, vec![number(2e9), Argument::Same(0)], 2000.0),
        ("table.insert", 1, vec![Argument::Table(Vec::new()), number(-1e9), number(1.0)], -2000.0),
        ("debug.traceback", 1, vec![string(""), number(1e15)], -20.0),
        ("debug.traceback", 2, vec![Argument::Nil, string(""), number(-1e9)], -20.0),
        ("unpack", 2, vec![Argument::Nil, number(3.0), number(7000.0)], 252.0),
    ] {
        let (after, rules) = bounded(function, &arguments);
        assert_eq!((&after[place], &rules), (&number(lowered), &rule), "{function} {arguments:?}");
    }
    for (function, arguments) in [
        ("string.rep", vec![string("x"), number(-1e9)]),
        ("string.rep", vec![string("x"), number(4_294_967_299.0)]),
        ("string.rep", vec![string("x"), number(1e300)]),
        ("table.insert", vec![Argument::Table(Vec::new()), number(-1e9)]),
        ("table.insert", vec![Argument::Table(Vec::new()), number(1e9), number(1.0)]),
        ("unpack", vec![Argument::Nil, number(1.0), number(2e9)]),
        ("math.floor", vec![number(1e15)]),
    ] {
        assert_eq!(bounded(function, &arguments), (arguments.clone(), Vec::new()), "{function} {arguments:?}");
    }
}

#[test]
fn subjects_are_as_long_as_their_patterns_allow() {
    let length = |subject: &str, pattern: &str| {
        let (after, rules) = bounded("string.find", &[string(subject), string(pattern)]);
        let Argument::String(cut) = &after[0] else { panic!("{after:?}") };
        assert_eq!(cut.len() < subject.len(), rules == [Rule::PatternCost]);
        cut.len()
    };
    let long = "a".repeat(300);
    assert_eq!((length(&long, "a*b"), length("abcabc", "a*b-c+d?")), (300, 6));
    assert!((50..120).contains(&length(&long, "a*a*b")));
    assert!((15..40).contains(&length(&long, "a*a*a*b")));
    assert!((1..6).contains(&length(&long, &"a?".repeat(30))));
}

#[test]
fn readers_hooks_and_options_are_those_that_end_and_are_defined() {
    let endless = Argument::Expression("os.time".into());
    assert_eq!(bounded("load", &[endless]), (vec![expression_of(values::READERS[0])], vec![Rule::EndlessReader]));
    let fine = [expression_of(values::READERS[3])];
    assert_eq!(bounded("load", &fine), (fine.to_vec(), Vec::new()));
    let hook = [expression_of("print"), string("l"), number(5.0)];
    assert_eq!(bounded("debug.sethook", &hook).1, [Rule::CountHookPeriod]);
    assert_eq!(bounded("debug.getinfo", &[number(1.0), string(">S")]).1, [Rule::InfoOptions]);
    assert_eq!(bounded("io.stdout.seek", &[expression_of("io.stdin")]).1, [Rule::InputSeek]);
    let file = [expression_of(values::FILES[1]), Argument::Table(Vec::new())];
    assert_eq!(bounded("debug.setfenv", &file).1, [Rule::FileEnvironment]);
    assert_eq!(bounded("rawset", &[Argument::Nil, Argument::Same(0), Argument::Nil]).1, []);
    assert_eq!(
        bounded("rawset", &[Argument::Table(Vec::new()), Argument::Same(0), Argument::Nil]).1,
        [Rule::ObjectKeys]
    );
}

fn expression_of(text: &str) -> Argument {
    Argument::Expression(text.into())
}
