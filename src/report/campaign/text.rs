//! Summaries as text for people at a terminal.

use std::fmt::{self, Write};

use super::{Finding, Summary, TargetTally};
use crate::report::visible::{counted_cases, seconds_text, visible_line};

/// The text for a summary.
pub fn write(summary: &Summary) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = document(&mut out, summary);
    out
}

fn document(out: &mut String, summary: &Summary) -> fmt::Result {
    writeln!(out, "{}", headline(summary))?;
    targets(out, summary)?;
    for finding in &summary.findings {
        describe(out, finding, summary)?;
    }
    for failure in &summary.run.failures {
        writeln!(out, "the harness failed: {}", visible_line(failure))?;
    }
    Ok(())
}

/// One line: how much was done, and what came of it.
pub fn headline(summary: &Summary) -> String {
    let totals = summary.totals();
    let silent: u64 = totals.says_nothing.values().sum();
    let known = summary.findings.iter().filter(|finding| finding.known).count();
    let mut line = format!(
        "{}{}: {} hold, {} broken, {silent} say nothing; {} and {known} known in {}, seed {}",
        counted_cases(totals.cases),
        if summary.run.interrupted { " (interrupted)" } else { "" },
        totals.holds,
        totals.broken,
        findings_text(summary.findings.len() - known),
        seconds_text(summary.run.seconds),
        summary.configuration.seed,
    );
    if let Some(shard) = summary.configuration.shard {
        line.push_str(&format!(", part {} of {}", shard.index, shard.count));
    }
    line
}

fn findings_text(count: usize) -> String {
    format!("{count} new finding{}", if count == 1 { "" } else { "s" })
}

fn targets(out: &mut String, summary: &Summary) -> fmt::Result {
    let width = summary.targets.iter().map(|tally| tally.target.len()).max().unwrap_or(0);
    for tally in &summary.targets {
        let TargetTally { target, cases, holds, broken, .. } = tally;
        writeln!(out, "  {target:<width$} {cases:>9} cases {holds:>9} hold {broken:>6} broken{}", silence(tally))?;
    }
    Ok(())
}

/// What says nothing, and why: `, 3 say nothing (budget 2, memory 1)`.
pub(super) fn silence(tally: &TargetTally) -> String {
    if tally.says_nothing.is_empty() {
        return String::new();
    }
    let total: u64 = tally.says_nothing.values().sum();
    format!(", {total} say nothing ({})", reasons(tally))
}

/// Reasons with their counts, the most frequent first.
pub(super) fn reasons(tally: &TargetTally) -> String {
    let mut reasons: Vec<(&String, &u64)> = tally.says_nothing.iter().collect();
    reasons.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    reasons.iter().map(|(word, count)| format!("{} {count}", visible_line(word))).collect::<Vec<_>>().join(", ")
}

fn describe(out: &mut String, finding: &Finding, summary: &Summary) -> fmt::Result {
    let known = if finding.known { "known: " } else { "" };
    writeln!(out, "\n{known}{}", visible_line(&finding.fingerprint))?;
    writeln!(out, "  {}; first in {} {}", counted_cases(finding.count), finding.first.target, finding.first.index)?;
    writeln!(out, "  {}", visible_line(&finding.place))?;
    writeln!(out, "  {}", visible_line(&finding.what))?;
    if !finding.files.is_empty() {
        writeln!(out, "  written to {}", finding.files.join(", "))?;
    }
    if let Some(reduction) = summary.run.reductions.get(&finding.fingerprint) {
        writeln!(out, "  {}", reduction_text(reduction))?;
    }
    writeln!(out, "  {}", visible_line(&finding.replay))
}

/// What a reduction came to, in a few words.
pub(super) fn reduction_text(reduction: &super::Reduction) -> String {
    let super::Reduction { before, after, seconds, note, file } = reduction;
    match (note, file) {
        (Some(note), _) => format!("not reduced: {}", visible_line(note)),
        (None, file) => {
            let file = file.as_deref().map(|file| format!(": {file}")).unwrap_or_default();
            format!("reduced from {before} to {after} bytes in {}{file}", seconds_text(*seconds))
        }
    }
}
