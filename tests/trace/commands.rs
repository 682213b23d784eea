//! `lockstep trace` and `lockstep bisect` as users run them.

use std::process::{Command, Output};

fn lockstep(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lockstep")).args(arguments).output().expect("lockstep starts")
}

/// A program in a folder of its own.
fn program(text: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("program.lua");
    std::fs::write(&path, text).expect("a file");
    let path = path.to_string_lossy().into_owned();
    (folder, path)
}

const SOURCE: &str = "local function twice(x) return x .. x end
local t = {twice('ab')}
print(pcall(error, t[1]))
print(coroutine.wrap(function(...) return select('#', ...) end)(1, nil))
";

#[test]
fn a_trace_reads_the_same_from_both_engines() {
    let (_folder, path) = program(SOURCE);
    let traces = ["reference", "ferrous"].map(|engine| {
        let output = lockstep(&["trace", "--engine", engine, &path]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text").replace(&path, "program.lua")
    });
    assert_eq!(traces[0], traces[1]);
    insta::assert_snapshot!(traces[0]);
}

#[test]
fn a_trace_that_is_cut_says_so() {
    let (_folder, path) = program(SOURCE);
    let output = lockstep(&["trace", "--first", "2", "--count", "1", &path]);
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("        2  #0:2"), "{text}");
    assert!(!text.contains("        3  #0:3"), "{text}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("cut after instruction 2"));
}

#[test]
fn a_program_that_is_not_accepted_exits_with_1() {
    let (_folder, path) = program("x =");
    let output = lockstep(&["trace", &path]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("unexpected symbol near '<eof>'"));
}

#[test]
fn bisection_of_what_does_not_diverge_exits_with_0() {
    let (_folder, path) = program(SOURCE);
    let output = lockstep(&["bisect", &path]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(text.starts_with("the same, 31 instructions"), "{text}");
}

#[test]
fn bisection_names_a_library_function_that_differs() {
    // What a state holds is the engine's own business: the one difference that is always there.
    let (_folder, path) = program("local function held() return collectgarbage 'count' end\nprint(held())");
    let output = lockstep(&["bisect", &path]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("fault: the library function collectgarbage of ferrous"), "{text}");
    let fingerprint = "collectgarbage(string): gives another number";
    assert!(text.contains(&format!("fingerprint: {fingerprint}")), "{text}");
    let expect = |fingerprint: &str| {
        lockstep(&["bisect", "--no-attribution", "--expect-fingerprint", fingerprint, &path]).status.code()
    };
    assert_eq!((expect(fingerprint), expect("another")), (Some(1), Some(125)));
}
