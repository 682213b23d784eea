//! Sizes in bytes as arguments: `4096`, `64K`, `512M`, `1G`.

/// Parses a size.
///
/// # Errors
/// A message for the user, when it is none.
pub fn parse(text: &str) -> Result<u64, String> {
    let (digits, shift) = match text.as_bytes().last() {
        Some(b'K' | b'k') => (&text[..text.len() - 1], 10),
        Some(b'M' | b'm') => (&text[..text.len() - 1], 20),
        Some(b'G' | b'g') => (&text[..text.len() - 1], 30),
        _ => (text, 0),
    };
    let number: u64 = digits.parse().map_err(|_| "not a size such as 4096, 64K, 512M or 1G".to_owned())?;
    number.checked_mul(1 << shift).ok_or_else(|| "too large".into())
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn sizes_have_units() {
        assert_eq!(parse("4096"), Ok(4096));
        assert_eq!(parse("64K"), Ok(65536));
        assert_eq!(parse("2m"), Ok(2 << 20));
        assert_eq!(parse("1G"), Ok(1 << 30));
        for wrong in ["", "M", "-1", "1.5M", "1T", "99999999999999G", "1é"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
