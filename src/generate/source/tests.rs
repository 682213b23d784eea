use std::collections::BTreeMap;
use std::thread;

use proptest::prelude::*;

use super::super::coverage::messages::Template;
use super::super::strategy::ChoiceBytes;
use super::super::{Choices, bytes_of_seed};
use super::{GeneratedSource, generate, generate_valid, grammar, layout};
use crate::engine::reference::{ReferenceEngine, STACK_SIZE};
use crate::engine::{BINARY_SIGNATURE, CompileFailure, Engine};

/// How many texts the figures below are about.
const TEXTS: u64 = 4000;

const MESSAGES: &str = include_str!("messages.txt");

fn of_seed(seed: u64, make: fn(&mut Choices<'_>) -> GeneratedSource) -> GeneratedSource {
    make(&mut Choices::new(&bytes_of_seed(seed)))
}

/// What the reference says of texts: how many it accepts, and its messages.
fn refusals(texts: u64, make: fn(&mut Choices<'_>) -> GeneratedSource) -> (u64, Vec<String>) {
    let work = move || {
        let (mut engine, mut accepted, mut messages) = (ReferenceEngine::new(), 0, Vec::new());
        for seed in 0..texts {
            let GeneratedSource { text, name } = of_seed(seed, make);
            match engine.compile(&text, &name) {
                Ok(_) => accepted += 1,
                Err(CompileFailure::Refused(message)) => messages.push(String::from_utf8_lossy(&message).into_owned()),
                Err(failure) => panic!("seed {seed}: {failure:?}"),
            }
        }
        (accepted, messages)
    };
    let thread = thread::Builder::new().stack_size(STACK_SIZE).spawn(work).expect("a thread starts");
    thread.join().expect("no text breaks the reference")
}

#[test]
fn a_seed_is_a_text_and_nothing_is_the_empty_one() {
    for make in [generate, generate_valid] {
        assert_eq!(of_seed(3, make), of_seed(3, make));
        assert_ne!(of_seed(3, make), of_seed(4, make));
        let nothing = make(&mut Choices::new(&[]));
        assert_eq!(nothing, GeneratedSource { text: Vec::new(), name: b"@generated.lua".to_vec() });
    }
}

#[test]
fn texts_are_refused_in_every_way_that_there_is() {
    let (accepted, messages) = refusals(TEXTS, generate);
    assert!((TEXTS / 8..TEXTS / 2).contains(&accepted), "{accepted} of {TEXTS} are accepted");
    let lines = MESSAGES.lines().filter(|line| !line.starts_with('#'));
    let reached: BTreeMap<&str, usize> = lines
        .map(|line| {
            let template = Template::of_line(line);
            (line, messages.iter().filter(|message| template.matches(message)).count())
        })
        .collect();
    println!("{accepted} accepted, {reached:#?}");
    let missing: Vec<_> = reached.iter().filter(|(_, count)| **count == 0).collect();
    assert!(missing.is_empty(), "{missing:?}");
    // What is near is left out where that is a zero byte.
    let lines = MESSAGES.lines().filter(|line| !line.starts_with('#'));
    let templates = lines.map(|line| Template::of_line(line.trim_end_matches(" near")));
    let templates: Vec<Template> = templates.collect();
    let known = |message: &String| templates.iter().any(|template| template.matches(message));
    let unknown: Vec<_> = messages.iter().filter(|message| !known(message)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn what_the_grammar_allows_is_refused_by_limits_alone() {
    fn of_the_grammar(choices: &mut Choices<'_>) -> GeneratedSource {
        let tokens = grammar::tokens(choices);
        GeneratedSource { text: layout::careful(choices, &tokens), name: b"=grammar".to_vec() }
    }
    let (accepted, messages) = refusals(TEXTS / 4, of_the_grammar);
    let is_limit = |message: &&String| !message.contains("has more than") && !message.contains("too complex");
    let other: Vec<_> = messages.iter().filter(is_limit).collect();
    assert!(accepted * 100 >= TEXTS / 4 * 98 && other.is_empty(), "{accepted} are accepted, {messages:#?}");
    let (accepted, messages) = refusals(TEXTS / 4, generate_valid);
    assert!(accepted * 100 >= TEXTS / 4 * 88, "{accepted} are accepted, {messages:#?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_a_text_and_no_binary_chunk(bytes in ChoiceBytes { lengths: 0..2000 }) {
        for make in [generate, generate_valid] {
            let text = make(&mut Choices::new(&bytes)).text;
            prop_assert_ne!(text.first(), Some(&BINARY_SIGNATURE));
        }
    }
}
