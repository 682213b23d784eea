//! `merge`: what was split is joined to what it was, and every way in which parts do not fit together is told.

use lockstep::report::conformance::{
    CaseId, Report, Shard,
    merge::{MergeError, Part, merge},
};
use proptest::prelude::*;

use super::{comparing::any_report, sample};

/// The report in as many parts; `owner` says which part each case goes to, from 0.
pub fn split(whole: &Report, count: usize, owner: impl Fn(usize) -> usize) -> Vec<Report> {
    let part = |index: usize| {
        let mine = whole.cases.iter().enumerate().filter(|(number, _)| owner(*number) == index);
        let shard = Some(Shard { index: index + 1, count });
        // The whole time is in the first part, so that the sum is exact.
        let seconds = if index == 0 { whole.seconds } else { 0.0 };
        Report { shard, cases: mine.map(|(_, case)| case.clone()).collect(), seconds, ..whole.clone() }
    };
    (0..count).map(part).collect()
}

fn joined(reports: &[Report]) -> Result<Report, MergeError> {
    let names: Vec<String> = (1..=reports.len()).map(|number| format!("part-{number}.json")).collect();
    let parts = names.iter().zip(reports).map(|(name, report)| Part { name, report });
    merge(&parts.collect::<Vec<_>>())
}

/// What joining the sample's three parts says after something was done to them.
fn error(change: impl FnOnce(&mut Vec<Report>)) -> String {
    let mut parts = split(&sample::passing(), 3, |number| number % 3);
    change(&mut parts);
    joined(&parts).expect_err("the parts do not fit together").to_string()
}

proptest! {
    #[test]
    fn what_was_split_is_joined_to_what_it_was(
        whole in any_report(),
        owners in prop::collection::vec(0_usize..4, 12),
        order in Just([0_usize, 1, 2, 3]).prop_shuffle(),
    ) {
        let parts = split(&whole, 4, |number| owners[number]);
        let shuffled: Vec<Report> = order.iter().map(|index| parts[*index].clone()).collect();
        prop_assert_eq!(joined(&shuffled), Ok(whole));
    }

    #[test]
    fn a_case_that_is_lost_anywhere_is_missed(
        whole in any_report().prop_filter("has cases", |report| !report.cases.is_empty()),
        owners in prop::collection::vec(0_usize..3, 12),
        lost in any::<prop::sample::Index>(),
    ) {
        let lost = lost.get(&whole.cases).id.clone();
        let mut parts = split(&whole, 3, |number| owners[number]);
        parts.iter_mut().for_each(|part| part.cases.retain(|case| case.id != lost));
        prop_assert_eq!(joined(&parts), Err(MergeError::MissingCases(vec![lost])));
    }

    #[test]
    fn a_case_that_was_run_twice_is_found(
        whole in any_report().prop_filter("has cases", |report| !report.cases.is_empty()),
        twice in any::<prop::sample::Index>(),
    ) {
        let case = twice.get(&whole.cases).clone();
        let mut parts = split(&whole, 2, |_| 0);
        parts[1].cases.push(case.clone());
        let (left, right) = ("part-1.json".to_owned(), "part-2.json".to_owned());
        prop_assert_eq!(joined(&parts), Err(MergeError::Twice { id: case.id, left, right }));
    }
}

#[test]
fn parts_that_are_missing_are_named() {
    let text = error(|parts| drop(parts.remove(1)));
    assert!(text.starts_with("missing: part 2 of 3; 75 planned cases have no result: official/all.lua/"), "{text}");
    assert!(text.ends_with(", and 65 more"), "{text}");
    assert_eq!(joined(&[]).map_err(|error| error.to_string()), Err("there are no parts".to_owned()));
    let far = error(|parts| {
        parts.iter_mut().for_each(|part| part.shard = part.shard.map(|s| Shard { count: usize::MAX, ..s }))
    });
    assert!(
        far.starts_with("missing: part 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, and 990 more of 18446744073709551615"),
        "{far}"
    );
}

#[test]
fn parts_that_are_no_parts_are_named() {
    assert_eq!(error(|parts| parts[2].shard = None), "part-3.json is no part of a run: it has no `shard`");
    let shard = |index, count| Some(Shard { index, count });
    assert_eq!(error(|parts| parts[2].shard = shard(4, 3)), "part-3.json calls itself part 4 of 3");
    assert_eq!(error(|parts| parts[2].shard = shard(0, 3)), "part-3.json calls itself part 0 of 3");
    assert_eq!(error(|parts| parts[2].shard = shard(2, 3)), "part-2.json and part-3.json are both part 2");
    let counts = "part-2.json and part-3.json are not of one run: one of 3 parts, the other of 4";
    assert_eq!(error(|parts| parts[2].shard = shard(3, 4)), counts);
}

#[test]
fn parts_of_different_runs_are_refused() {
    let refused = |change: &dyn Fn(&mut Report), what: &str| {
        let text = error(|parts| change(&mut parts[2]));
        assert_eq!(text, format!("part-1.json and part-3.json are not of one run: {what}"));
    };
    refused(
        &|part| part.environment.lockstep = "0.2.0".into(),
        "the version of lockstep is \"0.1.0\" in one and \"0.2.0\" in the other",
    );
    refused(
        &|part| part.environment.reference = "Lua 5.1.4".into(),
        "the version of the reference is \"Lua 5.1.5\" in one and \"Lua 5.1.4\" in the other",
    );
    refused(&|part| part.environment.commit = None, "the commit is \"88d8df30c0ffee\" in one and nothing in the other");
    refused(&|part| part.suite = None, "the suite is \"lua5.1-tests\" in one and nothing in the other");
    refused(&|part| part.plan.truncate(1), "official/all.lua/dump/lua-other is only in the plan of part-1.json");
    refused(&|part| part.plan.push(CaseId("x".into())), "x is only in the plan of part-3.json");
    let engines = error(|parts| drop(parts[2].engines.pop()));
    assert!(engines.contains("the list of engines is \"ferrous (Ferrous Lua 0.1.0), lua-other"), "{engines}");
    let checksum = error(|parts| parts[2].suite.as_mut().expect("a suite").sha256 = "0".into());
    assert!(checksum.contains("the suite's checksum is \"49e4"), "{checksum}");
}

#[test]
fn a_result_that_nobody_planned_is_refused() {
    let text = error(|parts| parts[1].cases[0].id = CaseId("official/other.lua/source/ferrous".into()));
    assert_eq!(text, "official/other.lua/source/ferrous in part-2.json is not in the plan");
}

#[test]
fn what_may_differ_between_machines_is_joined() {
    let mut parts = split(&sample::passing(), 2, |number| number % 2);
    parts[1].environment.os = "macos".into();
    parts[1].environment.cores = 10;
    parts[1].environment.started -= 100;
    parts[1].seconds = 7.0;
    parts[1].adaptations[0].name = "another".into();
    let whole = joined(&parts).expect("they fit");
    assert_eq!((whole.environment.os.as_str(), whole.environment.cores), ("linux, macos", 10));
    assert_eq!(whole.environment.started, parts[0].environment.started - 100);
    assert_eq!(whole.seconds, parts[0].seconds + 7.0);
    assert_eq!(whole.adaptations.len(), 2);
    assert_eq!(whole.shard, None);
}
