//! Setting and getting hooks.

use super::thread_argument;
use crate::lua::c_string;
use crate::lua::heap::Value;
use crate::lua::vm::{Call, Error, State, Step, mask};

/// The letters of events in the order in which `gethook` gives them.
const LETTERS: [(u8, u8); 3] = [(b'c', mask::CALL), (b'r', mask::RETURN), (b'l', mask::LINE)];

/// `debug.sethook([thread,] [hook, mask [, count]])`
pub(super) fn sethook(call: &mut Call<'_>) -> Result<Step, Error> {
    let (thread, shift) = thread_argument(call);
    let (mut mask, mut count) = (0, 0);
    if !call.is_none_or_nil(shift + 1) {
        let letters = call.check_string(shift + 2)?;
        if !call.value(shift + 1).is_function() {
            return Err(call.type_mismatch(shift + 1, "function"));
        }
        count = call.optional_int(shift + 3, 0)?;
        mask = mask_of(c_string(call.bytes(letters)), count);
    }
    let hook = call.value(shift + 1);
    if let Some(table) = call.state.hook_table(true)? {
        call.raw_set(table, State::hook_key(thread), hook)?;
    }
    call.state.execution_of_mut(thread).hooks.set(mask, count);
    Ok(Step::ReturnHooked(0))
}

fn mask_of(letters: &[u8], count: i32) -> u8 {
    let events = LETTERS.iter().filter(|(letter, _)| letters.contains(letter)).fold(0, |mask, (_, bit)| mask | bit);
    events | if count > 0 { mask::COUNT } else { 0 }
}

/// `debug.gethook([thread])`
pub(super) fn gethook(call: &mut Call<'_>) -> Result<Step, Error> {
    let (thread, _) = thread_argument(call);
    let hook = match call.state.hook_table(true)? {
        Some(table) => call.raw_get(table, State::hook_key(thread)),
        None => Value::NIL,
    };
    let hooks = &call.state.execution_of(thread).hooks;
    let (mask, period) = (hooks.mask(), hooks.period());
    let letters: Vec<u8> = LETTERS.iter().filter(|(_, bit)| mask & bit != 0).map(|(letter, _)| *letter).collect();
    call.push(hook);
    let letters = call.state.new_string(&letters)?;
    call.push(letters);
    call.push(Value::number(f64::from(period)));
    Ok(Step::Return(3))
}
