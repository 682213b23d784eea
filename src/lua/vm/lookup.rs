//! Reading and writing table fields with metamethods: the chains of `__index` and `__newindex`.

use super::error::Error;
use super::events::Event;
use super::state::State;
use crate::lua::heap::Value;

/// How many steps a chain of metatables may take (`MAXTAGLOOP`).
pub(super) const MAX_CHAIN: usize = 100;

/// What a look-up came to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Found {
    Value(Value),
    /// This function has to be called, with this object and the key.
    Call {
        metamethod: Value,
        object: Value,
    },
}

impl State {
    /// Looks up a key, up to where a function has to be called. `place` is where the object is in the stack, for messages.
    #[cold]
    pub(super) fn look_up(&mut self, object: Value, key: Value, place: Option<usize>) -> Result<Found, Error> {
        let mut current = object;
        for step in 0..MAX_CHAIN {
            let metamethod = if let Some(table) = current.as_table() {
                let value = self.heap.raw_get(table, key);
                if !value.is_nil() {
                    return Ok(Found::Value(value));
                }
                let Some(metatable) = self.heap.table(table).metatable() else { return Ok(Found::Value(Value::NIL)) };
                let metamethod = self.metamethods.fast(&mut self.heap, metatable, Event::Index);
                if metamethod.is_nil() {
                    return Ok(Found::Value(Value::NIL));
                }
                metamethod
            } else {
                let metamethod = self.metamethods.of(&self.heap, current, Event::Index);
                if metamethod.is_nil() {
                    return Err(self.type_error(current, place.filter(|_| step == 0), "index"));
                }
                metamethod
            };
            if metamethod.is_function() {
                return Ok(Found::Call { metamethod, object: current });
            }
            current = metamethod;
        }
        Err(self.run_error("loop in gettable"))
    }

    /// Looks up a key for a native function: the value, or the function to call and the object for it.
    ///
    /// # Errors
    /// When the value cannot be indexed.
    pub(in crate::lua) fn look_up_plain(
        &mut self,
        object: Value,
        key: Value,
    ) -> Result<Result<Value, (Value, Value)>, Error> {
        Ok(match self.look_up(object, key, None)? {
            Found::Value(value) => Ok(value),
            Found::Call { metamethod, object } => Err((metamethod, object)),
        })
    }

    /// Assigns to a key. Gives the function that has to be called instead, and the object for it, if there is one.
    pub(in crate::lua) fn assign(
        &mut self,
        object: Value,
        key: Value,
        value: Value,
        place: Option<usize>,
    ) -> Result<Option<(Value, Value)>, Error> {
        let mut current = object;
        for step in 0..MAX_CHAIN {
            let metamethod = if let Some(table) = current.as_table() {
                // The reference makes the key before it asks for a metamethod, which shows in the iteration order.
                let slot = self.heap.make_place(table, key).map_err(|error| self.table_error(error))?;
                let object = self.heap.table(table);
                let metamethod = match object.metatable() {
                    Some(metatable) if object.at(slot).is_nil() => {
                        self.metamethods.fast(&mut self.heap, metatable, Event::NewIndex)
                    }
                    _ => Value::NIL,
                };
                if metamethod.is_nil() {
                    self.heap.put(table, slot, value);
                    // The table may have grown for the key.
                    if self.heap.is_collection_due() {
                        self.restore_lua_top();
                        self.collect_if_due()?;
                    }
                    return Ok(None);
                }
                metamethod
            } else {
                let metamethod = self.metamethods.of(&self.heap, current, Event::NewIndex);
                if metamethod.is_nil() {
                    return Err(self.type_error(current, place.filter(|_| step == 0), "index"));
                }
                metamethod
            };
            if metamethod.is_function() {
                return Ok(Some((metamethod, current)));
            }
            current = metamethod;
        }
        Err(self.run_error("loop in settable"))
    }
}
