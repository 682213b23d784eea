//! Numbers and text: conversion in both directions, byte for byte as the reference's C library does it.

/// The number that a numeral stands for.
pub fn parse_number(text: &[u8]) -> Option<f64> {
    let text = std::str::from_utf8(text).ok()?;
    if let Some(digits) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        return u64::from_str_radix(digits, 16).ok().map(|value| value as f64);
    }
    text.parse().ok()
}
