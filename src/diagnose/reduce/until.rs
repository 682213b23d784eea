//! When a reduction is to end at the latest: at a time, or when somebody says so.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// The end of the time, and a flag that ends it earlier.
#[derive(Clone, Debug)]
pub struct Until {
    pub deadline: Instant,
    /// Set when nothing more is wanted, by Ctrl-C say.
    pub interrupt: Arc<AtomicBool>,
}

impl Until {
    /// The end of so much time from now on.
    pub fn after(time: Duration, interrupt: Arc<AtomicBool>) -> Self {
        Self { deadline: Instant::now() + time, interrupt }
    }

    /// Whether it has come.
    pub fn is_over(&self) -> bool {
        self.is_interrupted() || Instant::now() >= self.deadline
    }

    /// Whether somebody has ended it.
    pub fn is_interrupted(&self) -> bool {
        self.interrupt.load(Ordering::Relaxed)
    }

    /// How much time is left.
    pub fn rest(&self) -> Duration {
        if self.is_interrupted() { Duration::ZERO } else { self.deadline.saturating_duration_since(Instant::now()) }
    }
}
