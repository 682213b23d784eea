//! What is between commas: arguments, parameters, variables, values, table fields.

use std::collections::BTreeMap;

use crate::diagnose::reduce::edit::{Change, Edit};
use crate::diagnose::reduce::source::Source;
use crate::diagnose::reduce::syntax::{Kind, Role};

/// One element of a list dropped, with a comma.
fn without(source: &Source, elements: &[usize], position: usize) -> Option<Edit> {
    let range = |position: usize| {
        let node = source.syntax.nodes.get(*elements.get(position)?)?;
        Some(node.range.clone())
    };
    let this = range(position)?;
    Some(match (position.checked_sub(1).and_then(range), range(position + 1)) {
        (_, Some(next)) => Edit::cut(this.start..next.start),
        (Some(before), None) => Edit::cut(before.end..this.end),
        (None, None) => Edit::delete(&source.text, this),
    })
}

/// Table fields dropped.
pub fn fields(source: &Source, _: usize) -> Vec<Change> {
    let tables = source.syntax.nodes.iter().enumerate().filter(|(_, node)| node.kind == Kind::Table);
    let mut changes: Vec<Change> = Vec::new();
    for (table, _) in tables {
        for field in source.syntax.children(table) {
            let Some(node) = source.syntax.nodes.get(field) else { continue };
            // The separator after a field goes with it; one after the last field is legal.
            let following = source.token_from(node.range.end);
            let separator =
                source.tokens.get(following).filter(|token| matches!(source.slice(token.range.clone()), b"," | b";"));
            let end = separator.map_or(node.range.end, |token| token.range.end);
            changes.push(Edit::delete(&source.text, node.range.start..end).into());
        }
    }
    changes
}

/// Elements of lists dropped: arguments, values, variables, parameters, a variable with its value, the step of a loop.
pub fn lists(source: &Source, _: usize) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    for (index, node) in source.syntax.nodes.iter().enumerate() {
        let elements: Vec<usize> = source.syntax.children(index).collect();
        match node.kind {
            Kind::List | Kind::Parameters | Kind::Arguments => {
                let drops = (0..elements.len()).filter_map(|position| without(source, &elements, position));
                changes.extend(drops.map(Change::from));
            }
            Kind::Local | Kind::Assignment => changes.extend(bindings(source, &elements)),
            Kind::NumericRange => changes.extend(step(source, &elements)),
            _ => {}
        }
    }
    changes
}

/// What can go from `variables = values`: all values, or one variable with its value.
fn bindings(source: &Source, lists: &[usize]) -> Vec<Change> {
    let [variables, values] = lists else { return Vec::new() };
    let nodes = &source.syntax.nodes;
    let (Some(left), Some(right)) = (nodes.get(*variables), nodes.get(*values)) else { return Vec::new() };
    let mut changes = vec![Edit::cut(left.range.end..right.range.end).into()];
    let variables: Vec<usize> = source.syntax.children(*variables).collect();
    let values: Vec<usize> = source.syntax.children(*values).collect();
    if variables.len() > 1 && values.len() > 1 {
        for position in 0..variables.len().min(values.len()) {
            let edits = [&variables, &values].map(|list| without(source, list, position));
            changes.push(Change { edits: edits.into_iter().flatten().collect() });
        }
    }
    changes
}

fn step(source: &Source, parts: &[usize]) -> Option<Change> {
    let [.., end, step] = parts else { return None };
    let (end, step) = (source.syntax.nodes.get(*end)?, source.syntax.nodes.get(*step)?);
    (step.role == Role::Step).then(|| Edit::cut(end.range.end..step.range.end).into())
}

/// A parameter of a named function dropped, with the argument in its place from all calls by that name.
pub fn parameters(source: &Source, _: usize) -> Vec<Change> {
    let calls = calls(source);
    let mut changes = Vec::new();
    for (name, parameters) in named_functions(source) {
        let parameters: Vec<usize> = source.syntax.children(parameters).collect();
        for position in 0..parameters.len() {
            let mut edits: Vec<Edit> = without(source, &parameters, position).into_iter().collect();
            for arguments in calls.get(name).into_iter().flatten() {
                let arguments: Vec<usize> = source.syntax.children(*arguments).collect();
                edits.extend(without(source, &arguments, position));
            }
            changes.push(Change { edits });
        }
    }
    changes
}

/// The names of functions, and where their parameters are.
fn named_functions(source: &Source) -> Vec<(&[u8], usize)> {
    let functions = source.syntax.nodes.iter().enumerate().filter(|(_, node)| node.kind == Kind::Function);
    let of = |(index, _)| {
        let mut children = source.syntax.children(index);
        let name = children.next().filter(|name| source.syntax.kind(*name) == Kind::Name)?;
        Some((source.node(name), children.next()?))
    };
    functions.filter_map(of).collect()
}

/// Where the arguments are in the calls of each name.
fn calls(source: &Source) -> BTreeMap<&[u8], Vec<usize>> {
    let mut calls: BTreeMap<&[u8], Vec<usize>> = BTreeMap::new();
    for (index, _) in source.syntax.nodes.iter().enumerate().filter(|(_, node)| node.kind == Kind::Call) {
        let mut children = source.syntax.children(index);
        if let Some(callee) = children.next().filter(|callee| source.syntax.kind(*callee) == Kind::Name)
            && let Some(arguments) = children.next()
        {
            calls.entry(source.node(callee)).or_default().push(arguments);
        }
    }
    calls
}
