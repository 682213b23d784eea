//! `ferrous`: a stand-alone Lua 5.1 interpreter. `ferrous FILE [ARGS]` runs a script the way `lua` does.
#![forbid(unsafe_code)]

use std::ffi::OsString;
use std::io::Write;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::Path;
use std::process::ExitCode;

use lockstep::lua::embed::{Script, ScriptError, script_of_file};
use lockstep::lua::heap::Value;
use lockstep::lua::stdlib::system_message;
use lockstep::lua::vm::State;

const USAGE: &str = "usage: ferrous FILE [ARGS]

Runs a Lua 5.1 script, source text or a binary chunk. The script gets ARGS as `...`
and in the global table `arg`, with FILE at index 0.

Exit code: 0, or 1 if the script cannot be read, is not accepted, or raises an error.

Examples:
  ferrous script.lua
  ferrous script.lua one two
";

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    match arguments.next() {
        None => {
            eprint!("{USAGE}");
            ExitCode::FAILURE
        }
        Some(option) if option == "--help" || option == "-h" => {
            print!("{USAGE}");
            ExitCode::SUCCESS
        }
        Some(file) => match run(&file, arguments.map(OsString::into_vec).collect()) {
            Ok(code) => code,
            Err(message) => {
                if let Some(message) = message {
                    // Nothing is left to do about a standard error that cannot be written to.
                    let _ = std::io::stderr().lock().write_all(&[b"ferrous: ", message.as_slice(), b"\n"].concat());
                }
                ExitCode::FAILURE
            }
        },
    }
}

/// Runs a script file, and gives the exit code. The error is the message for the user, if there is one.
fn run(file: &OsString, arguments: Vec<Vec<u8>>) -> Result<ExitCode, Option<Vec<u8>>> {
    let path = file.as_bytes();
    let content = std::fs::read(Path::new(file)).map_err(|error| {
        let mut message = b"cannot open ".to_vec();
        message.extend_from_slice(path);
        message.extend_from_slice(format!(": {}", system_message(&error)).as_bytes());
        Some(message)
    })?;
    let name = [b"@", path].concat();
    let script = Script { chunk: script_of_file(&content), name: &name, arguments: &arguments, path };
    let mut state = State::with_libraries();
    let mut result = state.run_main_script(&script, &mut ());
    if !matches!(result, Err(ScriptError::Exited(_))) {
        // Finalisers have nobody to tell of their errors, but may end the program as well.
        if let Err(ScriptError::Exited(code)) = state.close(&mut ()) {
            result = Err(ScriptError::Exited(code));
        }
    }
    let flushed = state.flush_all();
    let code = match result {
        Ok(()) => ExitCode::SUCCESS,
        // As the system cuts it.
        Err(ScriptError::Exited(code)) => ExitCode::from(code as u8),
        Err(error) => return Err(message_of(&mut state, error)),
    };
    match flushed {
        Ok(()) => Ok(code),
        Err(error) => Err(Some(format!("cannot write to standard output: {error}").into_bytes())),
    }
}

/// An error as `lua` shows it: not at all if the error value is `nil`.
fn message_of(state: &mut State, error: ScriptError) -> Option<Vec<u8>> {
    Some(match error {
        ScriptError::Raised { value: Value::NIL, .. } => return None,
        ScriptError::Refused(message) => message,
        ScriptError::OutOfMemory => b"not enough memory".to_vec(),
        ScriptError::Stopped | ScriptError::Exited(_) => b"interrupted".to_vec(),
        ScriptError::Raised { value, traceback } => match text_of(state, value) {
            Some(mut text) => {
                text.extend_from_slice(&traceback);
                text
            }
            None => b"(error object is not a string)".to_vec(),
        },
    })
}

fn text_of(state: &mut State, value: Value) -> Option<Vec<u8>> {
    let string = state.to_string_value(value)?;
    Some(state.heap.bytes(string).to_vec())
}
