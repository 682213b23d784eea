//! What is deliberately not as the reference has it, and stated in `docs/divergences.md`; and what only ours can be asked.

use std::process::Command;

use super::transcript::{Subject, folder, run};

#[test]
fn help_is_there_for_the_asking() {
    for (binary, name) in [(env!("CARGO_BIN_EXE_ferrous"), "ferrous"), (env!("CARGO_BIN_EXE_ferrousc"), "ferrousc")] {
        let output = run(Command::new(binary).arg("--help"), b"");
        let text = String::from_utf8(output.stdout).expect("text");
        assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
        assert!(text.starts_with("Ferrous Lua") && text.contains(&format!("\nusage: {name} [options]")), "{text}");
    }
}

/// Whoever starts a program without a name gets messages with ours.
#[test]
fn without_a_name_messages_have_ours() {
    use std::os::unix::process::CommandExt;
    for (binary, name) in [(env!("CARGO_BIN_EXE_ferrous"), "ferrous"), (env!("CARGO_BIN_EXE_ferrousc"), "ferrousc")] {
        let output = run(Command::new(binary).arg0("").arg("-x"), b"");
        assert!(String::from_utf8_lossy(&output.stderr).contains(&format!("usage: {name} [options]")));
    }
}

/// Chunks that the one compiles run in the other.
#[test]
fn the_compilers_chunks_run() {
    let folder = folder();
    let compiled = run(Subject::Compiler.command(folder.path()).args(["-s", "script.lua", "module.lua"]), b"");
    assert!(compiled.status.success());
    let output = run(Subject::Interpreter.command(folder.path()).args(["luac.out", "a"]), b"");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "script\nluac.out\tlua\tnil\t1\nmodule\n");
}

/// Lines are as long as they are: 512 bytes are no limit, as with a reference that has readline.
#[test]
fn long_lines_in_interactive_mode() {
    let folder = folder();
    let input = format!("=#'{}'\n", "x".repeat(100_000));
    let mut command = Command::new(env!("CARGO_BIN_EXE_ferrous"));
    let output = run(command.arg("-i").current_dir(folder.path()), input.as_bytes());
    assert_eq!(String::from_utf8_lossy(&output.stdout), "> 100000\n> \n");
}
