//! Which part of a trace is shown: as users name it on the command line, and what an instruction must be to be in it.
//!
//! It knows nothing of how events come or what is made of them.

use std::ops::{Range, RangeInclusive};
use std::str::FromStr;

use crate::trace::Datum;

/// A function, as users name it. Names are none of it: a Lua function has as many as there are variables that hold it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FunctionChoice {
    /// The program's main chunk.
    Main,
    /// Those of the program that are defined from this line on.
    DefinedIn(u32),
    /// The one with this number in the trace.
    Number(u32),
}

impl FromStr for FunctionChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parsed = match (text, text.strip_prefix('#')) {
            ("main", _) => Some(Self::Main),
            (_, Some(number)) => number.parse().ok().map(Self::Number),
            _ => text.parse().ok().filter(|line| *line > 0).map(Self::DefinedIn),
        };
        parsed.ok_or_else(|| {
            "neither `main` nor a line that functions are defined in nor a number of the trace, as in `#3` (functions have no \
             names of their own in Lua)"
                .to_owned()
        })
    }
}

/// Source lines: `12`, `12-20`, `12-`, `-20`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineRange(RangeInclusive<u32>);

impl FromStr for LineRange {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let number = |text: &str, absent| if text.is_empty() { Some(absent) } else { text.parse().ok() };
        match (number(first, 1), number(last, u32::MAX)) {
            (Some(first), Some(last)) if !matches!(text, "" | "-") && 0 < first && first <= last => {
                Ok(Self(first..=last))
            }
            _ => Err("neither a line nor a range of lines, as in `12-20`, `12-` or `-20`".to_owned()),
        }
    }
}

/// Registers: `0,3-5`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registers(Vec<RangeInclusive<u32>>);

impl Registers {
    fn contains(&self, register: u32) -> bool {
        self.0.iter().any(|range| range.contains(&register))
    }
}

impl FromStr for Registers {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let range = |text: &str| {
            let (first, last) = text.split_once('-').unwrap_or((text, text));
            let (first, last) = (first.parse().ok()?, last.parse().ok()?);
            (first <= last).then_some(first..=last)
        };
        let ranges = text.split(',').map(range).collect::<Option<_>>();
        ranges.map(Self).ok_or_else(|| "no list of registers, as in `0,3-5`".to_owned())
    }
}

/// What is shown.
#[derive(Clone, Debug)]
pub struct Filter {
    /// Instructions of these functions alone; of all, if none is chosen.
    pub functions: Vec<FunctionChoice>,
    /// Instructions of these lines of the program alone.
    pub lines: Option<LineRange>,
    /// Writes to these registers alone.
    pub registers: Option<Registers>,
    /// The executed instructions among which those are looked for, by their numbers.
    pub window: Range<u64>,
    /// How many instructions are shown.
    pub limit: u64,
}

impl Filter {
    /// Everything.
    pub fn none() -> Self {
        Self { functions: Vec::new(), lines: None, registers: None, window: 0..u64::MAX, limit: u64::MAX }
    }

    /// Whether there may be instructions within the window that are not shown.
    pub fn is_narrow(&self) -> bool {
        !self.functions.is_empty() || self.lines.is_some() || self.registers.is_some()
    }

    /// Whether a function is chosen, with this number, defined in this line, of the program or not.
    pub fn has_function(&self, number: u32, line_defined: u32, is_of_program: bool) -> bool {
        let is_chosen = |choice: &FunctionChoice| match *choice {
            // The first function of a run is what the host calls.
            FunctionChoice::Main => number == 0,
            FunctionChoice::DefinedIn(line) => is_of_program && line_defined == line,
            FunctionChoice::Number(chosen) => number == chosen,
        };
        self.functions.is_empty() || self.functions.iter().any(is_chosen)
    }

    /// Whether an instruction is chosen by its line of the program, which may have none.
    pub fn has_line(&self, line: Option<u32>) -> bool {
        self.lines.as_ref().is_none_or(|range| line.is_some_and(|line| range.0.contains(&line)))
    }

    /// What is chosen of the registers that an instruction wrote, and how many these are. `count` is how many it wrote in all; those
    /// that were not recorded follow the last one that was.
    pub fn written(&self, written: &[(u32, Datum)], count: u32) -> (Vec<(u32, Datum)>, u32) {
        let Some(registers) = &self.registers else { return (written.to_vec(), count) };
        let kept: Vec<_> = written.iter().filter(|(register, _)| registers.contains(*register)).cloned().collect();
        let next = written.last().map_or(0, |(register, _)| register + 1);
        let unrecorded = next..next.saturating_add(count.saturating_sub(written.len() as u32));
        let others = unrecorded.filter(|register| registers.contains(*register)).count();
        let count = kept.len() + others;
        (kept, count as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_read_as_they_are_written() {
        assert_eq!("main".parse(), Ok(FunctionChoice::Main));
        assert_eq!("12".parse(), Ok(FunctionChoice::DefinedIn(12)));
        assert_eq!("#0".parse(), Ok(FunctionChoice::Number(0)));
        for wrong in ["", "0", "twice", "#", "#x", "-1"] {
            assert!(wrong.parse::<FunctionChoice>().is_err(), "{wrong}");
        }
        for (text, range) in [("3", 3..=3), ("3-7", 3..=7), ("3-", 3..=u32::MAX), ("-7", 1..=7)] {
            assert_eq!(text.parse(), Ok(LineRange(range)));
        }
        for wrong in ["", "-", "7-3", "0", "0-3", "a", "1-2-3"] {
            assert!(wrong.parse::<LineRange>().is_err(), "{wrong}");
        }
        assert_eq!("0,3-5".parse(), Ok(Registers(vec![0..=0, 3..=5])));
        for wrong in ["", ",", "1,", "5-3", "R1", "1-"] {
            assert!(wrong.parse::<Registers>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn registers_that_were_not_recorded_are_counted() {
        let written: Vec<(u32, Datum)> = (4..6).map(|register| (register, Datum::Nil)).collect();
        let chosen = |registers: &str, count| {
            let filter = Filter { registers: Some(registers.parse().unwrap()), ..Filter::none() };
            let (kept, count) = filter.written(&written, count);
            (kept.into_iter().map(|(register, _)| register).collect::<Vec<_>>(), count)
        };
        assert_eq!(chosen("0-4", 2), (vec![4], 1));
        assert_eq!(chosen("5-7", 2), (vec![5], 1));
        assert_eq!(chosen("5-7", 10), (vec![5], 3));
        assert_eq!(chosen("6", 2), (vec![], 0));
    }
}
