//! Measurements as a table for people, a row at a time.

use std::fmt::Write;
use std::time::Duration;

use super::{Measurement, Quantity, Samples, geometric_mean};

/// The table's columns.
#[derive(Clone, Copy, Debug)]
pub struct Table<'n> {
    /// The width of the first column.
    names: usize,
    reference: &'n str,
    subject: &'n str,
}

/// The width of a column with an engine's times.
const TIMES: usize = 13;

impl<'n> Table<'n> {
    /// A table for cases of these names, measured on engines that are called so.
    pub fn new<'c>(cases: impl IntoIterator<Item = &'c str>, reference: &'n str, subject: &'n str) -> Self {
        let longest = cases.into_iter().map(|name| name.chars().count()).max().unwrap_or_default();
        Self { names: longest.max(MEAN.len()), reference, subject }
    }

    /// The line above the rows.
    pub fn head(&self) -> String {
        let Self { names, reference, subject } = *self;
        format!("{:names$} {reference:>TIMES$} {subject:>TIMES$}   ratio   spread", "")
    }

    /// The line of a measurement.
    pub fn row(&self, measurement: &Measurement) -> String {
        let Measurement { name, quantity, reference, subject, goal } = measurement;
        let names = self.names;
        let mut line = format!(
            "{name:names$} {:>TIMES$} {:>TIMES$} {:>7.2}   {:>4} {:>4}",
            amount(reference, *quantity),
            amount(subject, *quantity),
            measurement.ratio(),
            percent(reference.spread()),
            percent(subject.spread()),
        );
        if let Some(goal) = goal {
            // Writing to a string cannot fail.
            let _ = write!(line, "   goal: at most {goal}");
        }
        line
    }

    /// The line below the rows: the mean over the programs among the measurements. Nothing if there are none.
    pub fn mean(&self, measurements: &[Measurement]) -> Option<String> {
        let programs: Vec<f64> =
            measurements.iter().filter(|one| one.quantity == Quantity::Run).map(Measurement::ratio).collect();
        let count = programs.len();
        let mean = geometric_mean(programs)?;
        let names = self.names;
        let plural = if count == 1 { "" } else { "s" };
        Some(format!("{MEAN:names$} {:>TIMES$} {:>TIMES$} {mean:>7.2}   of {count} program{plural}", "", ""))
    }
}

const MEAN: &str = "geometric mean";

/// What a measurement says of one engine, in the unit that suits the quantity.
fn amount(samples: &Samples, quantity: Quantity) -> String {
    let least = samples.minimum();
    match quantity {
        Quantity::Run => format!("{:.1} ms", milliseconds(least)),
        Quantity::Repeated(times) => format!("{:.2} µs", milliseconds(least) * 1e3 / f64::from(times)),
        Quantity::Bytes(length) => format!("{:.1} MB/s", megabytes(length) / least.as_secs_f64()),
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn megabytes(length: usize) -> f64 {
    length as f64 / 1e6
}

fn percent(part: f64) -> String {
    format!("{:.0}%", part * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::samples::tests::samples;

    fn measurement(name: &str, quantity: Quantity, reference: &[u64], subject: &[u64]) -> Measurement {
        Measurement {
            name: name.into(),
            quantity,
            reference: samples(reference),
            subject: samples(subject),
            goal: matches!(quantity, Quantity::Repeated(_)).then_some(0.5),
        }
    }

    #[test]
    fn a_table_has_aligned_columns() {
        let rows = [
            measurement("fib", Quantity::Run, &[200, 220], &[100, 101]),
            measurement("a-very-long-name", Quantity::Run, &[1000], &[2000]),
            measurement("compile", Quantity::Bytes(4_000_000), &[100], &[80]),
            measurement("state-start", Quantity::Repeated(1000), &[10], &[4]),
        ];
        let table = Table::new(rows.iter().map(|row| row.name.as_str()), "reference", "ferrous");
        let mut text = vec![table.head()];
        text.extend(rows.iter().map(|row| table.row(row)));
        text.extend(table.mean(&rows));
        let expected = [
            "                     reference       ferrous   ratio   spread",
            "fib                   200.0 ms      100.0 ms    0.50    10%   1%",
            "a-very-long-name     1000.0 ms     2000.0 ms    2.00     0%   0%",
            "compile              40.0 MB/s     50.0 MB/s    0.80     0%   0%",
            "state-start           10.00 µs       4.00 µs    0.40     0%   0%   goal: at most 0.5",
            "geometric mean                                  1.00   of 2 programs",
        ];
        assert_eq!(text, expected, "\n{}", text.join("\n"));
    }

    #[test]
    fn there_is_no_mean_of_nothing() {
        let rows = [measurement("compile", Quantity::Bytes(1), &[1], &[1])];
        assert_eq!(Table::new([], "a", "b").mean(&rows), None);
    }
}
