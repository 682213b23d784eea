//! `lockstep` as users run it: the built binary in a folder, and what it prints.

use std::{
    path::Path,
    process::{Command, Output},
};

/// Runs the command in a folder.
pub fn lockstep(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lockstep"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("the binary that was just built starts")
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("text")
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("text")
}
