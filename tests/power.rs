//! What a change of Ferrous has to pass when `fuzz/mutants.sh` asks whether the corpus and campaigns would notice it: a replay of the corpus,
//! and a short campaign.
//!
//! In an unchanged tree it passes; it is ignored otherwise, as it takes its time on purpose.
#![cfg(feature = "lockstep")]

#[path = "command/mod.rs"]
mod command;

use std::env;
use std::path::Path;

use command::{lockstep, stderr, stdout};

/// The variables that say how long the campaign is, and what it begins with.
const TIME: &str = "LOCKSTEP_POWER_TIME";
const SEED: &str = "LOCKSTEP_POWER_SEED";

#[test]
#[ignore = "fuzz/mutants.sh starts it"]
fn replay_and_a_campaign_find_nothing() {
    let setting = |name: &str, default: &str| env::var(name).unwrap_or_else(|_| default.to_owned());
    let replay = lockstep(Path::new("."), &["replay", "--timeout", "20"]);
    assert!(replay.status.success(), "replay:\n{}{}", stdout(&replay), stderr(&replay));
    let out = tempfile::tempdir().expect("a folder");
    let (time, seed) = (setting(TIME, "20s"), setting(SEED, "1"));
    let out = out.path().to_str().expect("a name that is text");
    let campaign = ["campaign", "--time", &time, "--seed", &seed, "--reduce-time", "0s", "--out", out];
    let campaign = lockstep(Path::new("."), &campaign);
    assert!(campaign.status.success(), "campaign:\n{}{}", stdout(&campaign), stderr(&campaign));
}
