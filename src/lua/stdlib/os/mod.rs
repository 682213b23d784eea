//! The library `os`: what a program may ask of the system around it (`loslib.c`, as it is built for Linux).
//!
//! `os.exit` ends the program and not the process: it is an error that nothing catches, and the host decides what comes of it.

mod clock;
mod date;
mod files;
mod process;
#[cfg(test)]
mod tests;
mod time;

use super::Functions;
use crate::lua::heap::Value;
use crate::lua::vm::{Call, Error, State, Step};

const FUNCTIONS: &Functions = &[
    ("clock", clock::clock),
    ("date", date::date),
    ("difftime", date::difftime),
    ("execute", process::execute),
    ("exit", process::exit),
    ("getenv", process::getenv),
    ("remove", files::remove),
    ("rename", files::rename),
    ("setlocale", setlocale),
    ("time", date::time),
    ("tmpname", files::tmpname),
];

/// Opens the library.
pub(super) fn open(state: &mut State) {
    state.open_library("os", FUNCTIONS);
}

/// `os.setlocale(locale [, category])`, on a system with the locale `C` alone.
fn setlocale(call: &mut Call<'_>) -> Result<Step, Error> {
    let locale = call.optional_c_string(1)?;
    call.check_option(2, Some("all"), &["all", "collate", "ctype", "monetary", "numeric", "time"])?;
    match locale.as_deref() {
        None | Some(b"" | b"C" | b"POSIX") => call.give_bytes(b"C"),
        Some(_) => call.give(Value::NIL),
    }
}
