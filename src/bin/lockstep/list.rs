//! `lockstep list FILE`: the bytecode of a program as text.

use std::{
    io::{self, Write},
    path::PathBuf,
    time::Duration,
};

use lockstep::{
    engine::{CompileFailure, Engine, select},
    lua::bytecode::{Detail, Marks, list, undump},
    outcome::escaped,
    script,
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
    let path = &arguments.file;
    let program = script::read(path, &[])
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))?;
    let compiled;
    let chunk = if program.is_binary() {
        &program.chunk
    } else {
        let mut engine = super::engine::start(&arguments.engine, arguments.timeout)?;
        match engine.compile(&program.chunk, &program.name) {
            Ok(chunk) => compiled = chunk,
            Err(CompileFailure::Refused(message)) => return refused(&escaped(&message)),
            Err(CompileFailure::OverMemory) => return refused("not enough memory"),
            Err(CompileFailure::Crashed(note)) => {
                return Err(io::Error::other(format!("{} crashed: {note}", arguments.engine)));
            }
            Err(CompileFailure::TimedOut) => {
                return Err(io::Error::other(format!("{} did not end in time", arguments.engine)));
            }
        }
        &compiled
    };
    match undump(chunk, &program.name, 0) {
        Ok(prototype) => super::output::print(&list(&prototype, Detail::Full, Marks::Numbers)).map(|()| 0),
        Err(error) => refused(&escaped(error.to_string().as_bytes())),
    }
}

fn refused(message: &str) -> io::Result<u8> {
    writeln!(io::stderr(), "{message}")?;
    Ok(REFUSED)
}
