//! Processes of others, found and killed.

use std::fs;
use std::process::Child;

use rustix::process::{Pid, Signal, kill_process};

/// The processes that this one has started and that are alive.
pub fn children(parent: u32) -> Vec<u32> {
    let entries = fs::read_dir("/proc").expect("there are processes").flatten();
    let numbers = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    numbers.filter(|number| parent_of(*number) == Some(parent)).collect()
}

/// The parent of a process that is alive and no zombie.
fn parent_of(process: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name comes in parentheses and may have any of them in it.
    let (_, rest) = stat.rsplit_once(')')?;
    let mut fields = rest.split_whitespace();
    let is_dead = fields.next()? == "Z";
    fields.next()?.parse().ok().filter(|_| !is_dead)
}

pub fn is_alive(process: u32) -> bool {
    parent_of(process).is_some()
}

/// Sends a signal. That the process is gone already is no error.
pub fn send(process: u32, signal: Signal) {
    let process = i32::try_from(process).ok().and_then(Pid::from_raw).expect("a number of a process");
    let _ = kill_process(process, signal);
}

/// The exit code of a process that ends within a minute or two.
pub fn code_of(child: &mut Child) -> Option<i32> {
    child.wait().expect("it can be waited for").code()
}
