//! The C library's `rand` and `srand`: glibc's additive feedback generator of degree 31 (`TYPE_3` of `random_r.c`).
//!
//! `math.random` shows a program these very numbers, so nothing else would do. Knows nothing of Lua.

/// How many words the state has, and how far apart the two are that are added up.
const DEGREE: usize = 31;
const SEPARATION: usize = 3;

/// The largest number that [`Random::next_number`] gives (`RAND_MAX`).
pub const RANDOM_MAX: u32 = 0x7FFF_FFFF;

/// A generator. The default one is as if seeded with 1.
#[derive(Clone, Debug)]
pub struct Random {
    words: [u32; DEGREE],
    /// The word that comes next; the one that is added to it is `SEPARATION` words behind, in a circle.
    front: usize,
}

impl Default for Random {
    fn default() -> Self {
        Self::with_seed(1)
    }
}

impl Random {
    /// A generator after `srand(seed)`.
    pub fn with_seed(seed: u32) -> Self {
        let mut words = [0; DEGREE];
        // A state of zeros only would never leave it.
        let mut word = if seed == 0 { 1 } else { seed as i32 };
        for slot in &mut words {
            *slot = word as u32;
            word = next_word(word);
        }
        let mut random = Self { words, front: SEPARATION };
        for _ in 0..10 * DEGREE {
            random.next_number();
        }
        random
    }

    /// The next number, from 0 to [`RANDOM_MAX`] (`rand`).
    pub fn next_number(&mut self) -> u32 {
        let rear = (self.front + DEGREE - SEPARATION) % DEGREE;
        let sum = self.words[self.front].wrapping_add(self.words[rear]);
        self.words[self.front] = sum;
        self.front = (self.front + 1) % DEGREE;
        sum >> 1
    }
}

/// `16807 * word % 2147483647` without more than 31 bits, as Schrage's method computes it; a negative word, which only
/// a seed can be, comes out as the C library has it.
fn next_word(word: i32) -> i32 {
    let next = 16807 * (word % 127_773) - 2836 * (word / 127_773);
    if next < 0 { next + 2_147_483_647 } else { next }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(seed: u32) -> [u32; 4] {
        let mut random = Random::with_seed(seed);
        std::array::from_fn(|_| random.next_number())
    }

    #[test]
    fn the_numbers_are_those_of_the_c_library() {
        assert_eq!(first(1), [1_804_289_383, 846_930_886, 1_681_692_777, 1_714_636_915]);
        assert_eq!(first(42), [71_876_166, 708_592_740, 1_483_128_881, 907_283_241]);
    }

    #[test]
    fn seed_zero_is_seed_one_and_so_is_the_default() {
        assert_eq!(first(0), first(1));
        assert_eq!(Random::default().next_number(), first(1)[0]);
    }

    #[test]
    fn every_seed_gives_numbers_in_range() {
        for seed in [i32::MIN as u32, u32::MAX, 127_773, 0x8000_0001] {
            assert!(first(seed).iter().all(|n| *n <= RANDOM_MAX));
        }
    }

    #[test]
    fn a_copy_goes_on_alike() {
        let mut random = Random::with_seed(7);
        random.next_number();
        let mut copy = random.clone();
        assert!((0..100).all(|_| random.next_number() == copy.next_number()));
    }
}
