//! Numbers and text: conversion in both directions, byte for byte as the reference's C library does it.

/// A number as the reference prints it (`%.14g`).
pub fn format_number(n: f64) -> String {
    if n.is_nan() {
        return if n.is_sign_negative() { "-nan".to_owned() } else { "nan".to_owned() };
    }
    if n.is_infinite() {
        return if n < 0.0 { "-inf".to_owned() } else { "inf".to_owned() };
    }
    let scientific = format!("{n:.13e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let without_zeros = |text: &str| match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text.to_owned(),
    };
    if (-4..14).contains(&exponent) {
        let decimals = usize::try_from(13 - exponent).unwrap_or(0);
        return without_zeros(&format!("{n:.decimals$}"));
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{}e{sign}{:02}", without_zeros(digits), exponent.abs())
}
