//! Native functions in stages: between two of them a function may be called, such as a metamethod of a field.
//!
//! The reference's `lua_getfield`, `lua_setfield` and `lua_call` stand in the middle of straight code. Here each of them ends a
//! stage and names the next one. Values wait on the function's stack, never in a stage.

use crate::lua::heap::Value;
use crate::lua::vm::{Call, Error, Guard, Outcome, Pending, Step};

/// A point from which a native function goes on.
pub(super) trait Stage: Clone + Send + Sync + std::fmt::Debug + Sized + 'static {
    /// Does what is to be done up to the next stage, or the end.
    ///
    /// # Errors
    /// Those of the native function.
    fn run(self, call: &mut Call<'_>) -> Result<Progress<Self>, Error>;
}

/// What a stage has come to.
#[derive(Debug)]
pub(super) enum Progress<S> {
    /// Go on there.
    Next(S),
    /// Call the function that is on the stack below so many arguments, and go on there with so many results on top.
    Call { arguments: usize, wanted: i32, next: S },
    /// The function ends, with so many values from its top.
    Return(usize),
}

/// Runs a native function from a stage on.
pub(super) fn run_from<S: Stage>(mut stage: S, call: &mut Call<'_>) -> Result<Step, Error> {
    loop {
        match stage.run(call)? {
            Progress::Next(next) => stage = next,
            Progress::Return(count) => return Ok(Step::Return(count)),
            Progress::Call { arguments, wanted, next } => {
                return Ok(Step::Call { arguments, wanted, guard: Guard::None, pending: Box::new(Waiting(next)) });
            }
        }
    }
}

/// Goes on with the value of a string key on top of the stack (`lua_getfield`).
///
/// # Errors
/// When the object cannot be indexed.
pub(super) fn get_field<S: Stage>(
    call: &mut Call<'_>,
    object: Value,
    name: &[u8],
    next: S,
) -> Result<Progress<S>, Error> {
    let key = call.state.new_string(name)?;
    match call.state.look_up_plain(object, key)? {
        Ok(value) => {
            call.push(value);
            Ok(Progress::Next(next))
        }
        Err((metamethod, object)) => {
            call.push(metamethod);
            call.push(object);
            call.push(key);
            Ok(Progress::Call { arguments: 2, wanted: 1, next })
        }
    }
}

/// Assigns to a string key (`lua_setfield`). The object and the value must be on a stack, or be no objects.
///
/// # Errors
/// When the object cannot be indexed, or there is no room.
pub(super) fn set_field<S: Stage>(
    call: &mut Call<'_>,
    object: Value,
    name: &[u8],
    value: Value,
    next: S,
) -> Result<Progress<S>, Error> {
    let key = call.state.new_string(name)?;
    match call.state.assign(object, key, value, None)? {
        None => Ok(Progress::Next(next)),
        Some((metamethod, object)) => {
            call.push(metamethod);
            call.push(object);
            call.push(key);
            call.push(value);
            Ok(Progress::Call { arguments: 3, wanted: 0, next })
        }
    }
}

/// A stage that waits for a call to end.
#[derive(Clone, Debug)]
struct Waiting<S>(S);

impl<S: Stage> Pending for Waiting<S> {
    fn resume(self: Box<Self>, call: &mut Call<'_>, outcome: Outcome) -> Result<Step, Error> {
        outcome?;
        run_from(self.0, call)
    }

    fn duplicate(&self) -> Box<dyn Pending> {
        Box::new(self.clone())
    }
}
