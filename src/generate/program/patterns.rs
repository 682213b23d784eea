//! Patterns by their own grammar, replacements, and subjects that they match, with mistakes where hostile arguments are wanted.

use super::super::Choices;
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
    let has_mistake = builder.has(Feature::Hostile) && builder.choices.chance(60);
    quote(&text(builder.choices, has_mistake))
}

/// A pattern, or one that is malformed.
pub fn text(choices: &mut Choices<'_>, has_mistake: bool) -> String {
    if has_mistake {
        let mistake = choices.one_of(&MISTAKES);
        let before = if choices.flag() { choices.one_of(&SINGLES) } else { "" };
        return format!("{before}{mistake}");
    }
    let mut text = String::new();
    if choices.chance(40) {
        text.push('^');
    }
    // Few repetitions: matching takes the length of the subject to the power of their number.
    let mut captures = 0;
    for _ in 0..choices.count(5) {
        item(choices, &mut text, &mut captures);
    }
    if choices.chance(40) {
        text.push('$');
    }
    text
}

fn item(choices: &mut Choices<'_>, text: &mut String, captures: &mut usize) {
    let single = choices.one_of(&SINGLES);
    let repetition = choices.one_of(&["", "", "*", "+", "-", "?"]);
    match choices.weighted(&[8, 4, 1, 1, 1, 1]) {
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
        5 => text.push_str(&format!("%f{}", choices.one_of(&["[%a]", "[^%w]", "[%z]"]))),
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

/// What is matched, as a literal.
pub fn subject(builder: &mut Builder<'_, '_>) -> String {
    quote(subject_text(builder.choices))
}

/// What is matched: short, as patterns may take long.
pub fn subject_text(choices: &mut Choices<'_>) -> &'static str {
    choices.one_of(&[
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
    ])
}
