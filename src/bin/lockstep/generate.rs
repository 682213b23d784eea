//! `lockstep generate`: programs nobody wrote, and what they are made of.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write},
    num::NonZeroU64,
    path::PathBuf,
    time::Duration,
};

use lockstep::{
    engine::{Limits, Program, WorkerEngine},
    generate::{
        case_seed,
        coverage::{Coverage, Share},
        program::{RuleCounts, generate_from_seed},
    },
    outcome::{Agreement, Reason, Scope, Verdict, judge},
};

use super::halves::{REFERENCE, SUBJECT};

/// Generate programs that use all of Lua 5.1
///
/// A seed stands for the same programs for ever. They end, show what they compute, and depend on nothing in which
/// implementations are free.
#[derive(clap::Args)]
#[command(after_long_help = "\
Exit codes:
  0  done
  1  with --stats: programs differ
  2  the harness could not do its job

Examples:
  lockstep generate --seed 7
  lockstep generate --seed 7 --count 1000 --out programs && lockstep diff programs
  lockstep generate --stats 1000")]
pub struct Arguments {
    /// What the programs are made from
    #[arg(long, default_value_t = 0)]
    seed: u64,

    /// How many programs
    #[arg(long, default_value = "1", conflicts_with = "stats")]
    count: NonZeroU64,

    /// Write each program to a file in this folder instead of to standard output
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Run so many programs on both engines and print what became of them and what they reached
    #[arg(long, value_name = "COUNT")]
    stats: Option<NonZeroU64>,

    /// Bound for each run of --stats, in instructions
    #[arg(long, value_name = "COUNT", default_value_t = 5_000_000)]
    instructions: u64,

    /// Bound for each compilation and each run of --stats by the wall clock, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = super::engine::seconds)]
    timeout: Duration,
}

/// The name of a program: its series and its place in that.
fn file_name(series: u64, index: u64) -> String {
    format!("generated-{series}-{index:06}.lua")
}

/// Writes programs, or figures about them, and gives the exit code.
pub fn run(arguments: &Arguments) -> io::Result<u8> {
    if let Some(count) = arguments.stats {
        return statistics(arguments, count.get());
    }
    if let Some(folder) = &arguments.out {
        fs::create_dir_all(folder)?;
    }
    for index in 0..arguments.count.get() {
        let program = generate_from_seed(case_seed(arguments.seed, index));
        match &arguments.out {
            Some(folder) => fs::write(folder.join(file_name(arguments.seed, index)), &program.source)?,
            None => super::output::print(&program.source)?,
        }
    }
    Ok(0)
}

/// What became of programs.
#[derive(Default)]
struct Figures {
    coverage: Coverage,
    ends: BTreeMap<&'static str, u64>,
    differing: Vec<u64>,
    rules: RuleCounts,
    bytes: u64,
}

fn statistics(arguments: &Arguments, count: u64) -> io::Result<u8> {
    let limits = Limits { instructions: arguments.instructions, memory: 256 << 20 };
    let scope = Scope { limits, compile_only: false };
    let mut reference = super::engine::start(REFERENCE, arguments.timeout)?;
    let mut subject = super::engine::start(SUBJECT, arguments.timeout)?;
    let mut figures = Figures::default();
    for index in 0..count {
        let generated = generate_from_seed(case_seed(arguments.seed, index));
        figures.rules.add(&generated.rules);
        figures.bytes += generated.source.len() as u64;
        let name = file_name(arguments.seed, index);
        let program = Program {
            chunk: generated.source,
            name: format!("@{name}").into_bytes(),
            arguments: Vec::new(),
            script: name.into_bytes(),
        };
        let verdict = judge(&program, &mut reference, &mut subject, &scope);
        if let Some(failure) = reference.take_failure().or_else(|| WorkerEngine::take_failure(&mut subject)) {
            return Err(io::Error::other(failure));
        }
        let end = end_of(&verdict);
        *figures.ends.entry(end).or_default() += 1;
        match &verdict {
            Verdict::Agree(_) => {}
            Verdict::Differ(difference) => {
                figures.differing.push(index);
                writeln!(io::stderr(), "{index}: {} {}", difference.kind.word(), difference.place)?;
            }
            Verdict::Inconclusive(reason) => writeln!(io::stderr(), "{index}: {reason}")?,
        }
        // What kills or blocks an engine is not run in this process.
        if matches!(verdict, Verdict::Agree(_)) {
            figures.coverage.add(&program, &limits);
        }
    }
    super::output::print(figures.text(count).as_bytes())?;
    Ok(u8::from(!figures.differing.is_empty()))
}

/// The word for a verdict.
fn end_of(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Agree(Agreement::Refused) => "refused",
        Verdict::Agree(Agreement::Compiled | Agreement::Returned { .. }) => "returned",
        Verdict::Agree(Agreement::Raised { .. }) => "raised",
        Verdict::Agree(Agreement::Exited { .. }) => "exited",
        Verdict::Differ(_) => "differ",
        Verdict::Inconclusive(Reason::Budget) => "over budget",
        Verdict::Inconclusive(Reason::Memory { .. }) => "over memory",
        Verdict::Inconclusive(_) => "other inconclusive",
    }
}

impl Figures {
    fn text(&self, count: u64) -> String {
        let mut text = format!("{count} programs, {} bytes on average\n", self.bytes / count.max(1));
        for (end, number) in &self.ends {
            text.push_str(&format!("  {end:<20} {number:>6}  {:.1} %\n", *number as f64 * 100.0 / count as f64));
        }
        text.push_str("reached\n");
        for Share { of, reached, all, missing } in self.coverage.shares() {
            text.push_str(&format!("  {of:<20} {reached:>6} of {all}\n"));
            for name in missing {
                text.push_str(&format!("    not {name}\n"));
            }
        }
        let (pairs, operands) = self.coverage.pairs();
        text.push_str(&format!("  pairs of opcodes {pairs}, opcodes with types of operands {operands}\n"));
        text.push_str("left out by rule\n");
        for (rule, number) in self.rules.iter() {
            text.push_str(&format!("  {:<20} {number:>6}\n", rule.name()));
        }
        text
    }
}
