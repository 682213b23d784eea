//! Dates and times for Lua: `os.date`, `os.time`, `os.difftime`.

use std::time::{SystemTime, UNIX_EPOCH};

use super::time::{CivilTime, Parts, Wanted, Zone, current_zone, to_timestamp, write_field};
use crate::lua::heap::{Type, Value};
use crate::lua::number::{to_int, to_integer};
use crate::lua::stdlib::stages::{Progress, Stage, get_field, run_from};
use crate::lua::vm::{Call, Error, Step};

/// The seconds since 1970.
fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| i64::try_from(time.as_secs()).unwrap_or(i64::MAX))
}

/// `os.difftime(t2 [, t1])`
pub(super) fn difftime(call: &mut Call<'_>) -> Result<Step, Error> {
    // The last argument comes first, as the reference's compiler has it.
    let from = to_integer(call.optional_number(2, 0.0)?);
    let to = to_integer(call.check_number(1)?);
    call.give(Value::number((i128::from(to) - i128::from(from)) as f64))
}

/// `os.date([format [, time]])`
pub(super) fn date(call: &mut Call<'_>) -> Result<Step, Error> {
    let format = call.optional_c_string(1)?.unwrap_or_else(|| b"%c".to_vec());
    let timestamp = if call.is_none_or_nil(2) { now() } else { to_integer(call.check_number(2)?) };
    let zone = current_zone();
    let (time, format) = match format.strip_prefix(b"!") {
        Some(format) => (zone.utc(timestamp), format),
        None => (zone.local(timestamp), format.as_slice()),
    };
    let Some(time) = time else { return call.give(Value::NIL) };
    if format == b"*t" {
        return give_table(call, &time);
    }
    let text = format_time(call, format, &time, &zone)?;
    call.give_bytes(&text)
}

fn give_table(call: &mut Call<'_>, time: &CivilTime<'_>) -> Result<Step, Error> {
    let table = call.state.library_table(9);
    let Parts { second, minute, hour, day, month, .. } = time.parts;
    let fields = [
        ("sec", second),
        ("min", minute),
        ("hour", hour),
        ("day", day),
        ("month", month + 1),
        ("year", time.parts.counted_year()),
        ("wday", time.weekday + 1),
        ("yday", time.year_day + 1),
    ];
    for (name, value) in fields {
        call.state.set_field(table, name, Value::number(f64::from(value)));
    }
    call.state.set_field(table, "isdst", Value::boolean(time.is_dst));
    call.give(Value::table(table))
}

/// A format with its conversions made.
fn format_time(call: &mut Call<'_>, format: &[u8], time: &CivilTime<'_>, zone: &Zone) -> Result<Vec<u8>, Error> {
    /// The reference makes each conversion in a buffer of this size, and loses what does not fit.
    const BUFFER: usize = 200;
    let mut text = Vec::new();
    let mut rest = format.iter();
    while let Some(byte) = rest.next() {
        if *byte != b'%' {
            text.push(*byte);
            continue;
        }
        let Some(specifier) = rest.next() else {
            text.push(b'%');
            break;
        };
        let start = text.len();
        if *specifier == b's' {
            // The parts may be those of another zone.
            let wanted = Wanted { parts: time.parts, is_dst: Some(time.is_dst) };
            let timestamp = to_timestamp(&wanted, zone, &mut call.state.local_offset).unwrap_or(-1);
            text.extend_from_slice(timestamp.to_string().as_bytes());
        } else {
            write_field(*specifier, time, &mut text);
        }
        if text.len() - start >= BUFFER {
            text.truncate(start);
        }
        call.check_room(text.len())?;
    }
    Ok(text)
}

/// `os.time([table])`
pub(super) fn time(call: &mut Call<'_>) -> Result<Step, Error> {
    if call.is_none_or_nil(1) {
        return give_time(call, Some(now()));
    }
    call.check_type(1, Type::Table)?;
    call.set_count(1);
    run_from(Reading { fields: [0; 6], done: 0, is_read: false }, call)
}

/// Returns a time; `nil` for one that cannot be told, and for -1, which the C library has for it.
fn give_time(call: &mut Call<'_>, time: Option<i64>) -> Result<Step, Error> {
    call.give(time.filter(|time| *time != -1).map_or(Value::NIL, |time| Value::number(time as f64)))
}

/// The fields of a date table in the order in which they are read, and what they are where they are missing.
const FIELDS: [(&str, Option<i32>); 6] =
    [("sec", Some(0)), ("min", Some(0)), ("hour", Some(12)), ("day", None), ("month", None), ("year", None)];

/// `os.time` while it reads its table: any field may have to be asked for by calling a metamethod.
#[derive(Clone, Copy, Debug)]
struct Reading {
    fields: [i32; FIELDS.len()],
    /// How many fields have been read.
    done: usize,
    /// Whether the next one is on top of the stack.
    is_read: bool,
}

impl Stage for Reading {
    fn run(self, call: &mut Call<'_>) -> Result<Progress<Self>, Error> {
        let name = FIELDS.get(self.done).map_or("isdst", |(name, _)| name);
        if !self.is_read {
            return get_field(call, call.value(1), name.as_bytes(), Self { is_read: true, ..self });
        }
        let value = call.pop();
        let Some((_, default)) = FIELDS.get(self.done) else { return self.finish(call, value) };
        let mut next = Self { done: self.done + 1, is_read: false, ..self };
        if let Some(field) = next.fields.get_mut(self.done) {
            *field = match (call.state.to_number(value), default) {
                (Some(number), _) => to_int(number),
                (None, Some(default)) => *default,
                (None, None) => return Err(call.error(format!("field '{name}' missing in date table"))),
            };
        }
        Ok(Progress::Next(next))
    }
}

impl Reading {
    fn finish(self, call: &mut Call<'_>, is_dst: Value) -> Result<Progress<Self>, Error> {
        let [second, minute, hour, day, month, year] = self.fields;
        let parts = Parts { second, minute, hour, day, month: month.wrapping_sub(1), year: year.wrapping_sub(1900) };
        let wanted = Wanted { parts, is_dst: (!is_dst.is_nil()).then(|| !is_dst.is_falsy()) };
        let time = to_timestamp(&wanted, &current_zone(), &mut call.state.local_offset);
        give_time(call, time)?;
        Ok(Progress::Return(1))
    }
}
