//! The engines by name. The only place that knows which engines exist.

use super::ferrous::FerrousEngine;
use super::reference::ReferenceEngine;
use super::{Engine, Limits, Program, Run};
use crate::trace::Recorder;

/// The names that [`maker`] knows. The first is the one that decides.
pub const NAMES: [&str; 2] = ["reference", "ferrous"];

/// What makes the engine of this name, in this process; `None` if there is no such engine.
pub fn maker(name: &str) -> Option<fn() -> Box<dyn Engine>> {
    match name {
        "reference" => Some(|| Box::new(ReferenceEngine::new())),
        "ferrous" => Some(|| Box::new(FerrousEngine::new())),
        _ => None,
    }
}

/// Runs a program under a recorder, as [`Engine::run`] does without.
pub type Tracer = fn(&Program, &Limits, &mut Recorder<'_>) -> Run;

/// What traces runs of the engine of this name, in this process; `None` if there is no such engine.
pub fn tracer(name: &str) -> Option<Tracer> {
    match name {
        "reference" => Some(|program, limits, recorder| ReferenceEngine::new().trace(program, limits, recorder)),
        "ferrous" => Some(|program, limits, recorder| FerrousEngine::new().trace(program, limits, recorder)),
        _ => None,
    }
}
