//! The conversions of floating-point numbers: `%e %E %f %g %G`, and `%.14g`, which is how Lua prints a number.

use super::{Spec, pad_number, sign};
use crate::lua::number::digits::{self, Digits};

/// What C takes for a precision that is not given.
const DEFAULT_PRECISION: usize = 6;

/// The significant digits of `tostring` (`LUA_NUMBER_FMT` is `%.14g`).
const NUMBER_PRECISION: usize = 14;

/// The least integer that `%.14g` prints with an exponent.
const FIRST_WITH_EXPONENT: u64 = 100_000_000_000_000;

/// The text of a number, as `tostring` and the coercion of numbers to strings give it (manual §2.2.1).
pub fn format_number(n: f64) -> String {
    let mut out = Vec::new();
    write_number(n, &mut out);
    out.into_iter().map(char::from).collect()
}

/// Appends the text that [`format_number`] returns; allocates nothing but what `out` needs to grow.
pub fn write_number(n: f64, out: &mut Vec<u8>) {
    let integer = n as i64;
    // Comparing bits keeps the negative zero, which has a sign to show, out of here.
    if (integer as f64).to_bits() == n.to_bits() && integer.unsigned_abs() < FIRST_WITH_EXPONENT {
        if integer < 0 {
            out.push(b'-');
        }
        return digits::integer(integer.unsigned_abs(), out);
    }
    if n.is_sign_negative() {
        out.push(b'-');
    }
    if n.is_finite() {
        general(n, NUMBER_PRECISION, false, b'e', out);
    } else {
        out.extend_from_slice(special(n, false));
    }
}

/// Appends a number as the conversion `e`, `E`, `f`, `F`, `g` or `G` prints it; any other conversion counts as `g`.
/// A precision above 99 counts as 99.
pub fn format_float(spec: &Spec, n: f64, out: &mut Vec<u8>) {
    let sign = sign(spec, n.is_sign_negative());
    if !n.is_finite() {
        return pad_number(spec, sign, special(n, spec.conversion.is_ascii_uppercase()), false, out);
    }
    let precision = spec.precision.unwrap_or(DEFAULT_PRECISION).min(99);
    let mut body = Vec::new();
    // Without a width nothing has to be measured before it is written.
    let unpadded = spec.width == 0;
    if unpadded {
        out.extend_from_slice(sign);
    }
    let target = if unpadded { &mut *out } else { &mut body };
    match spec.conversion {
        b'e' | b'E' => {
            let digits = digits::significant(n, precision + 1);
            scientific(digits.as_bytes(), digits.exponent, spec.flags.alternate, spec.conversion, target);
        }
        b'f' | b'F' => {
            digits::fixed(n, precision, target);
            if precision == 0 && spec.flags.alternate {
                target.push(b'.');
            }
        }
        b'G' => general(n, precision, spec.flags.alternate, b'E', target),
        _ => general(n, precision, spec.flags.alternate, b'e', target),
    }
    if !unpadded {
        pad_number(spec, sign, &body, true, out);
    }
}

/// The name of an infinity or of a NaN. glibc shows the sign of both, as it does for numbers.
fn special(n: f64, upper: bool) -> &'static [u8] {
    match (n.is_nan(), upper) {
        (true, false) => b"nan",
        (true, true) => b"NAN",
        (false, false) => b"inf",
        (false, true) => b"INF",
    }
}

/// `d.ddde±xx`; the alternative form keeps a point that no digit follows.
fn scientific(digits: &[u8], exponent: i32, alternate: bool, marker: u8, out: &mut Vec<u8>) {
    let (first, fraction) = digits.split_at(1.min(digits.len()));
    out.extend_from_slice(first);
    if !fraction.is_empty() || alternate {
        out.push(b'.');
        out.extend_from_slice(fraction);
    }
    out.extend_from_slice(&[marker, if exponent < 0 { b'-' } else { b'+' }]);
    let exponent = exponent.unsigned_abs();
    if exponent < 10 {
        out.push(b'0');
    }
    digits::integer(u64::from(exponent), out);
}

/// `%g`: fixed or scientific, whichever the exponent of the rounded digits calls for. Zeros at the end go away, except
/// in the alternative form.
fn general(n: f64, precision: usize, alternate: bool, marker: u8, out: &mut Vec<u8>) {
    let precision = precision.max(1);
    let digits: Digits = digits::significant(n, precision);
    let keep_zeros = alternate && !carried_into_exponent(n, precision, digits.exponent);
    let shown = if keep_zeros { digits.as_bytes() } else { digits.trimmed() };
    match usize::try_from(digits.exponent) {
        Ok(exponent) if exponent < precision => positional(shown, exponent + 1, alternate, out),
        Err(_) if digits.exponent >= -4 => {
            out.extend_from_slice(&b"0.000"[..1 + digits.exponent.unsigned_abs() as usize]);
            out.extend_from_slice(shown);
        }
        _ => scientific(shown, digits.exponent, alternate, marker, out),
    }
}

/// Whether only rounding made a number too large for fixed notation. glibc forgets the zeros of the alternative form
/// then: `%#.3g` of 999.6 is `1.e+03`.
fn carried_into_exponent(n: f64, precision: usize, exponent: i32) -> bool {
    // Numbers of more than 16 digits have no fraction left, so nothing can carry.
    precision <= 16 && exponent == precision as i32 && n.abs() < 10u64.pow(precision as u32) as f64
}

/// Digits with the point after the first `whole` of them; zeros stand in for those that are not there.
fn positional(digits: &[u8], whole: usize, alternate: bool, out: &mut Vec<u8>) {
    match digits.split_at_checked(whole) {
        Some((whole, fraction)) => {
            out.extend_from_slice(whole);
            if !fraction.is_empty() || alternate {
                out.push(b'.');
                out.extend_from_slice(fraction);
            }
        }
        None => {
            out.extend_from_slice(digits);
            super::pad(b'0', whole - digits.len(), out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formatted(format: &str, n: f64) -> String {
        let (spec, _) = Spec::parse(format.as_bytes()).unwrap();
        let mut out = Vec::new();
        format_float(&spec, n, &mut out);
        String::from_utf8(out).unwrap()
    }

    fn quiet_nan() -> f64 {
        f64::from_bits(0x7FF8 << 48)
    }

    #[test]
    fn numbers_as_lua_prints_them() {
        for (n, text) in [
            (0.0, "0"),
            (-0.0, "-0"),
            (1.0, "1"),
            (-42.0, "-42"),
            (0.1, "0.1"),
            (-1.5, "-1.5"),
            (100.0, "100"),
            (1e13, "10000000000000"),
            (99_999_999_999_999.0, "99999999999999"),
            (1e14, "1e+14"),
            (123_456_789_012_345.0, "1.2345678901234e+14"),
            (123_456_789_012_355.0, "1.2345678901236e+14"),
            (99_999_999_999_999.5, "1e+14"),
            (2f64.powi(53), "9.007199254741e+15"),
            (1e15, "1e+15"),
            (1e100, "1e+100"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (0.000_099_999_999_999_999_99, "0.0001"),
            (1.0 / 3.0, "0.33333333333333"),
            (std::f64::consts::PI, "3.1415926535898"),
            (5e-324, "4.9406564584125e-324"),
            (f64::MAX, "1.7976931348623e+308"),
            (f64::INFINITY, "inf"),
            (f64::NEG_INFINITY, "-inf"),
            (quiet_nan(), "nan"),
            (-quiet_nan(), "-nan"),
        ] {
            assert_eq!(format_number(n), text);
        }
    }

    #[test]
    fn fixed_notation() {
        for (format, n, text) in [
            ("f", 1.5, "1.500000"),
            (".0f", 0.5, "0"),
            (".0f", 1.5, "2"),
            (".0f", 2.5, "2"),
            ("#.0f", 2.5, "2."),
            (".2f", 0.125, "0.12"),
            (".2f", 0.375, "0.38"),
            (".2f", 2.675, "2.67"),
            (".3f", 1e-10, "0.000"),
            (".1f", 0.05, "0.1"),
            (".1f", 0.95, "0.9"),
            (".2f", 9.999, "10.00"),
            ("08.2f", -1.25, "-0001.25"),
            ("-8.2f", 1.25, "1.25    "),
            ("+.1f", 0.0, "+0.0"),
            (" .1f", -0.0, "-0.0"),
            (".0f", 1e22, "10000000000000000000000"),
            (".0f", 1e23, "99999999999999991611392"),
            (".20f", 0.1, "0.10000000000000000555"),
            (".34f", 8_784_566_659_466_827.0 / 2f64.powi(102), "0.0000000000000017324503017403302255"),
            (".17f", 123_456.5, "123456.50000000000000000"),
        ] {
            assert_eq!(formatted(format, n), text, "%{format} of {n}");
        }
        assert_eq!(formatted(".99f", f64::MAX).len(), 309 + 1 + 99);
        assert!(formatted(".99f", 5e-324).bytes().all(|c| matches!(c, b'0' | b'.')));
    }

    #[test]
    fn scientific_notation() {
        for (format, n, text) in [
            ("e", 0.0, "0.000000e+00"),
            ("e", 12345.678, "1.234568e+04"),
            ("E", 1e-300, "1.000000E-300"),
            (".0e", 2.5, "2e+00"),
            (".0e", 3.5, "4e+00"),
            ("#.0e", 3.5, "4.e+00"),
            (".0e", 9.5, "1e+01"),
            (".3e", 9.9995, "9.999e+00"),
            (".16e", 0.1, "1.0000000000000001e-01"),
            (".25e", 0.1, "1.0000000000000000555111512e-01"),
            ("+12.1e", 5e-324, "   +4.9e-324"),
            ("012.1e", -1.0, "-00001.0e+00"),
        ] {
            assert_eq!(formatted(format, n), text, "%{format} of {n}");
        }
        assert_eq!(formatted(".99e", f64::MAX).len(), 1 + 1 + 99 + 5);
    }

    #[test]
    fn general_notation() {
        for (format, n, text) in [
            ("g", 100_000.0, "100000"),
            ("g", 1_000_000.0, "1e+06"),
            ("g", 999_999.5, "1e+06"),
            ("g", 0.0001, "0.0001"),
            ("g", 0.00001234, "1.234e-05"),
            ("G", 1e-5, "1E-05"),
            ("#g", 1.0, "1.00000"),
            ("#g", 0.0, "0.00000"),
            ("#.3g", 0.0001, "0.000100"),
            (".0g", 123.0, "1e+02"),
            ("#.0g", 5.0, "5."),
            ("#.3g", 999.6, "1.e+03"),
            ("#.3g", 99.96, "100."),
            ("#.3g", 9996.0, "1.00e+04"),
            ("#.14g", 99_999_999_999_999.5, "1.e+14"),
            (".3g", 120.0, "120"),
            (".17g", 0.1, "0.10000000000000001"),
            (".99g", 0.5, "0.5"),
            ("010g", -1.5, "-0000001.5"),
        ] {
            assert_eq!(formatted(format, n), text, "%{format} of {n}");
        }
    }

    #[test]
    fn infinities_and_nans_are_never_padded_with_zeros() {
        for (format, n, text) in [
            ("05f", f64::INFINITY, "  inf"),
            ("+g", f64::INFINITY, "+inf"),
            (" E", f64::INFINITY, " INF"),
            ("G", quiet_nan(), "NAN"),
            ("010.3f", -quiet_nan(), "      -nan"),
            ("-10f", f64::NEG_INFINITY, "-inf      "),
        ] {
            assert_eq!(formatted(format, n), text, "%{format}");
        }
    }
}
