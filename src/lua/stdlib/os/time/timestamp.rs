//! From a time in parts to a timestamp (`mktime`): by trying, since a time zone only tells the way back.
//!
//! Local times may be ambiguous or missing, where the clocks are changed. Which timestamp they get depends on the order in which
//! guesses are made, so that order is the C library's.

use super::calendar::{CivilTime, Parts, SECONDS_PER_DAY, days_before_month, days_before_year, seconds_of};
use super::zone::Zone;

/// A local time that a timestamp is wanted for: any numbers, which count on from each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub parts: Parts,
    /// Whether it is meant to be daylight saving time, if that is known.
    pub is_dst: Option<bool>,
}

impl Wanted {
    /// The time of a clock that shows `second` in place of the second that is wanted, in seconds since 1970.
    fn as_seconds(&self, second: i32) -> i64 {
        let Parts { minute, hour, day, month, .. } = self.parts;
        let year = self.parts.full_year() + i64::from(month.div_euclid(12));
        let month = month.rem_euclid(12) as usize;
        let days = days_before_year(year) + days_before_month(year, month) + i64::from(day) - 1;
        days * SECONDS_PER_DAY + seconds_of(hour, minute, second)
    }

    fn is_other_than(&self, is_dst: bool) -> bool {
        self.is_dst.is_some_and(|wanted| wanted != is_dst)
    }
}

/// How often the first search may guess.
const MAX_GUESSES: u32 = 6;
/// How far apart the second search looks for the other kind of time: no such period was ever shorter.
const STRIDE: i64 = 601_200;
/// How far it goes: half of the longest period in which the clocks did not change by just one hour.
const REACH: i64 = 457_243_209 / 2 + STRIDE;

/// The timestamp of a local time. `None` if it has none. `last_offset` is what the first guess is based on: the difference
/// between local time and Greenwich that the last call has found, 0 at first.
pub fn to_timestamp(wanted: &Wanted, zone: &Zone, last_offset: &mut i64) -> Option<i64> {
    // The seconds are added in the end: with leap seconds, minutes may be longer.
    let second = wanted.parts.second.clamp(0, 59);
    let goal = wanted.as_seconds(second);
    // The C library keeps the opposite of the offset in an `int`.
    let guess = i64::from(0i32.wrapping_sub(*last_offset as i32)).wrapping_neg();
    let (found, time, is_exact) = approach(wanted, goal, goal + guess, zone)?;
    let (timestamp, time) = if is_exact && wanted.is_other_than(time.is_dst) {
        with_other_kind(wanted, goal, found, zone)?
    } else {
        (found, time)
    };
    *last_offset = timestamp - goal;
    if time.parts.second == wanted.parts.second {
        return Some(timestamp);
    }
    // A goal of 0 seconds may have been taken for second 60 of the minute before.
    let leap = i64::from(second == 0 && time.parts.second == 60);
    let adjusted = timestamp + leap - i64::from(second) + i64::from(wanted.parts.second);
    zone.local(adjusted).map(|_| adjusted)
}

/// Guesses until the local time is the goal. The flag says whether it is: around a gap in local time, guesses may swing between
/// its two sides, and one of them is the answer.
fn approach<'z>(wanted: &Wanted, goal: i64, first: i64, zone: &'z Zone) -> Option<(i64, CivilTime<'z>, bool)> {
    let (mut guess, mut last, mut before_last) = (first, first, first);
    let mut last_is_dst = false;
    for _ in 0..MAX_GUESSES {
        let (possible, time) = nearest(zone, guess)?;
        guess = possible;
        let missing = goal - time.as_seconds();
        if missing == 0 {
            return Some((guess, time, true));
        }
        let is_side = match wanted.is_dst {
            None => last_is_dst <= time.is_dst,
            Some(is_dst) => is_dst != time.is_dst,
        };
        if guess == before_last && guess != last && is_side {
            return Some((guess, time, false));
        }
        (before_last, last) = (last, guess);
        guess += missing;
        last_is_dst = time.is_dst;
    }
    None
}

/// Looks before and after a timestamp for the kind of time that is wanted, and reckons with that. If there is none, clocks are
/// taken to change by one hour.
fn with_other_kind<'z>(wanted: &Wanted, goal: i64, around: i64, zone: &'z Zone) -> Option<(i64, CivilTime<'z>)> {
    let mut distance = STRIDE;
    while distance < REACH {
        for probe in [around - distance, around + distance] {
            let (probe, time) = nearest(zone, probe)?;
            if wanted.is_other_than(time.is_dst) {
                continue;
            }
            let timestamp = probe + goal - time.as_seconds();
            if let Some(time) = zone.local(timestamp) {
                return Some((timestamp, time));
            }
        }
        distance += STRIDE;
    }
    let timestamp = if wanted.is_dst == Some(true) { around - 3600 } else { around + 3600 };
    zone.local(timestamp).map(|time| (timestamp, time))
}

/// The local time of a timestamp, or of the last one on the way there from 1970 that has one.
fn nearest(zone: &Zone, timestamp: i64) -> Option<(i64, CivilTime<'_>)> {
    if let Some(time) = zone.local(timestamp) {
        return Some((timestamp, time));
    }
    let (mut possible, mut impossible) = (0, timestamp);
    while i64::abs_diff(possible, impossible) > 1 {
        let middle = (possible & impossible) + ((possible ^ impossible) >> 1);
        if zone.local(middle).is_some() {
            possible = middle;
        } else {
            impossible = middle;
        }
    }
    zone.local(possible).map(|time| (possible, time))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lua::stdlib::os::time::zone_rules::ZoneRules;

    fn wanted(year: i32, month: i32, day: i32, hour: i32, minute: i32) -> Wanted {
        let parts = Parts { second: 0, minute, hour, day, month: month - 1, year: year - 1900 };
        Wanted { parts, is_dst: None }
    }

    fn new_york() -> Zone {
        Zone::Rules(ZoneRules::parse(b"EST5EDT,M3.2.0,M11.1.0"))
    }

    fn timestamp(wanted: Wanted) -> Option<i64> {
        to_timestamp(&wanted, &new_york(), &mut 0)
    }

    #[test]
    fn local_times_are_reckoned_from_greenwich() {
        assert_eq!(timestamp(wanted(2009, 2, 13, 18, 31)), Some(1_234_567_860));
        assert_eq!(timestamp(wanted(2009, 7, 1, 0, 0)), Some(1_246_420_800));
        assert_eq!(timestamp(wanted(2009, 13, 1, 0, 0)), timestamp(wanted(2010, 1, 1, 0, 0)));
        assert_eq!(timestamp(wanted(2009, 1, 0, 24, -60)), timestamp(wanted(2008, 12, 31, 23, 0)));
    }

    #[test]
    fn a_time_that_comes_twice_depends_on_the_last_one() {
        let zone = new_york();
        let twice = wanted(2009, 11, 1, 1, 30);
        let mut offset = 0;
        to_timestamp(&wanted(2009, 7, 1, 0, 0), &zone, &mut offset);
        assert_eq!(to_timestamp(&twice, &zone, &mut offset), Some(1_257_053_400));
        to_timestamp(&wanted(2009, 12, 1, 0, 0), &zone, &mut offset);
        assert_eq!(to_timestamp(&twice, &zone, &mut offset), Some(1_257_057_000));
        for (is_dst, expected) in [(true, 1_257_053_400), (false, 1_257_057_000)] {
            let named = Wanted { is_dst: Some(is_dst), ..twice };
            assert_eq!(to_timestamp(&named, &zone, &mut offset), Some(expected));
        }
    }

    #[test]
    fn a_time_that_does_not_come_is_one_side_of_the_gap() {
        let missing = wanted(2009, 3, 8, 2, 30);
        assert_eq!(timestamp(missing), Some(1_236_497_400));
        assert_eq!(timestamp(Wanted { is_dst: Some(true), ..missing }), Some(1_236_493_800));
        assert_eq!(timestamp(Wanted { is_dst: Some(false), ..missing }), Some(1_236_497_400));
    }

    #[test]
    fn daylight_saving_time_may_be_asked_for_where_there_is_none() {
        let zone = Zone::Rules(ZoneRules::utc());
        let summer = Wanted { is_dst: Some(true), ..wanted(1970, 1, 1, 12, 0) };
        assert_eq!(to_timestamp(&summer, &zone, &mut 0), Some(11 * 3600));
    }

    #[test]
    fn no_numbers_do_harm() {
        let extremes = [i32::MIN, i32::MIN + 1, -1, 0, 1, 60, i32::MAX - 1, i32::MAX];
        let zone = new_york();
        for (a, b) in extremes.iter().flat_map(|a| extremes.iter().map(move |b| (*a, *b))) {
            let mut offset = i64::from(a) << 8;
            for (c, is_dst) in extremes.iter().zip([None, Some(true), Some(false)].into_iter().cycle()) {
                let parts = Parts { second: *c, minute: a, hour: b, day: a, month: b, year: *c };
                let _ = to_timestamp(&Wanted { parts, is_dst }, &zone, &mut offset);
            }
        }
        // The last second that has parts: a clock in New York shows it, but its year cannot be told at Greenwich.
        let minute = wanted(0, 12, 31, 23, 59);
        let at = |second| Wanted { parts: Parts { second, year: i32::MAX, ..minute.parts }, ..minute };
        let greenwich = Zone::Rules(ZoneRules::utc());
        assert_eq!(to_timestamp(&at(59), &greenwich, &mut 0), Some(67_768_036_191_676_799));
        assert_eq!(to_timestamp(&at(60), &greenwich, &mut 0), None);
        assert_eq!(timestamp(at(59)), None);
    }
}
