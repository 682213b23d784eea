//! What a host does with a state: stages of operations over handles, made so that most of them mean something.
//!
//! Objects are named by number, modulo how many there are, so any list is a case. What is drawn leans to what hurts: objects that are
//! hung up and let go, keys that fall into one table, transactions that are rolled back or run out of room. It knows no state and no model.

use super::Choices;
use crate::lua::heap::Stress;
use crate::oracle::heap::{Afterwards, Item, Operation, Stage};

/// How many stages a case has at most, and how many operations a stage.
const MOST_STAGES: usize = 12;
const MOST_OPERATIONS: usize = 25;
/// Objects and strings are drawn from so many, so that they come again.
const OBJECTS: usize = 64;
const STRINGS: usize = 8;

/// When garbage is collected, the simplest first.
const STRESSES: [Stress; 3] = [Stress::Off, Stress::Steps, Stress::WholeCollections];

/// What a host does, and when garbage is collected meanwhile.
pub fn generate(choices: &mut Choices<'_>) -> (Vec<Stage>, Stress) {
    let stress = *choices.pick(&STRESSES);
    let mut stages = vec![stage(choices)];
    while stages.len() < MOST_STAGES && !choices.is_exhausted() {
        // With the choice that there is another one, so that stages can come and go.
        let mark = choices.begin();
        if !choices.chance(225) {
            break;
        }
        stages.push(stage(choices));
        choices.end("stage", mark);
    }
    (stages, stress)
}

fn stage(choices: &mut Choices<'_>) -> Stage {
    let commits = !choices.chance(77);
    let room = choices.chance(51).then(|| choices.below(400) as u16);
    let mut operations = Vec::new();
    while operations.len() < MOST_OPERATIONS {
        let mark = choices.begin();
        if !choices.chance(236) {
            break;
        }
        operations.push(operation(choices));
        choices.end("operation", mark);
    }
    Stage { operations, commits, room, afterwards: afterwards(choices) }
}

fn afterwards(choices: &mut Choices<'_>) -> Afterwards {
    match choices.weighted(&[2, 3, 2]) {
        1 => Afterwards::Collect,
        2 => Afterwards::Call { table: object(choices), key: item(choices), value: item(choices) },
        _ => Afterwards::Nothing,
    }
}

fn operation(choices: &mut Choices<'_>) -> Operation {
    match choices.weighted(&[3, 2, 1, 1, 8, 2, 2, 2, 1, 2, 1]) {
        1 => Operation::NewString(string(choices)),
        2 => Operation::NewUserdata,
        3 => Operation::NewFunction(item(choices)),
        4 => Operation::Set { table: object(choices), key: item(choices), value: item(choices) },
        5 => Operation::SetField { table: object(choices), key: string(choices), value: item(choices) },
        6 => {
            let (object, has_one) = (object(choices), choices.flag());
            Operation::SetMetatable { object, metatable: has_one.then(|| self::object(choices)) }
        }
        7 => Operation::Pin(item(choices)),
        8 => Operation::Unpin(item(choices)),
        9 => Operation::Get { table: object(choices), key: item(choices) },
        10 => Operation::GetField { table: object(choices), key: string(choices) },
        _ => Operation::NewTable,
    }
}

/// A number of an object. Small ones come most: they are the globals and what hangs there.
fn object(choices: &mut Choices<'_>) -> usize {
    choices.below(OBJECTS).min(choices.below(OBJECTS))
}

/// A string by its number: few of them, and now and then any, long ones among them.
fn string(choices: &mut Choices<'_>) -> u8 {
    if choices.chance(20) { choices.byte() } else { choices.below(STRINGS) as u8 }
}

/// A value. Numbers are small, so that they fall into the array part of a table, beside it, and between two integers.
fn item(choices: &mut Choices<'_>) -> Item {
    let mark = choices.begin();
    let item = match choices.weighted(&[1, 1, 4, 6]) {
        1 => Item::Boolean(choices.flag()),
        2 => Item::Halves(choices.below(28) as i8 - 4),
        3 => Item::Object(object(choices)),
        _ => Item::Nil,
    };
    choices.end("item", mark);
    item
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::mem::discriminant;

    use super::*;
    use crate::generate::bytes_of_seed;

    fn of_seed(seed: u64) -> (Vec<Stage>, Stress) {
        generate(&mut Choices::new(&bytes_of_seed(seed)))
    }

    #[test]
    fn nothing_is_one_stage_in_which_nothing_happens() {
        let nothing = Stage { operations: Vec::new(), commits: true, room: None, afterwards: Afterwards::Nothing };
        assert_eq!(generate(&mut Choices::new(&[])), (vec![nothing], Stress::Off));
        assert_eq!(of_seed(3), of_seed(3));
    }

    #[test]
    fn everything_that_a_host_can_do_is_done() {
        let cases: Vec<_> = (0..60).map(of_seed).collect();
        let stages: Vec<&Stage> = cases.iter().flat_map(|(stages, _)| stages).collect();
        let operations = || stages.iter().flat_map(|stage| &stage.operations);
        let kinds: BTreeSet<String> = operations().map(|operation| format!("{:?}", discriminant(operation))).collect();
        assert_eq!(kinds.len(), 11, "{kinds:?}");
        let ends: BTreeSet<String> =
            stages.iter().map(|stage| format!("{:?}", discriminant(&stage.afterwards))).collect();
        assert_eq!(ends.len(), 3);
        assert!(STRESSES.iter().all(|stress| cases.iter().any(|(_, drawn)| drawn == stress)));
        for (what, count) in [
            ("rolled back", stages.iter().filter(|stage| !stage.commits).count()),
            ("bounded", stages.iter().filter(|stage| stage.room.is_some()).count()),
        ] {
            assert!(count * 10 > stages.len() && count * 2 < stages.len(), "{what}: {count} of {}", stages.len());
        }
        assert!(operations().count() > 5 * stages.len(), "stages do something");
    }
}
