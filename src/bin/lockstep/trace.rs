//! `lockstep trace FILE`: what an engine did, instruction by instruction.

use std::{
    ffi::OsString,
    io::{self, BufWriter, Write},
    os::unix::ffi::OsStringExt,
    path::PathBuf,
    time::Duration,
};

use lockstep::{
    engine::{Ending, Limits, TraceEngine, TraceOrder, select},
    outcome::escaped,
    report::trace::listing::Listing,
    script,
    trace::decode,
};

/// Show what an engine does, instruction by instruction
///
/// A line for each instruction: its number, function and place in it, the instruction, and what it hands on; after it, the
/// registers that it wrote. Objects are numbered in the order of their first appearance, functions too.
#[derive(clap::Args)]
#[command(after_long_help = "\
Exit codes:
  0  traced, however the program ended
  1  the program is not accepted; the message is on standard error
  2  the harness could not do its job

Examples:
  lockstep trace program.lua
  lockstep trace --engine reference --first 1000000 --count 50 program.lua
  lockstep trace --count all program.lua -- first second | less")]
pub struct Arguments {
    file: PathBuf,

    /// Whose run to trace
    #[arg(long, default_value = "ferrous", value_parser = clap::builder::PossibleValuesParser::new(select::NAMES))]
    engine: String,

    /// The number of the first instruction that is shown, from 0
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    first: u64,

    /// How many instructions are shown: a number, or `all`
    #[arg(long, value_name = "COUNT", default_value = "1000", value_parser = super::count::parse)]
    count: u64,

    /// Show what every instruction takes, not only what is stored, passed and returned
    #[arg(long)]
    operands: bool,

    /// Bound for the run by the wall clock, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = super::engine::seconds)]
    timeout: Duration,

    /// The program's arguments
    #[arg(last = true)]
    arguments: Vec<OsString>,
}

/// Prints the trace and gives the exit code.
pub fn run(arguments: &Arguments) -> io::Result<u8> {
    let path = &arguments.file;
    let given: Vec<Vec<u8>> = arguments.arguments.iter().map(|argument| argument.clone().into_vec()).collect();
    let program = script::read(path, &given)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))?;
    let last = arguments.first.saturating_add(arguments.count);
    let order = TraceOrder {
        all_operands: arguments.operands,
        // One more, so that the last one is seen to end.
        end: Some(last.saturating_add(1)),
        ..TraceOrder::whole(program, Limits { instructions: u64::MAX, ..Limits::default() })
    };
    let mut run = super::engine::tracer(&arguments.engine, arguments.timeout)?.start(&order)?;
    let mut listing = Listing::new(BufWriter::new(io::stdout().lock()), arguments.first..last);
    while let Some(block) = run.blocks.pull() {
        for event in decode(&block.bytes).map_err(|bad| io::Error::new(io::ErrorKind::InvalidData, bad))? {
            match listing.event(&event) {
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(0),
                result => result?,
            }
        }
    }
    super::output::unless_closed(listing.flush())?;
    drop(listing);
    let end = run.finish()?;
    if end.instructions > last {
        writeln!(io::stderr(), "cut after instruction {}; --first and --count show others", last - 1)?;
    } else if let Ending::Refused(message) = &end.run.ending {
        writeln!(io::stderr(), "{}", escaped(message))?;
        return Ok(1);
    }
    Ok(0)
}
