//! Files of the time zone database (RFC 8536): transitions, what holds after each, leap seconds, and a rule for the time
//! after the last one.

use super::zone::Regime;
use super::zone_rules::ZoneRules;

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
                let name = letters.get(name..)?.split(|byte| *byte == 0).next()?.to_vec();
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

    /// The zone with other names and offsets, and this one's dates of change (`TZDEFRULES`). `None` if it has only
    /// one type. The time after the last transition keeps its own, as the C library has it.
    pub fn adapted_to(mut self, rules: &ZoneRules) -> Option<Self> {
        if self.types.len() < 2 {
            return None;
        }
        let (own_standard, own_daylight) = self.latest_offsets();
        let (standard, daylight) = (&rules.standard, &rules.daylight);
        let mut was_dst = false;
        for transition in &mut self.transitions {
            let Some(kind) = self.types.get(transition.kind) else { continue };
            let shift = match kind {
                kind if kind.is_universal => 0,
                kind if was_dst && !kind.is_standard => daylight.offset - own_daylight,
                _ => standard.offset - own_standard,
            };
            // Local clocks show the same at the change, wherever they are.
            transition.time = transition.time.saturating_add(shift);
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

    /// The offsets of standard time and of daylight saving time that were in use last.
    fn latest_offsets(&self) -> (i64, i64) {
        let latest = |is_dst| {
            let kinds = self.transitions.iter().rev().filter_map(|transition| self.types.get(transition.kind));
            kinds.into_iter().find(|kind| kind.is_dst == is_dst).map(|kind| kind.offset)
        };
        let standard = latest(false).unwrap_or(0);
        (standard, latest(true).unwrap_or(standard))
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
        let text = text.split(|byte| *byte == 0).next().unwrap_or_default();
        Some((*first == b'\n' && !text.is_empty()).then(|| ZoneRules::parse(text)))
    }
}
