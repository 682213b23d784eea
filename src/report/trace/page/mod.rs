//! Divergences as one HTML page that needs nothing else: what differs and whose fault it is, the source, both listings and both
//! register files, to be stepped through around the divergence.
//!
//! What can be said without stepping is markup ([`markup`]) and is there without a script; the steps are in the page as JSON
//! ([`steps`]), and a script shows them. Nothing of a program ever becomes markup. The page judges nothing: it shows what
//! `diagnose` found out.

mod code;
mod excerpt;
mod finding;
mod live;
mod markup;
mod steps;
#[cfg(test)]
mod tests;

use serde::Serialize;

use super::diagnosis::Names;
use crate::{
    diagnose::Diagnosis,
    engine::Program,
    report::html::{filled, in_script, text},
};
use finding::Finding;
use steps::Steps;

const PAGE: &str = include_str!("page.html");
const STYLE: &str = concat!(include_str!("../../colours.css"), include_str!("page.css"));
const SCRIPT: &str = include_str!("page.js");

/// A program over which the engines differ, and what is known of it.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'e> {
    /// What the program is called on the page.
    pub path: &'e str,
    pub program: &'e Program,
    pub diagnosis: &'e Diagnosis,
    /// The command line that finds the same again.
    pub reproduce: &'e str,
}

/// What the script works on.
#[derive(Serialize)]
struct Data<'f> {
    names: [&'f str; 2],
    /// For each finding; nothing where no run diverges.
    steps: Vec<Option<&'f Steps>>,
}

/// The page that shows these findings: one is shown at once, of several one is chosen from a list.
///
/// # Errors
/// When the data cannot be encoded, which no diagnosis does.
pub fn page(entries: &[Entry<'_>], names: Names<'_>) -> Result<String, serde_json::Error> {
    let findings: Vec<Finding> = entries.iter().map(|entry| Finding::of(entry, names)).collect();
    let steps = findings.iter().map(|finding| finding.steps.as_ref()).collect();
    let data = serde_json::to_string(&Data { names: [names.reference, names.tested], steps })?;
    let title = markup::title(&findings, names);
    Ok(filled(
        PAGE,
        &[
            ("title", &text(&title)),
            ("style", STYLE),
            ("list", &markup::list(&findings)),
            ("findings", &markup::findings(&findings, names)),
            ("data", &in_script(&data)),
            ("script", SCRIPT),
        ],
    ))
}
