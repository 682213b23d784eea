//! What the compiler does not see: comments, white space, line breaks.

use std::ops::Range;

use crate::diagnose::reduce::edit::{Change, Edit};
use crate::diagnose::reduce::source::Source;
use crate::diagnose::reduce::syntax::{Kind, Node};
use crate::diagnose::reduce::token;

/// A line that is joined from several is not longer than this.
const JOINED_LENGTH: usize = 100;
/// How far a statement in a block is indented.
const INDENT: usize = 2;

/// Comments dropped.
pub fn comments(source: &Source, _: usize) -> Vec<Change> {
    let comments = source.tokens.iter().filter(|token| token.kind == token::Kind::Comment);
    comments.map(|token| Edit::delete(&source.text, token.range.clone()).into()).collect()
}

/// The stretches of white space between tokens, before the first and after the last.
fn gaps(source: &Source) -> impl Iterator<Item = Range<usize>> + '_ {
    let starts = std::iter::once(0).chain(source.tokens.iter().map(|token| token.range.end));
    let ends = source.tokens.iter().map(|token| token.range.start).chain([source.text.len()]);
    starts.zip(ends).map(|(start, end)| start..end).filter(|gap| !gap.is_empty())
}

/// Lines without tokens dropped, with the white space at the end of the line before them.
pub fn blank_lines(source: &Source, _: usize) -> Vec<Change> {
    let mut changes = Vec::new();
    for gap in gaps(source) {
        let white = source.slice(gap.clone());
        let Some(last) = white.iter().rposition(|byte| *byte == b'\n') else { continue };
        // The newline that ends the line before stays.
        let end = gap.start + last + usize::from(gap.start == 0);
        if end > gap.start {
            changes.push(Edit::cut(gap.start..end).into());
        }
    }
    changes
}

/// Stretches of white space within a line cut to one space.
pub fn spaces(source: &Source, _: usize) -> Vec<Change> {
    let wide = gaps(source).filter(|gap| gap.start > 0 && gap.len() > 1 && !source.slice(gap.clone()).contains(&b'\n'));
    wide.map(|gap| Edit::replace(gap, " ").into()).collect()
}

/// Lines indented by what they are in, where they are indented further.
pub fn indentation(source: &Source, _: usize) -> Vec<Change> {
    let depths = depths(source);
    let mut changes = Vec::new();
    for gap in gaps(source) {
        let newline = source.slice(gap.clone()).iter().rposition(|byte| *byte == b'\n');
        let start = match newline {
            Some(newline) => gap.start + newline + 1,
            None if gap.start == 0 => 0,
            None => continue,
        };
        let depth = depths.partition_point(|(position, _)| *position <= gap.end);
        let depth = depth.checked_sub(1).and_then(|index| depths.get(index)).map_or(0, |(_, depth)| *depth);
        if INDENT * depth < gap.end - start {
            changes.push(Edit::replace(start..gap.end, vec![b' '; INDENT * depth]).into());
        }
    }
    changes
}

/// From which position on how many bodies are around the text.
fn depths(source: &Source) -> Vec<(usize, usize)> {
    let bodies = source.syntax.nodes.iter().filter(|node| node.kind == Kind::Block && node.depth > 0);
    let mut borders: Vec<(usize, isize)> =
        bodies.flat_map(|node| [(node.range.start, 1), (node.range.end, -1)]).collect();
    borders.sort_unstable();
    let mut depth = 0;
    let sum = |(position, step): (usize, isize)| {
        depth += step;
        (position, depth.unsigned_abs())
    };
    borders.into_iter().map(sum).collect()
}

/// Statements over several lines written on one, where it is not too long.
pub fn joined(source: &Source, _: usize) -> Vec<Change> {
    let mut changes = Vec::new();
    for (_, node) in source.syntax.statements() {
        changes.extend(joined_statement(source, node));
    }
    changes
}

fn joined_statement(source: &Source, node: &Node) -> Option<Change> {
    let tokens = source.tokens_in(node.range.clone());
    let mut length = source.column(node.range.start) + tokens.last()?.range.len();
    let mut edits = Vec::new();
    for pair in tokens.windows(2) {
        let [token, next] = pair else { continue };
        let gap = token.range.end..next.range.start;
        length += token.range.len() + gap.len().min(1);
        // A comment may need the end of its line.
        if length > JOINED_LENGTH || token.kind == token::Kind::Comment {
            return None;
        }
        if source.slice(gap.clone()).contains(&b'\n') {
            edits.push(Edit::replace(gap, " "));
        }
    }
    (length <= JOINED_LENGTH && !edits.is_empty()).then_some(Change { edits })
}
