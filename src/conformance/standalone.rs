//! The stand-alone interpreters that `main.lua` tests: which program is started for an engine.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::process::{self, Exit};

/// The names that an interpreter of the reference may have on the path.
const NAMES: [&str; 3] = ["lua5.1", "lua51", "lua"];
/// How long an interpreter may take to answer.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Why a program cannot be used as the reference's interpreter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unfit {
    OtherVersion,
    /// It is built with a line editor that prints what it reads even if that comes from a file; `main.lua` cannot pass on it.
    Echoes,
}

/// The interpreter of the reference: the first fit one on the path.
///
/// # Errors
/// What was looked for, and why nothing was fit.
pub fn of_reference(path: Option<&std::ffi::OsStr>) -> Result<PathBuf, String> {
    let mut seen = Vec::new();
    for folder in path.map(std::env::split_paths).into_iter().flatten() {
        for name in NAMES {
            let program = folder.join(name);
            if !program.is_file() {
                continue;
            }
            match examine(&program) {
                Ok(()) => return Ok(program),
                Err(Unfit::OtherVersion) => seen.push(format!("{} is not Lua 5.1", program.display())),
                Err(Unfit::Echoes) => {
                    seen.push(format!("{} echoes its input (it is built with readline)", program.display()));
                }
            }
        }
    }
    let seen = if seen.is_empty() { "there is none".to_owned() } else { seen.join("; ") };
    Err(format!("no stand-alone interpreter of the reference ({}) on the path: {seen}", NAMES.join(", ")))
}

fn examine(program: &Path) -> Result<(), Unfit> {
    let output = |script: &str| {
        let finished = process::run(Command::new("sh").args(["-c", script, "sh"]).arg(program), TIMEOUT).ok()?;
        (finished.exit == Exit::Code(0)).then_some(finished.stdout.bytes)
    };
    match output("exec \"$1\" -e 'io.write(_VERSION)'") {
        Some(version) if version == b"Lua 5.1" => {}
        _ => return Err(Unfit::OtherVersion),
    }
    // The end of the input ends the line.
    match output("echo 'a = 1' | \"$1\" -e \"_PROMPT=''\" -i") {
        Some(text) if text == b"\n" => Ok(()),
        _ => Err(Unfit::Echoes),
    }
}

/// The interpreter of Ferrous: the program of that name beside the running one.
///
/// # Errors
/// What is missing, and how to get it.
pub fn of_ferrous(lockstep: &Path) -> Result<PathBuf, String> {
    let program = lockstep.with_file_name("ferrous");
    if program.is_file() {
        return Ok(program);
    }
    Err(format!("{} is missing: build it with `cargo build --bin ferrous`", program.display()))
}
