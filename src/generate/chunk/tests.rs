use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::super::strategy::ChoiceBytes;
use super::super::{Choices, bytes_of_seed};
use super::{GeneratedChunk, Miss, building, generate};
use crate::engine::BINARY_SIGNATURE;
use crate::lua::bytecode::{ChunkErrorKind, Opcode, Prototype, undump_within, verify};

/// How many chunks the figures below are about.
const CHUNKS: u64 = 4000;

fn of_seed(seed: u64) -> GeneratedChunk {
    generate(&mut Choices::new(&bytes_of_seed(seed)))
}

/// The name of a variant.
fn variant(value: &impl std::fmt::Debug) -> String {
    let text = format!("{value:?}");
    text.split(|letter: char| !letter.is_ascii_alphanumeric()).next().unwrap_or_default().to_owned()
}

/// What the loader says: nothing, a reason, or which rule of the verifier.
fn reason(chunk: &GeneratedChunk) -> Option<String> {
    match undump_within(&chunk.bytes, &chunk.name, 0, 1 << 20).err()?.kind {
        ChunkErrorKind::BadCode(error) => Some(variant(&error.flaw)),
        other => Some(variant(&other)),
    }
}

#[test]
fn a_seed_is_a_chunk_and_nothing_is_a_function_that_returns() {
    assert_eq!(of_seed(3), of_seed(3));
    assert_ne!(of_seed(3), of_seed(4));
    let nothing = generate(&mut Choices::new(&[]));
    assert_eq!(reason(&nothing), None);
    assert!(nothing.bytes.len() < 80, "{} bytes", nothing.bytes.len());
}

#[test]
fn about_every_other_chunk_is_refused_and_for_every_reason() {
    let mut reasons: BTreeMap<String, u64> = BTreeMap::new();
    for seed in 0..CHUNKS {
        let reason = reason(&of_seed(seed)).unwrap_or_else(|| "accepted".into());
        *reasons.entry(reason).or_default() += 1;
    }
    println!("{reasons:#?}");
    let of = |reason: &str| reasons.get(reason).copied().unwrap_or(0);
    assert!((CHUNKS * 4 / 10..CHUNKS * 8 / 10).contains(&of("accepted")), "{reasons:?}");
    // A claim of a large block is not compared.
    assert!(of("NotEnoughMemory") * 20 < CHUNKS, "{reasons:?}");
    let loader =
        ["BadHeader", "UnexpectedEnd", "BadInteger", "BadConstant", "CodeTooDeep", "BlockTooBig", "NotEnoughMemory"];
    let all = loader.iter().map(|reason| (*reason).to_owned()).chain(Miss::ALL.iter().map(variant));
    let missing: Vec<String> = all.filter(|reason| of(reason) == 0).collect();
    assert!(missing.is_empty(), "{missing:?} of {reasons:?}");
}

fn opcodes(function: &Prototype, used: &mut BTreeSet<Opcode>) {
    used.extend(function.code.iter().filter_map(|word| word.opcode()));
    function.prototypes.iter().for_each(|nested| opcodes(nested, used));
}

/// The first rule that a function or one in it misses, as the loader finds it.
fn missed(function: &Prototype) -> Option<String> {
    let inside = function.prototypes.iter().find_map(|nested| missed(nested));
    inside.or_else(|| verify(function).err().map(|error| variant(&error.flaw)))
}

#[test]
fn what_is_built_from_nothing_keeps_all_rules_or_misses_the_one_that_it_should() {
    let mut used = BTreeSet::new();
    for seed in 0..300 {
        let bytes = bytes_of_seed(seed);
        let function = building::build(&mut Choices::new(&bytes), 0, None);
        assert_eq!(missed(&function), None, "seed {seed}: {function:?}");
        opcodes(&function, &mut used);
        for miss in Miss::ALL {
            let function = building::build(&mut Choices::new(&bytes), 0, Some(miss));
            assert_eq!(missed(&function), Some(variant(&miss)), "seed {seed}: {function:?}");
        }
    }
    assert_eq!(used.len(), Opcode::ALL.len(), "{used:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_a_binary_chunk(bytes in ChoiceBytes { lengths: 0..2000 }) {
        let chunk = generate(&mut Choices::new(&bytes));
        prop_assert_eq!(chunk.bytes.first(), Some(&BINARY_SIGNATURE));
    }
}
