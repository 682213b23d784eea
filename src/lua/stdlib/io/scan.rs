//! Reading numbers as `fscanf("%lf")` of the GNU C library does: which characters it takes, also where it fails.
//!
//! Knows nothing of streams: it is given characters one at a time.

use crate::lua::number::parse_prefix;

/// Where characters come from.
pub(super) trait Characters {
    /// The next character; nothing at the end.
    fn peek(&mut self) -> Option<u8>;

    /// Passes over the next character, if there is one.
    fn skip(&mut self);
}

/// There is no room for the text of the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OutOfRoom;

/// A number under construction.
struct Scanner<'a, C> {
    characters: &'a mut C,
    text: Vec<u8>,
    /// How long the text may get.
    room: usize,
}

/// Reads a number, whose text has at most `room` bytes. Nothing if there is none: what could have been the beginning of one is
/// taken all the same.
///
/// # Errors
/// When there is no room for the text.
pub(super) fn scan_number(characters: &mut impl Characters, room: usize) -> Result<Option<f64>, OutOfRoom> {
    while characters.peek().is_some_and(|c| matches!(c, b' ' | b'\t'..=b'\r')) {
        characters.skip();
    }
    let mut scanner = Scanner { characters, text: Vec::new(), room };
    if !scanner.scan()? {
        return Ok(None);
    }
    Ok(parse_prefix(&scanner.text).map(|(number, _)| number))
}

impl<C: Characters> Scanner<'_, C> {
    /// Takes the characters of a number. Whether there may be one.
    fn scan(&mut self) -> Result<bool, OutOfRoom> {
        self.take_if(|c| c == b'-' || c == b'+')?;
        match self.characters.peek() {
            None => Ok(false),
            Some(b'n' | b'N') => self.name(b"nan"),
            Some(b'i' | b'I') => {
                if !self.name(b"inf")? {
                    return Ok(false);
                }
                match self.characters.peek() {
                    Some(b'i' | b'I') => self.name(b"inity"),
                    _ => Ok(true),
                }
            }
            Some(_) => self.numeral(),
        }
    }

    /// Takes a name, in any case, and the character that is wrong in it.
    fn name(&mut self, name: &[u8]) -> Result<bool, OutOfRoom> {
        for expected in name {
            let Some(c) = self.characters.peek() else { return Ok(false) };
            self.take(c)?;
            if !c.eq_ignore_ascii_case(expected) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn numeral(&mut self) -> Result<bool, OutOfRoom> {
        let sign = self.text.len();
        let starts_with_zero = self.take_if(|c| c == b'0')?;
        let is_hexadecimal = starts_with_zero && self.take_if(|c| c.eq_ignore_ascii_case(&b'x'))?;
        let marker = if is_hexadecimal { b'p' } else { b'e' };
        let mut has_digit = starts_with_zero && !is_hexadecimal;
        let (mut has_point, mut has_exponent) = (false, false);
        while let Some(c) = self.characters.peek() {
            let is_digit = c.is_ascii_digit() || is_hexadecimal && !has_exponent && c.is_ascii_hexdigit();
            if is_digit {
                has_digit = true;
            } else if has_digit && !has_exponent && c.eq_ignore_ascii_case(&marker) {
                has_exponent = true;
                has_point = true;
            } else if c == b'.' && !has_point {
                has_point = true;
            } else if !(has_exponent && (c == b'-' || c == b'+') && self.ends_with(marker)) {
                break;
            }
            self.take(c)?;
        }
        let least = if is_hexadecimal { sign + 2 } else { sign };
        Ok(self.text.len() > least)
    }

    fn ends_with(&self, marker: u8) -> bool {
        self.text.last().is_some_and(|last| last.eq_ignore_ascii_case(&marker))
    }

    fn take_if(&mut self, is_wanted: impl Fn(u8) -> bool) -> Result<bool, OutOfRoom> {
        match self.characters.peek() {
            Some(c) if is_wanted(c) => self.take(c).map(|()| true),
            _ => Ok(false),
        }
    }

    fn take(&mut self, c: u8) -> Result<(), OutOfRoom> {
        if self.text.len() >= self.room || self.text.try_reserve(1).is_err() {
            return Err(OutOfRoom);
        }
        self.text.push(c);
        self.characters.skip();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Text<'a>(&'a [u8]);

    impl Characters for Text<'_> {
        fn peek(&mut self) -> Option<u8> {
            self.0.first().copied()
        }

        fn skip(&mut self) {
            self.0 = self.0.get(1..).unwrap_or_default();
        }
    }

    fn scan(text: &str) -> (Option<f64>, &str) {
        let mut characters = Text(text.as_bytes());
        let number = scan_number(&mut characters, 100).expect("there is room");
        (number, &text[text.len() - characters.0.len()..])
    }

    #[test]
    fn numbers_and_what_follows_them() {
        for (text, number, rest) in [
            ("12abc", 12.0, "abc"),
            (" \n\t\x0b\x0c\r12 ", 12.0, " "),
            ("-.5.", -0.5, "."),
            ("1.2.3", 1.2, ".3"),
            ("1e5e5", 1e5, "e5"),
            ("1E5", 1e5, ""),
            ("00x1", 0.0, "x1"),
            ("0X1fg", 31.0, "g"),
            ("0x1.8p1.5", 3.0, ".5"),
            ("0x1e+5", 30.0, "+5"),
            ("0x1P2", 4.0, ""),
            ("infx", f64::INFINITY, "x"),
            ("-INFinity5", f64::NEG_INFINITY, "5"),
            ("1e400", f64::INFINITY, ""),
        ] {
            assert_eq!(scan(text), (Some(number), rest), "{text}");
        }
        let (number, rest) = scan("-NaN(1)");
        assert_eq!((number.map(|n| n.is_nan() && n.is_sign_negative()), rest), (Some(true), "(1)"));
    }

    #[test]
    fn incomplete_exponents_are_taken() {
        for (text, number, rest) in
            [("1e", 1.0, ""), ("1e+x", 1.0, "x"), ("1e--5", 1.0, "-5"), ("0x1p-", 1.0, ""), ("0x.", 0.0, "")]
        {
            assert_eq!(scan(text), (Some(number), rest), "{text}");
        }
    }

    #[test]
    fn failures_take_what_could_have_been_a_beginning() {
        for (text, rest) in [
            ("", ""),
            ("  ", ""),
            ("x", "x"),
            ("--1", "-1"),
            (".e5", "e5"),
            ("-.", ""),
            ("0xg", "g"),
            ("0xp1", "p1"),
            ("nix", "x"),
            ("infinitx", ""),
            ("inz5", "5"),
            ("+", ""),
        ] {
            assert_eq!(scan(text), (None, rest), "{text}");
        }
    }

    #[test]
    fn the_text_is_bounded() {
        let mut characters = Text(b"1111111111");
        assert_eq!(scan_number(&mut characters, 9), Err(OutOfRoom));
    }
}
