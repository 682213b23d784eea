//! Signals.
#![cfg(feature = "terminal")]

use std::{
    io::Read,
    os::unix::process::ExitStatusExt,
    process::{Child, Command, Stdio},
};

use super::transcript::{Subject, folder};

const SIGINT: i32 = 2;
const SIGPIPE: i32 = 13;

/// Closed before the program writes to it, a pipe ends the program silently.
#[test]
fn a_broken_pipe_is_silent_death() {
    let folder = folder();
    for (subject, arguments) in [
        (Subject::Interpreter, ["-e", "io.read() for i = 1, 1e5 do print('a line of text') end os.exit(3)"]),
        (Subject::Compiler, ["-l", "-"]),
    ] {
        let mut command = subject.command(folder.path());
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary that was just built starts");
        drop(child.stdout.take());
        drop(child.stdin.take());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.signal(), Some(SIGPIPE), "{:?}", output.status);
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    }
}

/// Starts a chunk that prints a line when it is ready to be interrupted.
fn start(chunk: &str) -> Child {
    let folder = folder();
    let mut command = Subject::Interpreter.command(folder.path());
    command.args(["-e", chunk]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("the binary that was just built starts")
}

/// Waits for a line of output.
fn await_line(child: &mut Child) {
    let stdout = child.stdout.as_mut().expect("piped");
    let mut byte = [0];
    while byte != *b"\n" {
        stdout.read_exact(&mut byte).expect("a line of output");
    }
}

fn interrupt(child: &Child) {
    let status = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill starts");
    assert!(status.success());
}

const READY: &str = "io.stdout:setvbuf 'no' print 'ready' ";
