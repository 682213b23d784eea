//! Verdicts, counted: how much was really put to the test.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::Verdict;

/// How many cases came to what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub holds: u64,
    /// By fingerprint.
    pub broken: BTreeMap<String, u64>,
    /// By the name of the reason.
    pub says_nothing: BTreeMap<String, u64>,
}

impl Tally {
    /// Counts a verdict.
    pub fn add(&mut self, verdict: &Verdict) {
        match verdict {
            Verdict::Holds => self.holds += 1,
            Verdict::Broken(finding) => *self.broken.entry(finding.fingerprint.clone()).or_default() += 1,
            Verdict::SaysNothing(silence) => *self.says_nothing.entry(silence.word().to_owned()).or_default() += 1,
        }
    }

    /// Adds what another one has counted.
    pub fn merge(&mut self, other: &Self) {
        self.holds += other.holds;
        other.broken.iter().for_each(|(fingerprint, count)| {
            *self.broken.entry(fingerprint.clone()).or_default() += count;
        });
        other
            .says_nothing
            .iter()
            .for_each(|(word, count)| *self.says_nothing.entry(word.clone()).or_default() += count);
    }

    /// How many verdicts were counted.
    pub fn cases(&self) -> u64 {
        self.holds + self.broken.values().sum::<u64>() + self.says_nothing.values().sum::<u64>()
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} cases: {} hold", self.cases(), self.holds)?;
        write!(formatter, ", {} broken", self.broken.values().sum::<u64>())?;
        for (word, count) in &self.says_nothing {
            write!(formatter, ", {count} say nothing ({word})")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Silence;
    use super::*;

    #[test]
    fn every_verdict_is_counted_once() {
        let broken = |class| Verdict::broken("execute", class, "1 against 2", "somewhere");
        let (mut tally, mut other) = (Tally::default(), Tally::default());
        for verdict in [Verdict::Holds, broken("a"), broken("b"), broken("a"), Verdict::SaysNothing(Silence::Budget)] {
            tally.add(&verdict);
        }
        other.add(&Verdict::SaysNothing(Silence::NotCompared("clock".into())));
        other.add(&broken("b"));
        tally.merge(&other);
        assert_eq!(tally.to_string(), "7 cases: 1 hold, 4 broken, 1 say nothing (budget), 1 say nothing (clock)");
        assert_eq!(tally.broken.get("execute: a"), Some(&2));
        assert_eq!(tally.broken.get("execute: b"), Some(&2));
    }
}
