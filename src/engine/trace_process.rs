//! A traced run in a process of its own: its blocks arrive while it goes on, and a crash or a hang ends it alone.
//!
//! Both ends are here: what asks ([`ProcessTracer`]) and what answers ([`serve_trace`]). On standard output of the process are blocks,
//! and JSON about the end. On its standard input are the order, a line of JSON; then a byte for every [`CREDIT`] blocks that
//! were taken, without which the run waits when it is [`AHEAD`]; and then the instructions whose moments are wanted, another
//! line of JSON. What the blocks mean is the business of `trace`.

use std::cell::RefCell;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::select;
use super::tracer::{Stretches, TraceEnd, TraceEngine, TraceOrder, TracedRun, carry_out};
use crate::trace::{AHEAD, Block, Blocks, OwnedBlock, read_block, write_block, write_end};

/// So many blocks are allowed for at once, and written at once.
const CREDIT: u64 = 16;
/// The byte that allows for them. It is no JSON.
const ALLOWED: u8 = b'+';

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
        let process = TraceProcess::start((self.command)(), order, self.timeout)?;
        let process = Rc::new(RefCell::new(process));
        let source = Rc::clone(&process);
        let blocks = Blocks::new(move || source.borrow_mut().next());
        Ok(TracedRun { blocks, end: Box::new(move |wanted| process.borrow_mut().finish(&wanted)) })
    }
}

/// A process that runs a program under a recorder.
struct TraceProcess {
    child: Arc<Mutex<Child>>,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
    /// How many blocks were taken since the last were allowed for.
    taken: u64,
    state: Reading,
    is_late: Arc<AtomicBool>,
    timeout: Duration,
    /// Dropped with the process, which ends the wait for its time.
    _done: SyncSender<()>,
}

/// What comes next from a process.
enum Reading {
    Blocks,
    End,
    /// Nothing: it broke off, for this reason.
    Broken(Option<io::Error>),
}

impl TraceProcess {
    /// Starts a run; its blocks are to be taken. `command` must start a process that does [`serve_trace`]. The process is killed
    /// after so much time by the wall clock.
    ///
    /// # Errors
    /// A process that cannot be started.
    fn start(mut command: Command, order: &TraceOrder, timeout: Duration) -> io::Result<Self> {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let streams = child.stdin.take().zip(child.stdout.take());
        let child = Arc::new(Mutex::new(child));
        let Some((stdin, stdout)) = streams else {
            kill(&child);
            return Err(io::Error::other("a process without standard streams"));
        };
        let is_late = Arc::new(AtomicBool::new(false));
        let (done, ended) = sync_channel::<()>(0);
        let (late, watched) = (Arc::clone(&is_late), Arc::clone(&child));
        thread::spawn(move || {
            if ended.recv_timeout(timeout) == Err(RecvTimeoutError::Timeout) {
                late.store(true, Ordering::Release);
                kill(&watched);
            }
        });
        let stdout = BufReader::with_capacity(1 << 16, stdout);
        // From here on, whatever goes wrong ends the process.
        let mut process =
            Self { child, stdin, stdout, taken: 0, state: Reading::Blocks, is_late, timeout, _done: done };
        let mut line = serde_json::to_vec(order)?;
        line.push(b'\n');
        process.tell(&line);
        Ok(process)
    }

    /// Writes to the process. One that has ended does not take it, which shows when it is read from.
    fn tell(&mut self, bytes: &[u8]) {
        let _ = self.stdin.write_all(bytes);
    }

    /// The next block; `None` when the run has ended or broken off.
    fn next(&mut self) -> Option<OwnedBlock> {
        if !matches!(self.state, Reading::Blocks) {
            return None;
        }
        match read_block(&mut self.stdout) {
            Ok(Some(block)) => {
                self.taken += 1;
                if self.taken == CREDIT {
                    self.taken = 0;
                    self.tell(&[ALLOWED]);
                }
                Some(block)
            }
            Ok(None) => {
                self.state = Reading::End;
                None
            }
            Err(error) => {
                self.state = Reading::Broken(Some(error));
                None
            }
        }
    }

    /// Waits for the end of the run, after its last block.
    ///
    /// # Errors
    /// A process that died or was killed, with what it died of; an end that cannot be read.
    fn finish(&mut self, wanted: &Stretches) -> io::Result<TraceEnd> {
        let end = match &mut self.state {
            Reading::Broken(error) => Err(error.take().unwrap_or_else(|| io::ErrorKind::BrokenPipe.into())),
            _ => self.read_end(wanted),
        };
        end.map_err(|error| {
            if self.is_late.load(Ordering::Acquire) {
                let text = format!("did not end within {:?}", self.timeout);
                return io::Error::new(io::ErrorKind::TimedOut, text);
            }
            let status = kill(&self.child).map_or_else(String::new, |status| format!(" ({status})"));
            io::Error::new(error.kind(), format!("the traced run broke off{status}: {error}"))
        })
    }

    fn read_end(&mut self, wanted: &Stretches) -> io::Result<TraceEnd> {
        let mut line = serde_json::to_vec(wanted)?;
        line.push(b'\n');
        self.tell(&line);
        let mut end = Vec::new();
        self.stdout.read_to_end(&mut end)?;
        Ok(serde_json::from_slice(&end)?)
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

/// Answers one order from `input` on `output`.
///
/// # Errors
/// An engine that does not exist; an order that makes no sense; those of the streams.
pub fn serve_trace(engine: &str, mut input: impl BufRead, output: impl Write) -> io::Result<()> {
    let Some(tracer) = select::tracer(engine) else {
        return Err(io::Error::other(format!("there is no engine {engine}")));
    };
    let mut line = Vec::new();
    input.read_until(b'\n', &mut line)?;
    let order: TraceOrder = serde_json::from_slice(&line)?;
    let mut answer = Answer { input, output: BufWriter::with_capacity(1 << 16, output), ahead: 0 };
    let mut end = carry_out(&order, tracer, |block| answer.put(block).is_ok());
    answer.end(&mut end)
}

/// The blocks of a run on their way to who asked for it.
struct Answer<R, W: Write> {
    input: R,
    output: BufWriter<W>,
    /// How many blocks were written that are not allowed for yet.
    ahead: u64,
}

impl<R: BufRead, W: Write> Answer<R, W> {
    /// Writes a block, and waits if that is one too many.
    fn put(&mut self, block: Block<'_>) -> io::Result<()> {
        write_block(&mut self.output, block)?;
        self.ahead += 1;
        if self.ahead.is_multiple_of(CREDIT) {
            self.output.flush()?;
        }
        if self.ahead == AHEAD {
            let mut byte = [0];
            self.input.read_exact(&mut byte)?;
            self.ahead -= CREDIT;
        }
        Ok(())
    }

    /// Writes how the run ended, with the moments that are asked for then.
    fn end(&mut self, end: &mut TraceEnd) -> io::Result<()> {
        write_end(&mut self.output)?;
        self.output.flush()?;
        let mut line = Vec::new();
        self.input.read_until(b'\n', &mut line)?;
        let wanted = line.iter().position(|byte| *byte != ALLOWED).map_or(&[][..], |start| &line[start..]);
        end.keep_moments(&serde_json::from_slice::<Stretches>(wanted)?);
        serde_json::to_writer(&mut self.output, end)?;
        self.output.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_gets_no_further_ahead_than_it_is_allowed() {
        let mut answer = Answer { input: &b"+++"[..], output: BufWriter::new(Vec::new()), ahead: 0 };
        let block = Block { index: 0, first: 0, instructions: 1, digest: 7, bytes: &[] };
        let mut put = 0;
        while put < 1000 && answer.put(block).is_ok() {
            put += 1;
        }
        // The one that waits in vain has been written, so that whoever waits for it can allow for more.
        assert_eq!(put + 1, AHEAD + 3 * CREDIT);
        assert_eq!(answer.output.get_ref().len() as u64, 29 * (put + 1));
    }
}
