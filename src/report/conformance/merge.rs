//! The parts of a run joined into the whole: nothing lost, nothing run twice. It judges no case; the results stay as they are.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    fmt::Display,
};

use thiserror::Error;

use super::{Adaptation, Case, CaseId, EngineInfo, Environment, Report, Shard};

/// How many names an error lists.
const NAMED: usize = 10;

/// A part with a name for it in errors, such as its file's.
#[derive(Clone, Copy, Debug)]
pub struct Part<'r> {
    pub name: &'r str,
    pub report: &'r Report,
}

/// Why parts cannot be joined.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum MergeError {
    #[error("there are no parts")]
    Nothing,
    #[error("{0} is no part of a run: it has no `shard`")]
    NotAPart(String),
    #[error("{name} calls itself part {index} of {count}")]
    NoSuchPart { name: String, index: usize, count: usize },
    /// Two parts are not of the same run.
    #[error("{left} and {right} are not of one run: {what}")]
    Different { left: String, right: String, what: String },
    #[error("{left} and {right} are both part {index}")]
    SamePart { left: String, right: String, index: usize },
    #[error("{id} was run twice: in {left} and in {right}")]
    Twice { id: CaseId, left: String, right: String },
    #[error("{id} in {name} is not in the plan")]
    NotPlanned { id: CaseId, name: String },
    #[error("missing: part {} of {count}; {}", listed(parts), without_result(cases))]
    MissingParts { parts: Vec<usize>, count: usize, cases: Vec<CaseId> },
    #[error("all parts are there, but {}", without_result(.0))]
    MissingCases(Vec<CaseId>),
}

fn listed<T: Display>(items: &[T]) -> String {
    let mut names: Vec<String> = items.iter().take(NAMED).map(T::to_string).collect();
    if items.len() > NAMED {
        names.push(format!("and {} more", items.len() - NAMED));
    }
    names.join(", ")
}

fn without_result(cases: &[CaseId]) -> String {
    match cases.len() {
        0 => "no case is without a result".to_owned(),
        1 => format!("1 planned case has no result: {}", listed(cases)),
        count => format!("{count} planned cases have no result: {}", listed(cases)),
    }
}

/// Joins the parts of a run, in whatever order they are given.
///
/// The joined report has the least start, the greatest numbers of processors and jobs, and the sum of the times; where
/// parts took the suite from different sources or ran the same engine under different commands, it has the first part's.
///
/// # Errors
/// When a part or the result of a planned case is missing, when a case was run twice, and when the parts are not of one
/// run: with different plans, suites, engines, commits or versions of anything.
pub fn merge(parts: &[Part<'_>]) -> Result<Report, MergeError> {
    let (parts, count) = in_order(parts)?;
    let [first, others @ ..] = parts.as_slice() else { return Err(MergeError::Nothing) };
    for other in others {
        same_run(*first, *other)?;
    }
    let cases = joined_cases(&parts, &first.report.plan)?;
    nothing_missing(&parts, count, &cases)?;
    let mut whole = Report { cases, shard: None, ..first.report.clone() };
    for Part { report, .. } in others {
        join_environment(&mut whole.environment, &report.environment);
        join_adaptations(&mut whole.adaptations, &report.adaptations);
        whole.seconds += report.seconds;
    }
    Ok(whole)
}

/// The parts by their numbers, and how many there should be. All of them claim to be parts, no two of them the same.
fn in_order<'r>(parts: &[Part<'r>]) -> Result<(Vec<Part<'r>>, usize), MergeError> {
    let mut numbered = Vec::new();
    for part in parts {
        let name = || part.name.to_owned();
        let Shard { index, count } = part.report.shard.ok_or_else(|| MergeError::NotAPart(name()))?;
        if index == 0 || index > count {
            return Err(MergeError::NoSuchPart { name: name(), index, count });
        }
        numbered.push((index, count, *part));
    }
    numbered.sort_by_key(|(index, ..)| *index);
    for pair in numbered.windows(2) {
        let [(left_index, left_count, left), (right_index, right_count, right)] = pair else { continue };
        if left_count != right_count {
            return Err(different(*left, *right, format!("one of {left_count} parts, the other of {right_count}")));
        }
        if left_index == right_index {
            let (left, right) = (left.name.to_owned(), right.name.to_owned());
            return Err(MergeError::SamePart { left, right, index: *left_index });
        }
    }
    let count = numbered.first().map_or(0, |(_, count, _)| *count);
    Ok((numbered.into_iter().map(|(.., part)| part).collect(), count))
}

fn different(left: Part<'_>, right: Part<'_>, what: String) -> MergeError {
    MergeError::Different { left: left.name.to_owned(), right: right.name.to_owned(), what }
}

fn same_run(left: Part<'_>, right: Part<'_>) -> Result<(), MergeError> {
    let (one, other) = (left.report, right.report);
    let quoted = |value: Option<&str>| value.map_or("nothing".to_owned(), |value| format!("\"{value}\""));
    let same = |what: &str, one: Option<&str>, other: Option<&str>| {
        let what = || format!("the {what} is {} in one and {} in the other", quoted(one), quoted(other));
        if one == other { Ok(()) } else { Err(different(left, right, what())) }
    };
    let (here, there) = (&one.environment, &other.environment);
    same("format", Some(&one.format), Some(&other.format))?;
    same("format's version", Some(&one.version.to_string()), Some(&other.version.to_string()))?;
    same("version of lockstep", Some(&here.lockstep), Some(&there.lockstep))?;
    same("version of the reference", Some(&here.reference), Some(&there.reference))?;
    same("commit", here.commit.as_deref(), there.commit.as_deref())?;
    let (here, there) = (one.suite.as_ref(), other.suite.as_ref());
    same("suite", here.map(|suite| &*suite.name), there.map(|suite| &*suite.name))?;
    same("suite's checksum", here.map(|suite| &*suite.sha256), there.map(|suite| &*suite.sha256))?;
    let names = |engines: &[EngineInfo]| {
        let names = engines.iter().map(|engine| format!("{} ({})", engine.name, engine.version));
        names.collect::<BTreeSet<String>>().into_iter().collect::<Vec<_>>().join(", ")
    };
    same("list of engines", Some(&names(&one.engines)), Some(&names(&other.engines)))?;
    same_plan(left, right)
}

fn same_plan(left: Part<'_>, right: Part<'_>) -> Result<(), MergeError> {
    let one: BTreeSet<&CaseId> = left.report.plan.iter().collect();
    let other: BTreeSet<&CaseId> = right.report.plan.iter().collect();
    match (one.difference(&other).next(), other.difference(&one).next()) {
        (None, None) => Ok(()),
        (Some(id), _) => Err(different(left, right, format!("{id} is only in the plan of {}", left.name))),
        (None, Some(id)) => Err(different(left, right, format!("{id} is only in the plan of {}", right.name))),
    }
}

fn joined_cases(parts: &[Part<'_>], plan: &[CaseId]) -> Result<Vec<Case>, MergeError> {
    let plan: HashSet<&CaseId> = plan.iter().collect();
    let mut owners: HashMap<&CaseId, &str> = HashMap::new();
    let mut cases = Vec::with_capacity(plan.len());
    for Part { name, report } in parts {
        for case in &report.cases {
            let id = &case.id;
            if !plan.contains(id) {
                return Err(MergeError::NotPlanned { id: id.clone(), name: (*name).to_owned() });
            }
            if let Some(owner) = owners.insert(id, name) {
                return Err(MergeError::Twice { id: id.clone(), left: owner.to_owned(), right: (*name).to_owned() });
            }
            cases.push(case.clone());
        }
    }
    cases.sort_by(|left, right| left.id.cmp(&right.id));
    Ok(cases)
}

fn nothing_missing(parts: &[Part<'_>], count: usize, cases: &[Case]) -> Result<(), MergeError> {
    let there: HashSet<usize> = parts.iter().filter_map(|part| part.report.shard).map(|shard| shard.index).collect();
    let done: HashSet<&CaseId> = cases.iter().map(|case| &case.id).collect();
    let plan = parts.iter().flat_map(|part| &part.report.plan);
    let missing: BTreeSet<&CaseId> = plan.filter(|id| !done.contains(id)).collect();
    let missing: Vec<CaseId> = missing.into_iter().cloned().collect();
    if there.len() != count {
        // A count out of a file may be anything; the list need not be.
        let parts = (1..=count).filter(|index| !there.contains(index)).take(1000).collect();
        return Err(MergeError::MissingParts { parts, count, cases: missing });
    }
    if missing.is_empty() { Ok(()) } else { Err(MergeError::MissingCases(missing)) }
}

fn join_environment(whole: &mut Environment, part: &Environment) {
    for (known, new) in [(&mut whole.os, &part.os), (&mut whole.architecture, &part.architecture)] {
        if !known.split(", ").any(|name| name == new) {
            known.push_str(", ");
            known.push_str(new);
        }
    }
    whole.cores = whole.cores.max(part.cores);
    whole.jobs = whole.jobs.max(part.jobs);
    whole.started = whole.started.min(part.started);
}

fn join_adaptations(whole: &mut Vec<Adaptation>, part: &[Adaptation]) {
    for rule in part {
        if !whole.contains(rule) {
            whole.push(rule.clone());
        }
    }
}
