//! One stream of choices over bytes: whoever has bytes can make a case of them, and whoever changes the bytes changes the case.
//!
//! A fuzzer's input is read as it is (with `arbitrary`, `Choices::new(unstructured.take_rest())`), a property test shrinks the bytes, a seed is
//! expanded to some. So that smaller bytes make simpler cases, byte 0 stands for the first variant of every choice, every answer grows
//! with its byte, and a stream that has run out goes on with zeros: lists end, and nothing ever fails. It knows nothing of what is chosen.

use super::spans::{Construct, Mark, Record, Span};

/// Bytes, read as choices.
#[derive(Clone, Debug)]
pub struct Choices<'a> {
    rest: &'a [u8],
    record: Option<Record>,
}

impl<'a> Choices<'a> {
    /// A stream over these bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, record: None }
    }

    /// A stream over these bytes that notes which of them make what.
    pub fn recorded(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, record: Some(Record::new(bytes.len())) }
    }

    /// Where the stream is: something is going to be made.
    pub fn begin(&self) -> Mark {
        Mark { left: self.rest.len() }
    }

    /// What began there has been made.
    pub fn end(&mut self, construct: Construct, mark: Mark) {
        if let Some(record) = &mut self.record {
            record.add(construct, mark, self.rest.len());
        }
    }

    /// What was noted, inner constructs before those around them; nothing, if the stream does not note anything.
    pub fn into_spans(self) -> Vec<Span> {
        self.record.map(Record::into_spans).unwrap_or_default()
    }

    /// Whether nothing but zeros is left.
    pub fn is_exhausted(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next byte; 0 at the end.
    pub fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.rest.split_first() else { return 0 };
        self.rest = rest;
        *first
    }

    /// A number below `bound`; 0 if that is 0. Takes a byte, or two where one cannot tell so many apart.
    pub fn below(&mut self, bound: usize) -> usize {
        let bound = bound.min(1 << 16);
        if bound <= 1 << 8 {
            return (usize::from(self.byte()) * bound) >> 8;
        }
        let word = usize::from(self.byte()) << 8 | usize::from(self.byte());
        (word * bound) >> 16
    }

    /// Yes or no; no is the simpler.
    pub fn flag(&mut self) -> bool {
        self.byte() >= 128
    }

    /// Yes in so many of 256 cases; byte 0 is no, whatever the number.
    pub fn chance(&mut self, of_256: u8) -> bool {
        usize::from(self.byte()) + usize::from(of_256) >= 256
    }

    /// The index of one of these weights, each as likely as it is large. The first one must not be 0, as it is the simplest.
    pub fn weighted(&mut self, weights: &[u16]) -> usize {
        let total: usize = weights.iter().map(|weight| usize::from(*weight)).sum();
        let mut left = self.below(total);
        for (index, weight) in weights.iter().enumerate() {
            match left.checked_sub(usize::from(*weight)) {
                Some(less) => left = less,
                None => return index,
            }
        }
        0
    }

    /// One of these, of which there must be one.
    pub fn pick<'t, T>(&mut self, items: &'t [T]) -> &'t T {
        &items[self.below(items.len())]
    }

    /// One of these texts, of which there must be one.
    pub fn one_of(&mut self, texts: &[&'static str]) -> &'static str {
        texts[self.below(texts.len())]
    }

    /// A small integer: 0, then 1, -1, 2 and so on; the farther, the rarer.
    pub fn small(&mut self) -> i32 {
        let byte = i32::from(self.byte());
        // The square makes small ones frequent: from -36 to 36.
        let size = (byte * byte) / 900;
        if size % 2 == 0 { -(size / 2) } else { size / 2 + 1 }
    }

    /// A number from 1 to `most`, each one more half as likely: how long a list is that must not be empty.
    pub fn count(&mut self, most: usize) -> usize {
        let mut count = 1;
        while count < most && self.flag() {
            count += 1;
        }
        count
    }

    /// Eight bytes as a number.
    pub fn word(&mut self) -> u64 {
        (0..8).fold(0, |word, _| word << 8 | u64::from(self.byte()))
    }
}

/// How many bytes the smallest and the largest case of a seed has.
const SIZES: (u64, u64) = (256, 6144);

/// The bytes that a seed stands for: the same for ever, as findings name their seeds.
pub fn bytes_of_seed(seed: u64) -> Vec<u8> {
    let mut state = seed;
    let length = SIZES.0 + splitmix(&mut state) % (SIZES.1 - SIZES.0);
    let words = std::iter::from_fn(|| Some(splitmix(&mut state)));
    words.flat_map(u64::to_le_bytes).take(length as usize).collect()
}

/// The seed of a case of a series: the cases of neighbouring series have nothing in common.
pub fn case_seed(series: u64, index: u64) -> u64 {
    let mut state = series;
    let mut mixed = splitmix(&mut state) ^ index;
    splitmix(&mut mixed)
}

/// The next number of the generator splitmix64.
pub(crate) fn splitmix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut mixed = *state;
    mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ mixed >> 31
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_the_simplest() {
        let mut choices = Choices::new(&[]);
        assert!(choices.is_exhausted());
        assert_eq!((choices.below(7), choices.below(1000), choices.below(0), choices.small()), (0, 0, 0, 0));
        assert_eq!(
            (choices.flag(), choices.chance(255), choices.weighted(&[1, 9]), choices.count(9)),
            (false, false, 0, 1)
        );
        assert_eq!((*choices.pick(&['a', 'b']), choices.word()), ('a', 0));
    }

    #[test]
    fn answers_grow_with_their_byte_and_reach_every_variant() {
        for bound in [1, 2, 3, 10, 255, 256] {
            let answers: Vec<usize> = (0..=255).map(|byte| Choices::new(&[byte]).below(bound)).collect();
            assert!(answers.is_sorted());
            assert_eq!((answers[0], answers[255]), (0, bound - 1));
        }
        assert_eq!(Choices::new(&[255, 255]).below(1000), 999);
        let drawn: Vec<usize> = (0..=255).map(|byte| Choices::new(&[byte]).weighted(&[1, 2, 0, 1])).collect();
        assert!(drawn.is_sorted());
        assert_eq!([0, 1, 2, 3].map(|index| drawn.iter().filter(|drawn| **drawn == index).count()), [64, 128, 0, 64]);
        let yes = |of_256| (0..=255).filter(|byte| Choices::new(&[*byte]).chance(of_256)).count();
        assert_eq!((yes(0), yes(1), yes(200)), (0, 1, 200));
    }

    #[test]
    fn small_integers_have_both_signs() {
        let drawn: Vec<i32> = (0..=255).map(|byte| Choices::new(&[byte]).small()).collect();
        assert_eq!((drawn.iter().min(), drawn.iter().max()), (Some(&-36), Some(&36)));
        assert_eq!(drawn[30], 1);
    }

    #[test]
    fn what_was_made_is_noted_with_its_bytes() {
        let mut choices = Choices::recorded(&[1, 2, 3]);
        let outer = choices.begin();
        choices.byte();
        let inner = choices.begin();
        choices.byte();
        choices.end("inner", inner);
        choices.end("outer", outer);
        let last = choices.begin();
        choices.word();
        choices.end("last", last);
        let nothing = choices.begin();
        choices.byte();
        choices.end("behind the end", nothing);
        let span = |construct, range| Span { construct, range };
        assert_eq!(choices.into_spans(), [span("inner", 1..2), span("outer", 0..2), span("last", 2..3)]);
        let mut silent = Choices::new(&[1]);
        let mark = silent.begin();
        silent.byte();
        silent.end("unnoted", mark);
        assert_eq!(silent.into_spans(), []);
    }

    #[test]
    fn seeds_stand_for_the_same_bytes_for_ever() {
        // The first numbers of the published generator for the seed 1234567.
        let mut state = 1_234_567;
        assert_eq!(
            [(); 3].map(|()| splitmix(&mut state)),
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
        assert_eq!(bytes_of_seed(5), bytes_of_seed(5));
        assert_ne!(bytes_of_seed(5), bytes_of_seed(6));
        assert_ne!(case_seed(1, 2), case_seed(2, 1));
    }
}
