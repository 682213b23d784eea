//! `lockstep worker ENGINE`: one engine served over standard input and output, for other lockstep processes.

use std::io;

use lockstep::engine::{select, serve};

/// Serves one engine over standard input and output. Lockstep starts this for itself.
#[derive(clap::Args)]
pub struct Arguments {
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(select::NAMES))]
    engine: String,
}

/// Serves until standard input ends.
pub fn run(arguments: &Arguments) -> io::Result<u8> {
    let make = select::maker(&arguments.engine).ok_or_else(|| io::Error::other("no such engine"))?;
    serve(make)?;
    Ok(0)
}
