//! Which locals are visible where, and of which type they are, so that most of what a program does means something.
//!
//! It also keeps programs within the compiler's bounds: so many locals and so many upvalues has a function at most.

use std::collections::BTreeSet;

/// What a local holds, for as long as it is visible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Number,
    Text,
    Boolean,
    /// A table whose fields `a` to `d` and elements are numbers, `s` and `t` strings, if they are there.
    Table,
    /// A function of numbers whose first result is a number. Its cost is how many statements a call executes at most.
    Function {
        cost: u64,
    },
    /// A value with every metamethod.
    Object,
}

impl Kind {
    /// Whether both are the same, apart from what a call costs.
    pub fn is_like(self, other: Self) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }
}

/// A visible local.
#[derive(Clone, Debug)]
pub struct Variable {
    pub name: String,
    pub kind: Kind,
    /// Whether it may be assigned to: loops that end depend on some that may not.
    pub is_assignable: bool,
    /// The function that it belongs to: 0 is the main one.
    pub level: usize,
    /// Which one of the same name it hides.
    hides: Option<usize>,
    is_hidden: bool,
}

/// How many locals and upvalues a function may have here: less than the compiler's 200 and 60, as loops have hidden ones.
const MOST_LOCALS: usize = 150;
const MOST_UPVALUES: usize = 50;

#[derive(Debug, Default)]
struct FunctionScope {
    locals: usize,
    upvalues: BTreeSet<String>,
    is_vararg: bool,
}

/// What is visible at a place of a program.
#[derive(Debug)]
pub struct Scope {
    variables: Vec<Variable>,
    blocks: Vec<usize>,
    functions: Vec<FunctionScope>,
}

impl Scope {
    /// The scope of a main function, which is a vararg function.
    pub fn main() -> Self {
        let main = FunctionScope { is_vararg: true, ..FunctionScope::default() };
        Self { variables: Vec::new(), blocks: Vec::new(), functions: vec![main] }
    }

    pub fn open_block(&mut self) {
        self.blocks.push(self.variables.len());
    }

    pub fn close_block(&mut self) {
        let start = self.blocks.pop().unwrap_or(0);
        let level = self.level();
        if let Some(function) = self.functions.last_mut() {
            let gone = self.variables[start..].iter().filter(|variable| variable.level == level).count();
            function.locals = function.locals.saturating_sub(gone);
        }
        for index in (start..self.variables.len()).rev() {
            if let Some(hidden) = self.variables[index].hides {
                self.variables[hidden].is_hidden = false;
            }
        }
        self.variables.truncate(start);
    }

    pub fn open_function(&mut self, is_vararg: bool) {
        self.open_block();
        self.functions.push(FunctionScope { is_vararg, ..FunctionScope::default() });
    }

    pub fn close_function(&mut self) {
        self.close_block();
        self.functions.pop();
    }

    pub fn open_loop(&mut self) {
        self.open_block();
        if let Some(function) = self.functions.last_mut() {
            // The hidden locals of a `for`.
            function.locals += 3;
        }
    }

    pub fn close_loop(&mut self) {
        self.close_block();
        if let Some(function) = self.functions.last_mut() {
            function.locals = function.locals.saturating_sub(3);
        }
    }

    /// How many functions are around this place.
    pub fn level(&self) -> usize {
        self.functions.len() - 1
    }

    /// Whether `...` means something here.
    pub fn is_vararg(&self) -> bool {
        self.functions.last().is_some_and(|function| function.is_vararg)
    }

    /// Whether the function may have so many more locals.
    pub fn has_room(&self, locals: usize) -> bool {
        self.functions.last().is_some_and(|function| function.locals + locals <= MOST_LOCALS)
    }

    /// Makes a local visible, which hides what has its name.
    pub fn declare(&mut self, name: String, kind: Kind, is_assignable: bool) {
        let level = self.level();
        if let Some(function) = self.functions.last_mut() {
            function.locals += 1;
        }
        let hides = self.variables.iter().rposition(|variable| variable.name == name);
        if let Some(hidden) = hides {
            self.variables[hidden].is_hidden = true;
        }
        self.variables.push(Variable { name, kind, is_assignable, level, hides, is_hidden: false });
    }

    /// The visible locals that this holds for, the newest first.
    pub fn visible(&self, holds: impl Fn(&Variable) -> bool) -> Vec<&Variable> {
        let newest_first = self.variables.iter().rev();
        newest_first.filter(|variable| !variable.is_hidden && holds(variable) && self.is_in_reach(variable)).collect()
    }

    /// Whether it can be used here without too many upvalues on the way.
    fn is_in_reach(&self, variable: &Variable) -> bool {
        self.functions[variable.level + 1..]
            .iter()
            .all(|function| function.upvalues.len() < MOST_UPVALUES || function.upvalues.contains(&variable.name))
    }

    /// Notes that this visible local is used here.
    pub fn used(&mut self, name: &str) {
        let Some(variable) = self.variables.iter().rev().find(|variable| variable.name == name) else { return };
        let level = variable.level;
        for function in &mut self.functions[level + 1..] {
            function.upvalues.insert(name.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(scope: &Scope) -> Vec<&str> {
        scope.visible(|_| true).into_iter().map(|variable| variable.name.as_str()).collect()
    }

    #[test]
    fn inner_locals_hide_outer_ones_until_their_block_ends() {
        let mut scope = Scope::main();
        scope.declare("a".into(), Kind::Number, true);
        scope.declare("b".into(), Kind::Text, true);
        scope.open_block();
        scope.declare("a".into(), Kind::Table, true);
        assert_eq!(names(&scope), ["a", "b"]);
        assert!(scope.visible(|variable| variable.kind.is_like(Kind::Number)).is_empty());
        scope.close_block();
        assert_eq!(scope.visible(|variable| variable.kind.is_like(Kind::Number)).len(), 1);
    }

    #[test]
    fn a_function_reaches_no_more_locals_than_it_may_have_upvalues() {
        let mut scope = Scope::main();
        for index in 0..60 {
            scope.declare(format!("v{index}"), Kind::Number, true);
        }
        scope.open_function(false);
        for index in 0..50 {
            scope.used(&format!("v{index}"));
        }
        assert_eq!(names(&scope).len(), 50);
        assert!(!scope.is_vararg());
        scope.close_function();
        assert_eq!(names(&scope).len(), 60);
        assert!(scope.has_room(90) && !scope.has_room(91));
    }
}
