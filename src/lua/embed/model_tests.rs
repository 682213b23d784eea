//! Random uses of the host's API against a model: after every step the state holds what the model holds, every handle of a
//! collected object is refused, and a rollback leaves no trace.
//!
//! The model knows which objects are reachable, so it knows exactly which handles a collection makes stale.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{AccessError, FunctionHandle, HandleError, HostError, HostValue, TableHandle, Transaction};
use crate::lua::heap::Stress;
use crate::lua::vm::{Call, Error, State, Step};

const STALE: AccessError = AccessError::Handle(HandleError::Stale);
/// The object that stands for the globals.
const GLOBALS: usize = 0;

/// A value in the model: objects by their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Item {
    Nil,
    Boolean(bool),
    /// A number of halves.
    Halves(i8),
    Object(usize),
}

#[derive(Clone, Debug, Default, PartialEq)]
struct TableModel {
    entries: BTreeMap<Item, Item>,
    metatable: Option<usize>,
}

#[derive(Clone, Debug, PartialEq)]
enum Content {
    Table(TableModel),
    String(Vec<u8>),
    Userdata { metatable: Option<usize> },
    Function { upvalues: Vec<Item> },
}

#[derive(Clone, Debug)]
struct Object {
    handle: HostValue,
    is_alive: bool,
    content: Content,
}

#[derive(Clone, Debug, Default)]
struct Model {
    objects: Vec<Object>,
    pins: BTreeMap<Item, u64>,
}

/// What is done in a transaction. Objects are picked by number, modulo how many there are.
#[derive(Clone, Debug)]
enum Operation {
    NewTable,
    NewString(u8),
    NewUserdata,
    NewFunction(Item),
    Set { table: usize, key: Item, value: Item },
    SetField { table: usize, key: u8, value: Item },
    SetMetatable { object: usize, metatable: Option<usize> },
    Pin(Item),
    Unpin(Item),
    Get { table: usize, key: Item },
    GetField { table: usize, key: u8 },
}

#[derive(Clone, Copy, Debug)]
enum Afterwards {
    Nothing,
    Collect,
    /// A Lua function assigns to a table, makes garbage, and returns what it reads back.
    Call {
        table: usize,
        key: Item,
        value: Item,
    },
}

/// A transaction, and what the host does after it.
#[derive(Clone, Debug)]
struct Stage {
    operations: Vec<Operation>,
    commits: bool,
    /// How many bytes the transaction may add, if there is a limit.
    room: Option<u16>,
    afterwards: Afterwards,
}

fn item() -> impl Strategy<Value = Item> {
    prop_oneof![
        1 => Just(Item::Nil),
        1 => any::<bool>().prop_map(Item::Boolean),
        4 => (-4i8..24).prop_map(Item::Halves),
        6 => (0usize..64).prop_map(Item::Object),
    ]
}

fn operation() -> impl Strategy<Value = Operation> {
    let object = 0usize..64;
    prop_oneof![
        3 => Just(Operation::NewTable),
        2 => (0u8..8).prop_map(Operation::NewString),
        1 => Just(Operation::NewUserdata),
        1 => item().prop_map(Operation::NewFunction),
        8 => (object.clone(), item(), item()).prop_map(|(table, key, value)| Operation::Set { table, key, value }),
        2 => (object.clone(), 0u8..8, item()).prop_map(|(table, key, value)| Operation::SetField { table, key, value }),
        2 => (object.clone(), proptest::option::of(object.clone()))
            .prop_map(|(object, metatable)| Operation::SetMetatable { object, metatable }),
        2 => item().prop_map(Operation::Pin),
        1 => item().prop_map(Operation::Unpin),
        2 => (object.clone(), item()).prop_map(|(table, key)| Operation::Get { table, key }),
        1 => (object, 0u8..8).prop_map(|(table, key)| Operation::GetField { table, key }),
    ]
}

fn stage() -> impl Strategy<Value = Stage> {
    let afterwards = prop_oneof![
        2 => Just(Afterwards::Nothing),
        3 => Just(Afterwards::Collect),
        2 => (0usize..64, item(), item()).prop_map(|(table, key, value)| Afterwards::Call { table, key, value }),
    ];
    let room = proptest::option::weighted(0.2, 0u16..400);
    let operations = proptest::collection::vec(operation(), 0..25);
    (operations, proptest::bool::weighted(0.7), room, afterwards)
        .prop_map(|(operations, commits, room, afterwards)| Stage { operations, commits, room, afterwards })
}

fn text(n: u8) -> Vec<u8> {
    // Short and long strings are kept in different ways.
    format!("model string {n} {}", "-".repeat(usize::from(n) * 5)).into_bytes()
}

fn nothing(_: &mut Call<'_>) -> Result<Step, Error> {
    Ok(Step::Return(0))
}

impl Model {
    fn pick(&self, object: usize) -> usize {
        object % self.objects.len()
    }

    fn picked(&self, item: Item) -> Item {
        match item {
            Item::Object(object) => Item::Object(self.pick(object)),
            other => other,
        }
    }

    fn host_value(&self, item: Item) -> HostValue {
        match item {
            Item::Nil => HostValue::Nil,
            Item::Boolean(b) => HostValue::Boolean(b),
            Item::Halves(n) => HostValue::Number(f64::from(n) / 2.0),
            Item::Object(object) => self.objects[object].handle,
        }
    }

    fn is_valid(&self, item: Item) -> bool {
        match item {
            Item::Object(object) => self.objects[object].is_alive,
            _ => true,
        }
    }

    fn table(&self, object: usize) -> Option<&TableModel> {
        match &self.objects[object].content {
            Content::Table(table) => Some(table),
            _ => None,
        }
    }

    fn live_string(&self, bytes: &[u8]) -> Option<usize> {
        let is_it = |object: &Object| object.is_alive && matches!(&object.content, Content::String(of) if of == bytes);
        self.objects.iter().position(is_it)
    }

    fn set(&mut self, table: usize, key: Item, value: Item) {
        if let Content::Table(table) = &mut self.objects[table].content {
            match value {
                Item::Nil => table.entries.remove(&key),
                _ => table.entries.insert(key, value),
            };
        }
    }

    /// Adds an object, or finds the string that is there already.
    fn add(&mut self, handle: HostValue, content: Content) -> usize {
        let known = self.objects.iter().position(|object| object.handle == handle);
        if let Content::String(bytes) = &content
            && let Some(string) = self.live_string(bytes)
        {
            assert_eq!(known, Some(string));
            return string;
        }
        assert_eq!(known, None, "a new object got the handle of another one");
        self.objects.push(Object { handle, is_alive: true, content });
        self.objects.len() - 1
    }

    fn children(&self, object: usize) -> Vec<Item> {
        match &self.objects[object].content {
            Content::Table(TableModel { entries, metatable }) => {
                let entries = entries.iter().flat_map(|(key, value)| [*key, *value]);
                entries.chain(metatable.map(Item::Object)).collect()
            }
            Content::String(_) => Vec::new(),
            Content::Userdata { metatable } => metatable.map(Item::Object).into_iter().collect(),
            Content::Function { upvalues } => upvalues.clone(),
        }
    }

    fn collect(&mut self) {
        let mut reached = vec![false; self.objects.len()];
        let mut pending: Vec<Item> = self.pins.keys().copied().collect();
        pending.push(Item::Object(GLOBALS));
        while let Some(item) = pending.pop() {
            if let Item::Object(object) = item
                && !std::mem::replace(&mut reached[object], true)
            {
                pending.extend(self.children(object));
            }
        }
        for (object, is_reached) in self.objects.iter_mut().zip(reached) {
            object.is_alive &= is_reached;
        }
    }

    fn roll_back(&mut self, old: Model) {
        self.pins = old.pins;
        let made = self.objects.split_off(old.objects.len());
        self.objects = old.objects;
        self.objects.extend(made.into_iter().map(|object| Object {
            content: match object.content {
                Content::Table(_) => Content::Table(TableModel::default()),
                Content::Userdata { .. } => Content::Userdata { metatable: None },
                other => other,
            },
            ..object
        }));
    }
}

/// Does an operation in the transaction, and in the model if it was not refused.
fn perform(model: &mut Model, transaction: &mut Transaction<'_>, operation: &Operation, is_limited: bool) {
    let result = attempt(model, transaction, operation);
    match result {
        Ok(()) => {}
        Err(AccessError::Memory) => assert!(is_limited, "{operation:?} found no memory"),
        Err(error) => panic!("{operation:?}: {error:?}"),
    }
}

/// Like [`perform`]; an error is one that the model did not expect. Only those of memory are tolerable.
fn attempt(model: &mut Model, transaction: &mut Transaction<'_>, operation: &Operation) -> Result<(), AccessError> {
    match *operation {
        Operation::NewTable => {
            model.add(transaction.new_table()?.into(), Content::Table(TableModel::default()));
        }
        Operation::NewString(n) => {
            model.add(transaction.new_string(text(n))?.into(), Content::String(text(n)));
        }
        Operation::NewUserdata => {
            model.add(transaction.new_userdata(8)?.into(), Content::Userdata { metatable: None });
        }
        Operation::NewFunction(upvalue) => {
            let upvalue = model.picked(upvalue);
            let result = transaction.new_function(nothing, &[model.host_value(upvalue)]);
            if let Some(function) = expect(result, model.is_valid(upvalue))? {
                model.add(function.into(), Content::Function { upvalues: vec![upvalue] });
            }
        }
        Operation::Set { table, key, value } => return set(model, transaction, table, key, value),
        Operation::SetField { table, key, value } => {
            let (table, value) = (model.pick(table), model.picked(value));
            let Ok(handle) = TableHandle::try_from(model.objects[table].handle) else { return Ok(()) };
            let result = transaction.set_field(handle, text(key), model.host_value(value));
            let is_valid = model.objects[table].is_alive && model.is_valid(value);
            if expect(result, is_valid)?.is_some() {
                let key = model.add(transaction.new_string(text(key))?.into(), Content::String(text(key)));
                model.set(table, Item::Object(key), value);
            }
        }
        Operation::SetMetatable { object, metatable } => return set_metatable(model, transaction, object, metatable),
        Operation::Pin(item) => {
            let item = model.picked(item);
            if expect(transaction.pin(model.host_value(item)), model.is_valid(item))?.is_some() {
                *model.pins.entry(item).or_default() += 1;
            }
        }
        Operation::Unpin(item) => {
            let item = model.picked(item);
            let result = transaction.unpin(model.host_value(item));
            let count = model.pins.get(&item).copied().unwrap_or(0);
            match (model.is_valid(item), count) {
                (true, 0) => assert_eq!(result, Err(AccessError::NotPinned)),
                (is_valid, count) => {
                    if expect(result, is_valid)?.is_some() {
                        model.pins.insert(item, count - 1);
                        model.pins.retain(|_, count| *count > 0);
                    }
                }
            }
        }
        Operation::Get { table, key } => {
            let (table, key) = (model.pick(table), model.picked(key));
            let Ok(handle) = TableHandle::try_from(model.objects[table].handle) else { return Ok(()) };
            let result = transaction.get(handle, model.host_value(key));
            let is_valid = model.objects[table].is_alive && model.is_valid(key);
            if let Some(found) = expect(result, is_valid)? {
                assert_eq!(found, expected_entry(model, table, key));
            }
        }
        Operation::GetField { table, key } => {
            let table = model.pick(table);
            let Ok(handle) = TableHandle::try_from(model.objects[table].handle) else { return Ok(()) };
            let result = transaction.get_field(handle, text(key));
            if let Some(found) = expect(result, model.objects[table].is_alive)? {
                let key = model.live_string(&text(key)).map_or(Item::Nil, Item::Object);
                assert_eq!(found, expected_entry(model, table, key));
            }
        }
    }
    Ok(())
}

/// Splits what was done from what was rightly refused for a stale handle.
fn expect<T: std::fmt::Debug + PartialEq>(
    result: Result<T, AccessError>,
    is_valid: bool,
) -> Result<Option<T>, AccessError> {
    if is_valid {
        return result.map(Some);
    }
    assert_eq!(result, Err(STALE));
    Ok(None)
}

fn expected_entry(model: &Model, table: usize, key: Item) -> HostValue {
    let value = model.table(table).and_then(|table| table.entries.get(&key)).copied().unwrap_or(Item::Nil);
    model.host_value(value)
}

fn set(
    model: &mut Model,
    transaction: &mut Transaction<'_>,
    table: usize,
    key: Item,
    value: Item,
) -> Result<(), AccessError> {
    let (table, key, value) = (model.pick(table), model.picked(key), model.picked(value));
    let Ok(handle) = TableHandle::try_from(model.objects[table].handle) else { return Ok(()) };
    let is_valid = model.objects[table].is_alive && model.is_valid(key) && model.is_valid(value);
    let result = transaction.set(handle, model.host_value(key), model.host_value(value));
    if is_valid && key == Item::Nil {
        assert_eq!(result, Err(AccessError::NilKey));
    } else if expect(result, is_valid)?.is_some() {
        model.set(table, key, value);
    }
    Ok(())
}

fn set_metatable(
    model: &mut Model,
    transaction: &mut Transaction<'_>,
    object: usize,
    metatable: Option<usize>,
) -> Result<(), AccessError> {
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

/// The entries of a table in the order of `next`, and its length.
type View = (Vec<(HostValue, HostValue)>, usize);

fn view(transaction: &Transaction<'_>, table: TableHandle) -> View {
    let mut entries = Vec::new();
    let mut key = HostValue::Nil;
    while let Some(entry) = transaction.next(table, key).expect("the key comes from the table") {
        entries.push(entry);
        key = entry.0;
    }
    (entries, transaction.length(table).expect("the table is alive"))
}

/// Every live table's view.
fn views(model: &Model, transaction: &Transaction<'_>) -> Vec<View> {
    let alive = model.objects.iter().filter(|object| object.is_alive);
    alive.filter_map(|object| TableHandle::try_from(object.handle).ok()).map(|table| view(transaction, table)).collect()
}

/// Holds every object against the model.
fn verify(model: &Model, state: &mut State) {
    let transaction = state.begin();
    for (number, object) in model.objects.iter().enumerate() {
        let result = match (object.handle, &object.content) {
            (HostValue::Table(table), Content::Table(expected)) => verify_table(model, &transaction, table, expected),
            (HostValue::String(string), Content::String(expected)) => {
                transaction.bytes(string).map(|bytes| assert_eq!(bytes, expected))
            }
            (HostValue::Userdata(userdata), Content::Userdata { metatable }) => {
                let metatable = metatable.map(|metatable| model.objects[metatable].handle);
                transaction.userdata_metatable(userdata).map(|found| assert_eq!(found.map(HostValue::from), metatable))
            }
            (function, _) => transaction.get(transaction.globals(), function).map(drop),
        };
        assert_eq!(result, if object.is_alive { Ok(()) } else { Err(STALE) }, "object {number}");
    }
}

fn verify_table(
    model: &Model,
    transaction: &Transaction<'_>,
    table: TableHandle,
    expected: &TableModel,
) -> Result<(), AccessError> {
    let metatable = transaction.metatable(table)?.map(HostValue::from);
    assert_eq!(metatable, expected.metatable.map(|metatable| model.objects[metatable].handle));
    let (entries, length) = view(transaction, table);
    // The globals of the test hold nothing but what the model put there: it has no libraries.
    assert_eq!(entries.len(), expected.entries.len());
    for (key, value) in &expected.entries {
        assert_eq!(transaction.get(table, model.host_value(*key)), Ok(model.host_value(*value)));
        assert!(entries.contains(&(model.host_value(*key), model.host_value(*value))));
    }
    let has = |n: usize| i8::try_from(2 * n).is_ok_and(|halves| expected.entries.contains_key(&Item::Halves(halves)));
    assert!((length == 0 || has(length)) && !has(length + 1), "{length} is no border");
    Ok(())
}

fn run_transaction(model: &mut Model, state: &mut State, stage: &Stage) {
    let (old_model, old_state) = (model.clone(), state.clone());
    if let Some(room) = stage.room {
        state.heap.set_limit(state.heap.allocated() + usize::from(room));
    }
    let mut transaction = state.begin();
    let before = views(model, &transaction);
    for operation in &stage.operations {
        perform(model, &mut transaction, operation, stage.room.is_some());
    }
    if stage.commits {
        transaction.commit();
    } else {
        drop(transaction);
        model.roll_back(old_model.clone());
        assert_eq!(views(&old_model, &state.begin()), before, "the rollback left a trace");
    }
    state.heap.set_limit(usize::MAX);
    if !stage.commits {
        let (mut copy, mut old) = (state.clone(), old_state);
        copy.collect_garbage();
        old.collect_garbage();
        assert_eq!(copy.heap.allocated(), old.heap.allocated(), "the account differs after the rollback");
    }
}

fn call(model: &mut Model, state: &mut State, script: FunctionHandle, table: usize, key: Item, value: Item) {
    let (table, key, value) = (model.pick(table), model.picked(key), model.picked(value));
    if model.table(table).is_none() {
        return;
    }
    let arguments = [Item::Object(table), key, value];
    let is_valid = arguments.iter().all(|item| model.is_valid(*item));
    let arguments = arguments.map(|item| model.host_value(item));
    let result = state.call_function(script, &arguments, &mut ());
    match result {
        _ if !is_valid => assert_eq!(result, Err(HostError::Access(STALE))),
        Err(HostError::Raised { message, .. }) if key == Item::Nil => {
            assert_eq!(message, b"model:1: table index is nil");
        }
        Ok(results) if key != Item::Nil => {
            model.set(table, key, value);
            assert_eq!(results, [model.host_value(value)]);
        }
        other => panic!("{other:?}"),
    }
}

fn run(stages: &[Stage], stress: Stress) {
    let mut state = State::new();
    state.heap.set_stress(stress);
    let source = b"local t, k, v = ... t[k] = v for i = 1, 3 do local garbage = { i .. 'x' } end return t[k]";
    let script = state.load_function(source, b"=model").expect("the script is valid");
    let mut transaction = state.begin();
    transaction.pin(script).expect("the script is alive");
    let globals = transaction.globals();
    transaction.commit();
    let mut model = Model::default();
    model.add(globals.into(), Content::Table(TableModel::default()));
    for stage in stages {
        run_transaction(&mut model, &mut state, stage);
        verify(&model, &mut state);
        match stage.afterwards {
            Afterwards::Nothing => continue,
            Afterwards::Collect => {}
            Afterwards::Call { table, key, value } => call(&mut model, &mut state, script, table, key, value),
        }
        state.collect_garbage();
        model.collect();
        verify(&model, &mut state);
    }
    let mut copy = state.clone();
    for object in &model.objects {
        let refused = Err(AccessError::Handle(HandleError::OtherState));
        assert_eq!(copy.begin().pin(object.handle), refused, "a copy took a handle of the original");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn the_state_is_what_the_model_says(stages in proptest::collection::vec(stage(), 1..12), stress in 0..3usize) {
        run(&stages, [Stress::Off, Stress::Steps, Stress::WholeCollections][stress]);
    }
}
