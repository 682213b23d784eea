//! What holds for every reduction, whatever is reduced and whatever is interesting.

use std::io;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use proptest::prelude::*;

use super::measure::Measure;
use super::token::{Kind, tokens};
use super::{Interesting, Options, PredicateError, Reduction, Status, Stop, Until, Watch, reduce};

/// Interesting is what has these words in this order.
struct Contains {
    words: Vec<Vec<u8>>,
    /// The smallest interesting measure so far, and whether anything was tested that is not smaller.
    seen: Mutex<(Option<Measure>, bool)>,
}

fn measure(text: &[u8]) -> Measure {
    Measure::of(text, &tokens(text))
}

impl Contains {
    fn new(words: Vec<Vec<u8>>) -> Self {
        Self { words, seen: Mutex::new((None, false)) }
    }

    fn holds(&self, text: &[u8]) -> bool {
        let tokens = tokens(text);
        let mut words = self.words.iter().peekable();
        for token in tokens {
            words.next_if(|word| word.as_slice() == &text[token.range.clone()]);
        }
        words.peek().is_none()
    }
}

impl Interesting for Contains {
    fn is_interesting(&self, candidate: &[u8]) -> Result<bool, PredicateError> {
        let interesting = self.holds(candidate);
        let mut seen = self.seen.lock().expect("no test panics with it");
        let measure = measure(candidate);
        if seen.0.is_some_and(|best| measure > best) {
            seen.1 = true;
        }
        if interesting {
            seen.0 = Some(measure);
        }
        Ok(interesting)
    }
}

/// Notes that each improvement is one.
#[derive(Default)]
struct Improvements(Vec<Vec<u8>>);

impl Watch for Improvements {
    fn progress(&mut self, _: &Status) {}

    fn improved(&mut self, program: &[u8]) -> io::Result<()> {
        self.0.push(program.to_vec());
        Ok(())
    }
}

fn reduced(program: &[u8], words: &[Vec<u8>], jobs: usize, seed: u64) -> (Reduction, Contains, Improvements) {
    let predicate = Contains::new(words.to_vec());
    let jobs = NonZeroUsize::new(jobs).expect("some");
    let options = Options { jobs, until: Until::after(Duration::from_secs(600), Arc::default()), seed };
    let mut improvements = Improvements::default();
    let reduction = reduce(program, &predicate, &options, &mut improvements).expect("the original is interesting");
    (reduction, predicate, improvements)
}

fn expression() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "nil",
        "true",
        "12",
        "0x1F",
        "2.5e3",
        "'text\\n'",
        "[[long]]",
        "name",
        "other",
        "...",
    ]);
    leaf.prop_map(str::to_owned).prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            (inner.clone(), prop::sample::select(vec!["+", "..", "and", "=="]), inner.clone())
                .prop_map(|(left, operator, right)| format!("{left} {operator} {right}")),
            inner.clone().prop_map(|operand| format!("not ({operand})")),
            (inner.clone(), inner.clone()).prop_map(|(one, two)| format!("call({one}, {two})")),
            (inner.clone(), inner.clone()).prop_map(|(one, two)| format!("{{ {one}, key = {two}; [1] = 2 }}")),
            inner.clone().prop_map(|key| format!("object.field[{key}]:method\"s\"")),
            inner.prop_map(|value| format!("function(first, ...) return {value} end")),
        ]
    })
}

fn program() -> impl Strategy<Value = String> {
    let simple = prop_oneof![
        expression().prop_map(|value| format!("local name = {value} -- comment")),
        (expression(), expression()).prop_map(|(one, two)| format!("other, object.x = {one}, {two};")),
        expression().prop_map(|value| format!("print({value})")),
        Just("break".to_owned()),
    ];
    let statement = simple.prop_recursive(3, 16, 4, |inner| {
        let block = prop::collection::vec(inner, 0..4).prop_map(|statements| statements.join("\n    "));
        prop_oneof![
            (expression(), block.clone(), block.clone())
                .prop_map(|(test, one, two)| format!("if {test} then\n{one}\nelseif x then {two}\nelse {two} end")),
            block.clone().prop_map(|body| format!("for index = 1, 10, 2 do\n\n    {body}\nend")),
            (expression(), block.clone()).prop_map(|(test, body)| format!("repeat {body}\nuntil {test}")),
            block.clone().prop_map(|body| format!("local function callee(one, two)\n  {body}\nend\ncallee(1, 2)")),
            block.prop_map(|body| format!("while true do {body} end")),
        ]
    });
    prop::collection::vec(statement, 1..6).prop_map(|statements| statements.join("\n"))
}

/// A text, and some of its tokens in order.
fn case(text: impl Strategy<Value = Vec<u8>>) -> impl Strategy<Value = (Vec<u8>, Vec<Vec<u8>>)> {
    text.prop_flat_map(|text| {
        let words: Vec<Vec<u8>> = tokens(&text)
            .into_iter()
            .filter(|token| token.kind != Kind::Comment)
            .map(|token| text[token.range].to_vec())
            .collect();
        let count = words.len();
        (Just(text), prop::sample::subsequence(words, 0..=count.min(4)))
    })
}

fn check(text: &[u8], words: &[Vec<u8>], seed: u64) -> Result<(), TestCaseError> {
    let (reduction, predicate, improvements) = reduced(text, words, 1, seed);
    prop_assert!(predicate.holds(&reduction.program), "the result is interesting");
    prop_assert_eq!((reduction.stop, reduction.confirmed), (Stop::Fixpoint, Some(true)));
    let seen = predicate.seen.lock().expect("no test panics with it");
    prop_assert!(!seen.1, "every candidate is smaller than the best so far");
    let texts: Vec<&[u8]> = std::iter::once(text).chain(improvements.0.iter().map(Vec::as_slice)).collect();
    prop_assert!(texts.windows(2).all(|pair| measure(pair[1]) < measure(pair[0])), "every improvement is one");
    prop_assert_eq!(texts.last().copied(), Some(reduction.program.as_slice()));
    let (parallel, _, _) = reduced(text, words, 4, seed);
    prop_assert_eq!(&parallel.program, &reduction.program, "the result is the same for any number of jobs");
    prop_assert_eq!(parallel.tests, reduction.tests);
    // What is left are the words themselves: each token of the program can be dropped.
    prop_assert_eq!(tokens(&reduction.program).len(), words.len());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn programs_are_reduced_to_what_is_wanted((text, words) in case(program().prop_map(String::into_bytes)), seed in 0u64..3) {
        check(&text, &words, seed)?;
    }

    #[test]
    fn anything_is_reduced_to_what_is_wanted((text, words) in case(prop::collection::vec(any::<u8>(), 0..120))) {
        check(&text, &words, 0)?;
    }
}
