//! Interest as any command tells it by its exit code.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::{Interesting, PredicateError};
use crate::diagnose::reduce::until::Until;
use crate::process::{self, Exit};

/// The variable that holds the path of the candidate.
const CANDIDATE: &str = "LOCKSTEP_CANDIDATE";
/// What the shell exits with when it does not find the command, or may not execute it.
const NOT_FOUND: i32 = 127;
const NOT_EXECUTABLE: i32 = 126;

/// A shell command that exits with 0 if a candidate is interesting.
///
/// It is run in a folder of its own, which is deleted afterwards and where the candidate is a file with the name of the
/// original. It gets the path as its last argument, unless it names the variable `LOCKSTEP_CANDIDATE`, which holds the path
/// as well. What does not end in time is not interesting, and is killed with everything that it has started.
#[derive(Clone, Debug)]
pub struct CommandTest {
    script: OsString,
    file_name: OsString,
    timeout: Duration,
    /// No test goes on after this.
    until: Until,
}

impl CommandTest {
    /// `original` gives the candidates their name.
    pub fn new(command: &OsStr, original: &Path, timeout: Duration, until: Until) -> Self {
        let mut script = command.to_owned();
        if !command.as_encoded_bytes().windows(CANDIDATE.len()).any(|window| window == CANDIDATE.as_bytes()) {
            script.push(format!(" \"${CANDIDATE}\""));
        }
        let file_name = original.file_name().map_or_else(|| "candidate.lua".into(), OsStr::to_owned);
        Self { script, file_name, timeout, until }
    }

    fn exit(&self, candidate: &[u8]) -> io::Result<Exit> {
        let folder = tempfile::Builder::new().prefix("lockstep-reduce-").tempdir()?;
        let path = folder.path().join(&self.file_name);
        fs::write(&path, candidate)?;
        let mut command = Command::new("/bin/sh");
        command.arg("-c").arg(&self.script).current_dir(folder.path()).env(CANDIDATE, &path);
        let timeout = self.timeout.min(self.until.rest());
        Ok(process::run_while(&mut command, timeout, || !self.until.is_interrupted())?.exit)
    }
}

impl Interesting for CommandTest {
    fn is_interesting(&self, candidate: &[u8]) -> Result<bool, PredicateError> {
        match self.exit(candidate) {
            Ok(Exit::Code(code @ (NOT_FOUND | NOT_EXECUTABLE))) => {
                Err(PredicateError(format!("the shell cannot run the test command (exit code {code})")))
            }
            Ok(exit) => Ok(exit == Exit::Code(0)),
            Err(error) => Err(PredicateError(error.to_string())),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::Ordering;
    use std::thread;
    use std::time::Instant;

    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    fn test(command: &str, timeout: Duration) -> Result<bool, PredicateError> {
        let original = Path::new("/somewhere/a program.lua");
        let test = CommandTest::new(OsStr::new(command), original, timeout, Until::after(LONG, Arc::default()));
        test.is_interesting(b"print 'x'")
    }

    #[test]
    fn the_candidate_is_the_last_argument_or_a_variable() {
        assert_eq!(test("grep -q x", LONG), Ok(true));
        assert_eq!(test("grep -q y", LONG), Ok(false));
        assert_eq!(test("cat \"$LOCKSTEP_CANDIDATE\" | grep -q x", LONG), Ok(true));
        assert_eq!(test("test \"$PWD/a program.lua\" =", LONG), Ok(true));
    }

    #[test]
    fn what_hangs_or_dies_is_not_interesting() {
        assert_eq!(test("sleep 60 #", Duration::from_millis(100)), Ok(false));
        assert_eq!(test("kill -9 $$ #", LONG), Ok(false));
    }

    #[test]
    fn the_deadline_bounds_every_test() {
        let test = CommandTest::new(
            OsStr::new("sleep 60 #"),
            Path::new("a.lua"),
            LONG,
            Until::after(Duration::ZERO, Arc::default()),
        );
        let start = Instant::now();
        assert_eq!(test.is_interesting(b""), Ok(false));
        assert!(start.elapsed() < LONG);
    }

    #[test]
    fn an_interrupt_ends_a_test_that_is_under_way() {
        let until = Until::after(LONG, Arc::default());
        let test = CommandTest::new(OsStr::new("sleep 60 #"), Path::new("a.lua"), LONG, until.clone());
        let start = Instant::now();
        thread::scope(|threads| {
            let answer = threads.spawn(|| test.is_interesting(b""));
            thread::sleep(Duration::from_millis(100));
            until.interrupt.store(true, Ordering::Relaxed);
            assert_eq!(answer.join().expect("no panic"), Ok(false));
        });
        assert!(start.elapsed() < LONG / 2);
    }

    #[test]
    fn a_command_that_cannot_be_run_is_an_error() {
        assert!(test("no-such-command-at-all", LONG).is_err());
        // The shell finds a folder, and may not execute it.
        assert!(test("/", LONG).is_err());
        assert_eq!(test("exit 125 #", LONG), Ok(false));
    }

    #[test]
    fn nothing_is_left_behind() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let note = folder.path().join("where");
        assert_eq!(test(&format!("pwd > '{}'; touch rest; true", note.display()), LONG), Ok(true));
        let scratch = fs::read_to_string(note).expect("written");
        assert!(scratch.contains("lockstep-reduce-") && !Path::new(scratch.trim()).exists(), "{scratch}");
    }
}
