//! Names: short ones in the place of long ones, and values in the place of names that stand for them once.
//!
//! Names are taken as words, without regard to scopes: two variables of one name are renamed together.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::diagnose::reduce::edit::{Change, Edit, Piece};
use crate::diagnose::reduce::passes::place::{fitted, is_value};
use crate::diagnose::reduce::source::Source;
use crate::diagnose::reduce::syntax::{Kind, Node, Role};
use crate::diagnose::reduce::token::{self, is_keyword};

/// Whether a name is a key of tables rather than a variable: after a dot or a colon, or in a table constructor.
fn is_key(source: &Source, node: &Node) -> bool {
    let in_field = || {
        let above = source.syntax.nodes.get(node.parent).filter(|above| above.kind == Kind::Field);
        above.is_some_and(|above| node.role == Role::Name && source.text.get(above.range.start) != Some(&b'['))
    };
    let before = source.token_from(node.range.start).checked_sub(1).and_then(|index| source.tokens.get(index));
    before.is_some_and(|token| matches!(source.slice(token.range.clone()), b"." | b":")) || in_field()
}

/// Where each name of one sort is, by the place of its first appearance.
fn places(source: &Source, keys: bool) -> Vec<(&[u8], Vec<usize>)> {
    let mut order = Vec::new();
    let mut places: BTreeMap<&[u8], Vec<usize>> = BTreeMap::new();
    for (index, node) in source.syntax.nodes.iter().enumerate() {
        if node.kind == Kind::Name && is_key(source, node) == keys {
            let name = source.slice(node.range.clone());
            let found = places.entry(name).or_default();
            if found.is_empty() {
                order.push(name);
            }
            found.push(index);
        }
    }
    order.into_iter().map(|name| (name, places.remove(name).unwrap_or_default())).collect()
}

/// Whether the program gives this name its meaning here: it declares it, assigns to it or has it as a key in a constructor.
fn is_bound(source: &Source, index: usize) -> bool {
    let Some(node) = source.syntax.nodes.get(index) else { return false };
    let Some(above) = source.syntax.nodes.get(node.parent) else { return false };
    match above.kind {
        Kind::Index if node.role == Role::Key => !is_value(source, above),
        Kind::Method => source.syntax.kind_above(above) == Kind::Function,
        _ => !is_value(source, node),
    }
}

/// Variables renamed to short names.
pub fn variables(source: &Source, _: usize) -> Vec<Change> {
    renamed(source, &places(source, false))
}

/// Keys of tables and names of methods renamed to short names.
pub fn keys(source: &Source, _: usize) -> Vec<Change> {
    renamed(source, &places(source, true))
}

fn renamed(source: &Source, names: &[(&[u8], Vec<usize>)]) -> Vec<Change> {
    let words = source.tokens.iter().filter(|token| token.kind == token::Kind::Name);
    let used: BTreeSet<&[u8]> = words.map(|token| source.slice(token.range.clone())).collect();
    let mut free = (0..).map(short_name).filter(|name| !used.contains(name.as_slice()) && !is_keyword(name));
    let mut changes = Vec::new();
    for (name, places) in names.iter().filter(|(name, _)| name.len() > 1) {
        if !places.iter().any(|place| is_bound(source, *place)) {
            continue;
        }
        let Some(new) = free.next().filter(|new| new.len() < name.len()) else { continue };
        let ranges = places.iter().filter_map(|place| Some(source.syntax.nodes.get(*place)?.range.clone()));
        changes.push(Change { edits: ranges.map(|range| Edit::replace(range, new.clone())).collect() });
    }
    changes
}

/// `a` to `z`, then `aa`, `ab` and so on.
fn short_name(number: usize) -> Vec<u8> {
    const LETTERS: &[u8; 26] = b"abcdefghijklmnopqrstuvwxyz";
    let mut rest = number;
    let mut name = Vec::new();
    loop {
        name.extend(LETTERS.get(rest % LETTERS.len()));
        rest /= LETTERS.len();
        if rest == 0 {
            break;
        }
        rest -= 1;
    }
    name.reverse();
    name
}

/// Variables that are used once replaced by the value that they are given.
pub fn inline(source: &Source, _: usize) -> Vec<Change> {
    let mut changes = Vec::new();
    for (_, places) in places(source, false) {
        let [binding, usage] = places.as_slice() else { continue };
        let Some(site) = source.syntax.nodes.get(*usage).filter(|node| is_value(source, node)) else { continue };
        if let Some((statement, kind, value)) = value_of(source, *binding)
            && site.range.start >= statement.end
        {
            let usage = fitted(source, site, kind, value);
            changes.push(Change { edits: vec![Edit::delete(&source.text, statement), usage] });
        }
    }
    changes
}

/// The statement that binds a name and nothing else, and the value that it binds to it.
fn value_of(source: &Source, binding: usize) -> Option<(Range<usize>, Kind, Vec<Piece>)> {
    let syntax = &source.syntax;
    let name = syntax.nodes.get(binding)?;
    let above = syntax.nodes.get(name.parent)?;
    if above.kind == Kind::Function {
        let parameters = syntax.children(name.parent).nth(1)?;
        let from = syntax.nodes.get(parameters)?.range.start;
        let value = vec!["function".into(), (from..above.range.end).into()];
        return Some((above.range.clone(), Kind::Closure, value));
    }
    let statement = syntax.nodes.get(above.parent)?;
    if above.kind != Kind::List || !matches!(statement.kind, Kind::Local | Kind::Assignment) {
        return None;
    }
    let lists: Vec<usize> = syntax.children(above.parent).collect();
    let [variables, values] = lists.as_slice() else { return None };
    let only = |list: usize| {
        let elements: Vec<usize> = syntax.children(list).collect();
        if let [only] = elements.as_slice() { Some(*only) } else { None }
    };
    let value = only(*values).filter(|_| only(*variables) == Some(binding))?;
    let value = syntax.nodes.get(value)?;
    Some((statement.range.clone(), value.kind, vec![value.range.clone().into()]))
}
