//! What signals do to the process, where Rust's runtime would have it otherwise than `lua` has it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use lockstep::lua::vm::Interruptible;
use signal_hook::consts::{SIGINT, SIGPIPE};
use signal_hook::iterator::Signals;
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
    /// Whether there was one that the chunk is to be interrupted for.
    is_wanted: Arc<AtomicBool>,
}

impl Default for Interrupts {
    fn default() -> Self {
        let interrupts =
            Self { is_fatal: Arc::new(AtomicBool::new(true)), is_wanted: Arc::new(AtomicBool::new(false)) };
        // What is registered first is done first. If that cannot be, every interrupt ends the process.
        let _ = flag::register_conditional_default(SIGINT, interrupts.is_fatal.clone())
            .and_then(|_| flag::register(SIGINT, interrupts.is_fatal.clone()))
            .and_then(|_| flag::register(SIGINT, interrupts.is_wanted.clone()))
            .and_then(|_| Signals::new([SIGINT]))
            .map(|signals| pass_on(signals, interrupts.is_wanted.clone()));
        interrupts
    }
}

/// Has a thread pass interrupts on to the loop: a signal handler can only set flags of its own.
fn pass_on(mut signals: Signals, is_wanted: Arc<AtomicBool>) {
    let wait = move || {
        for _ in signals.forever() {
            if is_wanted.swap(false, Ordering::SeqCst) {
                Interruptible::request();
            }
        }
    };
    // Without the thread, it takes a second interrupt to end the chunk, and with it the process.
    let _ = std::thread::Builder::new().name("interrupts".to_owned()).spawn(wait);
}

impl Interrupts {
    /// A chunk is about to run.
    pub fn allow(&self) {
        self.is_wanted.store(false, Ordering::SeqCst);
        Interruptible::withdraw();
        self.is_fatal.store(false, Ordering::SeqCst);
    }

    /// The chunk has ended. A wish that came too late is forgotten.
    pub fn forbid(&self) {
        self.is_fatal.store(true, Ordering::SeqCst);
        self.is_wanted.store(false, Ordering::SeqCst);
        Interruptible::withdraw();
    }
}
