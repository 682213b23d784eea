//! The integer conversions: `%d %i %u %o %x %X`.

use super::{Spec, pad_number, sign};
use crate::lua::number::digits;

/// Room for a precision of 99 and for the longest octal number, with some to spare.
const MAX_BODY: usize = 128;

/// Appends a signed integer as `%d` and `%i` print it.
pub fn format_integer(spec: &Spec, value: i64, out: &mut Vec<u8>) {
    if *spec == (Spec { conversion: spec.conversion, ..Spec::default() }) {
        if value < 0 {
            out.push(b'-');
        }
        return digits::integer(value.unsigned_abs(), out);
    }
    let mut body = Body::new(value.unsigned_abs(), 10, false);
    body.extend_to(spec.precision.unwrap_or(1));
    pad_number(spec, sign(spec, value < 0), body.as_bytes(), spec.precision.is_none(), out);
}

/// Appends an unsigned integer in the base that the conversion (`u`, `o`, `x` or `X`) stands for; any other conversion
/// counts as `u`.
pub fn format_unsigned(spec: &Spec, value: u64, out: &mut Vec<u8>) {
    let (base, upper) = match spec.conversion {
        b'o' => (8, false),
        b'x' => (16, false),
        b'X' => (16, true),
        _ => (10, false),
    };
    let mut body = Body::new(value, base, upper);
    body.extend_to(spec.precision.unwrap_or(1));
    let prefix: &[u8] = match spec.conversion {
        b'x' if spec.flags.alternate && value != 0 => b"0x",
        b'X' if spec.flags.alternate && value != 0 => b"0X",
        _ => b"",
    };
    // The alternative octal form has no prefix: it has one more digit unless the first one is a zero already.
    if spec.conversion == b'o' && spec.flags.alternate && body.as_bytes().first() != Some(&b'0') {
        body.push_front(b'0');
    }
    pad_number(spec, prefix, body.as_bytes(), spec.precision.is_none(), out);
}

/// Digits, aligned to the end of a buffer. Zero starts out with none.
struct Body {
    buffer: [u8; MAX_BODY],
    start: usize,
}

impl Body {
    fn new(mut value: u64, base: u64, upper: bool) -> Body {
        let mut body = Body { buffer: [b'0'; MAX_BODY], start: MAX_BODY };
        let letter = if upper { b'A' } else { b'a' };
        while value > 0 {
            let digit = (value % base) as u8;
            body.push_front(if digit < 10 { b'0' + digit } else { letter + digit - 10 });
            value /= base;
        }
        body
    }

    fn push_front(&mut self, digit: u8) {
        if let Some(start) = self.start.checked_sub(1) {
            self.start = start;
            self.buffer[start] = digit;
        }
    }

    /// Zeros in front of the digits until there are so many (at most [`MAX_BODY`]).
    fn extend_to(&mut self, length: usize) {
        while self.start > 0 && MAX_BODY - self.start < length {
            self.push_front(b'0');
        }
    }

    fn as_bytes(&self) -> &[u8] {
        &self.buffer[self.start..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formatted(format: &str, value: i64) -> String {
        let (spec, _) = Spec::parse(format.as_bytes()).unwrap();
        let mut out = Vec::new();
        match spec.conversion {
            b'd' | b'i' => format_integer(&spec, value, &mut out),
            _ => format_unsigned(&spec, value as u64, &mut out),
        }
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn signed_conversions() {
        for (format, value, text) in [
            ("d", 0, "0"),
            ("d", i64::MIN, "-9223372036854775808"),
            ("i", 42, "42"),
            (".0d", 0, ""),
            (".d", 0, ""),
            ("+.0d", 0, "+"),
            ("5.0d", 0, "     "),
            ("08d", -3, "-0000003"),
            ("-08d", -3, "-3      "),
            ("+08d", 3, "+0000003"),
            (" 08d", 3, " 0000003"),
            ("08.3d", 3, "     003"),
            ("+ d", 3, "+3"),
            (".5d", -12, "-00012"),
        ] {
            assert_eq!(formatted(format, value), text, "%{format} of {value}");
        }
        assert_eq!(formatted("-99.99d", -1).len(), 100);
        assert_eq!(formatted("99d", -1).len(), 99);
    }

    #[test]
    fn unsigned_conversions() {
        for (format, value, text) in [
            ("u", -1, "18446744073709551615"),
            ("+u", 3, "3"),
            ("x", -1, "ffffffffffffffff"),
            ("X", 0xBEEF, "BEEF"),
            ("#x", 255, "0xff"),
            ("#X", 255, "0XFF"),
            ("#x", 0, "0"),
            ("#.0x", 0, ""),
            ("#.0o", 0, "0"),
            ("#o", 0, "0"),
            ("#o", 8, "010"),
            ("#.3o", 8, "010"),
            ("#.2o", 8, "010"),
            ("#08x", 255, "0x0000ff"),
            ("#-8x", 255, "0xff    "),
            ("#08.3x", 255, "   0x0ff"),
            ("#08o", 8, "00000010"),
            ("o", -1, "1777777777777777777777"),
        ] {
            assert_eq!(formatted(format, value), text, "%{format} of {value}");
        }
    }
}
