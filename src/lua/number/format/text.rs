//! The conversions of text: `%c`, `%s` and `%q`.

use super::{Spec, pad};

/// From this length on, `%s` without a precision copies its argument instead of formatting it.
const TOO_LONG_TO_FORMAT: usize = 100;

/// Appends a byte as `%c` prints it.
///
/// The reference measures its result with `strlen`, so that a zero byte ends it, along with any padding on the right.
pub fn format_char(spec: &Spec, byte: u8, out: &mut Vec<u8>) {
    let padding = spec.width.saturating_sub(1);
    if spec.flags.left && byte == 0 {
        return;
    }
    if !spec.flags.left {
        pad(b' ', padding, out);
    }
    if byte != 0 {
        out.push(byte);
    }
    if spec.flags.left {
        pad(b' ', padding, out);
    }
}

/// Appends a string as `%s` prints it: up to its first zero byte, cut to the precision, padded to the width; a string
/// of 100 bytes or more goes in as it is if there is no precision.
pub fn format_string(spec: &Spec, text: &[u8], out: &mut Vec<u8>) {
    if spec.precision.is_none() && text.len() >= TOO_LONG_TO_FORMAT {
        return out.extend_from_slice(text);
    }
    let limit = spec.precision.map_or(text.len(), |precision| precision.min(text.len()));
    let text = &text[..limit];
    let text = text.split(|&c| c == 0).next().unwrap_or(text);
    let padding = spec.width.saturating_sub(text.len());
    if !spec.flags.left {
        pad(b' ', padding, out);
    }
    out.extend_from_slice(text);
    if spec.flags.left {
        pad(b' ', padding, out);
    }
}

/// Appends a string as `%q` prints it: between double quotes, so that the lexer reads it back.
pub fn format_quoted(text: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    for &c in text {
        match c {
            b'"' | b'\\' | b'\n' => out.extend_from_slice(&[b'\\', c]),
            b'\r' => out.extend_from_slice(b"\\r"),
            0 => out.extend_from_slice(b"\\000"),
            _ => out.push(c),
        }
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formatted(format: &str, convert: impl Fn(&Spec, &mut Vec<u8>)) -> Vec<u8> {
        let (spec, _) = Spec::parse(format.as_bytes()).unwrap();
        let mut out = Vec::new();
        convert(&spec, &mut out);
        out
    }

    #[test]
    fn characters() {
        for (format, byte, text) in [
            ("c", b'A', &b"A"[..]),
            ("05c", b'A', b"    A"),
            ("-5c", b'A', b"A    "),
            (".0c", b'A', b"A"),
            ("c", 0, b""),
            ("5c", 0, b"    "),
            ("-5c", 0, b""),
            ("c", 0xFF, b"\xFF"),
        ] {
            assert_eq!(formatted(format, |spec, out| format_char(spec, byte, out)), text, "%{format}");
        }
    }

    #[test]
    fn strings() {
        for (format, text) in [
            ("s", &b"abc"[..]),
            ("05s", b"  abc"),
            ("-5s", b"abc  "),
            (".2s", b"ab"),
            ("5.1s", b"    a"),
            (".s", b""),
            ("2s", b"abc"),
        ] {
            assert_eq!(formatted(format, |spec, out| format_string(spec, b"abc\0def", out)), text, "%{format}");
        }
    }

    #[test]
    fn long_strings_are_copied_unless_there_is_a_precision() {
        let long = [b"\0".repeat(50), b"x".repeat(50)].concat();
        assert_eq!(formatted("99s", |spec, out| format_string(spec, &long, out)), long);
        assert_eq!(formatted("2.99s", |spec, out| format_string(spec, &long, out)), b"  ");
        assert_eq!(formatted("2s", |spec, out| format_string(spec, &long[..99], out)), b"  ");
    }

    #[test]
    fn quoted_strings() {
        let mut out = Vec::new();
        format_quoted(b"a\"\\\n\r\0\t\xE9", &mut out);
        assert_eq!(out, b"\"a\\\"\\\\\\\n\\r\\000\t\xE9\"");
    }
}
