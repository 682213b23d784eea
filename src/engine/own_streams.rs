//! Streams of a process that runs Lua programs: where its protocol goes, no program can reach.

use std::fs::File;
use std::io;
use std::os::fd::AsFd;

/// What were standard input and standard output, as descriptors that no Lua program can name and no process that it starts gets.
/// In their place is now what is empty and takes everything.
///
/// # Errors
/// Descriptors that cannot be had.
pub fn own_streams() -> io::Result<(File, File)> {
    let input = File::from(io::stdin().as_fd().try_clone_to_owned()?);
    let output = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    let null = File::options().read(true).write(true).open("/dev/null")?;
    rustix::stdio::dup2_stdin(&null)?;
    rustix::stdio::dup2_stdout(&null)?;
    Ok((input, output))
}
