//! Campaigns: what the command finds is the same whatever becomes of its processes, engines that are wrong on purpose are found out, and
//! what is written about it.

#[path = "../command/mod.rs"]
mod command;

mod broken;
mod configuration;
mod endings;
mod folder;
mod processes;
mod same;
mod sample;
mod texts;
