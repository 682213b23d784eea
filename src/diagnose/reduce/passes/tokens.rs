//! Lines and tokens dropped, whatever they mean: the only passes that get on with a text that is no Lua.

use crate::diagnose::reduce::edit::{Change, Edit};
use crate::diagnose::reduce::source::Source;

/// In a program that the other passes understand, single tokens are only tried when it has become as small as this.
const SMALL: usize = 400;

/// Lines dropped. Only where the program is no Lua: statements are better pieces.
pub fn lines(source: &Source, _: usize) -> Vec<Change> {
    if source.syntax.is_whole() {
        return Vec::new();
    }
    let mut start = 0;
    let mut changes = Vec::new();
    for line in source.text.split_inclusive(|byte| *byte == b'\n') {
        changes.push(Edit::cut(start..start + line.len()).into());
        start += line.len();
    }
    changes
}

/// Tokens dropped.
pub fn tokens(source: &Source, _: usize) -> Vec<Change> {
    if source.syntax.is_whole() && source.tokens.len() > SMALL {
        return Vec::new();
    }
    source.tokens.iter().map(|token| Edit::delete(&source.text, token.range.clone()).into()).collect()
}
