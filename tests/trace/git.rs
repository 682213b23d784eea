//! `lockstep bisect` as what `git bisect run` asks.

use std::{fs, path::Path, process::Command};

/// Runs git in a folder, with nobody's settings.
#[track_caller]
fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .args(["-c", "user.name=tester", "-c", "user.email=tester@example.com"])
        .args(arguments)
        .output()
        .expect("there is a git");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "git {arguments:?}: {text}{}", String::from_utf8_lossy(&output.stderr));
    text
}

#[test]
fn the_commit_is_found_that_brought_the_divergence() {
    let folder = tempfile::tempdir().expect("a folder");
    git(folder.path(), &["init", "-q"]);
    let held = "print(1, collectgarbage('count'))";
    // What cannot be judged lies beside what is looked for: no program, and a divergence that hides it.
    let programs = [
        Some("print(1)"),
        Some("print(2)"),
        None,
        Some("print(3)"),
        Some("print(gcinfo())"),
        Some("print(4)"),
        Some(held),
        Some("print(5) print(1, collectgarbage('count'))"),
        Some("local x = 2 print(1, collectgarbage('count'))"),
    ];
    for (number, program) in programs.iter().enumerate() {
        let path = folder.path().join("case.lua");
        match program {
            Some(program) => fs::write(path, program).expect("written"),
            None => fs::remove_file(path).expect("removed"),
        }
        git(folder.path(), &["add", "--all"]);
        git(folder.path(), &["commit", "-q", "-m", &format!("commit {number}")]);
    }
    git(folder.path(), &["bisect", "start", "HEAD", "HEAD~8"]);
    let fingerprint = "collectgarbage(string): gives another number";
    let command = [env!("CARGO_BIN_EXE_lockstep"), "bisect", "--expect-fingerprint", fingerprint, "case.lua"];
    let found = git(folder.path(), &[&["bisect", "run"], &command[..]].concat());
    assert!(found.contains("is the first bad commit") && found.contains("commit 6"), "{found}");
}
