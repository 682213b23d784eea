//! Lengths of time as arguments: `500ms`, `60s`, `2m`, `1h`, or a number of seconds.

use std::time::Duration;

/// Parses a length of time.
///
/// # Errors
/// A message for the user, when it is none.
pub fn parse(text: &str) -> Result<Duration, String> {
    let (digits, unit) = match text.find(|character: char| character.is_ascii_alphabetic()) {
        Some(position) => text.split_at(position),
        None => (text, "s"),
    };
    let seconds = match unit {
        "ms" => 1e-3,
        "s" => 1.0,
        "m" => 60.0,
        "h" => 3600.0,
        _ => return Err("not a time such as 500ms, 60s, 2m or 1h".into()),
    };
    let number: f64 = digits.parse().map_err(|_| "not a time such as 500ms, 60s, 2m or 1h".to_owned())?;
    match Duration::try_from_secs_f64(number * seconds) {
        Ok(time) if !time.is_zero() => Ok(time),
        _ => Err("not a positive length of time".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_units() {
        assert_eq!(parse("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(parse("60s"), Ok(Duration::from_secs(60)));
        assert_eq!(parse("1.5m"), Ok(Duration::from_secs(90)));
        assert_eq!(parse("1h"), Ok(Duration::from_secs(3600)));
        assert_eq!(parse("7"), Ok(Duration::from_secs(7)));
        for wrong in ["", "s", "0", "-1s", "1d", "1e", "1e300h", "1 s", "é"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
