//! The exam of the runner: engines that are wrong in known ways, each of which has to be reported as exactly that; and the options of
//! `lockstep conform` as a user meets them.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

const GOOD: i32 = 0;
const UNEXPECTED: i32 = 1;
const FAILED: i32 = 2;

/// What every engine of the exam is given: three assertions and a line of output.
const PROGRAM: &str = "print('hello')\nassert(true)\nassert(1)\nassert('x')\n";

/// The beginning of an engine of the exam: a script that finds in the driver, which is its argument, where to say how it ended.
const ENGINE: &str = "#!/bin/sh
result=$(sed -n 's/^local FILE, MODE, RESULT = .*, \"\\(.*\\)\"$/\\1/p' \"$1\")
end() { printf 'lockstep-case 1\\n%s\\n%s\\n' \"$1\" \"$2\" > \"$result\"; }
";

/// A folder with a conformance folder in it.
struct Place(TempDir);

impl Place {
    fn new(programs: &[(&str, &str)]) -> Self {
        let place = Self(tempfile::tempdir().expect("a temporary folder"));
        for (name, text) in programs {
            place.write(&format!("conformance/programs/{name}"), text);
        }
        place
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("it has a parent")).expect("created");
        fs::write(path, text).expect("written");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).expect("it is there")
    }

    /// An engine that does this, as an argument for `--engine`.
    fn engine(&self, name: &str, does: &str) -> String {
        self.write(name, &format!("{ENGINE}{does}\n"));
        let path = self.path().join(name);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it can be made executable");
        format!("{name}={}", path.display())
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lockstep"));
        command.current_dir(self.path()).env_remove("LOCKSTEP_SUITE");
        command.env("LOCKSTEP_CACHE", self.path().join("cache")).arg("conform").args(arguments);
        command
    }

    fn conform(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the binary that was just built starts")
    }

    /// Runs our own programs alone, expects this exit code, and gives the report.
    fn report(&self, arguments: &[&str], code: i32) -> Value {
        let output = self.conform(&[&["programs/", "--report", "report.json"], arguments].concat());
        assert_eq!(output.status.code(), Some(code), "{}", text(&output));
        serde_json::from_str(&self.read("report.json")).expect("it is JSON")
    }
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn case<'a>(report: &'a Value, id: &str) -> &'a Value {
    let cases = report["cases"].as_array().expect("a list");
    cases.iter().find(|case| case["id"] == id).unwrap_or_else(|| panic!("no case {id} in {report}"))
}

/// Gives an engine that does this the program of the exam, and expects this status. Gives the result.
fn examine(does: &str, status: &str, options: &[&str]) -> Value {
    let place = Place::new(&[("2.1-exam/a.lua", PROGRAM)]);
    let engine = place.engine("wrong", does);
    let code = if status == "pass" { GOOD } else { UNEXPECTED };
    let report = place.report(&[&["--mode", "source", "--engine", &engine], options].concat(), code);
    let result = case(&report, "programs/2.1-exam/a.lua/source/wrong")["result"].clone();
    assert_eq!(result["status"], status, "{result}");
    result
}

fn message(result: &Value) -> &str {
    result["message"].as_str().expect("text")
}

#[test]
fn an_engine_that_does_all_of_it_passes() {
    let result = examine("echo hello; end returned 3", "pass", &[]);
    assert_eq!(result["assertions"], serde_json::json!({ "executed": 3, "expected": 3 }));
    assert_eq!(message(&result), "");
}

#[test]
fn an_engine_that_fails_has_failed() {
    let result = examine("echo hello; echo 'lua: a.lua:2: no' >&2; echo 'stack traceback:' >&2; exit 1", "fail", &[]);
    assert_eq!(message(&result), "exit code 1: a.lua:2: no");
    let result = examine("echo hello; end returned 3; exit 7", "fail", &[]);
    assert_eq!(message(&result), "exit code 7");
    examine("echo hello; end raised 3", "fail", &[]);
    examine("echo hello; end exited 3", "fail", &[]);
}

#[test]
fn an_engine_that_hangs_is_timed_out_with_what_it_started_and_what_it_wrote() {
    let result = examine("echo hello; sleep 600 & sleep 600", "timeout", &["--timeout", "0.5"]);
    assert!(message(&result).starts_with("killed after"), "{result}");
    assert_eq!(result["stdout"], "hello\n");
    assert!(result["seconds"].as_f64().expect("a number") < 60.0);
}

#[test]
fn an_engine_that_dies_on_a_signal_has_crashed() {
    let result = examine("echo hello; end returned 3; kill -SEGV $$", "crash", &[]);
    assert_eq!(message(&result), "killed by signal 11 (SIGSEGV)");
}

#[test]
fn an_engine_that_does_nothing_and_exits_with_0_is_reported_as_that() {
    examine("exit 0", "did-nothing", &[]);
    examine("echo hello", "did-nothing", &[]);
    // Half an ending proves nothing.
    examine("echo hello; printf 'lockstep-case 1\\nreturned\\n' > \"$result\"", "did-nothing", &[]);
}

#[test]
fn an_engine_that_prints_something_else_is_shown_with_the_difference() {
    let result = examine("echo hallo; end returned 3", "output-differs", &[]);
    let diff = result["diff"].as_str().expect("text");
    assert!(diff.contains("-hello\n+hallo\n"), "{diff}");
    examine("echo hello; echo hello; end returned 3", "output-differs", &[]);
    examine("end returned 3", "output-differs", &[]);
}

#[test]
fn an_engine_that_executes_fewer_assertions_is_not_taken_in() {
    let result = examine("echo hello; end returned 2", "assertions-differ", &[]);
    assert_eq!(message(&result), "2 assertions executed, the reference executes 3");
    examine("echo hello; end returned 4", "assertions-differ", &[]);
}

#[test]
fn engines_are_wrong_one_by_one_and_stop_nobody_else() {
    let place = Place::new(&[("2.1-exam/a.lua", PROGRAM), ("2.1-exam/b.lua", PROGRAM)]);
    let dying = place.engine("dying", "kill -KILL $$");
    let right = place.engine("right", "echo hello; end returned 3");
    let report = place.report(
        &["--engine", &dying, "--engine", &right, "--engine", "reference", "--engine", "ferrous", "--jobs", "3"],
        UNEXPECTED,
    );
    assert_eq!(report["cases"].as_array().expect("a list").len(), 2 * 3 * 4);
    assert_eq!(report["cases"].as_array().map(Vec::len), report["plan"].as_array().map(Vec::len));
    for case in report["cases"].as_array().expect("a list") {
        let expected = if case["engine"] == "dying" { "crash" } else { "pass" };
        assert_eq!(case["result"]["status"], expected, "{case}");
        assert_eq!(case["section"], "2.1");
    }
}

#[test]
fn the_reference_is_judged_by_itself_and_others_fail_as_it_does() {
    let place = Place::new(&[("2.1-a/bad.lua", "assert(true)\nerror('oops')")]);
    let report = place.report(&["--mode", "source", "--engine", "reference", "--engine", "ferrous"], UNEXPECTED);
    let reference = case(&report, "programs/2.1-a/bad.lua/source/reference");
    assert_eq!(reference["result"]["status"], "fail");
    assert_eq!(message(&reference["result"]), "exit code 1: bad.lua:2: oops");
    assert_eq!(case(&report, "programs/2.1-a/bad.lua/source/ferrous")["result"]["status"], "pass");
}

#[test]
fn an_exit_by_the_program_loses_no_count() {
    let place = Place::new(&[("5.8-exit/exit.lua", "assert(true)\nassert(true)\nos.exit(0)")]);
    let report = place.report(&["--mode", "source", "--engine", "reference"], GOOD);
    let result = &case(&report, "programs/5.8-exit/exit.lua/source/reference")["result"];
    assert_eq!(result["assertions"]["executed"], 2, "{result}");
}

#[test]
fn programs_run_in_copies_that_they_may_spoil() {
    let spoil = "local f = io.open('x.txt', 'w') f:write('spoilt') f:close()\nprint(io.open('y.txt'):read())";
    let place = Place::new(&[("5.7-io/spoil.lua", spoil), ("5.7-io/y.txt", "here\n")]);
    place.report(&["--engine", "reference"], GOOD);
    assert!(!place.path().join("conformance/programs/5.7-io/x.txt").exists());
}

#[test]
fn expectations_bind_in_both_directions() {
    let place = Place::new(&[("2.1-exam/a.lua", PROGRAM)]);
    let failing = place.engine("e", "exit 3");
    let expect = |case: &str, status: &str| {
        format!("[[expect]]\ncase = '{case}'\nstatus = '{status}'\nreason = 'known'\nlink = 'here'\n")
    };
    place.write("conformance/expectations.toml", &expect("programs/**/e", "fail"));
    let report = place.report(&["--engine", &failing], GOOD);
    let expected = case(&report, "programs/2.1-exam/a.lua/dump/e");
    assert_eq!(expected["verdict"], "expected-failure");
    assert_eq!(expected["expectation"]["reason"], "known");

    let passing = place.engine("e", "echo hello; end returned 3");
    let report = place.report(&["--engine", &passing], UNEXPECTED);
    assert_eq!(case(&report, "programs/2.1-exam/a.lua/dump/e")["verdict"], "unexpected-pass");

    let dying = place.engine("e", "kill -KILL $$");
    let report = place.report(&["--engine", &dying], UNEXPECTED);
    assert_eq!(case(&report, "programs/2.1-exam/a.lua/dump/e")["verdict"], "failed");

    place.write("conformance/expectations.toml", &expect("programs/2.1-exam/b.lua/*/e", "fail"));
    let output = place.conform(&["programs/", "--engine", &passing]);
    assert_eq!(output.status.code(), Some(UNEXPECTED), "{}", text(&output));
    assert!(text(&output).contains("`programs/2.1-exam/b.lua/*/e` fits no case"), "{}", text(&output));

    place.write("conformance/expectations.toml", &expect("programs/**/e", "pass"));
    assert_eq!(place.conform(&["programs/", "--engine", &passing]).status.code(), Some(FAILED));
}

#[test]
fn updated_expectations_ask_for_reasons_and_touch_only_what_was_run() {
    let place = Place::new(&[("2.1-exam/a.lua", PROGRAM), ("2.1-exam/b.lua", PROGRAM)]);
    let failing = place.engine("e", "exit 3");
    let update = ["programs/2.1-exam/a.lua", "--mode", "source", "--engine", &failing, "--update-expectations"];
    assert_eq!(place.conform(&update).status.code(), Some(UNEXPECTED));
    let written = place.read("conformance/expectations.toml");
    assert!(
        written.contains("case = \"programs/2.1-exam/a.lua/source/e\"") && written.contains("reason missing"),
        "{written}"
    );
    assert!(!written.contains("b.lua") && !written.contains("dump"), "{written}");

    let run = ["programs/2.1-exam/a.lua", "--mode", "source", "--engine", &failing];
    let output = place.conform(&run);
    assert_eq!(output.status.code(), Some(UNEXPECTED));
    assert!(text(&output).contains("has no reason"), "{}", text(&output));

    place.write("conformance/expectations.toml", &written.replace("reason missing", "it is broken"));
    assert_eq!(place.conform(&run).status.code(), Some(GOOD));

    assert_eq!(
        place.conform(&["programs/", "--engine", &failing, "--update-expectations"]).status.code(),
        Some(UNEXPECTED)
    );
    let written = place.read("conformance/expectations.toml");
    assert!(written.contains("it is broken") && written.matches("[[expect]]").count() == 6, "{written}");

    let passing = place.engine("e", "echo hello; end returned 3");
    assert_eq!(place.conform(&["programs/", "--engine", &passing, "--update-expectations"]).status.code(), Some(GOOD));
    assert!(!place.read("conformance/expectations.toml").contains("[[expect]]"));
}

#[test]
fn shards_run_every_case_once() {
    let programs: Vec<(String, &str)> = (0..7).map(|index| (format!("2.1-many/{index}.lua"), "assert(1)")).collect();
    let programs: Vec<(&str, &str)> = programs.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let place = Place::new(&programs);
    place.write("conformance/durations.toml", "[seconds]\n\"programs/2.1-many/3.lua/dump/reference\" = 60.0\n");
    let list = |shard: &[&str]| -> Vec<String> {
        let output = place.conform(&[&["programs/", "--list"], shard].concat());
        assert_eq!(output.status.code(), Some(GOOD), "{}", text(&output));
        String::from_utf8(output.stdout).expect("text").lines().map(str::to_owned).collect()
    };
    let plan: BTreeSet<String> = list(&[]).into_iter().collect();
    assert_eq!(plan.len(), 7 * 3 * 2);
    let parts: Vec<Vec<String>> = ["1/3", "2/3", "3/3"].iter().map(|part| list(&["--shard", part])).collect();
    assert_eq!(parts.iter().map(Vec::len).sum::<usize>(), plan.len());
    assert_eq!(parts.iter().flatten().cloned().collect::<BTreeSet<String>>(), plan);
    // The longest unit takes as long as all others together, so nothing else is in its part.
    let heavy = parts.iter().find(|part| part.iter().any(|id| id == "programs/2.1-many/3.lua/dump/reference"));
    assert_eq!(heavy.expect("it is in a part").len(), 2);

    let report = place.report(&["--shard", "1/3"], GOOD);
    assert_eq!(report["shard"], serde_json::json!({ "index": 1, "count": 3 }));
    assert_eq!(report["plan"].as_array().map(Vec::len), Some(plan.len()));
    let run: Vec<&str> =
        report["cases"].as_array().expect("a list").iter().filter_map(|case| case["id"].as_str()).collect();
    assert_eq!(run, parts[0]);
}

#[test]
fn parts_are_joined_whatever_is_in_them() {
    let place = Place::new(&[("2.1-exam/a.lua", PROGRAM)]);
    small_suite(&place);
    let run = |options: &[&str]| {
        let wanted = ["one.lua/source/ferrous", "programs/", "--suite", "small"];
        let output = place.conform(&[&wanted, options].concat());
        assert_eq!(output.status.code(), Some(GOOD), "{}", text(&output));
    };
    run(&["--report", "whole.json"]);
    // Four units: one part has none, and not every part has the suite and both engines.
    let parts: Vec<String> = (1..=5).map(|part| format!("{part}.json")).collect();
    for (part, report) in (1..).zip(&parts) {
        run(&["--shard", &format!("{part}/5"), "--report", report]);
    }
    let output = Command::new(env!("CARGO_BIN_EXE_lockstep"))
        .current_dir(place.path())
        .args(["report", "merge", "-o", "joined.json"])
        .args(&parts)
        .output()
        .expect("the binary that was just built starts");
    assert_eq!(output.status.code(), Some(GOOD), "{}", text(&output));
    let [whole, joined] =
        ["whole.json", "joined.json"].map(|name| serde_json::from_str::<Value>(&place.read(name)).expect("it is JSON"));
    for field in ["suite", "engines", "plan"] {
        assert_eq!(whole[field], joined[field]);
    }
}

#[test]
fn durations_are_recorded_when_asked_for() {
    let place = Place::new(&[("2.1-exam/a.lua", PROGRAM)]);
    place.report(&[], GOOD);
    assert!(!place.path().join("conformance/durations.toml").exists());
    place.report(&["--update-durations"], GOOD);
    let written = place.read("conformance/durations.toml");
    assert!(written.contains("\"programs/2.1-exam/a.lua/source/ferrous\" = "), "{written}");
}

#[test]
fn nothing_to_run_and_wrong_usage_are_failures() {
    let place = Place::new(&[("2.1-exam/a.lua", PROGRAM)]);
    for (arguments, said) in [
        (&["no-such-case"][..], "no case is selected"),
        (&["programs/", "--shard", "3/2"], "not a part"),
        (&["programs/", "--engine", "a=lua", "--engine", "a=other"], "two engines of the name `a`"),
        (&["programs/", "--engine", "gone=/nowhere/at/all/lua"], "cannot start /nowhere/at/all/lua"),
        (&["programs/", "--folder", "nowhere"], "there is no folder nowhere"),
        (&["official/all.lua", "--suite", "nowhere"], "nowhere"),
        (&["programs/", "--report", "r.json", "--report", "r.txt"], "r.txt: the name says no format"),
    ] {
        let output = place.conform(arguments);
        assert_eq!(output.status.code(), Some(FAILED), "{arguments:?}: {}", text(&output));
        assert!(text(&output).contains(said), "{arguments:?}: {}", text(&output));
    }
    assert!(!place.path().join("r.json").exists(), "nothing was run");
    place.write("conformance/durations.toml", "[seconds");
    assert_eq!(place.conform(&["programs/"]).status.code(), Some(FAILED));
}

#[test]
fn reports_are_written_even_if_nobody_reads_what_is_printed() {
    let place = Place::new(&[("2.1-exam/a.lua", PROGRAM)]);
    let mut command = place.command(&["programs/", "--report", "report.json"]);
    let mut child = command.stdout(Stdio::piped()).spawn().expect("the binary that was just built starts");
    drop(child.stdout.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(GOOD));
    assert!(place.path().join("report.json").exists());
}

/// A suite of two files with a manifest, in the place of the official one.
fn small_suite(place: &Place) {
    let files = [
        ("all.lua", "assert(dofile('one.lua') == 1)\nprint(string.rep('x', 3))\n"),
        ("one.lua", "assert(true)\nreturn 1\n"),
    ];
    let mut manifest = format!("name = 'small'\nsha256 = '{}'\nfolder = 'small'\n[files]\n", "0".repeat(64));
    for (name, text) in files {
        let sum: String = Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
        manifest.push_str(&format!("'{name}' = '{sum}'\n"));
        place.write(&format!("small/{name}"), text);
    }
    place.write("conformance/suite.toml", &manifest);
}

#[test]
fn a_suite_is_run_in_every_mode_and_is_never_changed() {
    let place = Place::new(&[]);
    small_suite(&place);
    // The rule for all.lua does not fit this suite, which has no big.lua.
    let output = place.conform(&["one.lua", "--suite", "small", "--report", "report.json", "--verbose"]);
    assert_eq!(output.status.code(), Some(GOOD), "{}", text(&output));
    let report: Value = serde_json::from_str(&place.read("report.json")).expect("it is JSON");
    assert_eq!(report["suite"]["name"], "small");
    assert_eq!(report["cases"].as_array().map(Vec::len), Some(3 * 2));
    let output = place.conform(&["all.lua", "--suite", "small"]);
    assert_eq!(output.status.code(), Some(UNEXPECTED));
    assert!(text(&output).contains("[broken] big.lua: No such file"), "{}", text(&output));
}

#[test]
fn skipped_parts_are_checked_and_reported() {
    let place = Place::new(&[]);
    small_suite(&place);
    let part = |first: &str| {
        format!("[[part]]\nfile = 'one.lua'\nlines = [1, 2]\nfirst = '{first}'\nlast = 'return'\nreason = 'why not'\n")
    };
    place.write("conformance/skipped.toml", &part("assert"));
    let arguments = ["one.lua", "--mode", "source", "--suite", "small", "--report", "report.json"];
    assert_eq!(place.conform(&arguments).status.code(), Some(GOOD));
    let report: Value = serde_json::from_str(&place.read("report.json")).expect("it is JSON");
    let skipped = &case(&report, "official/one.lua/source/ferrous")["result"]["skipped"];
    assert_eq!(*skipped, serde_json::json!([{ "lines": "1-2", "reason": "why not" }]));

    place.write("conformance/skipped.toml", &part("print"));
    let output = place.conform(&arguments);
    assert_eq!(output.status.code(), Some(FAILED));
    assert!(text(&output).contains("one.lua:1-2"), "{}", text(&output));
}

/// Runs the reference in the place of `lua`, with this input. Gives the exit code, the output and the messages.
fn interpreter(arguments: &[&str], input: &str) -> (Option<i32>, String, String) {
    let place = Place::new(&[]);
    place.write("input", input);
    let output = Command::new(env!("CARGO_BIN_EXE_lockstep"))
        .args(["conform-case", "interpreter", "--name", "lua", "--memory", "100000000", "--"])
        .args(arguments)
        .env("LUA_INIT", "x = 'init'")
        .stdin(fs::File::open(place.path().join("input")).expect("it is there"))
        .output()
        .expect("the binary that was just built starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn the_reference_takes_the_place_of_lua() {
    let run = |arguments: &[&str], input: &str, code: i32, stdout: &str, stderr: &str| {
        let (found, out, err) = interpreter(arguments, input);
        assert_eq!((found, out.as_str()), (Some(code), stdout), "{arguments:?}: {err}");
        assert!(err.starts_with(stderr) && err.is_empty() == stderr.is_empty(), "{arguments:?}: {err}");
    };
    run(&["-e", "print(x, arg)", "-lstring"], "", 0, "init\tnil\n", "");
    run(&["-", "a", "b"], "print(arg[-1], arg[0], arg[2], ...)", 0, "lua\t-\tb\ta\tb\n", "");
    run(&[], "print('from input')", 0, "from input\n", "");
    run(&["-v"], "", 0, "", "Lua 5.1.5  Copyright (C) 1994-2012 Lua.org, PUC-Rio\n");
    run(&["-e", "error('no')"], "", 1, "", "lua: (command line):1: no\nstack traceback:\n");
    run(&["-e", "error({})"], "", 1, "", "lua: (error object is not a string)\n");
    run(&["-e", "error()"], "", 1, "", "");
    run(&["-z"], "", 1, "", "usage: lua [options] [script [args]].\n");
    run(&["nowhere.lua"], "", 1, "", "lua: cannot open nowhere.lua: No such file");
    let typed = "=1, 2\nfor i = 1, 2 do\nprint(i) end\nprint = nil\n=3\nx =\n";
    let shown = "> 1\t2\n> >> 1\n2\n> > > >> \n";
    run(&["-i"], typed, 0, shown, "Lua 5.1.5");
    run(&["-i", "-e", "_PROMPT, _PROMPT2 = '?', '!'"], "x(\n", 0, "?!\n", "Lua 5.1.5");
}
