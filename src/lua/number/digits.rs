//! Correctly rounded decimal digits of finite numbers: how many are wanted is known beforehand, as in `printf`.
//!
//! Most requests are served by one 64 by 64 bit multiplication with a power of ten. Its error is bounded, and where the
//! bound does not exclude that the digits would round the other way, the exact (and slow) conversion of the standard
//! library decides. Ties go to the even digit, as in glibc. Must not know about flags, widths or anything else of a
//! format.

use std::fmt::Write;

/// The most digits that can be asked of [`significant`]: `%.99e` shows one before the point.
pub(super) const MAX_SIGNIFICANT: usize = 100;

/// Room for every result of [`fixed`]: 309 digits, a point, 99 digits.
const MAX_TEXT: usize = 416;

/// The digits of a number in scientific notation.
pub(super) struct Digits {
    buffer: [u8; MAX_SIGNIFICANT],
    count: usize,
    /// The power of ten of the first digit.
    pub exponent: i32,
}

impl Digits {
    /// The digits as ASCII, most significant first.
    pub fn as_bytes(&self) -> &[u8] {
        &self.buffer[..self.count]
    }

    /// The digits without the zeros at their end; the first digit always stays.
    pub fn trimmed(&self) -> &[u8] {
        let zeros = self.as_bytes().iter().skip(1).rev().take_while(|&&digit| digit == b'0').count();
        &self.buffer[..self.count - zeros]
    }
}

/// The first `count` significant digits (1 to [`MAX_SIGNIFICANT`]) of a finite number, whose sign is ignored.
pub(super) fn significant(n: f64, count: usize) -> Digits {
    let count = count.clamp(1, MAX_SIGNIFICANT);
    let n = n.abs();
    let mut digits = Digits { buffer: [b'0'; MAX_SIGNIFICANT], count, exponent: 0 };
    if n == 0.0 {
        return digits;
    }
    match significant_by_multiplication(n, count) {
        Some((value, exponent)) => {
            digits.exponent = exponent;
            write_decimal(value, &mut digits.buffer[..count]);
        }
        None => significant_exactly(n, &mut digits),
    }
    digits
}

/// Appends a finite number with `precision` (at most 99) digits after the point, without a sign. There is no point if
/// there are no digits after it.
pub(super) fn fixed(n: f64, precision: usize, out: &mut Vec<u8>) {
    let n = n.abs();
    let precision = precision.min(99);
    let scaled = if n == 0.0 { Some(0) } else { scale(n, precision as i32) };
    match scaled {
        Some(value) => {
            let mut buffer = [b'0'; MAX_SIGNIFICANT];
            let length = decimal_length(value).max(precision + 1);
            let digits = &mut buffer[..length];
            write_decimal(value, digits);
            let (whole, fraction) = digits.split_at(length - precision);
            out.extend_from_slice(whole);
            if precision > 0 {
                out.push(b'.');
                out.extend_from_slice(fraction);
            }
        }
        None => {
            let mut text = Text::default();
            // The text is as long as the longest result, so there is nothing that could fail.
            let _ = write!(text, "{n:.precision$}");
            out.extend_from_slice(text.as_bytes());
        }
    }
}

/// Appends an integer in decimal.
pub(super) fn integer(value: u64, out: &mut Vec<u8>) {
    let mut buffer = [0; 20];
    let digits = &mut buffer[..decimal_length(value)];
    write_decimal(value, digits);
    out.extend_from_slice(digits);
}

/// The number of decimal digits, at least one.
fn decimal_length(value: u64) -> usize {
    value.checked_ilog10().unwrap_or(0) as usize + 1
}

/// Fills a field with the decimal digits of a value, right-aligned, with zeros before them.
fn write_decimal(mut value: u64, field: &mut [u8]) {
    let mut pairs = field.rchunks_exact_mut(2);
    for pair in pairs.by_ref() {
        let low = (value % 100) as u8;
        value /= 100;
        pair[0] = b'0' + low / 10;
        pair[1] = b'0' + low % 10;
    }
    if let [last] = pairs.into_remainder() {
        *last = b'0' + (value % 10) as u8;
    }
}

/// A positive number's digits as an integer of `count` digits, and the power of ten of the first one; `None` if this
/// needs more precision than a multiplication can give.
fn significant_by_multiplication(n: f64, count: usize) -> Option<(u64, i32)> {
    if count > 17 {
        return None;
    }
    let limit = 10u64.pow(count as u32);
    let places = count as i32 - 1;
    // The decimal logarithm of the leading bit's value: it can be one too small for the number, and rounding can carry
    // into a new digit, so there are up to three attempts.
    let (_, binary) = normalize(n);
    let estimate = ((binary + 63) * 315_653) >> 20;
    for exponent in estimate..=estimate + 2 {
        let value = scale(n, places - exponent)?;
        if value < limit {
            return Some((value, exponent));
        }
    }
    None
}

fn significant_exactly(n: f64, digits: &mut Digits) {
    let mut text = Text::default();
    let places = digits.count - 1;
    // The text is as long as the longest result, so there is nothing that could fail.
    let _ = write!(text, "{n:.places$e}");
    let mut parts = text.as_bytes().split(|&c| c == b'e');
    let mantissa = parts.next().unwrap_or_default().iter().filter(|&&c| c != b'.');
    for (digit, &c) in digits.buffer.iter_mut().zip(mantissa) {
        *digit = c;
    }
    let exponent = std::str::from_utf8(parts.next().unwrap_or_default());
    digits.exponent = exponent.ok().and_then(|text| text.parse().ok()).unwrap_or(0);
}

/// `n * 10^power` for a positive number, rounded to an integer; `None` if the result is too large or if the
/// multiplication's error leaves open how to round.
fn scale(n: f64, power: i32) -> Option<u64> {
    let (mantissa, binary) = normalize(n);
    let (significand, exponent) = power_of_ten(power)?;
    let product = u128::from(mantissa) * u128::from(significand);
    // The value is `product / 2^shift`, or more by less than `error / 2^shift`.
    let error = if EXACT_POWERS.contains(&power) { 0 } else { 2 * u128::from(mantissa) };
    let shift = -(binary + exponent);
    if shift > 129 {
        return Some(0);
    }
    if !(64..=127).contains(&shift) {
        return None;
    }
    let half = 1u128 << (shift - 1);
    let whole = (product >> shift) as u64;
    let rest = product & (half | (half - 1));
    if rest > half && rest - half + error < 2 * half {
        whole.checked_add(1)
    } else if rest + error < half {
        Some(whole)
    } else if rest == half && error == 0 {
        whole.checked_add(whole & 1)
    } else {
        None
    }
}

/// A positive finite number as `mantissa * 2^exponent` with the mantissa's top bit set.
fn normalize(n: f64) -> (u64, i32) {
    let bits = n.to_bits();
    let field = (bits >> 52 & 0x7FF) as i32;
    let fraction = bits & ((1 << 52) - 1);
    let (mantissa, exponent) = if field == 0 { (fraction, -1074) } else { (fraction | 1 << 52, field - 1075) };
    let shift = mantissa.leading_zeros();
    (mantissa << shift, exponent - shift as i32)
}

const SMALLEST_POWER: i32 = -310;
const LARGEST_POWER: i32 = 345;
const POWERS: usize = (LARGEST_POWER - SMALLEST_POWER + 1) as usize;

/// The powers of ten whose odd part fits in 64 bits.
const EXACT_POWERS: std::ops::RangeInclusive<i32> = 0..=27;

/// The leading 64 bits of every power of ten from [`SMALLEST_POWER`] to [`LARGEST_POWER`].
static SIGNIFICANDS: [u64; POWERS] = significands();

/// `10^power` as `significand * 2^exponent`, the significand's top bit set; the true value may be greater, by less than
/// two in the last place.
fn power_of_ten(power: i32) -> Option<(u64, i32)> {
    let significand = *SIGNIFICANDS.get(usize::try_from(power - SMALLEST_POWER).ok()?)?;
    // 217706 / 2^16 is the binary logarithm of ten, close enough in the table's range.
    Some((significand, ((power * 217_706) >> 16) - 63))
}

/// Multiplies and divides by ten at 128 bits. Each of at most 345 steps loses less than two in the last of those places,
/// so the upper half is off by no more than its own truncation and a tiny fraction of one.
const fn significands() -> [u64; POWERS] {
    let mut table = [0; POWERS];
    let zero = (-SMALLEST_POWER) as usize;
    let mut power: u128 = 1 << 127;
    let mut index = zero;
    while index < POWERS {
        table[index] = (power >> 64) as u64;
        // Times 10/8, or 10/16 where that would carry out.
        power = match power.checked_add(power >> 2) {
            Some(next) => next,
            None => (power >> 1) + (power >> 3),
        };
        index += 1;
    }
    let mut power: u128 = 1 << 127;
    let mut index = zero;
    while index > 0 {
        index -= 1;
        let (quotient, remainder) = (power / 10, power % 10);
        let shift = quotient.leading_zeros();
        power = (quotient << shift) + ((remainder << shift) / 10);
        table[index] = (power >> 64) as u64;
    }
    table
}

/// A text of bounded length on the stack, for `write!`.
struct Text {
    buffer: [u8; MAX_TEXT],
    length: usize,
}

impl Default for Text {
    fn default() -> Self {
        Text { buffer: [0; MAX_TEXT], length: 0 }
    }
}

impl Text {
    fn as_bytes(&self) -> &[u8] {
        &self.buffer[..self.length]
    }
}

impl Write for Text {
    fn write_str(&mut self, part: &str) -> std::fmt::Result {
        let end = self.length + part.len();
        let field = self.buffer.get_mut(self.length..end).ok_or(std::fmt::Error)?;
        field.copy_from_slice(part.as_bytes());
        self.length = end;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Random bits cover all exponents; small fractions and integers add ties.
    fn samples() -> impl Iterator<Item = f64> {
        let mut state = 0x9E37_79B9_7F4A_7C15u64;
        let random = std::iter::repeat_with(move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            f64::from_bits(state >> 1)
        });
        let numbers = random.filter(|n| n.is_finite() && *n > 0.0).take(5_000);
        let ties = (1..2_000).map(|i| f64::from(i) / 64.0);
        let powers = (-323..=308).filter_map(|power| format!("1e{power}").parse().ok());
        numbers.chain(ties).chain(powers).chain([f64::MAX, f64::MIN_POSITIVE, 5e-324, 999_999.5])
    }

    #[test]
    fn multiplication_agrees_with_the_exact_conversion() {
        let mut multiplied = 0;
        for n in samples() {
            for count in 1..=17 {
                let Some((value, exponent)) = significant_by_multiplication(n, count) else { continue };
                multiplied += 1;
                let mut exact = Digits { buffer: [b'0'; MAX_SIGNIFICANT], count, exponent: 0 };
                significant_exactly(n, &mut exact);
                let digits = value.to_string().into_bytes();
                assert_eq!(
                    (digits.as_slice(), exponent),
                    (exact.as_bytes(), exact.exponent),
                    "{n:e} to {count} digits"
                );
            }
        }
        assert!(multiplied > 100_000, "only {multiplied} conversions were fast");
    }

    #[test]
    fn fixed_notation_agrees_with_the_exact_conversion() {
        for n in samples() {
            for precision in [0, 1, 2, 5, 17, 30, 99] {
                let mut out = Vec::new();
                fixed(n, precision, &mut out);
                assert_eq!(out, format!("{n:.precision$}").into_bytes(), "{n:e} with {precision} places");
            }
        }
    }

    #[test]
    fn integers_of_every_length() {
        let mut out = Vec::new();
        for value in [0, 9, 10, 99, 100, 12345, 10u64.pow(19), u64::MAX] {
            out.clear();
            integer(value, &mut out);
            assert_eq!(out, value.to_string().into_bytes());
        }
    }
}
