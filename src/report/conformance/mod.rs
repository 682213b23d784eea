//! What a conformance run found: the model, its operations and its writers.
//!
//! The model is plain data with a version ([`FORMAT`], [`VERSION`]), written down in `docs/conformance-report.md`. A writer takes
//! the model and writes; it judges nothing and runs nothing.

mod model;

pub use model::{
    Adaptation, Assertions, Case, CaseId, CaseResult, EngineInfo, Environment, Expectation, FORMAT, Mode, Report,
    Shard, SkippedPart, Status, SuiteInfo, VERSION, Verdict,
};
