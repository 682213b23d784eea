//! `lockstep trace FILE`: what an engine did, instruction by instruction.

use std::{
    ffi::OsString,
    io::{self, BufWriter, Write},
    os::unix::ffi::OsStrExt,
    path::PathBuf,
    time::Duration,
};

use clap::ValueEnum;
use lockstep::{
    engine::{Ending, Limits, Program, TraceEngine, TraceOrder, TracedRun, select},
    outcome::escaped,
    report::trace::{
        filter::{Filter, FunctionChoice, LineRange, Registers},
        json::JsonLines,
        listing::{Listing, SourceText},
        reader::{Close, Form, Reader, Wanted},
    },
    trace::{Lines, decode},
};

/// How many instructions are shown if nothing is said: more than a screen, and no more than somebody may want to scroll through.
const USUAL_LIMIT: u64 = 1000;

/// What this exits with when the program is not accepted.
const REFUSED: u8 = 1;

/// Show what an engine does, instruction by instruction
///
/// A line for each instruction: its number, function and place in it, source line, the instruction, and the values that it
/// stores, passes or returns; after it, the registers that it wrote. Above them is the text of the source line. Objects are
/// numbered in the order of their first appearance, functions too.
///
/// Instructions may be chosen by their function, line and the registers that they write; those that meet all conditions are
/// shown. How many were left out is said on standard error.
#[derive(clap::Args)]
#[command(after_long_help = "\
Exit codes:
  0  traced, however the program ended
  1  the program is not accepted; the message is on standard error
  2  the harness could not do its job

Examples:
  lockstep trace program.lua
  lockstep trace --operands --lines 10-20 program.lua
  lockstep trace --function main --function 12 --registers 0,3-5 program.lua
  lockstep trace --engine reference --first 1000000 --count 50 program.lua
  lockstep trace --limit all program.lua -- first second | less
  lockstep trace --format json --limit all program.lua | jq -c 'select(.record == \"ended\")'")]
pub struct Arguments {
    /// The Lua program: source text or a binary chunk
    file: PathBuf,

    /// Whose run to trace
    #[arg(long, default_value = "ferrous", value_parser = clap::builder::PossibleValuesParser::new(select::NAMES))]
    engine: String,

    /// Text for people, or JSON Lines (described in docs/trace-format.md)
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Show only instructions of this function: `main`, the line that it is defined in, or its number in the trace (`#3`)
    ///
    /// May be given more than once. Functions have no names of their own in Lua.
    #[arg(long, value_name = "FUNCTION")]
    function: Vec<FunctionChoice>,

    /// Show only instructions of these lines of the program: `12`, `12-20`, `12-` or `-20`
    #[arg(long, value_name = "LINES", allow_hyphen_values = true)]
    lines: Option<LineRange>,

    /// Show only writes to these registers, as in `0,3-5`, each when it has happened
    #[arg(long, value_name = "REGISTERS")]
    registers: Option<Registers>,

    /// The number of the first executed instruction that is shown, from 0
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    first: u64,

    /// How many executed instructions, from the first on, are gone through: a number, or `all`
    #[arg(long, value_name = "COUNT", value_parser = super::count::parse)]
    count: Option<u64>,

    /// How many instructions are shown: a number, or `all` [default: 1000; `all` with --count]
    #[arg(long, value_name = "COUNT", value_parser = super::count::parse)]
    limit: Option<u64>,

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

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

impl Arguments {
    fn filter(&self) -> Filter {
        let usual = if self.count.is_some() { u64::MAX } else { USUAL_LIMIT };
        let limit = self.limit.unwrap_or(usual);
        let end = self.first.saturating_add(self.count.unwrap_or(u64::MAX));
        let mut filter = Filter {
            functions: self.function.clone(),
            lines: self.lines.clone(),
            registers: self.registers.clone(),
            window: self.first..end,
            limit,
        };
        if !filter.is_narrow() {
            // The run can end by itself where the limit is reached.
            filter.window.end = end.min(self.first.saturating_add(limit));
        }
        filter
    }
}

/// Prints the trace and gives the exit code.
pub fn run(arguments: &Arguments) -> io::Result<u8> {
    let program = super::program::read(&arguments.file, &arguments.arguments)?;
    // A program that is not accepted is not accepted by the run either, which says why.
    let main = super::program::prototype(&program, &arguments.engine, arguments.timeout)?;
    let lines = main.map(|main| Lines::of(&main)).unwrap_or_default();
    let filter = arguments.filter();
    let out = BufWriter::new(io::stdout().lock());
    match arguments.format {
        Format::Text => {
            let listing = Listing::new(out, text_of(&program));
            follow(arguments, program, Reader::new(listing, filter.clone(), lines), &filter)
        }
        Format::Json => {
            let records = JsonLines::new(out, &arguments.engine, arguments.file.as_os_str().as_bytes())?;
            follow(arguments, program, Reader::new(records, filter.clone(), lines), &filter)
        }
    }
}

fn text_of(program: &Program) -> Option<SourceText> {
    (!program.is_binary()).then(|| SourceText { name: program.name.clone(), text: program.chunk.clone() })
}

/// Runs the program, shows its trace, says what was left out, and gives the exit code.
fn follow<F: Form>(arguments: &Arguments, program: Program, mut reader: Reader<F>, filter: &Filter) -> io::Result<u8> {
    let order = TraceOrder {
        all_operands: arguments.operands,
        // One more, so that the last one is seen to end.
        end: Some(filter.window.end.saturating_add(1)),
        ..TraceOrder::whole(program, Limits { instructions: u64::MAX, ..Limits::default() })
    };
    let run = super::engine::tracer(&arguments.engine, arguments.timeout)?.start(&order)?;
    let (close, result) = show(run, &mut reader, filter);
    let shown = reader.close(&close);
    // Who has seen enough wants no notes.
    for result in [result, shown] {
        match result {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(0),
            result => result?,
        }
    }
    say(&close, &reader, filter)?;
    Ok(if matches!(close, Close::Ended(Ending::Refused(_))) { REFUSED } else { 0 })
}

/// Shows a run up to its end, or as long as it is wanted. Gives how that ended, and an error that it ended by.
fn show<F: Form>(mut run: TracedRun, reader: &mut Reader<F>, filter: &Filter) -> (Close, io::Result<()>) {
    while let Some(block) = run.blocks.pull() {
        match show_block(&block.bytes, reader) {
            Ok(Wanted::More) => {}
            Ok(Wanted::NoMore) => return (Close::Cut, Ok(())),
            Err(error) => return (Close::BrokeOff(error.to_string()), Err(error)),
        }
    }
    match run.finish() {
        Ok(end) if end.instructions > filter.window.end => (Close::Cut, Ok(())),
        Ok(end) => (Close::Ended(end.run.ending), Ok(())),
        Err(error) => (Close::BrokeOff(error.to_string()), Err(error)),
    }
}

fn show_block<F: Form>(bytes: &[u8], reader: &mut Reader<F>) -> io::Result<Wanted> {
    for event in decode(bytes).map_err(|bad| io::Error::new(io::ErrorKind::InvalidData, bad))? {
        if reader.event(event)? == Wanted::NoMore {
            return Ok(Wanted::NoMore);
        }
    }
    Ok(Wanted::More)
}

/// Says on standard error what was left out, and why a program was not accepted.
fn say<F: Form>(close: &Close, reader: &Reader<F>, filter: &Filter) -> io::Result<()> {
    let counts = reader.counts();
    let mut notes = io::stderr().lock();
    if let Close::Ended(Ending::Refused(message)) = close {
        return writeln!(notes, "{}", escaped(message));
    }
    let shown = format!("{} instructions shown of {} executed", counts.shown, counts.executed);
    match close {
        Close::Cut => {
            let last = counts.executed.saturating_sub(1);
            writeln!(notes, "cut after instruction {last}: {shown}; --first, --count and --limit show others")
        }
        _ if filter.is_narrow() => writeln!(notes, "{shown}"),
        _ => Ok(()),
    }
}
