//! What two runs produced, normalised, and the verdict about them.
