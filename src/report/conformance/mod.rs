//! What a conformance run found: the model, its operations and its writers.
//!
//! The model is plain data with a version ([`FORMAT`], [`VERSION`]), written down in `docs/conformance-report.md`.
//! [`merge`] joins the parts of a run, [`compare`] compares two runs. A writer ([`json`], [`junit`], [`markdown`],
//! [`html`]) takes the model and writes; it judges nothing and runs nothing. [`write_file`] chooses one by the file's
//! name.

pub mod compare;
pub mod html;
pub mod json;
pub mod junit;
pub mod markdown;
pub mod merge;
mod model;
mod sections;
pub mod summary;
mod write;

pub use model::{
    Adaptation, Assertions, Case, CaseId, CaseResult, EngineInfo, Environment, Expectation, FORMAT, Mode, Report,
    Shard, SkippedPart, Status, SuiteInfo, VERSION, Verdict,
};
pub use write::{Format, WriteError, write_file};
