//! Traced runs: what is ordered of one, what comes of it, and engines that can be traced, wherever they run.
//!
//! What the blocks of a trace mean is the business of `trace`; runs in processes of their own are in `trace_process`.

use std::io;
use std::thread;

use serde::{Deserialize, Serialize};

use super::{Limits, Program, Run};
use crate::trace::{Block, Blocks, Moment, Recorder, block_channel};

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
    pub(super) end: Box<dyn FnOnce() -> io::Result<TraceEnd>>,
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
pub(super) fn carry_out(
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
