//! `lockstep trace` and `lockstep bisect` as users run them.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::command::{lockstep, stderr, stdout};

/// A folder with `program.lua` in it.
fn program(text: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("program.lua"), text).expect("a file");
    folder
}

/// What `lockstep trace` prints, and what it says about that.
#[track_caller]
fn trace(folder: &TempDir, arguments: &[&str]) -> (String, String) {
    let output = lockstep(folder.path(), &[&["trace"], arguments, &["program.lua"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    (stdout(&output), stderr(&output))
}

/// The numbers of the instructions that are shown, in the order in which they are.
fn numbers(text: &str) -> Vec<u64> {
    let number = |line: &str| {
        let (number, rest) = line.trim_start().split_once(' ')?;
        rest.trim_start().starts_with('#').then(|| number.parse().ok())?
    };
    text.lines().filter_map(number).collect()
}

const SOURCE: &str = "local function twice(x) return x .. x end
local t = {twice('ab')}
print(pcall(error, t[1]))
print(coroutine.wrap(function(...) return select('#', ...) end)(1, nil))
";

/// Lines, loops, stores, upvalues, a function that is loaded at run time.
const FUNCTIONS: &str = "#!/usr/bin/env lua
local sum = 0
local function add(n)
  sum = sum + n
end
for i = 1, 2 do
  add(i * 0.5)
end
function global(a, b) return a .. b end
print(global('x', loadstring('return 1, ...')(2)))
";

#[test]
fn a_trace_reads_the_same_from_both_engines() {
    let folder = program(SOURCE);
    let traces = ["reference", "ferrous"].map(|engine| trace(&folder, &["--engine", engine]));
    assert_eq!(traces[0], traces[1]);
    insta::assert_snapshot!(traces[0].0);
    assert_eq!(traces[0].1, "", "nothing was left out");
}

#[test]
fn a_trace_with_all_operands_names_where_they_come_from() {
    let folder = program(FUNCTIONS);
    let traces = ["reference", "ferrous"].map(|engine| trace(&folder, &["--operands", "--engine", engine]).0);
    assert_eq!(traces[0], traces[1]);
    insta::assert_snapshot!(traces[0]);
}

#[test]
fn a_trace_that_is_cut_says_so() {
    let folder = program(SOURCE);
    let (text, notes) = trace(&folder, &["--first", "2", "--count", "1"]);
    assert_eq!(numbers(&text), [2]);
    assert_eq!(
        notes,
        "cut after instruction 2: 1 instructions shown of 3 executed; --first, --count and --limit show others\n"
    );
    let long = program("for i = 1, 1e5 do end");
    let (text, notes) = trace(&long, &[]);
    assert_eq!(numbers(&text).len(), 1000);
    assert!(notes.starts_with("cut after instruction 999: 1000 instructions shown of 1000 executed"), "{notes}");
    assert_eq!(numbers(&trace(&long, &["--count", "2000"]).0).len(), 2000, "who says how many gets them");
    assert_eq!(numbers(&trace(&long, &["--limit", "all"]).0).len(), 100_006);
}

#[test]
fn functions_are_chosen_by_line_number_or_as_main() {
    let folder = program(FUNCTIONS);
    let (text, notes) = trace(&folder, &["--function", "3", "--operands"]);
    insta::assert_snapshot!(text);
    assert_eq!(notes, "8 instructions shown of 43 executed\n");
    assert_eq!(trace(&folder, &["--function", "#1", "--operands"]), (text, notes));
    let main = numbers(&trace(&folder, &["--function", "main"]).0);
    let others = numbers(&trace(&folder, &["--function", "3", "--function", "9", "--function", "#2"]).0);
    let mut all = [main, others].concat();
    all.sort_unstable();
    assert_eq!(all, (0..43).collect::<Vec<_>>());
    assert_eq!(trace(&folder, &["--function", "4"]).1, "0 instructions shown of 43 executed\n");
    // A function that was loaded at run time is defined in no line of the program.
    let loaded = program("loadstring('local function f() end f()', '=other')()");
    let (text, notes) = trace(&loaded, &["--function", "1"]);
    assert_eq!((numbers(&text).len(), notes.as_str()), (0, "0 instructions shown of 11 executed\n"));
}

#[test]
fn lines_are_those_of_the_program() {
    let folder = program(FUNCTIONS);
    let places = |lines: &str| {
        let text = trace(&folder, &["--lines", lines]).0;
        let mut places: Vec<String> =
            text.lines().filter_map(|line| Some(line.split_once(" [")?.1.split_once(']')?.0.to_owned())).collect();
        places.dedup();
        places
    };
    assert_eq!(places("-4"), ["2", "4"]);
    assert_eq!(places("6-7"), ["6", "7", "6", "7", "6"]);
    assert_eq!(places("9-"), ["9", "10", "9", "10"]);
    // The lines of a function that was loaded at run time are none of the program's.
    assert_eq!(places("1"), [""; 0]);
}

#[test]
fn writes_are_chosen_by_register() {
    let folder = program(FUNCTIONS);
    let (text, notes) = trace(&folder, &["--registers", "0,6-7", "--function", "main"]);
    insta::assert_snapshot!(text);
    assert_eq!(notes, "8 instructions shown of 43 executed\n");
}

#[test]
fn conditions_hold_together_and_the_limit_counts_what_is_shown() {
    let folder = program(FUNCTIONS);
    let all = numbers(&trace(&folder, &["--function", "3"]).0);
    let (text, notes) = trace(&folder, &["--function", "3", "--limit", "5"]);
    assert_eq!(numbers(&text), all[..5]);
    let expected = format!("cut after instruction {}: 5 instructions shown of {} executed", all[5] - 1, all[5]);
    assert!(notes.starts_with(&expected), "{notes}");
    // `--first` and `--count` go by what is executed.
    let first = all[1].to_string();
    let (text, notes) = trace(&folder, &["--function", "3", "--first", &first, "--count", "2"]);
    assert_eq!(numbers(&text), all[1..3]);
    assert!(notes.contains(&format!("2 instructions shown of {} executed", all[3])), "{notes}");
    let (text, _) = trace(&folder, &["--function", "3", "--lines", "5", "--registers", "0-9"]);
    assert!(numbers(&text).is_empty(), "{text}");
}

#[test]
fn wrong_conditions_are_refused() {
    let folder = program(SOURCE);
    for (option, value, message) in [
        ("--function", "twice", "functions have no names of their own"),
        ("--lines", "7-3", "as in `12-20`"),
        ("--registers", "R1", "as in `0,3-5`"),
        ("--limit", "many", "neither a number nor `all`"),
        ("--format", "xml", "possible values: text, json"),
    ] {
        let output = lockstep(folder.path(), &["trace", option, value, "program.lua"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(message), "{}", stderr(&output));
    }
}

/// The records of a trace.
#[track_caller]
fn records(folder: &TempDir, arguments: &[&str]) -> Vec<Value> {
    let (text, _) = trace(folder, &[&["--format", "json"], arguments].concat());
    text.lines().map(|line| serde_json::from_str(line).expect("a record")).collect()
}

#[test]
fn records_are_for_machines() {
    let folder = program("local s, t = 'ab\\255', { -0, -1/0, 0.5 }\nerror('end\\0', 0)");
    let per_engine = ["reference", "ferrous"].map(|engine| {
        let mut records = records(&folder, &["--operands", "--engine", engine]);
        assert_eq!(records[0]["trace_version"], lockstep::trace::FORMAT_VERSION);
        assert_eq!((&records[0]["engine"], &records[0]["file"]), (&json!(engine), &json!("program.lua")));
        records.retain(|record| !matches!(record["record"].as_str(), Some("header" | "label")));
        records.iter().map(|record| format!("{record}\n")).collect::<String>()
    });
    assert_eq!(per_engine[0], per_engine[1]);
    insta::assert_snapshot!(per_engine[0]);
}

#[test]
fn records_end_with_how_the_run_ended() {
    for (source, arguments, end) in [
        ("return 1", &[][..], json!({ "record": "end", "how": "returned", "executed": 2, "shown": 2 })),
        ("os.exit(3)", &[], json!({ "record": "end", "how": "exited", "exit_code": 3, "executed": 4, "shown": 4 })),
        ("while true do end", &["--limit", "9"], json!({ "record": "end", "how": "cut", "executed": 9, "shown": 9 })),
        (
            "x =",
            &[],
            json!({
                "record": "end", "how": "refused", "message": "program.lua:1: unexpected symbol near '<eof>'",
                "executed": 0, "shown": 0
            }),
        ),
    ] {
        let folder = program(source);
        let output = lockstep(folder.path(), &[&["trace", "--format", "json"], arguments, &["program.lua"]].concat());
        let last = stdout(&output).lines().last().map(serde_json::from_str::<Value>).expect("a record");
        assert_eq!(last.expect("an object"), end);
    }
    let late = program("while true do end");
    let output =
        lockstep(late.path(), &["trace", "--format", "json", "--timeout", "0.5", "--lines", "2", "program.lua"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("did not end within 500ms"), "{}", stderr(&output));
    let last: Value = serde_json::from_str(stdout(&output).lines().last().expect("a record")).expect("an object");
    assert_eq!(last["how"], "broke-off");
}

#[test]
fn conditions_choose_records_too() {
    let folder = program(FUNCTIONS);
    let records = records(&folder, &["--function", "3", "--registers", "1"]);
    let of = |kind: &str| records.iter().filter(|record| record["record"] == kind).collect::<Vec<_>>();
    assert_eq!(of("prototype").len(), 1);
    assert_eq!((of("begun").len(), of("ended").len()), (4, 4));
    let written = json!([{ "register": 1, "value": { "type": "number", "value": 0.5 } }]);
    assert_eq!(of("ended")[1]["written"], written);
    assert_eq!((&of("end")[0]["executed"], &of("end")[0]["shown"]), (&json!(43), &json!(4)));
}

#[test]
fn a_binary_chunk_has_lines_but_no_text() {
    let folder =
        program("local f = io.open('program.luac', 'wb') f:write(string.dump(loadfile('made.lua'))) f:close()");
    fs::write(folder.path().join("made.lua"), "local x = 1\nreturn x").expect("a file");
    // Traced programs have no files of their own: an interpreter makes the chunk.
    let made = std::process::Command::new(env!("CARGO_BIN_EXE_ferrous"))
        .current_dir(folder.path())
        .arg("program.lua")
        .status()
        .expect("it starts");
    assert!(made.success());
    let text = stdout(&lockstep(folder.path(), &["trace", "program.luac"]));
    insta::assert_snapshot!(text);
}

#[test]
fn a_program_that_is_not_accepted_exits_with_1() {
    let folder = program("x =");
    let output = lockstep(folder.path(), &["trace", "program.lua"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("unexpected symbol near '<eof>'"));
    let missing = lockstep(folder.path(), &["trace", "missing.lua"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(stderr(&missing).contains("missing.lua: No such file"), "{}", stderr(&missing));
}

#[test]
fn the_help_has_examples() {
    let help = lockstep(Path::new("."), &["trace", "--help"]);
    assert_eq!(help.status.code(), Some(0));
    insta::assert_snapshot!(stdout(&help));
}

#[test]
fn bisection_of_what_does_not_diverge_exits_with_0() {
    let folder = program(SOURCE);
    let output = lockstep(folder.path(), &["bisect", "program.lua"]);
    let text = stdout(&output);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(text.starts_with("the same, 31 instructions"), "{text}");
}

#[test]
fn bisection_names_a_library_function_that_differs() {
    // What a state holds is the engine's own business: the one difference that is always there.
    let folder = program("local function held() return collectgarbage 'count' end\nprint(held())");
    let output = lockstep(folder.path(), &["bisect", "program.lua"]);
    let text = stdout(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("fault: the library function collectgarbage of ferrous"), "{text}");
    let fingerprint = "collectgarbage(string): gives another number";
    assert!(text.contains(&format!("fingerprint: {fingerprint}")), "{text}");
    let expect = |fingerprint: &str| {
        let arguments = ["bisect", "--no-attribution", "--expect-fingerprint", fingerprint, "program.lua"];
        lockstep(folder.path(), &arguments).status.code()
    };
    assert_eq!((expect(fingerprint), expect("another")), (Some(1), Some(125)));
    let missing = lockstep(folder.path(), &["bisect", "--expect-fingerprint", fingerprint, "missing.lua"]);
    assert_eq!(missing.status.code(), Some(125));
    assert!(stderr(&missing).starts_with("lockstep: missing.lua: "), "{}", stderr(&missing));
}
