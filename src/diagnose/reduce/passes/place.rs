//! Where values stand in a program, and how another one is put there.

use crate::diagnose::reduce::edit::{Edit, Piece};
use crate::diagnose::reduce::source::Source;
use crate::diagnose::reduce::syntax::{Kind, Node, Role};

/// Whether a node is an expression whose value is used, so that another expression can stand in its place.
pub fn is_value(source: &Source, node: &Node) -> bool {
    match node.kind {
        Kind::Constant
        | Kind::Number
        | Kind::String
        | Kind::Closure
        | Kind::Parenthesised
        | Kind::Table
        | Kind::Operation => true,
        Kind::Name | Kind::Index | Kind::Call => !is_target(source, node),
        _ => false,
    }
}

/// Whether a name, an index or a call stands where no other expression can: it is assigned to, declared, a key, a statement.
fn is_target(source: &Source, node: &Node) -> bool {
    let syntax = &source.syntax;
    let Some(above) = syntax.nodes.get(node.parent) else { return true };
    match above.kind {
        Kind::List => {
            let binds = matches!(syntax.kind_above(above), Kind::Local | Kind::Assignment | Kind::GenericRange);
            // The list of what is bound comes first.
            binds && node.parent == above.parent + 1
        }
        Kind::Field => node.role == Role::Name && source.text.get(above.range.start) != Some(&b'['),
        Kind::Index => node.role == Role::Key && is_after_dot(source, node),
        Kind::Parameters | Kind::Block | Kind::Error => true,
        Kind::Method => node.role == Role::Method,
        Kind::Function | Kind::NumericRange => node.role == Role::Name,
        _ => false,
    }
}

/// Whether the token before a node is a dot.
fn is_after_dot(source: &Source, node: &Node) -> bool {
    let before = source.token_from(node.range.start).checked_sub(1).and_then(|index| source.tokens.get(index));
    before.is_some_and(|token| source.slice(token.range.clone()) == b".")
}

/// Whether a node stands where only a variable, a call or something in brackets can: it is called or indexed.
pub fn is_prefix(source: &Source, node: &Node) -> bool {
    match source.syntax.kind_above(node) {
        Kind::Call => node.role == Role::Name,
        Kind::Index | Kind::Method => node.role == Role::Indexed,
        _ => false,
    }
}

/// An expression of some kind put in the place of a node, with brackets where it needs them.
pub fn fitted(source: &Source, site: &Node, kind: Kind, expression: Vec<Piece>) -> Edit {
    let replacement = if needs_brackets(source, site, kind) {
        [vec!["(".into()], expression, vec![")".into()]].concat()
    } else {
        expression
    };
    Edit { range: site.range.clone(), replacement }
}

/// Whether an expression of some kind needs brackets in the place of a node.
pub fn needs_brackets(source: &Source, site: &Node, kind: Kind) -> bool {
    let is_variable_or_call = matches!(kind, Kind::Name | Kind::Index | Kind::Call | Kind::Parenthesised);
    let above = source.syntax.kind_above(site);
    let bare_argument = above == Kind::Arguments && source.text.get(before(source, site)) != Some(&b'(');
    match kind {
        _ if bare_argument => true,
        Kind::Operation if above == Kind::Operation => true,
        _ => is_prefix(source, site) && !is_variable_or_call,
    }
}

/// Where the arguments begin that a node is one of.
fn before(source: &Source, site: &Node) -> usize {
    source.syntax.nodes.get(site.parent).map_or(0, |above| above.range.start)
}
