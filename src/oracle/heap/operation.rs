//! What a host may do, done in a transaction and in the model at once.

use std::fmt::Debug;

use super::model::{Content, Item, Model, TableModel};
use super::{Flaw, Undone, agree};
use crate::lua::embed::{AccessError, HandleError, HostValue, TableHandle, Transaction};
use crate::lua::vm::{Call, Error, Step};

pub(super) const STALE: AccessError = AccessError::Handle(HandleError::Stale);

/// What is done in a transaction. Objects are picked by number, modulo how many there are; what does not fit the object picked
/// does nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum Operation {
    NewTable,
    /// One of 256 strings, short and long.
    NewString(u8),
    NewUserdata,
    /// A function of the host with an upvalue.
    NewFunction(Item),
    Set {
        table: usize,
        key: Item,
        value: Item,
    },
    /// The key is one of the strings of [`Operation::NewString`].
    SetField {
        table: usize,
        key: u8,
        value: Item,
    },
    SetMetatable {
        object: usize,
        metatable: Option<usize>,
    },
    Pin(Item),
    Unpin(Item),
    Get {
        table: usize,
        key: Item,
    },
    GetField {
        table: usize,
        key: u8,
    },
}

/// What the host does after a transaction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Afterwards {
    Nothing,
    Collect,
    /// A Lua function assigns to a table, makes garbage, and returns what it reads back. All garbage is collected after that.
    Call {
        table: usize,
        key: Item,
        value: Item,
    },
}

/// A transaction, and what the host does after it.
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    pub operations: Vec<Operation>,
    pub commits: bool,
    /// How many bytes the transaction may add, if there is a limit.
    pub room: Option<u16>,
    pub afterwards: Afterwards,
}

pub(super) fn text(n: u8) -> Vec<u8> {
    // Short and long strings are kept in different ways.
    format!("model string {n} {}", "-".repeat(usize::from(n) * 5)).into_bytes()
}

fn nothing(_: &mut Call<'_>) -> Result<Step, Error> {
    Ok(Step::Return(0))
}

/// Does an operation in the transaction, and in the model if it was not refused.
///
/// # Errors
/// What is not as the model has it. Only memory may be refused, where there is a limit.
pub(super) fn perform(
    model: &mut Model,
    transaction: &mut Transaction<'_>,
    operation: &Operation,
    is_limited: bool,
) -> Result<(), Flaw> {
    match attempt(model, transaction, operation) {
        Ok(()) => Ok(()),
        Err(Undone::Refused(AccessError::Memory)) if is_limited => Ok(()),
        Err(Undone::Refused(AccessError::Memory)) => Err(Flaw::new("memory is refused without a limit", "")),
        Err(Undone::Refused(error)) => Err(Flaw::new("a valid operation is refused", format!("{error:?}"))),
        Err(Undone::Wrong(flaw)) => Err(flaw),
    }
    .map_err(|flaw| flaw.at(|| format!("in {operation:?}")))
}

/// Like [`perform`]; a refusal is one that the model did not expect.
fn attempt(model: &mut Model, transaction: &mut Transaction<'_>, operation: &Operation) -> Result<(), Undone> {
    match *operation {
        Operation::NewTable => {
            model.add(transaction.new_table()?.into(), Content::Table(TableModel::default()))?;
        }
        Operation::NewString(n) => {
            model.add(transaction.new_string(text(n))?.into(), Content::String(text(n)))?;
        }
        Operation::NewUserdata => {
            model.add(transaction.new_userdata(8)?.into(), Content::Userdata { metatable: None })?;
        }
        Operation::NewFunction(upvalue) => {
            let upvalue = model.picked(upvalue);
            let result = transaction.new_function(nothing, &[model.host_value(upvalue)]);
            if let Some(function) = expect(result, model.is_valid(upvalue))? {
                model.add(function.into(), Content::Function { upvalues: vec![upvalue] })?;
            }
        }
        Operation::Set { table, key, value } => return set(model, transaction, table, key, value),
        Operation::SetField { table, key, value } => return set_field(model, transaction, table, key, value),
        Operation::SetMetatable { object, metatable } => return set_metatable(model, transaction, object, metatable),
        Operation::Pin(item) => {
            let item = model.picked(item);
            if expect(transaction.pin(model.host_value(item)), model.is_valid(item))?.is_some() {
                *model.pins.entry(item).or_default() += 1;
            }
        }
        Operation::Unpin(item) => return unpin(model, transaction, item),
        Operation::Get { table, key } => {
            let (table, key) = (model.pick(table), model.picked(key));
            let Ok(handle) = TableHandle::try_from(model.objects[table].handle) else { return Ok(()) };
            let result = transaction.get(handle, model.host_value(key));
            let is_valid = model.objects[table].is_alive && model.is_valid(key);
            if let Some(found) = expect(result, is_valid)? {
                agree("the value of a key", &model.entry(table, key), &found)?;
            }
        }
        Operation::GetField { table, key } => {
            let table = model.pick(table);
            let Ok(handle) = TableHandle::try_from(model.objects[table].handle) else { return Ok(()) };
            let result = transaction.get_field(handle, text(key));
            if let Some(found) = expect(result, model.objects[table].is_alive)? {
                let key = model.live_string(&text(key)).map_or(Item::Nil, Item::Object);
                agree("the value of a field", &model.entry(table, key), &found)?;
            }
        }
    }
    Ok(())
}

/// Splits what was done from what was rightly refused for a stale handle.
fn expect<T: Debug + PartialEq>(result: Result<T, AccessError>, is_valid: bool) -> Result<Option<T>, Undone> {
    if is_valid {
        return result.map(Some).map_err(Undone::Refused);
    }
    agree("a stale handle", &Err(STALE), &result.map(|_| ()))?;
    Ok(None)
}

fn set(
    model: &mut Model,
    transaction: &mut Transaction<'_>,
    table: usize,
    key: Item,
    value: Item,
) -> Result<(), Undone> {
    let (table, key, value) = (model.pick(table), model.picked(key), model.picked(value));
    let Ok(handle) = TableHandle::try_from(model.objects[table].handle) else { return Ok(()) };
    let is_valid = model.objects[table].is_alive && model.is_valid(key) && model.is_valid(value);
    let result = transaction.set(handle, model.host_value(key), model.host_value(value));
    if is_valid && key == Item::Nil {
        agree("nil as a key", &Err(AccessError::NilKey), &result)?;
    } else if expect(result, is_valid)?.is_some() {
        model.set(table, key, value);
    }
    Ok(())
}

fn set_field(
    model: &mut Model,
    transaction: &mut Transaction<'_>,
    table: usize,
    key: u8,
    value: Item,
) -> Result<(), Undone> {
    let (table, value) = (model.pick(table), model.picked(value));
    let Ok(handle) = TableHandle::try_from(model.objects[table].handle) else { return Ok(()) };
    let result = transaction.set_field(handle, text(key), model.host_value(value));
    let is_valid = model.objects[table].is_alive && model.is_valid(value);
    if expect(result, is_valid)?.is_some() {
        let key = model.add(transaction.new_string(text(key))?.into(), Content::String(text(key)))?;
        model.set(table, Item::Object(key), value);
    }
    Ok(())
}

fn set_metatable(
    model: &mut Model,
    transaction: &mut Transaction<'_>,
    object: usize,
    metatable: Option<usize>,
) -> Result<(), Undone> {
    let object = model.pick(object);
    let metatable = metatable.map(|metatable| model.pick(metatable));
    let handle = metatable.map(|metatable| TableHandle::try_from(model.objects[metatable].handle)).transpose();
    let Ok(handle) = handle else { return Ok(()) };
    let is_valid =
        model.objects[object].is_alive && metatable.is_none_or(|metatable| model.objects[metatable].is_alive);
    let result = match model.objects[object].handle {
        HostValue::Table(table) => transaction.set_metatable(table, handle),
        HostValue::Userdata(userdata) => transaction.set_userdata_metatable(userdata, handle),
        _ => return Ok(()),
    };
    if expect(result, is_valid)?.is_some() {
        match &mut model.objects[object].content {
            Content::Table(table) => table.metatable = metatable,
            Content::Userdata { metatable: old } => *old = metatable,
            Content::String(_) | Content::Function { .. } => {}
        }
    }
    Ok(())
}

fn unpin(model: &mut Model, transaction: &mut Transaction<'_>, item: Item) -> Result<(), Undone> {
    let item = model.picked(item);
    let result = transaction.unpin(model.host_value(item));
    match (model.is_valid(item), model.pins.get(&item).copied().unwrap_or(0)) {
        (true, 0) => agree("a pin that is not there", &Err(AccessError::NotPinned), &result)?,
        (is_valid, count) => {
            if expect(result, is_valid)?.is_some() {
                model.pins.insert(item, count - 1);
                model.pins.retain(|_, count| *count > 0);
            }
        }
    }
    Ok(())
}
