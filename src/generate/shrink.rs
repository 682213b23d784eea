//! How the bytes behind a case shrink: by what makes the case smaller, not by what makes the bytes smaller.
//!
//! A chunk of bytes that is deleted takes a statement with it, one that is zeroed makes it the simplest of its kind, a byte that is lowered
//! makes one choice simpler. Each step that does not keep the failure is taken back before the next. It knows nothing of cases.

/// What is tried on the bytes at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    Delete,
    Zero,
    Halve,
    Decrement,
}

/// The next thing to try.
#[derive(Clone, Copy, Debug)]
struct Step {
    change: Change,
    at: usize,
    size: usize,
}

impl Step {
    fn first(length: usize) -> Self {
        Self { change: Change::Delete, at: 0, size: length.max(1).next_power_of_two() }
    }

    /// What comes when there is nothing behind `at` any more: smaller chunks, then the next change.
    fn next_round(self) -> Option<Self> {
        let again = |change, size| Some(Self { change, at: 0, size });
        match (self.change, self.size) {
            (change @ (Change::Delete | Change::Zero), size) if size > 1 => again(change, size / 2),
            (Change::Delete, _) => again(Change::Zero, 64),
            (Change::Zero, _) => again(Change::Halve, 1),
            (Change::Halve, _) => again(Change::Decrement, 1),
            (Change::Decrement, _) => None,
        }
    }
}

/// Bytes under reduction.
#[derive(Clone, Debug)]
pub struct Shrink {
    bytes: Vec<u8>,
    /// The bytes before the step that is being tried.
    before: Option<Vec<u8>>,
    step: Step,
}

impl Shrink {
    /// Bytes that fail as they are.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self { step: Step::first(bytes.len()), bytes, before: None }
    }

    /// The bytes as they are now, with the step that is being tried.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The bytes without the step that is being tried.
    pub fn settled(&self) -> &[u8] {
        self.before.as_deref().unwrap_or(&self.bytes)
    }

    /// Keeps the step that is being tried, if one is, and tries the next. False if there is none.
    pub fn keep(&mut self) -> bool {
        // The step before was good. What was behind a deleted chunk is in its place now, and a lowered byte may be lowered again.
        if self.before.take().is_some() && self.step.change == Change::Zero {
            self.step.at += self.step.size;
        }
        self.try_next()
    }

    /// Takes back the step that is being tried, and tries the next. False if there is none.
    pub fn take_back(&mut self) -> bool {
        let Some(before) = self.before.take() else { return false };
        self.bytes = before;
        self.step.at += self.step.size;
        self.try_next()
    }

    /// Changes the bytes by the next step that changes anything.
    fn try_next(&mut self) -> bool {
        loop {
            let Step { change, at, size } = self.step;
            if at >= self.bytes.len() {
                let Some(next) = self.step.next_round() else { return false };
                self.step = next;
                continue;
            }
            let mut changed = self.bytes.clone();
            let chunk = at..(at + size).min(changed.len());
            match change {
                Change::Delete => drop(changed.drain(chunk)),
                Change::Zero => changed[chunk].fill(0),
                Change::Halve => changed[at] /= 2,
                Change::Decrement => changed[at] = changed[at].saturating_sub(1),
            }
            if changed != self.bytes {
                self.before = Some(std::mem::replace(&mut self.bytes, changed));
                return true;
            }
            self.step.at += size;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left of bytes that keep failing as long as `fails` says so.
    fn reduced(bytes: Vec<u8>, fails: impl Fn(&[u8]) -> bool) -> Vec<u8> {
        let mut shrink = Shrink::new(bytes);
        let mut more = shrink.keep();
        let mut best = Vec::new();
        while more {
            let is_kept = fails(shrink.bytes());
            if is_kept {
                assert_ne!(shrink.settled(), shrink.bytes());
                best = shrink.bytes().to_vec();
            }
            more = if is_kept { shrink.keep() } else { shrink.take_back() };
        }
        assert_eq!(shrink.bytes(), best, "it ends with what fails");
        best
    }

    #[test]
    fn what_does_not_matter_goes_and_what_does_becomes_small() {
        let bytes: Vec<u8> = (0..500).map(|index| (index * 7 % 251) as u8).collect();
        let two_large = |bytes: &[u8]| bytes.iter().filter(|byte| **byte > 100).count() >= 2;
        assert_eq!(reduced(bytes.clone(), two_large), [101, 101]);
        let long_enough = |bytes: &[u8]| bytes.len() >= 10;
        assert_eq!(reduced(bytes, long_enough), [0; 10]);
    }
}
