//! A program with everything that passes want to know of it.

use std::ops::Range;

use super::measure::{Measure, weight};
use super::syntax::Syntax;
use super::token::{Token, tokens};

/// A program.
#[derive(Clone, Debug)]
pub struct Source {
    pub text: Vec<u8>,
    /// The tokens and comments.
    pub tokens: Vec<Token>,
    pub syntax: Syntax,
    pub measure: Measure,
    /// Where each line begins.
    lines: Vec<usize>,
    /// For each token what those before it count, and at the end what all count.
    weights: Vec<u64>,
}

impl Source {
    /// Takes any text apart.
    pub fn new(text: Vec<u8>) -> Self {
        let tokens = tokens(&text);
        let syntax = Syntax::parse(&text, &tokens);
        let measure = Measure::of(&text, &tokens);
        let newlines = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        let lines = std::iter::once(0).chain(newlines.map(|(position, _)| position + 1)).collect();
        let mut weights = vec![0];
        let mut sum = 0;
        for token in &tokens {
            sum += weight(token.kind, text.get(token.range.clone()).unwrap_or_default());
            weights.push(sum);
        }
        Self { text, tokens, syntax, measure, lines, weights }
    }

    /// The bytes of a range.
    pub fn slice(&self, range: Range<usize>) -> &[u8] {
        self.text.get(range).unwrap_or_default()
    }

    /// The bytes of a node.
    pub fn node(&self, node: usize) -> &[u8] {
        self.syntax.nodes.get(node).map_or(&[], |node| self.slice(node.range.clone()))
    }

    /// The index of the first token that begins here or later.
    pub fn token_from(&self, position: usize) -> usize {
        self.tokens.partition_point(|token| token.range.start < position)
    }

    /// The tokens that begin in a range.
    pub fn tokens_in(&self, range: Range<usize>) -> &[Token] {
        self.tokens.get(self.token_from(range.start)..self.token_from(range.end)).unwrap_or_default()
    }

    /// What the tokens in a range count.
    pub fn weight_in(&self, range: Range<usize>) -> u64 {
        let before = |position| self.weights.get(self.token_from(position)).copied().unwrap_or_default();
        before(range.end).saturating_sub(before(range.start))
    }

    /// How far from the beginning of its line a position is.
    pub fn column(&self, position: usize) -> usize {
        let line = self.lines.partition_point(|start| *start <= position);
        position - line.checked_sub(1).and_then(|line| self.lines.get(line)).copied().unwrap_or_default()
    }
}
