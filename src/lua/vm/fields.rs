//! What the loop does to tables without leaving it: fields that are there, or inherited from tables, new keys, small tables,
//! the steps of iterators. As soon as a function would have to be called or an error raised, these give up.

use super::events::{Event, Metamethods};
use super::lookup::MAX_CHAIN;
use crate::lua::heap::{Heap, Intrinsic, StringRef, Table, TableRef, Value, exact_int};

/// The value of a number key in the array part of a table, unless it is `nil`.
#[inline(always)]
pub(super) fn element(heap: &Heap, object: Value, key: Value) -> Option<Value> {
    let table = heap.table(object.as_table()?);
    // Whatever is not a number reads as NaN, which is no index.
    table.element(key.number_or_nan()).filter(|value| !value.is_nil())
}

/// The value of a key in a table, if no metamethod can have a say.
#[inline(never)]
pub(super) fn plain_get(heap: &Heap, object: Value, key: Value) -> Option<Value> {
    let table = heap.table(object.as_table()?);
    let value = if key.is_number() {
        table.get_number(key.number_or_nan())
    } else if let Some(string) = key.as_string() {
        table.get_string(string, &heap.strings)
    } else {
        table.get(key, &heap.strings)
    };
    if value.is_nil() && table.has_metatable() { None } else { Some(value) }
}

/// The value of a string key in a table, if no metamethod can have a say.
#[inline(always)]
pub(super) fn plain_field(heap: &Heap, object: Value, key: StringRef) -> Option<Value> {
    let table = heap.table(object.as_table()?);
    let value = table.get_string(key, &heap.strings);
    if value.is_nil() && table.has_metatable() { None } else { Some(value) }
}

/// The value of a string key along a chain of tables whose `__index` is a table again, if no function has a say.
pub(super) fn inherited_field(
    heap: &mut Heap,
    metamethods: &Metamethods,
    object: Value,
    key: StringRef,
) -> Option<Value> {
    let mut current = object;
    for _ in 0..MAX_CHAIN {
        let Some(table) = current.as_table() else {
            // Strings share a metatable, whose `__index` is the string library as a rule.
            let metatable = if current.is_string() { metamethods.metatable(heap, current)? } else { return None };
            current = metamethods.fast(heap, metatable, Event::Index);
            current.as_table()?;
            continue;
        };
        let value = heap.raw_get_string(table, key);
        if !value.is_nil() {
            return Some(value);
        }
        let Some(metatable) = heap.table(table).metatable() else { return Some(Value::NIL) };
        current = metamethods.fast(heap, metatable, Event::Index);
        if current.is_nil() {
            return Some(Value::NIL);
        }
    }
    None
}

/// Overwrites an element in the array part of a table. Says whether it did: not while the collector wants to know of it.
#[inline(always)]
pub(super) fn plain_set_element(heap: &mut Heap, object: Value, key: Value, value: Value) -> bool {
    match object.as_table() {
        Some(table) if !heap.is_watched(value) => heap.put_element(table, key.number_or_nan(), value),
        _ => false,
    }
}

/// Gives a table a value for a key, new or not. Says whether it did: not if a metamethod may have a say, or there is an error to
/// raise.
#[inline(never)]
pub(super) fn plain_set(heap: &mut Heap, object: Value, key: Value, value: Value) -> bool {
    let Some(table) = object.as_table() else { return false };
    if heap.table(table).has_metatable() {
        return overwrite(heap, table, key, value);
    }
    match heap.make_place(table, key) {
        Ok(place) => {
            heap.put(table, place, value);
            true
        }
        Err(_) => false,
    }
}

/// Overwrites the value of a key that has one.
fn overwrite(heap: &mut Heap, table: TableRef, key: Value, value: Value) -> bool {
    if key.is_number() {
        heap.put_element(table, key.number_or_nan(), value)
    } else if let Some(string) = key.as_string() {
        heap.put_string(table, string, value)
    } else {
        false
    }
}

/// Overwrites the value of a string key that has one. Says whether it did.
#[inline(always)]
pub(super) fn plain_set_field(heap: &mut Heap, object: Value, key: Value, value: Value) -> bool {
    match (object.as_table(), key.as_string()) {
        (Some(table), Some(key)) if !heap.is_watched(value) => heap.put_string(table, key, value),
        _ => false,
    }
}

/// A table with room for a few entries; `None` if that takes memory that there may not be.
#[inline(never)]
pub(super) fn small_table(heap: &mut Heap, array: usize, hash: usize) -> Option<TableRef> {
    const FEW: usize = 64;
    if array > FEW || hash > FEW {
        return None;
    }
    Table::with_capacity(array, hash).ok().map(|table| heap.adopt_table(table))
}

/// One step of an iterator that the loop knows: the next key (`nil` at the end) and value. `None` if the iterator is
/// another, or has to be called for an error.
#[inline(always)]
pub(super) fn known_step(heap: &Heap, iterator: Value, object: Value, key: Value) -> Option<(Value, Value)> {
    let intrinsic = heap.native(iterator.as_native()?).intrinsic;
    let table = heap.table(object.as_table()?);
    match intrinsic {
        Intrinsic::Next => match table.next(key, &heap.strings) {
            Ok(entry) => Some(entry.unwrap_or((Value::NIL, Value::NIL))),
            Err(_) => None,
        },
        Intrinsic::IpairsStep => {
            let index = exact_int(key.as_number()?)?.checked_add(1)?;
            let value = table.get_int(index);
            let key = if value.is_nil() { Value::NIL } else { Value::number(f64::from(index)) };
            Some((key, value))
        }
        Intrinsic::None | Intrinsic::ToString => None,
    }
}
