//! Conversion specifications: what stands between a `%` and its conversion character.

use std::fmt;

/// The flags of a conversion specification.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// `-`: pad on the right.
    pub left: bool,
    /// `+`: a sign for numbers that are not negative too.
    pub plus: bool,
    /// A space: a space in place of the sign.
    pub space: bool,
    /// `#`: the alternative form of the conversion.
    pub alternate: bool,
    /// `0`: pad with zeros after the sign.
    pub zero: bool,
}

/// A conversion specification.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spec {
    /// The flags, in whatever order they came.
    pub flags: Flags,
    /// The least length of the result; 0 if none was given. At most 99 when it comes from [`Spec::parse`].
    pub width: usize,
    /// The precision; a point without digits means 0. At most 99 when it comes from [`Spec::parse`].
    pub precision: Option<usize>,
    /// The conversion character, not validated; 0 if the format ends before it.
    pub conversion: u8,
}

/// Why a conversion specification is refused; displayed with the reference's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpecError {
    /// More than five flags.
    RepeatedFlags,
    /// A width or a precision of more than two digits.
    TooLong,
}

impl SpecError {
    /// The text of the error without a position, as the reference raises it.
    pub fn message(self) -> &'static str {
        match self {
            SpecError::RepeatedFlags => "invalid format (repeated flags)",
            SpecError::TooLong => "invalid format (width or precision too long)",
        }
    }
}

impl fmt::Display for SpecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

impl std::error::Error for SpecError {}

/// The reference's limit on flags; it allows the same one several times.
const MAX_FLAGS: usize = 5;

impl Spec {
    /// Reads a specification from what follows a `%` (`scanformat` of the reference). Returns it with the number of
    /// bytes read, the conversion character included; that number is the format's length plus one if the format ends
    /// before its conversion character, and [`Spec::conversion`] is 0 then.
    ///
    /// # Errors
    ///
    /// Too many flags, or more than two digits in the width or the precision.
    pub fn parse(format: &[u8]) -> Result<(Spec, usize), SpecError> {
        let mut spec = Spec::default();
        let mut position = 0;
        while let Some(&flag) = format.get(position) {
            match flag {
                b'-' => spec.flags.left = true,
                b'+' => spec.flags.plus = true,
                b' ' => spec.flags.space = true,
                b'#' => spec.flags.alternate = true,
                b'0' => spec.flags.zero = true,
                _ => break,
            }
            position += 1;
        }
        if position > MAX_FLAGS {
            return Err(SpecError::RepeatedFlags);
        }
        spec.width = two_digits(format, &mut position);
        if format.get(position) == Some(&b'.') {
            position += 1;
            spec.precision = Some(two_digits(format, &mut position));
        }
        spec.conversion = format.get(position).copied().unwrap_or(0);
        if spec.conversion.is_ascii_digit() {
            return Err(SpecError::TooLong);
        }
        Ok((spec, position + 1))
    }
}

fn two_digits(format: &[u8], position: &mut usize) -> usize {
    let mut value = 0;
    for _ in 0..2 {
        match format.get(*position) {
            Some(&c) if c.is_ascii_digit() => value = value * 10 + usize::from(c - b'0'),
            _ => break,
        }
        *position += 1;
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_width_and_precision() {
        let (spec, length) = Spec::parse(b"-+ #012.34f rest").unwrap();
        let flags = Flags { left: true, plus: true, space: true, alternate: true, zero: true };
        assert_eq!(spec, Spec { flags, width: 12, precision: Some(34), conversion: b'f' });
        assert_eq!(length, 11);
        let (spec, length) = Spec::parse(b".s").unwrap();
        assert_eq!((spec.precision, spec.conversion, length), (Some(0), b's', 2));
    }

    #[test]
    fn the_end_of_the_format() {
        for (format, length) in [(&b""[..], 1), (b"5", 2), (b"5.", 3)] {
            let (spec, read) = Spec::parse(format).unwrap();
            assert_eq!((spec.conversion, read), (0, length));
        }
    }

    #[test]
    fn refused_specifications() {
        assert_eq!(Spec::parse(b"-----d").map(|(_, length)| length), Ok(6));
        assert_eq!(Spec::parse(b"------d"), Err(SpecError::RepeatedFlags));
        for format in [&b"123d"[..], b".123d", b"1.123d", b"123"] {
            assert_eq!(Spec::parse(format), Err(SpecError::TooLong));
        }
        assert_eq!(SpecError::TooLong.to_string(), "invalid format (width or precision too long)");
    }
}
