//! `string.gsub`.
//!
//! A replacement string, or a table without a metatable, needs nothing but reading: all substitutions are made in one go.
//! Otherwise each match is one step, after which a function of the program may have to be called.

use std::ops::Range;

use super::search::{Caret, captured_value, pattern_error, push_values, search};
use super::{Error, State, StringRef, Value, string_of_buffer, take_buffer};
use crate::lua::heap::{Heap, TableRef, Type};
use crate::lua::number::write_number;
use crate::lua::stdlib::pattern::{Capture, Captures, Matcher, PatternError, append_replacement};
use crate::lua::vm::{Call, Guard, Outcome, Pending, Step};

/// Why substituting ended early.
enum Failure {
    Pattern(PatternError),
    /// A table gave a value of this type.
    Replacement(Type),
    NoRoom,
}

impl From<PatternError> for Failure {
    fn from(error: PatternError) -> Self {
        Failure::Pattern(error)
    }
}

/// How far a `gsub` has come. Subject, pattern and replacement are the function's first three arguments.
#[derive(Clone, Debug)]
struct Substitution {
    subject: StringRef,
    pattern: StringRef,
    /// The result so far.
    result: Vec<u8>,
    /// What of the subject is in the result already.
    position: usize,
    made: i32,
    limit: i32,
    /// The match under way.
    matched: Range<usize>,
    is_done: bool,
}

/// `string.gsub(s, pattern, repl [, n])`
pub(super) fn gsub(call: &mut Call<'_>) -> Result<Step, Error> {
    let subject = call.check_string(1)?;
    let pattern = call.check_string(2)?;
    let everything = call.bytes(subject).len() as i32;
    let limit = call.optional_int(4, everything.wrapping_add(1))?;
    let replacement = call.value(3);
    let job = Substitution {
        subject,
        pattern,
        result: Vec::new(),
        position: 0,
        made: 0,
        limit,
        matched: 0..0,
        is_done: false,
    };
    match replacement.kind() {
        Type::Number | Type::String => {
            let text = call.check_string(3)?;
            job.insert_text(call, text)
        }
        Type::Function => Box::new(job).go_on(call),
        Type::Table => match replacement.as_table().filter(|table| call.state.heap.table(*table).metatable().is_none())
        {
            Some(table) => job.look_up_all(call, table),
            None => Box::new(job).go_on(call),
        },
        _ => Err(call.argument_error(3, "string/function/table expected")),
    }
}

impl Substitution {
    /// Replaces by a string with references to captures.
    fn insert_text(self, call: &mut Call<'_>, text: StringRef) -> Result<Step, Error> {
        let has_references = call.bytes(text).contains(&b'%');
        self.replace_all(call, |heap, subject, captures, whole, result| {
            let text = heap.bytes(text);
            if has_references {
                expand(heap, text, subject, captures, whole, result)
            } else {
                result.extend_from_slice(text);
                Ok(())
            }
        })
    }

    /// Replaces by what a table has. A string that does not exist is no key of any table, and need not be made.
    fn look_up_all(self, call: &mut Call<'_>, table: TableRef) -> Result<Step, Error> {
        self.replace_all(call, |heap, subject, captures, whole, result| {
            let value = match captures.get(0, whole)? {
                Capture::Position(position) => heap.raw_get(table, Value::number(position as f64)),
                Capture::Span(span) => match heap.strings.find(subject.get(span).unwrap_or_default()) {
                    Some(key) => heap.raw_get_string(table, key),
                    None => Value::NIL,
                },
            };
            append_value(heap, value, subject.get(whole.clone()).unwrap_or_default(), result)
        })
    }

    /// Makes all substitutions; `replace` appends the replacement of a match.
    fn replace_all<F>(mut self, call: &mut Call<'_>, replace: F) -> Result<Step, Error>
    where
        F: Fn(&Heap, &[u8], &Captures, &Range<usize>, &mut Vec<u8>) -> Result<(), Failure>,
    {
        self.result = take_buffer(call);
        let State { heap, fuel, matching, .. } = &mut *call.state;
        let subject = heap.bytes(self.subject);
        let mut matcher = Matcher::new(subject, heap.bytes(self.pattern), matching).with_fuel(*fuel);
        let outcome = self.replace_each(heap, subject, &mut matcher, replace);
        *fuel = matcher.fuel_left();
        match outcome {
            Ok(()) => self.finish(call),
            Err(failure) => Err(lua_error(call, failure)),
        }
    }

    fn replace_each<F>(
        &mut self,
        heap: &Heap,
        subject: &[u8],
        matcher: &mut Matcher<'_>,
        replace: F,
    ) -> Result<(), Failure>
    where
        F: Fn(&Heap, &[u8], &Captures, &Range<usize>, &mut Vec<u8>) -> Result<(), Failure>,
    {
        while !self.is_done && self.made < self.limit {
            let Some(whole) = matcher.find_from(self.position)? else { break };
            self.begin(whole, subject);
            replace(heap, subject, matcher.captures(), &self.matched, &mut self.result)?;
            self.end(subject, matcher.is_anchored());
            if !heap.has_room(self.result.len()) {
                return Err(Failure::NoRoom);
            }
        }
        Ok(())
    }

    /// Copies what is before a match.
    #[inline]
    fn begin(&mut self, whole: Range<usize>, subject: &[u8]) {
        self.result.extend_from_slice(subject.get(self.position..whole.start).unwrap_or_default());
        self.matched = whole;
        self.made += 1;
    }

    /// Goes on behind a match. An empty one takes the next byte along, so that the same place does not match again.
    #[inline]
    fn end(&mut self, subject: &[u8], is_anchored: bool) {
        let Range { start, end } = self.matched;
        self.position = end;
        self.is_done = is_anchored;
        if start == end {
            match subject.get(end) {
                Some(byte) => {
                    self.result.push(*byte);
                    self.position += 1;
                }
                None => self.is_done = true,
            }
        }
    }

    /// Makes substitutions until a function has to be called, or there are no more.
    fn go_on(mut self: Box<Self>, call: &mut Call<'_>) -> Result<Step, Error> {
        let replacement = call.value(3);
        while !self.is_done && self.made < self.limit {
            let Some(whole) = search(call, Caret::Anchors, self.subject, self.pattern, self.position)? else { break };
            self.begin(whole.clone(), call.state.heap.bytes(self.subject));
            if replacement.is_function() {
                call.push(replacement);
                let arguments = push_values(call, self.subject, &whole)?;
                return Ok(Step::Call { arguments, wanted: 1, guard: Guard::None, pending: self });
            }
            let key = captured_value(call, self.subject, &whole, 0)?;
            match call.state.look_up_plain(replacement, key)? {
                Ok(value) => self.replace_by(call, value)?,
                Err((metamethod, object)) => {
                    call.push(metamethod);
                    call.push(object);
                    call.push(key);
                    return Ok(Step::Call { arguments: 2, wanted: 1, guard: Guard::None, pending: self });
                }
            }
        }
        self.finish(call)
    }

    /// Replaces the match under way by a value that the program gave.
    fn replace_by(&mut self, call: &mut Call<'_>, value: Value) -> Result<(), Error> {
        let heap = &call.state.heap;
        let subject = heap.bytes(self.subject);
        let original = subject.get(self.matched.clone()).unwrap_or_default();
        if let Err(failure) = append_value(heap, value, original, &mut self.result) {
            return Err(lua_error(call, failure));
        }
        let is_anchored = heap.bytes(self.pattern).first() == Some(&b'^');
        self.end(subject, is_anchored);
        call.check_room(self.result.len())
    }

    /// Returns the result, and how many substitutions were made.
    fn finish(mut self, call: &mut Call<'_>) -> Result<Step, Error> {
        let made = Value::number(f64::from(self.made));
        let subject = call.state.heap.bytes(self.subject);
        let result = if self.made == 0 {
            Value::string(self.subject)
        } else {
            self.result.extend_from_slice(subject.get(self.position..).unwrap_or_default());
            string_of_buffer(call, self.result)?
        };
        call.push(result);
        call.push(made);
        Ok(Step::Return(2))
    }
}

impl Pending for Substitution {
    fn resume(mut self: Box<Self>, call: &mut Call<'_>, outcome: Outcome) -> Result<Step, Error> {
        outcome?;
        let value = call.pop();
        self.replace_by(call, value)?;
        self.go_on(call)
    }

    fn duplicate(&self) -> Box<dyn Pending> {
        Box::new(self.clone())
    }
}

/// Appends a replacement string, piece by piece: so that there may be room for the result, or not, as it grows.
fn expand(
    heap: &Heap,
    text: &[u8],
    subject: &[u8],
    captures: &Captures,
    whole: &Range<usize>,
    result: &mut Vec<u8>,
) -> Result<(), Failure> {
    let mut rest = text;
    while let Some(literal) = rest.iter().position(|byte| *byte == b'%') {
        let (plain, reference) = rest.split_at(literal);
        let (reference, others) = reference.split_at(reference.len().min(2));
        result.extend_from_slice(plain);
        append_replacement(reference, subject, captures, whole, result)?;
        if !heap.has_room(result.len()) {
            return Err(Failure::NoRoom);
        }
        rest = others;
    }
    result.extend_from_slice(rest);
    Ok(())
}

/// Appends what a function or a table gave for a match, or the original if that is false.
fn append_value(heap: &Heap, value: Value, original: &[u8], result: &mut Vec<u8>) -> Result<(), Failure> {
    match (value.as_string(), value.as_number()) {
        (Some(string), _) => result.extend_from_slice(heap.bytes(string)),
        (_, Some(number)) => write_number(number, result),
        _ if value.is_falsy() => result.extend_from_slice(original),
        _ => return Err(Failure::Replacement(value.kind())),
    }
    Ok(())
}

fn lua_error(call: &mut Call<'_>, failure: Failure) -> Error {
    match failure {
        Failure::Pattern(error) => pattern_error(call, error),
        Failure::Replacement(kind) => call.error(format!("invalid replacement value (a {})", kind.name())),
        Failure::NoRoom => call.memory_error(),
    }
}
