//! How a campaign stands, in a line. Words alone: where they are shown is not its business.

use std::time::Duration;

use crate::report::campaign::Summary;

/// How many fingerprints and reasons are named.
const NAMED: usize = 3;
/// How much of a fingerprint is shown.
const LONGEST: usize = 48;

/// The line: cases, how many in a second, what holds, findings by fingerprint, what says nothing by its reason.
pub fn line(summary: &Summary, elapsed: Duration, before: u64) -> String {
    let totals = summary.totals();
    let rate = totals.cases.saturating_sub(before) as f64 / elapsed.as_secs_f64().max(1e-3);
    let mut line = format!("{} cases, {rate:.0}/s: {} hold", totals.cases, totals.holds);
    let mut findings: Vec<(&str, u64)> =
        summary.findings.iter().map(|finding| (&*finding.fingerprint, finding.count)).collect();
    let new = summary.new_findings().count();
    line.push_str(&format!(", {new} new finding{}", if new == 1 { "" } else { "s" }));
    line.push_str(&named(&mut findings, " ×"));
    let mut reasons: Vec<(&str, u64)> =
        totals.says_nothing.iter().map(|(reason, count)| (reason.as_str(), *count)).collect();
    let silent: u64 = totals.says_nothing.values().sum();
    line.push_str(&format!(", {silent} say nothing"));
    line.push_str(&named(&mut reasons, " "));
    line
}

/// The most frequent ones by name: ` (a 2, b 1, …)`.
fn named(items: &mut [(&str, u64)], times: &str) -> String {
    if items.is_empty() {
        return String::new();
    }
    items.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let mut names: Vec<String> =
        items.iter().take(NAMED).map(|(name, count)| format!("{}{times}{count}", short(name))).collect();
    if items.len() > NAMED {
        names.push("…".to_owned());
    }
    format!(" ({})", names.join(", "))
}

fn short(name: &str) -> String {
    let line: String = name.chars().map(|character| if character.is_control() { ' ' } else { character }).collect();
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}
