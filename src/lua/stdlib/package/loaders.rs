//! What `require` asks for a module, one after the other: `package.loaders`. Each gives a function, or says where it looked.

use std::path::Path;

use super::{Call, Error, OsStr, OsStrExt, Step, Value, c_string, check_name, library, name_of, substitute, top};
use crate::lua::stdlib::stages::{Progress, Stage, get_field, run_from};
use crate::lua::vm::ErrorKind;

/// The first loader: a function that the program has put into `package.preload`.
pub(super) fn preloaded(call: &mut Call<'_>) -> Result<Step, Error> {
    check_name(call)?;
    run_from(Preloaded::Table, call)
}

/// The loader of files in Lua, found by `package.path`.
pub(super) fn lua_file(call: &mut Call<'_>) -> Result<Step, Error> {
    search(call, Kind::Lua)
}

/// The loader of libraries in C, found by `package.cpath`.
pub(super) fn c_file(call: &mut Call<'_>) -> Result<Step, Error> {
    search(call, Kind::C)
}

/// The loader of libraries in C that hold a whole tree of modules, found by the first part of the name.
pub(super) fn c_root_file(call: &mut Call<'_>) -> Result<Step, Error> {
    search(call, Kind::Root)
}

/// The stages of the first loader.
#[derive(Clone, Copy, Debug)]
enum Preloaded {
    Table,
    Field,
    Found,
}

impl Stage for Preloaded {
    fn run(self, call: &mut Call<'_>) -> Result<Progress<Self>, Error> {
        match self {
            Self::Table => {
                let package = Value::table(call.environment());
                get_field(call, package, b"preload", Self::Field)
            }
            Self::Field => {
                let preload = top(call);
                if preload.as_table().is_none() {
                    return Err(call.error("'package.preload' must be a table"));
                }
                let name = name_of(call);
                get_field(call, preload, &name, Self::Found)
            }
            Self::Found => {
                if top(call).is_nil() {
                    let message = [b"\n\tno field package.preload['", name_of(call).as_slice(), b"']"].concat();
                    let message = call.state.new_string(&message)?;
                    call.push(message);
                }
                Ok(Progress::Return(1))
            }
        }
    }
}

/// Which of the loaders that look for files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Lua,
    C,
    Root,
}

impl Kind {
    fn path(self) -> &'static str {
        if self == Self::Lua { "path" } else { "cpath" }
    }
}

fn search(call: &mut Call<'_>, kind: Kind) -> Result<Step, Error> {
    let name = check_name(call)?;
    if kind == Kind::Root && !name.contains(&b'.') {
        return Ok(Step::Return(0));
    }
    run_from(Search::Path(kind), call)
}

/// The stages of a loader that looks for a file.
#[derive(Clone, Copy, Debug)]
enum Search {
    Path(Kind),
    File(Kind),
}

impl Stage for Search {
    fn run(self, call: &mut Call<'_>) -> Result<Progress<Self>, Error> {
        match self {
            Self::Path(kind) => {
                let package = Value::table(call.environment());
                get_field(call, package, kind.path().as_bytes(), Self::File(kind))
            }
            Self::File(kind) => {
                let path = top(call);
                let Some(path) = call.state.to_string_value(path) else {
                    return Err(call.error(format!("'package.{}' must be a string", kind.path())));
                };
                let path = c_string(call.bytes(path)).to_vec();
                let name = name_of(call);
                let sought = match kind {
                    Kind::Root => name.split(|byte| *byte == b'.').next().unwrap_or_default(),
                    Kind::Lua | Kind::C => &name,
                };
                let result = match find_file(call, sought, &path)? {
                    Ok(file) => load_found(call, kind, &name, &file)?,
                    Err(message) => call.state.new_string(&message)?,
                };
                call.push(result);
                Ok(Progress::Return(1))
            }
        }
    }
}

/// The first file of a path that can be opened, or the list of those that were tried.
fn find_file(call: &mut Call<'_>, name: &[u8], path: &[u8]) -> Result<Result<Vec<u8>, Vec<u8>>, Error> {
    let Some(name) = substitute(name, b".", b"/") else { return Err(call.memory_error()) };
    let mut tried = Vec::new();
    for template in path.split(|byte| *byte == b';').filter(|template| !template.is_empty()) {
        let marks = template.iter().filter(|byte| **byte == b'?').count();
        call.check_room(marks.saturating_mul(name.len()).saturating_add(template.len()))?;
        let Some(file) = substitute(template, b"?", &name) else { return Err(call.memory_error()) };
        if std::fs::File::open(Path::new(OsStr::from_bytes(&file))).is_ok() {
            return Ok(Ok(file));
        }
        call.check_room(tried.len() + file.len())?;
        tried.extend_from_slice(b"\n\tno file '");
        tried.extend_from_slice(&file);
        tried.push(b'\'');
    }
    Ok(Err(tried))
}

/// What is in a file that was found: a function, or an error.
fn load_found(call: &mut Call<'_>, kind: Kind, name: &[u8], file: &[u8]) -> Result<Value, Error> {
    let reason = if kind == Kind::Lua {
        match call.state.load_file(Some(file)) {
            Ok(function) => return Ok(function),
            Err(error) if error.kind == ErrorKind::Memory && call.state.bounds.memory_is_final => return Err(error),
            Err(error) => error.value,
        }
    } else {
        library::refuse(call, file)?
    };
    let reason = reason.as_string().map_or_else(Vec::new, |reason| c_string(call.bytes(reason)).to_vec());
    let message = [b"error loading module '", name, b"' from file '", file, b"':\n\t", reason.as_slice()].concat();
    Err(call.error(message))
}
