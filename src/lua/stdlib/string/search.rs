//! `string.find`, `string.match` and `string.gmatch`.
//!
//! A matcher borrows subject and pattern from the heap, and results have to be put into the heap: so a search ends with
//! the captures in the state's workspace, and the results are made from those afterwards.

use std::ops::Range;

use super::{Error, State, StringRef, Value, position};
use crate::lua::stdlib::pattern::{Capture, Matcher, PatternError, find_plain, has_specials};
use crate::lua::vm::{Call, Step};

/// Puts the values of the latest match on the function's stack: its captures, or the whole of it if there are none.
pub(super) fn push_values(call: &mut Call<'_>, subject: StringRef, whole: &Range<usize>) -> Result<usize, Error> {
    let count = call.state.matching.captures().value_count();
    push_captures(call, subject, whole, count)
}

fn push_captures(call: &mut Call<'_>, subject: StringRef, whole: &Range<usize>, count: usize) -> Result<usize, Error> {
    call.check_stack(count, "too many captures")?;
    for index in 0..count {
        let value = captured_value(call, subject, whole, index)?;
        call.push(value);
    }
    Ok(count)
}

/// The value of a capture of the latest match; the first one is the whole match if there are none.
pub(super) fn captured_value(
    call: &mut Call<'_>,
    subject: StringRef,
    whole: &Range<usize>,
    index: usize,
) -> Result<Value, Error> {
    match call.state.matching.captures().get(index, whole) {
        Ok(Capture::Span(span)) => {
            call.check_room(span.len())?;
            Ok(call.state.heap.part(subject, span))
        }
        Ok(Capture::Position(position)) => Ok(Value::number(position as f64)),
        Err(error) => Err(pattern_error(call, error)),
    }
}

/// The Lua error for a pattern that cannot be matched; the end of the run, if the host's fuel is used up.
pub(super) fn pattern_error(call: &mut Call<'_>, error: PatternError) -> Error {
    match error {
        PatternError::Exhausted => call.stopped(),
        error => call.error(error.message()),
    }
}

/// What a `^` at the start of a pattern does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Caret {
    Anchors,
    /// It stands for itself, which it does in `gmatch` alone.
    Literal,
}

/// Finds the first match from a place of the subject on.
pub(super) fn search(
    call: &mut Call<'_>,
    caret: Caret,
    subject: StringRef,
    pattern: StringRef,
    start: usize,
) -> Result<Option<Range<usize>>, Error> {
    let State { heap, fuel, matching, .. } = &mut *call.state;
    let (text, pattern) = (heap.bytes(subject), heap.bytes(pattern));
    let matcher = match caret {
        Caret::Anchors => Matcher::new(text, pattern, matching),
        Caret::Literal => Matcher::unanchored(text, pattern, matching),
    };
    let mut matcher = matcher.with_fuel(*fuel);
    let result = matcher.find_from(start);
    *fuel = matcher.fuel_left();
    result.map_err(|error| pattern_error(call, error))
}

/// `string.find(s, pattern [, init [, plain]])`
pub(super) fn find(call: &mut Call<'_>) -> Result<Step, Error> {
    let (subject, pattern, start) = arguments(call)?;
    if !call.value(4).is_falsy() || !has_specials(call.bytes(pattern)) {
        return find_text(call, subject, pattern, start);
    }
    let Some(whole) = search(call, Caret::Anchors, subject, pattern, start)? else { return call.give(Value::NIL) };
    call.push(Value::number((whole.start + 1) as f64));
    call.push(Value::number(whole.end as f64));
    let captures = call.state.matching.captures().len();
    push_captures(call, subject, &whole, captures)?;
    Ok(Step::Return(2 + captures))
}

fn find_text(call: &mut Call<'_>, subject: StringRef, needle: StringRef, start: usize) -> Result<Step, Error> {
    let (text, needle) = (call.bytes(subject), call.bytes(needle));
    let found = find_plain(text, needle, start).map(|place| place..place + needle.len());
    let read = found.as_ref().map_or(text.len(), |found| found.end).saturating_sub(start);
    call.spend(read)?;
    let Some(found) = found else { return call.give(Value::NIL) };
    call.push(Value::number((found.start + 1) as f64));
    call.push(Value::number(found.end as f64));
    Ok(Step::Return(2))
}

/// `string.match(s, pattern [, init])`
pub(super) fn match_pattern(call: &mut Call<'_>) -> Result<Step, Error> {
    let (subject, pattern, start) = arguments(call)?;
    match search(call, Caret::Anchors, subject, pattern, start)? {
        Some(whole) => push_values(call, subject, &whole).map(Step::Return),
        None => call.give(Value::NIL),
    }
}

/// Subject, pattern, and the place in the subject to start from, counted from 0.
fn arguments(call: &mut Call<'_>) -> Result<(StringRef, StringRef, usize), Error> {
    let subject = call.check_string(1)?;
    let pattern = call.check_string(2)?;
    let length = call.bytes(subject).len();
    let start = position(call.optional_integer(3, 1)?, length) - 1;
    Ok((subject, pattern, usize::try_from(start).unwrap_or(0).min(length)))
}

/// `string.gmatch(s, pattern)`: an iterator that keeps subject, pattern and its place in upvalues.
pub(super) fn gmatch(call: &mut Call<'_>) -> Result<Step, Error> {
    let subject = call.check_string(1)?;
    let pattern = call.check_string(2)?;
    let upvalues = [Value::string(subject), Value::string(pattern), Value::number(0.0)];
    let iterator = call.state.new_native(next_match, &upvalues);
    call.give(Value::native(iterator))
}

fn next_match(call: &mut Call<'_>) -> Result<Step, Error> {
    let (Some(subject), Some(pattern), Some(start)) =
        (call.upvalue(0).as_string(), call.upvalue(1).as_string(), call.upvalue(2).as_number())
    else {
        return Ok(Step::Return(0));
    };
    let Some(whole) = search(call, Caret::Literal, subject, pattern, start as usize)? else {
        return Ok(Step::Return(0));
    };
    // After an empty match the next one starts further on, or there would be no end.
    let next = if whole.is_empty() { whole.end + 1 } else { whole.end };
    call.set_upvalue(2, Value::number(next as f64));
    push_values(call, subject, &whole).map(Step::Return)
}
