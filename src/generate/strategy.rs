//! How property tests draw the bytes behind a case; [`Shrink`] is how they shrink them. It knows nothing of cases.

use std::ops::Range;

use proptest::prelude::Rng;
use proptest::strategy::{NewTree, Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use super::Shrink;

/// Bytes for [`Choices`](super::Choices), up to a length.
#[derive(Clone, Debug)]
pub struct ChoiceBytes {
    pub lengths: Range<usize>,
}

impl Strategy for ChoiceBytes {
    type Tree = ChoiceBytesTree;
    type Value = Vec<u8>;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        let span = self.lengths.len().max(1) as u64;
        let length = self.lengths.start + (runner.rng().next_u64() % span) as usize;
        let mut bytes = vec![0; length];
        runner.rng().fill_bytes(&mut bytes);
        Ok(ChoiceBytesTree(Shrink::new(bytes)))
    }
}

/// Bytes under reduction.
#[derive(Clone, Debug)]
pub struct ChoiceBytesTree(Shrink);

impl ValueTree for ChoiceBytesTree {
    type Value = Vec<u8>;

    fn current(&self) -> Vec<u8> {
        self.0.bytes().to_vec()
    }

    fn simplify(&mut self) -> bool {
        self.0.keep()
    }

    fn complicate(&mut self) -> bool {
        self.0.take_back()
    }
}
