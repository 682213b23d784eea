//! The sweep: freeing what marking did not reach, some objects at a time.
//!
//! Threads come first: the variables of a dead one are handed to the upvalues that still refer to them, which are not swept
//! before.

use super::{FREE, Phase};
use crate::lua::heap::arena::Swept;
use crate::lua::heap::{Heap, Value};
use crate::lua::vm::Prototypes;

/// How many slots, some of them free, a part of the sweep looks at, at least (`GCSWEEPMAX` is 40 objects) and at most.
const SLOTS: std::ops::RangeInclusive<usize> = 40..=4096;
/// What the reference takes for a look at an object (`GCSWEEPCOST`).
const COST: usize = 10;
/// What free slots cost, of which there may be many.
const LEAST_COST: usize = 8;

/// Which objects the sweep is at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Threads,
    Strings,
    Tables,
    Closures,
    Natives,
    Upvalues,
    Userdata,
    Prototypes,
}

impl Kind {
    const fn next(self) -> Option<Self> {
        Some(match self {
            Kind::Threads => Kind::Strings,
            Kind::Strings => Kind::Tables,
            Kind::Tables => Kind::Closures,
            Kind::Closures => Kind::Natives,
            Kind::Natives => Kind::Upvalues,
            Kind::Upvalues => Kind::Userdata,
            Kind::Userdata => Kind::Prototypes,
            Kind::Prototypes => return None,
        })
    }
}

/// How far the sweep is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cursor {
    kind: Kind,
    position: usize,
}

impl Heap {
    /// Sweeps some objects, many if there is a budget for it. Gives what it costs.
    pub(super) fn sweep_part(&mut self, prototypes: &mut Prototypes, budget: i64) -> usize {
        let Cursor { kind, position } = self.collector.sweep;
        let slots = usize::try_from(budget).unwrap_or(0) / COST;
        let slots = slots.clamp(*SLOTS.start(), *SLOTS.end());
        let swept = match kind {
            Kind::Threads => self.sweep_threads(position, slots),
            Kind::Strings => self.strings.sweep(position, slots),
            Kind::Tables => self.tables.sweep(position, slots),
            Kind::Closures => self.closures.sweep(position, slots),
            Kind::Natives => self.natives.sweep(position, slots),
            Kind::Upvalues => self.upvalues.sweep(position, slots),
            Kind::Userdata => self.userdata.sweep(position, slots),
            Kind::Prototypes => prototypes.sweep(position, slots),
        };
        self.note_freed(swept.freed);
        self.collector.sweep = match (swept.next, kind.next()) {
            (Some(position), _) => Cursor { kind, position },
            (None, Some(kind)) => Cursor { kind, position: 0 },
            (None, None) => {
                self.end_sweep();
                Cursor::default()
            }
        };
        (swept.objects * COST).max(LEAST_COST)
    }

    fn sweep_threads(&mut self, position: usize, slots: usize) -> Swept {
        for thread in self.threads.dead_in_part(position, slots) {
            let execution = std::mem::take(&mut *self.threads.unswept_mut(thread).execution);
            self.note_freed(execution.accounted);
            for open in &execution.open {
                let value = execution.stack.get(open.place as usize).copied().unwrap_or(Value::NIL);
                // Most of them are dead as well.
                if self.upvalues.generation(open.upvalue.0).is_some() {
                    self.close_upvalue(open.upvalue, value);
                }
            }
        }
        self.threads.sweep(position, slots)
    }

    fn note_freed(&mut self, bytes: usize) {
        self.allocated = self.allocated.saturating_sub(bytes);
        self.collector.pace.note_freed(bytes);
    }

    fn end_sweep(&mut self) {
        self.set_dead(FREE);
        let freed = self.strings.shrink();
        self.note_freed(freed);
        self.collector.phase = Phase::Finalise;
    }
}
