//! The figures that every writer shows, counted once. It knows the model and no format.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde::Serialize;

use super::{Case, CaseId, EngineInfo, Mode, Report, Verdict, sections};

/// How many cases ended with which verdict, and their time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Counts {
    pub passed: usize,
    pub expected_failures: usize,
    pub failed: usize,
    pub unexpected_passes: usize,
    /// The sum over the cases, in seconds.
    pub seconds: f64,
    /// The sum of the assertions that were counted.
    pub assertions: u64,
}

impl Counts {
    /// The counts of these cases.
    pub fn of<'c>(cases: impl IntoIterator<Item = &'c Case>) -> Self {
        let mut counts = Self::default();
        cases.into_iter().for_each(|case| counts.add(case));
        counts
    }

    fn add(&mut self, case: &Case) {
        *match case.verdict {
            Verdict::Passed => &mut self.passed,
            Verdict::ExpectedFailure => &mut self.expected_failures,
            Verdict::Failed => &mut self.failed,
            Verdict::UnexpectedPass => &mut self.unexpected_passes,
        } += 1;
        self.seconds += case.result.seconds;
        self.assertions = self.assertions.saturating_add(case.result.assertions.executed.unwrap_or(0));
    }

    /// All cases.
    pub fn total(&self) -> usize {
        self.passed + self.expected_failures + self.failed + self.unexpected_passes
    }

    /// The cases that are as expected.
    pub fn good(&self) -> usize {
        self.passed + self.expected_failures
    }

    /// The cases that are not.
    pub fn bad(&self) -> usize {
        self.failed + self.unexpected_passes
    }
}

/// The cases of one engine in one mode.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lane {
    pub engine: String,
    pub mode: Mode,
    pub counts: Counts,
}

/// The programs of one section of the manual.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Section {
    pub number: String,
    /// Its title in the manual; empty if the manual has no such section.
    pub title: String,
    pub counts: Counts,
    /// The same by engine, in the order of [`Summary::engines`].
    pub by_engine: Vec<Counts>,
}

/// The figures of a report.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    pub totals: Counts,
    /// The names of the engines, in the report's order, and then those that only cases name.
    pub engines: Vec<String>,
    pub lanes: Vec<Lane>,
    /// In the manual's order.
    pub sections: Vec<Section>,
    /// What is planned and has no result. In a part of a run that is what the other parts do.
    pub without_result: Vec<CaseId>,
}

impl Summary {
    /// Counts a report.
    pub fn of(report: &Report) -> Self {
        let engines = engine_names(report);
        Self {
            totals: Counts::of(&report.cases),
            lanes: lanes(report, &engines),
            sections: by_section(report, &engines),
            without_result: without_result(report),
            engines,
        }
    }
}

fn engine_names(report: &Report) -> Vec<String> {
    let listed: Vec<&str> = report.engines.iter().map(|EngineInfo { name, .. }| name.as_str()).collect();
    let named: BTreeSet<&str> = report.cases.iter().map(|case| case.engine.as_str()).collect();
    let others = named.into_iter().filter(|name| !listed.contains(name));
    listed.iter().copied().chain(others).map(str::to_owned).collect()
}

fn lanes(report: &Report, engines: &[String]) -> Vec<Lane> {
    let mut counts: BTreeMap<(usize, Mode), Counts> = BTreeMap::new();
    for case in &report.cases {
        let place = engines.iter().position(|name| *name == case.engine).unwrap_or(engines.len());
        counts.entry((place, case.mode)).or_default().add(case);
    }
    let lane = |((place, mode), counts)| {
        engines.get(place).map(|engine: &String| Lane { engine: engine.clone(), mode, counts })
    };
    counts.into_iter().filter_map(lane).collect()
}

fn by_section(report: &Report, engines: &[String]) -> Vec<Section> {
    let mut cases: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
    for case in &report.cases {
        if let Some(section) = &case.section {
            cases.entry(section).or_default().push(case);
        }
    }
    let mut sections: Vec<Section> = cases
        .into_iter()
        .map(|(number, cases)| Section {
            number: number.to_owned(),
            title: sections::title(number).unwrap_or_default().to_owned(),
            counts: Counts::of(cases.iter().copied()),
            by_engine: engines
                .iter()
                .map(|engine| Counts::of(cases.iter().copied().filter(|case| case.engine == *engine)))
                .collect(),
        })
        .collect();
    sections.sort_by(|left, right| sections::order(&left.number).cmp(&sections::order(&right.number)));
    sections
}

fn without_result(report: &Report) -> Vec<CaseId> {
    let done: HashSet<&CaseId> = report.cases.iter().map(|case| &case.id).collect();
    report.plan.iter().filter(|id| !done.contains(id)).cloned().collect()
}
