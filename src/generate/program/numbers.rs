//! Numerals: small integers, edges of integers and of floats, and every way to write them.

use super::builder::Builder;
use super::features::Feature;

/// Numbers at which something changes: signs, sizes of integers, of fractions, of conversions.
const EDGES: [&str; 34] = [
    "0",
    "(-0)",
    "1e15",
    "1e14",
    "123456789012345",
    "2147483647",
    "2147483648",
    "-2147483648",
    "-2147483649",
    "4294967295",
    "4294967296",
    "9007199254740991",
    "9007199254740992",
    "9007199254740993",
    "9223372036854775807",
    "18446744073709551616",
    "0.1",
    "-0.5",
    "0.30000000000000004",
    "1e-5",
    "1e100",
    "1.7976931348623157e308",
    "4.9e-324",
    "2.2250738585072014e-308",
    "(1/0)",
    "(-1/0)",
    "(0/0)",
    "-(0/0)",
    "math.huge",
    "math.pi",
    "255",
    "256",
    "65536.5",
    "3.5",
];

/// Strings that arithmetic takes for numbers.
const NUMERIC_STRINGS: [&str; 8] =
    ["\"10\"", "\"0x1F\"", "\" 3.5 \"", "\"-2\"", "\"1e2\"", "'0'", "\"\\t7\\n\"", "[[12]]"];

/// A number as it is written.
pub fn numeral(builder: &mut Builder<'_, '_>) -> String {
    let edges = if builder.has(Feature::EdgeNumbers) { 6 } else { 0 };
    match builder.choices.weighted(&[12, 3, 2, 2, 1, edges]) {
        1 => format!("0x{:X}", builder.choices.below(1 << 16)),
        2 => format!("{}.{}", builder.choices.small(), builder.choices.below(100)),
        3 => format!("{}", builder.choices.below(1000)),
        4 => format!("{}e{}", 1 + builder.choices.below(9), builder.choices.small()),
        5 => edge(builder),
        _ => builder.choices.small().to_string(),
    }
}

/// A number at which something changes.
pub fn edge(builder: &mut Builder<'_, '_>) -> String {
    builder.choices.one_of(&EDGES).to_owned()
}

/// A string that is converted when it is calculated with.
pub fn numeric_string(builder: &mut Builder<'_, '_>) -> String {
    builder.choices.one_of(&NUMERIC_STRINGS).to_owned()
}
