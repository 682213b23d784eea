//! The rules that change files of the suite in a scratch copy, each with its reason. The suite itself is never changed.

use std::fs;
use std::io;
use std::path::Path;

use super::plan::{Collection, Unit};
use super::store;
use crate::report::conformance::Adaptation;

/// A rule: in cases of one file, a text in some file is replaced by another.
struct Rule {
    name: &'static str,
    /// The file that is run.
    case: &'static str,
    /// The file that is changed.
    file: &'static str,
    before: &'static str,
    after: &'static str,
    reason: &'static str,
}

const RULES: &[Rule] = &[
    Rule {
        name: "big-string",
        case: "all.lua",
        file: "big.lua",
        before: "assert(not a and string.find(b, \"overflow\"))",
        after: "assert(not a and (string.find(b, \"overflow\") or string.find(b, \"not enough memory\")))",
        reason: "big.lua joins 129 strings of 32 MiB and expects that the length overflows, which only a size of 32 bits does. \
             With 64 bits and a bound on memory it is the memory that does not suffice, on the reference as well. \
             Without this rule nothing that all.lua runs after big.lua would be run. big.lua by itself is run as it is.",
    },
    Rule {
        name: "uncounted-search",
        case: "all.lua",
        file: "nextvar.lua",
        before: "    assert(v ~= nil)\n    if n == name",
        after: "    if v == nil then error(\"key without a value\") end\n    if n == name",
        reason: "nextvar.lua looks for globals with `next`, with an assertion for every key before the one that it looks for. \
             constructs.lua has set absent globals to nil many thousand times by then; which of their nodes are taken again \
             depends on when garbage is collected, and that depends on addresses. So the order of _G differs from run to \
             run of the reference, and with it the number of assertions (367762, 367781, 367790 and 367812 were seen). \
             The check stays, and is not counted. nextvar.lua by itself is run as it is.",
    },
];

/// The rules that change something for a unit, for the report.
pub fn adaptations(unit: &Unit) -> Vec<Adaptation> {
    rules(unit)
        .map(|rule| Adaptation {
            name: rule.name.to_owned(),
            file: rule.file.to_owned(),
            reason: rule.reason.to_owned(),
            change: format!("-{}\n+{}\n", rule.before, rule.after),
        })
        .collect()
}

/// Applies what rules there are for a unit to the scratch copy of the suite.
///
/// # Errors
/// When a file cannot be read or written, or does not hold what a rule replaces exactly once.
pub fn adapt(unit: &Unit, scratch: &Path) -> io::Result<()> {
    for rule in rules(unit) {
        let path = scratch.join(rule.file);
        let text = fs::read_to_string(&path).map_err(|error| store::wrong(Path::new(rule.file), error))?;
        if text.matches(rule.before).count() != 1 {
            let message = format!("the rule `{}` does not fit `{}`", rule.name, rule.file);
            return Err(io::Error::other(message));
        }
        fs::write(&path, text.replacen(rule.before, rule.after, 1)).map_err(|error| store::wrong(&path, error))?;
    }
    Ok(())
}

fn rules(unit: &Unit) -> impl Iterator<Item = &'static Rule> {
    let official = unit.collection == Collection::Official;
    RULES.iter().filter(move |rule| official && rule.case == unit.file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::conformance::Mode;

    fn unit(file: &str) -> Unit {
        Unit { collection: Collection::Official, file: file.to_owned(), mode: Mode::Source }
    }

    #[test]
    fn a_rule_changes_one_place_for_its_case_alone() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        for rule in RULES {
            fs::write(folder.path().join(rule.file), rule.before).expect("it can be written");
        }
        let file = folder.path().join("big.lua");
        let text = format!("x\n{}\ny\n", RULES[0].before);
        fs::write(&file, &text).expect("it can be written");
        adapt(&unit("big.lua"), folder.path()).expect("there is nothing to do");
        assert_eq!(fs::read_to_string(&file).expect("it is there"), text);
        adapt(&unit("all.lua"), folder.path()).expect("the rule fits");
        assert_eq!(fs::read_to_string(&file).expect("it is there"), format!("x\n{}\ny\n", RULES[0].after));
        adapt(&unit("all.lua"), folder.path()).expect_err("it does not fit any more");
        assert_eq!(adaptations(&unit("big.lua")), []);
        assert_eq!(adaptations(&unit("all.lua"))[0].name, "big-string");
    }
}
