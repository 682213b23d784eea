//! Counts as arguments: a number, or `all`.

/// Parses a count. `all` is more than there can be.
///
/// # Errors
/// A message for the user, when it is none.
pub fn parse(text: &str) -> Result<u64, String> {
    if text == "all" {
        return Ok(u64::MAX);
    }
    text.parse().map_err(|_| "neither a number nor `all`".to_owned())
}
