//! `ferrousc`: Ferrous Lua's compiler in the place of `luac`: source text to binary chunks, and listings of both.
#![forbid(unsafe_code)]

mod options;

use std::ffi::OsString;
use std::fs::File;
use std::io::Write;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::Path;
use std::process::ExitCode;

use lockstep::lua::bytecode::{Detail, MAX_COMBINED, Marks, combine, dump, list};
use lockstep::lua::c_string;
use lockstep::lua::embed::standalone::VERSION;
use lockstep::lua::stdlib::system_message;
use lockstep::lua::vm::State;
use options::{DEFAULT_OUTPUT, Options, WrongUsage};

const OPTIONS: &str = "  -        process stdin
  -l       list
  -o name  output to file 'name' (default is \"luac.out\")
  -p       parse only
  -s       strip debug information
  -v       show version information
  --       stop handling options
";

/// `luac` calls its compiler one C function deep.
const LEVELS: u32 = 1;

const C_BUFFER_SIZE: usize = 4096;

fn main() -> ExitCode {
    let arguments: Vec<Vec<u8>> = std::env::args_os().map(OsString::into_vec).collect();
    if let [_, option] = arguments.as_slice()
        && option == b"--help"
    {
        show_help();
        return ExitCode::SUCCESS;
    }
    #[cfg(feature = "terminal")]
    die_of_broken_pipes();
    let name = arguments.first().filter(|name| !name.is_empty()).map_or(b"ferrousc".as_slice(), Vec::as_slice);
    let result = match Options::of(&arguments) {
        Ok(options) => compile(&options),
        Err(WrongUsage::UnknownOption(option)) => {
            Err(Failure::Usage([b"unrecognized option '", option, b"'"].concat()))
        }
        Err(WrongUsage::NoOutputName) => Err(Failure::Usage(b"'-o' needs argument".to_vec())),
    };
    let (message, is_usage) = match result {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Failure::Usage(message)) => (message, true),
        Err(Failure::Fatal(message)) => (message, false),
    };
    let mut text = [name, b": ", c_string(&message), b"\n"].concat();
    if is_usage {
        text.extend(
            [b"usage: ", name, b" [options] [filenames].\nAvailable options are:\n", OPTIONS.as_bytes()].concat(),
        );
    }
    // Nothing is left to do about a standard error that cannot be written to.
    let _ = std::io::stderr().lock().write_all(&text);
    ExitCode::FAILURE
}

/// From now on a write to a pipe that nobody reads ends the process silently. Rust's runtime ignores the signal at the start.
#[cfg(feature = "terminal")]
fn die_of_broken_pipes() {
    let always = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
    // If that cannot be, writing fails instead.
    let _ = signal_hook::flag::register_conditional_default(signal_hook::consts::SIGPIPE, always);
}

enum Failure {
    /// The message, before the usage.
    Usage(Vec<u8>),
    /// The message.
    Fatal(Vec<u8>),
}

/// Does what the options ask for.
fn compile(options: &Options<'_>) -> Result<(), Failure> {
    if options.shows_version {
        show(format!("{VERSION}\n").as_bytes());
        if options.is_version_all {
            return Ok(());
        }
    }
    if options.files.is_empty() {
        return Err(Failure::Usage(b"no input files given".to_vec()));
    }
    let too_many = || Failure::Fatal(b"too many input files".to_vec());
    if options.files.len() > MAX_COMBINED {
        return Err(too_many());
    }
    let mut state = State::new();
    let prototypes = options
        .files
        .iter()
        .map(|file| state.prototype_of_file(Some(*file).filter(|file| file != b"-"), LEVELS))
        .collect::<Result<Vec<_>, _>>()
        .map_err(Failure::Fatal)?;
    let prototype = combine(prototypes).ok_or_else(too_many)?;
    if options.listing > 0 {
        let detail = if options.listing > 1 { Detail::Full } else { Detail::Code };
        show(&list(&prototype, detail, Marks::Addresses));
    }
    if options.is_dumping { write(&dump(&prototype, options.is_stripping), options.output) } else { Ok(()) }
}

fn write(chunk: &[u8], output: Option<&[u8]>) -> Result<(), Failure> {
    let cannot = |what: &str, error: std::io::Error| {
        // The reference has no name for standard output either.
        let output = output.unwrap_or(b"(null)");
        let message = [b"cannot ", what.as_bytes(), b" ", output, b": ", system_message(&error).as_bytes()].concat();
        Failure::Fatal(message)
    };
    // What fits into C's buffer is written when the file is closed.
    let step = if chunk.len() <= C_BUFFER_SIZE { "close" } else { "write" };
    match output {
        None => {
            let mut stdout = std::io::stdout().lock();
            stdout.write_all(chunk).and_then(|()| stdout.flush()).map_err(|error| cannot(step, error))
        }
        Some(path) => {
            let path = Path::new(std::ffi::OsStr::from_bytes(path));
            let mut file = File::create(path).map_err(|error| cannot("open", error))?;
            file.write_all(chunk).map_err(|error| cannot(step, error))
        }
    }
}

/// Writes to standard output, whose failures are not looked at.
fn show(text: &[u8]) {
    let mut stdout = std::io::stdout().lock();
    let _ = stdout.write_all(text).and_then(|()| stdout.flush());
}

fn show_help() {
    show(b"Ferrous Lua's compiler, in the place of `luac`\n\nusage: ferrousc [options] [filenames]\n\n");
    show(OPTIONS.as_bytes());
    show(
        format!(
            "  --help   show this text, if it is the only argument

Compiles Lua 5.1 source text to a binary chunk; several files become one chunk that runs
them in turn. With -l or -p and no file, {DEFAULT_OUTPUT} is read.

Exit code: 0, or 1 if a file cannot be read, is not accepted, or the chunk cannot be written.

Examples:
  ferrousc -o program.luac program.lua
  ferrousc -l -l -p program.lua
"
        )
        .as_bytes(),
    );
}
