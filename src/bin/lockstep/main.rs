//! The harness's command line: one file per subcommand, nothing but argument handling and printing.
#![forbid(unsafe_code)]

mod bench_worker;
mod bisect;
mod bounds;
mod campaign;
mod campaign_worker;
mod conform;
mod conform_case;
mod count;
mod diagnose;
mod diff;
mod engine;
mod fuzz_seeds;
mod generate;
mod halves;
mod list;
mod output;
mod page;
mod program;
mod promote;
mod reduce;
mod replay;
mod report;
mod size;
mod time;
mod trace;
mod trace_worker;
mod triage;
mod worker;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Runs Lua 5.1 programs on reference Lua and on Ferrous Lua, and explains every difference.
#[derive(Parser)]
#[command(version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    #[command(hide = true)]
    BenchWorker(bench_worker::Arguments),
    Bisect(bisect::Arguments),
    Campaign(campaign::Arguments),
    #[command(hide = true)]
    CampaignWorker(campaign_worker::Arguments),
    Conform(conform::Arguments),
    #[command(hide = true)]
    ConformCase(conform_case::Arguments),
    Diff(diff::Arguments),
    FuzzSeeds(fuzz_seeds::Arguments),
    Generate(generate::Arguments),
    List(list::Arguments),
    Promote(promote::Arguments),
    Reduce(reduce::Arguments),
    Replay(replay::Arguments),
    Report(report::Arguments),
    Trace(trace::Arguments),
    #[command(hide = true)]
    TraceWorker(trace_worker::Arguments),
    Triage(triage::Arguments),
    #[command(hide = true)]
    Worker(worker::Arguments),
}

/// What every subcommand exits with when the harness could not do its job. `clap` uses the same for wrong usage.
const HARNESS_FAILED: u8 = 2;

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::BenchWorker(arguments) => bench_worker::run(&arguments),
        Command::Bisect(arguments) => bisect::run(&arguments),
        Command::Campaign(arguments) => campaign::run(&arguments),
        Command::CampaignWorker(arguments) => campaign_worker::run(&arguments),
        Command::Conform(arguments) => conform::run(&arguments),
        Command::ConformCase(arguments) => conform_case::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::FuzzSeeds(arguments) => fuzz_seeds::run(&arguments),
        Command::Generate(arguments) => generate::run(&arguments),
        Command::List(arguments) => list::run(&arguments),
        Command::Promote(arguments) => promote::run(&arguments),
        Command::Replay(arguments) => replay::run(&arguments),
        Command::Reduce(arguments) => reduce::run(&arguments),
        Command::Report(arguments) => report::run(&arguments),
        Command::Trace(arguments) => trace::run(&arguments),
        Command::TraceWorker(arguments) => trace_worker::run(&arguments),
        Command::Triage(arguments) => triage::run(&arguments),
        Command::Worker(arguments) => worker::run(&arguments),
    };
    match result {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            // Nothing can be done about a standard error that is closed.
            let _ = std::io::Write::write_fmt(&mut std::io::stderr(), format_args!("lockstep: {error}\n"));
            ExitCode::from(HARNESS_FAILED)
        }
    }
}
