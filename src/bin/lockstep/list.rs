//! `lockstep list FILE`: the bytecode of a program as text.

use std::{
    io::{self, Write},
    path::PathBuf,
    time::Duration,
};

use lockstep::{
    engine::select,
    lua::bytecode::{Detail, Marks, list},
};

/// What this exits with when the program is not accepted.
const REFUSED: u8 = 1;

/// List the bytecode of a program, in the manner of `luac -l -l`
///
/// Takes source text, which is compiled first, or a binary chunk.
#[derive(clap::Args)]
#[command(after_long_help = "\
Exit codes:
  0  listed
  1  the program is not accepted; the message is on standard error
  2  the harness could not do its job

Examples:
  lockstep list program.lua
  lockstep list --engine reference program.lua")]
pub struct Arguments {
    file: PathBuf,

    /// Whose compiler to use for source text
    #[arg(long, default_value = "ferrous", value_parser = clap::builder::PossibleValuesParser::new(select::NAMES))]
    engine: String,

    /// Bound for the compilation by the wall clock, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = super::engine::seconds)]
    timeout: Duration,
}

/// Prints the listing and gives the exit code.
pub fn run(arguments: &Arguments) -> io::Result<u8> {
    let program = super::program::read(&arguments.file, &[])?;
    match super::program::prototype(&program, &arguments.engine, arguments.timeout)? {
        Ok(prototype) => super::output::print(&list(&prototype, Detail::Full, Marks::Numbers)).map(|()| 0),
        Err(message) => {
            writeln!(io::stderr(), "{message}")?;
            Ok(REFUSED)
        }
    }
}
