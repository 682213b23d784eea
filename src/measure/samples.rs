//! Times, taken in alternating rounds, and what they say. Nothing here knows what is measured.

use std::{num::NonZeroU32, time::Duration};

use super::clock::time;

/// The processor times of one engine, a sample per round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Samples {
    times: Vec<Duration>,
}

impl Samples {
    /// The least time: the sample that was disturbed least.
    pub fn minimum(&self) -> Duration {
        self.times.iter().min().copied().unwrap_or_default()
    }

    /// How much longer than the least time the longest took, as a part of the least.
    pub fn spread(&self) -> f64 {
        let longest = self.times.iter().max().copied().unwrap_or_default();
        quotient(longest.saturating_sub(self.minimum()), self.minimum())
    }

    /// All times, in the order of the rounds.
    pub fn times(&self) -> &[Duration] {
        &self.times
    }
}

/// What a sample is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// One run of a program, from an empty state to a closed one.
    Run,
    /// One pass over this many bytes.
    Bytes(usize),
    /// A short piece of work, done so many times in a row.
    Repeated(u32),
}

/// The times of both engines for the same work.
#[derive(Clone, Debug, PartialEq)]
pub struct Measurement {
    pub name: String,
    pub quantity: Quantity,
    pub reference: Samples,
    pub subject: Samples,
    /// What the ratio should not exceed. Nothing fails if it does.
    pub goal: Option<f64>,
}

impl Measurement {
    /// The least time of the engine under test by the least time of the reference: less than one is faster.
    pub fn ratio(&self) -> f64 {
        quotient(self.subject.minimum(), self.reference.minimum())
    }
}

/// The quotient of two times; one where both are too short to be seen.
fn quotient(dividend: Duration, divisor: Duration) -> f64 {
    if dividend == divisor { 1.0 } else { dividend.as_secs_f64() / divisor.as_secs_f64() }
}

/// The geometric mean of some ratios: the mean under which being twice as fast once and half as fast once is one.
/// Nothing if there are none.
pub fn geometric_mean(ratios: impl IntoIterator<Item = f64>) -> Option<f64> {
    let (mut sum, mut count) = (0.0, 0_u32);
    for ratio in ratios {
        sum += ratio.ln();
        count += 1;
    }
    (count > 0).then(|| (sum / f64::from(count)).exp())
}

/// Times both sides' work in turn, `rounds` times each: whatever slows the machine down for a while meets both. The results
/// of each round are given to `check` outside the measured time.
///
/// # Errors
/// What `check` says: measuring ends there.
pub(super) fn alternate<R, S, E>(
    rounds: NonZeroU32,
    mut reference: impl FnMut() -> R,
    mut subject: impl FnMut() -> S,
    mut check: impl FnMut(R, S) -> Result<(), E>,
) -> Result<(Samples, Samples), E> {
    let mut samples = (Samples { times: Vec::new() }, Samples { times: Vec::new() });
    for _ in 0..rounds.get() {
        let (reference_time, reference_result) = time(&mut reference);
        let (subject_time, subject_result) = time(&mut subject);
        check(reference_result, subject_result)?;
        samples.0.times.push(reference_time);
        samples.1.times.push(subject_time);
    }
    Ok(samples)
}

#[cfg(test)]
pub(super) mod tests {
    use std::cell::RefCell;

    use super::*;

    pub(in crate::measure) fn samples(milliseconds: &[u64]) -> Samples {
        Samples { times: milliseconds.iter().copied().map(Duration::from_millis).collect() }
    }

    #[test]
    fn the_least_time_counts() {
        let samples = samples(&[30, 20, 25]);
        assert_eq!(samples.minimum(), Duration::from_millis(20));
        assert!((samples.spread() - 0.5).abs() < 1e-12);
    }

    #[test]
    fn a_ratio_is_subject_by_reference() {
        let measurement = Measurement {
            name: "x".into(),
            quantity: Quantity::Run,
            reference: samples(&[50, 40]),
            subject: samples(&[99, 10]),
            goal: None,
        };
        assert!((measurement.ratio() - 0.25).abs() < 1e-12);
        assert_eq!(quotient(Duration::ZERO, Duration::ZERO).to_bits(), 1.0_f64.to_bits());
    }

    #[test]
    fn the_mean_of_ratios_is_geometric() {
        let mean = |ratios: &[f64]| geometric_mean(ratios.iter().copied());
        assert_eq!(mean(&[]), None);
        for (ratios, expected) in [(&[0.5, 2.0][..], 1.0), (&[3.0], 3.0), (&[1.0, 2.0, 4.0], 2.0)] {
            assert!(mean(ratios).is_some_and(|mean| (mean - expected).abs() < 1e-12), "{ratios:?}");
        }
    }

    #[test]
    fn the_sides_alternate_and_every_round_is_checked() {
        let order = RefCell::new(String::new());
        let say = |letter: char| order.borrow_mut().push(letter);
        let rounds = NonZeroU32::MIN.saturating_add(2);
        let result: Result<_, ()> = alternate(
            rounds,
            || say('r'),
            || say('s'),
            |(), ()| {
                say('c');
                Ok(())
            },
        );
        let (reference, subject) = result.expect("nothing refused");
        assert_eq!((reference.times().len(), subject.times().len()), (3, 3));
        assert_eq!(order.take(), "rscrscrsc");
    }

    #[test]
    fn a_refused_round_is_the_last() {
        let mut left = 3;
        let mut count = || {
            left -= 1;
            left
        };
        let rounds = NonZeroU32::MIN.saturating_add(9);
        let result = alternate(rounds, || (), &mut count, |(), left| if left == 1 { Err("one") } else { Ok(()) });
        assert_eq!(result, Err("one"));
        assert_eq!(left, 1);
    }
}
