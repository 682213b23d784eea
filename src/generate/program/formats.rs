//! Formats of `string.format` by their own grammar, with the arguments that they take, and mistakes where hostile arguments are wanted.

use super::builder::Builder;
use super::expressions::{number, text};
use super::features::Feature;
use super::rules::Rule;
use super::template::quote;

const FLAGS: [&str; 10] = ["", "-", "+", " ", "#", "0", "-+", "+0", "# ", "-#"];
const WIDTHS: [&str; 6] = ["", "5", "1", "12", "20", "99"];
const PRECISIONS: [&str; 6] = ["", ".3", ".0", ".", ".10", ".99"];
const MISTAKES: [&str; 10] = ["%", "%y", "%123d", "%.123f", "%-+ #0-d", "%------d", "%s %s", "%d", "%q", "%5.5.5s"];

/// A format alone, as a literal.
pub fn format(builder: &mut Builder<'_, '_>) -> String {
    if builder.has(Feature::Hostile) && builder.choices.chance(80) {
        let mistake = builder.choices.one_of(&MISTAKES);
        return quote(mistake);
    }
    let conversion = builder.choices.one_of(&["d", "s", "g", "x", "5.1f", "c", "q", "%"]);
    quote(&format!("%{conversion}"))
}

/// A call of `string.format` with what its format takes.
pub fn call(builder: &mut Builder<'_, '_>) -> String {
    let (mut format, mut arguments) = (String::new(), String::new());
    for _ in 0..builder.choices.count(4) {
        if builder.choices.flag() {
            let between = builder.choices.one_of(&[" ", "|", "100%%", "a\0b", "\n"]);
            format.push_str(between);
        }
        let flags = builder.choices.one_of(&FLAGS);
        let width = builder.choices.one_of(&WIDTHS);
        let precision = builder.choices.one_of(&PRECISIONS);
        let conversion =
            builder.choices.one_of(&["d", "i", "u", "c", "x", "X", "o", "e", "E", "f", "g", "G", "s", "q"]);
        let argument = match conversion {
            "s" | "q" => text(builder, 2),
            // C leaves undefined what becomes of numbers that its integers do not have.
            "u" | "x" | "X" | "o" => {
                builder.apply(Rule::IntegerRange);
                format!("math.floor(number({}) % 2^31)", number(builder, 1))
            }
            "d" | "i" | "c" => {
                builder.apply(Rule::IntegerRange);
                format!("(number({}) % 2^31)", number(builder, 1))
            }
            _ => {
                builder.apply(Rule::NanSign);
                format!("positive({})", number(builder, 2))
            }
        };
        match conversion {
            // Neither width nor flags mean anything to it.
            "q" => format.push_str("%q"),
            "s" | "c" => format.push_str(&format!("%{}{width}{}", if flags == "-" { "-" } else { "" }, conversion)),
            _ => format.push_str(&format!("%{flags}{width}{precision}{conversion}")),
        }
        arguments.push_str(&format!(", {argument}"));
    }
    format!("string.format({}{arguments})", quote(&format))
}
