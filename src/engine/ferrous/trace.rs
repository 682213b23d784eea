//! Ferrous under a recorder: what its state shows before each instruction, and what is reachable from `_G` before the first.
//!
//! Nothing here knows what is recorded, or who reads it.

use std::collections::VecDeque;

use super::{FerrousEngine, ending_of, script_of};
use crate::engine::{Ending, Limits, Program, Run};
use crate::lua::embed::Script;
use crate::lua::heap::{Heap, TableRef, Type, Unpacked, Value};
use crate::lua::vm::{Counter, Observer, State, Stop, View};
use crate::trace::{Kind, Place, Probe, PrototypeFacts, Recorder, Seen};

impl FerrousEngine {
    /// Runs a program in a fresh state as [`Engine::run`](crate::engine::Engine::run) does, with a recorder in front of every
    /// instruction that the budget admits. The run ends as over budget when the recorder wants no more. Without a budget nothing
    /// is counted and all is recorded. What coroutines do while the state is closed is not recorded.
    pub fn trace(&mut self, program: &Program, limits: &Limits, recorder: &mut Recorder<'_>) -> Run {
        self.trace_meddled(program, limits, recorder, Honest)
    }

    /// As [`FerrousEngine::trace`] does, with a VM that somebody meddles with: what is recorded is what he makes of it.
    pub fn trace_meddled(
        &mut self,
        program: &Program,
        limits: &Limits,
        recorder: &mut Recorder<'_>,
        meddler: impl Meddler,
    ) -> Run {
        let mut state = self.fresh_state(limits);
        let counter = Counter { executed: 0, budget: limits.instructions };
        let mut tracer = Tracer { counter, recorder, meddler };
        let ending = tracer.run(&mut state, &script_of(program));
        let instructions = if limits.instructions == u64::MAX { 0 } else { tracer.counter.executed };
        Run { output: state.take_output(), ending, instructions }
    }
}

/// Counts instructions, and records those within the budget.
struct Tracer<'r, 's, M> {
    counter: Counter,
    recorder: &'r mut Recorder<'s>,
    meddler: M,
}

/// Makes a VM a wrong one, by its registers.
pub trait Meddler {
    /// Whether it does anything at all.
    const MEDDLES: bool = true;

    /// Asked before every instruction, again and again until it gives nothing: a register of the function on top, and the value that it
    /// is to have. An object must be one that the program can reach.
    fn meddle(&mut self, view: &View<'_>) -> Option<(u8, Value)>;
}

/// Changes nothing.
struct Honest;

impl Meddler for Honest {
    const MEDDLES: bool = false;

    fn meddle(&mut self, _: &View<'_>) -> Option<(u8, Value)> {
        None
    }
}

impl<M: Meddler> Tracer<'_, '_, M> {
    fn run(&mut self, state: &mut State, script: &Script<'_>) -> Ending {
        let result = state.prepare(script).and_then(|function| {
            label_globals(state, self.recorder);
            state.run_prepared(function, script, self)
        });
        // The run has ended, whatever the recorder wants.
        let _ = self.recorder.finish();
        let ending = ending_of(state, result);
        super::close_after(state, ending, &mut self.counter)
    }
}

impl<M: Meddler> Observer for Tracer<'_, '_, M> {
    const LOOKS: bool = true;
    const MEDDLES: bool = M::MEDDLES;

    #[inline(always)]
    fn meddle(&mut self, view: &View<'_>) -> Option<(u8, Value)> {
        self.meddler.meddle(view)
    }

    #[inline(always)]
    fn before_instruction(&mut self) -> Result<(), Stop> {
        self.counter.before_instruction()
    }

    #[inline]
    fn look(&mut self, view: &View<'_>) -> Result<(), Stop> {
        if self.recorder.has_many_names() {
            self.recorder.retain(|kind, key| view.has_key(type_of(kind), key), |key| view.has_prototype_key(key));
        }
        self.recorder.before(&Shown(view)).map_err(|_| Stop)
    }
}

/// A view, as recorders read it.
struct Shown<'v>(&'v View<'v>);

impl Shown<'_> {
    fn seen(&self, value: Value) -> Seen<'_> {
        let kind = match value.unpack() {
            Unpacked::Nil => return Seen::Nil,
            Unpacked::Boolean(boolean) => return Seen::Boolean(boolean),
            Unpacked::Number(number) => return Seen::Number(number),
            Unpacked::String(string) => return Seen::String(self.0.bytes(string)),
            object => kind_of(object),
        };
        kind.zip(self.0.key(value)).map_or(Seen::Nil, |(kind, key)| Seen::Object(kind, key))
    }
}

impl Probe for Shown<'_> {
    #[inline]
    fn place(&self) -> Place {
        Place {
            thread: self.0.thread_key(),
            depth: self.0.depth() as u32,
            prototype: self.0.prototype_key(),
            pc: self.0.pc() as u32,
            word: self.0.word().0,
        }
    }

    #[inline]
    fn register(&self, register: usize) -> Seen<'_> {
        self.seen(self.0.register(register))
    }

    fn top(&self) -> usize {
        self.0.top()
    }

    fn constant(&self, constant: usize) -> Seen<'_> {
        self.seen(self.0.constant(constant))
    }

    fn upvalue(&self, upvalue: usize) -> Seen<'_> {
        self.seen(self.0.upvalue(upvalue))
    }

    fn prototype(&self) -> PrototypeFacts {
        let prototype = self.0.prototype();
        PrototypeFacts {
            source: prototype.source.as_ref().map(|source| source.to_vec()).unwrap_or_default(),
            line_defined: prototype.line_defined as u32,
            last_line_defined: prototype.last_line_defined as u32,
            code: prototype.code.iter().map(|word| word.0).collect(),
            lines: prototype.line_info.iter().map(|line| *line as u32).collect(),
        }
    }
}

/// What an object is to a recorder; `None` for other values.
fn kind_of(value: Unpacked) -> Option<Kind> {
    match value {
        Unpacked::Table(_) => Some(Kind::Table),
        Unpacked::Closure(_) | Unpacked::Native(_) => Some(Kind::Function),
        Unpacked::Userdata(_) => Some(Kind::Userdata),
        Unpacked::Thread(_) => Some(Kind::Thread),
        Unpacked::Light(_) => Some(Kind::LightUserdata),
        Unpacked::Nil | Unpacked::Boolean(_) | Unpacked::Number(_) | Unpacked::String(_) => None,
    }
}

fn type_of(kind: Kind) -> Type {
    match kind {
        Kind::Table => Type::Table,
        Kind::Function => Type::Function,
        Kind::Userdata => Type::Userdata,
        Kind::Thread => Type::Thread,
        Kind::LightUserdata => Type::LightUserdata,
    }
}

/// Names what is reachable from the globals by string keys: breadth first, in the order of the keys' bytes.
fn label_globals(state: &State, recorder: &mut Recorder<'_>) {
    let heap = &state.heap;
    let globals = state.globals();
    label(heap, recorder, Value::table(globals), "_G");
    let mut seen = vec![globals];
    let mut tables = VecDeque::from([(globals, String::new())]);
    while let Some((table, prefix)) = tables.pop_front() {
        for (key, value) in string_fields(heap, table) {
            let path = format!("{prefix}{}", String::from_utf8_lossy(key));
            label(heap, recorder, value, &path);
            if let Some(inner) = value.as_table()
                && !seen.contains(&inner)
            {
                seen.push(inner);
                tables.push_back((inner, path + "."));
            }
        }
    }
}

fn label(heap: &Heap, recorder: &mut Recorder<'_>, value: Value, path: &str) {
    if let Some((kind, key)) = kind_of(value.unpack()).zip(heap.key(value)) {
        recorder.label(kind, key, path);
    }
}

/// The entries of a table whose keys are strings, in the order of the keys' bytes.
fn string_fields(heap: &Heap, table: TableRef) -> Vec<(&[u8], Value)> {
    let mut fields = Vec::new();
    heap.table(table).for_each(|key, value| fields.extend(key.as_string().map(|key| (heap.bytes(key), value))));
    fields.sort_unstable_by_key(|(key, _)| *key);
    fields
}
