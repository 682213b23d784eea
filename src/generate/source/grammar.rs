//! Text that the grammar allows, over few names and without meaning: statements and blocks.
//!
//! What a name stands for is an accident of which declarations are around it, so that locals, upvalues and globals meet in every place
//! where the grammar has a name.

use super::super::Choices;
use super::Token;
use super::vocabulary::NAMES;

/// How many statements a text has at most, and how many tokens before it comes to its end.
const MOST_STATEMENTS: usize = 120;
const MOST_TOKENS: usize = 4000;
/// How deep blocks and expressions nest, together.
pub const MOST_DEPTH: usize = 9;

/// A text being written.
pub struct Grammar<'c, 'b> {
    pub choices: &'c mut Choices<'b>,
    tokens: Vec<Token>,
    statements: usize,
    pub depth: usize,
    /// Whether the function that is being written takes varargs.
    is_vararg: bool,
    /// Whether a loop of this function is around.
    is_in_loop: bool,
}

/// The tokens of a text.
pub fn tokens(choices: &mut Choices<'_>) -> Vec<Token> {
    let mut grammar =
        Grammar { choices, tokens: Vec::new(), statements: 0, depth: 0, is_vararg: true, is_in_loop: false };
    grammar.statements();
    grammar.tokens
}

impl Grammar<'_, '_> {
    /// Adds a token.
    pub fn put(&mut self, token: impl Into<Token>) {
        self.tokens.push(token.into());
    }

    /// Adds tokens that are written with spaces between them.
    fn words(&mut self, words: &str) {
        words.split(' ').for_each(|word| self.put(word));
    }

    /// Adds a parenthesis to the token before it: on a line of its own it would be ambiguous.
    pub fn opening_call(&mut self) {
        match self.tokens.last_mut() {
            Some(last) => last.push(b'('),
            None => self.put("("),
        }
    }

    /// Whether the text may still grow.
    pub fn may_grow(&self) -> bool {
        self.tokens.len() < MOST_TOKENS && self.depth < MOST_DEPTH && !self.choices.is_exhausted()
    }

    /// Adds a name.
    pub fn name(&mut self) {
        let name = self.choices.one_of(&NAMES);
        self.put(name);
    }

    /// Adds as many names as that, and commas.
    fn names(&mut self, count: usize) {
        for index in 0..count {
            if index > 0 {
                self.put(",");
            }
            self.name();
        }
    }

    /// Adds `...`, or what stands for it where there is none.
    pub fn varargs(&mut self) {
        self.put(if self.is_vararg { "..." } else { "arg" });
    }

    /// The statements of a block, with what can only be its last one.
    fn statements(&mut self) {
        while self.may_continue() {
            self.statements += 1;
            let mark = self.choices.begin();
            self.statement();
            self.choices.end("statement of a grammar", mark);
            if self.choices.chance(40) {
                self.put(";");
            }
        }
        match self.choices.weighted(&[24, 4, 4]) {
            1 => self.return_statement(),
            2 if self.is_in_loop => self.put("break"),
            _ => {}
        }
    }

    fn may_continue(&mut self) -> bool {
        self.statements < MOST_STATEMENTS && self.tokens.len() < MOST_TOKENS && self.choices.chance(200)
    }

    fn statement(&mut self) {
        let nested = u16::from(self.depth < MOST_DEPTH);
        let weights =
            [20, 18, 14, 10 * nested, 5 * nested, 5 * nested, 6 * nested, 5 * nested, 5 * nested, 8 * nested, 6];
        match self.choices.weighted(&weights) {
            1 => self.local_statement(),
            2 => self.call_statement(),
            3 => self.if_statement(),
            4 => self.while_statement(),
            5 => self.repeat_statement(),
            6 => self.numeric_loop(),
            7 => self.generic_loop(),
            8 => self.enclosed("do", "end"),
            9 => self.function_statement(),
            10 => self.assignment_of_many(),
            _ => self.assignment(),
        }
    }

    fn block(&mut self) {
        self.depth += 1;
        self.statements();
        self.depth -= 1;
    }

    fn enclosed(&mut self, opening: &str, closing: &str) {
        self.put(opening);
        self.block();
        self.put(closing);
    }

    fn loop_block(&mut self) {
        let was_in_loop = std::mem::replace(&mut self.is_in_loop, true);
        self.block();
        self.is_in_loop = was_in_loop;
    }

    fn assignment(&mut self) {
        self.target();
        self.put("=");
        self.expression();
    }

    /// Targets that are indexed with what is assigned to beside them.
    fn assignment_of_many(&mut self) {
        let count = 1 + self.choices.count(6);
        for index in 0..count {
            if index > 0 {
                self.put(",");
            }
            self.target();
        }
        self.put("=");
        self.expressions(5);
    }

    /// What can be assigned to.
    fn target(&mut self) {
        match self.choices.weighted(&[10, 5, 5]) {
            1 => {
                self.suffixed();
                self.words(".");
                self.name();
            }
            2 => {
                self.suffixed();
                self.put("[");
                self.expression();
                self.put("]");
            }
            _ => self.name(),
        }
    }

    fn local_statement(&mut self) {
        self.put("local");
        let count = self.choices.count(5);
        self.names(count);
        if self.choices.chance(180) {
            self.put("=");
            self.expressions(5);
        }
    }

    fn call_statement(&mut self) {
        self.suffixed();
        self.call();
    }

    fn if_statement(&mut self) {
        self.put("if");
        self.condition();
        self.put("then");
        self.block();
        while self.choices.chance(70) && self.may_grow() {
            self.put("elseif");
            self.condition();
            self.put("then");
            self.block();
        }
        if self.choices.chance(100) {
            self.put("else");
            self.block();
        }
        self.put("end");
    }

    fn while_statement(&mut self) {
        self.put("while");
        self.condition();
        self.put("do");
        self.loop_block();
        self.put("end");
    }

    fn repeat_statement(&mut self) {
        self.put("repeat");
        self.loop_block();
        self.put("until");
        self.condition();
    }

    fn numeric_loop(&mut self) {
        self.put("for");
        self.name();
        self.put("=");
        self.expression();
        self.put(",");
        self.expression();
        if self.choices.chance(90) {
            self.put(",");
            self.expression();
        }
        self.put("do");
        self.loop_block();
        self.put("end");
    }

    fn generic_loop(&mut self) {
        self.put("for");
        let count = self.choices.count(4);
        self.names(count);
        self.put("in");
        self.expressions(4);
        self.put("do");
        self.loop_block();
        self.put("end");
    }

    fn function_statement(&mut self) {
        if self.choices.flag() {
            self.words("local function");
            self.name();
        } else {
            self.put("function");
            self.name();
            for _ in 1..self.choices.count(4) {
                self.put(".");
                self.name();
            }
            if self.choices.chance(60) {
                self.put(":");
                self.name();
            }
        }
        self.function_body();
    }

    /// Parameters and a body, with the `end`.
    pub fn function_body(&mut self) {
        self.opening_call();
        let mark = self.choices.begin();
        let count = self.choices.below(4);
        self.names(count);
        let takes_varargs = self.choices.chance(110);
        if takes_varargs {
            self.words(if count > 0 { ", ..." } else { "..." });
        }
        self.put(")");
        let outer = (self.is_vararg, self.is_in_loop);
        (self.is_vararg, self.is_in_loop) = (takes_varargs, false);
        self.block();
        (self.is_vararg, self.is_in_loop) = outer;
        self.put("end");
        self.choices.end("function of a grammar", mark);
    }

    fn return_statement(&mut self) {
        self.put("return");
        match self.choices.weighted(&[4, 4, 3]) {
            1 => self.expressions(4),
            // A tail call, if nothing comes after it.
            2 => self.call_statement(),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::bytes_of_seed;

    #[test]
    fn nothing_is_no_token_and_every_statement_is_reached() {
        assert!(tokens(&mut Choices::new(&[])).is_empty());
        let all: Vec<Token> = (0..60).flat_map(|seed| tokens(&mut Choices::new(&bytes_of_seed(seed)))).collect();
        for word in
            "local function if elseif else while repeat until for in do return break ... { [ .. not # ;".split(' ')
        {
            assert!(all.iter().any(|token| token == word.as_bytes()), "no {word}");
        }
    }
}
