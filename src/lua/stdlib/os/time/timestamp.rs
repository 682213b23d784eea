//! From a time in parts to a timestamp (`mktime`): by trying, since a time zone only tells the way back.
//!
//! Local times may be ambiguous or missing, where the clocks are changed. Which timestamp they get depends on the order in which
//! guesses are made, so that order is the C library's.

use super::calendar::{CivilTime, FIRST_YEAR, SECONDS_PER_DAY, days_before_month, days_before_year, seconds_of};
use super::zone::Zone;

/// A local time that a timestamp is wanted for: any numbers, which count on from each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub second: i32,
    pub minute: i32,
    pub hour: i32,
    /// From 1.
    pub day: i32,
    /// From 0.
    pub month: i32,
    /// Since 1900.
    pub year: i32,
    /// Whether it is meant to be daylight saving time, if that is known.
    pub is_dst: Option<bool>,
}

impl Wanted {
    /// The time of a clock that shows `second` in place of the second that is wanted, in seconds since 1970.
    fn as_seconds(&self, second: i32) -> i64 {
        let month = i64::from(self.month);
        let year = i64::from(self.year) + FIRST_YEAR + month.div_euclid(12);
        let month = month.rem_euclid(12) as usize;
        let days = days_before_year(year) + days_before_month(year, month) + i64::from(self.day) - 1;
        days * SECONDS_PER_DAY + seconds_of(self.hour, self.minute, second)
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
    let second = wanted.second.clamp(0, 59);
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
    if time.second == wanted.second {
        return Some(timestamp);
    }
    // A goal of 0 seconds may have been taken for second 60 of the minute before.
    let leap = i64::from(second == 0 && time.second == 60);
    let adjusted = timestamp + leap - i64::from(second) + i64::from(wanted.second);
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
