//! Checking the arguments of native functions, with the messages of the reference's auxiliary library (`lauxlib.c`).

use super::error::{Error, ErrorKind};
use super::native::Call;
use crate::lua::bytecode::NameKind;
use crate::lua::c_string;
use crate::lua::heap::{StringRef, TableRef, Type, Value};
use crate::lua::number::{to_integer, write_number};

/// How many values a native function may have on its stack (`LUAI_MAXCSTACK`).
pub const MAX_C_STACK: usize = 8000;

impl Call<'_> {
    /// An error with this message, and the position of the caller in front (`luaL_error`).
    pub fn error(&mut self, message: impl AsRef<[u8]>) -> Error {
        let mut text = self.state.position_of_level(1);
        text.extend_from_slice(message.as_ref());
        Error::raised(self.state.heap.string(&text))
    }

    /// An error about an argument, counted from 1 (`luaL_argerror`).
    pub fn argument_error(&mut self, place: usize, message: impl AsRef<[u8]>) -> Error {
        let frame = self.state.execution.frames.len().saturating_sub(1);
        let (kind, name) = match self.state.name_of_call(frame) {
            Some((kind, name)) => (Some(kind), name),
            None => (None, b"?".to_vec()),
        };
        let mut place = place;
        if kind == Some(NameKind::Method) {
            place -= 1;
            if place == 0 {
                let mut text = b"calling '".to_vec();
                text.extend_from_slice(&name);
                text.extend_from_slice(b"' on bad self (");
                text.extend_from_slice(message.as_ref());
                text.push(b')');
                return self.error(text);
            }
        }
        let mut text = format!("bad argument #{place} to '").into_bytes();
        text.extend_from_slice(&name);
        text.extend_from_slice(b"' (");
        text.extend_from_slice(message.as_ref());
        text.push(b')');
        self.error(text)
    }

    /// The name of an argument's type; `no value` beyond the end (`luaL_typename`).
    pub fn type_name(&self, place: usize) -> &'static str {
        self.argument(place).map_or("no value", |value| value.kind().name())
    }

    /// An error about an argument's type (`luaL_typerror`).
    pub fn type_mismatch(&mut self, place: usize, expected: &str) -> Error {
        let found = self.type_name(place);
        self.argument_error(place, format!("{expected} expected, got {found}"))
    }

    /// Any argument, `nil` included (`luaL_checkany`).
    ///
    /// # Errors
    /// When there is none.
    pub fn check_any(&mut self, place: usize) -> Result<Value, Error> {
        match self.argument(place) {
            Some(value) => Ok(value),
            None => Err(self.argument_error(place, "value expected")),
        }
    }

    /// An argument of a type (`luaL_checktype`).
    ///
    /// # Errors
    /// When it is of another type, or missing.
    pub fn check_type(&mut self, place: usize, kind: Type) -> Result<Value, Error> {
        match self.argument(place) {
            Some(value) if value.kind() == kind => Ok(value),
            _ => Err(self.type_mismatch(place, kind.name())),
        }
    }

    /// A table.
    ///
    /// # Errors
    /// When the argument is none.
    #[inline]
    pub fn check_table(&mut self, place: usize) -> Result<TableRef, Error> {
        match self.argument(place).and_then(Value::as_table) {
            Some(table) => Ok(table),
            None => Err(self.type_mismatch(place, "table")),
        }
    }

    /// A number, or a string that converts to one (`luaL_checknumber`).
    ///
    /// # Errors
    /// When the argument is neither.
    #[inline]
    pub fn check_number(&mut self, place: usize) -> Result<f64, Error> {
        let value = self.value(place);
        match value.as_number() {
            Some(n) => Ok(n),
            None => match self.state.to_number(value) {
                Some(n) => Ok(n),
                None => Err(self.type_mismatch(place, "number")),
            },
        }
    }

    /// A number cut to an integer of 64 bits, as the reference's `lua_Integer` (`luaL_checkinteger`).
    ///
    /// # Errors
    /// When the argument is no number.
    #[inline]
    pub fn check_integer(&mut self, place: usize) -> Result<i64, Error> {
        self.check_number(place).map(to_integer)
    }

    /// Like [`Call::check_integer`], cut to the 32 bits of a C `int` (`luaL_checkint`).
    ///
    /// # Errors
    /// When the argument is no number.
    #[inline]
    pub fn check_int(&mut self, place: usize) -> Result<i32, Error> {
        self.check_integer(place).map(|n| n as i32)
    }

    /// Whether an argument is missing or `nil`.
    #[inline]
    pub fn is_none_or_nil(&self, place: usize) -> bool {
        self.value(place).is_nil()
    }

    /// An optional number.
    ///
    /// # Errors
    /// When the argument is there and no number.
    pub fn optional_number(&mut self, place: usize, default: f64) -> Result<f64, Error> {
        if self.is_none_or_nil(place) { Ok(default) } else { self.check_number(place) }
    }

    /// An optional integer of 64 bits.
    ///
    /// # Errors
    /// When the argument is there and no number.
    #[inline]
    pub fn optional_integer(&mut self, place: usize, default: i64) -> Result<i64, Error> {
        if self.is_none_or_nil(place) { Ok(default) } else { self.check_integer(place) }
    }

    /// An optional integer of 32 bits.
    ///
    /// # Errors
    /// When the argument is there and no number.
    pub fn optional_int(&mut self, place: usize, default: i32) -> Result<i32, Error> {
        if self.is_none_or_nil(place) { Ok(default) } else { self.check_int(place) }
    }

    /// A string, or a number, which the argument then becomes the text of (`luaL_checklstring`).
    ///
    /// # Errors
    /// When the argument is neither.
    #[inline]
    pub fn check_string(&mut self, place: usize) -> Result<StringRef, Error> {
        match self.value(place).as_string() {
            Some(string) => Ok(string),
            None => self.coerce_string(place),
        }
    }

    fn coerce_string(&mut self, place: usize) -> Result<StringRef, Error> {
        let value = self.value(place);
        match self.state.to_string_value(value) {
            Some(string) => {
                self.set(place, Value::string(string));
                Ok(string)
            }
            None => Err(self.type_mismatch(place, "string")),
        }
    }

    /// An optional string.
    ///
    /// # Errors
    /// When the argument is there and neither string nor number.
    pub fn optional_string(&mut self, place: usize) -> Result<Option<StringRef>, Error> {
        if self.is_none_or_nil(place) { Ok(None) } else { self.check_string(place).map(Some) }
    }

    /// The bytes of a string as C functions see them.
    ///
    /// # Errors
    /// When the argument is neither string nor number.
    pub fn check_c_string(&mut self, place: usize) -> Result<Vec<u8>, Error> {
        let string = self.check_string(place)?;
        Ok(c_string(self.bytes(string)).to_vec())
    }

    /// The bytes of an optional string as C functions see them.
    ///
    /// # Errors
    /// When the argument is there and neither string nor number.
    pub fn optional_c_string(&mut self, place: usize) -> Result<Option<Vec<u8>>, Error> {
        if self.is_none_or_nil(place) { Ok(None) } else { self.check_c_string(place).map(Some) }
    }

    /// Which of some options an argument names, by its index; without a default, there must be one (`luaL_checkoption`).
    ///
    /// # Errors
    /// When the argument names none of them.
    pub fn check_option(&mut self, place: usize, default: Option<&str>, options: &[&str]) -> Result<usize, Error> {
        let name = match default {
            Some(default) if self.is_none_or_nil(place) => default.as_bytes().to_vec(),
            _ => self.check_c_string(place)?,
        };
        match options.iter().position(|option| option.as_bytes() == name) {
            Some(index) => Ok(index),
            None => Err(self.argument_error(place, [b"invalid option '", name.as_slice(), b"'"].concat())),
        }
    }

    /// The bytes of a string.
    #[inline]
    pub fn bytes(&self, string: StringRef) -> &[u8] {
        self.state.heap.bytes(string)
    }

    /// Makes sure that so many values fit on the function's stack (`luaL_checkstack`).
    ///
    /// # Errors
    /// `stack overflow (message)`, at the reference's limit.
    pub fn check_stack(&mut self, count: usize, message: &str) -> Result<(), Error> {
        if self.has_stack(count) { Ok(()) } else { Err(self.error(format!("stack overflow ({message})"))) }
    }

    /// Whether so many values more fit on the function's stack (`lua_checkstack`).
    pub fn has_stack(&self, count: usize) -> bool {
        count <= MAX_C_STACK && self.count() + count <= MAX_C_STACK
    }

    /// The error of a program that needs more memory than there is.
    pub fn memory_error(&self) -> Error {
        self.state.memory_error()
    }

    /// Makes sure that there is room for so many bytes.
    ///
    /// # Errors
    /// When the memory limit does not allow it.
    pub fn check_room(&self, bytes: usize) -> Result<(), Error> {
        if self.state.heap.has_room(bytes) { Ok(()) } else { Err(self.memory_error()) }
    }

    /// Takes from the host's fuel what a function does in one call that may take long: a step of its loop is a unit.
    ///
    /// # Errors
    /// The end of the run, when there is not so much left.
    pub fn spend(&mut self, units: usize) -> Result<(), Error> {
        match self.state.fuel.checked_sub(units as u64) {
            Some(left) => {
                self.state.fuel = left;
                Ok(())
            }
            None => Err(self.stopped()),
        }
    }

    /// Gives back a value without metamethods from a table.
    pub fn raw_get(&self, table: TableRef, key: Value) -> Value {
        self.state.heap.raw_get(table, key)
    }

    /// Sets a key of a table without metamethods.
    ///
    /// # Errors
    /// When the key is `nil` or NaN, or there is no room.
    pub fn raw_set(&mut self, table: TableRef, key: Value, value: Value) -> Result<(), Error> {
        self.state.heap.raw_set(table, key, value).map_err(|error| self.state.table_error(error))
    }

    /// A function that must not be reached again: ends the run.
    pub fn stopped(&self) -> Error {
        Error { value: Value::NIL, kind: ErrorKind::Stopped }
    }
}

impl super::State {
    /// The string that a string or number is the text of (`lua_tolstring`).
    pub fn to_string_value(&mut self, value: Value) -> Option<StringRef> {
        if let Some(n) = value.as_number() {
            let mut text = Vec::with_capacity(32);
            write_number(n, &mut text);
            return self.heap.string(&text).as_string();
        }
        value.as_string()
    }
}
