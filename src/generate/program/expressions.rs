//! Expressions of a wanted type, made of what is visible.
//!
//! What they give is of that type unless a part of them was meant to be wrong. It knows no statements but those in functions.

use super::builder::Builder;
use super::features::Feature;
use super::rules::Rule;
use super::scope::Kind;
use super::{functions, numbers, strings, tables};

const ARITHMETIC: [&str; 6] = ["+", "-", "*", "/", "%", "^"];
const COMPARISONS: [&str; 6] = ["<", "<=", ">", ">=", "==", "~="];

/// How deep an expression may be here.
pub fn usual_depth(builder: &mut Builder<'_, '_>) -> usize {
    if builder.has(Feature::Depth) && builder.choices.chance(40) { 7 } else { 3 }
}

/// A number; where mistakes are wanted, now and then something else.
pub fn number(builder: &mut Builder<'_, '_>, depth: usize) -> String {
    builder.making("number", |builder| some_number(builder, depth))
}

fn some_number(builder: &mut Builder<'_, '_>, depth: usize) -> String {
    if builder.mistakes && builder.choices.chance(24) {
        return wrong(builder);
    }
    if depth == 0 {
        return match builder.choices.flag().then(|| builder.variable(Kind::Number)).flatten() {
            Some(name) => name,
            None => numbers::numeral(builder),
        };
    }
    match builder.choices.weighted(&[5, 9, 12, 2, 4, 3, 4, 4, 3, 2, 2, 1, 1]) {
        1 => builder.variable(Kind::Number).unwrap_or_else(|| numbers::numeral(builder)),
        2 => arithmetic(builder, depth),
        3 => format!("-{}", operand(builder, depth)),
        4 => length(builder, depth),
        5 => {
            format!(
                "({} and {} or {})",
                boolean(builder, depth - 1),
                number(builder, depth - 1),
                number(builder, depth - 1)
            )
        }
        6 => field(builder, depth),
        7 => functions::call_expression(builder, depth),
        8 => vararg_number(builder),
        9 => mathematics(builder, depth),
        10 => object_number(builder, depth),
        11 => functions::immediate(builder),
        12 => format!("({} + {})", numbers::numeric_string(builder), number(builder, depth - 1)),
        _ => numbers::numeral(builder),
    }
}

/// What can stand behind a unary operator.
fn operand(builder: &mut Builder<'_, '_>, depth: usize) -> String {
    let inner = number(builder, depth - 1);
    format!("({inner})")
}

fn arithmetic(builder: &mut Builder<'_, '_>, depth: usize) -> String {
    let operator = builder.choices.one_of(&ARITHMETIC);
    let left = number(builder, depth - 1);
    let right = number(builder, depth - 1);
    let gap = if builder.choices.chance(12) { "\n" } else { " " };
    if builder.choices.chance(160) {
        return format!("({left} {operator}{gap}{right})");
    }
    // Without parentheses, precedence decides; in them, so that whoever embeds it need not know.
    let more = number(builder, 0);
    let second = builder.choices.one_of(&ARITHMETIC);
    format!("({left} {operator}{gap}{right} {second} {more})")
}

fn length(builder: &mut Builder<'_, '_>, depth: usize) -> String {
    if builder.choices.flag() && builder.has(Feature::Tables) {
        return format!("(#{})", table_prefix(builder));
    }
    format!("(#({}))", text(builder, depth - 1))
}

/// What a table can be indexed in.
fn table_prefix(builder: &mut Builder<'_, '_>) -> String {
    match builder.variable(Kind::Table) {
        Some(name) => name,
        None => format!("({})", tables::constructor(builder, 1)),
    }
}

fn field(builder: &mut Builder<'_, '_>, depth: usize) -> String {
    let prefix = table_prefix(builder);
    let fallback = number(builder, 0);
    match builder.choices.below(3) {
        1 => format!("({prefix}[{}] or {fallback})", number(builder, depth - 1)),
        2 => format!("({prefix}[\"{}\"] or {fallback})", strings::field(builder)),
        _ => format!("({prefix}.{} or {fallback})", strings::field(builder)),
    }
}

fn vararg_number(builder: &mut Builder<'_, '_>) -> String {
    if !builder.scope.is_vararg() || !builder.has(Feature::Varargs) {
        return numbers::numeral(builder);
    }
    match builder.choices.below(4) {
        1 => "number((...))".to_owned(),
        2 => format!("number((select({}, ...)))", 1 + builder.choices.below(4)),
        3 => "number(...)".to_owned(),
        _ => "select(\"#\", ...)".to_owned(),
    }
}

fn mathematics(builder: &mut Builder<'_, '_>, depth: usize) -> String {
    let name = builder.choices.one_of(&["floor", "ceil", "abs", "sqrt", "max", "min", "fmod", "pow", "modf", "log"]);
    let first = number(builder, depth - 1);
    match name {
        "max" | "min" | "fmod" | "pow" => format!("math.{name}({first}, {})", number(builder, depth - 1)),
        "modf" => format!("(math.modf({first}))"),
        _ => format!("math.{name}({first})"),
    }
}

fn object_number(builder: &mut Builder<'_, '_>, depth: usize) -> String {
    let Some(object) = builder.variable(Kind::Object) else { return numbers::numeral(builder) };
    let other = number(builder, depth - 1);
    let operator = builder.choices.one_of(&ARITHMETIC);
    match builder.choices.below(6) {
        1 => format!("({other} {operator} {object})"),
        2 => format!("(-{object})"),
        3 => format!("{object}({other})"),
        4 => format!("number({object}.{})", strings::field(builder)),
        5 => format!("{object}:method({other})"),
        _ => format!("({object} {operator} {other})"),
    }
}

/// A string.
pub fn text(builder: &mut Builder<'_, '_>, depth: usize) -> String {
    builder.making("text", |builder| some_text(builder, depth))
}

fn some_text(builder: &mut Builder<'_, '_>, depth: usize) -> String {
    if depth == 0 {
        return match builder.choices.flag().then(|| builder.variable(Kind::Text)).flatten() {
            Some(name) => name,
            None => strings::literal(builder),
        };
    }
    match builder.choices.weighted(&[6, 8, 6, 2, 3, 2, 2, 2]) {
        1 => builder.variable(Kind::Text).unwrap_or_else(|| strings::literal(builder)),
        2 => concatenation(builder, depth),
        3 => format!("tostring({})", number(builder, depth - 1)),
        4 => text_function(builder, depth),
        5 => format!(
            "({} and {} or {})",
            boolean(builder, depth - 1),
            text(builder, depth - 1),
            text(builder, depth - 1)
        ),
        6 => format!("({}.{} or {})", table_prefix(builder), builder.choices.one_of(&["s", "t"]), text(builder, 0)),
        7 => format!("type({})", any(builder, depth - 1)),
        _ => strings::literal(builder),
    }
}

fn concatenation(builder: &mut Builder<'_, '_>, depth: usize) -> String {
    let mut parts = vec![text(builder, depth - 1)];
    let most = if builder.has(Feature::Depth) { 12 } else { 4 };
    for _ in 0..builder.choices.count(most) {
        let part = if builder.choices.flag() { format!("({})", number(builder, 1)) } else { text(builder, depth - 1) };
        parts.push(part);
    }
    builder.apply(Rule::NanSign);
    format!("clip({})", parts.join(" .. "))
}

fn text_function(builder: &mut Builder<'_, '_>, depth: usize) -> String {
    let subject = text(builder, depth - 1);
    match builder.choices.below(7) {
        1 => format!("string.lower({subject})"),
        2 => format!("string.reverse({subject})"),
        3 => format!("string.sub({subject}, {}, {})", builder.choices.small(), builder.choices.small()),
        4 => format!("({subject}):sub({})", builder.choices.small()),
        5 => format!("string.rep({subject}, {}):sub(1, 40)", builder.choices.below(4)),
        6 => format!("string.char({}, {})", builder.choices.byte(), builder.choices.byte()),
        _ => format!("({subject}):upper()"),
    }
}

/// A boolean.
pub fn boolean(builder: &mut Builder<'_, '_>, depth: usize) -> String {
    builder.making("boolean", |builder| some_boolean(builder, depth))
}

fn some_boolean(builder: &mut Builder<'_, '_>, depth: usize) -> String {
    if depth == 0 {
        return builder.choices.one_of(&["true", "false"]).to_owned();
    }
    match builder.choices.weighted(&[2, 3, 8, 3, 4, 4, 2, 3]) {
        1 => builder.variable(Kind::Boolean).unwrap_or_else(|| "false".to_owned()),
        2 => {
            let operator = builder.choices.one_of(&COMPARISONS);
            format!("({} {operator} {})", number(builder, depth - 1), number(builder, depth - 1))
        }
        3 => {
            let operator = builder.choices.one_of(&COMPARISONS);
            format!("({} {operator} {})", text(builder, depth - 1), text(builder, depth - 1))
        }
        4 => format!("not {}", boolean(builder, depth - 1)),
        5 => {
            let word = builder.choices.one_of(&["and", "or"]);
            format!("({} {word} {})", boolean(builder, depth - 1), boolean(builder, depth - 1))
        }
        6 => {
            let operator = builder.choices.one_of(&["==", "~="]);
            format!("({} {operator} {})", any(builder, depth - 1), any(builder, depth - 1))
        }
        7 => object_boolean(builder),
        _ => builder.choices.one_of(&["true", "false"]).to_owned(),
    }
}

fn object_boolean(builder: &mut Builder<'_, '_>) -> String {
    let (Some(left), Some(right)) = (builder.variable(Kind::Object), builder.variable(Kind::Object)) else {
        return "true".to_owned();
    };
    // Objects of different classes have no order.
    let operators = if left == right { &COMPARISONS[..] } else { &COMPARISONS[4..] };
    format!("({left} {} {right})", builder.choices.one_of(operators))
}

/// What is no number and no string that could be taken for one.
pub fn wrong(builder: &mut Builder<'_, '_>) -> String {
    builder
        .choices
        .one_of(&["nil", "{}", "true", "\"x\"", "print", "undefined", "({}).x", "io.stdout", "(nil)()", "({}):m()"])
        .to_owned()
}

/// As [`wrong`], where nobody catches what calling it would raise.
pub fn wrong_value(builder: &mut Builder<'_, '_>) -> String {
    builder.choices.one_of(&["nil", "{}", "true", "\"x\"", "print", "undefined", "({}).x", "io.stdout"]).to_owned()
}

/// A value of any type.
pub fn any(builder: &mut Builder<'_, '_>, depth: usize) -> String {
    builder.making("value", |builder| some_value(builder, depth))
}

fn some_value(builder: &mut Builder<'_, '_>, depth: usize) -> String {
    match builder.choices.weighted(&[1, 5, 5, 3, 3, 1, 2, 1]) {
        1 => number(builder, depth),
        2 => text(builder, depth),
        3 => boolean(builder, depth),
        4 if builder.has(Feature::Tables) => tables::table(builder, depth),
        5 => functions::function_value(builder, depth),
        6 => {
            let word = builder.choices.one_of(&["and", "or"]);
            let depth = depth.saturating_sub(1);
            format!("({} {word} {})", any(builder, depth), any(builder, depth))
        }
        7 => builder.variable(Kind::Object).unwrap_or_else(|| "nil".to_owned()),
        _ => "nil".to_owned(),
    }
}

/// A list of expressions, the last of which may give any number of values; `count` of them, of numbers.
pub fn numbers_list(builder: &mut Builder<'_, '_>, count: usize) -> String {
    let mut list: Vec<String> = (0..count).map(|_| number(builder, 1)).collect();
    if builder.choices.chance(60)
        && let Some(open) = open_list(builder)
    {
        list.push(open);
    }
    list.join(", ")
}

/// An expression that gives any number of values, if there is one here.
pub fn open_list(builder: &mut Builder<'_, '_>) -> Option<String> {
    match builder.choices.below(3) {
        1 => Some(functions::call_expression(builder, 1)),
        2 => builder.variable(Kind::Table).map(|table| format!("unpack({table}, 1, {})", builder.choices.below(5))),
        _ if builder.scope.is_vararg() && builder.has(Feature::Varargs) => {
            Some(builder.choices.one_of(&["...", "select(2, ...)"]).to_owned())
        }
        _ => None,
    }
}
