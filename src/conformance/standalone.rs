//! The stand-alone interpreters that `main.lua` tests: which program is started for an engine.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::process::{self, Exit};

/// The names that an interpreter of the reference may have on the path.
const NAMES: [&str; 3] = ["lua5.1", "lua51", "lua"];
/// How long an interpreter may take to answer.
const TIMEOUT: Duration = Duration::from_secs(10);

/// The interpreter of the reference: the first fit one on the path, if there is one.
pub fn of_reference(path: Option<&OsStr>) -> Option<PathBuf> {
    let folders = path.map(std::env::split_paths).into_iter().flatten();
    let programs = folders.flat_map(|folder| NAMES.map(|name| folder.join(name)));
    programs.into_iter().find(|program| program.is_file() && is_fit(program))
}

/// Whether a program is of the reference's version, and `main.lua` can pass on it. On one that is built with a line editor it
/// cannot: that prints what it reads even if it comes from a file.
fn is_fit(program: &Path) -> bool {
    let prints = |script: &str, text: &[u8]| {
        let finished = process::run(Command::new("sh").args(["-c", script, "sh"]).arg(program), TIMEOUT);
        finished.is_ok_and(|finished| finished.exit == Exit::Code(0) && finished.stdout.bytes == text)
    };
    prints("exec \"$1\" -e 'io.write(_VERSION)'", b"Lua 5.1")
        // The end of the input ends the line.
        && prints("echo 'a = 1' | \"$1\" -e \"_PROMPT=''\" -i", b"\n")
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

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// A folder with a program that prints this if it is asked for its version, and that if it is interactive.
    fn folder(name: &str, version: &str, echo: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = folder.path().join(name);
        let script = format!("#!/bin/sh\ncase \"$*\" in *_VERSION*) printf '{version}';; *) printf '{echo}';; esac\n");
        fs::write(&path, script).expect("it can be written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it can be made executable");
        folder
    }

    #[test]
    fn the_first_fit_interpreter_is_taken() {
        let other = folder("lua", "Lua 5.4", "\\n");
        let echoing = folder("lua5.1", "Lua 5.1", "a = 1\\n\\n");
        let fit = folder("lua51", "Lua 5.1", "\\n");
        let search = |folders: &[&tempfile::TempDir]| {
            let path = std::env::join_paths(folders.iter().map(|folder| folder.path())).expect("they can be joined");
            of_reference(Some(&path))
        };
        assert_eq!(search(&[&other, &echoing]), None);
        assert_eq!(search(&[&other, &echoing, &fit]), Some(fit.path().join("lua51")));
        assert_eq!(of_reference(None), None);
    }
}
