//! What signals do to the process, where Rust's runtime would have it otherwise than `lua` has it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

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

/// Ctrl-C: the first one while a chunk runs is an error in it, any other ends the process.
pub struct Interrupts {
    /// Whether the next one ends the process.
    is_fatal: Arc<AtomicBool>,
    /// Whether the chunk is to be interrupted.
    is_wanted: Arc<AtomicBool>,
}

impl Default for Interrupts {
    fn default() -> Self {
        let interrupts =
            Self { is_fatal: Arc::new(AtomicBool::new(true)), is_wanted: Arc::new(AtomicBool::new(false)) };
        // What is registered first is done first. If that cannot be, every interrupt ends the process.
        let _ = flag::register_conditional_default(SIGINT, interrupts.is_fatal.clone())
            .and_then(|_| flag::register(SIGINT, interrupts.is_fatal.clone()))
            .and_then(|_| flag::register(SIGINT, interrupts.is_wanted.clone()));
        interrupts
    }
}

impl Interrupts {
    /// The flag that is set by the first one while a chunk runs.
    pub fn flag(&self) -> Arc<AtomicBool> {
        self.is_wanted.clone()
    }

    /// A chunk is about to run.
    pub fn allow(&self) {
        self.is_wanted.store(false, Ordering::SeqCst);
        self.is_fatal.store(false, Ordering::SeqCst);
    }

    /// The chunk has ended. A wish that came too late is forgotten.
    pub fn forbid(&self) {
        self.is_fatal.store(true, Ordering::SeqCst);
        self.is_wanted.store(false, Ordering::SeqCst);
    }
}
