//! A traced run in a process of its own: its blocks arrive while it goes on, and a crash or a hang ends it alone.
//!
//! Both ends are here: what asks ([`ProcessTracer`]) and what answers ([`serve_trace`]). The order is JSON on standard input; blocks,
//! and JSON about the end, are on standard output. What the blocks mean is the business of `trace`.

use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::select;
use super::tracer::{TraceEnd, TraceEngine, TraceOrder, TracedRun, carry_out};
use crate::trace::{Blocks, OwnedBlock, block_channel, read_block, write_block, write_end};

/// An engine in processes of their own, one for each run.
pub struct ProcessTracer {
    name: String,
    /// Starts a process that does [`serve_trace`] with the engine of that name.
    command: Box<dyn Fn() -> Command + Send>,
    timeout: Duration,
}

impl ProcessTracer {
    /// `command` makes what starts a process that does [`serve_trace`]; each is killed after so much time by the wall clock.
    pub fn new(name: &str, command: impl Fn() -> Command + Send + 'static, timeout: Duration) -> Self {
        Self { name: name.to_owned(), command: Box::new(command), timeout }
    }
}

impl TraceEngine for ProcessTracer {
    fn name(&self) -> &str {
        &self.name
    }

    fn start(&self, order: &TraceOrder) -> io::Result<TracedRun> {
        let (process, blocks) = TraceProcess::start((self.command)(), order, self.timeout)?;
        Ok(TracedRun { blocks, end: Box::new(|| process.finish()) })
    }
}

/// A process that runs a program under a recorder.
struct TraceProcess {
    child: Arc<Mutex<Child>>,
    end: Receiver<io::Result<TraceEnd>>,
}

impl TraceProcess {
    /// Starts a run; its blocks are to be pulled. `command` must start a process that does [`serve_trace`]. The process is killed
    /// after so much time by the wall clock.
    ///
    /// # Errors
    /// A process that cannot be started, or does not take its order.
    fn start(mut command: Command, order: &TraceOrder, timeout: Duration) -> io::Result<(Self, Blocks)> {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let streams = child.stdin.take().zip(child.stdout.take());
        let child = Arc::new(Mutex::new(child));
        let (end_sender, end) = sync_channel(1);
        // From here on, whatever goes wrong ends the process.
        let process = Self { child: Arc::clone(&child), end };
        let Some((mut stdin, stdout)) = streams else {
            return Err(io::Error::other("a process without standard streams"));
        };
        stdin.write_all(&serde_json::to_vec(order)?)?;
        drop(stdin);
        let (sender, blocks) = block_channel();
        let (done_sender, done) = sync_channel::<()>(0);
        let is_late = Arc::new(AtomicBool::new(false));
        let was_late = Arc::clone(&is_late);
        thread::spawn(move || {
            let end = receive(stdout, |block| sender.put(block));
            drop(done_sender);
            let end = end.map_err(|error| match was_late.load(Ordering::Acquire) {
                true => io::Error::new(io::ErrorKind::TimedOut, format!("did not end within {timeout:?}")),
                false => error,
            });
            // Nobody waits for the end of a run that is not wanted any more.
            let _ = end_sender.send(end);
        });
        thread::spawn(move || {
            if done.recv_timeout(timeout) == Err(RecvTimeoutError::Timeout) {
                is_late.store(true, Ordering::Release);
                kill(&child);
            }
        });
        Ok((process, blocks))
    }

    /// Waits for the end of the run, after its last block.
    ///
    /// # Errors
    /// A process that died or was killed, with what it died of; an end that cannot be read.
    fn finish(self) -> io::Result<TraceEnd> {
        let end = self.end.recv().unwrap_or_else(|_| Err(io::ErrorKind::BrokenPipe.into()));
        end.map_err(|error| {
            if error.kind() == io::ErrorKind::TimedOut {
                return error;
            }
            let status = kill(&self.child).map_or_else(String::new, |status| format!(" ({status})"));
            io::Error::new(error.kind(), format!("the traced run broke off{status}: {error}"))
        })
    }
}

impl Drop for TraceProcess {
    fn drop(&mut self) {
        kill(&self.child);
    }
}

/// Ends a process, if it has not ended, and says how it did.
fn kill(child: &Mutex<Child>) -> Option<ExitStatus> {
    let mut child = child.lock().unwrap_or_else(PoisonError::into_inner);
    // One that has ended by itself cannot be killed, and is waited for all the same.
    let _ = child.kill();
    child.wait().ok()
}

/// Reads what the process writes: blocks, until nobody wants them, and the end.
fn receive(stdout: ChildStdout, mut put: impl FnMut(OwnedBlock) -> bool) -> io::Result<TraceEnd> {
    let mut reader = BufReader::with_capacity(1 << 18, stdout);
    while let Some(block) = read_block(&mut reader)? {
        if !put(block) {
            return Err(io::Error::other("nobody wants the rest"));
        }
    }
    let mut end = Vec::new();
    reader.read_to_end(&mut end)?;
    Ok(serde_json::from_slice(&end)?)
}

/// Answers one order from `input` on `output`.
///
/// # Errors
/// An engine that does not exist; an order that makes no sense; those of the streams.
pub fn serve_trace(engine: &str, input: impl BufRead, output: impl Write) -> io::Result<()> {
    let Some(tracer) = select::tracer(engine) else {
        return Err(io::Error::other(format!("there is no engine {engine}")));
    };
    let order: TraceOrder = serde_json::from_reader(input)?;
    let mut output = BufWriter::with_capacity(1 << 18, output);
    let end = carry_out(&order, tracer, |block| write_block(&mut output, block).is_ok());
    write_end(&mut output)?;
    serde_json::to_writer(&mut output, &end)?;
    output.flush()
}
