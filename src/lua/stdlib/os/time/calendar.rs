//! The Gregorian calendar: seconds since 1970 to years, months and days, and back.

pub const SECONDS_PER_DAY: i64 = 86_400;
/// The year that `struct tm` counts from.
pub const FIRST_YEAR: i64 = 1900;

/// How many days of a year come before each month, and before the next year: of common years, and of leap years.
const DAYS_BEFORE: [[i64; 13]; 2] = [
    [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365],
    [0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366],
];

/// What names a time in a time zone, as `struct tm` has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    pub second: i32,
    pub minute: i32,
    pub hour: i32,
    /// From 1.
    pub day: i32,
    /// From 0.
    pub month: i32,
    /// Since 1900.
    pub year: i32,
}

impl Parts {
    /// The year in an `int`, in which the last years are negative.
    pub fn counted_year(&self) -> i32 {
        self.year.wrapping_add(FIRST_YEAR as i32)
    }

    /// The year.
    pub fn full_year(&self) -> i64 {
        i64::from(self.year) + FIRST_YEAR
    }
}

/// A time that a clock shows: the rest of `struct tm`. The second may be 60, or more, in a leap second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CivilTime<'z> {
    pub parts: Parts,
    /// 0 for Sunday.
    pub weekday: i32,
    /// From 0.
    pub year_day: i32,
    pub is_dst: bool,
    /// Seconds east of Greenwich.
    pub offset: i64,
    /// What the time zone is called at that time.
    pub zone: &'z [u8],
}

/// Whether a year is a leap year.
pub fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// How many days of a year come before a month, counted from 0; 12 stands for the next year.
pub fn days_before_month(year: i64, month: usize) -> i64 {
    DAYS_BEFORE[usize::from(is_leap(year))].get(month).copied().unwrap_or(0)
}

/// The days from the beginning of 1970 to that of a year. The year must be one that an `i32` nearly holds.
pub fn days_before_year(year: i64) -> i64 {
    // In the proleptic calendar, leap days before the year 1 count backwards.
    let leap_days = |year: i64| (year - 1).div_euclid(4) - (year - 1).div_euclid(100) + (year - 1).div_euclid(400);
    (year - 1970) * 365 + leap_days(year) - leap_days(1970)
}

/// The year that a day since 1970 is in.
fn year_of_day(day: i64) -> i64 {
    const DAYS_IN_400_YEARS: i64 = 146_097;
    let mut year = 1970 + day.div_euclid(DAYS_IN_400_YEARS) * 400;
    let day = day.rem_euclid(DAYS_IN_400_YEARS);
    // Years before this one have 365 days at least, so this is at most one too many.
    year += day / 365;
    let start = days_before_year(1970 + day / 365);
    if start > day { year - 1 } else { year }
}

impl CivilTime<'_> {
    /// The time in parts that a clock shows which is so many seconds ahead of Greenwich. `None` if its year cannot be told
    /// (`EOVERFLOW`).
    pub fn shifted(timestamp: i64, shift: i64) -> Option<Self> {
        let seconds = timestamp.rem_euclid(SECONDS_PER_DAY) + shift;
        let day = timestamp.div_euclid(SECONDS_PER_DAY) + seconds.div_euclid(SECONDS_PER_DAY);
        let seconds = seconds.rem_euclid(SECONDS_PER_DAY) as i32;
        let year = year_of_day(day);
        let year_day = day - days_before_year(year);
        let month = (0..12).rev().find(|month| days_before_month(year, *month) <= year_day).unwrap_or(0);
        let parts = Parts {
            second: seconds % 60,
            minute: seconds / 60 % 60,
            hour: seconds / 3600,
            day: (year_day - days_before_month(year, month)) as i32 + 1,
            month: month as i32,
            year: i32::try_from(year - FIRST_YEAR).ok()?,
        };
        Some(Self {
            parts,
            // The first day of 1970 was a Thursday.
            weekday: (day + 4).rem_euclid(7) as i32,
            year_day: year_day as i32,
            is_dst: false,
            offset: 0,
            zone: b"",
        })
    }

    /// The seconds since 1970 if the time were one at Greenwich.
    pub fn as_seconds(&self) -> i64 {
        let Parts { second, minute, hour, .. } = self.parts;
        let days = days_before_year(self.parts.full_year()) + i64::from(self.year_day);
        days * SECONDS_PER_DAY + seconds_of(hour, minute, second)
    }
}

/// Hours, minutes and seconds in seconds, whatever they are.
pub fn seconds_of(hours: i32, minutes: i32, seconds: i32) -> i64 {
    i64::from(hours) * 3600 + i64::from(minutes) * 60 + i64::from(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(timestamp: i64) -> (i64, i32, i32, i32, i32) {
        let time = CivilTime::shifted(timestamp, 0).expect("the year can be told");
        assert_eq!(time.as_seconds(), timestamp);
        (time.parts.full_year(), time.parts.month + 1, time.parts.day, time.weekday, time.year_day)
    }

    #[test]
    fn known_days() {
        assert_eq!(parts(0), (1970, 1, 1, 4, 0));
        assert_eq!(parts(-1), (1969, 12, 31, 3, 364));
        assert_eq!(parts(951_782_400), (2000, 2, 29, 2, 59));
        assert_eq!(parts(1_230_681_600), (2008, 12, 31, 3, 365));
        assert_eq!(parts(4_107_542_400), (2100, 3, 1, 1, 59));
        assert_eq!(parts(-62_167_219_200), (0, 1, 1, 6, 0));
        assert_eq!(parts(-62_167_219_201), (-1, 12, 31, 5, 364));
    }

    #[test]
    fn every_day_of_eight_centuries_follows_the_one_before() {
        let mut before = parts(-13_000_000_000 / SECONDS_PER_DAY * SECONDS_PER_DAY);
        for day in -13_000_000_000 / SECONDS_PER_DAY + 1..13_000_000_000 / SECONDS_PER_DAY {
            let now = parts(day * SECONDS_PER_DAY);
            assert_eq!(now.3, (before.3 + 1) % 7);
            if now.0 == before.0 {
                assert_eq!(now.4, before.4 + 1);
                assert!(now.2 == before.2 + 1 || (now.2 == 1 && now.1 == before.1 + 1 && before.2 >= 28));
            } else {
                assert_eq!((now.1, now.2, now.4), (1, 1, 0));
                assert_eq!((now.0, before.1, before.2), (before.0 + 1, 12, 31));
            }
            before = now;
        }
    }

    #[test]
    fn years_end_where_an_int_does() {
        let last = 67_768_036_191_676_799;
        let first = -67_768_040_609_740_800;
        assert_eq!(parts(last), (2_147_485_547, 12, 31, 3, 364));
        assert_eq!(parts(first), (-2_147_481_748, 1, 1, 4, 0));
        for beyond in [last + 1, first - 1, i64::MAX, i64::MIN] {
            assert_eq!(CivilTime::shifted(beyond, 0), None);
        }
        assert_eq!(CivilTime::shifted(last, 1), None);
        assert!(CivilTime::shifted(last + 1, -1).is_some());
    }
}
