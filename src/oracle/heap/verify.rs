//! A state held against the model. Nothing is changed here.

use super::model::{Content, Item, Model, TableModel};
use super::operation::STALE;
use super::{Flaw, Undone, agree};
use crate::lua::embed::{AccessError, HostValue, TableHandle, Transaction};
use crate::lua::vm::State;

/// The entries of a table in the order of `next`, and its length.
pub(super) type View = (Vec<(HostValue, HostValue)>, usize);

fn view(transaction: &Transaction<'_>, table: TableHandle) -> Result<View, AccessError> {
    let mut entries = Vec::new();
    let mut key = HostValue::Nil;
    while let Some(entry) = transaction.next(table, key)? {
        entries.push(entry);
        key = entry.0;
    }
    Ok((entries, transaction.length(table)?))
}

/// Every live table's view, or how it was refused.
pub(super) fn views(model: &Model, transaction: &Transaction<'_>) -> Vec<Result<View, AccessError>> {
    let alive = model.objects.iter().filter(|object| object.is_alive);
    alive.filter_map(|object| TableHandle::try_from(object.handle).ok()).map(|table| view(transaction, table)).collect()
}

/// Holds every object against the model.
///
/// # Errors
/// The first that is not as the model has it.
pub(super) fn verify(model: &Model, state: &mut State) -> Result<(), Flaw> {
    let transaction = state.begin();
    for (number, object) in model.objects.iter().enumerate() {
        let at = |flaw: Flaw| flaw.at(|| format!("in object {number}"));
        let result = match compare(model, &transaction, object.handle, &object.content) {
            Ok(()) => Ok(()),
            Err(Undone::Refused(error)) => Err(error),
            // What a handle gives that should give nothing is of no interest.
            Err(Undone::Wrong(_)) if !object.is_alive => Ok(()),
            Err(Undone::Wrong(flaw)) => return Err(at(flaw)),
        };
        let (expected, class) = match object.is_alive {
            true => (Ok(()), "the handle of a live object"),
            false => (Err(STALE), "the handle of a collected object"),
        };
        agree(class, &expected, &result).map_err(at)?;
    }
    Ok(())
}

fn compare(model: &Model, transaction: &Transaction<'_>, handle: HostValue, content: &Content) -> Result<(), Undone> {
    match (handle, content) {
        (HostValue::Table(table), Content::Table(expected)) => compare_table(model, transaction, table, expected)?,
        (HostValue::String(string), Content::String(expected)) => {
            agree("the bytes of a string", &expected.as_slice(), &transaction.bytes(string)?)?;
        }
        (HostValue::Userdata(userdata), Content::Userdata { metatable }) => {
            let expected = metatable.map(|metatable| model.objects[metatable].handle);
            let found = transaction.userdata_metatable(userdata)?.map(HostValue::from);
            agree("the metatable of a userdata", &expected, &found)?;
        }
        (function, _) => drop(transaction.get(transaction.globals(), function)?),
    }
    Ok(())
}

fn compare_table(
    model: &Model,
    transaction: &Transaction<'_>,
    table: TableHandle,
    expected: &TableModel,
) -> Result<(), Undone> {
    let metatable = transaction.metatable(table)?.map(HostValue::from);
    let expected_metatable = expected.metatable.map(|metatable| model.objects[metatable].handle);
    agree("the metatable of a table", &expected_metatable, &metatable)?;
    let (entries, length) = view(transaction, table)?;
    for (key, value) in &expected.entries {
        let (key, value) = (model.host_value(*key), model.host_value(*value));
        agree("an entry of a table", &value, &transaction.get(table, key)?)?;
        agree("an entry in the order of a table", &true, &entries.contains(&(key, value)))?;
    }
    // The globals hold nothing but what the model put there: the state has no libraries.
    agree("the number of entries of a table", &expected.entries.len(), &entries.len())?;
    let has = |n: usize| i8::try_from(2 * n).is_ok_and(|halves| expected.entries.contains_key(&Item::Halves(halves)));
    if (length != 0 && !has(length)) || has(length + 1) {
        return Err(Flaw::new("the length of a table", format!("{length} is no border")).into());
    }
    Ok(())
}
