//! From the command line to the exit code: the reference's `pmain`, and how it runs chunks.

use super::options::{Action, Options, actions};
use super::{Console, VERSION, c_string, natives};
use crate::lua::embed::ScriptError;
use crate::lua::heap::{Table, Value};
use crate::lua::vm::{Error, Interruptible, MAX_C_STACK, NativeFunction, Observer, State};

/// How the interpreter was started.
#[derive(Clone, Debug, Default)]
pub struct Invocation<'a> {
    /// The arguments of the process, the first of which is the name of the program.
    pub arguments: &'a [Vec<u8>],
    /// The environment variable `LUA_INIT`.
    pub init: Option<&'a [u8]>,
    /// The name of the program for messages, if there is no argument.
    pub default_name: &'a [u8],
}

/// Does what the command line asks for, closes the state unless the program asked for an immediate exit, and gives the exit
/// code of the process.
///
/// What the program wrote may still be in buffers: see [`State::flush_all`].
pub fn run<C: Console>(state: &mut State, invocation: &Invocation<'_>, console: &mut C) -> i32 {
    run_observed(state, invocation, console, &mut Interruptible)
}

/// The same under an observer, who does not see what happens while the state is closed.
pub fn run_observed<C: Console, O: Observer>(
    state: &mut State,
    invocation: &Invocation<'_>,
    console: &mut C,
    observer: &mut O,
) -> i32 {
    let name = invocation.arguments.first().filter(|name| !name.is_empty());
    let name = name.map_or(invocation.default_name, Vec::as_slice);
    let mut interpreter = Interpreter { state, console, observer, arguments: invocation.arguments, name: Some(name) };
    let failed = match interpreter.main(invocation.init) {
        Ok(()) => false,
        Err(End::Failed) => true,
        // What is final ends everything on the spot.
        Err(End::Uncaught(error)) if error.kind.is_final() => return exit_code(&interpreter.state.script_error(error)),
        Err(End::Uncaught(error)) => {
            interpreter.report(error);
            true
        }
    };
    match interpreter.state.close(&mut Interruptible) {
        Err(error @ ScriptError::Exited(_)) => exit_code(&error),
        // Finalisers have nobody to tell of their errors.
        _ => i32::from(failed),
    }
}

fn exit_code(error: &ScriptError) -> i32 {
    if let ScriptError::Exited(code) = error { *code } else { 1 }
}

/// Why the interpreter does not go on.
pub(super) enum End {
    /// What had to be said of it has been said.
    Failed,
    /// An error of the interpreter's own, outside of any chunk.
    Uncaught(Error),
}

impl From<Error> for End {
    fn from(error: Error) -> Self {
        Self::Uncaught(error)
    }
}

pub(super) struct Interpreter<'a, C, O> {
    pub state: &'a mut State,
    pub console: &'a mut C,
    /// Of one kind for everything that is run, so that there is one copy of the loop in a program that wants no other.
    observer: &'a mut O,
    arguments: &'a [Vec<u8>],
    /// What messages begin with; nothing in interactive mode.
    pub name: Option<&'a [u8]>,
}

impl<C: Console, O: Observer> Interpreter<'_, C, O> {
    fn main(&mut self, init: Option<&[u8]>) -> Result<(), End> {
        match init {
            None => {}
            Some([b'@', path @ ..]) => self.run_file(Some(path))?,
            Some(chunk) => self.run_chunk(chunk, b"=LUA_INIT")?,
        }
        let Ok(options) = Options::of(self.arguments) else {
            self.show_usage();
            return Err(End::Failed);
        };
        if options.version {
            self.show_version();
        }
        for action in actions(self.arguments, options.script.unwrap_or(self.arguments.len())) {
            match action {
                Action::Execute(chunk) => self.run_chunk(chunk, b"=(command line)")?,
                Action::Require(name) => self.require(name)?,
            }
        }
        if let Some(script) = options.script {
            self.run_script(script)?;
        }
        if options.interactive {
            self.talk()
        } else if options.script.is_none() && !options.execute && !options.version {
            if self.console.is_interactive() {
                self.show_version();
                self.talk()
            } else {
                // The reference forgets how that ended, too.
                match self.run_file(None) {
                    Err(End::Failed) => Ok(()),
                    other => other,
                }
            }
        } else {
            Ok(())
        }
    }

    fn run_chunk(&mut self, chunk: &[u8], name: &[u8]) -> Result<(), End> {
        let loaded = self.load(chunk, name);
        self.run_loaded(loaded)
    }

    fn run_file(&mut self, path: Option<&[u8]>) -> Result<(), End> {
        let loaded = self.load_file(path);
        self.run_loaded(loaded)
    }

    fn run_loaded(&mut self, loaded: Result<Value, Error>) -> Result<(), End> {
        let result = match loaded {
            Ok(function) => self.call(function, &[])?,
            Err(error) => Err(error),
        };
        result.map(|_| ()).map_err(|error| self.report(error))
    }

    fn require(&mut self, name: &[u8]) -> Result<(), End> {
        let require = self.global(b"require")?;
        let name = self.state.heap.string(name);
        self.call(require, &[name])?.map(|_| ()).map_err(|error| self.report(error))
    }

    /// Runs the script that is the argument with this index, with the arguments after it.
    fn run_script(&mut self, index: usize) -> Result<(), End> {
        let after = self.arguments.get(index + 1..).unwrap_or_default();
        if after.len() > MAX_SCRIPT_ARGUMENTS {
            let message = self.state.heap.string(b"stack overflow (too many arguments to script)");
            return Err(Error::raised(message).into());
        }
        let table = self.argument_table(index)?;
        let name = self.state.heap.string(b"arg");
        self.run_native(natives::set_global, &[name, table])?;
        let path = self.arguments.get(index).map_or(b"".as_slice(), Vec::as_slice);
        let is_input = path == b"-" && index.checked_sub(1).is_none_or(|before| self.arguments[before] != b"--");
        let result = match self.load_file(Some(path).filter(|_| !is_input)) {
            Ok(function) => {
                let arguments: Vec<Value> = after.iter().map(|argument| self.state.heap.string(argument)).collect();
                self.call(function, &arguments)?
            }
            Err(error) => Err(error),
        };
        result.map(|_| ()).map_err(|error| self.report(error))
    }

    /// The table `arg`, in which the argument with this index is at 0.
    fn argument_table(&mut self, index: usize) -> Result<Value, Error> {
        let after = self.arguments.len() - index - 1;
        let table = Table::with_capacity(after, index + 1).map_err(|error| self.state.table_error(error))?;
        let table = self.state.heap.adopt_table(table);
        for (position, argument) in self.arguments.iter().enumerate() {
            let key = Value::number(position as f64 - index as f64);
            let value = self.state.heap.string(argument);
            self.state.heap.raw_set(table, key, value).map_err(|error| self.state.table_error(error))?;
        }
        Ok(Value::table(table))
    }

    pub fn load(&mut self, chunk: &[u8], name: &[u8]) -> Result<Value, Error> {
        let chunk = self.state.new_string(chunk)?;
        let name = self.state.heap.string(name);
        self.run_native(natives::load_chunk, &[chunk, name])
    }

    fn load_file(&mut self, path: Option<&[u8]>) -> Result<Value, Error> {
        let path = path.map_or(Value::NIL, |path| self.state.heap.string(path));
        self.run_native(natives::load_file, &[path])
    }

    /// The value of a global variable, which a metamethod may have to find.
    pub fn global(&mut self, name: &[u8]) -> Result<Value, Error> {
        let name = self.state.heap.string(name);
        self.run_native(natives::get_global, &[name])
    }

    /// Calls a function, with tracebacks. The inner error is the function's.
    pub fn call(&mut self, function: Value, arguments: &[Value]) -> Result<Result<Vec<Value>, Error>, End> {
        let handler = Value::native(self.state.new_native(natives::add_traceback, &[]));
        let values = [&[handler, function], arguments].concat();
        let native = Value::native(self.state.new_native(natives::call_under_handler, &[]));
        self.console.begin();
        let result = self.state.call(native, &values, None, self.observer);
        self.console.end();
        if let Err(error) = result {
            if error.kind.is_final() {
                return Err(error.into());
            }
            self.run_native(natives::collect, &[error.value])?;
        }
        Ok(result)
    }

    /// Calls a native function of the interpreter, and gives its first result.
    pub fn run_native(&mut self, function: NativeFunction, arguments: &[Value]) -> Result<Value, Error> {
        let native = Value::native(self.state.new_native(function, &[]));
        let results = self.state.call(native, arguments, None, self.observer)?;
        Ok(results.first().copied().unwrap_or(Value::NIL))
    }

    /// Tells of an error, unless its value is `nil`.
    pub fn report(&mut self, error: Error) -> End {
        if error.value.is_nil() {
            return End::Failed;
        }
        match self.state.to_string_value(error.value) {
            Some(text) => {
                let text = self.state.heap.bytes(text).to_vec();
                self.show_message(&text);
            }
            None => self.show_message(b"(error object is not a string)"),
        }
        End::Failed
    }

    pub fn show_message(&mut self, text: &[u8]) {
        let mut line = Vec::new();
        if let Some(name) = self.name {
            line.extend_from_slice(name);
            line.extend_from_slice(b": ");
        }
        line.extend_from_slice(c_string(text));
        line.push(b'\n');
        self.console.show(&line);
    }

    fn show_version(&mut self) {
        self.console.show(format!("{VERSION}\n").as_bytes());
    }

    fn show_usage(&mut self) {
        let name = self.name.unwrap_or_default();
        self.console.show(&[b"usage: ", name, USAGE].concat());
    }
}

/// The reference keeps the arguments, what it needs besides, and one value more on its C stack.
const MAX_SCRIPT_ARGUMENTS: usize = MAX_C_STACK - 3 - 1;

const USAGE: &[u8] = b" [options] [script [args]].
Available options are:
  -e stat  execute string 'stat'
  -l name  require library 'name'
  -i       enter interactive mode after executing 'script'
  -v       show version information
  --       stop handling options
  -        execute stdin and stop handling options
";
