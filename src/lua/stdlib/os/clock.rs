//! `os.clock`: the processor time of the process.
//!
//! The standard library cannot ask the system for it, so it is read from `/proc`, where it is told in two ways. The sum of
//! the threads' own accounts is exact to the nanosecond but lacks threads that have ended; the account of the process has
//! them all but counts in hundredths of a second. The greater of the two is taken: exact for a process with one thread, and
//! never less than a hundredth behind for any other. Without `/proc`, it is the time since this was first asked for.

use std::fs;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::lua::heap::Value;
use crate::lua::vm::{Call, Error, Step};

/// `os.clock()`
pub(super) fn clock(call: &mut Call<'_>) -> Result<Step, Error> {
    /// What was told last: time does not go back when a thread takes its exact account with it.
    static LAST: AtomicU64 = AtomicU64::new(0);
    // `clock` of the C library counts microseconds.
    let now = u64::try_from(processor_time().as_micros()).unwrap_or(u64::MAX);
    let microseconds = now.max(LAST.fetch_max(now, Ordering::Relaxed));
    call.give(Value::number(microseconds as f64 / 1e6))
}

/// The processor time that the process has used.
fn processor_time() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    // In this order: the system brings the threads' accounts up to date when it is asked for the process's.
    match time_of_process() {
        Some(time) => time.max(time_of_threads().unwrap_or_default()),
        None => START.get_or_init(Instant::now).elapsed(),
    }
}

/// The time in user and system mode, from fields 14 and 15 of `/proc/self/stat`.
fn time_of_process() -> Option<Duration> {
    // Ticks are hundredths of a second on every Linux system (USER_HZ).
    const MILLISECONDS_PER_TICK: u64 = 10;
    let stat = fs::read("/proc/self/stat").ok()?;
    // Field 2 is a name in parentheses, which may hold anything.
    let end = stat.iter().rposition(|byte| *byte == b')')?;
    let rest = std::str::from_utf8(stat.get(end + 1..)?).ok()?;
    let mut fields = rest.split_ascii_whitespace().skip(11);
    let (user, system): (u64, u64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some(Duration::from_millis(user.saturating_add(system).saturating_mul(MILLISECONDS_PER_TICK)))
}

/// The time of all threads that there are, from the first field of each one's `schedstat`.
fn time_of_threads() -> Option<Duration> {
    let mut sum = Duration::ZERO;
    for thread in fs::read_dir("/proc/self/task").ok()? {
        // A thread may end at any moment.
        let Ok(account) = fs::read_to_string(thread.ok()?.path().join("schedstat")) else { continue };
        let nanoseconds = account.split_ascii_whitespace().next()?.parse().ok()?;
        sum = sum.saturating_add(Duration::from_nanos(nanoseconds));
    }
    Some(sum)
}
