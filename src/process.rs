//! A command run to its end: bounded output, bounded time, and nothing left behind.
//!
//! The command is the leader of a process group of its own; the whole group is killed when the time is over, and what is left of
//! it when the command has ended. Nothing here knows what the command is for.

use std::io::{self, Read};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};

/// How much of each stream is kept.
pub const MAX_KEPT: usize = 16 << 20;
/// How long the streams of a command that has ended may stay open: a process that left the group may hold them.
const STREAM_GRACE: Duration = Duration::from_secs(2);
/// How often it is asked whether a command has ended, at the beginning and later.
const SHORT_NAP: Duration = Duration::from_millis(1);
const LONG_NAP: Duration = Duration::from_millis(10);

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    Code(i32),
    Signal(i32),
    TimedOut,
}

/// What a command wrote to one stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stream {
    pub bytes: Vec<u8>,
    /// How many bytes came after those.
    pub left_out: u64,
}

/// A command that has ended.
#[derive(Clone, Debug)]
pub struct Finished {
    pub exit: Exit,
    pub stdout: Stream,
    pub stderr: Stream,
    pub duration: Duration,
}

/// Runs a command without standard input.
///
/// # Errors
/// When it cannot be started, or cannot be waited for.
pub fn run(command: &mut Command, timeout: Duration) -> io::Result<Finished> {
    run_while(command, timeout, || true)
}

/// Runs a command without standard input for as long as it is wanted. One that is not any more has timed out.
///
/// # Errors
/// Those of [`run`].
pub fn run_while(command: &mut Command, timeout: Duration, is_wanted: impl Fn() -> bool) -> io::Result<Finished> {
    let start = Instant::now();
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0).spawn()?;
    let stdout = Reader::start(child.stdout.take());
    let stderr = Reader::start(child.stderr.take());
    let in_time = wait(&child, start, timeout, is_wanted);
    // As long as the leader has not been reaped, the number of its group is nobody else's. Errors mean that nothing is left.
    if let Ok(Some(group)) = i32::try_from(child.id()).map(Pid::from_raw) {
        let _ = kill_process_group(group, Signal::KILL);
    }
    let status = child.wait()?;
    let duration = start.elapsed();
    let exit = if in_time? { exit_of(status) } else { Exit::TimedOut };
    let deadline = Instant::now() + STREAM_GRACE;
    Ok(Finished { exit, stdout: stdout.finish(deadline), stderr: stderr.finish(deadline), duration })
}

/// Waits until the command has ended, without reaping it. False if it has not when the time is over.
fn wait(child: &Child, start: Instant, timeout: Duration, is_wanted: impl Fn() -> bool) -> io::Result<bool> {
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw).ok_or_else(|| io::Error::other("no process"))?;
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT | WaitIdOptions::NOHANG;
    let mut nap = SHORT_NAP;
    loop {
        if waitid(WaitId::Pid(pid), options)?.is_some() {
            return Ok(true);
        }
        if start.elapsed() >= timeout || !is_wanted() {
            return Ok(false);
        }
        thread::sleep(nap);
        nap = (nap * 2).min(LONG_NAP);
    }
}

fn exit_of(status: ExitStatus) -> Exit {
    match (status.code(), status.signal()) {
        (Some(code), _) => Exit::Code(code),
        (None, Some(signal)) => Exit::Signal(signal),
        (None, None) => Exit::Code(-1),
    }
}

/// A thread that reads a stream to its end, so that the command never waits for us.
struct Reader {
    stream: Arc<Mutex<Stream>>,
    ended: mpsc::Receiver<()>,
}

impl Reader {
    fn start(source: Option<impl Read + Send + 'static>) -> Self {
        let stream = Arc::new(Mutex::new(Stream::default()));
        let (sender, ended) = mpsc::channel();
        if let Some(mut source) = source {
            let stream = Arc::clone(&stream);
            thread::spawn(move || {
                let mut buffer = vec![0; 1 << 16];
                while let Ok(count @ 1..) = source.read(&mut buffer) {
                    keep(&mut lock(&stream), buffer.get(..count).unwrap_or_default());
                }
                // Nobody waits any more if the grace was over.
                let _ = sender.send(());
            });
        }
        Self { stream, ended }
    }

    /// What was read until the stream ended, or until the deadline.
    fn finish(self, deadline: Instant) -> Stream {
        // An error means that the thread has ended, which is as good.
        let _ = self.ended.recv_timeout(deadline.saturating_duration_since(Instant::now()));
        std::mem::take(&mut lock(&self.stream))
    }
}

fn lock(stream: &Mutex<Stream>) -> MutexGuard<'_, Stream> {
    stream.lock().unwrap_or_else(PoisonError::into_inner)
}

fn keep(stream: &mut Stream, piece: &[u8]) {
    let room = MAX_KEPT.saturating_sub(stream.bytes.len());
    let (kept, rest) = piece.split_at(room.min(piece.len()));
    stream.bytes.extend_from_slice(kept);
    stream.left_out += rest.len() as u64;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str, timeout: Duration) -> Finished {
        run(Command::new("sh").args(["-c", script]), timeout).expect("there is a shell")
    }

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn output_and_exit_code_are_taken() {
        let finished = shell("echo out; echo err >&2; exit 3", LONG);
        assert_eq!(finished.exit, Exit::Code(3));
        assert_eq!(
            (finished.stdout.bytes.as_slice(), finished.stderr.bytes.as_slice()),
            (&b"out\n"[..], &b"err\n"[..])
        );
    }

    #[test]
    fn a_signal_is_seen() {
        assert_eq!(shell("kill -SEGV $$", LONG).exit, Exit::Signal(11));
    }

    #[test]
    fn the_group_is_killed_when_the_time_is_over_and_its_output_is_kept() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let mark = folder.path().join("mark");
        let script = format!("echo before; (sleep 1.5; echo > '{}') & sleep 60", mark.display());
        let finished = shell(&script, Duration::from_millis(300));
        assert_eq!(finished.exit, Exit::TimedOut);
        assert_eq!(finished.stdout.bytes, b"before\n");
        assert!(finished.duration < Duration::from_secs(30));
        thread::sleep(Duration::from_millis(1500));
        assert!(!mark.exists(), "a child of the command lives on");
    }

    #[test]
    fn what_a_command_leaves_behind_ends_with_it() {
        let finished = shell("sleep 60 & echo done", LONG);
        assert_eq!((finished.exit, finished.stdout.bytes.as_slice()), (Exit::Code(0), &b"done\n"[..]));
        assert!(finished.duration < Duration::from_secs(30));
    }

    #[test]
    fn output_is_bounded() {
        let finished = shell("head -c 20000000 /dev/zero", LONG);
        assert_eq!(finished.stdout.bytes.len(), MAX_KEPT);
        assert_eq!(finished.stdout.left_out, 20_000_000 - MAX_KEPT as u64);
    }

    #[test]
    fn a_command_that_is_not_there_is_an_error() {
        assert!(run(&mut Command::new("/nowhere/at/all"), LONG).is_err());
    }
}
