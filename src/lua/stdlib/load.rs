//! Loading chunks: source text or binary, from strings, files and reader functions.

use std::sync::Arc;

use crate::lua::bytecode::{ChunkErrorKind, Prototype, undump};
use crate::lua::compiler::{CompileOptions, compile};
use crate::lua::embed::script_of_file;
use crate::lua::heap::Value;
use crate::lua::vm::{Call, Error, ErrorKind, GiveResults, Guard, Outcome, Pending, State, Step};

/// The first byte of a binary chunk.
const SIGNATURE: u8 = 0x1B;

impl State {
    /// Makes a function of a chunk, source text or binary as its first byte says (`lua_load`).
    ///
    /// # Errors
    /// The error whose value is the message of the compiler, or of the loader of binary chunks.
    pub fn load(&mut self, chunk: &[u8], name: &[u8]) -> Result<Value, Error> {
        self.try_load(chunk, name).map_err(|unloaded| unloaded.error)
    }

    fn try_load(&mut self, chunk: &[u8], name: &[u8]) -> Result<Value, Unloaded> {
        let levels = self.execution.c_levels;
        let prototype = if chunk.first() == Some(&SIGNATURE) {
            undump(chunk, name, levels).map_err(|error| match error.kind {
                ChunkErrorKind::NotEnoughMemory => self.memory_error().into(),
                _ => self.unloaded(&error.message, None),
            })
        } else {
            compile(chunk, name, CompileOptions { levels })
                .map_err(|error| self.unloaded(&error.message, error.is_runtime.then_some(error.levels)))
        }?;
        let closure = self.load_prototype(&Arc::new(prototype));
        Ok(Value::closure(closure))
    }

    fn unloaded(&mut self, message: &[u8], observed_at: Option<u32>) -> Unloaded {
        Unloaded { error: Error { value: self.heap.string(message), kind: ErrorKind::Handled }, observed_at }
    }

    /// Loads a file, without its first line if that starts with `#` (`luaL_loadfile`).
    ///
    /// # Errors
    /// As [`State::load`], and when the file cannot be read.
    pub fn load_file(&mut self, path: Option<&[u8]>) -> Result<Value, Error> {
        self.try_load_file(path).map_err(|unloaded| unloaded.error)
    }

    fn try_load_file(&mut self, path: Option<&[u8]>) -> Result<Value, Unloaded> {
        match self.read_chunk(path) {
            Ok(file) => self.try_load(script_of_file(&file.content), &file.name),
            Err(message) => Err(self.unloaded(&message, None)),
        }
    }

    /// Compiles a file, or takes the function from it if it is a binary chunk, and does not load it. No path is standard input.
    ///
    /// `levels` is how many levels of nested C calls count as in use: see [`CompileOptions`].
    ///
    /// # Errors
    /// The message, as [`State::load_file`] has it.
    pub fn prototype_of_file(&mut self, path: Option<&[u8]>, levels: u32) -> Result<Prototype, Vec<u8>> {
        let file = self.read_chunk(path)?;
        let chunk = script_of_file(&file.content);
        if chunk.first() == Some(&SIGNATURE) {
            undump(chunk, &file.name, levels).map_err(|error| error.message)
        } else {
            compile(chunk, &file.name, CompileOptions { levels }).map_err(|error| error.message)
        }
    }

    /// Reads a file or standard input. The error is the message for the user.
    fn read_chunk(&mut self, path: Option<&[u8]>) -> Result<ChunkFile, Vec<u8>> {
        let (content, name) = match path {
            None => (self.read_input().map_err(|error| ("read", error)), b"=stdin".to_vec()),
            Some(path) => (read_file(path), [b"@", path].concat()),
        };
        match content {
            Ok(content) => Ok(ChunkFile { content, name }),
            Err((what, error)) => {
                let path = path.unwrap_or(b"stdin");
                let mut message = format!("cannot {what} ").into_bytes();
                message.extend_from_slice(path);
                message.extend_from_slice(format!(": {}", system_message(&error)).as_bytes());
                Err(message)
            }
        }
    }
}

/// Why there is no function.
struct Unloaded {
    error: Error,
    /// How many levels of C calls are in use when the message handler in force sees the error, if it does: it sees those of readers, and those
    /// that the reference's compiler raises as the program itself would, when an array cannot grow.
    observed_at: Option<u32>,
}

impl From<Error> for Unloaded {
    fn from(error: Error) -> Self {
        Self { error, observed_at: None }
    }
}

/// What a file holds, and the chunk name for it.
struct ChunkFile {
    content: Vec<u8>,
    name: Vec<u8>,
}

type ReadError = (&'static str, std::io::Error);

fn read_file(path: &[u8]) -> Result<Vec<u8>, ReadError> {
    use std::os::unix::ffi::OsStrExt;
    let path = std::path::Path::new(std::ffi::OsStr::from_bytes(path));
    let mut file = std::fs::File::open(path).map_err(|error| ("open", error))?;
    let mut content = Vec::new();
    match std::io::Read::read_to_end(&mut file, &mut content) {
        Ok(_) => Ok(content),
        Err(error) => Err(("read", error)),
    }
}

/// The system's message for an error, as `strerror` has it.
pub fn system_message(error: &std::io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}

/// Returns what was loaded, or `nil` and the message. Memory errors go on.
fn give(call: &mut Call<'_>, loaded: Result<Value, Error>) -> Result<Step, Error> {
    match loaded {
        Ok(function) => call.give(function),
        Err(error) if error.kind.is_final() => Err(error),
        Err(error) => {
            call.push(Value::NIL);
            call.push(error.value);
            Ok(Step::Return(2))
        }
    }
}

/// What is done with what came of loading.
type Then = fn(&mut Call<'_>, Result<Value, Error>) -> Result<Step, Error>;

/// Does something with what was loaded, after the message handler in force has changed the error if it may.
fn observed(call: &mut Call<'_>, loaded: Result<Value, Unloaded>, then: Then) -> Result<Step, Error> {
    let handler = match call.state.execution.handler {
        0 => None,
        place => Some(call.state.execution.stack[place as usize]),
    };
    match (loaded, handler) {
        (Err(Unloaded { observed_at: Some(_), .. }), Some(handler)) if !handler.is_function() => {
            let error = Error { value: call.state.handler_message, kind: ErrorKind::InHandler };
            then(call, Err(error))
        }
        (Err(Unloaded { error, observed_at: Some(levels) }), Some(handler)) => {
            call.push(handler);
            call.push(error.value);
            let pending = Box::new(GiveObserved { then, c_levels: call.state.execution.c_levels });
            call.state.execution.c_levels = levels;
            Ok(Step::Call { arguments: 1, wanted: 1, guard: Guard::SameHandler, pending })
        }
        (loaded, _) => then(call, loaded.map_err(|unloaded| unloaded.error)),
    }
}

/// What a message handler made of an error while a chunk was loaded.
#[derive(Clone, Copy, Debug)]
struct GiveObserved {
    then: Then,
    /// How many levels of C calls were in use before.
    c_levels: u32,
}

impl Pending for GiveObserved {
    fn resume(self: Box<Self>, call: &mut Call<'_>, outcome: Outcome) -> Result<Step, Error> {
        call.state.execution.c_levels = self.c_levels;
        let error = match outcome {
            Ok(_) => Error { value: call.pop(), kind: ErrorKind::Handled },
            Err(error) => error,
        };
        (self.then)(call, Err(error))
    }

    fn duplicate(&self) -> Box<dyn Pending> {
        Box::new(*self)
    }
}

/// `loadstring(string [, chunkname])`
pub(super) fn loadstring(call: &mut Call<'_>) -> Result<Step, Error> {
    let source = call.check_string(1)?;
    let name = call.optional_string(2)?.unwrap_or(source);
    let (source, name) = (call.bytes(source).to_vec(), call.bytes(name).to_vec());
    let loaded = call.state.try_load(&source, &name);
    observed(call, loaded, give)
}

/// `loadfile([filename])`
pub(super) fn loadfile(call: &mut Call<'_>) -> Result<Step, Error> {
    let path = call.optional_c_string(1)?;
    let loaded = call.state.try_load_file(path.as_deref());
    observed(call, loaded, give)
}

/// `dofile([filename])`
pub(super) fn dofile(call: &mut Call<'_>) -> Result<Step, Error> {
    let path = call.optional_c_string(1)?;
    let loaded = call.state.try_load_file(path.as_deref());
    observed(call, loaded, run)
}

/// Calls what was loaded, and raises the error if there is none.
fn run(call: &mut Call<'_>, loaded: Result<Value, Error>) -> Result<Step, Error> {
    let function = loaded.map_err(|error| match error.kind {
        ErrorKind::Handled => Error::raised(error.value),
        _ => error,
    })?;
    call.push(function);
    Ok(Step::Call { arguments: 0, wanted: -1, guard: Guard::None, pending: Box::new(GiveResults) })
}

/// `load(func [, chunkname])`
pub(super) fn load(call: &mut Call<'_>) -> Result<Step, Error> {
    let name = match call.optional_string(2)? {
        Some(name) => call.bytes(name).to_vec(),
        None => b"=(load)".to_vec(),
    };
    if !call.value(1).is_function() {
        return Err(call.type_mismatch(1, "function"));
    }
    call.set_count(3);
    Box::new(Reading { name, chunk: Vec::new(), pieces: 0, spent: 0, needed: 0 }).ask(call)
}

/// How many bytes may be compiled in vain to find an error as early as the reference does, which reads while it compiles.
const EAGER_BUDGET: usize = 4 << 20;

/// `load` between two calls of its reader.
#[derive(Clone, Debug)]
struct Reading {
    name: Vec<u8>,
    chunk: Vec<u8>,
    pieces: usize,
    /// How many bytes have been compiled in vain.
    spent: usize,
    /// How many bytes a binary chunk needs at least.
    needed: usize,
}

impl Reading {
    fn ask(self: Box<Self>, call: &mut Call<'_>) -> Result<Step, Error> {
        let reader = call.value(1);
        call.push(reader);
        Ok(Step::Call { arguments: 0, wanted: 1, guard: Guard::SameHandler, pending: self })
    }

    /// Whether more of the chunk changes nothing: the reference would have stopped reading by now.
    fn is_decided(&mut self, levels: u32) -> bool {
        if self.chunk.first() == Some(&SIGNATURE) {
            return self.is_binary_decided(levels);
        }
        if self.spent > EAGER_BUDGET {
            return false;
        }
        self.spent += self.chunk.len();
        match compile(&self.chunk, &self.name, CompileOptions { levels }) {
            Ok(_) => false,
            Err(error) => !error.at_end,
        }
    }

    fn is_binary_decided(&mut self, levels: u32) -> bool {
        if self.chunk.len() < self.needed {
            return false;
        }
        match undump(&self.chunk, &self.name, levels).map_err(|error| error.kind) {
            Err(ChunkErrorKind::UnexpectedEnd { missing }) => {
                self.needed = self.chunk.len().saturating_add(usize::try_from(missing).unwrap_or(usize::MAX));
                false
            }
            Ok(_) | Err(_) => true,
        }
    }

    fn finish(self, call: &mut Call<'_>) -> Result<Step, Error> {
        let loaded = call.state.try_load(&self.chunk, &self.name);
        observed(call, loaded, give)
    }
}

impl Pending for Reading {
    fn resume(mut self: Box<Self>, call: &mut Call<'_>, outcome: Outcome) -> Result<Step, Error> {
        if let Err(error) = outcome {
            return give(call, Err(error));
        }
        let piece = call.pop();
        let piece = match call.state.to_string_value(piece) {
            Some(piece) => call.bytes(piece).to_vec(),
            None if piece.is_nil() => Vec::new(),
            None => {
                let error = call.error("reader function must return a string");
                let observed_at = (error.kind == ErrorKind::Raised).then_some(call.state.execution.c_levels);
                return observed(call, Err(Unloaded { error, observed_at }), give);
            }
        };
        self.pieces += 1;
        // The reference looks at the first byte and then asks again when there was none.
        if piece.is_empty() && self.pieces == 1 {
            return self.ask(call);
        }
        call.check_room(self.chunk.len() + piece.len())?;
        self.chunk.extend_from_slice(&piece);
        let levels = call.state.execution.c_levels;
        if piece.is_empty() || self.is_decided(levels) { self.finish(call) } else { self.ask(call) }
    }

    fn duplicate(&self) -> Box<dyn Pending> {
        Box::new(self.clone())
    }
}
