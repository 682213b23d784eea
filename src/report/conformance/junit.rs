//! Reports as JUnit XML, for the servers that show test results: a suite for each engine and mode, a test for each case.
//! An expected failure is a skipped test with its reason; a planned case without a result is an error, unless the report is a
//! part of a run. How the document is encoded is the business of `quick-junit`.

use std::time::Duration;

use quick_junit::{NonSuccessKind, SerializeError, TestCase, TestCaseStatus, TestSuite};

use super::{
    Case, CaseId, Report, Status, Verdict,
    summary::{Lane, Summary},
};
use crate::report::visible::{date, shortened, visible};

/// The longest text of a test's output.
const LONGEST_TEXT: usize = 64 * 1024;

/// The document for a report.
///
/// # Errors
/// When it cannot be encoded, which no report does.
pub fn write(report: &Report) -> Result<String, SerializeError> {
    let summary = Summary::of(report);
    let mut document = quick_junit::Report::new("lockstep conform");
    document.set_time(duration(report.seconds));
    for lane in &summary.lanes {
        document.add_test_suite(suite(report, lane));
    }
    if report.shard.is_none() && !summary.without_result.is_empty() {
        document.add_test_suite(missing(&summary.without_result));
    }
    if let Some(date) = date(report.environment.started) {
        document.set_timestamp(date.fixed_offset());
        for suite in &mut document.test_suites {
            suite.set_timestamp(date.fixed_offset());
        }
    }
    document.to_string()
}

fn suite(report: &Report, lane: &Lane) -> TestSuite {
    let mut suite = TestSuite::new(text(&format!("{} / {}", lane.engine, lane.mode.as_str())));
    suite.set_time(duration(lane.counts.seconds));
    for (name, value) in properties(report, &lane.engine) {
        suite.add_property((name, &*text(&value)));
    }
    suite.add_property(("mode", lane.mode.as_str()));
    let cases = report.cases.iter().filter(|case| case.engine == lane.engine && case.mode == lane.mode);
    suite.add_test_cases(cases.map(test));
    suite
}

fn properties(report: &Report, engine: &str) -> Vec<(&'static str, String)> {
    let environment = &report.environment;
    let mut properties = vec![
        ("lockstep", environment.lockstep.clone()),
        ("reference", environment.reference.clone()),
        ("os", environment.os.clone()),
        ("architecture", environment.architecture.clone()),
        ("cores", environment.cores.to_string()),
        ("jobs", environment.jobs.to_string()),
    ];
    properties.extend(environment.commit.clone().map(|commit| ("commit", commit)));
    if let Some(suite) = &report.suite {
        properties.push(("suite", suite.name.clone()));
        properties.push(("suite.sha256", suite.sha256.clone()));
    }
    if let Some(shard) = report.shard {
        properties.push(("shard", format!("{}/{}", shard.index, shard.count)));
    }
    properties.push(("engine", engine.to_owned()));
    if let Some(engine) = report.engines.iter().find(|known| known.name == engine) {
        properties.push(("engine.version", engine.version.clone()));
        properties.extend(engine.command.clone().map(|command| ("engine.command", command)));
    }
    properties
}

fn test(case: &Case) -> TestCase {
    let mut test = TestCase::new(text(&case.file), status(case));
    test.set_classname(text(&format!("{}.{}.{}", case.engine, case.mode.as_str(), case.collection)));
    test.set_time(duration(case.result.seconds));
    if let Some(executed) = case.result.assertions.executed.and_then(|executed| usize::try_from(executed).ok()) {
        test.set_assertions(executed);
    }
    test.add_property(("id", &*text(&case.id.0)));
    if let Some(section) = &case.section {
        test.add_property(("section", &*text(section)));
    }
    for part in &case.result.skipped {
        test.add_property(("skipped", &*text(&format!("lines {}: {}", part.lines, part.reason))));
    }
    if !case.result.stdout.is_empty() {
        test.set_system_out(text(&case.result.stdout));
    }
    if !case.result.stderr.is_empty() {
        test.system_err = Some(text(&case.result.stderr).into());
    }
    test
}

fn status(case: &Case) -> TestCaseStatus {
    let result = &case.result;
    let (mut status, kind, message) = match case.verdict {
        Verdict::Passed => return TestCaseStatus::success(),
        Verdict::ExpectedFailure => {
            (TestCaseStatus::skipped(), result.status.as_str(), format!("expected {}", reason(case)))
        }
        Verdict::UnexpectedPass => {
            let message = format!("passes, but is expected to end as {}", reason(case));
            (TestCaseStatus::non_success(NonSuccessKind::Failure), "unexpected-pass", message)
        }
        Verdict::Failed => {
            let message = match &case.expectation {
                Some(_) => format!("{} (expected was {})", result.message, reason(case)),
                None => result.message.clone(),
            };
            (TestCaseStatus::non_success(failure_kind(result.status)), result.status.as_str(), message)
        }
    };
    status.set_message(text(&message));
    status.set_type(kind);
    if !result.diff.is_empty() {
        status.set_description(text(&result.diff));
    }
    status
}

fn reason(case: &Case) -> String {
    match &case.expectation {
        Some(expectation) => format!("{}: {}", expectation.status.as_str(), expectation.reason),
        None => "something else".to_owned(),
    }
}

/// A failure is what the test itself found out; an error is what kept it from ending.
fn failure_kind(status: Status) -> NonSuccessKind {
    match status {
        Status::Crash | Status::Timeout | Status::Broken => NonSuccessKind::Error,
        Status::Pass | Status::Fail | Status::OutputDiffers | Status::AssertionsDiffer | Status::DidNothing => {
            NonSuccessKind::Failure
        }
    }
}

fn missing(ids: &[CaseId]) -> TestSuite {
    let mut suite = TestSuite::new("planned, without a result");
    suite.add_test_cases(ids.iter().map(|id| {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_message("planned, but there is no result").set_type("missing");
        let mut test = TestCase::new(text(&id.0), status);
        test.set_classname("missing");
        test
    }));
    suite
}

/// Text that survives: what `quick-junit` would drop, and that is escape sequences, control characters and tabs, is
/// written out.
fn text(text: &str) -> String {
    shortened(&visible(text), LONGEST_TEXT).replace('\t', "\\t")
}

/// Seconds as a duration; none for a number that is no duration.
fn duration(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or_default()
}
