//! What a run found, in a few lines for people.

use std::fmt::Write;

use crate::report::conformance::summary::Counts;
use crate::report::conformance::{Case, Status, Verdict};

/// One line per case that is not as expected, and per case in a verbose run; followed by the difference, if there is one.
pub fn line(case: &Case) -> String {
    let result = &case.result;
    let word = match case.verdict {
        Verdict::Passed => "pass",
        Verdict::ExpectedFailure => "expected",
        Verdict::Failed => "FAIL",
        Verdict::UnexpectedPass => "UNEXPECTED PASS",
    };
    let mut text = format!("{word} {} ({:.2} s)", case.id, result.seconds);
    if result.status != Status::Pass {
        write_to(&mut text, format_args!(" [{}] {}", result.status.as_str(), result.message));
    }
    if let Some(expectation) = &case.expectation
        && !case.verdict.is_good()
    {
        write_to(&mut text, format_args!("; expected [{}]: {}", expectation.status.as_str(), expectation.reason));
    }
    text
}

/// What more there is to say of a case: the difference, or the end of its standard error.
pub fn details(case: &Case) -> String {
    const LINES: usize = 12;
    let result = &case.result;
    let text = if result.diff.is_empty() { &result.stderr } else { &result.diff };
    let lines: Vec<&str> = text.lines().collect();
    let shown = if result.diff.is_empty() {
        lines.get(lines.len().saturating_sub(LINES)..)
    } else {
        lines.get(..lines.len().min(2 * LINES))
    };
    shown.unwrap_or_default().iter().map(|line| format!("    {line}\n")).collect()
}

/// Totals: how many of each status, how many assertions, what is not as expected.
pub fn totals(cases: &[Case], missing: usize, seconds: f64) -> String {
    let mut text = format!("{} cases", cases.len());
    for status in Status::ALL {
        let count = cases.iter().filter(|case| case.result.status == status).count();
        if count > 0 {
            write_to(&mut text, format_args!(", {count} {}", status.as_str()));
        }
    }
    let counts = Counts::of(cases);
    let (expected, bad) = (counts.expected_failures, counts.bad());
    write_to(&mut text, format_args!("; {expected} expected not to pass, {bad} not as expected"));
    if missing > 0 {
        write_to(&mut text, format_args!("; {missing} in other shards"));
    }
    write_to(&mut text, format_args!("\n{} assertions in {seconds:.1} s", counts.assertions));
    text
}

fn write_to(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = text.write_fmt(arguments);
}
