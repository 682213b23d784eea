//! `debug.getinfo`: a function, or a call, as a table.

use super::thread_argument;
use crate::lua::c_string;
use crate::lua::compiler::chunk_id;
use crate::lua::heap::{Table, TableRef, ThreadRef, Unpacked, Value};
use crate::lua::number::to_int;
use crate::lua::vm::{Call, Error, LevelFrame, State, Step};

/// The options that `lua_getinfo` knows.
const OPTIONS: &[u8] = b"SlunLf";

/// What is asked about.
#[derive(Clone, Copy, Debug)]
struct Subject {
    /// The function; `nil` for a call that a tail call replaced.
    function: Value,
    /// The frame of the call, if it is one.
    frame: Option<(ThreadRef, usize)>,
}

/// Where a function comes from.
struct Source {
    name: Vec<u8>,
    line_defined: i32,
    last_line_defined: i32,
    what: &'static str,
}

/// `debug.getinfo([thread,] function [, what])`
pub(super) fn getinfo(call: &mut Call<'_>) -> Result<Step, Error> {
    let (thread, shift) = thread_argument(call);
    let options = call.optional_c_string(shift + 2)?.unwrap_or_else(|| b"flnSu".to_vec());
    let value = call.value(shift + 1);
    let subject = if let Some(level) = call.state.to_number(value) {
        let level = to_int(level);
        match call.state.execution_of(thread).at_level(i64::from(level)) {
            None => return call.give(Value::NIL),
            Some(LevelFrame::TailCall) => Subject { function: Value::NIL, frame: None },
            Some(LevelFrame::Frame(index)) => {
                let function = call.state.function_in_frame(thread, index);
                Subject { function, frame: Some((thread, index)) }
            }
        }
    } else if value.is_function() {
        Subject { function: value, frame: None }
    } else {
        return Err(call.argument_error(shift + 1, "function or level expected"));
    };
    // The reference does not look at what is asked about a lost call.
    let is_checked = !subject.function.is_nil() || options.first() == Some(&b'>');
    if is_checked && !options.iter().all(|option| OPTIONS.contains(option)) {
        return Err(call.argument_error(shift + 2, "invalid option"));
    }
    let table = Table::with_capacity(0, 2).map_err(|error| call.state.table_error(error))?;
    let table = call.state.heap.adopt_table(table);
    call.push(Value::table(table));
    Fields { call, table, subject }.write(&options)?;
    Ok(Step::Return(1))
}

/// The table under construction. Fields are set in the reference's order, `nil` included: that decides the order of traversal.
struct Fields<'a, 'c> {
    call: &'a mut Call<'c>,
    table: TableRef,
    subject: Subject,
}

impl Fields<'_, '_> {
    fn write(&mut self, options: &[u8]) -> Result<(), Error> {
        let asked = |option: u8| options.contains(&option);
        if asked(b'S') {
            self.source()?;
        }
        if asked(b'l') {
            let line = self.current_line();
            self.integer("currentline", line)?;
        }
        if asked(b'u') {
            let count = self.call.state.upvalue_count(self.subject.function);
            self.integer("nups", i32::try_from(count).unwrap_or(i32::MAX))?;
        }
        if asked(b'n') {
            self.name()?;
        }
        if asked(b'L') {
            let lines = self.active_lines()?;
            self.set("activelines", lines)?;
        }
        if asked(b'f') {
            self.set("func", self.subject.function)?;
        }
        Ok(())
    }

    fn set(&mut self, field: &str, value: Value) -> Result<(), Error> {
        let key = self.call.state.heap.string(field.as_bytes());
        self.call.raw_set(self.table, key, value)
    }

    fn text(&mut self, field: &str, text: &[u8]) -> Result<(), Error> {
        let value = self.call.state.new_string(c_string(text))?;
        self.set(field, value)
    }

    fn integer(&mut self, field: &str, n: i32) -> Result<(), Error> {
        self.set(field, Value::number(f64::from(n)))
    }

    fn source(&mut self) -> Result<(), Error> {
        let source = self.call.state.source_of(self.subject.function);
        self.text("source", &source.name)?;
        self.text("short_src", &chunk_id(&source.name))?;
        self.integer("linedefined", source.line_defined)?;
        self.integer("lastlinedefined", source.last_line_defined)?;
        self.text("what", source.what.as_bytes())
    }

    fn current_line(&self) -> i32 {
        let Some((thread, index)) = self.subject.frame else { return -1 };
        let state = &*self.call.state;
        state.execution_of(thread).frames.get(index).and_then(|frame| state.current_line(frame)).unwrap_or(-1)
    }

    fn name(&mut self) -> Result<(), Error> {
        let state = &*self.call.state;
        let name =
            self.subject.frame.and_then(|(thread, index)| state.name_of_call_in(state.execution_of(thread), index));
        match name {
            Some((kind, name)) => {
                self.text("name", &name)?;
                self.text("namewhat", kind.as_str().as_bytes())
            }
            None => {
                // A lost call has an empty name, other calls have none.
                if self.subject.function.is_nil() {
                    self.text("name", b"")?
                } else {
                    self.set("name", Value::NIL)?
                }
                self.text("namewhat", b"")
            }
        }
    }

    /// The lines that have code, as keys of a table; `nil` for what has no lines.
    fn active_lines(&mut self) -> Result<Value, Error> {
        let Some(closure) = self.subject.function.as_closure() else { return Ok(Value::NIL) };
        let state = &mut *self.call.state;
        let prototype = state.heap.closure(closure).prototype;
        let prototype = std::sync::Arc::clone(&state.prototypes.get(prototype).source);
        let lines = state.heap.new_table();
        for line in &prototype.line_info {
            self.call.raw_set(lines, Value::number(f64::from(*line)), Value::TRUE)?;
        }
        Ok(Value::table(lines))
    }
}

impl State {
    fn function_in_frame(&self, thread: ThreadRef, index: usize) -> Value {
        let frame = self.execution_of(thread).frames.get(index);
        frame.map_or(Value::NIL, |frame| frame.callee.function())
    }

    fn upvalue_count(&self, function: Value) -> usize {
        match function.unpack() {
            Unpacked::Closure(closure) => self.heap.closure(closure).upvalues.len(),
            Unpacked::Native(native) => self.heap.native(native).upvalues.len(),
            _ => 0,
        }
    }

    fn source_of(&self, function: Value) -> Source {
        match function.unpack() {
            Unpacked::Closure(closure) => {
                let prototype = &self.prototypes.get(self.heap.closure(closure).prototype).source;
                Source {
                    name: prototype.source.as_deref().unwrap_or(b"=?").to_vec(),
                    line_defined: prototype.line_defined,
                    last_line_defined: prototype.last_line_defined,
                    what: if prototype.line_defined == 0 { "main" } else { "Lua" },
                }
            }
            Unpacked::Native(_) => without_lines(b"=[C]", "C"),
            _ => without_lines(b"=(tail call)", "tail"),
        }
    }
}

fn without_lines(name: &[u8], what: &'static str) -> Source {
    Source { name: name.to_vec(), line_defined: -1, last_line_defined: -1, what }
}
