//! The engines by name. The only place that knows which engines exist.

use super::Engine;

/// The names that [`maker`] knows. The first is the one that decides.
pub const NAMES: [&str; 2] = ["reference", "ferrous"];

/// What makes the engine of this name, in this process; `None` if there is no such engine.
pub fn maker(name: &str) -> Option<fn() -> Box<dyn Engine>> {
    match name {
        "reference" => Some(|| Box::new(super::reference::ReferenceEngine::new())),
        "ferrous" => Some(|| Box::new(super::ferrous::FerrousEngine::new())),
        _ => None,
    }
}
