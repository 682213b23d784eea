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
use super::base::c_string;
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

/// A string argument up to its first zero byte, as C functions see it.
fn check_c_string(call: &mut Call<'_>, place: usize) -> Result<Vec<u8>, Error> {
    let text = call.check_string(place)?;
    Ok(c_string(call.bytes(text)).to_vec())
}

/// An optional string argument up to its first zero byte.
fn optional_c_string(call: &mut Call<'_>, place: usize) -> Result<Option<Vec<u8>>, Error> {
    if call.is_none_or_nil(place) { Ok(None) } else { check_c_string(call, place).map(Some) }
}

/// `os.setlocale(locale [, category])`, on a system with the locale `C` alone.
fn setlocale(call: &mut Call<'_>) -> Result<Step, Error> {
    const CATEGORIES: [&[u8]; 6] = [b"all", b"collate", b"ctype", b"monetary", b"numeric", b"time"];
    let locale = optional_c_string(call, 1)?;
    if let Some(category) = optional_c_string(call, 2)?
        && !CATEGORIES.contains(&category.as_slice())
    {
        return Err(call.argument_error(2, [b"invalid option '", category.as_slice(), b"'"].concat()));
    }
    match locale.as_deref() {
        None | Some(b"" | b"C" | b"POSIX") => call.give_bytes(b"C"),
        Some(_) => call.give(Value::NIL),
    }
}
