//! Expressions that the grammar allows, in every place: operands, conditions, arguments, items. They know no statement.

use super::grammar::Grammar;
use super::literals::{numeral, string};

/// Operators of two operands; those that jump are as frequent as all others.
const BINARY: [&str; 22] = [
    "+", "-", "*", "/", "%", "^", "..", "==", "~=", "<", "<=", ">", ">=", "and", "or", "and", "or", "and", "or", "==",
    "..", "<",
];

impl Grammar<'_, '_> {
    /// From one to so many expressions; the last may give any number of values.
    pub fn expressions(&mut self, most: usize) {
        for index in 0..self.choices.count(most) {
            if index > 0 {
                self.put(",");
            }
            self.expression();
        }
        if self.choices.chance(24) {
            self.put(",");
            self.varargs();
        }
    }

    /// An expression.
    pub fn expression(&mut self) {
        if !self.may_grow() {
            return self.atom();
        }
        let mark = self.choices.begin();
        self.depth += 1;
        match self.choices.weighted(&[24, 16, 12, 5, 5, 6, 4, 3]) {
            1 => self.binary(),
            2 if self.choices.chance(60) => {
                self.parenthesised();
                self.suffixes();
            }
            2 => self.suffixed(),
            3 => self.unary(),
            4 => self.parenthesised(),
            5 => self.constructor(),
            6 => {
                self.put("function");
                self.function_body();
            }
            7 => self.chain(),
            _ => self.atom(),
        }
        self.depth -= 1;
        self.choices.end("expression of a grammar", mark);
    }

    /// An expression that jumps on its result: comparisons, connectives and constants above all.
    pub fn condition(&mut self) {
        match self.choices.weighted(&[8, 4, 3, 2]) {
            1 => {
                let word = self.choices.one_of(&["nil", "true", "false", "1", "'x'"]);
                self.put(word);
            }
            2 => {
                self.put("not");
                self.parenthesised();
            }
            3 => self.chain(),
            _ => self.binary(),
        }
    }

    fn atom(&mut self) {
        match self.choices.weighted(&[12, 6, 5, 5, 2]) {
            1 => {
                let numeral = numeral(self.choices);
                self.put(numeral);
            }
            2 => {
                let string = string(self.choices);
                self.put(string);
            }
            3 => {
                let word = self.choices.one_of(&["nil", "true", "false"]);
                self.put(word);
            }
            4 => self.varargs(),
            _ => self.name(),
        }
    }

    fn binary(&mut self) {
        self.expression();
        let operator = self.choices.one_of(&BINARY);
        self.put(operator);
        self.expression();
    }

    /// Operators in a row, whose order is the grammar's affair.
    fn chain(&mut self) {
        self.atom();
        for _ in 0..1 + self.choices.count(8) {
            let operator = self.choices.one_of(&BINARY);
            self.put(operator);
            if self.choices.chance(60) {
                let operator = self.choices.one_of(&["-", "not", "#"]);
                self.put(operator);
            }
            self.atom();
        }
    }

    fn unary(&mut self) {
        let operator = self.choices.one_of(&["-", "not", "#"]);
        self.put(operator);
        self.expression();
    }

    fn parenthesised(&mut self) {
        self.put("(");
        self.expression();
        self.put(")");
    }

    /// A name with what can follow it.
    pub fn suffixed(&mut self) {
        self.name();
        self.suffixes();
    }

    fn suffixes(&mut self) {
        while self.choices.chance(80) && self.may_grow() {
            match self.choices.weighted(&[4, 3, 4]) {
                1 => {
                    self.put("[");
                    self.nested();
                    self.put("]");
                }
                2 => self.call(),
                _ => {
                    self.put(".");
                    self.name();
                }
            }
        }
    }

    fn nested(&mut self) {
        self.depth += 1;
        self.expression();
        self.depth -= 1;
    }

    /// The arguments of a call, of a method or not.
    pub fn call(&mut self) {
        if self.choices.chance(70) {
            self.put(":");
            self.name();
        }
        self.depth += 1;
        match self.choices.weighted(&[10, 2, 3]) {
            1 => {
                let string = string(self.choices);
                self.put(string);
            }
            2 => self.constructor(),
            _ => {
                self.opening_call();
                if self.choices.chance(190) {
                    self.expressions(5);
                }
                self.put(")");
            }
        }
        self.depth -= 1;
    }

    fn constructor(&mut self) {
        self.put("{");
        for _ in 0..self.choices.below(7) {
            match self.choices.weighted(&[8, 4, 4]) {
                1 => {
                    self.name();
                    self.put("=");
                }
                2 => {
                    self.put("[");
                    self.nested();
                    self.put("]");
                    self.put("=");
                }
                _ => {}
            }
            self.nested();
            let separator = self.choices.one_of(&[",", ";"]);
            self.put(separator);
        }
        // The last item may give any number of values.
        if self.choices.chance(60) {
            self.varargs();
        }
        self.put("}");
    }
}
