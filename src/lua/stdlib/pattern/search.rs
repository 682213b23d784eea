//! Searching without patterns, and the decision whether that is enough.

/// How many bytes are compared at once.
const BLOCK: usize = 64;

/// Whether a pattern contains a character that makes it more than a plain string to `string.find`. Only what comes
/// before its first zero byte counts.
pub fn has_specials(pattern: &[u8]) -> bool {
    let end_or_special =
        |&&c: &&u8| matches!(c, 0 | b'^' | b'$' | b'*' | b'+' | b'?' | b'.' | b'(' | b'[' | b'%' | b'-');
    pattern.iter().find(end_or_special).is_some_and(|&c| c != 0)
}

/// Where a string first occurs in the subject at or after position `init` (counted from 0); zero bytes are nothing
/// special. `None` if it does not, or if `init` is beyond the subject's end.
pub fn find_plain(subject: &[u8], needle: &[u8], init: usize) -> Option<usize> {
    let text = subject.get(init..)?;
    let Some((&first, others)) = needle.split_first() else { return Some(init) };
    let candidates = text.get(..text.len().checked_sub(others.len())?)?;
    let mut position = 0;
    loop {
        position += find_byte(candidates.get(position..)?, first)? + 1;
        if text[position..].starts_with(others) {
            return Some(init + position - 1);
        }
    }
}

/// Where a byte first occurs.
#[inline]
pub(super) fn find_byte(text: &[u8], byte: u8) -> Option<usize> {
    // Blocks without an early exit inside become vector code.
    let mut passed = 0;
    for block in text.chunks_exact(BLOCK) {
        if block.iter().fold(false, |found, &c| found | (c == byte)) {
            break;
        }
        passed += BLOCK;
    }
    text.get(passed..)?.iter().position(|&c| c == byte).map(|offset| passed + offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_searches() {
        for (subject, needle, init, found) in [
            (&b"hello"[..], &b"l"[..], 0, Some(2)),
            (b"hello", b"l", 3, Some(3)),
            (b"hello", b"l", 4, None),
            (b"hello", b"lo", 0, Some(3)),
            (b"hello", b"hello!", 0, None),
            (b"aaab", b"aab", 0, Some(1)),
            (b"hello", b"", 5, Some(5)),
            (b"hello", b"", 6, None),
            (b"hello", b"o", 9, None),
            (b"", b"", 0, Some(0)),
            (b"", b"x", 0, None),
            (b"a\0b\0c", b"\0c", 0, Some(3)),
        ] {
            assert_eq!(find_plain(subject, needle, init), found, "{needle:?} in {subject:?} from {init}");
        }
    }

    #[test]
    fn specials_count_up_to_a_zero_byte() {
        for c in *b"^$*+?.([%-" {
            assert!(has_specials(&[b'a', c]));
        }
        assert!(!has_specials(b"abc)]{}\xFF"));
        assert!(!has_specials(b"a\0%"));
        assert!(!has_specials(b""));
    }
}
