//! Signals.
#![cfg(feature = "terminal")]

use std::{
    io::{Read, Write},
    os::unix::process::ExitStatusExt,
    process::{Child, Command, Output, Stdio},
    time::Duration,
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

/// Runs a chunk that prints a line when it is ready to be interrupted, and interrupts it so many times.
fn interrupted(chunk: &str, times: usize) -> Output {
    let folder = folder();
    let mut command = Subject::Interpreter.command(folder.path());
    let chunk = format!("io.stdout:setvbuf 'no' print 'ready'\n{chunk}");
    command.args(["-e", &chunk]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the binary that was just built starts");
    for _ in 0..times {
        await_line(&mut child);
        interrupt(&child);
    }
    child.wait_with_output().expect("it ends")
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
    // After a line there may be something left to do before the loop is reached.
    std::thread::sleep(Duration::from_millis(50));
    let status = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill starts");
    assert!(status.success());
}

#[test]
fn an_interrupt_is_an_error_in_the_main_thread() {
    for chunk in [
        "while true do end",
        "for i = 1, 1/0 do local t = {} end",
        "repeat os.time() until false",
        "local function f() return f() end f()",
        "local function f() while true do end end f()",
        "debug.sethook(function() end, 'l') while true do end",
        "local t = setmetatable({}, { __lt = function() return true end }) while t < t do end",
    ] {
        let output = interrupted(chunk, 1);
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{chunk}: {message}");
        assert!(message.contains("interrupted!\nstack traceback:\n\t"), "{chunk}: {message}");
    }
}

/// The position is that of the caller, as in an error of a function of the library.
#[test]
fn an_interrupt_tells_who_called() {
    let output = interrupted("local function f()\n  while true do print('ready') end\nend\nf()", 1);
    let expected = "lua: (command line):5: interrupted!\nstack traceback:\n\t(command line):3: in function 'f'\n";
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(message.starts_with(expected), "{message}");
}

#[test]
fn an_interrupt_may_be_caught_and_hooks_are_off_then() {
    let output = interrupted(
        "debug.sethook(function() end, 'l') print(pcall(function() while true do end end)) print(select(2, debug.gethook()))",
        1,
    );
    assert_eq!(String::from_utf8_lossy(&output.stdout), "false\tinterrupted!\n\t0\n");
}

/// What comes after the first is the system's: in the same chunk, and in a coroutine, which the first does not reach.
#[test]
fn a_second_interrupt_is_death() {
    for chunk in [
        "pcall(function() while true do end end) print 'again' while true do end",
        "coroutine.wrap(function() print 'again' while true do os.time() end end)()",
    ] {
        let output = interrupted(chunk, 2);
        assert_eq!(output.status.signal(), Some(SIGINT), "{:?}", output.status);
    }
}

/// The next chunk is interrupted anew.
#[test]
fn every_chunk_has_its_first_interrupt() {
    let folder = folder();
    let mut command = Subject::Interpreter.command(folder.path());
    command.args(["-i", "-e", "io.stdout:setvbuf 'no' _PROMPT = ''"]).stdin(Stdio::piped());
    let mut child =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary that was just built starts");
    for _ in 0..2 {
        let stdin = child.stdin.as_mut().expect("piped");
        stdin.write_all(b"print 'ready' while true do end\n").expect("it reads");
        await_line(&mut child);
        interrupt(&child);
    }
    drop(child.stdin.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr).matches("interrupted!\nstack traceback:").count(), 2);
}
