//! What a triage came to, for people and for machines.

use std::fmt::Write as _;
use std::io;

use serde::Serialize;

use super::finding;
use crate::triage::{Found, Sorted};

/// How it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Text,
    Markdown,
}

/// Everything, new findings first.
pub fn text(sorted: &Sorted<'_>, findings: &[Found], style: Style) -> String {
    let (known, new): (Vec<&Found>, Vec<&Found>) = findings.iter().partition(|found| found.is_known);
    let mut out = String::new();
    let artifacts = sorted.silent.len() + findings.iter().map(|found| found.count).sum::<usize>();
    let heading = if style == Style::Markdown { "## " } else { "" };
    let _ = writeln!(
        out,
        "{heading}{artifacts} artifacts: {} new findings, {} known, {} artifacts show nothing any more",
        new.len(),
        known.len(),
        sorted.silent.len()
    );
    for found in new {
        let body = one(found);
        let title = format!("{} ({} artifacts)", found.finding.fingerprint, found.count);
        let _ = match style {
            Style::Text => write!(out, "\n{title}\n{body}"),
            // No line of a program can end a block that is fenced with more marks than any line has.
            Style::Markdown => {
                write!(out, "\n### {}\n\n{fence}text\n{body}{fence}\n", inline(&title), fence = fence(&body))
            }
        };
    }
    for found in known {
        let title = format!("{} ({} artifacts)", found.finding.fingerprint, found.count);
        let _ = match style {
            Style::Text => writeln!(out, "known: {title}"),
            Style::Markdown => writeln!(out, "* known: {}", inline(&title)),
        };
    }
    out
}

fn one(found: &Found) -> String {
    let mut body = finding::text(&found.finding, &found.specimen.input, &found.replay);
    if let Some(path) = &found.path {
        let _ = writeln!(body, "candidate: {}", path.display());
    }
    if let Some(attribution) = &found.attribution {
        body.push_str(attribution);
    }
    body
}

fn inline(text: &str) -> String {
    let ticks = fence(text).len() - 2;
    let mark = "`".repeat(ticks.max(1));
    format!("{mark} {text} {mark}")
}

/// More backticks in a row than a text has, and three at least.
fn fence(text: &str) -> String {
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    "`".repeat((longest + 1).max(3))
}

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    version: u32,
    artifacts_without_finding: Vec<String>,
    findings: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    fingerprint: &'a str,
    oracle: &'a str,
    what: &'a str,
    place: &'a str,
    artifacts: usize,
    known: bool,
    candidate: Option<String>,
    replay: &'a str,
    attribution: Option<&'a str>,
}

/// One JSON document.
///
/// # Errors
/// None that is known.
pub fn json(sorted: &Sorted<'_>, findings: &[Found]) -> io::Result<String> {
    let entries = findings.iter().map(|found| Entry {
        fingerprint: &found.finding.fingerprint,
        oracle: &found.finding.oracle,
        what: &found.finding.what,
        place: &found.finding.place,
        artifacts: found.count,
        known: found.is_known,
        candidate: found.path.as_ref().map(|path| path.display().to_string()),
        replay: &found.replay,
        attribution: found.attribution.as_deref(),
    });
    let document = Document {
        format: "lockstep-triage",
        version: 1,
        artifacts_without_finding: sorted.silent.iter().map(|artifact| artifact.path.display().to_string()).collect(),
        findings: entries.collect(),
    };
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}
