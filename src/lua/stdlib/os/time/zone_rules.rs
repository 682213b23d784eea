//! Zones in the notation of POSIX: `EST5EDT,M3.2.0,M11.1.0`.
//!
//! What is not such a rule is still a zone, of which as much holds as could be read: so the C library takes it.

use super::calendar::{CivilTime, SECONDS_PER_DAY, days_before_month, is_leap};
use super::zone::Regime;

/// A zone with two kinds of time, and the dates at which each begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneRules {
    pub standard: Half,
    pub daylight: Half,
    /// Whether there are two kinds of time, but no dates were given.
    lacks_dates: bool,
}

/// One of the two kinds of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Half {
    pub name: Vec<u8>,
    /// Seconds east of Greenwich.
    pub offset: i64,
    /// When the other kind begins, by the clock of this one.
    until: Change,
}

/// A date and time of every year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Change {
    date: Date,
    /// Since the beginning of that day.
    seconds: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Date {
    /// A day from 0, with leap days.
    Day(i64),
    /// A day from 1, in a year without a leap day.
    DayOfCommonYear(i64),
    /// A weekday of a week of a month: 1 for the first, 5 for the last.
    Weekday { month: u16, week: u16, weekday: u16 },
}

impl Default for Date {
    fn default() -> Self {
        Self::Day(0)
    }
}

impl ZoneRules {
    /// The zone without a name of its own.
    pub fn utc() -> Self {
        Self::fixed(b"UTC", 0)
    }

    fn fixed(name: &[u8], offset: i64) -> Self {
        let half = Half { name: name.to_vec(), offset, until: Change::default() };
        Self { standard: half.clone(), daylight: half, lacks_dates: false }
    }

    /// The zone that a text describes, as far as it does.
    pub fn parse(text: &[u8]) -> Self {
        let mut rules = Self::fixed(b"", 0);
        let mut rest = Rest(text);
        let Some(name) = rest.name() else { return rules };
        rules.standard.name = name.to_vec();
        let Some(offset) = rest.standard_offset() else { return rules };
        rules.standard.offset = offset;
        if rest.0.is_empty() {
            return Self::fixed(name, offset);
        }
        if let Some(name) = rest.name() {
            rules.daylight.name = name.to_vec();
            rules.daylight.offset = rest.daylight_offset(offset);
            rules.lacks_dates = matches!(rest.0, b"" | b",");
        }
        // What holds in the United States holds where nothing is said.
        if let Some(change) = rest.change((3, 2)) {
            rules.standard.until = change;
            if let Some(change) = rest.change((11, 1)) {
                rules.daylight.until = change;
            }
        }
        rules
    }

    /// The names of both kinds of time, if no dates were given for them.
    pub fn names_without_dates(&self) -> Option<(&[u8], &[u8])> {
        self.lacks_dates.then_some((&self.standard.name, &self.daylight.name))
    }

    /// What holds at a time. `None` if its year cannot be told.
    pub fn at(&self, timestamp: i64) -> Option<Regime<'_>> {
        let year = CivilTime::shifted(timestamp, 0)?.parts.counted_year();
        let begin = self.standard.end_in(year);
        let end = self.daylight.end_in(year);
        let is_dst = if begin > end {
            // In the south, summer is where the year ends.
            timestamp < end || timestamp >= begin
        } else {
            timestamp >= begin && timestamp < end
        };
        let half = if is_dst { &self.daylight } else { &self.standard };
        Some(Regime { offset: half.offset, is_dst, name: &half.name })
    }
}

impl Half {
    fn end_in(&self, year: i32) -> i64 {
        let first = if year > 1970 { days_since_1970(year) } else { 0 };
        (first + self.until.date.day_of(year)) * SECONDS_PER_DAY - self.offset + self.until.seconds
    }
}

/// The days from the beginning of 1970 to that of a later year, in an `int` as the C library has it.
fn days_since_1970(year: i32) -> i64 {
    let before = year - 1;
    let leap_days = before / 4 - 1970 / 4 - (before / 100 - 1970 / 100) + before / 400 - 1970 / 400;
    i64::from((year - 1970).wrapping_mul(365).wrapping_add(leap_days))
}

impl Date {
    /// The day of a year, from 0.
    fn day_of(self, year: i32) -> i64 {
        match self {
            Self::Day(day) => day,
            Self::DayOfCommonYear(day) => day - 1 + i64::from(day >= 60 && is_leap(i64::from(year))),
            Self::Weekday { month, week, weekday } => {
                let first = days_before_month(year.into(), usize::from(month).saturating_sub(1));
                let length = days_before_month(year.into(), month.into()) - first;
                let mut day = (i64::from(weekday) - weekday_of_first(year, month.into())).rem_euclid(7);
                for _ in 1..week {
                    if day + 7 < length {
                        day += 7;
                    }
                }
                first + day
            }
        }
    }
}

/// The weekday of the first day of a month (from 1), by Zeller's congruence.
fn weekday_of_first(year: i32, month: i32) -> i64 {
    let shifted = (month + 9) % 12 + 1;
    let year = if month <= 2 { year.wrapping_sub(1) } else { year };
    let (century, rest) = (year / 100, year % 100);
    i64::from(((26 * shifted - 2) / 10 + 1 + rest + rest / 4 + century / 4 - 2 * century) % 7)
}

/// What is left of a text.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(count.min(self.0.len()));
        self.0 = rest;
        taken
    }

    fn take_while(&mut self, accepts: impl Fn(u8) -> bool) -> &'a [u8] {
        self.take(self.0.iter().position(|byte| !accepts(*byte)).unwrap_or(self.0.len()))
    }

    fn accept(&mut self, byte: u8) -> bool {
        let found = self.0.first() == Some(&byte);
        self.take(usize::from(found));
        found
    }

    /// Three letters or more; or, between angle brackets, digits and signs as well.
    fn name(&mut self) -> Option<&'a [u8]> {
        const SHORTEST: usize = 3;
        let start = self.0;
        let name = self.take_while(|byte| byte.is_ascii_alphabetic());
        if name.len() >= SHORTEST {
            return Some(name);
        }
        self.0 = start;
        let bracketed = self.accept(b'<');
        let name = self.take_while(|byte| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'-');
        if bracketed && self.accept(b'>') && name.len() >= SHORTEST {
            return Some(name);
        }
        self.0 = start;
        None
    }

    fn number(&mut self) -> Option<i64> {
        let digits = self.take_while(|byte| byte.is_ascii_digit());
        if digits.is_empty() {
            return None;
        }
        Some(digits.iter().fold(0i64, |number, digit| (number * 10 + i64::from(digit - b'0')).min(i64::from(u16::MAX))))
    }

    /// `hh[:mm[:ss]]`; a part that is missing is 0. `None` if there is none at all.
    fn clock(&mut self) -> Option<(i64, i64, i64)> {
        let hours = self.number()?;
        let mut parts = [0, 0];
        for part in &mut parts {
            let start = self.0;
            match self.accept(b':').then(|| self.number()).flatten() {
                Some(number) => *part = number,
                None => {
                    self.0 = start;
                    break;
                }
            }
        }
        Some((hours, parts[0], parts[1]))
    }

    /// The sign in front of an offset, which is reckoned to the west.
    fn sign(&mut self) -> i64 {
        if self.accept(b'-') {
            return 1;
        }
        self.accept(b'+');
        -1
    }

    fn offset(&mut self) -> Option<i64> {
        let sign = self.sign();
        self.clock()
            .map(|(hours, minutes, seconds)| sign * (hours.min(24) * 3600 + minutes.min(59) * 60 + seconds.min(59)))
    }

    fn standard_offset(&mut self) -> Option<i64> {
        match self.0.first() {
            Some(b'+' | b'-' | b'0'..=b'9') => self.offset(),
            _ => None,
        }
    }

    /// One hour more than the standard, if there is no other.
    fn daylight_offset(&mut self, standard: i64) -> i64 {
        self.offset().unwrap_or(standard + 3600)
    }

    /// A date and time; at the end of the text, Sunday of the given week of a month.
    fn change(&mut self, default: (u16, u16)) -> Option<Change> {
        const TWO_O_CLOCK: i64 = 2 * 3600;
        self.accept(b',');
        let date = match self.0.first() {
            None => Date::Weekday { month: default.0, week: default.1, weekday: 0 },
            Some(_) => self.date()?,
        };
        if !matches!(self.0.first(), None | Some(b'/' | b',')) {
            return None;
        }
        if !self.accept(b'/') {
            return Some(Change { date, seconds: TWO_O_CLOCK });
        }
        if self.0.is_empty() {
            return None;
        }
        let sign = if self.accept(b'-') { -1 } else { 1 };
        let (hours, minutes, seconds) = self.clock().unwrap_or((2, 0, 0));
        Some(Change { date, seconds: sign * (hours * 3600 + minutes * 60 + seconds) })
    }

    fn date(&mut self) -> Option<Date> {
        const LAST_DAY: i64 = 365;
        if self.accept(b'M') {
            let month = self.number()?;
            let week = self.accept(b'.').then(|| self.number())??;
            let weekday = self.accept(b'.').then(|| self.number())??;
            let is_valid = (1..=12).contains(&month) && (1..=5).contains(&week) && weekday <= 6;
            let date = Date::Weekday { month: month as u16, week: week as u16, weekday: weekday as u16 };
            return is_valid.then_some(date);
        }
        if self.accept(b'J') {
            return self.number().filter(|day| (1..=LAST_DAY).contains(day)).map(Date::DayOfCommonYear);
        }
        self.number().filter(|day| *day <= LAST_DAY).map(Date::Day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, timestamp: i64) -> (i64, bool, String) {
        let rules = ZoneRules::parse(text.as_bytes());
        let regime = rules.at(timestamp).expect("the year can be told");
        (regime.offset, regime.is_dst, String::from_utf8_lossy(regime.name).into_owned())
    }

    #[test]
    fn clocks_change_at_the_second() {
        let zone = "EST5EDT,M3.2.0,M11.1.0";
        // 2009-03-08 07:00 and 2009-11-01 06:00 at Greenwich.
        assert_eq!(at(zone, 1_236_495_599), (-18_000, false, "EST".into()));
        assert_eq!(at(zone, 1_236_495_600), (-14_400, true, "EDT".into()));
        assert_eq!(at(zone, 1_257_055_199), (-14_400, true, "EDT".into()));
        assert_eq!(at(zone, 1_257_055_200), (-18_000, false, "EST".into()));
        assert_eq!(at("EST5EDT", 1_236_495_600), (-14_400, true, "EDT".into()));
    }

    #[test]
    fn summer_may_span_new_year() {
        let zone = "AEST-10AEDT,M10.1.0,M4.1.0/3";
        assert_eq!(at(zone, 1_230_768_000), (39_600, true, "AEDT".into()));
        assert_eq!(at(zone, 1_246_406_400), (36_000, false, "AEST".into()));
    }

    #[test]
    fn names_may_stand_in_brackets_and_offsets_have_parts() {
        assert_eq!(at("<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", 0), (-10_800, false, "-03".into()));
        assert_eq!(at("ABC-5:30:15", 0), (19_815, false, "ABC".into()));
        assert_eq!(at("ABC+99:99:99", 0).0, -(24 * 3600 + 59 * 60 + 59));
    }

    #[test]
    fn days_may_be_counted() {
        let julian = ZoneRules::parse(b"AAA0BBB,J60/0,J61/0");
        // 1 March of 2008 and of 2009.
        for first_of_march in [1_204_329_600, 1_235_865_600] {
            assert_eq!(julian.at(first_of_march).map(|regime| regime.is_dst), Some(true));
            assert_eq!(julian.at(first_of_march - 1).map(|regime| regime.is_dst), Some(false));
        }
        let counted = ZoneRules::parse(b"AAA0BBB,59/0,60/0");
        assert_eq!(counted.at(1_204_329_600 - 3601).map(|regime| regime.is_dst), Some(true));
        assert_eq!(counted.at(1_204_329_600 - 3600).map(|regime| regime.is_dst), Some(false));
        assert_eq!(counted.at(1_235_865_600).map(|regime| regime.is_dst), Some(true));
    }

    #[test]
    fn what_is_no_rule_is_greenwich_by_another_name() {
        assert_eq!(at("foo", 0), (0, false, "foo".into()));
        assert_eq!(at("fo", 0), (0, false, "".into()));
        assert_eq!(at("foo/bar", 1 << 40), (0, false, "foo".into()));
        for text in ["", "<", "<>", "<abc", "abc5def,", "abc5def,M", "abc5def,M13.1.1", "abc5de,J0", "abc5def,J366,5/"]
        {
            for timestamp in [0, 1 << 30, 1 << 50, -1 << 50, i64::MAX, i64::MIN] {
                let _ = ZoneRules::parse(text.as_bytes()).at(timestamp);
            }
        }
    }
}
