//! Statements and the blocks they are in.

use std::ops::Range;

use crate::diagnose::reduce::edit::{Change, Edit};
use crate::diagnose::reduce::source::Source;
use crate::diagnose::reduce::syntax::Kind;

/// Statements of the blocks at this depth dropped.
pub fn statements(source: &Source, depth: usize) -> Vec<Change> {
    let at_depth = source.syntax.statements().filter(|(_, node)| node.depth == depth + 1);
    at_depth.map(|(_, node)| Edit::delete(&source.text, node.range.clone()).into()).collect()
}

/// Bodies emptied.
pub fn bodies(source: &Source, _: usize) -> Vec<Change> {
    let bodies = source.syntax.nodes.iter().filter(|node| node.kind == Kind::Block && node.depth > 0);
    bodies.map(|node| Edit::delete(&source.text, node.range.clone()).into()).collect()
}

/// Branches of an `if` dropped: an `elseif` or `else` with its body, or the first one, so that the next takes its place.
pub fn branches(source: &Source, _: usize) -> Vec<Change> {
    let mut changes = Vec::new();
    for node in &source.syntax.nodes {
        match node.kind {
            Kind::ElseIf => {
                let above = source.syntax.nodes.get(node.parent);
                let first_of = above.filter(|above| above.range.start < node.range.start);
                if let Some(above) = first_of {
                    // What is left of `elseif` is `if`.
                    changes.push(Edit::cut(above.range.start..node.range.start + "else".len()).into());
                }
                changes.push(Edit::delete(&source.text, node.range.clone()).into());
            }
            Kind::Else => changes.push(Edit::delete(&source.text, node.range.clone()).into()),
            _ => {}
        }
    }
    changes
}

/// Statements replaced by what is in them: the body of a loop, of a branch or of a function, for itself and in `do end`.
pub fn unwrap(source: &Source, _: usize) -> Vec<Change> {
    let mut changes = Vec::new();
    for (index, node) in source.syntax.statements() {
        for body in bodies_in(source, index) {
            for around in [None, Some(["do ", " end"])] {
                changes.push(Change::keep(&source.text, node.range.clone(), body.clone(), around));
            }
        }
    }
    changes
}

/// The outermost bodies in a statement.
fn bodies_in(source: &Source, statement: usize) -> Vec<Range<usize>> {
    let mut bodies = Vec::new();
    let below = source.syntax.below(statement);
    let mut next = below.start;
    while let Some(node) = source.syntax.nodes.get(next).filter(|_| next < below.end) {
        if node.kind == Kind::Block {
            bodies.push(node.range.clone());
            next = node.end.max(next + 1);
        } else {
            next += 1;
        }
    }
    bodies
}

/// Statements replaced by a call in them. A call in a body is there with the statement that it is in.
pub fn calls(source: &Source, _: usize) -> Vec<Change> {
    let nodes = &source.syntax.nodes;
    let mut changes = Vec::new();
    // For each node the statement that it is in, the innermost.
    let mut statements: Vec<usize> = Vec::with_capacity(nodes.len());
    for (index, node) in nodes.iter().enumerate() {
        let is_statement = source.syntax.is_statement(node);
        let statement = if is_statement { index } else { statements.get(node.parent).copied().unwrap_or_default() };
        statements.push(statement);
        if let Some(around) = nodes.get(statement).filter(|_| node.kind == Kind::Call && !is_statement) {
            changes.push(Change::keep(&source.text, around.range.clone(), node.range.clone(), None));
        }
    }
    changes
}
