//! Constants replaced by smaller ones.

use crate::diagnose::reduce::edit::{Change, Edit};
use crate::diagnose::reduce::source::Source;
use crate::diagnose::reduce::token::{Kind, opening_level};

/// Numbers replaced by whole ones, by their halves and by their predecessors.
pub fn numbers(source: &Source, _: usize) -> Vec<Change> {
    /// Whole numbers up to here are written without an exponent.
    const LARGEST: f64 = 1e15;
    let mut changes = Vec::new();
    for token in source.tokens.iter().filter(|token| token.kind == Kind::Number) {
        let Some(value) = value(source.slice(token.range.clone())).filter(|value| *value < LARGEST) else { continue };
        let replacements = [value.trunc(), (value / 2.0).trunc(), value.trunc() - 1.0];
        for replacement in replacements.into_iter().filter(|replacement| *replacement >= 0.0 && *replacement != value) {
            changes.push(Edit::replace(token.range.clone(), replacement.to_string().into_bytes()).into());
        }
        // The same value, written as short as it can be.
        changes.push(Edit::replace(token.range.clone(), value.to_string().into_bytes()).into());
    }
    changes
}

fn value(word: &[u8]) -> Option<f64> {
    let word = std::str::from_utf8(word).ok()?;
    match word.strip_prefix("0x").or_else(|| word.strip_prefix("0X")) {
        Some(digits) => u64::from_str_radix(digits, 16).ok().map(|value| value as f64),
        None => word.parse().ok(),
    }
}

/// Strings cut to their halves, then without their first or last character; long brackets replaced by quotes.
pub fn strings(source: &Source, _: usize) -> Vec<Change> {
    let mut changes = Vec::new();
    for token in source.tokens.iter().filter(|token| token.kind == Kind::String) {
        let word = source.slice(token.range.clone());
        let quotes = quotes_length(word);
        let (Some(open), Some(content), Some(close)) =
            (word.get(..quotes), word.get(quotes..word.len() - quotes), word.get(word.len() - quotes..))
        else {
            continue;
        };
        let characters = characters(content, quotes == 1);
        let count = characters.len();
        for kept in [0..count / 2, count / 2..count, 1..count, 0..count.saturating_sub(1)] {
            let kept = characters.get(kept).unwrap_or_default().concat();
            let shorter = [open, kept.as_slice(), close].concat();
            if shorter.len() < word.len() {
                changes.push(Edit::replace(token.range.clone(), shorter).into());
            }
        }
        if quotes > 1 && !content.iter().any(|byte| matches!(byte, b'\\' | b'"' | b'\n' | b'\r')) {
            changes.push(Edit::replace(token.range.clone(), [b"\"", content, b"\""].concat()).into());
        }
    }
    changes
}

/// How long the quote or long bracket on each side of a string is.
fn quotes_length(word: &[u8]) -> usize {
    opening_level(word).map_or(1, |level| level + 2)
}

/// The content of a string in pieces that belong together: escape sequences are one piece each.
fn characters(content: &[u8], escapes: bool) -> Vec<&[u8]> {
    let mut pieces = Vec::new();
    let mut rest = content;
    while !rest.is_empty() {
        let length = if escapes && rest.first() == Some(&b'\\') { escape_length(rest) } else { 1 };
        let (piece, after) = rest.split_at(length.min(rest.len()));
        pieces.push(piece);
        rest = after;
    }
    pieces
}

fn escape_length(rest: &[u8]) -> usize {
    const MOST_DIGITS: usize = 3;
    let digits = rest.iter().skip(1).take(MOST_DIGITS).take_while(|byte| byte.is_ascii_digit()).count();
    1 + digits.max(1)
}
