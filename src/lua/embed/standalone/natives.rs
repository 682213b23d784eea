//! The native functions of the stand-alone interpreter: what the reference's main program does with its C stack.
//!
//! Each is called by the host, where the reference is inside its main function, so that levels, tracebacks and the depth of
//! calls are those of the reference. They must not know what process they are in.

use crate::lua::heap::Value;
use crate::lua::stdlib::collectgarbage;
use crate::lua::vm::{Call, Completion, Error, GiveResults, Guard, Outcome, Pending, Step};

/// Loads its first argument, a chunk, under the name that is its second (`luaL_loadbuffer`).
pub(super) fn load_chunk(call: &mut Call<'_>) -> Result<Step, Error> {
    let (chunk, name) = (string_argument(call, 1), string_argument(call, 2));
    let function = call.state.load(&chunk, &name)?;
    call.give(function)
}

/// Loads the file that its argument names, or standard input for `nil` (`luaL_loadfile`).
pub(super) fn load_file(call: &mut Call<'_>) -> Result<Step, Error> {
    let path = call.value(1).as_string().map(|path| call.bytes(path).to_vec());
    let function = call.state.load_file(path.as_deref())?;
    call.give(function)
}

fn string_argument(call: &Call<'_>, place: usize) -> Vec<u8> {
    call.value(place).as_string().map_or_else(Vec::new, |string| call.bytes(string).to_vec())
}

/// The global variable that its argument names (`lua_getglobal`).
pub(super) fn get_global(call: &mut Call<'_>) -> Result<Step, Error> {
    let (globals, key) = (Value::table(call.state.globals()), call.value(1));
    look_up(call, globals, key, Box::new(GiveResults))
}

/// Assigns its second argument to the global variable that its first names (`lua_setglobal`).
pub(super) fn set_global(call: &mut Call<'_>) -> Result<Step, Error> {
    let (globals, key, value) = (Value::table(call.state.globals()), call.value(1), call.value(2));
    let Some((metamethod, object)) = call.state.assign(globals, key, value, None)? else { return Ok(Step::Return(0)) };
    for value in [metamethod, object, key, value] {
        call.push(value);
    }
    Ok(Step::Call { arguments: 3, wanted: 0, guard: Guard::None, pending: Box::new(GiveResults) })
}

/// Calls its second argument with the rest, under its first as message handler. Gives what that returns.
pub(super) fn call_under_handler(call: &mut Call<'_>) -> Result<Step, Error> {
    let arguments = call.count().saturating_sub(2);
    Ok(Step::Call { arguments, wanted: -1, guard: Guard::Handler(1), pending: Box::new(GiveResults) })
}

/// Collects garbage while its argument, an error value, stays alive.
pub(super) fn collect(call: &mut Call<'_>) -> Result<Step, Error> {
    let collector = call.state.new_native(collectgarbage, &[]);
    call.push(Value::native(collector));
    Ok(Step::Call { arguments: 0, wanted: 0, guard: Guard::None, pending: Box::new(GiveResults) })
}

/// Calls the global `print` with its arguments. Gives the message to show if that failed.
pub(super) fn print_all(call: &mut Call<'_>) -> Result<Step, Error> {
    let (globals, key) = (Value::table(call.state.globals()), call.state.heap.string(b"print"));
    look_up(call, globals, key, Box::new(Printing { is_found: false }))
}

#[derive(Clone, Copy, Debug)]
struct Printing {
    is_found: bool,
}

impl Pending for Printing {
    fn resume(self: Box<Self>, call: &mut Call<'_>, outcome: Outcome) -> Result<Step, Error> {
        if !self.is_found {
            outcome?;
            let print = call.pop();
            let arguments = call.count();
            call.insert(1, print);
            let pending = Box::new(Self { is_found: true });
            return Ok(Step::Call { arguments, wanted: 0, guard: Guard::NoHandler, pending });
        }
        match outcome {
            Ok(_) => Ok(Step::Return(0)),
            Err(error) if error.kind.is_final() => Err(error),
            Err(error) => {
                let text = match call.state.to_string_value(error.value) {
                    Some(text) => super::c_string(call.bytes(text)).to_vec(),
                    None => b"(null)".to_vec(),
                };
                call.give_bytes(&[b"error calling 'print' (", text.as_slice(), b")"].concat())
            }
        }
    }

    fn duplicate(&self) -> Box<dyn Pending> {
        Box::new(*self)
    }
}

/// The message handler: a message that is text goes through `debug.traceback`, as the program has that at the moment.
pub(super) fn add_traceback(call: &mut Call<'_>) -> Result<Step, Error> {
    let message = call.value(1);
    if !message.is_string() && !message.is_number() {
        return call.give(message);
    }
    let (globals, key) = (Value::table(call.state.globals()), call.state.heap.string(b"debug"));
    look_up(call, globals, key, Box::new(Tracing::FoundDebug))
}

/// [`add_traceback`] between two of the things that it has to look up.
#[derive(Clone, Copy, Debug)]
enum Tracing {
    FoundDebug,
    FoundTraceback,
}

impl Pending for Tracing {
    fn resume(self: Box<Self>, call: &mut Call<'_>, outcome: Outcome) -> Result<Step, Error> {
        outcome?;
        let found = call.pop();
        let message = call.value(1);
        match *self {
            Self::FoundDebug if found.as_table().is_some() => {
                let key = call.state.heap.string(b"traceback");
                look_up(call, found, key, Box::new(Self::FoundTraceback))
            }
            Self::FoundTraceback if found.is_function() => {
                // Level 2 leaves out the traceback function and this one.
                for value in [found, message, Value::number(2.0)] {
                    call.push(value);
                }
                Ok(Step::Call { arguments: 2, wanted: 1, guard: Guard::None, pending: Box::new(GiveResults) })
            }
            _ => call.give(message),
        }
    }

    fn duplicate(&self) -> Box<dyn Pending> {
        Box::new(*self)
    }
}

/// Looks up a key, with metamethods, and goes on with `pending` and the value on top (`lua_gettable`).
fn look_up(call: &mut Call<'_>, object: Value, key: Value, pending: Box<dyn Pending>) -> Result<Step, Error> {
    match call.state.look_up_plain(object, key)? {
        Ok(value) => {
            call.push(value);
            pending.resume(call, Ok(Completion { results: 1 }))
        }
        Err((metamethod, object)) => {
            for value in [metamethod, object, key] {
                call.push(value);
            }
            Ok(Step::Call { arguments: 2, wanted: 1, guard: Guard::None, pending })
        }
    }
}
