//! What is done and what was found, in a folder: `campaign.json` is replaced after every batch, so that whatever ends the campaign costs
//! at most the batches that were under way; `summary.json` is what was found so far.
//!
//! Counts are sums and the first case of a finding is the least, so the order in which batches come in changes nothing. It must not know
//! how batches are judged.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::plan::Batch;
use super::runner::BatchResult;
use crate::diagnose::keep::replace;
use crate::oracle;
use crate::report::campaign::{
    Configuration, FORMAT, Finding, Place, Reduction, Run, Summary, TargetTally, VERSION, add_counts, json, merge,
};

/// The name of the file that a campaign goes on from.
pub const STATE: &str = "campaign.json";
/// The name of the file with what was found.
pub const SUMMARY: &str = "summary.json";
/// The name of the folder with findings.
pub const FINDINGS: &str = "findings";

const STATE_FORMAT: &str = "lockstep-campaign-state";

#[derive(Serialize, Deserialize)]
struct State {
    format: String,
    version: u32,
    done: Done,
    summary: Summary,
}

/// Which turns are done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// So many from the first on, without a gap.
    turns: u64,
    /// And these.
    ahead: BTreeSet<u64>,
}

impl Done {
    /// Whether a turn is done.
    pub fn contains(&self, turn: u64) -> bool {
        turn < self.turns || self.ahead.contains(&turn)
    }

    /// The first turn that is not.
    pub fn first_open(&self) -> u64 {
        self.turns
    }

    fn add(&mut self, turn: u64) {
        self.ahead.insert(turn);
        while self.ahead.remove(&self.turns) {
            self.turns += 1;
        }
    }
}

/// What is done, in its folder. Only one campaign at a time has it.
pub struct Ledger {
    folder: PathBuf,
    state: State,
    known: BTreeSet<String>,
    /// Seconds of earlier runs.
    seconds: f64,
    _lock: File,
}

/// What was found in a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    New,
    GoingOn,
}

impl Ledger {
    /// The ledger in a folder: the one that is there, which must have this configuration, or a new one.
    ///
    /// # Errors
    /// When what is there is of another configuration, with what differs, or is in use, or cannot be read or written.
    pub fn open(folder: &Path, configuration: Configuration) -> io::Result<(Self, Opened)> {
        fs::create_dir_all(folder.join(FINDINGS)).map_err(|error| about(folder, error))?;
        let lock = lock(folder)?;
        let (state, opened) = match read(folder)? {
            None => (new(configuration), Opened::New),
            Some(state) => {
                let what = differs(&state.summary.configuration, &configuration);
                match what {
                    None => (state, Opened::GoingOn),
                    Some(what) => {
                        let what =
                            format!("there is another campaign in it: {what}; choose another folder for this one");
                        return Err(about(folder, what));
                    }
                }
            }
        };
        let seconds = state.summary.run.seconds;
        let folder = folder.to_owned();
        let mut ledger = Self { folder, state, known: BTreeSet::new(), seconds, _lock: lock };
        ledger.state.summary.run.interrupted = false;
        Ok((ledger, opened))
    }

    /// The configuration of the campaign in a folder, if there is one.
    ///
    /// # Errors
    /// When what is there cannot be read.
    pub fn configuration(folder: &Path) -> io::Result<Option<Configuration>> {
        Ok(read(folder)?.map(|state| state.summary.configuration))
    }

    /// Takes these fingerprints for known.
    pub fn set_known(&mut self, known: BTreeSet<String>) {
        self.known = known;
        for finding in &mut self.state.summary.findings {
            finding.known = self.known.contains(&finding.fingerprint);
        }
    }

    /// What is found so far.
    pub fn summary(&self) -> &Summary {
        &self.state.summary
    }

    /// The folder that it is in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Which turns are done.
    pub fn done(&self) -> Done {
        self.state.done.clone()
    }

    /// Whether a fingerprint was known before.
    pub fn is_known(&self, fingerprint: &str) -> bool {
        self.known.contains(fingerprint)
    }

    /// How the campaign goes, beside what it finds.
    pub fn run(&mut self) -> &mut Run {
        &mut self.state.summary.run
    }

    /// How many seconds it took in earlier runs, and how many in this one.
    pub fn set_seconds(&mut self, of_this_run: f64) {
        self.state.summary.run.seconds = self.seconds + of_this_run;
    }

    /// Enters what became of a turn's batch. Gives the findings of which the batch has the first case.
    pub fn add(&mut self, turn: u64, batch: &Batch, result: BatchResult) -> Vec<(u64, oracle::Finding)> {
        self.state.done.add(turn);
        let summary = &mut self.state.summary;
        summary.batches += 1;
        summary.run.workers += result.workers;
        summary.run.killed += result.killed;
        result.failures.into_iter().for_each(|failure| summary.run.note_failure(failure));
        summary.targets.iter_mut().filter(|tally| tally.target == result.tally.target).for_each(|tally| {
            tally.add(&result.tally);
        });
        add_counts(&mut summary.rules, &result.rules);
        let mut first = BTreeMap::new();
        for (index, finding) in result.found {
            let place = Place { batch: batch.number, index, target: batch.target.name().to_owned() };
            if self.count(place, &finding) {
                first.insert(finding.fingerprint.clone(), (index, finding));
            }
        }
        first.into_values().collect()
    }

    /// Counts a case of a finding. Whether it is the first one.
    fn count(&mut self, place: Place, found: &oracle::Finding) -> bool {
        let findings = &mut self.state.summary.findings;
        let at = findings.binary_search_by(|finding| finding.fingerprint.as_str().cmp(&found.fingerprint));
        let (count, files, at) = match at {
            Ok(at) => {
                let finding = &mut findings[at];
                finding.count += 1;
                if finding.first <= place {
                    return false;
                }
                let old = findings.remove(at);
                (old.count, old.files, at)
            }
            Err(at) => (1, Vec::new(), at),
        };
        let fingerprint = found.fingerprint.clone();
        let known = self.known.contains(&fingerprint);
        let (what, place_in_case, replay) = (found.what.clone(), found.place.clone(), String::new());
        findings
            .insert(at, Finding { fingerprint, known, count, first: place, what, place: place_in_case, files, replay });
        true
    }

    /// Says where a finding is kept, and how it is shown again.
    pub fn set_kept(&mut self, fingerprint: &str, files: Vec<String>, replay: String) {
        let mut findings = self.state.summary.findings.iter_mut();
        if let Some(finding) = findings.find(|finding| finding.fingerprint == fingerprint) {
            finding.files = files;
            finding.replay = replay;
        }
    }

    /// Says what a reduction came to.
    pub fn set_reduced(&mut self, fingerprint: &str, reduction: Reduction) {
        self.state.summary.run.reductions.insert(fingerprint.to_owned(), reduction);
    }

    /// The findings that are new and have not been reduced.
    pub fn not_reduced(&self) -> Vec<Finding> {
        let reductions = &self.state.summary.run.reductions;
        let new = self.state.summary.new_findings();
        new.filter(|finding| !reductions.contains_key(&finding.fingerprint)).cloned().collect()
    }

    /// Writes all of it, so that a campaign can go on from here.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn save(&self) -> io::Result<()> {
        let path = self.folder.join(STATE);
        let text = serde_json::to_string_pretty(&self.state)? + "\n";
        replace(&path, text.as_bytes()).map_err(|error| about(&path, error))
    }

    /// Writes all of it and the summary. `is_complete` if no batch is left.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(&mut self, is_complete: bool) -> io::Result<()> {
        self.state.summary.complete = is_complete;
        self.save()?;
        let path = self.folder.join(SUMMARY);
        replace(&path, json::write(&self.state.summary)?.as_bytes()).map_err(|error| about(&path, error))
    }
}

fn new(configuration: Configuration) -> State {
    let tally = |target: &String| TargetTally { target: target.clone(), ..TargetTally::default() };
    let summary = Summary {
        format: FORMAT.to_owned(),
        version: VERSION,
        batches: 0,
        complete: false,
        targets: configuration.targets.iter().map(tally).collect(),
        rules: BTreeMap::new(),
        findings: Vec::new(),
        run: Run::default(),
        configuration,
    };
    State { format: STATE_FORMAT.to_owned(), version: VERSION, done: Done::default(), summary }
}

fn read(folder: &Path) -> io::Result<Option<State>> {
    let path = folder.join(STATE);
    let text = match fs::read(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(about(&path, error)),
    };
    let state: State = serde_json::from_slice(&text).map_err(|error| about(&path, error))?;
    if (state.format.as_str(), state.version) != (STATE_FORMAT, VERSION) {
        return Err(about(&path, "no campaign that this lockstep can go on with"));
    }
    Ok(Some(state))
}

/// Keeps others out of a folder for as long as the file is open.
fn lock(folder: &Path) -> io::Result<File> {
    let path = folder.join("campaign.lock");
    let file = File::create(&path).map_err(|error| about(&path, error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(about(folder, "another campaign is running in it")),
        Err(TryLockError::Error(error)) => Err(about(&path, error)),
    }
}

/// What differs between the configuration of a folder and the one that is asked for.
fn differs(there: &Configuration, asked: &Configuration) -> Option<String> {
    let part = |configuration: &Configuration| {
        configuration.shard.map_or("the whole".to_owned(), |shard| format!("part {} of {}", shard.index, shard.count))
    };
    merge::difference(there, asked).or_else(|| {
        let (one, other) = (part(there), part(asked));
        (one != other).then(|| format!("it is {one} in one and {other} in the other"))
    })
}

fn about(path: &Path, what: impl std::fmt::Display) -> io::Error {
    io::Error::other(format!("{}: {what}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fuzz::Target;

    fn configuration(seed: u64) -> Configuration {
        Configuration {
            lockstep: "1".into(),
            seed,
            targets: vec!["parse".into(), "execute".into()],
            shard: None,
            cases: None,
            timeout: 10.0,
        }
    }

    fn batch(number: u64) -> Batch {
        Batch { number, target: Target::Execute, first: number * 10, count: 3 }
    }

    /// Three cases: one holds, one is broken in this way, one says nothing.
    fn result(batch: &Batch, class: &str) -> BatchResult {
        let index = batch.first + 1;
        let verdict = oracle::Verdict::broken("execute", class, format!("what {index}"), "somewhere");
        let finding = verdict.finding().expect("a finding").clone();
        let tally = TargetTally {
            target: "execute".into(),
            cases: 3,
            holds: 1,
            broken: 1,
            says_nothing: BTreeMap::from([("budget".into(), 1)]),
        };
        let rules = BTreeMap::from([("clock".into(), 2)]);
        BatchResult { tally, rules, found: vec![(index, finding)], ..BatchResult::default() }
    }

    fn open(folder: &Path) -> Ledger {
        Ledger::open(folder, configuration(1)).expect("it can be had").0
    }

    /// What is found if turns come in like this, with a new ledger after each if that is wanted.
    fn found(turns: &[(u64, &str)], again: impl Fn() -> bool) -> (Summary, Vec<usize>) {
        let folder = tempfile::tempdir().expect("a folder");
        let mut ledger = open(folder.path());
        let mut first = Vec::new();
        for (turn, class) in turns {
            assert!(!ledger.done().contains(*turn));
            first.push(ledger.add(*turn, &batch(*turn), result(&batch(*turn), class)).len());
            assert!(ledger.done().contains(*turn));
            ledger.save().expect("saved");
            if again() {
                drop(ledger);
                ledger = open(folder.path());
            }
        }
        assert_eq!(ledger.done(), Done { turns: turns.len() as u64, ahead: BTreeSet::new() });
        (ledger.summary().clone(), first)
    }

    #[test]
    fn the_order_and_interruptions_change_nothing() {
        let (forward, first) = found(&[(0, "a"), (1, "b"), (2, "a")], || false);
        assert_eq!(first, [1, 1, 0]);
        let (backward, first) = found(&[(2, "a"), (1, "b"), (0, "a")], || true);
        assert_eq!(first, [1, 1, 1], "an earlier case takes the place of a later one");
        assert_eq!(forward, backward);
        let finding = &forward.findings[0];
        assert_eq!((finding.count, &*finding.what, finding.first.batch), (2, "what 1", 0));
        assert_eq!((forward.batches, forward.totals().cases, forward.rules["clock"]), (3, 9, 6));
    }

    #[test]
    fn another_configuration_is_refused_with_what_differs() {
        let folder = tempfile::tempdir().expect("a folder");
        open(folder.path()).save().expect("saved");
        let refusal = |configuration| Ledger::open(folder.path(), configuration).err().expect("refused").to_string();
        assert!(refusal(configuration(2)).contains("the seed is 1 in one and 2 in the other"));
        let shard = Some(crate::report::campaign::Shard { index: 1, count: 2 });
        let message = refusal(Configuration { shard, ..configuration(1) });
        assert!(message.contains("it is the whole in one and part 1 of 2 in the other"), "{message}");
        assert_eq!(Ledger::configuration(folder.path()).expect("read"), Some(configuration(1)));
    }

    #[test]
    fn two_campaigns_do_not_share_a_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let ledger = open(folder.path());
        let second = Ledger::open(folder.path(), configuration(1)).err().expect("refused").to_string();
        assert!(second.contains("another campaign is running in it"), "{second}");
        drop(ledger);
        open(folder.path());
    }

    #[test]
    fn what_is_known_is_no_news() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut ledger = open(folder.path());
        ledger.add(0, &batch(0), result(&batch(0), "a"));
        assert_eq!(ledger.summary().exit_code(), 1);
        ledger.set_known(BTreeSet::from(["execute: a".to_owned()]));
        assert_eq!((ledger.summary().exit_code(), ledger.not_reduced().len()), (0, 0));
        ledger.add(1, &batch(1), result(&batch(1), "b"));
        assert_eq!((ledger.summary().exit_code(), ledger.not_reduced().len()), (1, 1));
    }

    #[test]
    fn time_adds_up_over_runs() {
        let folder = tempfile::tempdir().expect("a folder");
        for seconds in [2.0, 4.0] {
            let mut ledger = open(folder.path());
            ledger.set_seconds(2.0);
            ledger.finish(false).expect("written");
            assert_eq!(json::read(&folder.path().join(SUMMARY)).expect("read").run.seconds, seconds);
        }
    }
}
