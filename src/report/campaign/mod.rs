//! What a campaign found: the model of its summary, its operations and its writers.
//!
//! The model is plain data with a version ([`FORMAT`], [`VERSION`]), written down in `docs/campaign.md`. [`merge`] joins the shards of
//! a campaign. A writer ([`json`], [`text`], [`markdown`], [`html`]) takes the model and writes; it judges nothing and runs nothing.

pub mod html;
pub mod json;
pub mod markdown;
pub mod merge;
mod model;
pub mod text;
mod write;

pub use model::{
    Configuration, FORMAT, Finding, HARNESS, Place, Reduction, Run, Shard, Summary, TargetTally, VERSION, add_counts,
};
pub use write::{Format, write_file};
