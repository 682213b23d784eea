//! `lockstep bisect FILE`: the first instruction at which the engines diverge, and whose fault it is.

use std::{ffi::OsString, io, os::unix::ffi::OsStringExt, path::PathBuf, time::Duration};

use lockstep::{
    diagnose::{Halves, Located, Subject, attribute, fingerprint, locate},
    engine::{Limits, TraceEngine},
    report::trace::divergence,
    script,
};

const REFERENCE: &str = "reference";
const SUBJECT: &str = "ferrous";

/// What this exits with when the divergence is another one than was expected, or cannot be judged.
const CANNOT_JUDGE: u8 = 125;

/// Find the first instruction at which Ferrous Lua diverges from reference Lua, and whose fault it is
///
/// Both run side by side, every instruction with what it wrote compared, at any length. Then the two compilers and the
/// two virtual machines are combined to say which half is at fault.
#[derive(clap::Args)]
#[command(after_long_help = "\
Exit codes, as `git bisect run` takes them:
  0    the engines do the same; with --expect-fingerprint, they do not diverge in that way, nor in any other
  1    they diverge (in the way that is expected)
  2    the harness could not do its job
  125  with --expect-fingerprint: they diverge in another way, which may hide the expected one; a run that does not
       repeat itself

Examples:
  lockstep bisect program.lua
  git bisect run sh -c 'cargo build --release && target/release/lockstep bisect \\
      --expect-fingerprint \"CONCAT(string,number): gives another string\" case.lua'")]
pub struct Arguments {
    file: PathBuf,

    /// The divergence to look for, as printed by an earlier run
    #[arg(long, value_name = "FINGERPRINT")]
    expect_fingerprint: Option<String>,

    /// Bound for each run, in instructions
    #[arg(long, value_name = "COUNT", default_value_t = u64::MAX)]
    instructions: u64,

    /// Bound for each run's memory, in bytes or with K, M or G
    #[arg(long, value_name = "SIZE", default_value = "512M", value_parser = super::size::parse)]
    memory: u64,

    /// Bound for each run by the wall clock, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "600", value_parser = super::engine::seconds)]
    timeout: Duration,

    /// Do not say whose fault it is
    #[arg(long)]
    no_attribution: bool,

    /// The program's arguments
    #[arg(last = true)]
    arguments: Vec<OsString>,
}

/// Prints what was found and gives the exit code.
pub fn run(arguments: &Arguments) -> io::Result<u8> {
    let path = &arguments.file;
    let given: Vec<Vec<u8>> = arguments.arguments.iter().map(|argument| argument.clone().into_vec()).collect();
    let program = script::read(path, &given)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))?;
    let limits = Limits { instructions: arguments.instructions, memory: arguments.memory };
    let reference = super::engine::tracer(REFERENCE, arguments.timeout)?;
    let tested = super::engine::tracer(SUBJECT, arguments.timeout)?;
    let subject = |engine| Subject { engine: engine as &dyn TraceEngine, program: &program };
    let divergence = match locate(subject(&reference), subject(&tested), &limits)? {
        Located::Same { instructions, digest } => {
            super::output::print(format!("the same, {instructions} instructions, digest {digest:016x}\n").as_bytes())?;
            return Ok(0);
        }
        Located::Flaky { first, second, digests } => {
            let second = second.map_or_else(|| "not at all".to_owned(), |second| format!("at instruction {second}"));
            let text = format!(
                "flaky: diverged at or behind instruction {first}, and when repeated {second} (digests {:016x}, {:016x})\n",
                digests.0, digests.1
            );
            super::output::print(text.as_bytes())?;
            return Ok(CANNOT_JUDGE);
        }
        Located::Diverged(divergence) => divergence,
    };
    super::output::print(divergence::text(&divergence, &program).as_bytes())?;
    if !arguments.no_attribution {
        let mut compilers =
            (super::engine::start(REFERENCE, arguments.timeout)?, super::engine::start(SUBJECT, arguments.timeout)?);
        let attribution = attribute(
            Halves { compiler: &mut compilers.0, vm: &reference },
            Halves { compiler: &mut compilers.1, vm: &tested },
            &program,
            &limits,
        )?;
        super::output::print(divergence::attribution(&attribution, REFERENCE, SUBJECT).as_bytes())?;
    }
    let found = fingerprint(&divergence);
    Ok(match &arguments.expect_fingerprint {
        Some(expected) if *expected != found => CANNOT_JUDGE,
        _ => 1,
    })
}
