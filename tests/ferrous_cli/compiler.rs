//! The compiler: `ferrousc` in the place of `luac`.

use super::transcript::{Subject, Transcript, check};

fn transcript(cases: impl FnOnce(&mut Transcript)) -> String {
    let mut transcript = Transcript::new(Subject::Compiler);
    cases(&mut transcript);
    transcript.finish()
}

#[test]
fn chunks() {
    check(
        "compiler_chunks",
        transcript(|t| {
            t.arguments(&["nested.lua"]);
            t.file("luac.out");
            t.arguments(&["-s", "-o", "stripped", "nested.lua"]);
            t.file("stripped");
            t.arguments(&["-o", "two", "nested.lua", "module.lua"]);
            t.file("two");
            t.arguments(&["-s", "-o", "again", "stripped", "two"]);
            t.file("again");
            t.arguments(&["-p", "-o", "nothing", "nested.lua"]);
            t.file("nothing");
            t.arguments(&["-o", "-", "module.lua"]);
            t.input(&["-o", "-", "-"], "return 1");
            t.input(&["-o", "-", "-", "module.lua", "-"], "return 1");
        }),
    );
}

#[test]
fn listings() {
    check(
        "compiler_listings",
        transcript(|t| {
            t.arguments(&["-l", "-p", "nested.lua"]);
            t.arguments(&["-l", "-l", "-p", "nested.lua"]);
            t.arguments(&["-l", "-l", "-p", "nested.lua", "module.lua"]);
            t.arguments(&["-l"]);
            t.arguments(&["-s", "module.lua"]);
            t.arguments(&["-l"]);
            t.arguments(&["-l", "-l", "-p", "luac.out"]);
            t.input(&["-l", "-"], "return 0.1, 'text'");
            t.arguments(&["-l", "-o", "-", "module.lua"]);
        }),
    );
}

#[test]
fn options() {
    check(
        "compiler_options",
        transcript(|t| {
            t.arguments(&["-v"]);
            t.arguments(&["-v", "-v"]);
            t.arguments(&["-v", "--"]);
            t.arguments(&["-v", "-p", "module.lua"]);
            t.arguments(&["-v", "-l"]);
            for line in
                [&[][..], &["-h"], &["-ll"], &["-o"], &["-o", ""], &["-s"], &["--"], &["-p", "--"], &["-v", "-s"]]
            {
                t.arguments(line);
            }
            t.arguments(&["--help", "module.lua"]);
        }),
    );
}

#[test]
fn failures() {
    check(
        "compiler_failures",
        transcript(|t| {
            t.arguments(&["wrong.lua"]);
            t.arguments(&["-p", "module.lua", "wrong.lua", "missing.lua"]);
            t.arguments(&["missing.lua"]);
            t.arguments(&["."]);
            t.arguments(&[""]);
            t.arguments(&["broken.luac"]);
            t.arguments(&["-o", "no/such/folder", "module.lua"]);
            t.arguments(&["-l", "-o", ".", "module.lua"]);
            t.arguments(&["-o", "/dev/full", "module.lua"]);
            t.input(&["-"], "x = = 1");
            t.file("luac.out");
        }),
    );
}

#[test]
fn very_many_files() {
    let folder = super::transcript::folder();
    for (count, is_fine) in [(7999, true), (8000, false)] {
        let mut command = Subject::Compiler.command(folder.path());
        let output = super::transcript::run(command.arg("-p").args(vec!["module.lua"; count]), b"");
        assert_eq!(output.status.success(), is_fine);
        assert_eq!(output.stderr, if is_fine { b"".as_slice() } else { b"luac: too many input files\n" });
    }
}
