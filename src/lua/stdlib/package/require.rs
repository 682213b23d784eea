//! `require`: asks the loaders for a module, and runs what they give.

use super::{Call, Error, Step, Value, check_name, name_of, top};
use crate::lua::stdlib::stages::{Progress, Stage, get_field, run_from, set_field};

/// What `package.loaded` has for a module while that is loaded: a light userdata that is nothing else.
const LOADING: Value = Value::light(0x6C6F_6164);

/// `require(modname)`
pub(super) fn require(call: &mut Call<'_>) -> Result<Step, Error> {
    check_name(call)?;
    call.set_count(1);
    let loaded = Value::table(call.state.loaded_packages());
    call.push(loaded);
    run_from(Require::Look, call)
}

/// Where `require` keeps its values: the name is at 1.
const LOADED: usize = 2;
const LOADERS: usize = 4;
const MESSAGE: usize = 5;

/// The stages of `require`.
#[derive(Clone, Copy, Debug)]
enum Require {
    /// What is loaded under the name.
    Look,
    Known,
    /// The loaders.
    Loaders,
    Ask(i32),
    Answer(i32),
    /// The module, which a loader has given.
    Run,
    Returned,
    Reread,
    Finish,
    Give,
}

impl Stage for Require {
    fn run(self, call: &mut Call<'_>) -> Result<Progress<Self>, Error> {
        let loaded = call.value(LOADED);
        match self {
            Self::Look => get_field(call, loaded, &name_of(call), Self::Known),
            Self::Known => known(call),
            Self::Loaders => {
                if call.value(LOADERS).as_table().is_none() {
                    return Err(call.error("'package.loaders' must be a table"));
                }
                let message = call.state.heap.string(b"");
                call.push(message);
                Ok(Progress::Next(Self::Ask(1)))
            }
            Self::Ask(index) => ask(call, index),
            Self::Answer(index) => answer(call, index),
            Self::Run => {
                let name = call.value(1);
                call.push(name);
                Ok(Progress::Call { arguments: 1, wanted: 1, next: Self::Returned })
            }
            Self::Returned => {
                let value = top(call);
                if value.is_nil() {
                    return Ok(Progress::Next(Self::Reread));
                }
                set_field(call, loaded, &name_of(call), value, Self::Reread)
            }
            Self::Reread => get_field(call, loaded, &name_of(call), Self::Finish),
            Self::Finish => {
                if top(call) != LOADING {
                    return Ok(Progress::Return(1));
                }
                call.push(Value::TRUE);
                set_field(call, loaded, &name_of(call), Value::TRUE, Self::Give)
            }
            Self::Give => Ok(Progress::Return(1)),
        }
    }
}

fn known(call: &mut Call<'_>) -> Result<Progress<Require>, Error> {
    let value = top(call);
    if value == LOADING {
        let message = [b"loop or previous error loading module '", name_of(call).as_slice(), b"'"].concat();
        return Err(call.error(message));
    }
    if !value.is_falsy() {
        return Ok(Progress::Return(1));
    }
    let package = Value::table(call.environment());
    get_field(call, package, b"loaders", Require::Loaders)
}

/// Calls a loader. There is none any more when nobody knows the module.
fn ask(call: &mut Call<'_>, index: i32) -> Result<Progress<Require>, Error> {
    let loader = match call.value(LOADERS).as_table() {
        Some(loaders) => call.state.heap.table(loaders).get_int(index),
        None => Value::NIL,
    };
    let name = call.value(1);
    if loader.is_nil() {
        let tried =
            call.value(MESSAGE).as_string().map_or_else(Vec::new, |text| super::c_string(call.bytes(text)).to_vec());
        let message = [b"module '", name_of(call).as_slice(), b"' not found:", tried.as_slice()].concat();
        return Err(call.error(message));
    }
    call.push(loader);
    call.push(name);
    Ok(Progress::Call { arguments: 1, wanted: 1, next: Require::Answer(index) })
}

/// Takes the module from a loader, or the message about where it has looked.
fn answer(call: &mut Call<'_>, index: i32) -> Result<Progress<Require>, Error> {
    let answer = top(call);
    if answer.is_function() {
        let loaded = call.value(LOADED);
        return set_field(call, loaded, &name_of(call), LOADING, Require::Run);
    }
    if let (Some(more), Some(message)) = (call.state.to_string_value(answer), call.value(MESSAGE).as_string()) {
        let (message, more) = (call.bytes(message), call.bytes(more));
        call.check_room(message.len() + more.len())?;
        let message = [message, more].concat();
        let message = call.state.new_string(&message)?;
        call.set(MESSAGE, message);
    }
    call.set_count(MESSAGE);
    Ok(Progress::Next(Require::Ask(index.wrapping_add(1))))
}
