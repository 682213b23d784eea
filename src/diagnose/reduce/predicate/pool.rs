//! Engines that are lent out and come back, so that all who ask at once have some for themselves.
//!
//! It must not know what engines are, or what they are wanted for.

use std::io;
use std::sync::{Mutex, PoisonError};

/// Engines that nobody uses just now, and how to start more.
pub struct Pool<E, S> {
    start: S,
    idle: Mutex<Vec<E>>,
}

impl<E, S: Fn() -> io::Result<E>> Pool<E, S> {
    /// A pool with some to begin with.
    pub fn new(first: E, start: S) -> Self {
        Self { start, idle: Mutex::new(vec![first]) }
    }

    /// Lends some, new ones if all are lent. Who finds them broken does not give them back.
    ///
    /// # Errors
    /// When they do not start.
    pub fn take(&self) -> io::Result<E> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.map_or_else(&self.start, Ok)
    }

    /// Takes some back.
    pub fn give_back(&self, engines: E) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(engines);
    }
}
