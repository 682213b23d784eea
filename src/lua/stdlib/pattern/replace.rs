//! The replacement strings of `string.gsub`.

use super::{Capture, Captures, PatternError};
use crate::lua::number::write_number;
use std::ops::Range;

/// Appends a replacement string to the result of a `gsub`: `%0` stands for the whole match, `%1` to `%9` for a capture,
/// and `%` before anything else for that character alone. A `%` at the end stands for a zero byte, because that is what
/// the reference finds behind the string.
///
/// # Errors
///
/// The replacement refers to a capture that does not exist, or that was never closed.
#[inline]
pub fn append_replacement(
    replacement: &[u8],
    subject: &[u8],
    captures: &Captures,
    whole: &Range<usize>,
    out: &mut Vec<u8>,
) -> Result<(), PatternError> {
    let mut bytes = replacement.iter();
    while let Some(&byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let span = match bytes.next() {
            Some(b'0') => whole.clone(),
            Some(&digit @ b'1'..=b'9') => match captures.get(usize::from(digit - b'1'), whole)? {
                Capture::Span(span) => span,
                Capture::Position(position) => {
                    write_number(position as f64, out);
                    continue;
                }
            },
            other => {
                out.push(other.copied().unwrap_or(0));
                continue;
            }
        };
        out.extend_from_slice(subject.get(span).unwrap_or_default());
    }
    Ok(())
}
