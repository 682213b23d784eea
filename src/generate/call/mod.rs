//! Calls of library functions: the arguments that they take, others, and hostile ones, for every function of every library.
//!
//! One idea per file: `signatures`, which functions there are and what they take; `wanted`, the kinds of arguments; `values`, what a value
//! can be; `texts`, strings; `bounds`, which numbers and patterns would make a call go on for ever, and what they are lowered to. What is
//! left out is a [`Rule`](super::program::Rule), counted. It makes calls, runs nothing, and knows no engine.

mod bounds;
mod signatures;
mod texts;
mod values;
mod wanted;

use super::Choices;
use super::program::RuleCounts;
use crate::oracle::library::{Argument, LibraryCall};
use signatures::SIGNATURES;
use wanted::Wanted;

/// A call nobody wrote.
#[derive(Clone, Debug, PartialEq)]
pub struct GeneratedCall {
    pub call: LibraryCall,
    /// What was left out of it because nobody could stop it, or because engines are free in it.
    pub rules: RuleCounts,
}

/// The call that these choices make.
pub fn generate(choices: &mut Choices<'_>) -> GeneratedCall {
    let (function, wanted) = *choices.pick(SIGNATURES);
    let mark = choices.begin();
    let manner = Manner::draw(choices);
    let arguments = List { choices, manner, arguments: Vec::new() }.filled(wanted);
    choices.end("arguments", mark);
    let mut call = LibraryCall { function: function.to_owned(), arguments };
    let mut rules = RuleCounts::default();
    bounds::bound(&mut call, &mut rules);
    GeneratedCall { call, rules }
}

/// How much of a call is not as the function would have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    Right,
    /// Now and then a wrong argument, one too few, one too many.
    Careless,
    /// Hardly anything right.
    Hostile,
}

impl Manner {
    fn draw(choices: &mut Choices<'_>) -> Self {
        [Self::Right, Self::Careless, Self::Hostile][choices.weighted(&[5, 7, 3])]
    }

    /// In how many of 256 cases something is wrong at a place.
    fn wrong(self) -> u8 {
        match self {
            Self::Right => 0,
            Self::Careless => 40,
            Self::Hostile => 140,
        }
    }
}

/// A list of arguments being made.
struct List<'c, 'b> {
    choices: &'c mut Choices<'b>,
    manner: Manner,
    arguments: Vec<Argument>,
}

impl List<'_, '_> {
    fn filled(mut self, wanted: &[Wanted]) -> Vec<Argument> {
        let is_wrong = |list: &mut Self| list.choices.chance(list.manner.wrong());
        for wanted in wanted {
            match wanted {
                // What comes next may be left out.
                Wanted::Perhaps if !self.choices.flag() => break,
                Wanted::Perhaps => {}
                // A call with too few arguments.
                _ if self.manner != Manner::Right && self.choices.chance(self.manner.wrong() / 4) => break,
                _ if is_wrong(&mut self) => self.add(values::wrong),
                wanted => {
                    let mark = self.choices.begin();
                    wanted.make(self.choices, &mut self.arguments);
                    self.choices.end("argument", mark);
                }
            }
        }
        // Too many: functions take no notice, or should not.
        while self.arguments.len() < wanted.len() + 4 && is_wrong(&mut self) {
            self.add(values::any);
        }
        self.arguments
    }

    fn add(&mut self, make: fn(&mut Choices<'_>, usize) -> Argument) {
        let mark = self.choices.begin();
        let argument = make(self.choices, self.arguments.len());
        self.choices.end("argument", mark);
        self.arguments.push(argument);
    }
}

#[cfg(test)]
mod tests;
