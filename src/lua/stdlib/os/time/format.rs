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
    let year = i64::from(time.parts.counted_year());
    // Eleven o'clock is followed by twelve, not by zero.
    let hour_of_12 = (time.parts.hour + 11) % 12 + 1;
    let is_afternoon = time.parts.hour > 11;
    let weekday = WEEKDAYS.get(time.weekday as usize).copied().unwrap_or("?");
    let month = MONTHS.get(time.parts.month as usize).copied().unwrap_or("?");
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
        b'd' => two(time.parts.day),
        b'e' => spaced(time.parts.day),
        b'g' => two(iso_week(time).0.rem_euclid(100)),
        b'G' => wide(iso_week(time).0.into()),
        b'H' => two(time.parts.hour),
        b'I' => two(hour_of_12),
        b'j' => Field::Number(i64::from(time.year_day) + 1, 3, b'0'),
        b'k' => spaced(time.parts.hour),
        b'l' => spaced(hour_of_12),
        b'm' => two(time.parts.month + 1),
        b'M' => two(time.parts.minute),
        b'n' => Field::Text("\n"),
        b'p' => Field::Text(if is_afternoon { "PM" } else { "AM" }),
        b'P' => Field::Text(if is_afternoon { "pm" } else { "am" }),
        b'S' => two(time.parts.second),
        b't' => Field::Text("\t"),
        b'u' => wide(i64::from((time.weekday + 6) % 7 + 1)),
        b'U' => two((time.year_day - time.weekday + 7) / 7),
        b'V' => two(iso_week(time).1),
        b'w' => wide(time.weekday.into()),
        b'W' => two((time.year_day - (time.weekday + 6) % 7 + 7) / 7),
        b'y' => two(time.parts.year.rem_euclid(100)),
        b'Y' => wide(year),
        b'%' => Field::Text("%"),
        _ => return None,
    })
}

/// The week of ISO 8601, and the year that it belongs to: weeks start on Monday, and the first one has the first Thursday.
fn iso_week(time: &CivilTime<'_>) -> (i32, i32) {
    let days_in = |year: i32| if is_leap(year.into()) { 366 } else { 365 };
    let year = time.parts.counted_year();
    // The day of the year of this week's Thursday.
    let thursday = time.year_day - (time.weekday + 6) % 7 + 3;
    if thursday < 0 {
        let before = year.wrapping_sub(1);
        (before, (thursday + days_in(before)) / 7 + 1)
    } else if thursday >= days_in(year) {
        (year.wrapping_add(1), 1)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn written(specifier: u8, timestamp: i64) -> String {
        let time = CivilTime::shifted(timestamp, 0).expect("the year can be told");
        let mut out = Vec::new();
        write_field(specifier, &CivilTime { offset: -12_600, zone: b"ABC", ..time }, &mut out);
        String::from_utf8_lossy(&out).into_owned()
    }

    fn all(specifiers: &str, timestamp: i64) -> Vec<String> {
        specifiers.bytes().map(|specifier| written(specifier, timestamp)).collect()
    }

    /// Noon of a day, by its distance from 1970.
    const fn noon(day: i64) -> i64 {
        day * 86_400 + 43_200
    }

    #[test]
    fn weeks_around_new_year_belong_to_one_of_the_years() {
        // 2004-12-31 to 2005-01-03, 2008-12-29, 2009-12-31, 2010-01-03 and 2010-01-04.
        let expected = ["2004 53", "2004 53", "2004 53", "2005 01", "2009 01", "2009 53", "2009 53", "2010 01"];
        let days = [12_783, 12_784, 12_785, 12_786, 14_242, 14_609, 14_612, 14_613];
        for (day, expected) in days.into_iter().zip(expected) {
            assert_eq!(all("GV", noon(day)).join(" "), expected, "{day}");
        }
        assert_eq!(all("UWju", noon(14_612)), ["01", "00", "003", "7"]);
    }

    #[test]
    fn clocks_of_twelve_hours_have_no_zero() {
        assert_eq!(all("Ilkpr", 0), ["12", "12", " 0", "AM", "12:00:00 AM"]);
        assert_eq!(all("IlkPr", 46_800), ["01", " 1", "13", "pm", "01:00:00 PM"]);
    }

    #[test]
    fn years_are_as_long_as_they_are() {
        assert_eq!(all("YCyGgF", -62_198_755_200), ["-1", "-1", "99", "-2", "98", "-1-01-01"]);
        assert_eq!(all("YCy", 67_768_036_191_676_799), ["-2147481749", "-21474818", "47"]);
        assert_eq!(all("YGgV", 67_767_976_233_532_799), ["2147483647", "-2147483648", "52", "01"]);
    }

    #[test]
    fn what_is_no_conversion_stays() {
        assert_eq!(all("E+3Zz%", 0), ["%E", "%+", " %3", "ABC", "-0330", "%"]);
        for byte in 0..=u8::MAX {
            assert!(!written(byte, 0).is_empty());
        }
    }
}
