//! `lockstep replay` and `lockstep promote`.

use std::fs;
use std::path::Path;

use crate::command::{lockstep, stderr, stdout};

/// The collector's timing is a difference that is known and stays.
const DIFFERS: &str = "-- regression: timing
-- shows: when garbage is collected
-- oracle: execute
-- seed: 0x0000000000000007
-- fingerprint: execute: instructions
-- since: not yet
local weak = setmetatable({{}}, {__mode = \"v\"})
while weak[1] do local garbage = {} end
print(\"collected\")
";

fn folder_with(name: &str, text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("cases")).expect("made");
    fs::write(folder.path().join("cases").join(name), text).expect("written");
    folder
}

#[test]
fn the_whole_corpus_is_as_it_should_be() {
    let output = lockstep(Path::new("."), &["replay"]);
    let (text, notes) = (stdout(&output), stderr(&output));
    assert_eq!(output.status.code(), Some(0), "{text}{notes}");
    let count = |folder: &str| {
        let line = notes.lines().find(|line| line.ends_with(folder)).expect("a line for the folder");
        line.split(' ').next().and_then(|count| count.parse::<usize>().ok()).expect("a number")
    };
    assert!(count("corpus/seeds") >= 150 && count("corpus/regressions") >= 1, "{notes}");
    let cases = count("corpus/seeds") + count("corpus/regressions");
    assert!(text.starts_with(&format!("{cases} cases, ")), "{text}");
    for oracle in ["parse", "bytecode", "execute", "trace", "roundtrip", "clone"] {
        assert!(text.contains(oracle), "nothing of {oracle}: {text}");
    }
}

#[test]
fn a_difference_makes_it_red() {
    let folder = folder_with("timing.lua", DIFFERS);
    let output = lockstep(folder.path(), &["replay", "cases"]);
    let text = stdout(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("cases/timing.lua (when garbage is collected): execute differs"), "{text}");
    assert!(text.contains("fingerprint: "), "{text}");
}

#[test]
fn a_case_that_shows_nothing_any_more_makes_it_red() {
    let refused = DIFFERS.replace("while", "wile");
    let folder = folder_with("refused.lua", &refused);
    let output = lockstep(folder.path(), &["replay", "cases"]);
    let text = stdout(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("execute the oracle that found it has nothing to say any more: refused"), "{text}");
}

#[test]
fn nothing_to_replay_is_an_error_and_so_is_what_makes_no_sense() {
    let folder = folder_with("notes.txt", "no case");
    let output = lockstep(folder.path(), &["replay", "cases"]);
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(2), ""));
    assert!(stderr(&output).contains("there is no case to replay"), "{}", stderr(&output));
    let output = lockstep(folder.path(), &["replay"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("corpus/regressions: "), "{}", stderr(&output));
    let folder = folder_with("half.lua", "-- regression: half\n-- shows: x\n");
    let output = lockstep(folder.path(), &["replay", "cases"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("half.lua: the header: missing field `oracle`"), "{}", stderr(&output));
}

#[test]
fn a_finding_is_promoted_once() {
    let folder = folder_with("timing.lua", DIFFERS);
    let promote = |more: &[&str]| {
        let mut arguments = vec!["promote", "cases/timing.lua", "--to", "kept"];
        arguments.extend_from_slice(more);
        lockstep(folder.path(), &arguments)
    };
    let output = promote(&["--name", "when", "--shows", "when", "--since", "2026-11-21"]);
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(0), "kept/when.lua\n"), "{}", stderr(&output));
    let text = fs::read_to_string(folder.path().join("kept/when.lua")).expect("moved");
    assert!(text.starts_with("-- regression: when\n-- shows: when\n") && text.contains("\n-- since: 2026-11-21\n"));
    assert!(!folder.path().join("cases/timing.lua").exists());
    fs::write(folder.path().join("cases/timing.lua"), DIFFERS).expect("written");
    let again = promote(&[]);
    assert_eq!(again.status.code(), Some(2));
    assert!(stderr(&again).contains("is there already: kept/when.lua"), "{}", stderr(&again));
    assert!(folder.path().join("cases/timing.lua").exists());
}
