//! Formats of `string.format` by their own grammar, with the arguments that they take, and mistakes where hostile arguments are wanted.

use super::super::Choices;
use super::builder::Builder;
use super::expressions::{number, text};
use super::features::Feature;
use super::rules::Rule;
use super::template::quote;

const FLAGS: [&str; 10] = ["", "-", "+", " ", "#", "0", "-+", "+0", "# ", "-#"];
const WIDTHS: [&str; 6] = ["", "5", "1", "12", "20", "99"];
const PRECISIONS: [&str; 6] = ["", ".3", ".0", ".", ".10", ".99"];
/// Formats that are malformed, or take what is not there.
pub const MISTAKES: [&str; 10] = ["%", "%y", "%123d", "%.123f", "%-+ #0-d", "%------d", "%s %s", "%d", "%q", "%5.5.5s"];

/// What stands between directives.
pub const BETWEEN: [&str; 5] = [" ", "|", "100%%", "a\0b", "\n"];

/// A directive: its text, and the letter of its conversion.
pub struct Directive {
    pub text: String,
    pub conversion: &'static str,
}

/// A directive with flags, a width and a precision, where its conversion has them.
pub fn directive(choices: &mut Choices<'_>) -> Directive {
    let flags = choices.one_of(&FLAGS);
    let width = choices.one_of(&WIDTHS);
    let precision = choices.one_of(&PRECISIONS);
    let conversion = choices.one_of(&["d", "i", "u", "c", "x", "X", "o", "e", "E", "f", "g", "G", "s", "q"]);
    let text = match conversion {
        // Neither width nor flags mean anything to it.
        "q" => "%q".to_owned(),
        "s" | "c" => format!("%{}{width}{conversion}", if flags == "-" { "-" } else { "" }),
        _ => format!("%{flags}{width}{precision}{conversion}"),
    };
    Directive { text, conversion }
}

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
            let between = builder.choices.one_of(&BETWEEN);
            format.push_str(between);
        }
        let Directive { text: directive, conversion } = directive(builder.choices);
        format.push_str(&directive);
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
        arguments.push_str(&format!(", {argument}"));
    }
    format!("string.format({}{arguments})", quote(&format))
}
