//! What a host may rely on, case by case. The model beside this file covers the combinations.

use super::{AccessError, FunctionHandle, HandleError, HostError, HostValue, StringHandle, TableHandle};
use crate::lua::vm::{Call, Counter, Error, State, Step};

const STALE: AccessError = AccessError::Handle(HandleError::Stale);
const OTHER: AccessError = AccessError::Handle(HandleError::OtherState);

fn is_plain_data<T: Send + Sync + Copy>() {}

/// A state whose globals hold a table `t` with holes, a hash part and a metatable.
fn state_with_table() -> (State, TableHandle) {
    let mut state = State::with_libraries();
    let source = b"t = setmetatable({ 1, 2, nil, 4, x = 1, y = 2, z = 3 }, {}) t.y = nil t[2] = nil return t";
    let function = state.load_function(source, b"=t").unwrap();
    let results = state.call_function(function, &[], &mut ()).unwrap();
    (state, results[0].try_into().unwrap())
}

/// Everything that can be seen of a table without metamethods.
fn view(state: &mut State, table: TableHandle) -> (Vec<(HostValue, HostValue)>, usize, Option<TableHandle>) {
    let transaction = state.begin();
    let mut entries = Vec::new();
    let mut key = HostValue::Nil;
    while let Some((next, value)) = transaction.next(table, key).unwrap() {
        entries.push((next, value));
        key = next;
    }
    (entries, transaction.length(table).unwrap(), transaction.metatable(table).unwrap())
}

#[test]
fn handles_are_plain_data() {
    is_plain_data::<TableHandle>();
    is_plain_data::<HostValue>();
}

#[test]
fn a_stale_handle_is_refused_even_when_its_slot_holds_another_object() {
    let mut state = State::new();
    let old = state.begin().new_table().unwrap();
    assert_eq!(state.begin().length(old), Ok(0));
    state.collect_garbage();
    assert_eq!(state.begin().length(old), Err(STALE));
    let mut transaction = state.begin();
    let new = transaction.new_table().unwrap();
    transaction.set(new, 1.0, true).unwrap();
    assert_eq!(new.unchecked(), old.unchecked(), "the slot is used again");
    assert_eq!((transaction.length(old), transaction.length(new)), (Err(STALE), Ok(1)));
    assert_eq!(transaction.set(old, 1.0, 1.0), Err(STALE));
    assert_eq!(transaction.set(new, old, 1.0), Err(STALE));
    assert_eq!(transaction.set(new, 1.0, old), Err(STALE));
    assert_eq!(transaction.pin(old), Err(STALE));
    assert_eq!(transaction.set_metatable(new, Some(old)), Err(STALE));
    assert_eq!(transaction.new_function(double, &[old.into()]), Err(STALE));
}

#[test]
fn a_copy_refuses_the_originals_handles_and_a_fork_translates_them() {
    let (mut original, table) = state_with_table();
    assert_eq!(original.clone().begin().length(table), Err(OTHER));
    let (mut copy, values) = original.fork(&[table.into(), HostValue::Number(1.0)]).unwrap();
    let copied = TableHandle::try_from(values[0]).unwrap();
    assert_eq!(values[1], HostValue::Number(1.0));
    assert_eq!(original.begin().length(copied), Err(OTHER));
    let mut transaction = copy.begin();
    transaction.set_field(copied, "x", 7.0).unwrap();
    transaction.commit();
    assert_eq!(copy.begin().get_field(copied, "x"), Ok(HostValue::Number(7.0)));
    assert_eq!(original.begin().get_field(table, "x"), Ok(HostValue::Number(1.0)));
    // The same slot and generation, right after a valid handle of it.
    let transaction = copy.begin();
    assert_eq!((transaction.length(copied).is_ok(), transaction.length(table)), (true, Err(OTHER)));
    drop(transaction);
    assert_eq!(copy.fork(&[table.into()]).err(), Some(HandleError::OtherState));
}

#[test]
fn a_value_of_another_kind_is_no_handle() {
    let mut state = State::new();
    let string = HostValue::from(state.begin().new_string("s").unwrap());
    let wrong = HandleError::WrongKind { expected: "table", found: "string" };
    assert_eq!(TableHandle::try_from(string), Err(wrong));
    assert_eq!(wrong.to_string(), "table expected, got string");
    assert!(StringHandle::try_from(string).is_ok());
    let wrong = HandleError::WrongKind { expected: "function", found: "nil" };
    assert_eq!(FunctionHandle::try_from(HostValue::Nil), Err(wrong));
}

#[test]
fn pins_are_counted_and_keep_what_they_reach() {
    let mut state = State::new();
    let mut transaction = state.begin();
    let table = transaction.new_table().unwrap();
    let string = transaction.new_string("kept by the table").unwrap();
    transaction.set(table, 1.0, string).unwrap();
    transaction.pin(table).unwrap();
    transaction.pin(table).unwrap();
    assert_eq!(transaction.unpin(string), Err(AccessError::NotPinned));
    transaction.commit();
    state.collect_garbage();
    let mut transaction = state.begin();
    assert_eq!(transaction.bytes(string), Ok(&b"kept by the table"[..]));
    transaction.unpin(table).unwrap();
    transaction.commit();
    state.collect_garbage();
    // Once more, but only for as long as the transaction.
    state.begin().unpin(table).unwrap();
    state.collect_garbage();
    let mut transaction = state.begin();
    transaction.unpin(table).unwrap();
    transaction.commit();
    state.collect_garbage();
    assert_eq!(state.begin().length(table), Err(STALE));
    assert_eq!(state.begin().bytes(string), Err(STALE));
}

#[test]
fn a_rollback_restores_order_length_metatable_and_account() {
    let (mut state, table) = state_with_table();
    let before = view(&mut state, table);
    let allocated = state.heap.allocated();
    let mut transaction = state.begin();
    for n in 0..100 {
        transaction.set(table, f64::from(n), f64::from(n)).unwrap();
    }
    for n in 0..100 {
        transaction.set(table, f64::from(n), HostValue::Nil).unwrap();
    }
    for (key, value) in &before.0 {
        transaction.set(table, *key, *value).unwrap();
    }
    transaction.set_metatable(table, None).unwrap();
    transaction.commit();
    assert_ne!(view(&mut state, table), before, "the layout shows, so the same entries are not enough");

    let (mut state, table) = state_with_table();
    let before = view(&mut state, table);
    assert_eq!(state.heap.allocated(), allocated);
    let mut transaction = state.begin();
    for n in 0..100 {
        transaction.set(table, f64::from(n), f64::from(n)).unwrap();
    }
    transaction.set_metatable(table, Some(table)).unwrap();
    transaction.rollback();
    assert_eq!(view(&mut state, table), before);
    assert_eq!(state.heap.allocated(), allocated);
}

#[test]
fn what_a_rolled_back_transaction_made_is_empty_and_goes_with_the_next_collection() {
    let mut state = State::new();
    let mut transaction = state.begin();
    let (table, metatable) = (transaction.new_table().unwrap(), transaction.new_table().unwrap());
    let userdata = transaction.new_userdata(100).unwrap();
    transaction.set(table, 1.0, userdata).unwrap();
    transaction.set_userdata_metatable(userdata, Some(metatable)).unwrap();
    assert_eq!(transaction.userdata_metatable(userdata), Ok(Some(metatable)));
    transaction.pin(table).unwrap();
    drop(transaction);
    let transaction = state.begin();
    assert_eq!(transaction.length(table), Ok(0));
    assert_eq!(transaction.userdata_metatable(userdata), Ok(None));
    drop(transaction);
    state.collect_garbage();
    assert_eq!(state.begin().length(table), Err(STALE));
}

#[test]
fn what_exceeds_the_limit_is_refused_and_changes_nothing() {
    let (mut state, table) = state_with_table();
    state.collect_garbage();
    let before = view(&mut state, table);
    let allocated = state.heap.allocated();
    state.heap.set_limit(allocated);
    let mut transaction = state.begin();
    assert_eq!(transaction.new_string("a new string"), Err(AccessError::Memory));
    assert_eq!(transaction.new_table(), Err(AccessError::Memory));
    assert_eq!(transaction.new_userdata(usize::MAX), Err(AccessError::Memory));
    assert_eq!(transaction.new_function(double, &[]), Err(AccessError::Memory));
    // The table has a free place or two.
    let refused = (100..200).find(|n| transaction.set(table, f64::from(*n), true) == Err(AccessError::Memory)).unwrap();
    assert_eq!(transaction.get(table, f64::from(refused)), Ok(HostValue::Nil));
    assert_eq!(transaction.set(table, 1.0, true), Ok(()), "what needs no memory is still possible");
    transaction.rollback();
    assert_eq!(view(&mut state, table), before);
    assert_eq!(state.heap.allocated(), allocated);
    state.heap.set_limit(0);
    let mut transaction = state.begin();
    assert_eq!(transaction.set_field(table, "x", 5.0), Ok(()), "also when the limit is exceeded already");
    assert_eq!(transaction.get_field(table, "no such string"), Ok(HostValue::Nil), "reading needs no memory");
}

#[test]
fn keys_that_no_table_has_are_refused() {
    let mut state = State::new();
    let mut transaction = state.begin();
    let table = transaction.new_table().unwrap();
    assert_eq!(transaction.set(table, HostValue::Nil, 1.0), Err(AccessError::NilKey));
    assert_eq!(transaction.set(table, f64::NAN, 1.0), Err(AccessError::NanKey));
    assert_eq!(transaction.next(table, 1.0), Err(AccessError::UnknownKey));
    assert_eq!(transaction.get(table, f64::from_bits(u64::MAX)), Ok(HostValue::Nil));
}

fn double(call: &mut Call<'_>) -> Result<Step, Error> {
    let n = call.check_number(1)?;
    call.give(crate::lua::heap::Value::number(2.0 * n))
}

/// Sets `x` of its argument, and keeps it only if the second argument is true.
fn set_x(call: &mut Call<'_>) -> Result<Step, Error> {
    let keep = !call.value(2).is_falsy();
    let HostValue::Table(table) = call.state.heap.export(call.value(1)) else {
        return Err(call.type_mismatch(1, "table"));
    };
    let mut transaction = call.state.begin();
    let result = transaction.set_field(table, "x", "no name".len() as f64);
    if keep {
        transaction.commit();
    } else {
        transaction.rollback();
    }
    match result {
        Ok(()) => Ok(Step::Return(0)),
        Err(error) => Err(call.error(error.to_string())),
    }
}

#[test]
fn a_native_function_can_be_all_or_nothing() {
    let (mut state, table) = state_with_table();
    let mut transaction = state.begin();
    let globals = transaction.globals();
    let function = transaction.new_function(set_x, &[]).unwrap();
    transaction.set_field(globals, "set_x", function).unwrap();
    transaction.commit();
    let script = state.load_function(b"set_x(t, false) local a = t.x set_x(t, true) return a, t.x", b"=s").unwrap();
    let results = state.call_function(script, &[], &mut ()).unwrap();
    assert_eq!(results, [HostValue::Number(1.0), HostValue::Number(7.0)]);
    assert_eq!(state.begin().get_field(table, "x"), Ok(HostValue::Number(7.0)));
}

/// Calls into the state from inside a call, which is refused.
fn call_in_vain(call: &mut Call<'_>) -> Result<Step, Error> {
    let HostValue::Function(function) = call.state.heap.export(call.value(1)) else {
        return Err(call.type_mismatch(1, "function"));
    };
    match call.state.call_function(function, &[], &mut ()) {
        Err(error) => Err(call.error(error.to_string())),
        Ok(_) => Ok(Step::Return(0)),
    }
}

#[test]
fn a_state_in_a_call_is_not_called_again() {
    let mut state = State::with_libraries();
    let function = state.begin().new_function(call_in_vain, &[]).unwrap();
    let script = state.load_function(b"local f = ... return pcall(f, function() end)", b"=s").unwrap();
    let results = state.call_function(script, &[function.into()], &mut ()).unwrap();
    assert_eq!(results[0], HostValue::Boolean(false));
    let message = StringHandle::try_from(results[1]).unwrap();
    assert_eq!(state.begin().bytes(message), Ok(&b"a call is active in the state"[..]));
}

fn run(state: &mut State, source: &str) -> Result<Vec<HostValue>, HostError> {
    let function = state.load_function(source.as_bytes(), b"=s")?;
    state.call_function(function, &[], &mut Counter { executed: 0, budget: 100_000 })
}

#[test]
fn every_way_to_fail_is_told_apart_and_leaves_the_state_usable() {
    let mut state = State::with_libraries();
    state.heap.set_limit(1 << 20);
    assert_eq!(run(&mut state, "x ="), Err(HostError::Refused(b"s:1: unexpected symbol near '<eof>'".to_vec())));
    assert_eq!(run(&mut state, "while true do end"), Err(HostError::Stopped));
    assert_eq!(run(&mut state, "while true do pcall(function() while true do end end) end"), Err(HostError::Stopped));
    let hungry = "local s = 'x' while true do s = s .. s end";
    assert_eq!(run(&mut state, hungry), Err(HostError::OutOfMemory));
    match run(&mut state, "local function f() error({ code = 5 }) end f()") {
        Err(HostError::Raised { value: HostValue::Table(table), message, traceback }) => {
            assert_eq!(message, b"(error object is not a string)");
            let traceback = String::from_utf8(traceback).unwrap();
            assert!(traceback.contains("in function 'f'") && traceback.contains("in main chunk"), "{traceback}");
            assert_eq!(state.begin().get_field(table, "code"), Ok(HostValue::Number(5.0)));
        }
        other => panic!("{other:?}"),
    }
    match run(&mut state, "error(12, 0)") {
        Err(HostError::Raised { value, message, .. }) => {
            assert_eq!((value.type_name(), message), ("number", b"12".to_vec()));
        }
        other => panic!("{other:?}"),
    }
    state.collect_garbage();
    assert_eq!(run(&mut state, "return 1 + 1"), Ok(vec![HostValue::Number(2.0)]));
}

#[test]
fn a_stale_function_or_argument_is_refused_before_anything_runs() {
    let mut state = State::with_libraries();
    let function = state.load_function(b"ran = true", b"=s").unwrap();
    let table = state.begin().new_table().unwrap();
    state.collect_garbage();
    let refused = Err(HostError::Access(STALE));
    assert_eq!(state.call_function(function, &[], &mut ()), refused);
    let function = state.load_function(b"ran = true", b"=s").unwrap();
    assert_eq!(state.call_function(function, &[table.into()], &mut ()), refused);
    let transaction = state.begin();
    let globals = transaction.globals();
    assert_eq!(transaction.get_field(globals, "ran"), Ok(HostValue::Nil));
}
