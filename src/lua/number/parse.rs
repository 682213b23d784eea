//! Numerals to numbers: what `luaO_str2d` (through `strtod`) and `tonumber` with a base (through `strtoul`) accept.
//!
//! Both read C strings, so an embedded zero byte ends the text wherever it comes. Must not know who asks: the lexer,
//! arithmetic on strings and `tonumber` all come here with plain bytes.

use crate::lua::c_string;

/// The powers of ten that a `f64` holds exactly.
const EXACT_POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
];

/// Up to this length a numeral can be handed to Rust's parser as it is: its exponent arithmetic saturates at 65536.
const PLAIN_LENGTH: usize = 30_000;

/// No decimal numeral needs more significant digits than these to be rounded correctly, if whatever comes after them is
/// represented by one more digit.
const DECISIVE_DIGITS: usize = 800;

/// Converts a whole text to a number, as the lexer, `tonumber` and the coercion of strings in arithmetic do
/// (`luaO_str2d` of the reference, manual §2.2.1).
///
/// White space may surround the numeral, which can be signed, decimal, hexadecimal (with a fraction and a binary
/// exponent too), or an infinity or NaN by name. The text ends at its first zero byte. `None` if it is not a numeral.
pub fn parse_number(text: &[u8]) -> Option<f64> {
    if let Some(n) = parse_short_integer(text) {
        return Some(n);
    }
    let (number, rest) = parse_prefix(c_string(text))?;
    trim_start(rest).is_empty().then_some(number)
}

/// The number at the start of a text, after white space, and what follows it (`strtod`). `None` if there is none.
pub fn parse_prefix(text: &[u8]) -> Option<(f64, &[u8])> {
    let (negative, body) = split_sign(trim_start(text));
    let (magnitude, rest) = match body {
        // Without a digit after it, the `x` does not belong to the number.
        [b'0', b'x' | b'X', digits @ ..] => parse_hexadecimal(digits).unwrap_or((0.0, &body[1..])),
        [b'0'..=b'9' | b'.', ..] => parse_decimal(body)?,
        _ => parse_named(body)?,
    };
    Some((if negative { -magnitude } else { magnitude }, rest))
}

/// Converts a whole text to a number in the given base, as `tonumber(text, base)` does for every base but 10
/// (`strtoul` of the C library, manual §5.1).
///
/// White space may surround the digits; a sign is allowed, and a negative number wraps around 2^64; base 16 allows a
/// `0x` prefix; what does not fit becomes 2^64 - 1. The text ends at its first zero byte. `None` if it is not a
/// numeral in that base, or if the base is not between 2 and 36.
pub fn parse_in_base(text: &[u8], base: u32) -> Option<f64> {
    if !(2..=36).contains(&base) {
        return None;
    }
    let (negative, body) = split_sign(trim_start(c_string(text)));
    let digits = match body {
        [b'0', b'x' | b'X', rest @ ..] if base == 16 && rest.first().is_some_and(u8::is_ascii_hexdigit) => rest,
        _ => body,
    };
    let count = digits.iter().take_while(|&&c| char::from(c).is_digit(base)).count();
    let (digits, rest) = digits.split_at(count);
    if digits.is_empty() || !trim_start(rest).is_empty() {
        return None;
    }
    let value = digits.iter().try_fold(0u64, |value, &c| {
        let digit = char::from(c).to_digit(base)?;
        value.checked_mul(u64::from(base))?.checked_add(u64::from(digit))
    });
    Some(match value {
        Some(value) if negative => value.wrapping_neg() as f64,
        Some(value) => value as f64,
        None => u64::MAX as f64,
    })
}

/// The common case, decided without looking at anything twice: nothing but at most fifteen decimal digits.
#[inline]
fn parse_short_integer(text: &[u8]) -> Option<f64> {
    if text.is_empty() || text.len() > 15 {
        return None;
    }
    let mut value = 0u64;
    for &c in text {
        let digit = c.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        value = value * 10 + u64::from(digit);
    }
    Some(value as f64)
}

/// `isspace` of the C locale, which unlike Rust's notion includes the vertical tab.
fn is_space(c: u8) -> bool {
    matches!(c, b' ' | b'\t'..=b'\r')
}

fn trim_start(text: &[u8]) -> &[u8] {
    let blanks = text.iter().take_while(|&&c| is_space(c)).count();
    &text[blanks..]
}

fn split_sign(text: &[u8]) -> (bool, &[u8]) {
    match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    }
}

fn split_digits(text: &[u8], is_digit: fn(&u8) -> bool) -> (&[u8], &[u8]) {
    text.split_at(text.iter().take_while(|c| is_digit(c)).count())
}

/// The digits before and after the point, and what follows them; `None` if there is no digit at all.
fn split_mantissa(text: &[u8], is_digit: fn(&u8) -> bool) -> Option<(&[u8], &[u8], &[u8])> {
    let (whole, rest) = split_digits(text, is_digit);
    let (fraction, rest) = match rest {
        [b'.', rest @ ..] => split_digits(rest, is_digit),
        _ => (&[][..], rest),
    };
    if whole.is_empty() && fraction.is_empty() { None } else { Some((whole, fraction, rest)) }
}

/// Reads an exponent, if there is one: its marker must be followed by at least one digit, otherwise it does not belong
/// to the numeral. A value beyond the range of `i64` saturates.
fn split_exponent(text: &[u8], marker: u8) -> (i64, &[u8]) {
    let Some((first, after)) = text.split_first() else { return (0, text) };
    if !first.eq_ignore_ascii_case(&marker) {
        return (0, text);
    }
    let (negative, after) = split_sign(after);
    let (digits, rest) = split_digits(after, u8::is_ascii_digit);
    if digits.is_empty() {
        return (0, text);
    }
    let value = digits.iter().fold(0i64, |value, &c| value.saturating_mul(10).saturating_add(i64::from(c - b'0')));
    (if negative { -value } else { value }, rest)
}

/// An unsigned decimal numeral at the start of the text, and what follows it.
fn parse_decimal(text: &[u8]) -> Option<(f64, &[u8])> {
    let (whole, fraction, rest) = split_mantissa(text, u8::is_ascii_digit)?;
    let (exponent, rest) = split_exponent(rest, b'e');
    if let Some(value) = exact_decimal(whole, fraction, exponent) {
        return Some((value, rest));
    }
    let numeral = &text[..text.len() - rest.len()];
    let value = if numeral.len() <= PLAIN_LENGTH {
        round_decimal(numeral)?
    } else {
        round_long_decimal(whole, fraction, exponent)?
    };
    Some((value, rest))
}

/// The value of a decimal whose digits and power of ten are both exact as `f64`, so that a single operation rounds.
fn exact_decimal(whole: &[u8], fraction: &[u8], exponent: i64) -> Option<f64> {
    if whole.len() + fraction.len() > 15 {
        return None;
    }
    let digits = whole.iter().chain(fraction).fold(0u64, |value, &c| value * 10 + u64::from(c - b'0'));
    let scale = exponent.checked_sub(fraction.len() as i64)?;
    let power = *EXACT_POWERS.get(usize::try_from(scale.unsigned_abs()).ok()?)?;
    Some(if scale < 0 { digits as f64 / power } else { digits as f64 * power })
}

/// Rust's parser accepts what is left of the syntax by now, and rounds correctly.
fn round_decimal(numeral: &[u8]) -> Option<f64> {
    std::str::from_utf8(numeral).ok()?.parse().ok()
}

/// A numeral of great length, brought to the form `0.ddd…e±x` with as many digits as can matter.
fn round_long_decimal(whole: &[u8], fraction: &[u8], exponent: i64) -> Option<f64> {
    let zeros = whole.iter().chain(fraction).take_while(|&&c| c == b'0').count();
    let mut significant = whole.iter().chain(fraction).skip(zeros);
    let mut numeral = b"0.".to_vec();
    numeral.extend(significant.by_ref().take(DECISIVE_DIGITS));
    if significant.any(|&c| c != b'0') {
        numeral.push(b'1');
    }
    if numeral.len() == 2 {
        return Some(0.0);
    }
    let point = whole.len() as i64 - zeros as i64;
    let exponent = exponent.saturating_add(point).clamp(-10_000, 10_000);
    numeral.extend_from_slice(format!("e{exponent}").as_bytes());
    round_decimal(&numeral)
}

/// An unsigned hexadecimal numeral after its `0x`, and what follows it.
///
/// `None` without a digit: the C library reads just the `0` then, and the reference's second attempt with `strtoul` stops at the
/// same `x`.
fn parse_hexadecimal(text: &[u8]) -> Option<(f64, &[u8])> {
    let (whole, fraction, rest) = split_mantissa(text, u8::is_ascii_hexdigit)?;
    let (exponent, rest) = split_exponent(rest, b'p');
    let mut mantissa = 0u64;
    let mut inexact = false;
    let mut dropped = 0i64;
    for &c in whole.iter().chain(fraction) {
        let digit = u64::from(char::from(c).to_digit(16)?);
        if mantissa >> 60 == 0 {
            mantissa = mantissa << 4 | digit;
        } else {
            inexact |= digit != 0;
            dropped += 1;
        }
    }
    let scale = (dropped - fraction.len() as i64).saturating_mul(4).saturating_add(exponent);
    Some((compose(mantissa, inexact, scale), rest))
}

/// `mantissa * 2^exponent`, rounded to nearest even; `inexact` says that the true mantissa is a little greater.
fn compose(mantissa: u64, inexact: bool, exponent: i64) -> f64 {
    if mantissa == 0 {
        return 0.0;
    }
    let shift = mantissa.leading_zeros();
    let mantissa = mantissa << shift;
    // The exponent of the leading bit; anything beyond these limits is beyond the format as well.
    let leading = exponent.saturating_add(63 - i64::from(shift)).clamp(-2000, 2000);
    if leading > 1023 {
        return f64::INFINITY;
    }
    let precision = if leading >= -1022 { 53 } else { leading + 1075 };
    if precision < 0 {
        return 0.0;
    }
    let excess = 64 - precision;
    let kept = if excess == 64 { 0 } else { mantissa >> excess };
    let half = 1u64 << (excess - 1);
    let cut = mantissa & (half | (half - 1));
    let up = cut > half || (cut == half && (inexact || kept & 1 == 1));
    let kept = kept + u64::from(up);
    // The leading bit of a normal number is implied: added to the exponent field it must count for nothing. A carry out
    // of the mantissa moves on to the exponent by itself, from the subnormals to the normals and up to infinity.
    let field = if leading >= -1022 { (leading + 1022) as u64 } else { 0 };
    f64::from_bits((field << 52) + kept)
}

/// `inf`, `infinity`, `nan` or `nan(characters)` at the start of the text, in any case, and what follows it.
///
/// The characters would choose the payload of the NaN, which no program can see; the canonical one is returned.
fn parse_named(text: &[u8]) -> Option<(f64, &[u8])> {
    if let Some(rest) = strip_name(text, b"inf") {
        return Some((f64::INFINITY, strip_name(rest, b"inity").unwrap_or(rest)));
    }
    let rest = strip_name(text, b"nan")?;
    // Not `f64::NAN`, whose sign Rust does not specify.
    Some((f64::from_bits(0x7FF8 << 48), strip_payload(rest).unwrap_or(rest)))
}

fn strip_name<'t>(text: &'t [u8], name: &[u8]) -> Option<&'t [u8]> {
    let (head, rest) = text.split_at_checked(name.len())?;
    head.eq_ignore_ascii_case(name).then_some(rest)
}

fn strip_payload(text: &[u8]) -> Option<&[u8]> {
    let (_, rest) = split_digits(text.strip_prefix(b"(")?, |&c| c.is_ascii_alphanumeric() || c == b'_');
    rest.strip_prefix(b")")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Option<f64> {
        parse_number(text.as_bytes())
    }

    #[test]
    fn decimal_numerals() {
        for (text, value) in [
            ("0", 0.0),
            ("007", 7.0),
            ("123456789012345", 123_456_789_012_345.0),
            ("9007199254740993", 9_007_199_254_740_992.0),
            (" \t\n\x0b\x0c\r 12 \x0b", 12.0),
            ("+5.", 5.0),
            (".5e1", 5.0),
            ("-1.25E-2", -0.0125),
            ("0.1", 0.1),
            ("1e22", 1e22),
            ("1e23", 1e23),
            ("4.9e-324", 5e-324),
            ("2.4703282292062327e-324", 0.0),
            ("2.4703282292062328e-324", 5e-324),
            ("1e400", f64::INFINITY),
            ("-1e400", f64::NEG_INFINITY),
            ("1e-99999999999999999999", 0.0),
            ("0e99999999999999999999", 0.0),
            ("1e99999999999999999999", f64::INFINITY),
        ] {
            assert_eq!(number(text), Some(value), "{text}");
        }
        assert_eq!(number("-0").map(f64::to_bits), Some((-0.0f64).to_bits()));
    }

    #[test]
    fn what_is_not_a_numeral() {
        for text in [
            "",
            " ",
            ".",
            "-",
            "+-1",
            "e5",
            "1e",
            "1e+",
            "1 2",
            "1x",
            "0x",
            "0xg",
            "0x.",
            "0x1p",
            "0x1p-",
            "- 1",
            "infin",
            "inf inity",
            "nan(",
            "nan(1 2)",
            "nanx",
            "1e5.0",
            "1_000",
            "1.2.3",
            "10x",
        ] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn a_zero_byte_ends_the_text() {
        assert_eq!(parse_number(b"10\0abc"), Some(10.0));
        assert_eq!(parse_number(b"\x0010"), None);
        assert_eq!(parse_in_base(b"7\0zz", 8), Some(7.0));
    }

    #[test]
    fn hexadecimal_numerals() {
        for (text, value) in [
            ("0x10", 16.0),
            ("-0XfF", -255.0),
            ("0x1.8p3", 12.0),
            ("0x.8", 0.5),
            ("0x8.", 8.0),
            ("0xep1", 28.0),
            ("0x1p-1074", 5e-324),
            ("0x1p-1075", 0.0),
            ("0x1.00000000000000000001p-1075", 5e-324),
            ("0x1p1024", f64::INFINITY),
            ("0x1.fffffffffffff8p1023", f64::INFINITY),
            ("0x1.fffffffffffff7p1023", f64::MAX),
            ("0x20000000000001", 9_007_199_254_740_992.0),
            ("0x20000000000003", 9_007_199_254_740_996.0),
            ("0x100000000000008000", 295_147_905_179_352_825_856.0),
            ("0x100000000000008001", 295_147_905_179_352_891_392.0),
            ("0x0.fffffffffffff8p-1022", f64::MIN_POSITIVE),
            ("0x1p-99999999999999999999", 0.0),
            ("0x0p99999999999999999999", 0.0),
        ] {
            assert_eq!(number(text), Some(value), "{text}");
        }
    }

    #[test]
    fn names_keep_their_sign() {
        assert_eq!(number("inf"), Some(f64::INFINITY));
        assert_eq!(number(" -InFiNiTy "), Some(f64::NEG_INFINITY));
        for text in ["nan", "NaN", "nan()", "+nan(0x7f_Z)"] {
            assert_eq!(number(text).map(f64::to_bits), Some(0x7FF8 << 48), "{text}");
        }
        assert_eq!(number("-nan(123)").map(f64::to_bits), Some(0xFFF8 << 48));
    }

    #[test]
    fn very_long_numerals() {
        let zeros = "0".repeat(100_000);
        assert_eq!(number(&format!("0.{zeros}1e100001")), Some(1.0));
        assert_eq!(number(&format!("1{zeros}e-100000")), Some(1.0));
        assert_eq!(number(&format!("1.{zeros}")), Some(1.0));
        assert_eq!(number(&format!("9007199254740993.{zeros}1")), Some(9_007_199_254_740_994.0));
        assert_eq!(number(&format!("9007199254740993.{zeros}0")), Some(9_007_199_254_740_992.0));
        assert_eq!(number(&format!("0.{zeros}e5")), Some(0.0));
    }

    #[test]
    fn other_bases() {
        for (text, base, value) in [
            ("ff", 16, Some(255.0)),
            (" \x0b-0x1F\x0c ", 16, Some(18_446_744_073_709_551_585.0)),
            ("0x", 16, None),
            ("0x", 36, Some(33.0)),
            ("0b11", 2, None),
            ("102", 2, None),
            ("zZ", 36, Some(1295.0)),
            ("-1", 2, Some(18_446_744_073_709_551_615.0)),
            ("-0", 16, Some(0.0)),
            ("99999999999999999999", 11, Some(18_446_744_073_709_551_615.0)),
            ("-99999999999999999999", 11, Some(18_446_744_073_709_551_615.0)),
            ("99999999999999999999x", 11, None),
            ("", 16, None),
            ("- 1", 16, None),
            ("1.5", 16, None),
            ("1", 1, None),
            ("1", 37, None),
        ] {
            assert_eq!(parse_in_base(text.as_bytes(), base), value, "{text} in base {base}");
        }
    }
}
