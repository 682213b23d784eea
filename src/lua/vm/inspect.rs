//! What debug information says about a thread's calls: their local variables and temporaries, of whichever thread.

use super::frame::Execution;
use super::messages::LevelFrame;
use super::state::State;
use crate::lua::bytecode::local_name;
use crate::lua::heap::{ThreadRef, Value};

/// The name of what has none.
const TEMPORARY: &[u8] = b"(*temporary)";

/// A place of a thread's stack, and what the program calls it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::lua) struct Local {
    pub name: Vec<u8>,
    place: usize,
}

impl State {
    /// What a thread is doing.
    pub(in crate::lua) fn execution_of(&self, thread: ThreadRef) -> &Execution {
        if thread == self.thread { &self.execution } else { &self.heap.thread(thread).execution }
    }

    /// Likewise, to be changed.
    pub(in crate::lua) fn execution_of_mut(&mut self, thread: ThreadRef) -> &mut Execution {
        self.heap.touch_thread(thread);
        if thread == self.thread { &mut self.execution } else { &mut self.heap.thread_mut(thread).execution }
    }

    /// The `number`th local variable of a call, counted from 1, or the temporary value in that place (`findlocal`). `pushed`
    /// tells how many values are about to be pushed on the thread's stack.
    pub(in crate::lua) fn find_local(
        &self,
        thread: ThreadRef,
        level: LevelFrame,
        number: i32,
        pushed: usize,
    ) -> Option<Local> {
        let execution = self.execution_of(thread);
        let (frame, next) = match level {
            LevelFrame::Frame(index) => (execution.frames.get(index), execution.frames.get(index + 1)),
            // The reference takes a lost call for what is below all calls.
            LevelFrame::TailCall => (None, execution.frames.first()),
        };
        let base = frame.map_or(1, |frame| frame.base as usize);
        let place = base.checked_add(usize::try_from(number).ok()?.checked_sub(1)?)?;
        let prototype = frame.and_then(|frame| Some((frame, self.prototypes.get(frame.prototype()?))));
        if let Some((frame, prototype)) = prototype
            && let Some(name) = local_name(&prototype.source, number, (frame.pc as usize).saturating_sub(1))
        {
            return Some(Local { name: name.to_vec(), place });
        }
        let end = next.map_or(execution.top + pushed, |next| next.function as usize);
        (place < end).then(|| Local { name: TEMPORARY.to_vec(), place })
    }

    /// The value of a local variable.
    pub(in crate::lua) fn local(&self, thread: ThreadRef, local: &Local) -> Value {
        self.execution_of(thread).stack.get(local.place).copied().unwrap_or(Value::NIL)
    }

    /// Sets a local variable.
    pub(in crate::lua) fn set_local(&mut self, thread: ThreadRef, local: &Local, value: Value) {
        if let Some(slot) = self.execution_of_mut(thread).stack.get_mut(local.place) {
            *slot = value;
        }
    }
}
