//! Summaries as Markdown, fit for the page of a CI job: what came out first, what is new next, everything else after it. Text of
//! unknown origin stands in code spans only, so that nothing in it is markup.

use std::fmt::{self, Write};

use super::text::{reasons, reduction_text};
use super::{Finding, Summary, TargetTally};
use crate::report::visible::{seconds_text, shortened, visible_line};

/// How many findings are shown; the JSON has all of them.
const MOST_FINDINGS: usize = 100;
/// The longest text in a line.
const LONGEST_LINE: usize = 600;

/// The text for a summary.
pub fn write(summary: &Summary) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = document(&mut out, summary);
    out
}

fn document(out: &mut String, summary: &Summary) -> fmt::Result {
    let new: Vec<&Finding> = summary.new_findings().collect();
    let known: Vec<&Finding> = summary.findings.iter().filter(|finding| finding.known).collect();
    writeln!(out, "## Fuzzing campaign: {}\n", sign(summary, new.len()))?;
    totals(out, summary)?;
    targets(out, summary)?;
    findings(out, "New findings", &new, summary)?;
    findings(out, "Known findings", &known, summary)?;
    if !summary.run.failures.is_empty() {
        writeln!(out, "### What the harness failed to do\n")?;
        for failure in &summary.run.failures {
            writeln!(out, "* {}", code(failure))?;
        }
        writeln!(out)?;
    }
    rules(out, summary)
}

fn sign(summary: &Summary, new: usize) -> String {
    match (new, summary.totals().cases, summary.exit_code()) {
        (0, 0, _) => "⚠️ no case was judged".to_owned(),
        (0, _, 0) => "✅ nothing new".to_owned(),
        (0, _, 2) => "⚠️ the harness failed".to_owned(),
        (0, ..) => "⚠️ interrupted".to_owned(),
        (1, ..) => "❌ 1 new finding".to_owned(),
        (new, ..) => format!("❌ {new} new findings"),
    }
}

fn totals(out: &mut String, summary: &Summary) -> fmt::Result {
    let totals = summary.totals();
    let run = &summary.run;
    let silent: u64 = totals.says_nothing.values().sum();
    write!(out, "**{} cases**: {} hold, {} broken, {silent} say nothing", totals.cases, totals.holds, totals.broken)?;
    writeln!(out, "; {} with {} jobs, {:.0} cases per second.\n", seconds_text(run.seconds), run.jobs, rate(summary))?;
    write!(out, "Seed {}, {} batches, {} workers", summary.configuration.seed, summary.batches, run.workers)?;
    if let Some(shard) = summary.configuration.shard {
        write!(out, ", part {} of {}", shard.index, shard.count)?;
    }
    writeln!(out, ", lockstep {}.\n", summary.configuration.lockstep)
}

/// How many cases were judged in a second.
pub(super) fn rate(summary: &Summary) -> f64 {
    summary.totals().cases as f64 / summary.run.seconds.max(1e-3)
}

fn targets(out: &mut String, summary: &Summary) -> fmt::Result {
    writeln!(out, "| target | cases | hold | broken | say nothing |")?;
    writeln!(out, "|---|---:|---:|---:|---|")?;
    for tally in &summary.targets {
        let TargetTally { target, cases, holds, broken, .. } = tally;
        writeln!(out, "| {target} | {cases} | {holds} | {broken} | {} |", reasons(tally))?;
    }
    writeln!(out)
}

fn findings(out: &mut String, title: &str, findings: &[&Finding], summary: &Summary) -> fmt::Result {
    if findings.is_empty() {
        return Ok(());
    }
    writeln!(out, "### {title}\n")?;
    for finding in findings.iter().take(MOST_FINDINGS) {
        let first = &finding.first;
        writeln!(
            out,
            "* {}: {} cases, first in {} {}",
            code(&finding.fingerprint),
            finding.count,
            first.target,
            first.index
        )?;
        writeln!(out, "  * {}: {}", code(&finding.place), code(&finding.what))?;
        writeln!(out, "  * {}", code(&finding.replay))?;
        if let Some(reduction) = summary.run.reductions.get(&finding.fingerprint) {
            writeln!(out, "  * {}", code(&reduction_text(reduction)))?;
        }
    }
    if let Some(more @ 1..) = findings.len().checked_sub(MOST_FINDINGS) {
        writeln!(out, "* and {more} more")?;
    }
    writeln!(out)
}

fn rules(out: &mut String, summary: &Summary) -> fmt::Result {
    if summary.rules.is_empty() {
        return Ok(());
    }
    writeln!(out, "<details><summary>Left out by rule</summary>\n")?;
    writeln!(out, "| rule | times |")?;
    writeln!(out, "|---|---:|")?;
    for (rule, count) in &summary.rules {
        writeln!(out, "| {} | {count} |", visible_line(rule))?;
    }
    writeln!(out, "\n</details>")
}

/// Text as a code span, whatever is in it.
fn code(text: &str) -> String {
    let text = visible_line(&shortened(text, LONGEST_LINE));
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if text.is_empty() || text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}
