//! Input that means harm: random and damaged source text, random and damaged binary chunks, chunks made by hand for what the
//! verifier lets pass. Whatever it is, it is refused or it runs within its bounds: no panic, no hang, no stack overflow,
//! and the state works on afterwards.
//!
//! `LOCKSTEP_HOSTILE_CASES` says how many random cases each test makes, `LOCKSTEP_HOSTILE_SEED` where the numbers start.
#![cfg(feature = "lockstep")]

mod campaign;
mod depths;
mod handmade;
mod judged;
mod random;
mod seeds;
mod source;
mod victim;

use lockstep::generate::{Choices, bytes_of_seed, chunk};
use lockstep::lua::embed::ScriptError;
use lockstep::lua::vm::State;
use random::Random;
use seeds::Seeds;

#[test]
fn no_source_text_does_harm() {
    let seeds = Seeds::read();
    let tally = campaign::run("source", 1, move |random| source::make(random, &seeds));
    assert!(tally.accepts(15), "hardly anything compiles: {:?}", tally.ends);
}

#[test]
fn no_binary_chunk_does_harm() {
    let make = |random: &mut Random| chunk::generate(&mut Choices::new(&bytes_of_seed(random.next()))).bytes;
    let tally = campaign::run("chunks", 1, make);
    assert!(tally.accepts(40), "hardly anything is accepted: {:?}", tally.ends);
}

#[test]
fn no_chunk_made_by_hand_does_harm() {
    let cases = handmade::cases();
    assert!(cases.len() > 300, "only {} cases", cases.len());
    let count = cases.len() as u64;
    // Each of them twice: memory errors can be caught, or not.
    campaign::run_numbered("handmade", 0, 2 * count, move |number| cases[(number / 2) as usize].chunk.clone());
}

#[test]
fn no_program_goes_too_deep() {
    let programs = depths::programs();
    let count = programs.len() as u64;
    let tally = campaign::run_numbered("depths", 0, 2 * count, move |number| programs[(number / 2) as usize].clone());
    assert!(tally.accepts(20), "hardly anything compiles: {:?}", tally.ends);
}

/// Runs a program that needs more memory than it may have, and looks at what it is accounted with in the end.
fn outgrow(chunk: &str) {
    let mut state = State::with_libraries();
    state.heap.set_limit(victim::MEMORY);
    let end = victim::run(&mut state, chunk.as_bytes(), 20_000_000);
    let held = state.heap.allocated();
    assert!(matches!(end, Err(ScriptError::OutOfMemory | ScriptError::Raised { .. })), "{chunk}: {end:?}");
    // Beyond the bound by the last piece that was enlarged, at most.
    assert!(held <= 3 * victim::MEMORY, "{chunk}: {held} bytes");
}

#[test]
fn tables_grow_within_the_bound() {
    for growing in
        ["t[i] = i", "t[i + 0.5] = i", "t['x' .. i] = i", "rawset(t, i, i)", "table.insert(t, i)", "t = {t, {}}"]
    {
        outgrow(&format!("local t = {{}} for i = 1, 1e6 do {growing} end"));
    }
}

#[test]
fn stacks_grow_within_the_bound() {
    outgrow("local function f(...) return 1 + f(...) end return f(unpack({}, 1, 7000))");
    outgrow(
        "local function deep(n) if n == 0 then coroutine.yield() else local a, b, c, d, e deep(n - 1) return 1 end end
        local all = {} for i = 1, 100 do all[i] = coroutine.create(deep) assert(coroutine.resume(all[i], 15000)) end",
    );
}

#[test]
fn stacks_of_dead_coroutines_are_garbage() {
    let chunk =
        "local function deep(n) if n == 0 then coroutine.yield() else local a, b, c, d, e deep(n - 1) return 1 end end
        for i = 1, 100 do assert(coroutine.resume(coroutine.create(deep), 15000)) end";
    let mut state = State::with_libraries();
    state.collect_garbage();
    let before = state.heap.allocated();
    state.heap.set_limit(victim::MEMORY);
    victim::run(&mut state, chunk.as_bytes(), 20_000_000).expect("it stays within the bound");
    state.collect_garbage();
    assert!(state.heap.allocated() < before + (1 << 16), "{} bytes, {before} before", state.heap.allocated());
}
