//! Declarations made plainer: what a program needs of a variable is often no more than its register.

use crate::diagnose::reduce::edit::{Change, Edit};
use crate::diagnose::reduce::source::Source;
use crate::diagnose::reduce::syntax::Kind;

/// Local functions replaced by local variables without a value.
pub fn variables(source: &Source, _: usize) -> Vec<Change> {
    let mut changes = Vec::new();
    for (index, node) in source.syntax.nodes.iter().enumerate().filter(|(_, node)| node.kind == Kind::Function) {
        let name = source.syntax.children(index).next().and_then(|name| source.syntax.nodes.get(name));
        if let (Some(name), true) = (name, source.slice(node.range.clone()).starts_with(b"local")) {
            changes.push(Change::keep(&source.text, node.range.clone(), name.range.clone(), Some(["local ", ""])));
        }
    }
    changes
}

/// A declaration without values joined with the one before it: `local a local b` to `local a, b`.
pub fn joined(source: &Source, _: usize) -> Vec<Change> {
    let mut changes = Vec::new();
    for (block, _) in source.syntax.nodes.iter().enumerate().filter(|(_, node)| node.kind == Kind::Block) {
        let statements: Vec<usize> = source.syntax.children(block).collect();
        for pair in statements.windows(2) {
            if let (Some(first), Some(second)) = (bare(source, pair[0]), bare(source, pair[1])) {
                changes.push(Edit::replace(first.end..second.start, ", ").into());
            }
        }
    }
    changes
}

/// The names of a declaration that gives them no values.
fn bare(source: &Source, statement: usize) -> Option<std::ops::Range<usize>> {
    if source.syntax.kind(statement) != Kind::Local {
        return None;
    }
    let mut lists = source.syntax.children(statement);
    let (names, values) = (lists.next()?, lists.next());
    let names = source.syntax.nodes.get(names)?;
    (values.is_none() && matches!(names.kind, Kind::List | Kind::Name)).then(|| names.range.clone())
}
