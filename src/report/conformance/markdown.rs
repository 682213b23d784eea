//! Reports as Markdown, fit for the summary of a CI job: totals first, what went wrong next, everything else after it. The
//! dialect is GitHub's, and so is the bound of a summary's size. Text of unknown origin stands in code spans and fenced
//! blocks only, so that nothing in it is markup.

use std::{
    collections::BTreeMap,
    fmt::{self, Write},
};

use super::{
    Case, Report, SkippedPart, Status, Verdict,
    summary::{Counts, Lane, Summary},
};
use crate::report::visible::{counted, seconds_text, shortened, time_text, visible, visible_line};

/// GitHub shows no summary that is longer than 1 MiB. This leaves room for what others write into the same summary.
pub const LONGEST: usize = 900 * 1024;
/// What failures and unexpected passes may take of it.
const LONGEST_CASES: usize = 640 * 1024;
/// What each other section may take of it.
const LONGEST_SECTION: usize = 48 * 1024;
/// The longest output or difference of a single case.
const LONGEST_TEXT: usize = 12 * 1024;
/// The longest text in a cell or a line.
const LONGEST_LINE: usize = 400;

/// The text for a report, of at most [`LONGEST`] bytes.
pub fn write(report: &Report) -> String {
    let summary = Summary::of(report);
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = document(&mut out, report, &summary);
    out
}

fn document(out: &mut String, report: &Report, summary: &Summary) -> fmt::Result {
    totals(out, report, summary)?;
    lanes(out, summary)?;
    let of = |verdict| report.cases.iter().filter(move |case| case.verdict == verdict).collect::<Vec<_>>();
    cases(out, "Failures", &of(Verdict::Failed))?;
    cases(out, "Unexpected passes", &of(Verdict::UnexpectedPass))?;
    without_result(out, report, summary)?;
    sections(out, summary)?;
    expected(out, &of(Verdict::ExpectedFailure))?;
    skipped(out, report)?;
    adaptations(out, report)?;
    environment(out, report)
}

fn totals(out: &mut String, report: &Report, summary: &Summary) -> fmt::Result {
    let totals = summary.totals;
    let incomplete = report.shard.is_none() && !summary.without_result.is_empty();
    let sign = match (totals.bad(), incomplete, totals.total()) {
        (0, _, 0) => "⚠️ no case was run",
        (0, true, _) => "⚠️ incomplete",
        (0, false, _) => "✅ all as expected",
        _ => "❌ not as expected",
    };
    writeln!(out, "## Lua 5.1 conformance: {sign}\n")?;
    write!(out, "**{}**: {} passed", counted(totals.total(), "case"), totals.passed)?;
    write!(out, ", {}", counted(totals.expected_failures, "expected failure"))?;
    write!(out, ", {} failed, {} passed unexpectedly", totals.failed, totals.unexpected_passes)?;
    if totals.assertions > 0 {
        write!(out, "; {}", counted(usize::try_from(totals.assertions).unwrap_or(usize::MAX), "assertion"))?;
    }
    writeln!(out, "; {} by the wall clock.\n", seconds_text(report.seconds))?;
    if let Some(shard) = report.shard {
        let planned = counted(report.plan.len(), "planned case");
        writeln!(out, "This is part {} of {}, of a run with {planned}.\n", shard.index, shard.count)?;
    }
    Ok(())
}

const HEAD: &str = "passed | expected failures | failed | unexpected passes | time";

fn row(counts: &Counts) -> String {
    let bad = |count: usize| if count == 0 { "0".to_owned() } else { format!("**{count}**") };
    format!(
        "{} | {} | {} | {} | {}",
        counts.passed,
        counts.expected_failures,
        bad(counts.failed),
        bad(counts.unexpected_passes),
        seconds_text(counts.seconds)
    )
}

fn lanes(out: &mut String, summary: &Summary) -> fmt::Result {
    if summary.lanes.is_empty() {
        return Ok(());
    }
    writeln!(out, "| engine | mode | {HEAD} |\n|---|---|--:|--:|--:|--:|--:|")?;
    for Lane { engine, mode, counts } in &summary.lanes {
        writeln!(out, "| {} | {} | {} |", cell_code(engine), mode.as_str(), row(counts))?;
    }
    writeln!(out)
}

/// Cases with their messages, and their output and differences to be unfolded.
fn cases(out: &mut String, title: &str, cases: &[&Case]) -> fmt::Result {
    if cases.is_empty() {
        return Ok(());
    }
    writeln!(out, "### {title} ({})\n", cases.len())?;
    let bound = out.len().max(LONGEST_CASES);
    for (done, case) in cases.iter().enumerate() {
        let mut text = String::new();
        details(&mut text, case)?;
        if out.len() + text.len() > bound {
            return writeln!(out, "…and {} that would not fit here.\n", counted(cases.len() - done, "more case"));
        }
        out.push_str(&text);
    }
    Ok(())
}

fn details(out: &mut String, case: &Case) -> fmt::Result {
    let result = &case.result;
    write!(out, "**{}** {}: {}", result.status.as_str(), code(&case.id.0), message(case))?;
    match (result.assertions.executed, result.assertions.expected) {
        // Where that is the whole matter, the message says it.
        (Some(executed), Some(expected)) if executed != expected && result.status != Status::AssertionsDiffer => {
            writeln!(out, "; {executed} assertions, and {expected} by the reference\n")?;
        }
        _ => writeln!(out, "\n")?,
    }
    let texts = [("difference to the reference", "diff", &result.diff), ("stdout", "text", &result.stdout)];
    let texts = texts.into_iter().chain([("stderr", "text", &result.stderr)]);
    for (name, language, text) in texts.filter(|(_, _, text)| !text.is_empty()) {
        let text = visible(text);
        let text = shortened(text.trim_end_matches('\n'), LONGEST_TEXT);
        let fence = fence(&text);
        writeln!(out, "<details><summary>{name}</summary>\n\n{fence}{language}\n{text}\n{fence}\n\n</details>\n")?;
    }
    Ok(())
}

fn message(case: &Case) -> String {
    let own = if case.result.message.is_empty() { String::new() } else { code(&case.result.message) };
    match &case.expectation {
        None => own,
        Some(expectation) => {
            let expected = format!("expected was {}: {}", expectation.status.as_str(), code(&expectation.reason));
            if own.is_empty() { expected } else { format!("{own} ({expected})") }
        }
    }
}

fn without_result(out: &mut String, report: &Report, summary: &Summary) -> fmt::Result {
    let ids = &summary.without_result;
    if report.shard.is_some() || ids.is_empty() {
        return Ok(());
    }
    writeln!(out, "### Planned, without a result ({})\n", ids.len())?;
    bounded(out, ids, |id| format!("* {}\n", code(&id.0)))
}

fn sections(out: &mut String, summary: &Summary) -> fmt::Result {
    if summary.sections.is_empty() {
        return Ok(());
    }
    writeln!(out, "### Sections of the manual\n")?;
    let engines: String = summary.engines.iter().map(|engine| format!(" {} |", cell_code(engine))).collect();
    let rules = "--:|".repeat(summary.engines.len());
    writeln!(out, "| section | |{engines}\n|---|---|{rules}")?;
    bounded(out, &summary.sections, |section| {
        let cells: String = section.by_engine.iter().map(|counts| format!(" {} |", share(counts))).collect();
        format!("| {} | {} |{cells}\n", cell_code(&section.number), section.title)
    })
}

/// `12/12`, and `✗ 11/12` where something is not as expected.
fn share(counts: &Counts) -> String {
    match (counts.total(), counts.bad()) {
        (0, _) => "–".to_owned(),
        (total, 0) => format!("{}/{total}", counts.good()),
        (total, _) => format!("**✗ {}/{total}**", counts.good()),
    }
}

fn expected(out: &mut String, cases: &[&Case]) -> fmt::Result {
    if cases.is_empty() {
        return Ok(());
    }
    fold(out, &format!("Expected failures ({})", cases.len()), |out| {
        writeln!(out, "| case | ends as | why | more |\n|---|---|---|---|")?;
        bounded(out, cases, |case| {
            let expectation = case.expectation.as_ref();
            let link = expectation.and_then(|expectation| expectation.link.as_deref());
            format!(
                "| {} | {} | {} | {} |\n",
                cell_code(&case.id.0),
                case.result.status.as_str(),
                expectation.map(|expectation| cell_code(&expectation.reason)).unwrap_or_default(),
                link.map(cell_code).unwrap_or_default()
            )
        })
    })
}

/// What files skip, once for each part of a file, with the number of cases in which it does.
fn skipped(out: &mut String, report: &Report) -> fmt::Result {
    let mut parts: BTreeMap<(String, &SkippedPart), usize> = BTreeMap::new();
    for case in &report.cases {
        for part in &case.result.skipped {
            *parts.entry((format!("{}/{}", case.collection, case.file), part)).or_default() += 1;
        }
    }
    if parts.is_empty() {
        return Ok(());
    }
    let mut parts: Vec<_> = parts.into_iter().collect();
    parts.sort_by_key(|((file, part), _)| (file.clone(), first_line(&part.lines)));
    fold(out, &format!("What the files themselves skip ({})", parts.len()), |out| {
        writeln!(out, "| file | lines | why | cases |\n|---|---|---|--:|")?;
        bounded(out, &parts, |((file, part), count)| {
            format!("| {} | {} | {} | {count} |\n", cell_code(file), cell_code(&part.lines), cell_code(&part.reason))
        })
    })
}

/// Where `12-40` begins.
fn first_line(lines: &str) -> Option<u64> {
    lines.split(|character: char| !character.is_ascii_digit()).next()?.parse().ok()
}

fn adaptations(out: &mut String, report: &Report) -> fmt::Result {
    if report.adaptations.is_empty() {
        return Ok(());
    }
    fold(out, &format!("Adaptations of scratch copies ({})", report.adaptations.len()), |out| {
        bounded(out, &report.adaptations, |rule| {
            let change = visible(&rule.change);
            let change = shortened(change.trim_end_matches('\n'), LONGEST_TEXT);
            let fence = fence(&change);
            let head = format!("{} in {}: {}", code(&rule.name), code(&rule.file), code(&rule.reason));
            format!("{head}\n\n{fence}diff\n{change}\n{fence}\n\n")
        })
    })
}

fn environment(out: &mut String, report: &Report) -> fmt::Result {
    let environment = &report.environment;
    fold(out, "Environment and versions", |out| {
        writeln!(out, "| | |\n|---|---|")?;
        let mut line = |name: &str, value: &str| writeln!(out, "| {name} | {} |", cell_code(value));
        line("lockstep", &environment.lockstep)?;
        line("reference", &environment.reference)?;
        environment.commit.iter().try_for_each(|commit| line("commit", commit))?;
        line("system", &format!("{} {}", environment.os, environment.architecture))?;
        line("processors", &format!("{} ({})", environment.cores, counted(environment.jobs, "job")))?;
        line("started", &time_text(environment.started))?;
        if let Some(suite) = &report.suite {
            line("suite", &format!("{} from {}", suite.name, suite.source))?;
            line("suite's SHA-256", &suite.sha256)?;
        }
        for engine in &report.engines {
            let command = engine.command.as_ref().map(|command| format!(" ({command})")).unwrap_or_default();
            line(&format!("engine {}", cell_code(&engine.name)), &format!("{}{command}", engine.version))?;
        }
        writeln!(out)
    })
}

fn fold(out: &mut String, title: &str, body: impl FnOnce(&mut String) -> fmt::Result) -> fmt::Result {
    writeln!(out, "<details><summary>{title}</summary>\n")?;
    body(out)?;
    writeln!(out, "</details>\n")
}

/// Writes an entry for each item, as long as they fit into a section.
fn bounded<T>(out: &mut String, items: &[T], entry: impl Fn(&T) -> String) -> fmt::Result {
    let start = out.len();
    for (done, item) in items.iter().enumerate() {
        let text = entry(item);
        if out.len() - start + text.len() > LONGEST_SECTION {
            return writeln!(out, "\n…and {} more that would not fit here.\n", items.len() - done);
        }
        out.push_str(&text);
    }
    writeln!(out)
}

/// A fence that nothing in the text closes.
fn fence(text: &str) -> String {
    "`".repeat(longest_run(text, '`').max(2) + 1)
}

/// A code span that nothing in the text closes, in one line.
fn code(text: &str) -> String {
    let line = visible_line(&shortened(text, LONGEST_LINE));
    let ticks = "`".repeat(longest_run(&line, '`') + 1);
    // Spaces keep backticks at the ends apart from the span's own, and make the empty text a span at all.
    let needs_spaces = line.is_empty() || line.starts_with(['`', ' ']) || line.ends_with(['`', ' ']);
    if needs_spaces { format!("{ticks} {line} {ticks}") } else { format!("{ticks}{line}{ticks}") }
}

/// The same in a cell of a table. A bar ends the cell even in a code span, unless it is written as a reference, and references are
/// none in code spans.
fn cell_code(text: &str) -> String {
    if !text.contains('|') {
        return code(text);
    }
    let line = visible_line(&shortened(text, LONGEST_LINE));
    let reference = |character: char| match character {
        punctuation if punctuation.is_ascii_punctuation() => format!("&#{};", u32::from(punctuation)),
        other => other.to_string(),
    };
    format!("<code>{}</code>", line.chars().map(reference).collect::<String>())
}

fn longest_run(text: &str, wanted: char) -> usize {
    let (mut longest, mut current) = (0, 0);
    for character in text.chars() {
        current = if character == wanted { current + 1 } else { 0 };
        longest = longest.max(current);
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_holds_whatever_is_in_it() {
        assert_eq!(code("plain"), "`plain`");
        assert_eq!(code("a`b``c"), "```a`b``c```");
        assert_eq!(code("`x"), "`` `x ``");
        assert_eq!(code(""), "`  `");
        assert_eq!(code("two\nlines\x1b"), "`two\\nlines\\x1b`");
        assert_eq!(cell_code("a`b"), "``a`b``");
        assert_eq!(cell_code("a\\|<b"), "<code>a&#92;&#124;&#60;b</code>");
        assert_eq!(fence("no"), "```");
        assert_eq!(fence("a ```` b"), "`````");
    }
}
