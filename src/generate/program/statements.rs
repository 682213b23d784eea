//! Statements: which one comes next, and those that belong nowhere else.

use super::builder::Builder;
use super::expressions::{any, boolean, number, text, usual_depth};
use super::features::Feature;
use super::scope::Kind;
use super::{adjacent, coroutines, errors, functions, library, limits, loops, mixed, strings, system, tables};

/// A way to write a statement, the part of the language that it belongs to, and how likely it is.
type Choice = (Option<Feature>, u16, fn(&mut Builder<'_, '_>));

const CHOICES: [Choice; 28] = [
    (None, 10, display),
    (None, 12, declaration),
    (None, 10, assignment),
    (None, 6, condition),
    (Some(Feature::Loops), 8, loops::any_loop),
    (Some(Feature::Functions), 6, functions::definition),
    (Some(Feature::Functions), 6, functions::call_statement),
    (Some(Feature::Tables), 7, tables::statement),
    (None, 2, block),
    (None, 3, global),
    (Some(Feature::Metatables), 5, tables::class),
    (Some(Feature::Metatables), 4, tables::object_statement),
    (Some(Feature::Coroutines), 6, coroutines::statement),
    (Some(Feature::Errors), 6, errors::caught),
    (Some(Feature::Errors), 4, errors::provoked),
    (Some(Feature::Library), 12, library::call),
    (Some(Feature::Patterns), 6, library::pattern_call),
    (Some(Feature::Formats), 5, library::format_call),
    (Some(Feature::Files), 8, system::files),
    (Some(Feature::System), 6, system::system),
    (Some(Feature::Debug), 5, system::debug),
    (Some(Feature::Environments), 4, system::environments),
    (Some(Feature::Collector), 4, system::collector),
    (Some(Feature::Load), 5, errors::loaded),
    (Some(Feature::Modules), 4, system::modules),
    (Some(Feature::Limits), 3, limits::limits),
    (Some(Feature::Errors), 4, mixed::statement),
    (Some(Feature::Functions), 5, adjacent::statement),
];

/// A list of statements.
pub fn many(builder: &mut Builder<'_, '_>) {
    while !builder.choices.is_exhausted() && builder.may_continue() {
        one(builder);
    }
}

/// A short list of statements.
pub fn some(builder: &mut Builder<'_, '_>) {
    builder.making("block", few);
}

fn few(builder: &mut Builder<'_, '_>) {
    if !builder.may_nest() {
        return;
    }
    let most = 6;
    for _ in 0..builder.choices.count(most) {
        if builder.choices.is_exhausted() || !builder.may_continue() {
            return;
        }
        one(builder);
    }
}

/// A statement.
fn one(builder: &mut Builder<'_, '_>) {
    builder.making("statement", any_statement);
}

fn any_statement(builder: &mut Builder<'_, '_>) {
    let weights = CHOICES.map(|(_, weight, _)| weight);
    let (feature, _, write) = CHOICES[builder.choices.weighted(&weights)];
    // A part that the program leaves out is the simplest statement: what other bytes mean stays the same.
    match feature {
        Some(feature) if !builder.has(feature) => declaration(builder),
        _ => write(builder),
    }
}

/// Values are shown.
fn display(builder: &mut Builder<'_, '_>) {
    let depth = usual_depth(builder);
    let values: Vec<String> = (0..builder.choices.count(3)).map(|_| any(builder, depth)).collect();
    builder.line(&format!("show({})", values.join(", ")));
}

fn kind(builder: &mut Builder<'_, '_>) -> Kind {
    let tables = u16::from(builder.has(Feature::Tables));
    [Kind::Number, Kind::Text, Kind::Boolean, Kind::Table][builder.choices.weighted(&[6, 4, 2, 4 * tables])]
}

fn value(builder: &mut Builder<'_, '_>, kind: Kind) -> String {
    let depth = usual_depth(builder);
    match kind {
        Kind::Text => text(builder, depth),
        Kind::Boolean => boolean(builder, depth),
        Kind::Table => tables::table(builder, depth),
        _ => number(builder, depth),
    }
}

fn letter(kind: Kind) -> &'static str {
    match kind {
        Kind::Number => "n",
        Kind::Text => "s",
        Kind::Boolean => "b",
        Kind::Table => "t",
        Kind::Function { .. } => "f",
        Kind::Object => "o",
    }
}

/// One local or several, with values.
fn declaration(builder: &mut Builder<'_, '_>) {
    let most = if builder.has(Feature::ManyLocals) { 24 } else { 3 };
    let count = if builder.has(Feature::ManyLocals) && builder.choices.flag() {
        1 + builder.choices.below(most)
    } else {
        builder.choices.count(3)
    };
    if !builder.scope.has_room(count) {
        return assignment(builder);
    }
    let kinds: Vec<Kind> = (0..count).map(|_| kind(builder)).collect();
    let values: Vec<String> = kinds.iter().map(|kind| value(builder, *kind)).collect();
    // The names are visible behind the values only. Two of them must not be the same, or one would hide the other.
    let mut names: Vec<String> = Vec::new();
    for kind in kinds {
        let name = if names.is_empty() {
            builder.declare(letter(kind), kind)
        } else {
            let name = builder.fresh_name(letter(kind));
            builder.scope.declare(name.clone(), kind, true);
            name
        };
        names.push(name);
    }
    builder.line(&format!("local {} = {}", names.join(", "), values.join(", ")));
}

/// One assignment or several at once, now and then an exchange.
fn assignment(builder: &mut Builder<'_, '_>) {
    let (mut targets, mut values) = (Vec::new(), Vec::new());
    for _ in 0..builder.choices.count(4) {
        let kind = kind(builder);
        if let Some(name) = builder.target(kind) {
            targets.push(name);
            values.push(value(builder, kind));
        } else if let Some(table) = builder.variable(Kind::Table).filter(|_| kind == Kind::Number) {
            targets.push(format!("{table}.{}", strings::field(builder)));
            values.push(tables::present(builder, 3));
        }
    }
    if builder.choices.chance(40)
        && let (Some(left), Some(right)) = (builder.target(Kind::Number), builder.target(Kind::Number))
    {
        targets.extend([left.clone(), right.clone()]);
        values.extend([right, left]);
    }
    if targets.is_empty() {
        return display(builder);
    }
    builder.line(&format!("{} = {}", targets.join(", "), values.join(", ")));
}

fn condition(builder: &mut Builder<'_, '_>) {
    let depth = usual_depth(builder);
    let first = boolean(builder, depth);
    let others: Vec<String> = (0..builder.choices.below(3)).map(|_| boolean(builder, 2)).collect();
    let has_else = builder.choices.flag();
    let opening = format!("if {first} then");
    let last = if others.is_empty() && !has_else { "end" } else { "" };
    builder.block(&opening, last, some);
    for (index, other) in others.iter().enumerate() {
        let last = if index + 1 == others.len() && !has_else { "end" } else { "" };
        builder.block(&format!("elseif {other} then"), last, some);
    }
    if has_else {
        builder.block("else", "end", some);
    }
}

fn block(builder: &mut Builder<'_, '_>) {
    builder.block("do", "end", some);
}

const GLOBALS: [&str; 4] = ["ga", "gb", "gc", "gd"];

/// A global is assigned, used or shown.
fn global(builder: &mut Builder<'_, '_>) {
    let name = builder.choices.one_of(&GLOBALS);
    let value = number(builder, 2);
    match builder.choices.below(3) {
        1 => builder.line(&format!("{name} = ({name} or 0) + {value}; show({name})")),
        2 => {
            let other = builder.choices.one_of(&GLOBALS);
            builder.line(&format!("{name}, _G.{other} = {value}, {name}"))
        }
        _ => builder.line(&format!("{name} = {value}")),
    }
}
