//! The ways in which a program can be made smaller.
//!
//! A pass looks at a program and lists changes, in the order of the text. Each change is to make the program smaller for
//! itself, and changes of one pass may be tried together. Passes say nothing about whether the result is interesting and
//! need not even give a program that can be compiled: that is found out by trying. They must not know about predicates
//! or about the order in which anything is tried.

mod constants;
mod declarations;
mod expressions;
mod layout;
mod lists;
mod names;
mod place;
mod statements;
mod tokens;

#[cfg(test)]
mod tests;

use super::edit::Change;
use super::source::Source;

/// How the changes of a pass are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trial {
    /// All together, then halves, quarters and so on to each for itself: where most can be expected to succeed.
    Halves,
    /// Each for itself.
    Singles,
}

/// A way to make programs smaller.
#[derive(Clone, Copy, Debug)]
pub struct Pass {
    /// A word for reports.
    pub name: &'static str,
    pub trial: Trial,
    /// Lists the changes. Passes that go down the tree are given a depth; the others have only one.
    list: fn(&Source, usize) -> Vec<Change>,
    pub depths: Depths,
}

/// How often a pass is applied in a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depths {
    /// Once for the whole program.
    Whole,
    /// To the outermost blocks first, then to those inside them, and so on.
    Blocks,
}

impl Pass {
    /// The changes that it sees in a program, at one depth, in the order in which they begin.
    pub fn changes(&self, source: &Source, depth: usize) -> Vec<Change> {
        let mut changes = (self.list)(source, depth);
        changes.sort_by_key(Change::start);
        changes
    }

    /// At how many depths there is something to do.
    pub fn depth_count(&self, source: &Source) -> usize {
        match self.depths {
            Depths::Whole => 1,
            Depths::Blocks => source.syntax.nodes.iter().map(|node| node.depth).max().unwrap_or_default(),
        }
    }
}

const fn whole(name: &'static str, trial: Trial, list: fn(&Source, usize) -> Vec<Change>) -> Pass {
    Pass { name, trial, list, depths: Depths::Whole }
}

/// Every pass, in the order in which they are worth trying: first what takes much away.
pub const ALL: [Pass; 24] = [
    whole("comments", Trial::Halves, layout::comments),
    Pass { name: "statements", trial: Trial::Halves, list: statements::statements, depths: Depths::Blocks },
    whole("lines", Trial::Halves, tokens::lines),
    whole("bodies", Trial::Singles, statements::bodies),
    whole("branches", Trial::Singles, statements::branches),
    whole("unwrap", Trial::Halves, statements::unwrap),
    whole("calls", Trial::Singles, statements::calls),
    whole("table fields", Trial::Halves, lists::fields),
    whole("lists", Trial::Singles, lists::lists),
    whole("parameters", Trial::Singles, lists::parameters),
    whole("sub-expressions", Trial::Halves, expressions::parts),
    whole("expressions", Trial::Singles, expressions::constants),
    whole("functions", Trial::Singles, declarations::variables),
    whole("declarations", Trial::Singles, declarations::joined),
    whole("inline", Trial::Singles, names::inline),
    whole("numbers", Trial::Singles, constants::numbers),
    whole("strings", Trial::Singles, constants::strings),
    whole("variables", Trial::Halves, names::variables),
    whole("keys", Trial::Halves, names::keys),
    whole("blank lines", Trial::Halves, layout::blank_lines),
    whole("spaces", Trial::Halves, layout::spaces),
    whole("joined lines", Trial::Singles, layout::joined),
    whole("indentation", Trial::Halves, layout::indentation),
    whole("tokens", Trial::Halves, tokens::tokens),
];
