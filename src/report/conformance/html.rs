//! Reports as one HTML page that needs nothing else: no network, no other file. The report is in the page as JSON, and a
//! script shows it (`html/script.js`); nothing of it ever becomes markup, so nothing in it can be taken for some.

use serde::Serialize;

use super::{Adaptation, Case, EngineInfo, Environment, Report, Shard, Status, SuiteInfo, Verdict, summary::Summary};
use crate::report::{
    html::{filled, in_script},
    visible::{counted, time_text},
};

const PAGE: &str = include_str!("html/page.html");
const STYLE: &str = concat!(include_str!("../colours.css"), include_str!("html/style.css"));
const SCRIPT: &str = include_str!("html/script.js");

/// What the script works on: the report without its plan, and the figures.
#[derive(Serialize)]
struct Data<'r> {
    environment: &'r Environment,
    started: String,
    suite: &'r Option<SuiteInfo>,
    engines: &'r [EngineInfo],
    shard: Option<Shard>,
    planned: usize,
    cases: &'r [Case],
    adaptations: &'r [Adaptation],
    seconds: f64,
    summary: &'r Summary,
    /// Every status and every verdict, in the order in which they are shown.
    statuses: [&'static str; Status::ALL.len()],
    verdicts: [Verdict; 4],
}

/// The page for a report.
///
/// # Errors
/// When it cannot be encoded, which no report does.
pub fn write(report: &Report) -> serde_json::Result<String> {
    let summary = Summary::of(report);
    let data = serde_json::to_string(&Data {
        environment: &report.environment,
        started: time_text(report.environment.started),
        suite: &report.suite,
        engines: &report.engines,
        shard: report.shard,
        planned: report.plan.len(),
        cases: &report.cases,
        adaptations: &report.adaptations,
        seconds: report.seconds,
        summary: &summary,
        statuses: Status::ALL.map(Status::as_str),
        verdicts: [Verdict::Failed, Verdict::UnexpectedPass, Verdict::ExpectedFailure, Verdict::Passed],
    })?;
    Ok(filled(PAGE, &[("title", &title(&summary)), ("style", STYLE), ("script", SCRIPT), ("data", &in_script(&data))]))
}

/// Known words and numbers only, so there is nothing to be escaped.
fn title(summary: &Summary) -> String {
    match (summary.totals.bad(), summary.totals.total()) {
        (0, total) => format!("Lua 5.1 conformance: {}", counted(total, "case")),
        (bad, total) => format!("Lua 5.1 conformance: {bad} of {} not as expected", counted(total, "case")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_a_place_for_each_part_and_no_other() {
        let names: Vec<_> = PAGE.split("{{").skip(1).filter_map(|part| part.split_once("}}")).collect();
        let names: Vec<_> = names.into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["title", "style", "title", "data", "script"]);
        for part in [STYLE, SCRIPT] {
            assert!(!part.contains("</"), "a part of the page could end the element that it stands in");
        }
        let reaching_out = ["://", "@import", "url(", "src=", "<link", "fetch(", "import("];
        for part in [PAGE, STYLE, SCRIPT] {
            assert!(reaching_out.iter().all(|word| !part.contains(word)), "the page needs nothing else");
        }
    }
}
