//! Sets of bytes, and the character classes of the C locale as such sets. Knows nothing of patterns.

/// A set of bytes, as a bitmap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ByteSet([u64; 4]);

impl ByteSet {
    pub const EMPTY: ByteSet = ByteSet([0; 4]);

    #[inline]
    pub const fn contains(&self, byte: u8) -> bool {
        self.0[(byte >> 6) as usize] >> (byte & 63) & 1 != 0
    }

    pub const fn insert(&mut self, byte: u8) {
        self.0[(byte >> 6) as usize] |= 1 << (byte & 63);
    }

    /// Adds all bytes from `first` to `last`; none if `first` is the greater one.
    pub const fn insert_range(&mut self, first: u8, last: u8) {
        let mut word = 0;
        while word < 4 {
            self.0[word] |= bits_from(first, word) & !bits_after(last, word);
            word += 1;
        }
    }

    pub fn insert_all(&mut self, other: &ByteSet) {
        for (word, more) in self.0.iter_mut().zip(other.0) {
            *word |= more;
        }
    }

    pub const fn complement(self) -> ByteSet {
        let [a, b, c, d] = self.0;
        ByteSet([!a, !b, !c, !d])
    }

    /// A set from its ranges.
    const fn of(ranges: &[(u8, u8)]) -> ByteSet {
        let mut set = ByteSet([0; 4]);
        let mut index = 0;
        while index < ranges.len() {
            set.insert_range(ranges[index].0, ranges[index].1);
            index += 1;
        }
        set
    }
}

/// The bits of a word of the bitmap that stand for `first` and the bytes after it.
const fn bits_from(first: u8, word: usize) -> u64 {
    let start = word * 64;
    let first = first as usize;
    if first <= start {
        u64::MAX
    } else if first >= start + 64 {
        0
    } else {
        u64::MAX << (first - start)
    }
}

/// The bits of a word of the bitmap that stand for the bytes after `last`.
const fn bits_after(last: u8, word: usize) -> u64 {
    if last == u8::MAX { 0 } else { bits_from(last + 1, word) }
}

/// A class and its complement.
type Class = [ByteSet; 2];

const fn class_of(ranges: &[(u8, u8)]) -> Class {
    let set = ByteSet::of(ranges);
    [set, set.complement()]
}

static ALPHABETIC: Class = class_of(&[(b'A', b'Z'), (b'a', b'z')]);
static CONTROL: Class = class_of(&[(0, 31), (127, 127)]);
static DIGIT: Class = class_of(&[(b'0', b'9')]);
static LOWER: Class = class_of(&[(b'a', b'z')]);
static PUNCTUATION: Class = class_of(&[(b'!', b'/'), (b':', b'@'), (b'[', b'`'), (b'{', b'~')]);
static SPACE: Class = class_of(&[(b'\t', b'\r'), (b' ', b' ')]);
static UPPER: Class = class_of(&[(b'A', b'Z')]);
static ALPHANUMERIC: Class = class_of(&[(b'0', b'9'), (b'A', b'Z'), (b'a', b'z')]);
static HEXADECIMAL: Class = class_of(&[(b'0', b'9'), (b'A', b'F'), (b'a', b'f')]);
static ZERO: Class = class_of(&[(0, 0)]);

/// The set that a class letter stands for after a `%`; an upper-case letter stands for the complement. `None` if the
/// byte is no class letter, and so stands for itself.
#[inline]
pub(super) fn class(letter: u8) -> Option<&'static ByteSet> {
    let class = match letter.to_ascii_lowercase() {
        b'a' => &ALPHABETIC,
        b'c' => &CONTROL,
        b'd' => &DIGIT,
        b'l' => &LOWER,
        b'p' => &PUNCTUATION,
        b's' => &SPACE,
        b'u' => &UPPER,
        b'w' => &ALPHANUMERIC,
        b'x' => &HEXADECIMAL,
        b'z' => &ZERO,
        _ => return None,
    };
    let [members, others] = class;
    Some(if letter.is_ascii_uppercase() { others } else { members })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes() -> impl Iterator<Item = u8> {
        0..=u8::MAX
    }

    #[test]
    fn ranges() {
        for (first, last) in [(0, 255), (0, 0), (255, 255), (63, 64), (10, 200), (64, 127), (5, 4), (255, 0)] {
            let set = ByteSet::of(&[(first, last)]);
            for byte in bytes() {
                assert_eq!(set.contains(byte), (first..=last).contains(&byte), "{byte} in {first}..={last}");
            }
        }
    }

    #[test]
    fn classes_are_those_of_the_c_locale() {
        type Membership = fn(&u8) -> bool;
        let expected: [(u8, Membership); 10] = [
            (b'a', u8::is_ascii_alphabetic),
            (b'c', u8::is_ascii_control),
            (b'd', u8::is_ascii_digit),
            (b'l', u8::is_ascii_lowercase),
            (b'p', u8::is_ascii_punctuation),
            (b's', |&c| c.is_ascii_whitespace() || c == 11),
            (b'u', u8::is_ascii_uppercase),
            (b'w', u8::is_ascii_alphanumeric),
            (b'x', u8::is_ascii_hexdigit),
            (b'z', |&c| c == 0),
        ];
        for (letter, is_member) in expected {
            let set = class(letter).unwrap();
            let complement = class(letter.to_ascii_uppercase()).unwrap();
            for byte in bytes() {
                assert_eq!(set.contains(byte), is_member(&byte), "{byte} in %{letter}");
                assert_eq!(complement.contains(byte), !is_member(&byte), "{byte} in the complement of %{letter}");
            }
        }
        for letter in bytes().filter(|c| !b"acdlpsuwxz".contains(&c.to_ascii_lowercase())) {
            assert_eq!(class(letter), None);
        }
    }
}
