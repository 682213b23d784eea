//! What C functions see of a string of Lua's.

/// The bytes before the first zero byte.
pub fn c_string(bytes: &[u8]) -> &[u8] {
    bytes.split(|byte| *byte == 0).next().unwrap_or(bytes)
}
