//! The clock of the process: processor time, in user space and in the kernel, of all its threads.

use std::{hint::black_box, time::Duration};

use rustix::time::{ClockId, clock_gettime};

/// How much processor time the process has used.
fn now() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(u64::try_from(time.tv_sec).unwrap_or_default(), u32::try_from(time.tv_nsec).unwrap_or_default())
}

/// Does the work, and gives the processor time that it took.
pub fn time<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = now();
    let result = black_box(work());
    (now().saturating_sub(start), result)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_takes_as_long_as_it_takes() {
        let long = Duration::from_millis(20);
        let (measured, end) = time(|| {
            let start = now();
            while now() < start + long {}
            now()
        });
        assert!(measured >= long, "{measured:?}");
        assert!(measured <= end, "{measured:?} of {end:?}");
    }
}
