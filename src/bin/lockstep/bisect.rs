//! `lockstep bisect FILE`: the first instruction at which the engines diverge, and whose fault it is.

use std::{
    ffi::OsString,
    io::{self, Write as _},
    path::{Path, PathBuf},
    time::Duration,
};

use lockstep::{
    diagnose::{Examination, Located, diagnose, examine, reduce::predicate::BothHalves},
    engine::Limits,
    report::trace::{
        diagnosis::{self, Names},
        page::Entry,
    },
};

use super::{
    halves::{Engines, REFERENCE, SUBJECT},
    page::{PageFile, command_line},
};

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
  125  a run does not repeat itself; with --expect-fingerprint, they diverge in another way, which may hide the expected
       one, or the harness could not do its job

Examples:
  lockstep bisect program.lua
  lockstep bisect --html divergence.html program.lua
  git bisect run sh -c 'cargo build --release || exit 125; target/release/lockstep bisect \\
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

    /// If they diverge, write a page to this file on which to step through both runs around the divergence
    #[arg(long, value_name = "FILE", conflicts_with = "no_attribution")]
    html: Option<PathBuf>,

    /// The program's arguments
    #[arg(last = true)]
    arguments: Vec<OsString>,
}

/// Prints what was found and gives the exit code.
pub fn run(arguments: &Arguments) -> io::Result<u8> {
    match found(arguments) {
        // `git bisect run` would take a commit where nothing could be found out for a bad one.
        Err(error) if arguments.expect_fingerprint.is_some() => {
            writeln!(io::stderr(), "lockstep: {error}")?;
            Ok(CANNOT_JUDGE)
        }
        result => result,
    }
}

fn found(arguments: &Arguments) -> io::Result<u8> {
    let program = super::program::read(&arguments.file, &arguments.arguments)?;
    let page = arguments.html.as_deref().map(PageFile::at).transpose()?;
    let limits = Limits { instructions: arguments.instructions, memory: arguments.memory };
    let mut engines = Engines::start(arguments.timeout)?;
    let (mut reference, mut tested) = engines.halves();
    let examination = examine(&mut reference, &mut tested, &program, &limits)?;
    let Some(found) = examination.fingerprint() else { return without_difference(&examination) };
    let names = Names { reference: REFERENCE, tested: SUBJECT };
    if arguments.no_attribution {
        super::output::print(diagnosis::examined(&examination, &program, names).as_bytes())?;
    } else {
        let diagnosis = diagnose(examination, found.clone(), (&mut reference, &mut tested), &limits)?;
        super::output::print(diagnosis::text(&diagnosis, &program, names).as_bytes())?;
        if let Some(page) = page {
            let path = arguments.file.display().to_string();
            let reproduce = reproduce(&arguments.file, &limits, &arguments.arguments);
            page.write(
                &[Entry { path: &path, program: &program, diagnosis: &diagnosis, reproduce: &reproduce }],
                names,
            )?;
        }
    }
    Ok(match &arguments.expect_fingerprint {
        Some(expected) if *expected != found => CANNOT_JUDGE,
        _ => 1,
    })
}

/// The command line that finds the same again.
pub fn reproduce(file: &Path, limits: &Limits, arguments: &[OsString]) -> String {
    let mut words: Vec<OsString> = ["lockstep", "bisect"].map(OsString::from).to_vec();
    if limits.instructions != u64::MAX {
        words.push(format!("--instructions={}", limits.instructions).into());
    }
    if limits.memory != 512 << 20 {
        words.push(format!("--memory={}", limits.memory).into());
    }
    if file.as_os_str().as_encoded_bytes().starts_with(b"-") {
        words.push(Path::new(".").join(file).into());
    } else {
        words.push(file.into());
    }
    if !arguments.is_empty() {
        words.push("--".into());
        words.extend(arguments.iter().cloned());
    }
    command_line(&words)
}

/// Says what came of runs that do not differ, or not every time.
fn without_difference(examination: &Examination) -> io::Result<u8> {
    let (text, code) = match examination.product.as_deref() {
        Some(Located::Flaky { first, second, digests }) => {
            let second = second.map_or_else(|| "not at all".to_owned(), |second| format!("at instruction {second}"));
            let (left, right) = digests;
            let repeated = format!("when repeated {second} (digests {left:016x}, {right:016x})");
            (format!("flaky: diverged at or behind instruction {first}, and {repeated}\n"), CANNOT_JUDGE)
        }
        Some(Located::Same { instructions, digest }) => {
            (format!("the same, {instructions} instructions, digest {digest:016x}\n"), 0)
        }
        _ => ("the same: both refuse it with the same message\n".to_owned(), 0),
    };
    super::output::print(text.as_bytes())?;
    Ok(code)
}
