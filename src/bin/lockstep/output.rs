//! Standard output for subcommands. Whoever reads may stop at any time; that is no failure, and the exit code still tells the rest.

use std::io::{self, Write};

/// Writes a text to standard output.
///
/// # Errors
/// When it cannot be written, unless nobody reads any more.
pub fn print(text: &[u8]) -> io::Result<()> {
    unless_closed(io::stdout().lock().write_all(text))
}

/// The result of writing to standard output, which is good if nobody reads any more.
///
/// # Errors
/// Every other error of the result.
pub fn unless_closed(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}
