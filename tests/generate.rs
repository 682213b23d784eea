//! `lockstep generate` as a user meets it: what it prints and writes, and that a seed stands for the same programs.

mod command;

use std::fs;
use std::path::Path;
use std::process::Output;

use command::{lockstep, stderr, stdout};

fn generate(folder: &Path, arguments: &[&str], code: i32) -> Output {
    let output = lockstep(folder, &[&["generate"], arguments].concat());
    assert_eq!(output.status.code(), Some(code), "{}{}", String::from_utf8_lossy(&output.stdout), stderr(&output));
    output
}

#[test]
fn a_seed_stands_for_the_same_programs() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let [seven, again, eight] = ["7", "7", "8"].map(|seed| generate(folder.path(), &["--seed", seed], 0).stdout);
    assert_eq!(seven, again);
    assert_ne!(seven, eight);
    generate(folder.path(), &["--seed", "7", "--count", "3", "--out", "made"], 0);
    let written: Vec<_> =
        (0..3).map(|index| folder.path().join(format!("made/generated-7-00000{index}.lua"))).collect();
    let programs: Vec<Vec<u8>> = written.iter().map(|path| fs::read(path).expect("it was written")).collect();
    assert_eq!(programs[0], seven);
    assert_ne!(programs[1], programs[2]);
    assert_eq!(fs::read_dir(folder.path().join("made")).expect("a folder").count(), 3);
}

#[test]
fn figures_are_the_same_for_any_number_of_jobs() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let figures = |jobs| stdout(&generate(folder.path(), &["--seed", "9", "--stats", "24", "--jobs", jobs], 0));
    let one = figures("1");
    assert_eq!(one, figures("3"));
    assert!(one.starts_with("24 programs, "), "{one}");
    for line in ["returned", "opcodes", "error messages", "types of operands", "pairs of opcodes", "nor "] {
        assert!(one.contains(&format!("\n  {line}")) || one.contains(&format!("    {line}")), "{line}: {one}");
    }
}

#[test]
fn the_help_has_examples() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let help = stdout(&generate(folder.path(), &["--help"], 0));
    assert!(help.contains("Examples:\n  lockstep generate --seed 7\n"), "{help}");
    let error = stderr(&generate(folder.path(), &["--jobs", "2"], 2));
    assert!(error.contains("--stats"), "{error}");
}
