use std::collections::HashSet;

use super::*;
use crate::engine::Snapshot;
use crate::engine::trial::{LIMITS, program};
use crate::lua::bytecode::{Instruction, Opcode};
use crate::trace::{Datum, Event, How, Kind, decode};

/// A run and its events, and what was labelled before.
struct Traced {
    run: Run,
    events: Vec<Event>,
    labels: Vec<String>,
}

fn trace_within(source: &str, limits: &Limits, most_blocks: usize) -> Traced {
    let (mut events, mut blocks) = (Vec::new(), 0);
    let mut recorder = Recorder::new(Box::new(|block| {
        events.extend(decode(block.bytes).expect("events"));
        blocks += 1;
        blocks < most_blocks
    }));
    let run = ReferenceEngine::new().trace(&program(source), limits, &mut recorder);
    let labels = recorder.labels().to_vec();
    drop(recorder);
    events.retain(|event| !matches!(event, Event::Label { .. }));
    Traced { run, events, labels }
}

fn trace(source: &str) -> Traced {
    let traced = trace_within(source, &LIMITS, usize::MAX);
    let plain = ReferenceEngine::new().run(&program(source), &LIMITS);
    assert_eq!(traced.run.instructions, plain.instructions, "{source}");
    assert_eq!(traced.run.output, plain.output, "{source}");
    assert_eq!(traced.begun().len() as u64, plain.instructions, "{source}");
    traced
}

/// An instruction of a trace with how it ended.
#[derive(Debug, Clone, PartialEq)]
struct Step {
    opcode: Opcode,
    thread: u32,
    depth: u32,
    prototype: u32,
    operands: Vec<Datum>,
    how: Option<How>,
    written: Vec<Datum>,
}

impl Traced {
    fn begun(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        for event in &self.events {
            match event {
                Event::Begun { sequence, thread, depth, prototype, word, operands, .. } => {
                    assert_eq!(*sequence, steps.len() as u64);
                    steps.push(Step {
                        opcode: Instruction(*word).opcode().expect("an opcode"),
                        thread: *thread,
                        depth: *depth,
                        prototype: *prototype,
                        operands: operands.clone(),
                        how: None,
                        written: Vec::new(),
                    });
                }
                Event::Ended { sequence, how, written, .. } => {
                    let step = &mut steps[*sequence as usize];
                    assert_eq!(step.how, None, "an instruction ends once");
                    step.how = Some(*how);
                    step.written = written.iter().map(|(_, value)| value.clone()).collect();
                }
                Event::Label { .. } | Event::Prototype { .. } => (),
            }
        }
        steps
    }

    /// The lines where the prototypes are defined, in the order of their first appearance.
    fn prototypes(&self) -> Vec<u32> {
        let line = |event: &Event| match event {
            Event::Prototype { line_defined, .. } => Some(*line_defined),
            _ => None,
        };
        self.events.iter().filter_map(line).collect()
    }

    /// The only instruction of an opcode at a depth.
    fn only(&self, opcode: Opcode, depth: u32) -> Step {
        let mut found = self.begun();
        found.retain(|step| step.opcode == opcode && step.depth == depth);
        assert_eq!(found.len(), 1, "{found:?}");
        found.remove(0)
    }

    fn number_of(&self, label: &str) -> u32 {
        self.labels.iter().position(|other| other == label).expect("a label") as u32
    }
}

fn number(number: f64) -> Datum {
    Datum::Number(number.to_bits())
}

fn text(text: &str) -> Datum {
    Datum::String { start: text.into(), length: text.len() as u64, hash: None }
}

#[test]
fn calls_and_returns() {
    let traced = trace("local a = 1.5\nlocal function f(x)\nreturn x + a end\nlocal b = f(2)");
    assert_eq!(traced.prototypes(), [0, 2]);
    let add = traced.only(Opcode::Add, 2);
    assert_eq!((add.how, add.written), (Some(How::Completed), vec![number(3.5)]));
    let returned = traced.only(Opcode::Return, 2);
    assert_eq!((returned.how, returned.operands, returned.prototype), (Some(How::Returned), vec![number(3.5)], 1));
    let call = traced.only(Opcode::Call, 1);
    assert_eq!(
        (call.operands[1].clone(), call.how, call.written),
        (number(2.0), Some(How::Completed), vec![number(3.5)])
    );
    let last = traced.only(Opcode::Return, 1);
    assert_eq!((last.how, last.prototype), (None, 0), "nothing comes after it");
    assert!(matches!(&traced.events[0], Event::Prototype { source, .. } if source == b"=t"));
}

#[test]
fn errors_end_what_they_go_through() {
    let traced = trace("local ok, message = pcall(function() local x x() end)\nlocal y = 1");
    let inner = traced.only(Opcode::Call, 3);
    assert_eq!((inner.how, inner.written), (Some(How::Raised), Vec::new()));
    let outer = traced.only(Opcode::Call, 1);
    let message = text("t:1: attempt to call local 'x' (a nil value)");
    assert_eq!((outer.how, outer.written), (Some(How::Completed), vec![Datum::Boolean(false), message]));
}

#[test]
fn coroutines_have_depths_and_registers_of_their_own() {
    let traced = trace(
        "local co = coroutine.wrap(function(a) local b = coroutine.yield(a + 1) error(b) end)
         local x = co(1) local ok, y = pcall(co, 'z')",
    );
    let steps = traced.begun();
    assert!(steps.iter().all(|step| step.depth == 1), "the body of a coroutine is its first function");
    let add = traced.only(Opcode::Add, 1);
    assert_ne!(add.thread, steps[0].thread);
    assert_eq!(add.written, [number(2.0)]);
    let inside: Vec<_> = steps.iter().filter(|step| step.thread == add.thread && step.opcode == Opcode::Call).collect();
    assert_eq!((inside[0].how, &inside[0].written[..]), (Some(How::Completed), &[text("z")][..]));
    assert_eq!(inside[1].how, None, "nothing runs in the coroutine after its error");
    let calls: Vec<_> = steps.iter().filter(|step| step.prototype == 0 && step.opcode == Opcode::Call).collect();
    assert_eq!(calls[1].written, [number(2.0)]);
    assert_eq!(calls[2].written, [Datum::Boolean(false), text("t:1: z")]);
}

#[test]
fn tail_calls_take_the_frame_over() {
    let traced = trace("local function g(x) return x end local function f(x) return g(x) end local a = f(7)");
    let tail = traced.only(Opcode::TailCall, 2);
    assert_eq!((tail.how, tail.operands[1].clone()), (Some(How::Called), number(7.0)));
    let returned = traced.only(Opcode::Return, 2);
    assert_eq!((returned.how, returned.operands, returned.prototype), (Some(How::Returned), vec![number(7.0)], 2));
    assert_eq!(traced.only(Opcode::Call, 1).written, [number(7.0)]);

    let native = trace("local function f(x) return tostring(x) end local a = f(7)");
    let tail = native.only(Opcode::TailCall, 2);
    assert_eq!((tail.how, tail.written), (Some(How::Completed), vec![text("7")]));
    assert_eq!(native.only(Opcode::Return, 2).operands, [text("7")]);
}

#[test]
fn open_results_reach_to_the_top() {
    let traced = trace("local function f(...) return ... end local t = {f(1, nil, 'x')} local n = select('#', f())");
    let steps = traced.begun();
    let varargs: Vec<_> =
        steps.iter().filter(|step| step.opcode == Opcode::VarArg).map(|step| &step.written[..]).collect();
    assert_eq!(varargs, [&[number(1.0), Datum::Nil, text("x")][..], &[]]);
    let returned: Vec<_> = steps.iter().filter(|step| step.opcode == Opcode::Return && step.depth == 2).collect();
    assert_eq!((returned[0].operands.len(), returned[1].operands.len()), (3, 0));
    assert_eq!(traced.only(Opcode::SetList, 1).operands[1..], [number(1.0), Datum::Nil, text("x")]);
    let calls: Vec<_> = steps.iter().filter(|step| step.opcode == Opcode::Call).collect();
    assert_eq!((calls[0].written.len(), calls[1].written.len()), (3, 0));
    assert_eq!((calls[2].operands.len(), &calls[2].written[..]), (2, &[number(0.0)][..]));
}

#[test]
fn metamethods_are_called_without_a_native_function_between() {
    let traced = trace("local t = setmetatable({}, {__add = function(a, b) return b * 2 end}) local x = t + 21");
    assert_eq!(traced.only(Opcode::Mul, 2).written, [number(42.0)]);
    let add = traced.only(Opcode::Add, 1);
    assert_eq!((add.how, add.written), (Some(How::Completed), vec![number(42.0)]));
}

#[test]
fn finalisers_are_silent() {
    let traced = trace(
        "local n = 0 local p = newproxy(true)
         getmetatable(p).__gc = function()
           n = n + 1 end
         p = nil collectgarbage() print(n) newproxy(true)",
    );
    assert_eq!((traced.prototypes(), traced.run.output.as_slice()), (vec![0], &b"1\n"[..]));
}

#[test]
fn hooks_of_the_program_work_and_are_silent() {
    for (mask, expected) in [("'', 1", "count"), ("'l'", "line"), ("'c'", "call"), ("'r'", "return")] {
        let source = format!(
            "local seen = {{}} debug.sethook(function(event)
               seen[event] = (seen[event] or 0) + 1 end, {mask})
             local x = math.abs(1) x = x + 1
             debug.sethook() for event, n in pairs(seen) do print(event, n) end"
        );
        let traced = trace(&source);
        let output = String::from_utf8_lossy(&traced.run.output).into_owned();
        assert!(output.starts_with(expected), "{mask}: {output}");
        assert_eq!(traced.prototypes(), [0]);
    }
}

#[test]
fn handlers_and_code_of_the_run_are_traced() {
    let traced = trace("xpcall(error, function()\nlocal h = 1 end) loadstring('\\n\\nlocal z = 2', '=z')()");
    assert_eq!(traced.prototypes(), [0, 1, 0]);
    let steps = traced.begun();
    let loads: Vec<_> = steps.iter().filter(|step| step.opcode == Opcode::LoadK && step.written.len() == 1).collect();
    assert_eq!(loads.last().map(|step| (&step.written[..], step.depth)), Some((&[number(2.0)][..], 2)));
    assert!(loads.iter().any(|step| step.written == [number(1.0)] && step.depth > 2));
}

#[test]
fn the_budget_holds_and_none_is_needed() {
    let source = "local n = 0 for i = 1, 10 do n = n + i end return n";
    let needed = trace(source).run.instructions;
    for instructions in 0..needed {
        let traced = trace_within(source, &Limits { instructions, ..LIMITS }, usize::MAX);
        assert_eq!((traced.run.ending.clone(), traced.run.instructions), (Ending::OverBudget, instructions));
        assert_eq!(traced.begun().len() as u64, instructions);
    }
    let traced = trace_within(source, &Limits { instructions: u64::MAX, ..LIMITS }, usize::MAX);
    let returned = Ending::Returned(vec![Snapshot::Number(55_f64.to_bits())]);
    assert_eq!((traced.run.ending.clone(), traced.run.instructions), (returned, 0));
    assert_eq!(traced.begun().len() as u64, needed);
}

#[test]
fn a_recorder_that_wants_no_more_ends_the_run() {
    for instructions in [LIMITS.instructions, u64::MAX] {
        let source = "while true do pcall(function() while true do end end) end";
        let traced = trace_within(source, &Limits { instructions, ..LIMITS }, 1);
        assert_eq!(traced.run.ending, Ending::OverBudget);
        let begun = traced.begun().len() as u64;
        assert!(begun > 1000, "{begun}");
        assert_eq!(traced.run.instructions, if instructions == u64::MAX { 0 } else { begun });
    }
}

#[test]
fn what_is_reachable_from_the_globals_is_labelled() {
    let traced =
        trace("local f, t, o = string.format, package.loaded.math, io.stdout local m = getmetatable('').__index");
    assert_eq!(traced.labels[..5], ["_G", "arg", "assert", "collectgarbage", "coroutine"]);
    let expected = [(Kind::Function, "string.format"), (Kind::Table, "math"), (Kind::Userdata, "io.stdout")];
    let written: Vec<_> = traced.begun().into_iter().flat_map(|step| step.written).collect();
    for (kind, label) in expected {
        assert!(written.contains(&Datum::Object(kind, traced.number_of(label))), "{label}");
    }
    assert_eq!(written.last(), Some(&Datum::Object(Kind::Table, traced.number_of("string"))));
    let mut sorted = traced.labels[1..].to_vec();
    sorted.sort_by_key(|label| (label.matches('.').count(), label.clone()));
    assert_eq!(traced.labels[1..], sorted, "breadth-first, in the order of the keys");
    assert!(traced.labels.contains(&"package.loaders".to_owned()));
    assert!(!traced.labels.iter().any(|label| label.starts_with("package.loaded.")), "they have their names already");
}

/// Of objects that die, the addresses are used again, and the numbers are not.
#[test]
fn no_number_is_used_twice() {
    for (made, opcode) in [
        ("{}", Opcode::NewTable),
        ("function() end", Opcode::Closure),
        ("function() return i end", Opcode::Closure),
        ("newproxy()", Opcode::Call),
        ("coroutine.create(error_)", Opcode::Call),
        ("coroutine.wrap(error_)", Opcode::Call),
    ] {
        let traced = trace(&format!("error_ = loadstring 'error()' for i = 1, 2000 do local x = {made} end"));
        let objects: Vec<_> = traced
            .begun()
            .into_iter()
            .filter(|step| step.opcode == opcode)
            .flat_map(|step| step.written)
            .map(|object| format!("{object:?}"))
            .collect();
        let numbers: HashSet<_> = objects.iter().collect();
        assert!(objects.len() >= 2000 && numbers.len() == objects.len(), "{made}: {} {}", objects.len(), numbers.len());
    }
    let traced = trace("for i = 1, 1000 do loadstring('return 1')() end");
    assert_eq!(traced.prototypes().len(), 1001);
    let traced = trace("for i = 1, 1000 do coroutine.wrap(function() local x = 1 end)() end");
    let threads: HashSet<_> = traced.begun().iter().map(|step| step.thread).collect();
    assert_eq!(threads.len(), 1001);
}
