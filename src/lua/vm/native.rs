//! What a native function is given, and what it gives back.
//!
//! A native function never calls into the loop: it says what it wants called ([`Step::Call`]) and leaves behind a
//! [`Pending`] operation that goes on with the results. So nothing recurses on the Rust stack, and a state that waits in the
//! middle of `table.sort` can be cloned. Values live on the function's stack, never in a pending operation: the collector
//! runs between steps.

use super::error::Error;
use super::state::State;
use crate::lua::heap::{ThreadRef, Value};

/// The code of a native function.
pub type NativeFunction = fn(&mut Call<'_>) -> Result<Step, Error>;

/// What a native function wants next.
// The tag is as wide as the fields: moving a step in odd pieces stalls the processor at every call.
#[derive(Debug)]
#[repr(u64)]
pub enum Step {
    /// To return this many values from its top.
    Return(usize),
    /// Likewise, for a function that may have set a hook, which then sees this return already.
    ReturnHooked(usize),
    /// To call the function that is on its stack below so many arguments.
    Call {
        arguments: usize,
        /// How many results it wants; -1 for all.
        wanted: i32,
        guard: Guard,
        pending: Box<dyn Pending>,
    },
    /// To resume a coroutine with so many arguments from its top.
    Resume { thread: ThreadRef, arguments: usize, pending: Box<dyn Pending> },
    /// To suspend the running coroutine with so many values from its top.
    Yield(usize),
}

/// What happens to an error in a call that a native function makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub enum Guard {
    /// It goes on to whoever called the native function.
    None,
    /// The pending operation gets it; message handlers in force outside still see it.
    SameHandler,
    /// The pending operation gets it; no message handler sees it.
    NoHandler,
    /// The pending operation gets it, after the message handler at this place of the function's stack (from 1) has seen it.
    Handler(usize),
}

/// How a call that a native function made has ended.
pub type Outcome = Result<Completion, Error>;

/// A call that ended without an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Completion {
    /// How many results are on top of the function's stack, in place of the function and its arguments.
    pub results: usize,
}

/// The rest of a native function that has made a call: a small resumable state machine.
pub trait Pending: Send + Sync + std::fmt::Debug {
    /// Goes on after the call. An `Err` comes only to those that guarded the call or resumed a coroutine.
    ///
    /// # Errors
    /// Those of the native function.
    fn resume(self: Box<Self>, call: &mut Call<'_>, outcome: Outcome) -> Result<Step, Error>;

    /// A copy, for a copy of the state.
    fn duplicate(&self) -> Box<dyn Pending>;
}

/// The end of a native function that returns what its call returned.
#[derive(Clone, Copy, Debug)]
pub struct GiveResults;

impl Pending for GiveResults {
    fn resume(self: Box<Self>, _: &mut Call<'_>, outcome: Outcome) -> Result<Step, Error> {
        outcome.map(|Completion { results }| Step::Return(results))
    }

    fn duplicate(&self) -> Box<dyn Pending> {
        Box::new(*self)
    }
}

/// The end of a native function that returns `true` and what its call returned, or `false` and the error.
#[derive(Clone, Copy, Debug)]
pub struct GiveStatus;

impl Pending for GiveStatus {
    fn resume(self: Box<Self>, call: &mut Call<'_>, outcome: Outcome) -> Result<Step, Error> {
        match outcome {
            Ok(Completion { results }) => {
                let first = call.count() - results + 1;
                call.insert(first, Value::TRUE);
                Ok(Step::Return(results + 1))
            }
            Err(error) if error.kind.is_final() => Err(error),
            Err(error) => {
                call.push(Value::FALSE);
                call.push(error.value);
                Ok(Step::Return(2))
            }
        }
    }

    fn duplicate(&self) -> Box<dyn Pending> {
        Box::new(*self)
    }
}

/// A native function's view of the state: its arguments, and everything that it may do.
pub struct Call<'a> {
    pub state: &'a mut State,
    base: usize,
}

impl<'a> Call<'a> {
    pub(super) fn new(state: &'a mut State, base: usize) -> Self {
        Self { state, base }
    }

    /// How many values are on the function's stack: at first, its arguments.
    #[inline(always)]
    pub fn count(&self) -> usize {
        self.state.execution.top - self.base
    }

    /// The value at a place of the function's stack, counted from 1; `None` beyond its end.
    #[inline(always)]
    pub fn argument(&self, place: usize) -> Option<Value> {
        if place <= self.count() { Some(self.state.execution.stack[self.base + place - 1]) } else { None }
    }

    /// Like [`Call::argument`], with `nil` beyond the end.
    #[inline(always)]
    pub fn value(&self, place: usize) -> Value {
        self.argument(place).unwrap_or(Value::NIL)
    }

    /// Overwrites a value of the function's stack; a place beyond its end is an error of the caller and ignored.
    pub fn set(&mut self, place: usize, value: Value) {
        if place >= 1 && place <= self.count() {
            self.state.execution.stack[self.base + place - 1] = value;
        }
    }

    /// Puts a value on top of the function's stack.
    #[inline(always)]
    pub fn push(&mut self, value: Value) {
        self.state.execution.push(value);
    }

    /// Takes the value from the top; `nil` if there is none.
    pub fn pop(&mut self) -> Value {
        if self.count() == 0 {
            return Value::NIL;
        }
        self.state.execution.top -= 1;
        self.state.execution.stack[self.state.execution.top]
    }

    /// Makes the stack so many values long, with `nil` for new ones.
    pub fn set_count(&mut self, count: usize) {
        let top = self.base + count;
        self.state.execution.reserve(top);
        if top > self.state.execution.top {
            let old = self.state.execution.top;
            self.state.execution.stack[old..top].fill(Value::NIL);
        }
        self.state.execution.top = top;
    }

    /// Inserts a value at a place, moving up what is there and above.
    pub fn insert(&mut self, place: usize, value: Value) {
        self.push(Value::NIL);
        let (from, to) = (self.base + place - 1, self.state.execution.top);
        if let Some(values) = self.state.execution.stack.get_mut(from..to) {
            let mut moving = value;
            for slot in values {
                moving = std::mem::replace(slot, moving);
            }
        }
    }

    /// The `place`-th upvalue of the running native function, counted from 0; `nil` if there is none.
    pub fn upvalue(&self, place: usize) -> Value {
        match self.state.running_native() {
            Some(native) => self.state.heap.native(native).upvalues.get(place).copied().unwrap_or(Value::NIL),
            None => Value::NIL,
        }
    }

    /// Changes the `place`-th upvalue of the running native function, counted from 0; without effect if there is none.
    pub fn set_upvalue(&mut self, place: usize, value: Value) {
        if let Some(native) = self.state.running_native() {
            self.state.heap.set_native_upvalue(native, place, value);
        }
    }

    /// Returns one value.
    #[inline(always)]
    pub fn give(&mut self, value: Value) -> Result<Step, Error> {
        self.push(value);
        Ok(Step::Return(1))
    }

    /// Returns a string with these bytes.
    pub fn give_bytes(&mut self, bytes: &[u8]) -> Result<Step, Error> {
        let value = self.state.new_string(bytes)?;
        self.give(value)
    }
}
