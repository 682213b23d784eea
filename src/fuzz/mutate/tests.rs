//! What mutations and crossovers do to cases of every form.

use std::collections::BTreeSet;

use super::*;
use crate::fuzz::Input;
use crate::generate::bytes_of_seed;

const MOST: usize = 8192;

/// A fuzzer's own mutator that is seen where it was.
fn marking(data: &mut [u8], size: usize, most: usize) -> usize {
    let size = size.min(most);
    data[..size].fill(b'!');
    size
}

/// One that changes nothing.
fn idle(_: &mut [u8], size: usize, most: usize) -> usize {
    size.min(most)
}

fn mutated(target: Target, bytes: &[u8], most: usize, seed: u64) -> Vec<u8> {
    let mut data = vec![0; most.max(bytes.len())];
    data[..bytes.len()].copy_from_slice(bytes);
    let size = Mutator::new(target, seed, &mut idle).mutate(&mut data, bytes.len(), most);
    assert!(size <= most, "{size} of {most}");
    data.truncate(size);
    data
}

fn crossed(target: Target, first: &[u8], second: &[u8], seed: u64) -> Vec<u8> {
    let mut out = vec![0; MOST];
    let size = Mutator::new(target, seed, &mut idle).cross(first, second, &mut out);
    out.truncate(size);
    out
}

fn lines(bytes: &[u8]) -> BTreeSet<Vec<u8>> {
    match Case::of_bytes(Target::Execute, bytes).input {
        Input::Program(program) => program.chunk.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect(),
        other => panic!("no program: {other:?}"),
    }
}

/// Inputs of every form that this target takes, from nothing to large.
fn inputs(target: Target) -> Vec<Vec<u8>> {
    let choices = [0, 1, 40, 700, 5000].map(|length| {
        let bytes = bytes_of_seed(3 + length as u64);
        bytes.into_iter().cycle().take(length).collect()
    });
    let source =
        [raw::SOURCE, b"local t = {f = function(a) return a end}\nfor i = 1, 3 do print(t.f(i)) end\n"].concat();
    let chunk = crate::engine::Engine::compile(&mut crate::engine::ferrous::FerrousEngine::new(), &source, b"@x");
    let programs = [source.clone(), raw::SOURCE.to_vec(), chunk.expect("accepted"), raw::CHUNK.to_vec()];
    choices.into_iter().chain(programs.into_iter().filter(|bytes| raw::input(target, bytes).is_some())).collect()
}

#[test]
fn any_input_stays_a_case_of_its_form_and_within_its_bound() {
    for target in Target::ALL {
        for input in inputs(target) {
            let form = Form::of(target, &input);
            for (seed, most) in (0..60).zip([MOST, input.len() + 1, input.len().max(9) / 2 + 4, 8].into_iter().cycle())
            {
                let result = mutated(target, &input, most, seed);
                Case::of_bytes(target, &result);
                let after = Form::of(target, &result);
                // Choices are written out now and then; what is cut off within its first bytes is nothing special any more.
                let may_change = form == Form::Choices || result.len() <= form.prefix();
                assert!(after == form || may_change, "{target}: {form:?} became {after:?}");
            }
        }
    }
}

#[test]
fn the_same_seed_does_the_same_and_another_one_something_else() {
    let bytes = bytes_of_seed(9);
    let results: BTreeSet<Vec<u8>> = (0..100).map(|seed| mutated(Target::Execute, &bytes, MOST, seed)).collect();
    assert!((0..100).all(|seed| results.contains(&mutated(Target::Execute, &bytes, MOST, seed))));
    assert!(results.len() >= 60, "only {} results", results.len());
}

#[test]
fn mutated_programs_differ_in_some_lines_and_keep_others() {
    let (mut different, mut alike) = (0, 0);
    for seed in 0..60 {
        let bytes = bytes_of_seed(seed);
        let (before, after) = (lines(&bytes), lines(&mutated(Target::Execute, &bytes, MOST, seed)));
        different += usize::from(before != after);
        alike += usize::from(before.intersection(&after).count() * 2 >= before.len().min(after.len()));
    }
    // A fifth is for the fuzzer's own mutator, which is idle here.
    assert!(different >= 36, "{different} of 60 differ");
    assert!(alike >= 42, "{alike} of 60 have half of their lines left");
}

#[test]
fn a_share_is_for_the_fuzzer_itself_behind_what_says_what_it_is() {
    let source = [raw::SOURCE, b"return 1\n"].concat();
    let mut marked = 0;
    for seed in 0..200 {
        let mut data = [source.clone(), vec![0; 100]].concat();
        let size = Mutator::new(Target::Parse, seed, &mut marking).mutate(&mut data, source.len(), 100);
        assert!(data.starts_with(raw::SOURCE) && size <= 100);
        marked += usize::from(data[raw::SOURCE.len()..].starts_with(b"!!!!!!!!"));
    }
    assert!((20..80).contains(&marked), "{marked} of 200");
}

#[test]
fn a_crossover_takes_from_both() {
    let mut both = 0;
    for seed in 0..60 {
        let (first, second) = (bytes_of_seed(seed), bytes_of_seed(seed + 100));
        let result = crossed(Target::Execute, &first, &second, seed);
        assert!(result != first && result != second);
        let (result, first, second) = (lines(&result), lines(&first), lines(&second));
        let own = |one: &BTreeSet<_>, other| result.intersection(&(one - other)).count() > 0;
        both += usize::from(own(&first, &second) && own(&second, &first));
    }
    // Where an expression was taken, it is in the middle of a line.
    assert!(both >= 15, "{both} of 60 have lines of both");
}

#[test]
fn texts_and_chunks_cross_with_their_like_alone() {
    let text = |text: &str| [raw::SOURCE, text.as_bytes()].concat();
    let (first, second) = (text("a = b\nc = d\n"), text("while x do y() end\nreturn z\n"));
    let results: BTreeSet<Vec<u8>> = (0..50).map(|seed| crossed(Target::Parse, &first, &second, seed)).collect();
    assert!(results.len() > 20 && results.iter().all(|result| result.starts_with(raw::SOURCE)));
    assert_eq!(crossed(Target::Parse, &first, &bytes_of_seed(1), 0), Vec::<u8>::new());
}
