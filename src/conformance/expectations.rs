//! What is expected of the cases that are not expected to pass.
//!
//! Expectations bind in both directions: a case that passes although another end is expected has to be looked at as well, and an
//! expectation that no case of the plan fits is an error.

use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::glob;
use super::store;
use crate::report::conformance::{Case, CaseId, Expectation, Status};

/// What stands in the place of a reason until somebody writes one. As long as it does, no run succeeds.
pub const REASON_MISSING: &str = "reason missing";

const HEAD: &str = "\
# What is expected of the cases that are not expected to pass; every other case is.
#
# An entry has the id of a case, or a pattern (`*` stands for anything but `/`, `**` for anything), the status that is
# expected, a reason, and a link to more where there is more to say. The first entry that fits a case counts.
# A case that passes although it has an entry fails the run, and so does an entry that fits no case.
#
# `lockstep conform --update-expectations` rewrites the entries of the cases that it runs, and keeps their reasons.

";

/// An entry of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    case: String,
    status: Status,
    reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    link: Option<String>,
}

/// The file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectations {
    #[serde(default, rename = "expect")]
    entries: Vec<Entry>,
}

impl Expectations {
    /// Reads a file. What is not there expects every case to pass.
    ///
    /// # Errors
    /// When it cannot be read or is not what it should be.
    pub fn read(path: &Path) -> io::Result<Self> {
        let expectations: Self = store::read(path)?;
        match expectations.entries.iter().find(|entry| entry.status == Status::Pass) {
            Some(entry) => Err(store::wrong(path, format!("`{}` is expected to pass, as every case is", entry.case))),
            None => Ok(expectations),
        }
    }

    /// Writes the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        store::write(path, HEAD, self)
    }

    /// What is expected of a case, if that is not a pass.
    pub fn of(&self, id: &CaseId) -> Option<Expectation> {
        let entry = self.entries.iter().find(|entry| glob::matches(&entry.case, &id.0))?;
        Some(Expectation { status: entry.status, reason: entry.reason.clone(), link: entry.link.clone() })
    }

    /// What is wrong with the entries themselves: those that fit no case of the plan, and those without a reason.
    pub fn faults(&self, plan: &[CaseId]) -> Vec<String> {
        let mut faults = Vec::new();
        for entry in &self.entries {
            if !plan.iter().any(|id| glob::matches(&entry.case, &id.0)) {
                faults.push(format!("the expectation for `{}` fits no case", entry.case));
            }
            if entry.reason.trim().is_empty() || entry.reason == REASON_MISSING {
                faults.push(format!("the expectation for `{}` has no reason: write one", entry.case));
            }
        }
        faults
    }

    /// Rewrites the entries for the cases that were run. Entries that say the truth stay as they are, with their patterns; an
    /// entry that is wrong for one of these cases stays for those that it is right for, and for those that were not run.
    pub fn update(&mut self, cases: &[Case], plan: &[CaseId]) {
        let status_of = |id: &CaseId| cases.iter().find(|case| case.id == *id).map(|case| case.result.status);
        let mut entries: Vec<Entry> = Vec::new();
        for entry in &self.entries {
            let fits: Vec<&CaseId> = plan.iter().filter(|id| glob::matches(&entry.case, &id.0)).collect();
            let holds = |id: &CaseId| status_of(id).is_none_or(|status| status == entry.status);
            if fits.is_empty() || fits.iter().all(|id| holds(id)) {
                entries.push(entry.clone());
                continue;
            }
            // The reason of an entry with another status is kept for whoever has to look at it.
            for id in fits {
                let status = status_of(id).unwrap_or(entry.status);
                if status != Status::Pass {
                    entries.push(Entry { case: id.0.clone(), status, ..entry.clone() });
                }
            }
        }
        let mut updated = Self { entries };
        for case in cases {
            if case.result.status != Status::Pass && updated.of(&case.id).is_none() {
                updated.entries.push(Entry {
                    case: case.id.0.clone(),
                    status: case.result.status,
                    reason: REASON_MISSING.to_owned(),
                    link: None,
                });
            }
        }
        *self = updated;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::conformance::{CaseResult, Mode, Verdict};

    const IDS: [&str; 3] = ["official/a.lua/dump/e", "official/a.lua/source/e", "official/b.lua/source/e"];

    fn plan() -> Vec<CaseId> {
        IDS.iter().map(|id| CaseId((*id).to_owned())).collect()
    }

    fn entry(case: &str, status: Status, reason: &str) -> Entry {
        Entry { case: case.to_owned(), status, reason: reason.to_owned(), link: None }
    }

    fn expectations(entries: &[Entry]) -> Expectations {
        Expectations { entries: entries.to_vec() }
    }

    fn case(index: usize, status: Status) -> Case {
        Case {
            id: CaseId(IDS[index].to_owned()),
            collection: "official".into(),
            file: "a.lua".into(),
            mode: Mode::Source,
            engine: "e".into(),
            section: None,
            result: CaseResult::of(status),
            expectation: None,
            verdict: Verdict::Passed,
        }
    }

    #[test]
    fn the_first_entry_that_fits_counts() {
        let expectations = expectations(&[
            entry("official/a.lua/dump/*", Status::Fail, "one"),
            entry("official/a.lua/**", Status::Crash, "two"),
        ]);
        let status = |id: &str| expectations.of(&CaseId(id.to_owned())).map(|expectation| expectation.status);
        assert_eq!(IDS.map(status), [Some(Status::Fail), Some(Status::Crash), None]);
    }

    #[test]
    fn entries_need_cases_and_reasons() {
        let expectations = expectations(&[
            entry("official/a.lua/*/e", Status::Fail, "known"),
            entry("official/c.lua/*/e", Status::Fail, "known"),
            entry(IDS[2], Status::Fail, REASON_MISSING),
            entry(IDS[2], Status::Fail, " "),
        ]);
        let faults = expectations.faults(&plan());
        assert_eq!(faults.len(), 3, "{faults:?}");
        assert!(faults[0].contains("official/c.lua") && faults[1].contains("no reason"), "{faults:?}");
    }

    #[test]
    fn an_update_splits_a_pattern_that_is_wrong_for_some() {
        let mut expectations = expectations(&[entry("official/a.lua/*/e", Status::Fail, "known")]);
        // The second case was not run.
        expectations.update(&[case(0, Status::Pass), case(2, Status::Crash)], &plan());
        assert_eq!(
            expectations.entries,
            [entry(IDS[1], Status::Fail, "known"), entry(IDS[2], Status::Crash, REASON_MISSING)]
        );
    }

    #[test]
    fn an_update_changes_nothing_that_is_true() {
        let mut updated = expectations(&[
            entry("official/a.lua/*/e", Status::Fail, "known"),
            entry("official/gone.lua/*/e", Status::Fail, "to be looked at"),
        ]);
        let before = updated.clone();
        updated.update(&[case(0, Status::Fail), case(1, Status::Fail), case(2, Status::Pass)], &plan());
        assert_eq!(updated, before);
    }

    #[test]
    fn another_status_keeps_the_reason() {
        let mut expectations = expectations(&[entry(IDS[0], Status::Fail, "known")]);
        expectations.update(&[case(0, Status::Timeout)], &plan());
        assert_eq!(expectations.entries, [entry(IDS[0], Status::Timeout, "known")]);
    }
}
