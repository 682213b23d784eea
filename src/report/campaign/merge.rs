//! The shards of a campaign joined into the whole: nothing lost, nothing counted twice.

use std::collections::BTreeMap;

use thiserror::Error;

use super::{Configuration, Finding, Run, Shard, Summary, TargetTally, add_counts};

/// A shard's summary with a name for it in errors, such as its file's.
#[derive(Clone, Copy, Debug)]
pub struct Part<'r> {
    pub name: &'r str,
    pub summary: &'r Summary,
}

/// Why summaries cannot be joined.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum MergeError {
    #[error("there are no parts")]
    Nothing,
    #[error("{0} is no part of a campaign: it has no `shard`")]
    NotAPart(String),
    #[error("{name} calls itself part {index} of {count}")]
    NoSuchPart { name: String, index: u64, count: u64 },
    #[error("{left} and {right} are not of one campaign: {what}")]
    Different { left: String, right: String, what: String },
    #[error("{left} and {right} are both part {index}")]
    SamePart { left: String, right: String, index: u64 },
    #[error("missing: part {} of {count}", .parts.iter().map(u64::to_string).collect::<Vec<_>>().join(", "))]
    MissingParts { parts: Vec<u64>, count: u64 },
}

/// What differs between two configurations, the shard apart; nothing if they are the same.
pub fn difference(one: &Configuration, other: &Configuration) -> Option<String> {
    let text = |cases: Option<u64>| cases.map_or("without bound".to_owned(), |cases| cases.to_string());
    [
        ("version of lockstep", one.lockstep.clone(), other.lockstep.clone()),
        ("seed", one.seed.to_string(), other.seed.to_string()),
        ("list of targets", one.targets.join(", "), other.targets.join(", ")),
        ("number of cases", text(one.cases), text(other.cases)),
        ("timeout", format!("{} s", one.timeout), format!("{} s", other.timeout)),
    ]
    .into_iter()
    .find(|(_, one, other)| one != other)
    .map(|(what, one, other)| format!("the {what} is {one} in one and {other} in the other"))
}

/// Joins the shards of a campaign, in whatever order they are given.
///
/// # Errors
/// When a shard is missing or there twice, and when they are not of one campaign.
pub fn merge(parts: &[Part<'_>]) -> Result<Summary, MergeError> {
    let parts = in_order(parts)?;
    let [(_, first), others @ ..] = parts.as_slice() else { return Err(MergeError::Nothing) };
    let mut whole = Summary {
        configuration: Configuration { shard: None, ..first.summary.configuration.clone() },
        ..first.summary.clone()
    };
    for (_, other) in others {
        if let Some(what) = difference(&first.summary.configuration, &other.summary.configuration) {
            return Err(MergeError::Different { left: first.name.to_owned(), right: other.name.to_owned(), what });
        }
        join(&mut whole, other.summary);
    }
    Ok(whole)
}

/// The parts by their numbers: all of them, each once.
fn in_order<'r>(parts: &[Part<'r>]) -> Result<Vec<(Shard, Part<'r>)>, MergeError> {
    let mut numbered = Vec::new();
    for part in parts {
        let name = || part.name.to_owned();
        let shard = part.summary.configuration.shard.ok_or_else(|| MergeError::NotAPart(name()))?;
        if shard.index == 0 || shard.index > shard.count {
            return Err(MergeError::NoSuchPart { name: name(), index: shard.index, count: shard.count });
        }
        numbered.push((shard, *part));
    }
    numbered.sort_by_key(|(shard, _)| shard.index);
    for pair in numbered.windows(2) {
        let [(left_shard, left), (right_shard, right)] = pair else { continue };
        let (left, right) = (left.name.to_owned(), right.name.to_owned());
        if left_shard.count != right_shard.count {
            let what = format!("one of {} parts, the other of {}", left_shard.count, right_shard.count);
            return Err(MergeError::Different { left, right, what });
        }
        if left_shard.index == right_shard.index {
            return Err(MergeError::SamePart { left, right, index: left_shard.index });
        }
    }
    let count = numbered.first().map_or(0, |(shard, _)| shard.count);
    if numbered.len() as u64 != count {
        let is_there = |index: &u64| numbered.iter().any(|(shard, _)| shard.index == *index);
        // A count out of a file may be anything; the list need not be.
        let parts = (1..=count).filter(|index| !is_there(index)).take(100).collect();
        return Err(MergeError::MissingParts { parts, count });
    }
    Ok(numbered)
}

fn join(whole: &mut Summary, part: &Summary) {
    whole.batches += part.batches;
    whole.complete &= part.complete;
    add_counts(&mut whole.rules, &part.rules);
    join_targets(&mut whole.targets, &part.targets);
    whole.findings = join_findings(std::mem::take(&mut whole.findings), &part.findings);
    join_runs(&mut whole.run, &part.run);
}

fn join_targets(whole: &mut [TargetTally], part: &[TargetTally]) {
    // The lists of targets are the same.
    for tally in whole {
        if let Some(other) = part.iter().find(|other| other.target == tally.target) {
            tally.add(other);
        }
    }
}

fn join_findings(whole: Vec<Finding>, part: &[Finding]) -> Vec<Finding> {
    let mut findings: BTreeMap<String, Finding> = BTreeMap::new();
    for finding in whole.into_iter().chain(part.iter().cloned()) {
        let joined = match findings.remove(&finding.fingerprint) {
            None => finding,
            Some(other) => {
                let count = other.count + finding.count;
                let known = other.known || finding.known;
                let first = if finding.first < other.first { finding } else { other };
                Finding { count, known, ..first }
            }
        };
        findings.insert(joined.fingerprint.clone(), joined);
    }
    findings.into_values().collect()
}

fn join_runs(whole: &mut Run, part: &Run) {
    whole.jobs = whole.jobs.max(part.jobs);
    whole.seconds += part.seconds;
    whole.workers += part.workers;
    whole.killed += part.killed;
    whole.interrupted |= part.interrupted;
    part.reductions.iter().for_each(|(fingerprint, reduction)| {
        whole.reductions.entry(fingerprint.clone()).or_insert_with(|| reduction.clone());
    });
    part.failures.iter().for_each(|failure| whole.note_failure(failure.clone()));
}
