//! `strftime` in the C locale, one conversion at a time.

use super::calendar::{CivilTime, is_leap};

const WEEKDAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// What a conversion gives, unless it is made of others.
enum Field {
    Text(&'static str),
    /// A number, with as many digits at least, padded in front.
    Number(i64, usize, u8),
}

/// Writes what `%` and this byte stand for, but for `%s`, which needs a time zone. What stands for nothing is written as it is.
pub fn write_field(specifier: u8, time: &CivilTime<'_>, out: &mut Vec<u8>) {
    let parts = match specifier {
        b'c' => "a b e H:M:S Y",
        b'D' | b'x' => "m/d/y",
        b'F' => "Y-m-d",
        b'R' => "H:M",
        b'r' => "I:M:S p",
        b'T' | b'X' => "H:M:S",
        b'Z' => return out.extend_from_slice(time.zone),
        b'z' => return write_offset(time.offset, out),
        // A width, for which nothing follows: the text itself is what gets it.
        b'1'..=b'9' => {
            return out.extend_from_slice(
                format!("{:>1$}", format!("%{}", char::from(specifier)), usize::from(specifier - b'0')).as_bytes(),
            );
        }
        _ => return write_simple(specifier, time, out),
    };
    for part in parts.bytes() {
        if part.is_ascii_alphabetic() { write_simple(part, time, out) } else { out.push(part) }
    }
}

fn write_simple(specifier: u8, time: &CivilTime<'_>, out: &mut Vec<u8>) {
    match field(specifier, time) {
        Some(Field::Text(text)) => out.extend_from_slice(text.as_bytes()),
        Some(Field::Number(number, width, padding)) => {
            let digits = number.unsigned_abs().to_string();
            let sign = if number < 0 { "-" } else { "" };
            out.extend_from_slice(sign.as_bytes());
            out.extend(std::iter::repeat_n(padding, width.saturating_sub(digits.len() + sign.len())));
            out.extend_from_slice(digits.as_bytes());
        }
        None => out.extend_from_slice(&[b'%', specifier]),
    }
}

fn field(specifier: u8, time: &CivilTime<'_>) -> Option<Field> {
    let year = counted_year(time);
    // Eleven o'clock is followed by twelve, not by zero.
    let hour_of_12 = (time.hour + 11) % 12 + 1;
    let is_afternoon = time.hour > 11;
    let weekday = WEEKDAYS.get(time.weekday as usize).copied().unwrap_or("?");
    let month = MONTHS.get(time.month as usize).copied().unwrap_or("?");
    let short = |name: &'static str| name.get(..3).unwrap_or(name);
    let two = |number: i32| Field::Number(number.into(), 2, b'0');
    let spaced = |number: i32| Field::Number(number.into(), 2, b' ');
    let wide = |number: i64| Field::Number(number, 1, b'0');
    Some(match specifier {
        b'a' => Field::Text(short(weekday)),
        b'A' => Field::Text(weekday),
        b'b' | b'h' => Field::Text(short(month)),
        b'B' => Field::Text(month),
        b'C' => wide(year.div_euclid(100)),
        b'd' => two(time.day),
        b'e' => spaced(time.day),
        b'g' => two(iso_week(time).0.rem_euclid(100) as i32),
        b'G' => wide(iso_week(time).0),
        b'H' => two(time.hour),
        b'I' => two(hour_of_12),
        b'j' => Field::Number(i64::from(time.year_day) + 1, 3, b'0'),
        b'k' => spaced(time.hour),
        b'l' => spaced(hour_of_12),
        b'm' => two(time.month + 1),
        b'M' => two(time.minute),
        b'n' => Field::Text("\n"),
        b'p' => Field::Text(if is_afternoon { "PM" } else { "AM" }),
        b'P' => Field::Text(if is_afternoon { "pm" } else { "am" }),
        b'S' => two(time.second),
        b't' => Field::Text("\t"),
        b'u' => wide(i64::from((time.weekday + 6) % 7 + 1)),
        b'U' => two((time.year_day - time.weekday + 7) / 7),
        b'V' => two(iso_week(time).1),
        b'w' => wide(time.weekday.into()),
        b'W' => two((time.year_day - (time.weekday + 6) % 7 + 7) / 7),
        b'y' => two(time.year.rem_euclid(100)),
        b'Y' => wide(year),
        b'%' => Field::Text("%"),
        _ => return None,
    })
}

/// The year in an `int`, in which the last years are negative.
fn counted_year(time: &CivilTime<'_>) -> i64 {
    time.year.wrapping_add(1900).into()
}

/// The week of ISO 8601, and the year that it belongs to: weeks start on Monday, and the first one has the first Thursday.
fn iso_week(time: &CivilTime<'_>) -> (i64, i32) {
    let days_in = |year| if is_leap(year) { 366 } else { 365 };
    let year = counted_year(time);
    // The day of the year of this week's Thursday.
    let thursday = time.year_day - (time.weekday + 6) % 7 + 3;
    if thursday < 0 {
        (year - 1, (thursday + days_in(year - 1)) / 7 + 1)
    } else if thursday >= days_in(year) {
        (year + 1, 1)
    } else {
        (year, thursday / 7 + 1)
    }
}

/// The offset from Greenwich in hours and minutes.
fn write_offset(offset: i64, out: &mut Vec<u8>) {
    let minutes = offset.unsigned_abs() / 60;
    let sign = if offset < 0 { '-' } else { '+' };
    out.extend_from_slice(format!("{sign}{:04}", minutes / 60 * 100 + minutes % 60).as_bytes());
}
