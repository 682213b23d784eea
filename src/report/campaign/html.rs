//! Summaries as one HTML page that needs nothing else: no network, no other file, no script. Whatever was found in a case is text.

use std::fmt::{self, Write};

use super::markdown::rate;
use super::text::{headline, reasons, reduction_text};
use super::{Finding, Summary, TargetTally};
use crate::report::html::{filled, text};
use crate::report::visible::{seconds_text, visible};

const PAGE: &str = include_str!("page.html");
const STYLE: &str = concat!(include_str!("../colours.css"), include_str!("style.css"));

/// The page for a summary.
pub fn write(summary: &Summary) -> String {
    let mut body = String::new();
    // Writing to a string cannot fail.
    let _ = sections(&mut body, summary);
    filled(PAGE, &[("title", &title(summary)), ("style", STYLE), ("facts", &text(&headline(summary))), ("body", &body)])
}

/// Known words and numbers only, so there is nothing to be escaped.
fn title(summary: &Summary) -> String {
    match summary.new_findings().count() {
        0 => format!("Fuzzing campaign: nothing new in {} cases", summary.totals().cases),
        1 => "Fuzzing campaign: 1 new finding".to_owned(),
        new => format!("Fuzzing campaign: {new} new findings"),
    }
}

fn sections(out: &mut String, summary: &Summary) -> fmt::Result {
    tiles(out, summary)?;
    findings(out, summary)?;
    targets(out, summary)?;
    rules(out, summary)?;
    run(out, summary)
}

fn tiles(out: &mut String, summary: &Summary) -> fmt::Result {
    let totals = summary.totals();
    let silent: u64 = totals.says_nothing.values().sum();
    writeln!(out, "<div class=\"tiles\">")?;
    for (class, count, word) in [
        ("good", totals.holds, "hold"),
        ("bad", totals.broken, "broken"),
        ("calm", silent, "say nothing"),
        ("warn", summary.new_findings().count() as u64, "new findings"),
    ] {
        let class = if count == 0 { "none" } else { class };
        writeln!(out, "<div class=\"tile {class}\"><b>{count}</b><span>{word}</span></div>")?;
    }
    writeln!(out, "</div>")
}

fn findings(out: &mut String, summary: &Summary) -> fmt::Result {
    writeln!(out, "<h2>Findings</h2>")?;
    if summary.findings.is_empty() {
        return writeln!(out, "<p class=\"soft\">There are none.</p>");
    }
    let (known, new): (Vec<&Finding>, Vec<&Finding>) = summary.findings.iter().partition(|finding| finding.known);
    new.into_iter().chain(known).try_for_each(|finding| one(out, finding, summary))
}

fn one(out: &mut String, finding: &Finding, summary: &Summary) -> fmt::Result {
    let shown = |value: &str| text(&visible(value));
    let (class, word) = if finding.known { ("calm", "known") } else { ("bad", "new") };
    writeln!(out, "<details class=\"finding\">\n<summary><span class=\"badge {class}\">{word}</span>")?;
    writeln!(
        out,
        "<code>{}</code> <span class=\"soft\">{} cases</span></summary>",
        shown(&finding.fingerprint),
        finding.count
    )?;
    writeln!(out, "<dl>")?;
    let mut row = |name: &str, value: &str| writeln!(out, "<dt>{name}</dt><dd><pre>{}</pre></dd>", shown(value));
    row("what", &finding.what)?;
    row("where", &finding.place)?;
    row("first", &format!("{} {}, batch {}", finding.first.target, finding.first.index, finding.first.batch))?;
    if !finding.files.is_empty() {
        row("files", &finding.files.join("\n"))?;
    }
    if let Some(reduction) = summary.run.reductions.get(&finding.fingerprint) {
        row("reduction", &reduction_text(reduction))?;
    }
    row("again", &finding.replay)?;
    writeln!(out, "</dl>\n</details>")
}

fn targets(out: &mut String, summary: &Summary) -> fmt::Result {
    writeln!(out, "<h2>Targets</h2>\n<table>")?;
    writeln!(out, "<tr><th>target</th><th>cases</th><th>hold</th><th>broken</th><th>say nothing</th></tr>")?;
    for tally in &summary.targets {
        let TargetTally { target, cases, holds, broken, .. } = tally;
        let (target, reasons) = (text(target), text(&reasons(tally)));
        let broken = if *broken == 0 { "0".to_owned() } else { format!("<b class=\"bad\">{broken}</b>") };
        writeln!(out, "<tr><td>{target}</td><td>{cases}</td><td>{holds}</td><td>{broken}</td><td>{reasons}</td></tr>")?;
    }
    writeln!(out, "</table>")
}

fn rules(out: &mut String, summary: &Summary) -> fmt::Result {
    if summary.rules.is_empty() {
        return Ok(());
    }
    writeln!(out, "<h2>Left out by rule</h2>\n<table>\n<tr><th>rule</th><th>times</th></tr>")?;
    for (rule, count) in &summary.rules {
        writeln!(out, "<tr><td>{}</td><td>{count}</td></tr>", text(rule))?;
    }
    writeln!(out, "</table>")
}

fn run(out: &mut String, summary: &Summary) -> fmt::Result {
    let (configuration, run) = (&summary.configuration, &summary.run);
    writeln!(out, "<h2>Run</h2>\n<table>")?;
    let mut row = |name: &str, value: String| writeln!(out, "<tr><th>{name}</th><td>{}</td></tr>", text(&value));
    row("lockstep", configuration.lockstep.clone())?;
    row("seed", configuration.seed.to_string())?;
    if let Some(shard) = configuration.shard {
        row("part", format!("{} of {}", shard.index, shard.count))?;
    }
    row("batches", summary.batches.to_string())?;
    row("time", seconds_text(run.seconds))?;
    row("cases per second", format!("{:.0}", rate(summary)))?;
    row("jobs", run.jobs.to_string())?;
    row("workers", format!("{} started, {} killed from outside", run.workers, run.killed))?;
    row("timeout", format!("{} s for each case", configuration.timeout))?;
    writeln!(out, "</table>")?;
    for failure in &run.failures {
        writeln!(out, "<p class=\"notice\">The harness failed: {}</p>", text(&visible(failure)))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_a_place_for_each_part_and_needs_nothing_else() {
        let names: Vec<_> = PAGE.split("{{").skip(1).filter_map(|part| part.split_once("}}")).collect();
        let names: Vec<_> = names.into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["title", "style", "title", "facts", "body"]);
        assert!(!STYLE.contains("</"), "the style could end the element that it stands in");
        let reaching_out = ["://", "@import", "url(", "src=", "<link", "<script"];
        for part in [PAGE, STYLE] {
            assert!(reaching_out.iter().all(|word| !part.contains(word)), "the page needs nothing else");
        }
    }
}
