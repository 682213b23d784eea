//! A program being written: its text so far, what is visible, and how much more it may do.
//!
//! Text is made of characters up to U+00FF, each of which becomes one byte of the program, so that strings of any bytes can be written. It
//! knows no statement and no expression.

use super::super::{Choices, Construct};
use super::features::{Feature, Features};
use super::rules::{Rule, RuleCounts};
use super::scope::{Kind, Scope};

/// How many statements a program may execute.
const MOST_EXECUTED: u64 = 12_000;
/// How deep statements nest.
const MOST_NESTING: usize = 6;

/// What a piece of program is made with.
pub struct Builder<'c, 'b> {
    pub choices: &'c mut Choices<'b>,
    pub features: Features,
    pub rules: RuleCounts,
    pub scope: Scope,
    /// The rules that do not show less of a thing, but keep it out of this program.
    pub kept_out: &'static [Rule],
    /// Whether expressions may be of the wrong type: where errors are caught.
    pub mistakes: bool,
    text: String,
    indent: usize,
    names: usize,
    statements: usize,
    most_statements: usize,
    /// How often the place that is being written is executed at most, within its function.
    repeated: u64,
    /// How many statements the function that is being written executes at most.
    cost: u64,
}

impl<'c, 'b> Builder<'c, 'b> {
    /// A program without a line, which may have so many statements.
    pub fn new(choices: &'c mut Choices<'b>, features: Features, most_statements: usize) -> Self {
        Self {
            choices,
            features,
            rules: RuleCounts::default(),
            scope: Scope::main(),
            kept_out: &[],
            mistakes: false,
            text: String::new(),
            indent: 0,
            names: 0,
            statements: 0,
            most_statements,
            repeated: 1,
            cost: 0,
        }
    }

    /// What `inner` makes, noted in the stream as a construct of this name.
    pub fn making<T>(&mut self, construct: Construct, inner: impl FnOnce(&mut Self) -> T) -> T {
        let mark = self.choices.begin();
        let made = inner(self);
        self.choices.end(construct, mark);
        made
    }

    /// Whether the program uses this part of the language.
    pub fn has(&self, feature: Feature) -> bool {
        self.features.has(feature)
    }

    /// Adds a line.
    pub fn line(&mut self, line: &str) {
        for _ in 0..self.indent {
            self.text.push_str("  ");
        }
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Adds an opening line, what `inner` writes in a block of its own, and a closing line.
    pub fn block(&mut self, opening: &str, closing: &str, inner: impl FnOnce(&mut Self)) {
        self.line(opening);
        self.indent += 1;
        self.scope.open_block();
        inner(self);
        self.scope.close_block();
        self.indent -= 1;
        self.line(closing);
    }

    /// As [`Builder::block`], for a loop that goes round so many times at most.
    pub fn looping(&mut self, turns: u64, opening: &str, closing: &str, inner: impl FnOnce(&mut Self)) {
        self.line(opening);
        self.indent += 1;
        self.scope.open_loop();
        let outside = self.repeated;
        self.repeated = outside.saturating_mul(turns.max(1));
        inner(self);
        self.repeated = outside;
        self.scope.close_loop();
        self.indent -= 1;
        self.line(closing);
    }

    /// The text of a function with these parameters, whose body `inner` writes, and what a call of it costs.
    pub fn function(&mut self, parameters: &str, is_vararg: bool, inner: impl FnOnce(&mut Self)) -> (String, u64) {
        let outer_text = std::mem::take(&mut self.text);
        let outer_cost = std::mem::replace(&mut self.cost, 1);
        let outer_repeated = std::mem::replace(&mut self.repeated, 1);
        self.indent += 1;
        self.scope.open_function(is_vararg);
        inner(self);
        self.scope.close_function();
        self.indent -= 1;
        self.repeated = outer_repeated;
        let body = std::mem::replace(&mut self.text, outer_text);
        let cost = std::mem::replace(&mut self.cost, outer_cost);
        (format!("function({parameters})\n{body}{}end", "  ".repeat(self.indent)), cost)
    }

    /// What `inner` makes for a function of one line that takes no arguments.
    pub fn enclosed<T>(&mut self, inner: impl FnOnce(&mut Self) -> T) -> T {
        self.scope.open_function(false);
        let made = inner(self);
        self.scope.close_function();
        made
    }

    /// Whether another statement may come here; if so, it is counted.
    pub fn may_continue(&mut self) -> bool {
        let is_allowed = self.statements < self.most_statements && self.may_repeat(1);
        if is_allowed {
            self.statements += 1;
            self.charge(1);
        }
        is_allowed
    }

    /// Whether statements may nest deeper here.
    pub fn may_nest(&self) -> bool {
        self.indent < MOST_NESTING
    }

    /// Whether something that executes so many statements may come here.
    pub fn may_repeat(&self, cost: u64) -> bool {
        self.cost.saturating_add(self.repeated.saturating_mul(cost)) < MOST_EXECUTED
    }

    /// Notes that something that executes so many statements comes here.
    pub fn charge(&mut self, cost: u64) {
        self.cost = self.cost.saturating_add(self.repeated.saturating_mul(cost));
    }

    /// How often a loop may go round here, when `turns` is what it would like.
    pub fn turns(&self, turns: u64) -> u64 {
        if self.repeated * turns > 120 { 2.min(turns) } else { turns }
    }

    /// A name that means nothing yet.
    pub fn fresh_name(&mut self, letter: &str) -> String {
        self.names += 1;
        format!("{letter}{}", self.names)
    }

    /// Declares a local with a new name, or now and then with one that is visible already.
    pub fn declare(&mut self, letter: &str, kind: Kind) -> String {
        let mut name = self.fresh_name(letter);
        if self.choices.chance(20) {
            let hidden = self.scope.visible(|variable| variable.is_assignable);
            if !hidden.is_empty() {
                name.clone_from(&hidden[self.choices.below(hidden.len())].name);
            }
        }
        self.scope.declare(name.clone(), kind, true);
        name
    }

    /// A visible local of this kind.
    pub fn variable(&mut self, kind: Kind) -> Option<String> {
        self.local(|is| is.is_like(kind), false).map(|(name, _)| name)
    }

    /// A visible local of this kind that may be assigned to.
    pub fn target(&mut self, kind: Kind) -> Option<String> {
        self.local(|is| is.is_like(kind), true).map(|(name, _)| name)
    }

    /// A visible function that may be called here; the call is charged.
    pub fn callee(&mut self) -> Option<String> {
        let (name, kind) = self.local(|is| matches!(is, Kind::Function { .. }), false)?;
        let Kind::Function { cost } = kind else { return None };
        if !self.may_repeat(cost) {
            return None;
        }
        self.charge(cost);
        Some(name)
    }

    fn local(&mut self, holds: impl Fn(Kind) -> bool, assignable: bool) -> Option<(String, Kind)> {
        // What a mistake assigns is gone when the error is caught.
        let own = (self.mistakes && assignable).then(|| self.scope.level());
        let candidates = self.scope.visible(|variable| {
            holds(variable.kind)
                && (variable.is_assignable || !assignable)
                && own.is_none_or(|level| variable.level == level)
        });
        if candidates.is_empty() {
            return None;
        }
        // Those declared last are taken most.
        let index = self.choices.below(candidates.len()).min(self.choices.below(candidates.len()));
        let (name, kind) = (candidates[index].name.clone(), candidates[index].kind);
        self.scope.used(&name);
        Some((name, kind))
    }

    /// Counts an application of a rule, and says whether the program may have that to which it is applied.
    pub fn may_show(&mut self, rule: Rule) -> bool {
        self.apply(rule);
        !self.kept_out.contains(&rule)
    }

    /// Counts an application of a rule.
    pub fn apply(&mut self, rule: Rule) {
        self.rules.apply(rule);
    }

    /// The program's bytes, and the rules that were applied.
    pub fn finish(self) -> (Vec<u8>, RuleCounts) {
        let bytes = self.text.chars().map(|character| u8::try_from(u32::from(character)).unwrap_or(b'?')).collect();
        (bytes, self.rules)
    }
}
