//! Bytes and values as text that can be printed anywhere and read back: what both sides of a difference are shown as.

use std::fmt::Write;

use crate::engine::Snapshot;

/// Longer text is cut to about this many bytes around the place that matters.
const LONGEST: usize = 400;

/// Bytes with everything but printable text escaped: `\n`, `\r`, `\t`, `\\`, and `\xNN` for control characters and for
/// what is not UTF-8.
pub fn escaped(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for part in bytes.utf8_chunks() {
        for character in part.valid().chars() {
            match character {
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                '\\' => out.push_str("\\\\"),
                other if other.is_control() => {
                    let mut buffer = [0; 4];
                    other.encode_utf8(&mut buffer).bytes().for_each(|byte| push_hexadecimal(&mut out, byte));
                }
                other => out.push(other),
            }
        }
        part.invalid().iter().for_each(|byte| push_hexadecimal(&mut out, *byte));
    }
    out
}

fn push_hexadecimal(out: &mut String, byte: u8) {
    // Writing to a string cannot fail.
    let _ = write!(out, "\\x{byte:02x}");
}

/// A pair of byte strings, escaped, each cut to the surroundings of the first byte that differs. What was left out is
/// counted: `…[1234 bytes]…`.
pub fn escaped_pair(left: &[u8], right: &[u8]) -> (String, String) {
    let same = left.iter().zip(right).take_while(|(left, right)| left == right).count();
    (excerpt(left, same), excerpt(right, same))
}

/// Bytes, escaped, and cut at the end if they are long.
pub fn beginning(bytes: &[u8]) -> String {
    excerpt(bytes, 0)
}

/// The same within double quotes.
pub fn quoted_pair(left: &[u8], right: &[u8]) -> (String, String) {
    let (left, right) = escaped_pair(left, right);
    (format!("\"{left}\""), format!("\"{right}\""))
}

fn excerpt(bytes: &[u8], focus: usize) -> String {
    let start = if bytes.len() <= LONGEST { 0 } else { focus.saturating_sub(LONGEST / 4).min(bytes.len()) };
    let end = start.saturating_add(LONGEST).min(bytes.len());
    let mut out = String::new();
    if start > 0 {
        let _ = write!(out, "…[{start} bytes]…");
    }
    out.push_str(&escaped(bytes.get(start..end).unwrap_or_default()));
    if end < bytes.len() {
        let _ = write!(out, "…[{} bytes]…", bytes.len() - end);
    }
    out
}

/// A pair of values as text; different values never look the same.
pub fn value_pair(left: &Snapshot, right: &Snapshot) -> (String, String) {
    match (left, right) {
        (Snapshot::String(left), Snapshot::String(right)) => quoted_pair(left, right),
        (left, right) => (value(left), value(right)),
    }
}

/// A value as text: numbers with as many digits as tell them apart, a NaN with its bits, objects by kind and number.
pub fn value(value: &Snapshot) -> String {
    match value {
        Snapshot::Nil => "nil".into(),
        Snapshot::Boolean(value) => value.to_string(),
        Snapshot::Number(bits) => number(f64::from_bits(*bits)),
        Snapshot::String(bytes) => format!("\"{}\"", beginning(bytes)),
        Snapshot::Object { kind, address } => format!("{kind}: #{address}"),
    }
}

/// A number with as many digits as tell it apart from every other.
pub fn number(value: f64) -> String {
    if value.is_nan() {
        return format!("nan (bits {:#018x})", value.to_bits());
    }
    let plain = value.to_string();
    // Beyond this, digits are zeros that count nothing.
    if plain.len() > 24 { format!("{value:e}") } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_escaped_so_that_they_can_be_read_back() {
        assert_eq!(escaped(b"a\tb\n\\\0\x1b[1m\xff\xc3\xa9\xc2\x85"), "a\\tb\\n\\\\\\x00\\x1b[1m\\xff\u{e9}\\xc2\\x85");
    }

    #[test]
    fn long_text_is_cut_around_the_difference() {
        let mut left = vec![b'a'; 10_000];
        let mut right = left.clone();
        left[5000] = b'L';
        right.truncate(5001);
        let (left, right) = escaped_pair(&left, &right);
        assert!(left.contains('L') && left.len() < 500, "{left}");
        assert!(left.starts_with("…[4900 bytes]…") && left.ends_with("…[4700 bytes]…"), "{left}");
        assert!(right.starts_with("…[4900 bytes]…") && right.ends_with('a'), "{right}");
        assert_eq!(escaped_pair(b"short", &[b'b'; 1000]).0, "short");
    }

    #[test]
    fn different_numbers_look_different() {
        let shown: Vec<String> = [
            0.0,
            -0.0,
            0.1 + 0.2,
            0.3,
            f64::INFINITY,
            f64::NAN,
            -f64::NAN,
            1e300,
            f64::MIN_POSITIVE,
            f64::from_bits(1),
        ]
        .into_iter()
        .map(number)
        .collect();
        for (index, one) in shown.iter().enumerate() {
            assert!(!shown[..index].contains(one), "{one} twice");
            assert!(one.len() < 40, "{one}");
        }
    }
}
