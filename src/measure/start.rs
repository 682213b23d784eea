//! A state with its libraries, made and dropped: what it costs to begin a run.

use std::{convert::Infallible, hint::black_box, num::NonZeroU32};

use super::samples::{Samples, alternate};
use crate::engine::{Limits, reference::ReferenceState};
use crate::lua::vm::State;

/// The reference makes a state, opens the libraries and closes it; the engine under test clones a prepared state and drops
/// the clone. Both do it `repetitions` times in a sample.
pub(super) fn measure(rounds: NonZeroU32, repetitions: u32) -> (Samples, Samples) {
    let limits = Limits::default();
    let prepared = State::with_libraries();
    let reference = || (0..repetitions).for_each(|_| drop(black_box(ReferenceState::new(&limits))));
    let subject = || (0..repetitions).for_each(|_| drop(black_box(prepared.clone())));
    let Ok(samples) = alternate(rounds, reference, subject, |(), ()| Ok::<(), Infallible>(()));
    samples
}
