//! `lockstep campaign-worker`: cases judged for a campaign. Lockstep starts it for itself.

use std::io;
use std::time::Duration;

use lockstep::campaign::{isolated::Isolated, serve::serve};
use lockstep::fuzz::Bench;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Judges cases for `lockstep campaign`. Lockstep starts this for itself.
#[derive(clap::Args)]
pub struct Arguments {
    /// Give each engine a process of its own
    #[arg(long)]
    isolated: bool,

    /// Bound for each compilation and each run, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = super::engine::seconds)]
    timeout: Duration,

    /// Bound for the address space of this process
    #[arg(long, value_name = "SIZE", value_parser = super::size::parse)]
    memory: Option<u64>,
}

/// Serves until standard input ends.
pub fn run(arguments: &Arguments) -> io::Result<u8> {
    if let Some(memory) = arguments.memory {
        let hard = getrlimit(Resource::As).maximum;
        let bound = hard.map_or(memory, |hard| hard.min(memory));
        setrlimit(Resource::As, Rlimit { current: Some(bound), maximum: hard })?;
    }
    let timeout = arguments.timeout;
    let lockstep = std::env::current_exe()?;
    if arguments.isolated {
        serve(move || Isolated::new(&lockstep, timeout))?;
    } else {
        serve(|| Ok(Bench::new()))?;
    }
    Ok(0)
}
