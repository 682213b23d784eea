//! `lockstep bench-worker`: oracles served over standard input and output, for other lockstep processes.

use std::io;

use lockstep::fuzz::serve;

/// Judges inputs that come over standard input. Lockstep starts this for itself.
#[derive(clap::Args)]
pub struct Arguments {}

/// Serves until standard input ends.
pub fn run(_: &Arguments) -> io::Result<u8> {
    super::output::unless_closed(serve())?;
    Ok(0)
}
