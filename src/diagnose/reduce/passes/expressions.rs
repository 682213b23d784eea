//! Expressions replaced by simpler ones.

use crate::diagnose::reduce::edit::Change;
use crate::diagnose::reduce::passes::place::{fitted, is_prefix, is_value, needs_brackets};
use crate::diagnose::reduce::source::Source;
use crate::diagnose::reduce::syntax::{Kind, Role};

/// What an expression may be replaced by, the most telling of nothing first.
const CONSTANTS: [(&str, Kind); 5] =
    [("nil", Kind::Constant), ("0", Kind::Number), ("1", Kind::Number), ("''", Kind::String), ("true", Kind::Constant)];

/// Expressions replaced by constants, by an empty table and by one that is not.
pub fn constants(source: &Source, _: usize) -> Vec<Change> {
    let mut changes = Vec::new();
    for node in source.syntax.nodes.iter().filter(|node| is_value(source, node) && !is_prefix(source, node)) {
        let weight = source.weight_in(node.range.clone());
        if weight > 1 {
            let simple = CONSTANTS.into_iter().chain([("{}", Kind::Table), ("{0}", Kind::Table)]);
            changes.extend(simple.map(|(text, kind)| fitted(source, node, kind, vec![text.into()]).into()));
        }
    }
    changes
}

/// Expressions replaced by a part of them: an operand, an argument, what is called or indexed, a field's value.
pub fn parts(source: &Source, _: usize) -> Vec<Change> {
    let mut changes = Vec::new();
    for (index, node) in source.syntax.nodes.iter().enumerate() {
        if !is_value(source, node) {
            continue;
        }
        for part in parts_of(source, index) {
            if let Some(found) = source.syntax.nodes.get(part) {
                let brackets = needs_brackets(source, node, found.kind).then_some(["(", ")"]);
                changes.push(Change::keep(&source.text, node.range.clone(), found.range.clone(), brackets));
            }
        }
    }
    changes
}

/// The values directly in an expression.
fn parts_of(source: &Source, expression: usize) -> Vec<usize> {
    let mut parts = Vec::new();
    if source.syntax.kind(expression) == Kind::Closure {
        return parts;
    }
    for child in source.syntax.children(expression) {
        match source.syntax.kind(child) {
            // The values are one level further down.
            Kind::Arguments | Kind::Field | Kind::Method => parts.extend(source.syntax.children(child)),
            _ => parts.push(child),
        }
    }
    parts.retain(|part| {
        source.syntax.nodes.get(*part).is_some_and(|node| is_value(source, node) && node.role != Role::Method)
    });
    parts
}
