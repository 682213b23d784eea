//! Two reports compared, case by case: what regressed, what was fixed, what is new and what is gone. It asks for no more than
//! the two reports; why they differ is for people to find out.

use std::{
    collections::{BTreeMap, HashSet},
    fmt::{self, Display, Formatter},
};

use serde::Serialize;

use super::{Case, CaseId, Environment, Report, Status, Verdict};
use crate::report::visible::visible_line;

/// The value of `format` in the JSON of a comparison.
pub const FORMAT: &str = "lockstep-conformance-comparison";
/// Its version.
pub const VERSION: u32 = 1;

/// A case is notably slower or faster from this factor on …
const NOTABLE_FACTOR: f64 = 1.5;
/// … if it makes a difference of so many seconds.
const NOTABLE_SECONDS: f64 = 0.5;

/// What is different between two reports. Every list is sorted by the cases' ids.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    pub format: &'static str,
    pub version: u32,
    /// Differences of what the runs were done with, such as the version of the reference.
    pub setting: Vec<SettingChange>,
    /// Cases that are worse than they were: from a pass to anything else, or from an expected failure to an unexpected one.
    pub regressed: Vec<Change>,
    /// The same the other way round.
    pub fixed: Vec<Change>,
    /// Cases that are neither better nor worse, and different: in their status, in whether they were expected to be so, or in the
    /// number of their assertions.
    pub changed: Vec<Change>,
    pub new: Vec<Outcome>,
    pub gone: Vec<Gone>,
    /// Cases that passed both times and took notably longer.
    pub slower: Vec<Pace>,
    /// The same the other way round.
    pub faster: Vec<Pace>,
    /// How many cases are in both reports and in none of the lists, apart from those of paces.
    pub unchanged: usize,
}

/// Something that the runs were done with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SettingChange {
    pub what: String,
    pub old: Option<String>,
    pub new: Option<String>,
}

/// How a case ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outcome {
    pub id: CaseId,
    pub status: Status,
    pub verdict: Verdict,
    pub message: String,
    pub assertions: Option<u64>,
}

/// A case that ended in two ways.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    pub old: Outcome,
    pub new: Outcome,
}

/// A case that the new report has no result of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gone {
    pub old: Outcome,
    /// Whether the new report has planned it nevertheless. Then it was not taken away but lost.
    pub lost: bool,
}

/// How long a case took, in seconds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pace {
    pub id: CaseId,
    pub old: f64,
    pub new: f64,
}

impl Outcome {
    fn of(case: &Case) -> Self {
        Self {
            id: case.id.clone(),
            status: case.result.status,
            verdict: case.verdict,
            message: case.result.message.clone(),
            assertions: case.result.assertions.executed,
        }
    }

    /// How bad it is. A pass is a pass, expected or not.
    fn rank(&self) -> u8 {
        match (self.status, self.verdict) {
            (Status::Pass, _) => 0,
            (_, Verdict::ExpectedFailure) => 1,
            (_, Verdict::Passed | Verdict::Failed | Verdict::UnexpectedPass) => 2,
        }
    }

    /// What a change is a change of: an error message may change without one.
    fn kind(&self) -> (Status, Verdict, Option<u64>) {
        (self.status, self.verdict, self.assertions)
    }
}

impl Comparison {
    /// Compares two reports.
    pub fn of(old: &Report, new: &Report) -> Self {
        let mut comparison = Self {
            format: FORMAT,
            version: VERSION,
            setting: setting(old, new),
            regressed: Vec::new(),
            fixed: Vec::new(),
            changed: Vec::new(),
            new: Vec::new(),
            gone: Vec::new(),
            slower: Vec::new(),
            faster: Vec::new(),
            unchanged: 0,
        };
        let planned: HashSet<&CaseId> = new.plan.iter().collect();
        let mut pairs: BTreeMap<&CaseId, (Option<&Case>, Option<&Case>)> = BTreeMap::new();
        old.cases.iter().for_each(|case| pairs.entry(&case.id).or_default().0 = Some(case));
        new.cases.iter().for_each(|case| pairs.entry(&case.id).or_default().1 = Some(case));
        for (id, pair) in pairs {
            match pair {
                (Some(old), Some(new)) => comparison.add(old, new),
                (Some(old), None) => {
                    comparison.gone.push(Gone { old: Outcome::of(old), lost: planned.contains(id) });
                }
                (None, Some(new)) => comparison.new.push(Outcome::of(new)),
                (None, None) => {}
            }
        }
        comparison
    }

    fn add(&mut self, old_case: &Case, new_case: &Case) {
        let (old, new) = (Outcome::of(old_case), Outcome::of(new_case));
        if old.status == Status::Pass && new.status == Status::Pass {
            self.add_pace(old_case, new_case);
        }
        let list = match old.rank().cmp(&new.rank()) {
            std::cmp::Ordering::Less => &mut self.regressed,
            std::cmp::Ordering::Greater => &mut self.fixed,
            std::cmp::Ordering::Equal if old.kind() != new.kind() => &mut self.changed,
            std::cmp::Ordering::Equal => {
                self.unchanged += 1;
                return;
            }
        };
        list.push(Change { old, new });
    }

    fn add_pace(&mut self, old: &Case, new: &Case) {
        let pace = Pace { id: old.id.clone(), old: old.result.seconds, new: new.result.seconds };
        let notably = |more: f64, less: f64| more >= less * NOTABLE_FACTOR && more - less >= NOTABLE_SECONDS;
        if notably(pace.new, pace.old) {
            self.slower.push(pace);
        } else if notably(pace.old, pace.new) {
            self.faster.push(pace);
        }
    }

    /// Whether anything is worse than it was: a case regressed, or a planned one lost its result.
    pub fn has_regressed(&self) -> bool {
        !self.regressed.is_empty() || self.gone.iter().any(|gone| gone.lost)
    }
}

fn setting(old: &Report, new: &Report) -> Vec<SettingChange> {
    let facts = |report: &Report| {
        let Environment { lockstep, reference, os, architecture, .. } = &report.environment;
        let mut facts = BTreeMap::from([
            ("lockstep".to_owned(), lockstep.clone()),
            ("reference".to_owned(), reference.clone()),
            ("system".to_owned(), format!("{os} {architecture}")),
        ]);
        if let Some(suite) = &report.suite {
            facts.insert("suite".to_owned(), format!("{} {}", suite.name, suite.sha256));
        }
        facts.extend(report.engines.iter().map(|engine| (format!("engine {}", engine.name), engine.version.clone())));
        facts
    };
    let (old, new) = (facts(old), facts(new));
    let names: BTreeMap<&String, ()> = old.keys().chain(new.keys()).map(|name| (name, ())).collect();
    let change = |(name, ()): (&String, ())| SettingChange {
        what: name.clone(),
        old: old.get(name).cloned(),
        new: new.get(name).cloned(),
    };
    names.into_iter().map(change).filter(|change| change.old != change.new).collect()
}

/// For people: a line for each case, under a heading for each list that is not empty, and a summary at the end.
impl Display for Comparison {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        self.write_settings(formatter)?;
        let changes = [("regressed", &self.regressed), ("fixed", &self.fixed), ("changed", &self.changed)];
        for (title, list) in changes {
            write_list(formatter, title, list, |change| {
                let (before, after) = (shown(&change.old, &change.new), shown(&change.new, &change.old));
                format!("{}: {before} → {after}{}", shown_id(&change.new.id), message(&change.new))
            })?;
        }
        write_list(formatter, "new", &self.new, |new| {
            format!("{}: {}{}", shown_id(&new.id), new.status.as_str(), message(new))
        })?;
        write_list(formatter, "gone", &self.gone, |gone| {
            let lost = if gone.lost { ", and now planned without a result" } else { "" };
            format!("{}: was {}{lost}", shown_id(&gone.old.id), gone.old.status.as_str())
        })?;
        for (title, list) in [("slower", &self.slower), ("faster", &self.faster)] {
            write_list(formatter, title, list, |pace| {
                format!("{}: {:.2} s → {:.2} s", shown_id(&pace.id), pace.old, pace.new)
            })?;
        }
        write!(formatter, "{} regressed, {} fixed, ", self.regressed.len(), self.fixed.len())?;
        write!(formatter, "{} changed, {} unchanged, ", self.changed.len(), self.unchanged)?;
        write!(formatter, "{} new, {} gone", self.new.len(), self.gone.len())?;
        match self.gone.iter().filter(|gone| gone.lost).count() {
            0 => writeln!(formatter),
            lost => writeln!(formatter, " ({lost} of them lost)"),
        }
    }
}

impl Comparison {
    fn write_settings(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        write_list(formatter, "not the same setting", &self.setting, |change| {
            let text = |value: &Option<String>| value.as_deref().map_or("none".to_owned(), visible_line);
            format!("{}: {} → {}", visible_line(&change.what), text(&change.old), text(&change.new))
        })
    }
}

fn write_list<T>(formatter: &mut Formatter<'_>, title: &str, items: &[T], line: impl Fn(&T) -> String) -> fmt::Result {
    if items.is_empty() {
        return Ok(());
    }
    writeln!(formatter, "{title} ({}):", items.len())?;
    items.iter().try_for_each(|item| writeln!(formatter, "  {}", line(item)))?;
    writeln!(formatter)
}

/// An outcome beside another of the same case: with what tells the two apart.
fn shown(outcome: &Outcome, other: &Outcome) -> String {
    let mut text = outcome.status.as_str().to_owned();
    if outcome.verdict != other.verdict {
        match outcome.verdict {
            Verdict::ExpectedFailure => text.push_str(", expected"),
            Verdict::UnexpectedPass => text.push_str(", unexpected"),
            Verdict::Passed | Verdict::Failed => {}
        }
    }
    match outcome.assertions {
        Some(count) if outcome.assertions != other.assertions => text.push_str(&format!(" ({count} assertions)")),
        _ => {}
    }
    text
}

fn shown_id(id: &CaseId) -> String {
    visible_line(&id.0)
}

fn message(outcome: &Outcome) -> String {
    if outcome.message.is_empty() { String::new() } else { format!(": {}", visible_line(&outcome.message)) }
}
