//! The library `coroutine`.

use super::Functions;
use crate::lua::heap::{Thread, ThreadRef, ThreadStatus, Value};
use crate::lua::vm::{Call, Completion, Error, Execution, GiveStatus, MAX_C_STACK, Outcome, Pending, State, Step};

const FUNCTIONS: &Functions = &[
    ("create", create),
    ("resume", resume),
    ("running", running),
    ("status", status),
    ("wrap", wrap),
    ("yield", yield_values),
];

/// Opens the library.
pub(super) fn open(state: &mut State) {
    state.open_library("coroutine", FUNCTIONS);
}

fn new_coroutine(call: &mut Call<'_>) -> Result<Value, Error> {
    let function = call.value(1);
    if function.as_closure().is_none() {
        return Err(call.argument_error(1, "Lua function expected"));
    }
    let mut execution = Box::new(Execution::new());
    execution.push(function);
    execution.hooks = call.state.execution.hooks.inherited();
    let (resumer, globals) = (call.state.thread, call.state.globals());
    let thread = Thread::new(execution, resumer, globals);
    let thread = call.state.heap.new_thread(thread);
    call.state.forget_hook(thread)?;
    Ok(Value::thread(thread))
}

/// `coroutine.create(f)`
fn create(call: &mut Call<'_>) -> Result<Step, Error> {
    let thread = new_coroutine(call)?;
    call.give(thread)
}

/// `coroutine.wrap(f)`
fn wrap(call: &mut Call<'_>) -> Result<Step, Error> {
    let thread = new_coroutine(call)?;
    let native = call.state.new_native(resume_wrapped, &[thread]);
    call.give(Value::native(native))
}

fn status_name(status: ThreadStatus) -> &'static str {
    match status {
        ThreadStatus::Running => "running",
        ThreadStatus::Suspended => "suspended",
        ThreadStatus::Normal => "normal",
        ThreadStatus::Dead => "dead",
    }
}

fn check_coroutine(call: &mut Call<'_>) -> Result<ThreadRef, Error> {
    match call.value(1).as_thread() {
        Some(thread) => Ok(thread),
        None => Err(call.argument_error(1, "coroutine expected")),
    }
}

/// `coroutine.status(co)`
fn status(call: &mut Call<'_>) -> Result<Step, Error> {
    let thread = check_coroutine(call)?;
    let name = status_name(call.state.heap.thread(thread).status);
    call.give_bytes(name.as_bytes())
}

/// `coroutine.running()`
fn running(call: &mut Call<'_>) -> Result<Step, Error> {
    let thread = call.state.thread;
    let is_main = thread == call.state.main_thread;
    call.give(if is_main { Value::NIL } else { Value::thread(thread) })
}

/// `coroutine.yield(···)`
fn yield_values(call: &mut Call<'_>) -> Result<Step, Error> {
    Ok(Step::Yield(call.count()))
}

/// Why a coroutine cannot be resumed, if so.
#[inline(always)]
fn refusal(call: &mut Call<'_>, thread: ThreadRef, arguments: usize) -> Result<Option<Value>, Error> {
    let coroutine = call.state.heap.thread(thread);
    // Before it starts, its function is on its stack.
    let has_room = arguments + usize::from(!coroutine.started) <= MAX_C_STACK;
    let status = coroutine.status;
    if has_room && status == ThreadStatus::Suspended { Ok(None) } else { refuse(call, has_room, status).map(Some) }
}

#[cold]
#[inline(never)]
fn refuse(call: &mut Call<'_>, has_room: bool, status: ThreadStatus) -> Result<Value, Error> {
    if !has_room {
        return Err(call.error("too many arguments to resume"));
    }
    let message = format!("cannot resume {} coroutine", status_name(status));
    Ok(call.state.heap.string(message.as_bytes()))
}

/// `coroutine.resume(co [, val1, ···])`
fn resume(call: &mut Call<'_>) -> Result<Step, Error> {
    let thread = check_coroutine(call)?;
    let arguments = call.count() - 1;
    match refusal(call, thread, arguments)? {
        None => Ok(Step::Resume { thread, arguments, pending: Box::new(Resumed) }),
        Some(message) => {
            call.push(Value::FALSE);
            call.push(message);
            Ok(Step::Return(2))
        }
    }
}

/// Makes sure that what a coroutine handed over fits, and a status with it.
fn check_results(call: &mut Call<'_>) -> Result<(), Error> {
    if call.has_stack(1) { Ok(()) } else { Err(call.error("too many results to resume")) }
}

/// `coroutine.resume` when the coroutine is back.
#[derive(Clone, Copy, Debug)]
struct Resumed;

impl Pending for Resumed {
    fn resume(self: Box<Self>, call: &mut Call<'_>, outcome: Outcome) -> Result<Step, Error> {
        if outcome.is_ok() {
            check_results(call)?;
        }
        Box::new(GiveStatus).resume(call, outcome)
    }

    fn duplicate(&self) -> Box<dyn Pending> {
        Box::new(*self)
    }
}

/// The function that `coroutine.wrap` gives.
fn resume_wrapped(call: &mut Call<'_>) -> Result<Step, Error> {
    let Some(thread) = call.upvalue(0).as_thread() else { return Err(call.stopped()) };
    let arguments = call.count();
    match refusal(call, thread, arguments)? {
        None => Ok(Step::Resume { thread, arguments, pending: Box::new(ResumedWrapped) }),
        Some(message) => Err(wrapped_error(call, Error::raised(message))),
    }
}

/// The error of a wrapped coroutine as its caller sees it: text gets the caller's position.
fn wrapped_error(call: &mut Call<'_>, error: Error) -> Error {
    if error.kind.is_final() {
        return error;
    }
    match call.state.to_string_value(error.value) {
        Some(message) => {
            let message = call.bytes(message).to_vec();
            call.error(message)
        }
        None => Error::raised(error.value),
    }
}

/// A wrapped coroutine's function when the coroutine is back.
#[derive(Clone, Copy, Debug)]
struct ResumedWrapped;

impl Pending for ResumedWrapped {
    fn resume(self: Box<Self>, call: &mut Call<'_>, outcome: Outcome) -> Result<Step, Error> {
        match outcome {
            Ok(Completion { results }) => {
                check_results(call)?;
                Ok(Step::Return(results))
            }
            Err(error) => Err(wrapped_error(call, error)),
        }
    }

    fn duplicate(&self) -> Box<dyn Pending> {
        Box::new(*self)
    }
}
