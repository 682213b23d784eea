//! `module`, which makes a table the environment of the chunk that calls it, and `package.seeall`.

use super::{Call, Error, Step, Value, check_name, name_of, top};
use crate::lua::stdlib::stages::{Progress, Stage, get_field, run_from, set_field};
use crate::lua::vm::LevelFrame;

/// `module(name [, ···])`
pub(super) fn module(call: &mut Call<'_>) -> Result<Step, Error> {
    check_name(call)?;
    let loaded_at = call.count() + 1;
    let loaded = Value::table(call.state.loaded_packages());
    call.push(loaded);
    run_from(Module { loaded_at, goal: Goal::Look }, call)
}

/// A stage of `module`, and where it has put `package.loaded`: behind the arguments, with the module's table above.
#[derive(Clone, Copy, Debug)]
struct Module {
    loaded_at: usize,
    goal: Goal,
}

#[derive(Clone, Copy, Debug)]
enum Goal {
    /// What is loaded under the name.
    Look,
    Known,
    /// The global table of that name, made where it is missing: the part of the name from this byte on is next.
    Descend(usize),
    /// The same, with a table above that was made for the part before.
    Made(usize),
    Enter,
    /// Whether the module has been made by this function before.
    Initialised,
    Named,
    SetName,
    SetPackage,
    /// The environment of the caller.
    Environment,
    Options(usize),
}

impl Stage for Module {
    fn run(self, call: &mut Call<'_>) -> Result<Progress<Self>, Error> {
        let to = |goal| Module { goal, ..self };
        let (loaded, module) = (call.value(self.loaded_at), call.value(self.loaded_at + 1));
        match self.goal {
            Goal::Look => get_field(call, loaded, &name_of(call), to(Goal::Known)),
            Goal::Known if module.as_table().is_some() => Ok(Progress::Next(to(Goal::Initialised))),
            Goal::Known => {
                let globals = Value::table(call.state.globals());
                call.set(self.loaded_at + 1, globals);
                Ok(Progress::Next(to(Goal::Descend(0))))
            }
            Goal::Descend(start) => self.descend(call, start),
            Goal::Made(next) => {
                let made = top(call);
                Ok(self.go_down(call, made, next))
            }
            Goal::Enter => set_field(call, loaded, &name_of(call), module, to(Goal::Initialised)),
            Goal::Initialised => get_field(call, module, b"_NAME", to(Goal::Named)),
            Goal::Named => {
                if !call.pop().is_nil() {
                    return Ok(Progress::Next(to(Goal::Environment)));
                }
                set_field(call, module, b"_M", module, to(Goal::SetName))
            }
            Goal::SetName => set_field(call, module, b"_NAME", call.value(1), to(Goal::SetPackage)),
            Goal::SetPackage => {
                let name = name_of(call);
                let package = name.iter().rposition(|byte| *byte == b'.').map_or(0, |dot| dot + 1);
                let package = call.state.new_string(name.get(..package).unwrap_or_default())?;
                call.push(package);
                set_field(call, module, b"_PACKAGE", package, to(Goal::Environment))
            }
            Goal::Environment => {
                call.set_count(self.loaded_at + 1);
                set_callers_environment(call, module)?;
                Ok(Progress::Next(to(Goal::Options(2))))
            }
            Goal::Options(place) if place < self.loaded_at => {
                let option = call.value(place);
                call.push(option);
                call.push(module);
                Ok(Progress::Call { arguments: 1, wanted: 0, next: to(Goal::Options(place + 1)) })
            }
            Goal::Options(_) => Ok(Progress::Return(0)),
        }
    }
}

impl Module {
    /// Goes to the table of the part of the name that starts here, or makes it (`luaL_findtable`).
    fn descend(self, call: &mut Call<'_>, start: usize) -> Result<Progress<Self>, Error> {
        let name = call.value(1).as_string().map_or(&b""[..], |name| call.bytes(name));
        let Some(rest) = name.get(start..) else {
            return Ok(Progress::Next(Module { goal: Goal::Enter, ..self }));
        };
        let part = rest.split(|byte| *byte == b'.').next().unwrap_or_default().to_vec();
        let next = start + part.len() + 1;
        let current = call.value(self.loaded_at + 1);
        let key = call.state.new_string(&part)?;
        let found = current.as_table().map_or(Value::NIL, |table| call.raw_get(table, key));
        if found.is_nil() {
            let made = Value::table(call.state.library_table(1));
            call.push(made);
            return set_field(call, current, &part, made, Module { goal: Goal::Made(next), ..self });
        }
        if found.as_table().is_none() {
            let message = [b"name conflict for module '", name_of(call).as_slice(), b"'"].concat();
            return Err(call.error(message));
        }
        Ok(self.go_down(call, found, next))
    }

    fn go_down(self, call: &mut Call<'_>, table: Value, next: usize) -> Progress<Self> {
        call.set(self.loaded_at + 1, table);
        call.set_count(self.loaded_at + 1);
        Progress::Next(Module { goal: Goal::Descend(next), ..self })
    }
}

/// Makes a table the environment of the function that called the running one.
fn set_callers_environment(call: &mut Call<'_>, table: Value) -> Result<(), Error> {
    let caller = match call.state.frame_at_level(1) {
        // The call was lost in a tail call: there is no function whose environment it could be.
        Some(LevelFrame::TailCall) => return Ok(()),
        Some(LevelFrame::Frame(index)) => call.state.function_of_frame(index).as_closure(),
        None => None,
    };
    match (caller, table.as_table()) {
        (Some(closure), Some(table)) => {
            call.state.heap.set_closure_environment(closure, table);
            Ok(())
        }
        _ => Err(call.error("'module' not called from a Lua function")),
    }
}

/// `package.seeall(module)`
pub(super) fn see_all(call: &mut Call<'_>) -> Result<Step, Error> {
    let module = call.check_table(1)?;
    let metatable = match call.state.heap.table(module).metatable() {
        Some(metatable) => metatable,
        None => {
            let metatable = call.state.library_table(1);
            call.state.heap.set_metatable(module, Some(metatable));
            metatable
        }
    };
    call.push(Value::table(metatable));
    run_from(SeeAll::Set, call)
}

/// The stages of `package.seeall`.
#[derive(Clone, Copy, Debug)]
enum SeeAll {
    Set,
    End,
}

impl Stage for SeeAll {
    fn run(self, call: &mut Call<'_>) -> Result<Progress<Self>, Error> {
        match self {
            Self::Set => {
                let globals = Value::table(call.state.globals());
                set_field(call, top(call), b"__index", globals, Self::End)
            }
            Self::End => Ok(Progress::Return(0)),
        }
    }
}
