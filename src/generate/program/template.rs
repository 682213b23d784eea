//! Snippets with holes: what catalogues are written in.
//!
//! A hole is `$` and a letter. It knows no snippet.

use super::builder::Builder;
use super::expressions::{any, boolean, number, text, wrong_value};
use super::scope::Kind;
use super::{formats, functions, numbers, patterns, strings, tables};

/// A snippet with its holes filled, for a function of its own: nothing in it uses the varargs of the function around.
pub fn expand(builder: &mut Builder<'_, '_>, template: &str) -> String {
    builder.enclosed(|builder| filled(builder, template))
}

fn filled(builder: &mut Builder<'_, '_>, template: &str) -> String {
    let mut result = String::with_capacity(template.len() * 2);
    let mut letters = template.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '$' => match letters.next() {
                Some(hole) => result.push_str(&fill(builder, hole)),
                None => result.push('$'),
            },
            letter => result.push(letter),
        }
    }
    result
}

/// What stands in a hole: `n` a number, `s` a string, `b` a boolean, `t` a table, `f` a function, `o` an object, `a` anything, `w` something wrong,
/// `i` a small integer, `c` a count, `x` an edge, `d` a numeral, `q` a numeric string, `p` a pattern, `r` a replacement, `m` a format, `k` a
/// field, `l` a literal, `y` a key that is no object, `v` a number that is there. Any other letter is itself.
fn fill(builder: &mut Builder<'_, '_>, hole: char) -> String {
    match hole {
        'n' => number(builder, 2),
        's' => text(builder, 2),
        'b' => boolean(builder, 2),
        't' => tables::table(builder, 2),
        'f' => functions::function_value(builder, 1),
        'o' => builder.variable(Kind::Object).unwrap_or_else(|| "{}".to_owned()),
        'a' => any(builder, 2),
        'w' => wrong_value(builder),
        'i' => builder.choices.small().to_string(),
        'c' => builder.choices.below(6).to_string(),
        'x' => numbers::edge(builder),
        'd' => numbers::numeral(builder),
        'q' => numbers::numeric_string(builder),
        'p' => patterns::pattern(builder),
        'r' => patterns::replacement(builder),
        'm' => formats::format(builder),
        'k' => strings::field(builder).to_owned(),
        'l' => strings::literal(builder),
        'y' => tables::key(builder),
        'v' => tables::present(builder, 2),
        other => other.to_string(),
    }
}

/// A text as a Lua string literal.
pub fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\0' => quoted.push_str("\\000"),
            letter => quoted.push(letter),
        }
    }
    quoted + "\""
}
