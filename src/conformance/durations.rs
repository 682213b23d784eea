//! How long each case took when that was last recorded. The order of work and the cutting into shards depend on it, so the file is
//! tracked: every machine must see the same figures.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::store;

/// What is assumed of a case that is not recorded.
const UNKNOWN: f64 = 0.5;

const HEAD: &str = "\
# How long each case took, in seconds, when `lockstep conform --update-durations` was last run.
# Work is ordered and shards are cut by these figures, so only their proportions matter.

";

/// Recorded durations, by the ids of cases.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Durations {
    #[serde(default)]
    seconds: BTreeMap<String, f64>,
}

impl Durations {
    /// Reads a file. What is not there is empty.
    ///
    /// # Errors
    /// When it cannot be read or is not what it should be.
    pub fn read(path: &Path) -> io::Result<Self> {
        let durations: Self = store::read(path)?;
        match durations.seconds.iter().find(|(_, seconds)| !(0.0..1e6).contains(*seconds)) {
            Some((id, _)) => Err(store::wrong(path, format!("the duration of `{id}` is none"))),
            None => Ok(durations),
        }
    }

    /// Writes the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        store::write(path, HEAD, self)
    }

    /// How long a case takes, as far as is known.
    pub fn of(&self, id: &str) -> f64 {
        self.seconds.get(id).copied().unwrap_or(UNKNOWN)
    }

    /// Records a duration, to two digits or milliseconds, whatever is coarser: the file is not to change with the weather.
    pub fn record(&mut self, id: &str, seconds: f64) {
        let magnitude = 10_f64.powf(seconds.max(0.01).log10().floor() - 1.0).max(0.001);
        let rounded = (seconds / magnitude).round() * magnitude;
        self.seconds.insert(id.to_owned(), (rounded * 1000.0).round() / 1000.0);
    }

    /// Forgets the cases that are not in a plan.
    pub fn retain(&mut self, known: impl Fn(&str) -> bool) {
        self.seconds.retain(|id, _| known(id));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_rounded_and_kept() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = folder.path().join("durations.toml");
        assert_eq!(Durations::read(&path).expect("nothing is empty"), Durations::default());
        let mut durations = Durations::default();
        for (id, seconds, recorded) in
            [("a", 0.000_4, 0.0), ("b", 0.012_34, 0.012), ("c", 1.2345, 1.2), ("d", 12.9, 13.0)]
        {
            durations.record(id, seconds);
            assert_eq!(durations.of(id), recorded, "{id}");
        }
        assert_eq!(durations.of("x"), UNKNOWN);
        durations.write(&path).expect("it can be written");
        assert_eq!(Durations::read(&path).expect("it can be read"), durations);
        durations.retain(|id| id == "a");
        assert_eq!(durations.of("d"), UNKNOWN);
    }

    #[test]
    fn nonsense_is_refused() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = folder.path().join("durations.toml");
        for text in ["[seconds]\na = -1", "[seconds]\na = nan", "other = 1", "[seconds", "[seconds]\na = 'x'"] {
            std::fs::write(&path, text).expect("it can be written");
            let error = Durations::read(&path).expect_err("it is refused").to_string();
            assert!(error.contains("durations.toml"), "{error}");
        }
    }
}
