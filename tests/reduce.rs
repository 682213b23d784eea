//! `lockstep reduce` as a user meets it: what it writes, what it prints, what it exits with, and that it ends.

mod command;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use command::{lockstep, stderr, stdout};
use serde_json::Value;
use tempfile::TempDir;

const REDUCED: i32 = 0;
const NOT_SMALLER: i32 = 1;
const FAILED: i32 = 2;
const INTERRUPTED: i32 = 130;

/// A folder with one program in it.
struct Case {
    folder: TempDir,
}

impl Case {
    fn new(program: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join("program.lua"), program).expect("written");
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("it is there")
    }

    /// Reduces the program and expects this exit code.
    #[track_caller]
    fn reduce(&self, arguments: &[&str], code: i32) -> Output {
        let output = lockstep(self.folder.path(), &[&["reduce", "program.lua"], arguments].concat());
        assert_eq!(output.status.code(), Some(code), "{}{}", stdout(&output), stderr(&output));
        output
    }

    fn files(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).expect("readable");
        let name = |entry: std::io::Result<fs::DirEntry>| entry.expect("readable").file_name().into_string();
        let mut names: Vec<String> = entries.map(|entry| name(entry).expect("text")).collect();
        names.sort();
        names
    }
}

/// The summary without what is different every time.
fn summary(output: &Output) -> String {
    let timed = |line: &str| line.contains(" tests in ");
    let rest = |line: &str| line.split_once("; ").map_or(String::new(), |(_, rest)| rest.to_owned());
    let line =
        |line: &str| if timed(line) { format!("N tests in T s, R per second; {}", rest(line)) } else { line.into() };
    stdout(output).lines().map(line).collect::<Vec<String>>().join("\n")
}

/// A program of at least this many lines, with one line of which the engines make different things: Ferrous loads no C.
fn long_program(lines: usize, different: &str) -> String {
    let mut program = vec!["local total, results = 0, {}".to_owned()];
    let mut number = 0;
    while program.len() < lines {
        number += 1;
        if program.len() >= lines / 2 && !program.iter().any(|line| line == different) {
            program.push("for attempt = 1, 2 do".into());
            program.push("  local name = 'library' .. attempt".into());
            program.push("  if attempt > total - total then".into());
            program.push(different.into());
            program.push("  end".into());
            program.push("end".into());
        }
        let block = match number % 5 {
            0 => format!(
                "do\n  local function step(a, b)\n    local sum = a + b * {number}\n    if sum > 7 then\n      return sum - 1\n    end\n    return sum\n  end\n  results[{number}] = step({number}, 2)\nend"
            ),
            1 => format!(
                "for index = 1, {} do\n  total = total + index -- add\n  results[#results + 1] = {{ key = index, name = 'item' .. index }}\nend",
                number % 7
            ),
            2 => format!(
                "do\n  local text = string.rep('ab', {}):upper()\n  if text:find('BA') then\n    results.last = text\n  end\nend",
                number % 9
            ),
            3 => format!(
                "results['k{number}'] = pcall(function(...)\n  local a, b = ...\n  return a and b or {number}\nend, {number}, nil)"
            ),
            _ => format!(
                "while total > {number} do\n  total = total - {number}\n  if total % 2 == 0 then break end\nend"
            ),
        };
        program.extend(block.lines().map(str::to_owned));
    }
    program.push("print(total)".into());
    program.join("\n")
}

const DIFFERENT: &str =
    "    print(attempt, total, select(3, package.loadlib('/nowhere/' .. name, 'luaopen_' .. name)))";

#[test]
fn what_the_engines_differ_over_is_all_that_is_left_of_2000_lines() {
    let program = long_program(2000, DIFFERENT);
    let case = Case::new(&program);
    let start = Instant::now();
    let output = case.reduce(&[], REDUCED);
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
    let reduced = case.read("program.reduced.lua");
    assert!(reduced.lines().count() <= 5 && reduced.contains("loadlib"), "{reduced}");
    assert_eq!(case.read("program.lua"), program, "the original is as it was");
    insta::assert_snapshot!(summary(&output));

    // The engines still differ over it, and in the same way. What they print need not show it any more.
    let expected = ["bisect", "--expect-fingerprint", "package.loadlib(string,string): gives another string"];
    let judged = lockstep(case.folder.path(), &[&expected[..], &["program.reduced.lua"]].concat());
    assert_eq!(judged.status.code(), Some(1), "{}", stdout(&judged));
}

#[test]
fn the_result_is_the_same_for_any_number_of_jobs() {
    let case = Case::new(&long_program(300, DIFFERENT));
    let mut results = Vec::new();
    for jobs in ["1", "4"] {
        for seed in ["0", "7"] {
            let output = format!("j{jobs}s{seed}.lua");
            let arguments = ["--jobs", jobs, "--seed", seed, "--output", &output, "--format", "json"];
            let document: Value =
                serde_json::from_slice(&case.reduce(&arguments, REDUCED).stdout).expect("one document");
            results.push((case.read(&output), document["tests"].as_u64()));
        }
    }
    assert_eq!(results[0], results[2]);
    assert_eq!(results[1], results[3]);
    // Another order of passes takes another way.
    assert_ne!(results[0].1, results[1].1);
}

const NESTED: &str = "\
local module = { name = 'module', version = 3 }
function module.run(limit, callback, ...)
  local done, count = false, 0
  for index = 1, limit do -- comment
    if index > 2 then
      repeat
        local ok, message = pcall(callback, index, ...)
        count = count + 1
        done = not ok
        if done then print('failed', message, '\\65\\n') break end
      until done or count > 0x10
    elseif limit == 7 then
      return nil
    end
  end
  return count
end
print(module.run(5, function(n, extra) if n == 4 then error({ code = 1e3 }) end end, 'extra'))
";

#[test]
fn a_word_is_all_that_a_search_for_it_needs() {
    let case = Case::new(NESTED);
    let output = case.reduce(&["--test", "grep -q pcall"], REDUCED);
    assert_eq!(case.read("program.reduced.lua"), "pcall\n");
    insta::assert_snapshot!(summary(&output));
}

/// Interesting is what compiles and has a `repeat` with a call in a `for` in a function.
#[test]
fn a_nested_construct_stays_whole() {
    let case = Case::new(NESTED);
    let test = format!(
        "'{}' list \"$LOCKSTEP_CANDIDATE\" > listing || exit 1; \
         tr '\\n' ' ' < \"$LOCKSTEP_CANDIDATE\" | grep -Eq 'function.* for .* repeat .*pcall\\(.* until .*end.*end'",
        env!("CARGO_BIN_EXE_lockstep")
    );
    case.reduce(&["--test", &test], REDUCED);
    insta::assert_snapshot!(case.read("program.reduced.lua"));
}

#[test]
fn a_test_that_hangs_is_not_interesting() {
    let case = Case::new("local a = 1\nlocal b = 2\nprint(a + b)\n");
    let start = Instant::now();
    // Without `b` in it, the command would not end.
    let test = "grep -q b \"$LOCKSTEP_CANDIDATE\" || { sleep 1000 & wait; }";
    case.reduce(&["--test", test, "--test-timeout", "200ms"], REDUCED);
    assert_eq!(case.read("program.reduced.lua"), "b\n");
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());

    let always = case.reduce(&["--test", "sleep 1000 #", "--test-timeout", "200ms"], FAILED);
    assert!(stderr(&always).contains("not interesting"), "{}", stderr(&always));
}

#[test]
fn candidates_that_make_the_engines_hang_do_not_matter() {
    // Without the second line, nothing ends the loop.
    let loops = "local n = 0\nwhile true do n = n + 1\nif n > 3 then break end end\nprint(package.loadlib('/x', n))";
    let case = Case::new(loops);
    let start = Instant::now();
    case.reduce(&["--timeout", "2"], REDUCED);
    assert!(case.read("program.reduced.lua").contains("loadlib"));
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn the_best_so_far_is_kept_when_the_time_is_over() {
    let case = Case::new(&long_program(400, "print('needle')"));
    let start = Instant::now();
    let arguments = ["--test", "sleep 0.1; grep -q needle \"$LOCKSTEP_CANDIDATE\"", "--time", "1s"];
    let output = case.reduce(&arguments, REDUCED);
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    assert!(stdout(&output).contains("stopped after 1 s, may become smaller"), "{}", stdout(&output));
    let reduced = case.read("program.reduced.lua");
    assert!(reduced.contains("needle") && reduced.len() < case.read("program.lua").len());
}

#[test]
fn an_interrupt_ends_it_with_the_best_so_far() {
    let case = Case::new(&long_program(400, "print('needle')"));
    let test = "sleep 0.1; grep -q needle \"$LOCKSTEP_CANDIDATE\"";
    let child = Command::new(env!("CARGO_BIN_EXE_lockstep"))
        .current_dir(case.folder.path())
        .args(["reduce", "program.lua", "--test", test, "--time", "60s"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary that was just built starts");
    let start = Instant::now();
    while !case.path("program.reduced.lua").exists() && start.elapsed() < Duration::from_secs(30) {
        thread::sleep(Duration::from_millis(20));
    }
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("there is a kill");
    assert!(killed.success());
    let output = child.wait_with_output().expect("it ends");
    assert!(start.elapsed() < Duration::from_secs(40), "{:?}", start.elapsed());
    assert_eq!(output.status.code(), Some(INTERRUPTED), "{}", stdout(&output));
    assert!(stdout(&output).contains("interrupted, may become smaller"), "{}", stdout(&output));
    let reduced = case.read("program.reduced.lua");
    assert!(reduced.contains("needle") && reduced.len() < case.read("program.lua").len());
}

#[test]
fn what_is_not_interesting_is_an_error() {
    let case = Case::new("print('the same on both')");
    let agreed = case.reduce(&[], FAILED);
    assert_eq!(
        stderr(&agreed),
        "lockstep: program.lua: it is not interesting: the engines agree over it (--test reduces by any other measure)\n"
    );
    let refused = case.reduce(&["--test", "grep -q nothing"], FAILED);
    assert_eq!(
        stderr(&refused),
        "lockstep: program.lua: it is not interesting: the test command does not exit with 0 for it\n"
    );
    let endless = Case::new("while true do end").reduce(&["--instructions", "1000"], FAILED);
    assert!(stderr(&endless).contains("cannot be compared over it, as both ran out"), "{}", stderr(&endless));
    let unknown = case.reduce(&["--test", "no-such-command"], FAILED);
    assert!(stderr(&unknown).contains("cannot run the test command (exit code 127)"), "{}", stderr(&unknown));
    assert_eq!(case.files(), ["program.lua"]);
}

#[test]
fn what_is_as_small_as_can_be_stays() {
    let case = Case::new("x");
    let output = case.reduce(&["--test", "grep -q x"], NOT_SMALLER);
    assert!(stdout(&output).starts_with("program.lua could not be made smaller than its 1 line (1 byte)\n"));
    assert_eq!(case.files(), ["program.lua"]);
}

#[test]
fn only_earlier_reductions_are_overwritten() {
    let case = Case::new(NESTED);
    let test = ["--test", "grep -q pcall"];
    fs::write(case.path("program.reduced.lua"), "mine").expect("written");
    let refused = case.reduce(&test, FAILED);
    assert!(stderr(&refused).contains("program.reduced.lua: it exists and is no reduction"), "{}", stderr(&refused));
    assert_eq!(case.read("program.reduced.lua"), "mine");

    case.reduce(&[&test[..], &["--force"]].concat(), REDUCED);
    case.reduce(&test, REDUCED);
    fs::write(case.path("program.reduced.lua"), "edited").expect("written");
    let changed = case.reduce(&test, FAILED);
    assert!(stderr(&changed).contains("it was changed since lockstep wrote it"), "{}", stderr(&changed));

    let itself = case.reduce(&[&test[..], &["--output", "program.lua", "--force"]].concat(), FAILED);
    assert!(stderr(&itself).contains("this is the original"), "{}", stderr(&itself));
    assert_eq!(case.read("program.lua"), NESTED);
    assert_eq!(case.files(), ["program.lua", "program.reduced.lua", "program.reduced.lua.json"]);
}

#[test]
fn what_is_no_lua_is_reduced_as_well() {
    for program in
        ["local = = x (needle\n[[ \"\n".repeat(50), format!("x = {}needle{}", "(".repeat(5000), ")".repeat(5000))]
    {
        let case = Case::new(&program);
        case.reduce(&["--test", "grep -q needle"], REDUCED);
        assert_eq!(case.read("program.reduced.lua").trim(), "needle");
    }
    let chunk = Case::new("\x1bLua").reduce(&[], FAILED);
    assert!(stderr(&chunk).contains("only source text can be reduced"), "{}", stderr(&chunk));
    assert!(
        stderr(&Case::new("").reduce(&["--output", "no/such/folder.lua", "--test", "true"], NOT_SMALLER)).is_empty()
    );
}

#[test]
fn the_document_is_for_machines() {
    let case = Case::new(NESTED);
    let output = case.reduce(&["--test", "grep -q pcall", "--format", "json", "--seed", "0"], REDUCED);
    let document: Value = serde_json::from_slice(&output.stdout).expect("one document and nothing else");
    assert_eq!((&document["format"], &document["version"]), (&"lockstep-reduction".into(), &1.into()));
    assert_eq!(document["interest"], serde_json::json!({ "by": "command", "command": "grep -q pcall" }));
    assert_eq!((&document["program"], &document["reduced"]["bytes"]), (&"pcall\\n".into(), &6.into()));
    assert_eq!((&document["stopped"], &document["confirmed"]), (&"fixpoint".into(), &true.into()));
    let bytes: i64 =
        document["passes"].as_array().expect("a list").iter().filter_map(|pass| pass["bytes"].as_i64()).sum();
    assert_eq!(bytes, NESTED.len() as i64 - "pcall\n".len() as i64);
}

#[test]
fn the_help_has_examples() {
    let help = lockstep(Path::new("."), &["reduce", "--help"]);
    assert_eq!(help.status.code(), Some(0));
    insta::assert_snapshot!(stdout(&help));
    let wrong = lockstep(Path::new("."), &["reduce", "--test", "true", "--compile-only", "x.lua"]);
    assert_eq!(wrong.status.code(), Some(FAILED));
}
