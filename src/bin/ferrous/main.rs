//! `ferrous`: Ferrous Lua in the place of `lua`, the stand-alone interpreter of Lua 5.1.
//!
//! What the interpreter does is in `lockstep::lua::embed::standalone`; here is the process that it does it in.
#![forbid(unsafe_code)]

mod console;
#[cfg(feature = "terminal")]
mod editor;
#[cfg(feature = "terminal")]
mod signals;
mod tracing;

use std::ffi::OsString;
use std::io::{ErrorKind, Write};
use std::os::unix::ffi::OsStringExt;

use console::ProcessConsole;
use lockstep::lua::embed::standalone::Invocation;
#[cfg(not(feature = "terminal"))]
use lockstep::lua::vm::Bounds;
use lockstep::lua::vm::State;

const HELP: &str = "\
Ferrous Lua, a Lua 5.1 interpreter in the place of `lua`

usage: ferrous [options] [script [args]]

  -e stat  execute string 'stat'
  -l name  require library 'name'
  -i       enter interactive mode after executing 'script'
  -v       show version information
  --       stop handling options
  -        execute stdin and stop handling options
  --help   show this text, if it is the only argument

Without arguments: interactive mode at a terminal, otherwise the script is read from
standard input. The script gets its arguments as `...` and in the table `arg`.
LUA_INIT in the environment, a chunk or @file, is executed before anything else. With
LUA_TRACE=1 in the environment, every instruction that is executed is shown on standard
error, with what it takes and what it writes (`lockstep trace` shows parts of that).

Exit code: 0, or 1 if a script or chunk fails or an option is wrong; `os.exit` gives others.

Examples:
  ferrous script.lua one two
  ferrous -e 'print(_VERSION)' -i
  LUA_TRACE=1 ferrous script.lua 2>script.trace
";

/// What this is called where it was started without a name.
const NAME: &[u8] = b"ferrous";

/// What a shell makes of the death that a signal of the system would have been.
const KILLED_BY_SIGPIPE: i32 = 128 + 13;

fn main() {
    let arguments: Vec<Vec<u8>> = std::env::args_os().map(OsString::into_vec).collect();
    if let [_, option] = arguments.as_slice()
        && option == b"--help"
    {
        // Whoever reads may have seen enough.
        let _ = std::io::stdout().write_all(HELP.as_bytes());
        return;
    }
    let trace = match tracing::wish(std::env::var_os("LUA_TRACE").as_deref()) {
        Ok(trace) => trace,
        Err(message) => {
            let name = arguments.first().filter(|name| !name.is_empty()).map_or(NAME, Vec::as_slice);
            // Nothing is left to do about a standard error that cannot be written to.
            let _ = std::io::stderr().write_all(&[name, b": LUA_TRACE: ", message.as_bytes(), b"\n"].concat());
            std::process::exit(1)
        }
    };
    let mut state = State::with_libraries();
    #[cfg(feature = "terminal")]
    signals::die_of_broken_pipes();
    #[cfg(not(feature = "terminal"))]
    state.set_bounds(Bounds { broken_pipe_is_final: true, ..Bounds::default() });
    let init = std::env::var_os("LUA_INIT").map(OsString::into_vec);
    let invocation = Invocation { arguments: &arguments, init: init.as_deref(), default_name: NAME };
    let code = tracing::run(trace, &mut state, &invocation, &mut ProcessConsole::default());
    let flushed = state.flush_all();
    let is_broken = state.is_pipe_broken() || flushed.is_err_and(|error| error.kind() == ErrorKind::BrokenPipe);
    std::process::exit(if is_broken { KILLED_BY_SIGPIPE } else { code })
}
