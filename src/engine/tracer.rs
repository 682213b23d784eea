//! Traced runs: what is ordered of one, what comes of it, and engines that can be traced, wherever they run.
//!
//! What the blocks of a trace mean is the business of `trace`; runs in processes of their own are in `trace_process`.

use std::any::Any;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::thread;

use serde::{Deserialize, Serialize};

use super::{Ending, Limits, Program, Run};
use crate::trace::{Block, Blocks, Moment, Recorder, block_channel};

/// The stack of a thread that runs an engine, in bytes: as much as a process has.
const STACK: usize = 8 << 20;

/// What is to be traced, and what of it is wanted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TraceOrder {
    pub program: Program,
    pub limits: Limits,
    /// The blocks whose events are wanted: from the first, up to but without the second. Of all others, their digests are.
    pub events: (u64, u64),
    /// Whether what every instruction takes is recorded in those blocks.
    pub all_operands: bool,
    /// The instructions around which everything is wanted, by their numbers: from the first, up to but without the second.
    pub watched: (u64, u64),
    /// The run ends before the instruction with this number.
    pub end: Option<u64>,
}

impl TraceOrder {
    /// The events of the whole run, and nothing of single instructions.
    pub fn whole(program: Program, limits: Limits) -> Self {
        Self { program, limits, events: (0, u64::MAX), all_operands: false, watched: (0, 0), end: None }
    }

    /// The digests of the whole run.
    pub fn digests(program: Program, limits: Limits) -> Self {
        Self { events: (0, 0), ..Self::whole(program, limits) }
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

/// Instructions, by their numbers: from the first, up to but without the second.
pub type Stretches = Vec<(u64, u64)>;

/// A traced run under way: its blocks, and what waits for its end.
pub struct TracedRun {
    pub blocks: Blocks,
    /// Given the instructions whose moments are wanted, of those that were watched.
    pub(super) end: Box<dyn FnOnce(Stretches) -> io::Result<TraceEnd>>,
}

impl TracedRun {
    /// Waits for the end of the run; blocks that were not pulled are lost.
    ///
    /// # Errors
    /// A run that broke off.
    pub fn finish(self) -> io::Result<TraceEnd> {
        self.finish_with_moments(Stretches::new())
    }

    /// Waits for the end of the run, as [`TracedRun::finish`] does, and gives these moments of those that were watched.
    ///
    /// # Errors
    /// A run that broke off.
    pub fn finish_with_moments(mut self, wanted: Stretches) -> io::Result<TraceEnd> {
        while self.blocks.pull().is_some() {}
        (self.end)(wanted)
    }
}

impl TraceEnd {
    /// Keeps the moments of these instructions alone.
    pub(super) fn keep_moments(&mut self, wanted: &[(u64, u64)]) {
        let is_wanted = |sequence| wanted.iter().any(|(from, to)| (*from..*to).contains(&sequence));
        self.moments.retain(|moment| is_wanted(moment.sequence));
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
        let end = move |wanted: Stretches| {
            let mut end = thread.join().map_err(|_| io::Error::other("the engine panicked"))?;
            end.keep_moments(&wanted);
            Ok(end)
        };
        Ok(TracedRun { blocks, end: Box::new(end) })
    }
}

fn message_of(panic: &dyn Any) -> &str {
    let literal = || panic.downcast_ref::<&str>().copied();
    panic.downcast_ref::<String>().map(String::as_str).or_else(literal).unwrap_or("without a message")
}

/// Runs a program under a recorder as ordered. An engine that panics has ended its run by that.
pub(super) fn carry_out(
    order: &TraceOrder,
    tracer: impl Fn(&Program, &Limits, &mut Recorder<'_>) -> Run,
    mut sink: impl FnMut(Block<'_>) -> bool,
) -> TraceEnd {
    let events = order.events.0..order.events.1;
    let wanted = events.clone();
    let mut recorder = Recorder::new(Box::new(move |block| {
        let bytes = if wanted.contains(&block.index) { block.bytes } else { &[] };
        sink(Block { bytes, ..block })
    }));
    if order.all_operands {
        recorder.detail(events);
    }
    recorder.watch(order.watched.0..order.watched.1);
    recorder.end_before(order.end.unwrap_or(u64::MAX));
    let run = panic::catch_unwind(AssertUnwindSafe(|| tracer(&order.program, &order.limits, &mut recorder)));
    let run = run.unwrap_or_else(|panic| {
        // What was recorded until then says where it was. Nobody is left who could want more.
        let _ = recorder.finish();
        let ending = Ending::Crashed(format!("panicked: {}", message_of(&*panic)));
        Run { output: Vec::new(), ending, instructions: recorder.instructions() }
    });
    TraceEnd {
        run,
        labels: recorder.labels().to_vec(),
        moments: recorder.take_moments(),
        instructions: recorder.instructions(),
        digest: recorder.digest(),
    }
}
