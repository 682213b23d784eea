//! Lua 5.1 patterns: matching, captures, searching and the expansion of replacement strings.
//!
//! Works on bytes and knows nothing of Lua values, the heap or the functions `string.find`, `match`, `gmatch` and `gsub`
//! that are built on it. What it must reproduce beyond the manual's §5.4.1 is what the reference does with odd patterns:
//! a zero byte ends a pattern, an error in a pattern is raised only when matching gets there, `^` is an ordinary character
//! for `gmatch`, and `%f` (the frontier) exists though undocumented.
//!
//! The reference recurses in C, once per quantifier, capture and optional item on the way to a match. Here the choices
//! still open are on an explicit stack (`backtrack`), so that no pattern can exhaust the Rust stack.

mod backtrack;
mod byte_set;
mod captures;
mod engine;
mod item;
mod program;
mod replace;
mod search;

pub use captures::{Capture, Captures, MAX_CAPTURES};
pub use engine::{Matcher, Workspace};
pub use replace::append_replacement;
pub use search::{find_plain, has_specials};

#[cfg(test)]
mod tests;

use std::fmt;

/// Why a match was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PatternError {
    /// `%` is the pattern's last character.
    EndsWithEscape,
    /// A set is not closed.
    UnclosedSet,
    /// `%f` is not followed by a set.
    FrontierWithoutSet,
    /// `%b` is not followed by two characters.
    Unbalanced,
    /// `)` without an open capture.
    UnopenedCapture,
    /// A back reference, or a `%n` in a replacement, to a capture that does not exist (or is still open).
    InvalidCaptureIndex,
    /// A capture was still open when the match was complete.
    UnfinishedCapture,
    /// More than [`MAX_CAPTURES`] captures.
    TooManyCaptures,
    /// The matcher's fuel is used up. No Lua error: only a host that limits the fuel gets to see it.
    Exhausted,
}

impl PatternError {
    /// The text of the error without a position, as the reference raises it.
    pub fn message(self) -> &'static str {
        match self {
            PatternError::EndsWithEscape => "malformed pattern (ends with '%')",
            PatternError::UnclosedSet => "malformed pattern (missing ']')",
            PatternError::FrontierWithoutSet => "missing '[' after '%f' in pattern",
            PatternError::Unbalanced => "unbalanced pattern",
            PatternError::UnopenedCapture => "invalid pattern capture",
            PatternError::InvalidCaptureIndex => "invalid capture index",
            PatternError::UnfinishedCapture => "unfinished capture",
            PatternError::TooManyCaptures => "too many captures",
            PatternError::Exhausted => "pattern matching ran out of fuel",
        }
    }
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

impl std::error::Error for PatternError {}
