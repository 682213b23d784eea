use proptest::prelude::*;

use super::super::smoke;
use super::super::wrong::fingerprint_of;
use super::*;
use crate::lua::embed::HostValue;
use crate::lua::vm::{Call, Error, Step};

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

const STRESSES: [Stress; 3] = [Stress::Off, Stress::Steps, Stress::WholeCollections];

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn the_state_is_what_the_model_says(stages in proptest::collection::vec(stage(), 1..12), stress in 0..3usize) {
        let verdict = check(&stages, STRESSES[stress]);
        prop_assert!(verdict == Verdict::Holds, "{}", verdict);
    }
}

fn committed(operations: &[Operation], afterwards: Afterwards) -> Stage {
    Stage { operations: operations.to_vec(), commits: true, room: None, afterwards }
}

/// What is found when somebody meddles at these moments, in stages in which there is something of everything.
fn meddled(at: Moment, mut meddle: impl FnMut(&mut State)) -> String {
    let globals = |key, value| Operation::Set { table: 0, key, value };
    let (one, table) = (Item::Halves(2), Item::Object(1));
    let made =
        [Operation::NewTable, globals(one, table), Operation::NewUserdata, globals(Item::Halves(4), Item::Object(2))];
    let stages = [
        committed(&made, Afterwards::Collect),
        committed(&[Operation::NewTable, Operation::Get { table: 0, key: one }], Afterwards::Nothing),
        Stage { commits: false, ..committed(&[globals(one, Item::Nil)], Afterwards::Nothing) },
        committed(&[], Afterwards::Call { table: 0, key: Item::Halves(6), value: Item::Boolean(true) }),
        committed(&[globals(one, Item::Nil)], Afterwards::Collect),
        committed(&[], Afterwards::Nothing),
    ];
    let mut results = STRESSES.map(|stress| {
        let verdict = check_meddled(&stages, stress, &mut |moment, state| {
            if moment == at {
                meddle(state);
            }
        });
        assert!(!matches!(verdict, Verdict::SaysNothing(_)), "{verdict}");
        fingerprint_of(&verdict).unwrap_or_default()
    });
    results[0].strip_prefix("heap: ").map(str::to_owned).unwrap_or(std::mem::take(&mut results[0]))
}

fn set(state: &mut State, key: f64, value: impl Into<HostValue>) {
    let mut transaction = state.begin();
    let globals = transaction.globals();
    transaction.set(globals, key, value).expect("a valid key");
    transaction.commit();
}

fn nothing(_: &mut Call<'_>) -> Result<Step, Error> {
    Ok(Step::Return(0))
}

#[test]
fn nobody_who_meddles_is_nothing_found() {
    assert_eq!(meddled(Moment::Committed, |_| {}), "");
}

#[test]
fn every_kind_of_difference_is_found() {
    use Moment::{Calling, Collected, Committed, RolledBack};
    assert_eq!(meddled(Committed, |state| set(state, 1.0, true)), "an entry of a table");
    assert_eq!(meddled(Collected, |state| set(state, 2.0, HostValue::Nil)), "an entry of a table");
    assert_eq!(meddled(Committed, |state| set(state, 9.0, true)), "the number of entries of a table");
    assert_eq!(meddled(RolledBack, |state| set(state, 9.0, true)), "a trace of a rollback");
    assert_eq!(meddled(Committed, State::collect_garbage), "the handle of a live object");
    assert_eq!(meddled(Committed, |state| state.heap.set_limit(0)), "memory is refused without a limit");
    let of_globals = meddled(Committed, |state| {
        let mut transaction = state.begin();
        let (globals, metatable) = (transaction.globals(), transaction.new_table().expect("no limit"));
        transaction.set_metatable(globals, Some(metatable)).expect("valid handles");
        transaction.commit();
    });
    assert_eq!(of_globals, "the metatable of a table");
    let of_userdata = meddled(Committed, |state| {
        let mut transaction = state.begin();
        let found = transaction.get(transaction.globals(), 2.0).expect("a valid key");
        let metatable = transaction.new_table().expect("no limit");
        let HostValue::Userdata(userdata) = found else { panic!("{found:?}") };
        transaction.set_userdata_metatable(userdata, Some(metatable)).expect("valid handles");
        transaction.commit();
    });
    assert_eq!(of_userdata, "the metatable of a userdata");
    let pinned = meddled(Committed, |state| {
        let mut transaction = state.begin();
        let found = transaction.get(transaction.globals(), 1.0).expect("a valid key");
        transaction.pin(found).expect("a valid handle");
        transaction.commit();
    });
    assert_eq!(pinned, "the handle of a collected object");
    let accounted = meddled(RolledBack, |state| {
        let mut transaction = state.begin();
        let table = transaction.new_table().expect("no limit");
        transaction.pin(table).expect("a valid handle");
        transaction.commit();
    });
    assert_eq!(accounted, "the account after a rollback");
    let swallowed = meddled(Calling, |state| {
        let mut transaction = state.begin();
        let (globals, metatable) = (transaction.globals(), transaction.new_table().expect("no limit"));
        let nothing = transaction.new_function(nothing, &[]).expect("no limit");
        transaction.set_field(metatable, "__newindex", nothing).expect("valid handles");
        transaction.set_metatable(globals, Some(metatable)).expect("valid handles");
        transaction.commit();
    });
    assert_eq!(swallowed, "the results of a call");
    let panicking = meddled(Committed, |_| panic!("this panic is expected"));
    assert_eq!(panicking, "panic: this panic is expected");
}

/// The corpus holds programs; their bytes are as good a source of operations as any.
#[test]
fn smoke() {
    fn some(byte: u8) -> Item {
        match byte % 8 {
            0 => Item::Nil,
            1 => Item::Boolean(byte > 127),
            2..=4 => Item::Halves((byte / 8) as i8),
            _ => Item::Object(usize::from(byte / 8)),
        }
    }
    fn operation(bytes: &[u8; 4]) -> Operation {
        let [kind, object, key, value] = *bytes;
        let table = usize::from(object);
        match kind % 11 {
            0 => Operation::NewTable,
            1 => Operation::NewString(key % 8),
            2 => Operation::NewUserdata,
            3 => Operation::NewFunction(some(value)),
            4 | 5 => Operation::Set { table, key: some(key), value: some(value) },
            6 => Operation::SetField { table, key: key % 8, value: some(value) },
            7 => Operation::SetMetatable { object: table, metatable: (value > 40).then_some(usize::from(value)) },
            8 => Operation::Pin(some(value)),
            9 => Operation::Unpin(some(value)),
            _ => Operation::Get { table, key: some(key) },
        }
    }
    let mut turn = 0;
    smoke::for_a_second(move |program| {
        let (quads, _) = program.chunk.as_chunks::<4>();
        let stages: Vec<Stage> = quads
            .chunks(12)
            .take(12)
            .map(|quads| Stage {
                operations: quads.iter().map(operation).collect(),
                commits: quads[0][0] % 4 != 0,
                room: (quads[0][1] % 8 == 0).then(|| u16::from(quads[0][2])),
                afterwards: match quads[0][3] % 3 {
                    0 => Afterwards::Nothing,
                    1 => Afterwards::Collect,
                    _ => Afterwards::Call { table: 0, key: some(quads[0][1]), value: some(quads[0][2]) },
                },
            })
            .collect();
        turn += 1;
        check(&stages, STRESSES[turn % 3])
    });
}
