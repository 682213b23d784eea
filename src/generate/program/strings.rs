//! String literals: short and long, in every notation, with zeros, high bytes, line ends and what patterns and formats read.

use super::builder::Builder;
use super::features::Feature;

const WORDS: [&str; 12] =
    ["", "a", "abc", "key", "Hello, World", "x=1, y=2", "10", "%d%s", "  pad ", "aXbXc", "[brackets]", "end"];

/// A literal.
pub fn literal(builder: &mut Builder<'_, '_>) -> String {
    if !builder.has(Feature::Strings) {
        return word(builder, '"');
    }
    match builder.choices.weighted(&[6, 3, 4, 2, 2, 1]) {
        1 => word(builder, '\''),
        2 => escapes(builder),
        3 => long(builder),
        4 => raw(builder),
        5 => format!("(\"{}\"):rep({})", builder.choices.one_of(&["ab", "x", "\\0"]), builder.choices.below(70)),
        _ => word(builder, '"'),
    }
}

/// One of the words.
fn word(builder: &mut Builder<'_, '_>, quote: char) -> String {
    let word = builder.choices.one_of(&WORDS);
    quoted(word, quote)
}

/// A word in quotes.
pub fn quoted(word: &str, quote: char) -> String {
    format!("{quote}{word}{quote}")
}

/// A name that is no keyword, for fields.
pub fn field(builder: &mut Builder<'_, '_>) -> &'static str {
    builder.choices.one_of(&["a", "b", "c", "d"])
}

/// Bytes by their escapes.
fn escapes(builder: &mut Builder<'_, '_>) -> String {
    let mut text = String::from('"');
    for _ in 0..builder.choices.count(8) {
        let byte = builder.choices.byte();
        match builder.choices.below(4) {
            1 => text.push_str(
                builder.choices.one_of(&["\\n", "\\t", "\\\\", "\\\"", "\\a", "\\'", "\\r", "\\v", "\\\n", "\\q"]),
            ),
            2 => text.push_str(&format!("\\{byte:03}")),
            3 => text.push(char::from(b'a' + byte % 26)),
            // Followed by what is no digit, so that the escape ends.
            _ => text.push_str(&format!("\\{byte}_")),
        }
    }
    text + "\""
}

/// A long string, whose first line end is left out.
fn long(builder: &mut Builder<'_, '_>) -> String {
    let level = "=".repeat(builder.choices.below(4));
    let start = builder.choices.one_of(&["", "\n", "\r\n", "\n\n"]);
    let inner = builder.choices.one_of(&["", "line\nline", "]=", "\\n", "a\rb", "--", "]==", "\"'"]);
    // A bracket right before the closing one would end it early.
    format!("[{level}[{start}{inner} ]{level}]")
}

/// Bytes as they are.
fn raw(builder: &mut Builder<'_, '_>) -> String {
    let mut text = String::from('"');
    for _ in 0..builder.choices.count(6) {
        text.push(match builder.choices.byte() {
            b'"' | b'\\' | b'\n' | b'\r' => 'x',
            byte => char::from(byte),
        });
    }
    text + "\""
}
