//! One case, run: a scratch copy, a process, and what came out of it. Nothing here judges.

use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::driver::driver;
use super::ending::Ending;
use super::engines::{EngineKind, EngineSpec, REFERENCE};
use super::normalise::{Surroundings, normalise};
use super::plan::{Collection, Unit};
use super::scratch::{Files, Scratch};
use crate::process::{self, Exit, Stream};
use crate::report::conformance::Mode;

/// The files of the suite that start the stand-alone interpreter.
const NEED_INTERPRETER: [&str; 2] = ["all.lua", "main.lua"];
/// How much address space a command gets beyond the bound on memory: its program, its libraries, its stack.
const COMMAND_OVERHEAD: u64 = 512 << 20;

/// What every run needs.
#[derive(Clone, Debug)]
pub struct Bench {
    pub files: Files,
    /// The program whose hidden subcommands run a case: this one.
    pub lockstep: PathBuf,
    /// The stand-alone interpreter of Ferrous, or why there is none.
    pub ferrous: Result<PathBuf, String>,
    /// The stand-alone interpreter of the reference; nothing if this program is to take its place.
    pub reference: Option<PathBuf>,
    pub timeout: Duration,
    /// How many bytes a case may use.
    pub memory: u64,
}

/// What came out of a run.
#[derive(Clone, Debug)]
pub struct Observation {
    pub exit: Exit,
    /// What the Lua side says; nothing if it did not come to that.
    pub ending: Option<Ending>,
    /// Normalised.
    pub stdout: Stream,
    /// Normalised.
    pub stderr: Stream,
    pub duration: Duration,
}

/// What runs a unit.
#[derive(Clone, Copy, Debug)]
pub enum Launch<'a> {
    Engine(&'a EngineSpec),
    /// The reference under the driver that commands get, which is a program itself: what commands are compared with.
    DrivenReference,
}

impl Bench {
    /// Runs a unit.
    ///
    /// # Errors
    /// A message, when the harness could not run it.
    pub fn run(&self, unit: &Unit, launch: Launch<'_>) -> Result<Observation, String> {
        let failed = |error: io::Error| error.to_string();
        let scratch = Scratch::new(unit, &self.files).map_err(failed)?;
        let interpreter = self.interpreter(unit, launch, &scratch)?;
        let mut command = self.command(unit, launch, &scratch, &interpreter).map_err(failed)?;
        surround(&mut command, &scratch);
        let finished = process::run(&mut command, self.timeout).map_err(failed)?;
        let ending = Ending::read(&scratch.result());
        let printed = if starts_interpreter(unit) { interpreter.as_os_str().as_bytes() } else { b"" };
        let surroundings = Surroundings { scratch: scratch.path().as_os_str().as_bytes(), interpreter: printed };
        let normal = |stream: Stream| Stream { bytes: normalise(&stream.bytes, &surroundings), ..stream };
        Ok(Observation {
            exit: finished.exit,
            ending: ending.map(|ending| Ending { message: normalise(&ending.message, &surroundings), ..ending }),
            stdout: normal(finished.stdout),
            stderr: normal(finished.stderr),
            duration: finished.duration,
        })
    }

    /// What a program finds as its interpreter in `arg`: a path where it may start it, a name elsewhere.
    fn interpreter(&self, unit: &Unit, launch: Launch<'_>, scratch: &Scratch) -> Result<PathBuf, String> {
        match launch {
            Launch::Engine(EngineSpec { kind: EngineKind::Command(words), .. }) => {
                Ok(words.first().map(PathBuf::from).unwrap_or_default())
            }
            _ if !starts_interpreter(unit) => Ok(PathBuf::from("lua")),
            Launch::Engine(EngineSpec { kind: EngineKind::Ferrous, .. }) => self.ferrous.clone(),
            _ => match &self.reference {
                Some(program) => Ok(program.clone()),
                None => scratch.interpreter(&self.lockstep, self.memory).map_err(|error| error.to_string()),
            },
        }
    }

    fn command(&self, unit: &Unit, launch: Launch<'_>, scratch: &Scratch, interpreter: &Path) -> io::Result<Command> {
        let mut command = Command::new(&self.lockstep);
        command.arg("conform-case").current_dir(&scratch.copy);
        let memory = self.memory.to_string();
        match launch {
            Launch::Engine(EngineSpec { kind: EngineKind::Command(words), .. }) => {
                let memory = self.memory.saturating_add(COMMAND_OVERHEAD).to_string();
                command.args(["command", "--memory", &memory, "--"]).args(words).arg(write_driver(unit, scratch)?);
            }
            Launch::DrivenReference => {
                command.args(["linked", REFERENCE]).arg(write_driver(unit, scratch)?);
                command.args(["--memory", &memory]).arg("--interpreter").arg(interpreter);
            }
            Launch::Engine(engine) => {
                command.args(["linked", &engine.name, &scratch.file]).arg("--result").arg(scratch.result());
                command.args(["--memory", &memory]).arg("--interpreter").arg(interpreter);
                if unit.mode == Mode::Dump {
                    command.arg("--dump");
                }
            }
        }
        Ok(command)
    }
}

fn write_driver(unit: &Unit, scratch: &Scratch) -> io::Result<PathBuf> {
    let path = scratch.driver();
    std::fs::write(&path, driver(&scratch.file, unit.mode, &scratch.result()))?;
    Ok(path)
}

/// Whether a file starts the interpreter that `arg` names.
fn starts_interpreter(unit: &Unit) -> bool {
    unit.collection == Collection::Official && NEED_INTERPRETER.contains(&unit.file.as_str())
}

/// Sets the environment of a case: what the README of the official suite asks for, and nothing of the user's that a program
/// could behave differently for.
fn surround(command: &mut Command, scratch: &Scratch) {
    for (name, _) in std::env::vars_os() {
        if matches!(name.as_bytes(), b"LUA_INIT" | b"LANG" | b"LANGUAGE" | [b'L', b'C', b'_', ..]) {
            command.env_remove(name);
        }
    }
    // attrib.lua has an assertion for each part of both paths; the default of the second depends on how an engine was built.
    command.env("LUA_PATH", "?;./?.lua").env("LUA_CPATH", "./?.so").env("TZ", "UTC0");
    // Otherwise a file tests locales where there are some, and what is tested depends on the machine.
    command.env("LOCPATH", scratch.locales());
}
