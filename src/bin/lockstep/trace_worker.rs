//! `lockstep trace-worker ENGINE`: one traced run, for other lockstep processes.

use std::io::{self, BufReader};

use lockstep::engine::{own_streams, select, serve_trace};

/// Runs one program under a recorder, as ordered on standard input. Lockstep starts this for itself.
#[derive(clap::Args)]
pub struct Arguments {
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(select::NAMES))]
    engine: String,
}

/// Runs until the program ends or nobody takes its trace.
pub fn run(arguments: &Arguments) -> io::Result<u8> {
    let (input, output) = own_streams()?;
    super::output::unless_closed(serve_trace(&arguments.engine, BufReader::new(input), output))?;
    Ok(0)
}
