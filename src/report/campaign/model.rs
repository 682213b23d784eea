//! The model of a campaign's summary: plain data, with a version. What is written down here is a contract with whoever reads
//! summaries.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The value of `format` in every summary.
pub const FORMAT: &str = "lockstep-campaign";

/// The version of the model. A reader must refuse a version that it does not know, and ignore fields that it does not know.
pub const VERSION: u32 = 1;

/// What a campaign has found so far. Everything but `run` is the same for the same configuration and the same number of batches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Always [`FORMAT`].
    pub format: String,
    /// Always [`VERSION`].
    pub version: u32,
    pub configuration: Configuration,
    /// How many batches are done, of this shard.
    pub batches: u64,
    /// Whether all cases that the configuration asks for are done; false if it does not say how many.
    pub complete: bool,
    pub targets: Vec<TargetTally>,
    /// What generated programs left out because engines are free in it: how often, by the rule's name.
    pub rules: BTreeMap<String, u64>,
    /// One for each fingerprint, sorted by it.
    pub findings: Vec<Finding>,
    pub run: Run,
}

/// What a campaign is: two campaigns with the same configuration do the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Configuration {
    /// The version of lockstep.
    pub lockstep: String,
    pub seed: u64,
    /// The names of the targets, in their order.
    pub targets: Vec<String>,
    /// Which part of the batches this is; nothing if it is all of them.
    pub shard: Option<Shard>,
    /// How many cases there are in all shards together; nothing if only time bounds them.
    pub cases: Option<u64>,
    /// The bound for each case by the wall clock, in seconds.
    pub timeout: f64,
}

/// Every `count`-th batch from the `index`-th on, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shard {
    pub index: u64,
    pub count: u64,
}

/// What became of the cases of a target.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetTally {
    pub target: String,
    pub cases: u64,
    pub holds: u64,
    pub broken: u64,
    /// By the reason's name.
    pub says_nothing: BTreeMap<String, u64>,
}

/// A claim that is broken: what it is, and the first case that shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub fingerprint: String,
    /// Whether it was known before.
    pub known: bool,
    /// How many cases show it.
    pub count: u64,
    /// The first case in the order of batches.
    pub first: Place,
    /// What was expected and what was found instead, in the first case.
    pub what: String,
    /// Where in the case.
    pub place: String,
    /// The names of its files in the folder of findings.
    pub files: Vec<String>,
    /// The command that shows it again.
    pub replay: String,
}

/// Where a case is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The batch's number over all shards.
    pub batch: u64,
    /// The case's place in the series.
    pub index: u64,
    pub target: String,
}

/// How the campaign went. Nothing of this is the same twice.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Run {
    pub jobs: usize,
    /// How long it took by the wall clock, in seconds; the sum over interruptions and shards.
    pub seconds: f64,
    /// How many worker processes were started.
    pub workers: u64,
    /// How many of them were killed from outside.
    pub killed: u64,
    /// Whether it was interrupted before its end.
    pub interrupted: bool,
    /// What reductions came to, by fingerprint.
    pub reductions: BTreeMap<String, Reduction>,
    /// What the harness failed to do, up to [`Run::MOST_FAILURES`].
    pub failures: Vec<String>,
}

impl Run {
    /// How many failures are written down.
    pub const MOST_FAILURES: usize = 20;

    /// Writes down what the harness failed to do.
    pub fn note_failure(&mut self, failure: String) {
        if self.failures.len() < Self::MOST_FAILURES && !self.failures.contains(&failure) {
            self.failures.push(failure);
        }
    }
}

/// What a reduction came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reduction {
    /// How many bytes the program had and has.
    pub before: usize,
    pub after: usize,
    pub seconds: f64,
    /// Why there is no smaller program, if there is none.
    pub note: Option<String>,
    /// The name of its file in the folder of findings.
    pub file: Option<String>,
}

/// The reason's name of cases over which the harness failed.
pub const HARNESS: &str = "harness";

impl Summary {
    /// The sum over all targets.
    pub fn totals(&self) -> TargetTally {
        let mut totals = TargetTally { target: "all".to_owned(), ..TargetTally::default() };
        self.targets.iter().for_each(|tally| totals.add(tally));
        totals
    }

    /// The findings that were not known before.
    pub fn new_findings(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| !finding.known)
    }

    /// The process's exit code: 130 if it was interrupted, 1 if there are findings that were not known, 2 if the harness failed over
    /// a case or there was none, 0 otherwise.
    pub fn exit_code(&self) -> u8 {
        let totals = self.totals();
        if self.run.interrupted {
            130
        } else if self.new_findings().next().is_some() {
            1
        } else if totals.cases == 0 || totals.says_nothing.contains_key(HARNESS) {
            2
        } else {
            0
        }
    }
}

impl TargetTally {
    /// Adds what another one has counted.
    pub fn add(&mut self, other: &Self) {
        self.cases += other.cases;
        self.holds += other.holds;
        self.broken += other.broken;
        add_counts(&mut self.says_nothing, &other.says_nothing);
    }
}

/// Adds counts by name.
pub fn add_counts(sums: &mut BTreeMap<String, u64>, counts: &BTreeMap<String, u64>) {
    counts.iter().for_each(|(name, count)| *sums.entry(name.clone()).or_default() += count);
}
