//! Patterns by their own grammar, replacements, and subjects that they match, with mistakes where hostile arguments are wanted.

use super::builder::Builder;
use super::features::Feature;
use super::template::quote;

const SINGLES: [&str; 24] = [
    "a", ".", "%a", "%d", "%s", "%w", "%l", "%u", "%p", "%c", "%x", "%z", "%A", "%D", "%%", "%.", "[abc]", "[^a]",
    "[%a_]", "[a-c]", "[^%s]", "[]]", "[%]-]", "X",
];
const MISTAKES: [&str; 16] =
    ["%", "[", "[a", "[%", "(", ")", "(()", "%1", "%0", "%9", "%b", "%bx", "%f", "(%1)", "[^", "(a)(b)%3"];

/// A pattern as a literal.
pub fn pattern(builder: &mut Builder<'_, '_>) -> String {
    if builder.has(Feature::Hostile) && builder.choices.chance(60) {
        let mistake = builder.choices.one_of(&MISTAKES);
        let before = if builder.choices.flag() { builder.choices.one_of(&SINGLES) } else { "" };
        return quote(&format!("{before}{mistake}"));
    }
    let mut text = String::new();
    if builder.choices.chance(40) {
        text.push('^');
    }
    // Few repetitions: matching takes the length of the subject to the power of their number.
    let mut captures = 0;
    for _ in 0..builder.choices.count(5) {
        item(builder, &mut text, &mut captures);
    }
    if builder.choices.chance(40) {
        text.push('$');
    }
    quote(&text)
}

fn item(builder: &mut Builder<'_, '_>, text: &mut String, captures: &mut usize) {
    let single = builder.choices.one_of(&SINGLES);
    let repetition = builder.choices.one_of(&["", "", "*", "+", "-", "?"]);
    match builder.choices.weighted(&[8, 4, 1, 1, 1, 1]) {
        1 => {
            text.push_str(&format!("({single}{repetition})"));
            *captures += 1;
        }
        2 => {
            text.push_str("()");
            *captures += 1;
        }
        3 if *captures > 0 => text.push_str(&format!("%{captures}")),
        4 => text.push_str("%b()"),
        5 => text.push_str(&format!("%f{}", builder.choices.one_of(&["[%a]", "[^%w]", "[%z]"]))),
        _ => text.push_str(&format!("{single}{repetition}")),
    }
}

/// What `gsub` replaces by.
pub fn replacement(builder: &mut Builder<'_, '_>) -> String {
    let replacements = [
        "\"<%0>\"",
        "\"%1\"",
        "\"%%\"",
        "\"\"",
        "{a = \"A\", b = 2, c = false}",
        "string.upper",
        "function(...) return (...) end",
        "function() end",
        "function(x) return x and #tostring(x) end",
        "setmetatable({}, {__index = function(t, k) return \"[\" .. k .. \"]\" end})",
        "7",
    ];
    let mistakes = ["\"%2\"", "\"%9\"", "\"%\"", "{a = {}}", "function() return {} end", "nil", "true", "print"];
    if builder.has(Feature::Hostile) && builder.choices.chance(60) {
        return builder.choices.one_of(&mistakes).to_owned();
    }
    builder.choices.one_of(&replacements).to_owned()
}

/// What is matched: short, as patterns may take long.
pub fn subject(builder: &mut Builder<'_, '_>) -> String {
    let subjects = [
        "abc",
        "",
        "aaa bbb",
        "key = value",
        "(a(b)c)",
        "a1b22c333",
        "x\0y",
        "  trim  ",
        "THE (quick) fox",
        "aXbXXc",
        "%d",
        "ab\u{e9}\u{ff}",
    ];
    let subject = builder.choices.one_of(&subjects);
    quote(subject)
}
