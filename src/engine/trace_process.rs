//! A traced run in a process of its own: its blocks arrive while it goes on, and a crash or a hang ends it alone.
//!
//! Both ends are here: what asks ([`ProcessTracer`]) and what answers ([`serve_trace`]). The order is JSON on standard input; blocks,
//! and JSON about the end, are on standard output. What the blocks mean is the business of `trace`.

use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Limits, Program, Run, select};
use crate::trace::{Block, Blocks, Moment, OwnedBlock, Recorder, block_channel, read_block, write_block, write_end};

/// The stack of a thread that runs an engine, in bytes: as much as a process has.
const STACK: usize = 8 << 20;

/// What is to be traced, and what of it is wanted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TraceOrder {
    pub program: Program,
    pub limits: Limits,
    /// Whether what every instruction takes is recorded.
    pub all_operands: bool,
    /// The instructions around which everything is wanted, by their numbers: from the first, up to but without the second.
    pub watched: (u64, u64),
    /// The run ends before the instruction with this number.
    pub end: Option<u64>,
}

impl TraceOrder {
    /// The whole run, and nothing of single instructions.
    pub fn whole(program: Program, limits: Limits) -> Self {
        Self { program, limits, all_operands: false, watched: (0, 0), end: None }
    }
}

/// How a traced run ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TraceEnd {
    pub run: Run,
    /// What the objects are called that had a name before the run, by their numbers.
    pub labels: Vec<String>,
    /// What was wanted of single instructions.
    pub moments: Vec<Moment>,
    /// How many instructions were traced.
    pub instructions: u64,
    /// A hash of the whole trace.
    pub digest: u64,
}

/// An engine that can be traced, wherever it runs.
pub trait TraceEngine {
    /// A name for reports.
    fn name(&self) -> &str;

    /// Starts a run.
    ///
    /// # Errors
    /// What kept it from starting.
    fn start(&self, order: &TraceOrder) -> io::Result<TracedRun>;
}

/// A traced run under way: its blocks, and what waits for its end.
pub struct TracedRun {
    pub blocks: Blocks,
    end: Box<dyn FnOnce() -> io::Result<TraceEnd>>,
}

impl TracedRun {
    /// Waits for the end of the run; blocks that were not pulled are lost.
    ///
    /// # Errors
    /// A run that broke off.
    pub fn finish(mut self) -> io::Result<TraceEnd> {
        while self.blocks.pull().is_some() {}
        (self.end)()
    }
}

/// An engine in a thread of this process: for engines that exist in this process alone.
pub struct ThreadTracer<F> {
    name: String,
    tracer: F,
}

impl<F> ThreadTracer<F>
where
    F: Fn(&Program, &Limits, &mut Recorder<'_>) -> Run + Clone + Send + 'static,
{
    /// An engine with this name, which runs programs in this way.
    pub fn new(name: &str, tracer: F) -> Self {
        Self { name: name.to_owned(), tracer }
    }
}

impl<F> TraceEngine for ThreadTracer<F>
where
    F: Fn(&Program, &Limits, &mut Recorder<'_>) -> Run + Clone + Send + 'static,
{
    fn name(&self) -> &str {
        &self.name
    }

    fn start(&self, order: &TraceOrder) -> io::Result<TracedRun> {
        let (sender, blocks) = block_channel();
        let (order, tracer) = (order.clone(), self.tracer.clone());
        let run = move || carry_out(&order, tracer, |block| sender.put(block.into()));
        let thread = thread::Builder::new().stack_size(STACK).spawn(run)?;
        let end = move || thread.join().map_err(|_| io::Error::other("the engine panicked"));
        Ok(TracedRun { blocks, end: Box::new(end) })
    }
}

/// Runs a program under a recorder as ordered.
fn carry_out(
    order: &TraceOrder,
    tracer: impl Fn(&Program, &Limits, &mut Recorder<'_>) -> Run,
    sink: impl FnMut(Block<'_>) -> bool,
) -> TraceEnd {
    let mut recorder = Recorder::new(Box::new(sink));
    if order.all_operands {
        recorder = recorder.with_all_operands();
    }
    recorder.watch(order.watched.0..order.watched.1);
    recorder.end_before(order.end.unwrap_or(u64::MAX));
    let run = tracer(&order.program, &order.limits, &mut recorder);
    TraceEnd {
        run,
        labels: recorder.labels().to_vec(),
        moments: recorder.take_moments(),
        instructions: recorder.instructions(),
        digest: recorder.digest(),
    }
}

/// An engine in processes of their own, one for each run.
pub struct ProcessTracer {
    name: String,
    /// Starts a process that does [`serve_trace`] with the engine of that name.
    command: Box<dyn Fn() -> Command>,
    timeout: Duration,
}

impl ProcessTracer {
    /// `command` makes what starts a process that does [`serve_trace`]; each is killed after so much time by the wall clock.
    pub fn new(name: &str, command: impl Fn() -> Command + 'static, timeout: Duration) -> Self {
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
        let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("a process without standard streams"));
        };
        let child = Arc::new(Mutex::new(child));
        stdin.write_all(&serde_json::to_vec(order)?)?;
        drop(stdin);
        let (sender, blocks) = block_channel();
        let (end_sender, end) = sync_channel(1);
        let (done_sender, done) = sync_channel::<()>(0);
        thread::spawn(move || {
            let end = receive(stdout, |block| sender.put(block));
            drop(done_sender);
            // Nobody waits for the end of a run that is not wanted any more.
            let _ = end_sender.send(end);
        });
        let watched = Arc::clone(&child);
        thread::spawn(move || {
            if done.recv_timeout(timeout) == Err(RecvTimeoutError::Timeout) {
                kill(&watched);
            }
        });
        Ok((Self { child, end }, blocks))
    }

    /// Waits for the end of the run, after its last block.
    ///
    /// # Errors
    /// A process that died or was killed, with what it died of; an end that cannot be read.
    fn finish(self) -> io::Result<TraceEnd> {
        let end = self.end.recv().unwrap_or_else(|_| Err(io::ErrorKind::BrokenPipe.into()));
        end.map_err(|error| {
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
    let mut line = Vec::new();
    reader.read_to_end(&mut line)?;
    Ok(serde_json::from_slice(&line)?)
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
