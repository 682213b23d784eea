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
}

impl Source {
    /// Takes any text apart.
    pub fn new(text: Vec<u8>) -> Self {
        let tokens = tokens(&text);
        let syntax = Syntax::parse(&text, &tokens);
        let measure = Measure::of(&text, &tokens);
        Self { text, tokens, syntax, measure }
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
        self.tokens_in(range).iter().map(|token| weight(token.kind, self.slice(token.range.clone()))).sum()
    }
}
