//! `compare`: a snapshot with a change of each kind, and what must hold for any two reports.

use lockstep::report::conformance::{
    Assertions, Case, CaseId, Expectation, Mode, Report, Status, Verdict,
    compare::{Change, Comparison, Outcome},
};
use proptest::prelude::*;

use super::sample;

/// Sets what a case ended with, and its verdict by that.
fn end(report: &mut Report, id: &str, status: Status, message: &str) {
    let case = report.cases.iter_mut().find(|case| case.id.0 == id).expect("the report has it");
    case.result.status = status;
    case.result.message = message.to_owned();
    case.verdict = Verdict::of(status, case.expectation.as_ref());
}

fn edit(report: &mut Report, id: &str, edit: impl FnOnce(&mut Case)) {
    edit(report.cases.iter_mut().find(|case| case.id.0 == id).expect("the report has it"));
}

/// The sample, and the sample a day later.
pub fn two_days() -> (Report, Report) {
    let old = sample::report();
    let mut new = old.clone();
    new.environment.reference = "Lua 5.1.6".to_owned();
    new.engines.retain(|engine| engine.name != "lua-other");
    end(&mut new, "official/db.lua/source/ferrous", Status::Pass, "");
    end(&mut new, "official/sort.lua/dump/ferrous", Status::Crash, "killed by signal 11 (SIGSEGV)");
    end(&mut new, "official/vararg.lua/dump/ferrous", Status::Fail, "two\nlines \u{1b}[31m");
    end(&mut new, "official/closure.lua/dump/lua-other", Status::Crash, "killed by signal 6 (SIGABRT)");
    end(&mut new, "official/big.lua/source/reference", Status::Timeout, "killed after 60 s");
    end(&mut new, "official/big.lua/dump/ferrous", Status::Pass, "");
    edit(&mut new, "official/pm.lua/source/ferrous", |case| case.result.assertions.executed = Some(90));
    edit(&mut new, "official/big.lua/source/lua-other", |case| {
        case.expectation = None;
        case.verdict = Verdict::Passed;
    });
    edit(&mut new, "official/code.lua/source/ferrous", |case| {
        let reason = "not looked into yet".to_owned();
        case.expectation = Some(Expectation { status: Status::Fail, reason, link: None });
    });
    end(&mut new, "official/code.lua/source/ferrous", Status::Fail, "code.lua:7: attempt to index a nil value");
    edit(&mut new, "official/gc.lua/source/ferrous", |case| case.result.seconds = 4.0);
    edit(&mut new, "official/all.lua/source/ferrous", |case| case.result.seconds = 4.0);
    new.cases.push(sample::case("official", "new.lua", Mode::Source, "ferrous", 1, 0.5));
    new.plan.push(CaseId("official/new.lua/source/ferrous".to_owned()));
    new.cases.retain(|case| case.file != "attrib.lua" && case.id.0 != "official/calls.lua/dump/ferrous");
    new.plan.retain(|id| !id.0.contains("attrib.lua"));
    (old, new)
}

#[test]
fn every_kind_of_change_is_told() {
    let (old, new) = two_days();
    let comparison = Comparison::of(&old, &new);
    assert!(comparison.has_regressed());
    insta::assert_snapshot!(comparison);
}

#[test]
fn a_report_is_as_good_as_itself() {
    let report = sample::report();
    let comparison = Comparison::of(&report, &report);
    let expected = format!("0 regressed, 0 fixed, 0 changed, {} unchanged, 0 new, 0 gone\n", report.cases.len());
    assert_eq!(comparison.to_string(), expected);
    assert!(!comparison.has_regressed());
}

#[test]
fn a_case_that_is_planned_and_lost_is_a_regression_and_one_that_was_taken_away_is_not() {
    let old = sample::passing();
    let mut new = old.clone();
    let lost = new.cases.remove(3).id;
    assert!(Comparison::of(&old, &new).has_regressed());
    new.plan.retain(|id| *id != lost);
    assert!(!Comparison::of(&old, &new).has_regressed());
}

#[test]
fn a_pace_is_notable_from_half_a_second_and_half_as_much_again() {
    let with = |seconds| sample::of(vec![sample::case("official", "a.lua", Mode::Source, "ferrous", 1, seconds)]);
    for (old, new, slower) in [(1.0, 1.5, 1), (1.0, 1.375, 0), (0.25, 0.625, 0), (2.0, 2.75, 0)] {
        let comparison = Comparison::of(&with(old), &with(new));
        assert_eq!((comparison.slower.len(), comparison.faster.len()), (slower, 0), "{old} {new}");
    }
}

prop_compose! {
    fn case()(
        status in prop::sample::select(Status::ALL.to_vec()),
        expected in prop::option::weighted(0.3, prop::sample::select(Status::ALL[1..].to_vec())),
        assertions in prop::option::of(0_u64..3),
        quarters in 0_u32..40,
    ) -> (Status, Option<Status>, Option<u64>, u32) { (status, expected, assertions, quarters) }
}

/// Reports over the same twelve files, each with some of them.
pub fn any_report() -> impl Strategy<Value = Report> {
    prop::collection::btree_map(0_usize..12, case(), 0..12).prop_map(|cases| {
        let cases = cases.into_iter().map(|(number, (status, expected, executed, quarters))| {
            let seconds = f64::from(quarters) / 4.0;
            let mut case = sample::case("official", &format!("{number:02}.lua"), Mode::Dump, "ferrous", 0, seconds);
            case.result.status = status;
            case.result.assertions = Assertions { executed, expected: None };
            case.expectation = expected.map(|status| Expectation { status, reason: "some".to_owned(), link: None });
            case.verdict = Verdict::of(status, case.expectation.as_ref());
            case
        });
        sample::of(cases.collect())
    })
}

fn turned(changes: &[Change]) -> Vec<Change> {
    changes.iter().map(|change| Change { old: change.new.clone(), new: change.old.clone() }).collect()
}

proptest! {
    #[test]
    fn comparing_the_other_way_round_tells_the_reverse(old in any_report(), new in any_report()) {
        let (there, back) = (Comparison::of(&old, &new), Comparison::of(&new, &old));
        prop_assert_eq!(&there.regressed, &turned(&back.fixed));
        prop_assert_eq!(&there.fixed, &turned(&back.regressed));
        prop_assert_eq!(&there.changed, &turned(&back.changed));
        let gone: Vec<&Outcome> = back.gone.iter().map(|gone| &gone.old).collect();
        prop_assert_eq!(there.new.iter().collect::<Vec<_>>(), gone);
        let paces: Vec<_> = there.slower.iter().map(|pace| (&pace.id, pace.old, pace.new)).collect();
        let reverse: Vec<_> = back.faster.iter().map(|pace| (&pace.id, pace.new, pace.old)).collect();
        prop_assert_eq!(paces, reverse);
        prop_assert_eq!(there.unchanged, back.unchanged);
    }

    #[test]
    fn every_case_is_told_of_once(old in any_report(), new in any_report()) {
        let comparison = Comparison::of(&old, &new);
        let changes = [&comparison.regressed, &comparison.fixed, &comparison.changed];
        let both = changes.into_iter().map(Vec::len).sum::<usize>() + comparison.unchanged;
        prop_assert_eq!(both + comparison.gone.len(), old.cases.len());
        prop_assert_eq!(both + comparison.new.len(), new.cases.len());
    }

    #[test]
    fn what_passed_and_does_not_any_more_has_regressed(old in any_report(), new in any_report()) {
        let passes = |report: &Report, id: &CaseId| {
            report.cases.iter().find(|case| case.id == *id).map(|case| case.result.status == Status::Pass)
        };
        let comparison = Comparison::of(&old, &new);
        for case in &old.cases {
            if (passes(&old, &case.id), passes(&new, &case.id)) == (Some(true), Some(false)) {
                prop_assert!(comparison.regressed.iter().any(|change| change.new.id == case.id));
            }
        }
    }
}
