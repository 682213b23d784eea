//! The program that a subcommand is given: read, and compiled by an engine. Every failure names the file or the engine.

use std::{ffi::OsString, io, os::unix::ffi::OsStringExt, path::Path, time::Duration};

use lockstep::{
    engine::{CompileFailure, Engine, Program},
    lua::bytecode::{Prototype, undump},
    outcome::escaped,
    script,
};

/// Reads a program, which gets these arguments.
pub fn read(path: &Path, arguments: &[OsString]) -> io::Result<Program> {
    let given: Vec<Vec<u8>> = arguments.iter().map(|argument| argument.clone().into_vec()).collect();
    script::read(path, &given).map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))
}

/// The main function of a program, compiled by the engine of this name if it is source text; the message if it is not accepted.
pub fn prototype(program: &Program, engine: &str, timeout: Duration) -> io::Result<Result<Prototype, String>> {
    let compiled;
    let chunk = if program.is_binary() {
        &program.chunk
    } else {
        match super::engine::start(engine, timeout)?.compile(&program.chunk, &program.name) {
            Ok(chunk) => compiled = chunk,
            Err(CompileFailure::Refused(message)) => return Ok(Err(escaped(&message))),
            Err(CompileFailure::OverMemory) => return Ok(Err("not enough memory".to_owned())),
            Err(CompileFailure::Crashed(note)) => return Err(io::Error::other(format!("{engine} crashed: {note}"))),
            Err(CompileFailure::TimedOut) => return Err(io::Error::other(format!("{engine} did not end in time"))),
        }
        &compiled
    };
    Ok(undump(chunk, &program.name, 0).map_err(|error| escaped(error.to_string().as_bytes())))
}
