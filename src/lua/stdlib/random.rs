//! The C library's random numbers.

/// A generator.
#[derive(Clone, Debug, Default)]
pub struct Random;
