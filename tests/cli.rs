//! The command line as a user meets it: the built binary, its exit codes and what it prints.

mod command;

use std::{fs, process::Output};

use command::{lockstep, stderr, stdout};
use serde_json::Value;
use tempfile::TempDir;

const AGREED: i32 = 0;
const REFUSED: i32 = 1;
const FAILED: i32 = 2;
const NOTHING_JUDGED: i32 = 125;

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("it has a parent")).expect("created");
        fs::write(path, content).expect("written");
    }
    folder
}

/// Runs `diff` and expects this exit code.
fn diff(folder: &TempDir, arguments: &[&str], code: i32) -> Output {
    let output = lockstep(folder.path(), &[&["diff"], arguments].concat());
    assert_eq!(output.status.code(), Some(code), "{}{}", stdout(&output), stderr(&output));
    output
}

fn document(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("one JSON document and nothing else")
}

const HELLO: &[u8] = b"#!/usr/bin/env lua\nprint('hello', ...)\nreturn arg[0]";
const SYNTAX_ERROR: &[u8] = b"local = 1";
const RAISING: &[u8] = b"local t\nprint(t.x)";
const ENDLESS: &[u8] = b"while true do end";
const GROWING: &[u8] = b"local t = {} for i = 1, 1e9 do t[i] = ('x'):rep(1e5) .. i end";

#[test]
fn agreement_of_every_sort() {
    let folder = folder(&[("a.lua", HELLO), ("b/c.lua", SYNTAX_ERROR), ("b/d.lua", RAISING), ("b/notes.txt", b"?")]);
    let output = diff(&folder, &["--verbose", "a.lua", "b"], AGREED);
    let printed = stdout(&output);
    let (lines, summary) = printed.trim_end().rsplit_once('\n').expect("several lines");
    assert_eq!(lines.lines().count(), 3);
    assert!(lines.contains("agree b/c.lua: both refuse it with the same message"), "{lines}");
    assert!(summary.starts_with("3 agree (returned 1, raised an error 1, refused 1), 0 differ, 0 inconclusive in "));
    assert_eq!(stderr(&output), "");

    let quiet = diff(&folder, &["--quiet", "--jobs", "1", "."], AGREED);
    assert_eq!(stdout(&quiet).lines().count(), 1);
    let compiled = diff(&folder, &["--compile-only", "."], AGREED);
    assert!(stdout(&compiled).starts_with("3 agree (refused 1, compiled 2)"), "{}", stdout(&compiled));
}

#[test]
fn arguments_reach_the_program() {
    let folder = folder(&[("a.lua", b"assert(... == 'one' and arg[2] == '--two' and arg[0] == 'a.lua')")]);
    let output = diff(&folder, &["a.lua", "--", "one", "--two"], AGREED);
    assert!(stdout(&output).starts_with("1 agree (returned 1)"), "{}", stdout(&output));
}

#[test]
fn what_cannot_be_judged_is_counted() {
    let folder = folder(&[("budget.lua", ENDLESS), ("memory.lua", GROWING), ("fine.lua", HELLO)]);
    let bounds = ["--instructions", "1000000", "--memory", "8M"];
    let some = diff(&folder, &[&bounds[..], &["."]].concat(), AGREED);
    assert!(stdout(&some).contains("inconclusive ./budget.lua: both ran out of the instruction budget"));
    assert!(stdout(&some).contains("1 agree (returned 1), 0 differ, 2 inconclusive (budget 1, memory 1)"));
    diff(&folder, &[&bounds[..], &["budget.lua", "memory.lua"]].concat(), NOTHING_JUDGED);
}

#[test]
fn the_wall_clock_bounds_what_the_budget_does_not() {
    let folder = folder(&[("slow.lua", ENDLESS)]);
    let instructions = (1u64 << 60).to_string();
    let arguments = ["--timeout", "0.2", "--instructions", &instructions, "slow.lua"];
    let output = diff(&folder, &arguments, NOTHING_JUDGED);
    assert!(stdout(&output).contains("inconclusive slow.lua: the reference did not end in time"));
}

/// A string constant of size zero under `GETGLOBAL` gets past the reference's verifier and kills it.
#[test]
fn a_reference_that_dies_does_not_take_the_harness_down() {
    let folder = folder(&[("fatal.luac", &fatal_chunk()), ("z.lua", HELLO)]);
    let output = diff(&folder, &["--jobs", "1", "fatal.luac", "z.lua"], AGREED);
    let printed = stdout(&output);
    assert!(printed.contains("inconclusive fatal.luac: the reference crashed: signal 11 (SIGSEGV)"), "{printed}");
    assert!(printed.contains("1 agree (returned 1), 0 differ, 1 inconclusive (reference-crashed 1)"), "{printed}");
}

/// `x` compiled by hand, with a null string in place of the name.
fn fatal_chunk() -> Vec<u8> {
    use lockstep::lua::bytecode::{Constant, Instruction, Opcode, Prototype, VARARG_IS_VARARG, dump};
    let prototype = Prototype {
        source: Some(b"@fatal"[..].into()),
        vararg_flags: VARARG_IS_VARARG,
        max_stack_size: 2,
        code: vec![Instruction::abx(Opcode::GetGlobal, 0, 0), Instruction::abc(Opcode::Return, 0, 1, 0)],
        constants: vec![Constant::NullString],
        line_info: vec![1, 1],
        ..Prototype::default()
    };
    dump(&prototype, false)
}

#[test]
fn what_is_missing_fails_after_the_rest_was_judged() {
    let folder = folder(&[("a.lua", HELLO), ("empty/notes.txt", b"")]);
    let output = diff(&folder, &["missing.lua", "a.lua"], FAILED);
    assert!(stderr(&output).contains("error missing.lua: No such file or directory"), "{}", stderr(&output));
    assert!(stdout(&output).starts_with("1 agree (returned 1), 0 differ, 0 inconclusive, 1 failed"));
    let nothing = diff(&folder, &["empty"], FAILED);
    assert!(stderr(&nothing).contains("no Lua files found"));
}

#[test]
fn wrong_usage_fails() {
    let folder = folder(&[]);
    for arguments in [
        &["diff"][..],
        &["diff", "--format", "xml", "."],
        &["diff", "--memory", "much", "."],
        &["diff", "--timeout", "0", "."],
        &["diff", "--jobs", "0", "."],
        &["diff", "--quiet", "--verbose", "."],
        &["worker", "lua"],
        &["list", "--engine", "lua", "x"],
        &["unknown"],
        &[],
    ] {
        let output = lockstep(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(FAILED), "{arguments:?}");
        assert!(!output.stderr.is_empty());
    }
    let help = lockstep(folder.path(), &["diff", "--help"]);
    assert_eq!(help.status.code(), Some(0));
    assert!(stdout(&help).contains("125"));
}

#[test]
fn the_document_is_for_machines() {
    let folder = folder(&[("a.lua", HELLO), ("b.lua", ENDLESS), ("c.lua", SYNTAX_ERROR)]);
    let arguments = ["--format", "json", "--instructions", "1000000", "a.lua", "b.lua", "c.lua", "missing.lua"];
    let output = diff(&folder, &arguments, FAILED);
    let document = document(&output);
    assert_eq!((&document["format"], &document["version"]), (&"lockstep-diff".into(), &1.into()));
    let verdicts: Vec<(&str, &str)> = document["files"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|file| (file["path"].as_str().expect("text"), file["verdict"].as_str().expect("text")))
        .collect();
    assert_eq!(
        verdicts,
        [("missing.lua", "failed"), ("a.lua", "agree"), ("b.lua", "inconclusive"), ("c.lua", "agree")]
    );
    let summary = &document["summary"];
    assert_eq!((&summary["agree"], &summary["refused"], &summary["exit_code"]), (&2.into(), &1.into(), &2.into()));
    assert_eq!(summary["inconclusive_by_reason"]["budget"], 1);
}

/// The engines run in workers whose descriptors a program must not be able to disturb.
#[test]
fn a_program_cannot_disturb_the_protocol() {
    let folder = folder(&[(
        "a.lua",
        b"if io then io.write('garbage') io.stdout:write('more') io.stdout:flush() print(io.read('*a')) end return 1",
    )]);
    let output = diff(&folder, &["a.lua"], AGREED);
    assert!(stdout(&output).starts_with("1 agree (returned 1)"), "{}", stdout(&output));
}

#[test]
fn listings_come_from_either_compiler_and_from_chunks() {
    let folder =
        folder(&[("a.lua", HELLO), ("b.lua", SYNTAX_ERROR), ("c.luac", &fatal_chunk()), ("d.luac", b"\x1bLua")]);
    let list = |arguments: &[&str], code| {
        let output = lockstep(folder.path(), &[&["list"], arguments].concat());
        assert_eq!(output.status.code(), Some(code), "{}", stderr(&output));
        output
    };
    let ours = stdout(&list(&["a.lua"], AGREED));
    assert!(ours.contains("main <a.lua:0,0>") && ours.contains("GETGLOBAL"), "{ours}");
    assert_eq!(ours, stdout(&list(&["--engine", "reference", "a.lua"], AGREED)));
    assert!(stdout(&list(&["c.luac"], AGREED)).contains("GETGLOBAL"));
    assert_eq!(stderr(&list(&["b.lua"], REFUSED)), "b.lua:1: '<name>' expected near '='\n");
    assert!(!list(&["d.luac"], REFUSED).stderr.is_empty());
    assert!(stderr(&list(&["missing.lua"], FAILED)).contains("missing.lua"));
}

#[test]
fn fuzzers_get_inputs_of_every_form_that_their_target_takes() {
    let folder =
        folder(&[("programs/a/b.lua", HELLO), ("programs/c.lua", b"return 1"), ("programs/no.lua", SYNTAX_ERROR)]);
    let seeds = |targets: &[&str]| {
        let fixed = ["fuzz-seeds", "--out", "out", "--choices", "3", "--source", "programs"];
        lockstep(folder.path(), &[&fixed, targets].concat())
    };
    let output = seeds(&["parse", "chunk", "heap"]);
    assert_eq!(output.status.code(), Some(AGREED), "{}", stderr(&output));
    // HELLO is no chunk, as its first line is for files alone.
    assert_eq!(stdout(&output), "out/parse: 6 inputs\nout/chunk: 4 inputs\nout/heap: 3 inputs\n");
    let read = |name: &str| fs::read(folder.path().join("out").join(name)).expect("written");
    assert_eq!(read("parse/source-programs-c"), b"-- lua\nreturn 1");
    assert!(read("chunk/chunk-programs-c").starts_with(b"\x1bLuaQ"));
    assert_eq!(read("heap/choices-0002"), read("parse/choices-0002"));

    let unknown = seeds(&["nothing"]);
    assert_eq!(unknown.status.code(), Some(FAILED));
    assert!(stderr(&unknown).contains("the targets are parse, bytecode, execute"), "{}", stderr(&unknown));
    fs::remove_dir_all(folder.path().join("programs")).expect("removed");
    assert_eq!(seeds(&["heap"]).status.code(), Some(FAILED));
}
