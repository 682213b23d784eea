//! Files of the time zone database (RFC 8536): transitions, what holds after each, leap seconds, and a rule for the time
//! after the last one.

use super::zone::Regime;
use super::zone_rules::ZoneRules;
use crate::lua::c_string;

/// A zone that was read from a file.
#[derive(Clone, Debug)]
pub struct ZoneFile {
    transitions: Vec<Transition>,
    /// At least one.
    types: Vec<LocalType>,
    leaps: Vec<Leap>,
    /// What holds from the last transition on.
    footer: Option<ZoneRules>,
}

/// From this time on, that type holds.
#[derive(Clone, Copy, Debug)]
struct Transition {
    time: i64,
    kind: usize,
}

#[derive(Clone, Debug)]
struct LocalType {
    offset: i64,
    is_dst: bool,
    name: Vec<u8>,
    /// Whether transitions to it are given in standard time, and in universal time.
    is_standard: bool,
    is_universal: bool,
}

/// From this time on, so many leap seconds have been.
#[derive(Clone, Copy, Debug)]
struct Leap {
    time: i64,
    total: i64,
}

/// The numbers of entries, from a header.
struct Counts {
    universal: usize,
    standard: usize,
    leaps: usize,
    transitions: usize,
    types: usize,
    letters: usize,
}

impl ZoneFile {
    /// Reads a file's content. `None` if it is not one of the database's.
    pub fn parse(content: &[u8]) -> Option<Self> {
        let mut reader = Reader(content);
        let (version, counts) = reader.header()?;
        if version == 0 {
            return Self::read(&mut reader, &counts, 4);
        }
        // The first part is for those who know nothing of times of 8 bytes.
        reader.take(counts.size(4)?)?;
        let (_, counts) = reader.header()?;
        let mut file = Self::read(&mut reader, &counts, 8)?;
        file.footer = reader.footer()?;
        Some(file)
    }

    fn read(reader: &mut Reader<'_>, counts: &Counts, width: usize) -> Option<Self> {
        // All of it is there, so no number is larger than the file.
        if reader.0.len() < counts.size(width)? || counts.types == 0 {
            return None;
        }
        let times = (0..counts.transitions).map(|_| reader.integer(width)).collect::<Option<Vec<i64>>>()?;
        let kinds = reader.take(counts.transitions)?.iter().map(|kind| usize::from(*kind));
        let transitions: Vec<Transition> =
            times.into_iter().zip(kinds).map(|(time, kind)| Transition { time, kind }).collect();
        if transitions.iter().any(|transition| transition.kind >= counts.types) {
            return None;
        }
        let types = (0..counts.types).map(|_| reader.local_type()).collect::<Option<Vec<_>>>()?;
        let letters = reader.take(counts.letters)?;
        let mut types = types
            .into_iter()
            .map(|(offset, is_dst, name)| {
                let name = c_string(letters.get(name..)?).to_vec();
                Some(LocalType { offset, is_dst, name, is_standard: false, is_universal: false })
            })
            .collect::<Option<Vec<_>>>()?;
        let leaps = (0..counts.leaps)
            .map(|_| Some(Leap { time: reader.integer(width)?, total: reader.integer(4)? }))
            .collect::<Option<Vec<_>>>()?;
        for (flag, kind) in reader.take(counts.standard)?.iter().zip(&mut types) {
            kind.is_standard = *flag != 0;
        }
        for (flag, kind) in reader.take(counts.universal)?.iter().zip(&mut types) {
            kind.is_universal = *flag != 0;
        }
        Some(Self { transitions, types, leaps, footer: None })
    }

    /// What holds at a time.
    pub fn at(&self, timestamp: i64) -> Regime<'_> {
        let passed = self.transitions.partition_point(|transition| transition.time <= timestamp);
        if passed == self.transitions.len()
            && passed > 0
            && let Some(regime) = self.footer.as_ref().and_then(|footer| footer.at(timestamp))
        {
            return regime;
        }
        let kind = match passed.checked_sub(1).and_then(|last| self.transitions.get(last)) {
            Some(transition) => transition.kind,
            // Before the first transition it is standard time.
            None => self.types.iter().position(|kind| !kind.is_dst).unwrap_or(0),
        };
        match self.types.get(kind) {
            Some(kind) => Regime { offset: kind.offset, is_dst: kind.is_dst, name: &kind.name },
            None => Regime { offset: 0, is_dst: false, name: b"" },
        }
    }

    /// How many leap seconds have been up to a time, and how many are under way.
    pub fn leap_seconds(&self, timestamp: i64) -> (i64, i32) {
        let passed = self.leaps.partition_point(|leap| leap.time <= timestamp);
        let Some((last, before)) = self.leaps.get(..passed).and_then(<[Leap]>::split_last) else { return (0, 0) };
        let previous = before.last().map_or(0, |leap| leap.total);
        if last.time != timestamp || last.total <= previous {
            return (last.total, 0);
        }
        let mut hits = 1;
        let mut later = *last;
        for leap in before.iter().rev() {
            if later.time != leap.time.saturating_add(1) || later.total != leap.total.saturating_add(1) {
                break;
            }
            hits += 1;
            later = *leap;
        }
        (last.total, hits)
    }

    /// The zone with other names and offsets, and this one's dates of change (`TZDEFRULES`). `None` if it has only one type.
    ///
    /// Which hours of those dates come of it makes little sense, and the time after the last transition keeps its own names. It
    /// is what the C library makes of a zone that is given without dates.
    pub fn adapted_to(mut self, rules: &ZoneRules) -> Option<Self> {
        if self.types.len() < 2 {
            return None;
        }
        let (standard, daylight) = (&rules.standard, &rules.daylight);
        let shift = standard.offset - self.latest_standard_offset();
        let mut was_dst = false;
        for transition in &mut self.transitions {
            let Some(kind) = self.types.get(transition.kind) else { continue };
            if !kind.is_universal && (!was_dst || kind.is_standard) {
                transition.time = transition.time.saturating_add(shift);
            }
            transition.kind = usize::from(kind.is_dst);
            was_dst = kind.is_dst;
        }
        let kind = |half: &super::zone_rules::Half, is_dst| LocalType {
            offset: half.offset,
            is_dst,
            name: half.name.clone(),
            is_standard: false,
            is_universal: false,
        };
        self.types = vec![kind(standard, false), kind(daylight, true)];
        Some(self)
    }

    /// The offset of standard time that was in use last.
    fn latest_standard_offset(&self) -> i64 {
        let mut kinds = self.transitions.iter().rev().filter_map(|transition| self.types.get(transition.kind));
        kinds.find(|kind| !kind.is_dst).map_or(0, |kind| kind.offset)
    }
}

impl Counts {
    /// The bytes of what follows the header, with times of so many bytes.
    fn size(&self, width: usize) -> Option<usize> {
        let parts = [
            (self.transitions, width + 1),
            (self.types, 6),
            (self.letters, 1),
            (self.leaps, width + 4),
            (self.standard, 1),
            (self.universal, 1),
        ];
        parts.iter().try_fold(0usize, |sum, (count, size)| sum.checked_add(count.checked_mul(*size)?))
    }
}

/// What is left of a file.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    /// A signed number with the most significant byte first.
    fn integer(&mut self, width: usize) -> Option<i64> {
        let bytes = self.take(width)?;
        let sign = if bytes.first().is_some_and(|byte| *byte >= 0x80) { -1 } else { 0 };
        Some(bytes.iter().fold(sign, |number, byte| number << 8 | i64::from(*byte)))
    }

    /// The version, and the counts.
    fn header(&mut self) -> Option<(u8, Counts)> {
        if self.take(4)? != b"TZif" {
            return None;
        }
        let version = *self.take(1)?.first()?;
        self.take(15)?;
        let mut count = || self.integer(4).and_then(|count| usize::try_from(count).ok());
        let (universal, standard, leaps) = (count()?, count()?, count()?);
        let (transitions, types, letters) = (count()?, count()?, count()?);
        if standard > types || universal > types {
            return None;
        }
        Some((version, Counts { universal, standard, leaps, transitions, types, letters }))
    }

    /// An offset, whether it is daylight saving time, and where its name starts.
    fn local_type(&mut self) -> Option<(i64, bool, usize)> {
        let offset = self.integer(4)?;
        let is_dst = match self.integer(1)? {
            0 => false,
            1 => true,
            _ => return None,
        };
        Some((offset, is_dst, usize::from(*self.take(1)?.first()?)))
    }

    /// The rule between two line ends, if it is not empty. The outer `None` stands for a file that is cut off.
    fn footer(&mut self) -> Option<Option<ZoneRules>> {
        let (first, rest) = self.0.split_first()?;
        let (_, text) = rest.split_last()?;
        let text = c_string(text);
        Some((*first == b'\n' && !text.is_empty()).then(|| ZoneRules::parse(text)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file with times of 8 bytes, and a first part that is empty.
    fn file(transitions: &[(i64, u8)], leaps: &[(i64, i32)], footer: &str) -> Vec<u8> {
        let header = |counts: [usize; 6]| {
            let mut bytes = b"TZif2".to_vec();
            bytes.extend([0; 15]);
            bytes.extend(counts.iter().flat_map(|count| (*count as u32).to_be_bytes()));
            bytes
        };
        let mut bytes = header([0; 6]);
        bytes.extend(header([0, 0, leaps.len(), transitions.len(), 2, 8]));
        bytes.extend(transitions.iter().flat_map(|(time, _)| time.to_be_bytes()));
        bytes.extend(transitions.iter().map(|(_, kind)| kind));
        for (offset, is_dst, name) in [(-18_000i32, 0u8, 0u8), (-14_400, 1, 4)] {
            bytes.extend(offset.to_be_bytes());
            bytes.extend([is_dst, name]);
        }
        bytes.extend(b"EST\0EDT\0");
        for (time, total) in leaps {
            bytes.extend(time.to_be_bytes());
            bytes.extend(total.to_be_bytes());
        }
        bytes.extend(format!("\n{footer}\n").bytes());
        bytes
    }

    fn seen(zone: &ZoneFile, timestamp: i64) -> (i64, bool, &str) {
        let regime = zone.at(timestamp);
        (regime.offset, regime.is_dst, std::str::from_utf8(regime.name).unwrap_or("?"))
    }

    const WINTER: (i64, bool, &str) = (-18_000, false, "EST");
    const SUMMER: (i64, bool, &str) = (-14_400, true, "EDT");

    #[test]
    fn transitions_hold_from_their_second_on_and_then_the_rule() {
        let bytes = file(&[(100, 1), (200, 0)], &[], "AAA1BBB,J1/0,J365/0");
        let zone = ZoneFile::parse(&bytes).expect("a valid file");
        assert_eq!((seen(&zone, i64::MIN), seen(&zone, 99)), (WINTER, WINTER));
        assert_eq!((seen(&zone, 100), seen(&zone, 199)), (SUMMER, SUMMER));
        assert_eq!(seen(&zone, 86_400), (0, true, "BBB"));
        assert_eq!(seen(&zone, 364 * 86_400 + 3600), (-3600, false, "AAA"));
        // The rule has nothing to say of years that cannot be told.
        assert_eq!(seen(&zone, i64::MAX), WINTER);
        let without = ZoneFile::parse(&file(&[(100, 1)], &[], "")).expect("a valid file");
        assert_eq!(seen(&without, 1 << 40), SUMMER);
        let constant = ZoneFile::parse(&file(&[], &[], "AAA1")).expect("a valid file");
        assert_eq!(seen(&constant, 1 << 40), WINTER);
    }

    #[test]
    fn leap_seconds_are_counted_and_seen_when_they_come() {
        let zone =
            ZoneFile::parse(&file(&[], &[(1000, 1), (2001, 2), (2002, 3), (3000, 2)], "")).expect("a valid file");
        assert_eq!(zone.leap_seconds(999), (0, 0));
        assert_eq!((zone.leap_seconds(1000), zone.leap_seconds(1001)), ((1, 1), (1, 0)));
        assert_eq!(zone.leap_seconds(2002), (3, 2));
        assert_eq!((zone.leap_seconds(3000), zone.leap_seconds(i64::MAX)), ((2, 0), (2, 0)));
    }

    #[test]
    fn the_default_rules_take_other_names_and_offsets() {
        let zone = ZoneFile::parse(&file(&[(100_000, 1), (200_000, 0)], &[], "")).expect("a valid file");
        let zone = zone.adapted_to(&ZoneRules::parse(b"FOO-1BAR")).expect("it has two types");
        assert_eq!(seen(&zone, 100_000 + 6 * 3600 - 1), (3600, false, "FOO"));
        assert_eq!(seen(&zone, 100_000 + 6 * 3600), (7200, true, "BAR"));
        assert_eq!(seen(&zone, 200_000), (3600, false, "FOO"));
    }

    #[test]
    fn damaged_files_are_refused_or_do_no_harm() {
        let whole = file(&[(100, 1), (200, 0)], &[(1000, 1)], "AAA1BBB,M3.2.0,M11.1.0");
        for length in 0..whole.len() {
            if let Some(zone) = ZoneFile::parse(&whole[..length]) {
                zone.at(i64::MAX);
            }
            for byte in [0, 1, 0x7F, 0x80, 0xFF] {
                let mut damaged = whole.clone();
                damaged[length] = byte;
                if let Some(zone) = ZoneFile::parse(&damaged) {
                    for timestamp in [i64::MIN, -1, 150, 1 << 40, i64::MAX] {
                        zone.at(timestamp);
                        zone.leap_seconds(timestamp);
                    }
                    let _ = zone.adapted_to(&ZoneRules::parse(b"FOO24BAR-24"));
                }
            }
        }
    }
}
