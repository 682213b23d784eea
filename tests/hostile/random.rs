//! A small deterministic generator (SplitMix64): the same seed gives the same cases everywhere, for ever.

/// A stream of random numbers.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    /// A number below `bound`; 0 if there is none.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() >> 11) as usize % bound.max(1)
    }

    /// True in one of `times` cases.
    pub fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of some items, of which there must be at least one.
    pub fn pick<'i, T>(&mut self, items: &'i [T]) -> &'i T {
        &items[self.below(items.len())]
    }

    /// A position at which something of length `length` can be cut, its end included.
    pub fn cut(&mut self, length: usize) -> usize {
        self.below(length + 1)
    }

    pub fn bytes(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| self.next() as u8).collect()
    }

    /// A number that is likelier than others to be a boundary of something.
    pub fn interesting(&mut self) -> u64 {
        let near = [0, 1, 2, 3, 49, 50, 51, 127, 128, 199, 200, 249, 250, 251, 255, 256, 511, 512, 1 << 16, 1 << 17];
        let far = [1 << 26, 1 << 30, i32::MAX as u64, 1 << 31, u64::from(u32::MAX), 1 << 34, i64::MAX as u64, u64::MAX];
        let number = if self.one_in(3) { *self.pick(&far) } else { *self.pick(&near) };
        number.wrapping_add(self.below(3) as u64).wrapping_sub(1)
    }
}
