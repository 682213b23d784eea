//! Reports as one HTML page that needs nothing else: no network, no other file. The report is in the page as JSON, and a
//! script shows it (`html/script.js`); nothing of it ever becomes markup, so nothing in it can be taken for some.

use serde::Serialize;

use super::{
    Adaptation, Case, EngineInfo, Environment, Report, Shard, Status, SuiteInfo, Verdict,
    summary::Summary,
    visible::{counted, time_text},
};

const PAGE: &str = include_str!("html/page.html");
const STYLE: &str = include_str!("html/style.css");
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
    Ok(filled(&[("title", &title(&summary)), ("style", STYLE), ("script", SCRIPT), ("data", &in_script(&data))]))
}

/// The page with each `{{name}}` replaced. What is put in is not looked at again.
fn filled(values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = PAGE;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").unwrap_or((after, ""));
        out.push_str(before);
        out.push_str(values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
        rest = after;
    }
    out + rest
}

/// Known words and numbers only, so there is nothing to be escaped.
fn title(summary: &Summary) -> String {
    match (summary.totals.bad(), summary.totals.total()) {
        (0, total) => format!("Lua 5.1 conformance: {}", counted(total, "case")),
        (bad, total) => format!("Lua 5.1 conformance: {bad} of {} not as expected", counted(total, "case")),
    }
}

/// JSON as it may stand in a `<script>` element: whatever could end the element or begin a comment is written as an escape,
/// and so is what nobody would see. All of it can only be within strings.
fn in_script(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                // Writing to a string cannot fail.
                let _ = std::fmt::Write::write_fmt(&mut out, format_args!("\\u{:04x}", u32::from(character)));
            }
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_the_data_is_markup() {
        let json = serde_json::to_string("</script><!-- & \u{2028}").expect("a string");
        assert_eq!(in_script(&json), r#""\u003c/script\u003e\u003c!-- \u0026 \u2028""#);
        assert_eq!(serde_json::from_str::<String>(&in_script(&json)).ok().as_deref(), Some("</script><!-- & \u{2028}"));
    }

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
