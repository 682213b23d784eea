//! What a replay of the corpus came to, as text.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use crate::corpus::{Judged, Outcome, Regression};
use crate::oracle::Verdict;

/// A line, or a few, for what is not as it should be over the case in this file.
pub fn failure(judged: &Judged, case: &Regression, path: &Path) -> Option<String> {
    let (name, target) = (path.display(), judged.target);
    let shows = case.header.as_ref().map_or_else(String::new, |header| format!(" ({})", header.shows));
    let what = match &judged.outcome {
        Outcome::Good(_) => return None,
        Outcome::Broken(Verdict::Broken(finding)) => {
            format!("differs: {} {}\n  fingerprint: {}", finding.place, finding.what, finding.fingerprint)
        }
        Outcome::Broken(verdict) => verdict.to_string(),
        Outcome::Lost(note) => format!("no answer: {note}"),
        Outcome::Worthless(reason) => format!("the oracle that found it has nothing to say any more: {reason}"),
    };
    Some(format!("{name}{shows}: {target} {what}\n"))
}

/// How many cases and verdicts there were, by oracle.
pub fn summary(cases: usize, judged: &[Judged]) -> String {
    let mut counts: BTreeMap<_, (u64, u64, u64)> = BTreeMap::new();
    for judged in judged {
        let (holds, silent, bad) = counts.entry(judged.target).or_default();
        match &judged.outcome {
            Outcome::Good(Verdict::Holds) => *holds += 1,
            Outcome::Good(_) => *silent += 1,
            Outcome::Broken(_) | Outcome::Lost(_) | Outcome::Worthless(_) => *bad += 1,
        }
    }
    let bad: u64 = counts.values().map(|(_, _, bad)| bad).sum();
    let mut text = format!("{cases} cases, {} verdicts: {bad} not as they should be\n", judged.len());
    for (target, (holds, silent, bad)) in counts {
        let _ = write!(text, "  {:<10} {holds:>5} hold", target.name());
        if silent > 0 {
            let _ = write!(text, ", {silent} say nothing");
        }
        if bad > 0 {
            let _ = write!(text, ", {bad} not as they should be");
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fuzz::{FileKind, InputFile, Target};
    use crate::oracle::Silence;

    #[test]
    fn everything_is_counted_and_what_is_wrong_is_said() {
        let file = InputFile { kind: FileKind::Source, bytes: Vec::new(), chunk_name: None };
        let case = Regression { name: "sign".into(), header: None, file, not_for: Vec::new() };
        let broken = Verdict::broken("execute", "output", "1 against 2", "line 3");
        let outcomes = [
            Outcome::Good(Verdict::Holds),
            Outcome::Good(Verdict::SaysNothing(Silence::Budget)),
            Outcome::Broken(broken),
            Outcome::Lost("signal 11 (SIGSEGV)".into()),
            Outcome::Worthless("refused".into()),
        ];
        let judged: Vec<Judged> =
            outcomes.into_iter().map(|outcome| Judged { case: 0, target: Target::Execute, outcome }).collect();
        let failures: String =
            judged.iter().filter_map(|judged| failure(judged, &case, Path::new("corpus/sign.lua"))).collect();
        insta::assert_snapshot!(failures + &summary(1, &judged), @r"
        corpus/sign.lua: execute differs: line 3 1 against 2
          fingerprint: execute: output
        corpus/sign.lua: execute no answer: signal 11 (SIGSEGV)
        corpus/sign.lua: execute the oracle that found it has nothing to say any more: refused
        1 cases, 5 verdicts: 3 not as they should be
          execute        1 hold, 1 say nothing, 3 not as they should be
        ");
    }
}
