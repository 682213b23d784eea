//! `debug.traceback`: the call stack of a thread as text.

use super::thread_argument;
use crate::lua::heap::ThreadRef;
use crate::lua::number::to_int;
use crate::lua::vm::{Call, Completion, Error, Event, Guard, Outcome, Pending, Step, Traceback};

/// `debug.traceback([thread,] [message [, level]])`
pub(super) fn traceback(call: &mut Call<'_>) -> Result<Step, Error> {
    let (thread, shift) = thread_argument(call);
    let level = match call.state.to_number(call.value(shift + 2)) {
        Some(level) => {
            // The last argument goes, whichever that is.
            call.pop();
            to_int(level)
        }
        None => i32::from(thread == call.state.thread),
    };
    let message = call.argument(shift + 1);
    if message.is_some_and(|message| !message.is_string() && !message.is_number()) {
        return Ok(Step::Return(1));
    }
    let head: &[u8] = if message.is_some() { b"\nstack traceback:" } else { b"stack traceback:" };
    let mut writing = Writing { thread, shift, levels: Traceback::new(level) };
    let (text, _) = writing.next_level(call, head);
    let text = call.state.new_string(&text)?;
    call.push(text);
    writing.go_on(call)
}

/// A traceback under construction. Like the reference's, it joins everything that is on the stack after every level, surplus
/// arguments included; those may have metamethods.
#[derive(Clone, Copy, Debug)]
struct Writing {
    thread: ThreadRef,
    /// How many values at the bottom of the stack do not belong to the text.
    shift: usize,
    levels: Traceback,
}

impl Writing {
    /// The text of the next level, after a head. Says whether there was a level.
    fn next_level(&mut self, call: &Call<'_>, head: &[u8]) -> (Vec<u8>, bool) {
        let mut text = head.to_vec();
        let found = self.levels.write_next(call.state, call.state.execution_of(self.thread), &mut text);
        (text, found)
    }

    fn go_on(mut self, call: &mut Call<'_>) -> Result<Step, Error> {
        loop {
            while call.count() > self.shift + 1 {
                if let Some(step) = self.join(call)? {
                    return Ok(step);
                }
            }
            let (text, found) = self.next_level(call, b"");
            if !found {
                return Ok(Step::Return(1));
            }
            let text = call.state.new_string(&text)?;
            call.push(text);
        }
    }

    /// Joins the two values on top, or says which function is to be called for that.
    fn join(self, call: &mut Call<'_>) -> Result<Option<Step>, Error> {
        let (left, right) = (call.value(call.count() - 1), call.value(call.count()));
        if let (Some(first), Some(second)) = (call.state.to_string_value(left), call.state.to_string_value(right)) {
            let text = [call.bytes(first), call.bytes(second)].concat();
            call.spend(text.len())?;
            let text = call.state.new_string(&text)?;
            call.pop();
            call.set(call.count(), text);
            return Ok(None);
        }
        let metamethod = [left, right]
            .map(|operand| call.state.metamethods.of(&call.state.heap, operand, Event::Concat))
            .into_iter()
            .find(|metamethod| !metamethod.is_nil());
        let Some(metamethod) = metamethod else {
            let culprit = if left.is_string() || left.is_number() { right } else { left };
            return Err(call.state.type_error(culprit, None, "concatenate"));
        };
        for value in [metamethod, left, right] {
            call.push(value);
        }
        Ok(Some(Step::Call { arguments: 2, wanted: 1, guard: Guard::None, pending: Box::new(self) }))
    }
}

impl Pending for Writing {
    fn resume(self: Box<Self>, call: &mut Call<'_>, outcome: Outcome) -> Result<Step, Error> {
        let Completion { .. } = outcome?;
        // The result takes the place of the two operands below it.
        let result = call.pop();
        call.pop();
        call.set(call.count(), result);
        self.go_on(call)
    }

    fn duplicate(&self) -> Box<dyn Pending> {
        Box::new(*self)
    }
}
