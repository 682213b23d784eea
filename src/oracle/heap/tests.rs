use proptest::prelude::*;

use super::super::smoke;
use super::super::wrong::fingerprint_of;
use super::*;
use crate::generate::strategy::ChoiceBytes;
use crate::generate::{Choices, host};
use crate::lua::embed::HostValue;
use crate::lua::vm::{Call, Error, Step};

const STRESSES: [Stress; 3] = [Stress::Off, Stress::Steps, Stress::WholeCollections];

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn the_state_is_what_the_model_says(bytes in ChoiceBytes { lengths: 0..800 }) {
        let (stages, stress) = host::generate(&mut Choices::new(&bytes));
        let verdict = check(&stages, stress);
        prop_assert!(verdict == Verdict::Holds, "{}\n{}", verdict, text::print(&stages, stress));
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

/// The corpus holds programs; their bytes are as good choices as any.
#[test]
fn smoke() {
    smoke::for_a_second(move |_, program| {
        let (stages, stress) = host::generate(&mut Choices::new(&program.chunk));
        check(&stages, stress)
    });
}
