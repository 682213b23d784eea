//! The engines that an oracle puts beside each other.

use crate::engine::Engine;
use crate::engine::ferrous::FerrousEngine;
use crate::engine::reference::SnapshotEngine;

/// The engine that decides, and the one that is tested.
pub struct Pair<'e> {
    pub reference: &'e mut dyn Engine,
    pub tested: &'e mut dyn Engine,
}

/// Both engines in this process: fast, and at the mercy of what they run.
///
/// The thread that runs them needs [`STACK_SIZE`](crate::engine::reference::STACK_SIZE) bytes of stack.
#[derive(Default)]
pub struct InProcess {
    reference: SnapshotEngine,
    tested: FerrousEngine,
}

impl InProcess {
    /// Both of them.
    pub fn pair(&mut self) -> Pair<'_> {
        Pair { reference: &mut self.reference, tested: &mut self.tested }
    }
}
