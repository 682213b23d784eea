//! What signals do to the process, where Rust's runtime or the terminal would have it otherwise than `lua` has it.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use signal_hook::consts::{SIGINT, SIGPIPE};
use signal_hook::{flag, low_level};

/// From now on a write to a pipe that nobody reads ends the process silently. Rust's runtime ignores the signal at the start.
pub fn die_of_broken_pipes() {
    // If that cannot be, writing fails instead.
    let _ = flag::register_conditional_default(SIGPIPE, Arc::new(AtomicBool::new(true)));
}

/// Ends the process as Ctrl-C does.
pub fn die_of_interrupt() {
    let _ = low_level::emulate_default_handler(SIGINT);
}
