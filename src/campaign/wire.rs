//! What passes between a campaign and a worker: frames of JSON. Both ends are always the same build, so there is no version.
//!
//! The worker says once that it is ready. Then it answers each request with one frame for each case, in their order, as soon as that is
//! judged: whoever has counted the frames knows which case is under way.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::oracle::Verdict;

/// What a worker is asked for: `count` cases of a series, from `first` on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The target's name.
    pub target: String,
    pub series: u64,
    pub first: u64,
    pub count: u64,
}

/// What a worker says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    Ready,
    Judged(Judged),
}

/// A case that was judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    pub verdict: Verdict,
    /// What the case leaves out because engines are free in it: how often, by the rule's name.
    pub rules: BTreeMap<String, u64>,
}

impl Judged {
    /// A case of which nothing is known but the verdict.
    pub fn without_rules(verdict: Verdict) -> Self {
        Self { verdict, rules: BTreeMap::new() }
    }
}
