//! Campaigns: cases of targets without end, judged by worker processes, and what they show kept.
//!
//! * [`plan`]: which cases there are, in batches: a pure function of the seed, the targets and the shard;
//! * [`judge`]: who judges a case: engines in one process ([`Bench`](crate::fuzz::Bench)), or each in a process of its own ([`isolated`]);
//! * [`wire`], [`serve`], [`worker`]: what passes between a campaign and a worker process, and its two ends;
//! * [`runner`]: a batch judged to its end, whatever becomes of the workers;
//! * [`coordinate`]: all batches, on several workers;
//! * [`ledger`]: what is done and what was found, in a folder, so that a campaign can go on after any end;
//! * [`keep`], [`reduction`]: findings as files, and as smaller ones;
//! * [`known`]: fingerprints that are no news;
//! * [`status`]: how things stand, in a line.
//!
//! The campaign's own process makes cases and counts verdicts; it never runs one. Nothing here knows what a summary looks like to
//! people (`report::campaign`), nor how a command line asks for it.

pub mod coordinate;
pub mod isolated;
pub mod judge;
pub mod keep;
pub mod known;
pub mod ledger;
pub mod plan;
pub mod reduction;
mod runner;
pub mod serve;
pub mod status;
mod wire;
pub mod worker;
