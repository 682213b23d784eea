//! Panics of what is under test, as findings. Nothing here knows what was being tried.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::Verdict;
use crate::diagnose::error_class;

/// What `check` says; that the claim is broken if it panics.
///
/// Engines in this process may be used further after that: their runs are in copies of a state that no run changes.
pub(super) fn caught(oracle: &'static str, check: impl FnOnce() -> Verdict) -> Verdict {
    catch_unwind(AssertUnwindSafe(check)).unwrap_or_else(|payload| {
        let message = message_of(&*payload);
        Verdict::broken(oracle, &format!("panic: {}", error_class(message.as_bytes())), message, "in a panic")
    })
}

/// What a panic said.
pub(super) fn message_of(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<String>().cloned();
    text.or_else(|| payload.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default()
}
