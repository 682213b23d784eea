//! Pieces of code that begin and end with a certain instruction, one after the other: so that every instruction comes after every other.
//!
//! A piece is a statement or an expression over locals of the function around: `a`, `b` numbers, `s` a string, `t` a table, `o` an object, `f`
//! a function, `u` an upvalue. What comes next to what is drawn; what it computes is of no interest, and is shown all the same.

use super::builder::Builder;

/// Statements: what they begin and end with is all that they do.
const STATEMENTS: [&str; 38] = [
    "b = a",
    "a = 5",
    "q = a == b",
    "q = nil",
    "a = u",
    "q = gq",
    "q = t.x",
    "gq = a",
    "u = a",
    "t.x = a",
    "q = {}",
    "a = a + 1",
    "a = a - b",
    "a = a * 2",
    "a = a / 2",
    "a = a % 7",
    "a = a ^ 1",
    "a = -a",
    "q = not a",
    "q = #s",
    "q = s .. a",
    "if a == b then end",
    "if a < b then end",
    "if a <= b then end",
    "if q then end",
    "q = q or a",
    "f(a)",
    "o:m()",
    "for i = 1, 2 do end",
    "for k in f do break end",
    "q = {a}",
    "do local c = a g = function() return c end end",
    "g = function() end",
    "q = ...",
    "local l",
    "if q then b = a else a = b end",
    "q = {x = a}",
    "q = true",
];

/// Expressions, by what they end with.
const EXPRESSIONS: [&str; 26] = [
    "a",
    "5",
    "true",
    "nil",
    "u",
    "gq",
    "t.x",
    "{}",
    "a + b",
    "a - b",
    "a * b",
    "a / b",
    "a % b",
    "a ^ b",
    "-a",
    "not a",
    "#s",
    "s .. a",
    "a == b",
    "a < b or b",
    "not (q and a)",
    "gq or a",
    "f(a)",
    "{a}",
    "function() return a end",
    "...",
];

/// Where statements stand (`S`), and what takes expressions (`E`).
const PLACES: [&str; 20] = [
    "S S",
    "S S S",
    "for i = 1, 2 do S S end",
    "for k in h, 2, 0 do S S end",
    "local n = 0 while n < 2 do n = n + 1 S end",
    "local n = 0 repeat n = n + 1 S until n > 1",
    "if a < b then S else S end S",
    "do local c = a g = function() return c end S end",
    "for i = 1, 2 do local c = i g = function() return c end S end",
    "f(E, E)",
    "o:m(E)",
    "q = o:m(E, E)",
    "q = {E, E, E}",
    "q = s .. (E)",
    "q = s .. (gq and (E) .. s)",
    "for i = 1, 2, E do break end",
    "for i = E, E do break end",
    "S return f(E)",
    "S do return E end",
    "q = {E, {E}, x = E} S",
];

/// How many statements such a function counts as.
const COST: u64 = 30;

/// Pieces next to each other, in a function.
pub fn statement(builder: &mut Builder<'_, '_>) {
    if !builder.may_repeat(COST) {
        return;
    }
    builder.charge(COST);
    let mut body = String::new();
    for _ in 0..builder.choices.count(3) {
        let place = builder.choices.one_of(&PLACES);
        // What returns is the last in its block.
        body.push_str(&format!("do {} end ", filled(builder, place)));
    }
    builder.line(&format!(
        "do local u, f, h = 1, function(...) return ... end, function(n, i) if i < n then return i + 1 end end \
         try(function(...) local a, b, s, t, q, g = 2, 3, \"s\", {{x = 1}} local o = {{m = f}} {body}\
         return a, b, s, type(q), u, type(g) end, 1, 2) end"
    ));
}

/// A place with pieces in it.
fn filled(builder: &mut Builder<'_, '_>, place: &str) -> String {
    let mut text = String::new();
    for letter in place.chars() {
        match letter {
            'S' => {
                text.push_str(builder.choices.one_of(&STATEMENTS));
                text.push(';');
            }
            'E' => text.push_str(builder.choices.one_of(&EXPRESSIONS)),
            letter => text.push(letter),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lua::compiler::{CompileOptions, compile};

    #[test]
    fn every_place_takes_every_piece() {
        let function = |body: &str| format!("local a, b, s, t, q, g, u, f, h, o = ... do {body} end");
        for place in PLACES {
            for statement in STATEMENTS {
                for expression in EXPRESSIONS {
                    let pieces = place.replace('S', &format!("{statement};")).replace('E', expression);
                    let source = function(&pieces);
                    let compiled = compile(source.as_bytes(), b"=piece", CompileOptions { levels: 0 });
                    assert!(compiled.is_ok(), "{source}");
                }
            }
        }
    }
}
