//! Reports as one JSON document. `docs/diff-format.md` describes it; a change of meaning needs a new [`VERSION`].

use std::time::Duration;

use serde::Serialize;

use crate::{
    engine::Limits,
    outcome::{Agreement, Difference, Place, Reason, Side, Verdict},
};

use super::{FileReport, Finding, Summary, trace::Diagnosed};

/// The version of the format. Readers must refuse a version that they do not know; new fields may come without a new
/// version.
pub const VERSION: u32 = 1;

/// What the whole batch was done with.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'n> {
    pub reference: &'n str,
    pub subject: &'n str,
    pub limits: Limits,
    pub timeout: Duration,
    pub compile_only: bool,
}

/// The document for a batch.
///
/// # Errors
/// When it cannot be encoded, which no report does.
pub fn document(setting: &Setting<'_>, reports: &[FileReport], summary: &Summary) -> serde_json::Result<String> {
    serde_json::to_string_pretty(&Document {
        format: "lockstep-diff",
        version: VERSION,
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        engines: Engines { reference: setting.reference, subject: setting.subject },
        limits: Bounds {
            instructions: setting.limits.instructions,
            memory: setting.limits.memory,
            seconds: setting.timeout.as_secs_f64(),
        },
        compile_only: setting.compile_only,
        files: reports.iter().map(FileEntry::new).collect(),
        summary: Counts::new(summary),
    })
}

#[derive(Serialize)]
struct Document<'r> {
    format: &'static str,
    version: u32,
    tool: Tool,
    engines: Engines<'r>,
    limits: Bounds,
    compile_only: bool,
    files: Vec<FileEntry<'r>>,
    summary: Counts<'r>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Engines<'r> {
    reference: &'r str,
    subject: &'r str,
}

#[derive(Serialize)]
struct Bounds {
    instructions: u64,
    memory: u64,
    seconds: f64,
}

#[derive(Serialize)]
struct FileEntry<'r> {
    path: String,
    #[serde(flatten)]
    verdict: VerdictEntry<'r>,
}

#[derive(Serialize)]
#[serde(tag = "verdict", rename_all = "kebab-case")]
enum VerdictEntry<'r> {
    Agree {
        on: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        instructions: Option<u64>,
    },
    Differ {
        difference: DifferenceEntry<'r>,
        #[serde(flatten)]
        diagnosed: Option<&'r Diagnosed>,
    },
    Inconclusive {
        reason: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        detail: Option<&'r str>,
    },
    Failed {
        message: &'r str,
    },
}

#[derive(Serialize)]
struct DifferenceEntry<'r> {
    kind: &'static str,
    place: PlaceEntry<'r>,
    line: Option<u32>,
    source_line: Option<&'r str>,
    reference: &'r str,
    subject: &'r str,
    context: Vec<ContextEntry<'r>>,
    notes: &'r [String],
}

#[derive(Serialize)]
#[serde(tag = "in", rename_all = "kebab-case")]
enum PlaceEntry<'r> {
    Load,
    Run,
    ChunkByte { offset: usize },
    Function { path: &'r str, line_defined: i32, field: &'static str, index: Option<usize> },
    OutputLine { number: usize },
    ReturnedCount,
    ReturnedValue { number: usize },
    Error,
    TracebackLine { number: usize },
}

#[derive(Serialize)]
struct ContextEntry<'r> {
    side: &'static str,
    text: &'r str,
}

#[derive(Serialize)]
struct Counts<'r> {
    agree: usize,
    returned: usize,
    raised: usize,
    refused: usize,
    compiled: usize,
    differ: usize,
    fingerprints: &'r std::collections::BTreeMap<String, usize>,
    inconclusive: usize,
    inconclusive_by_reason: &'r std::collections::BTreeMap<&'static str, usize>,
    failed: usize,
    seconds: f64,
    exit_code: u8,
}

impl<'r> FileEntry<'r> {
    fn new(report: &'r FileReport) -> Self {
        let verdict = match &report.finding {
            Finding::Failed(message) => VerdictEntry::Failed { message },
            Finding::Judged { verdict, source_line } => match verdict {
                Verdict::Agree(agreement) => agree(*agreement),
                Verdict::Inconclusive(reason) => {
                    VerdictEntry::Inconclusive { reason: reason.word(), detail: detail(reason) }
                }
                Verdict::Differ(difference) => {
                    let difference = DifferenceEntry::new(difference, source_line.as_deref());
                    VerdictEntry::Differ { difference, diagnosed: report.diagnosed.as_ref() }
                }
            },
        };
        Self { path: report.path.display().to_string(), verdict }
    }
}

fn agree<'r>(agreement: Agreement) -> VerdictEntry<'r> {
    let (on, instructions) = match agreement {
        Agreement::Refused => ("refusal", None),
        Agreement::Compiled => ("bytecode", None),
        Agreement::Returned { instructions } => ("return", Some(instructions)),
        Agreement::Raised { instructions } => ("error", Some(instructions)),
        Agreement::Exited { instructions } => ("exit", Some(instructions)),
    };
    VerdictEntry::Agree { on, instructions }
}

fn detail(reason: &Reason) -> Option<&str> {
    match reason {
        Reason::Memory { who } => Some(who),
        Reason::ReferenceCrashed(note) => Some(note),
        Reason::Budget | Reason::ReferenceTimedOut | Reason::NothingToCompile => None,
    }
}

impl<'r> DifferenceEntry<'r> {
    fn new(difference: &'r Difference, source_line: Option<&'r str>) -> Self {
        Self {
            kind: difference.kind.word(),
            place: place(&difference.place),
            line: difference.line,
            source_line,
            reference: &difference.reference,
            subject: &difference.subject,
            context: difference
                .context
                .iter()
                .map(|line| ContextEntry { side: side(line.side), text: &line.text })
                .collect(),
            notes: &difference.notes,
        }
    }
}

fn place(place: &Place) -> PlaceEntry<'_> {
    match place {
        Place::Load => PlaceEntry::Load,
        Place::Run => PlaceEntry::Run,
        &Place::ChunkByte(offset) => PlaceEntry::ChunkByte { offset },
        Place::Function(place) => PlaceEntry::Function {
            path: &place.path,
            line_defined: place.line_defined,
            field: place.field,
            index: place.index,
        },
        &Place::OutputLine(number) => PlaceEntry::OutputLine { number },
        Place::ReturnedCount => PlaceEntry::ReturnedCount,
        &Place::ReturnedValue(number) => PlaceEntry::ReturnedValue { number },
        Place::Error => PlaceEntry::Error,
        &Place::TracebackLine(number) => PlaceEntry::TracebackLine { number },
    }
}

fn side(side: Side) -> &'static str {
    match side {
        Side::Both => "both",
        Side::Reference => "reference",
        Side::Subject => "subject",
    }
}

impl<'r> Counts<'r> {
    fn new(summary: &'r Summary) -> Self {
        Self {
            agree: summary.agree(),
            returned: summary.returned,
            raised: summary.raised,
            refused: summary.refused,
            compiled: summary.compiled,
            differ: summary.differ,
            fingerprints: &summary.fingerprints,
            inconclusive: summary.inconclusive(),
            inconclusive_by_reason: &summary.inconclusive,
            failed: summary.failed,
            seconds: summary.elapsed.as_secs_f64(),
            exit_code: summary.exit_code(),
        }
    }
}
