//! What Ferrous shows a recorder, seen through the events that come of it.

use std::collections::BTreeMap;

use super::FerrousEngine;
use crate::engine::trial::{LIMITS, program};
use crate::engine::{Ending, Engine, Limits, Run};
use crate::lua::bytecode::Instruction;
use crate::lua::heap::Stress;
use crate::trace::{Datum, Event, How, Kind, Recorder, decode};

/// A recorded run.
struct Traced {
    run: Run,
    events: Vec<Event>,
    labels: Vec<String>,
}

fn traced(source: &str) -> Traced {
    traced_by(&mut FerrousEngine::new(), source, &LIMITS)
}

fn traced_by(engine: &mut FerrousEngine, source: &str, limits: &Limits) -> Traced {
    let mut bytes = Vec::new();
    let mut recorder = keeping(&mut bytes);
    let run = engine.trace(&program(source), limits, &mut recorder);
    let (labels, recorded) = (recorder.labels().to_vec(), recorder.instructions());
    drop(recorder);
    let traced = Traced { run, events: unlabelled(&bytes), labels };
    assert_eq!(traced.begun(), recorded, "nothing comes after the last block");
    traced
}

impl Traced {
    fn datum(&self, datum: &Datum) -> String {
        match datum {
            Datum::Nil => "nil".into(),
            Datum::Boolean(boolean) => boolean.to_string(),
            Datum::Number(bits) => f64::from_bits(*bits).to_string(),
            Datum::String { start, .. } => format!("'{}'", String::from_utf8_lossy(start)),
            Datum::Object(kind, number) => match self.labels.get(*number as usize) {
                Some(label) => label.clone(),
                None => format!("{}{}", kind.name(), *number as usize - self.labels.len()),
            },
        }
    }

    /// A line per instruction: the depth, the thread unless it is the main one, the instruction, what it hands on, how it ended if it did not just go on, and what it
    /// wrote. Objects without a label are numbered in the order of their appearance, the main thread being the first.
    fn lines(&self) -> Vec<String> {
        let mut ends = BTreeMap::new();
        for event in &self.events {
            if let Event::Ended { sequence, how, written, .. } = event {
                let written =
                    written.iter().map(|(register, datum)| format!("r{register} = {}", self.datum(datum))).collect();
                assert!(ends.insert(*sequence, (*how, written)).is_none(), "an instruction ends once");
            }
        }
        let begun = self.events.iter().filter_map(|event| match event {
            Event::Begun { sequence, thread, depth, word, operands, .. } => {
                Some((sequence, *thread as usize - self.labels.len(), depth, word, operands))
            }
            _ => None,
        });
        begun
            .map(|(sequence, thread, depth, word, operands)| {
                let place = if thread == 0 { depth.to_string() } else { format!("{depth}@{thread}") };
                let mut parts = vec![place, Instruction(*word).opcode().expect("an opcode").name().to_owned()];
                parts.extend(operands.iter().map(|operand| self.datum(operand)));
                let (how, written): (Option<How>, Vec<String>) =
                    ends.remove(sequence).map_or((None, Vec::new()), |(how, written)| (Some(how), written));
                match how {
                    Some(How::Completed) => {}
                    how => parts.push(how.map_or("unended".into(), |how| format!("{how:?}").to_lowercase())),
                }
                if !written.is_empty() {
                    parts.push(format!("-> {}", written.join(", ")));
                }
                parts.join(" ")
            })
            .collect()
    }

    /// The lines of instructions with these names.
    fn only(&self, names: &[&str]) -> Vec<String> {
        let mut lines = self.lines();
        lines.retain(|line| line.split(' ').nth(1).is_some_and(|name| names.contains(&name)));
        lines
    }

    /// Number, chunk name, first and last line of the prototypes.
    fn prototypes(&self) -> impl Iterator<Item = (u32, &str, u32, u32)> {
        self.events.iter().filter_map(|event| match event {
            Event::Prototype { number, source, line_defined, last_line_defined, .. } => {
                Some((*number, std::str::from_utf8(source).expect("text"), *line_defined, *last_line_defined))
            }
            _ => None,
        })
    }

    fn begun(&self) -> u64 {
        self.events.iter().filter(|event| matches!(event, Event::Begun { .. })).count() as u64
    }
}

/// The events of a run, without the labels before it.
fn unlabelled(bytes: &[u8]) -> Vec<Event> {
    let mut events = decode(bytes).expect("events");
    events.retain(|event| !matches!(event, Event::Label { .. }));
    events
}

/// A recorder that keeps what it records in `bytes`.
fn keeping(bytes: &mut Vec<u8>) -> Recorder<'_> {
    Recorder::new(Box::new(|block| {
        bytes.extend_from_slice(block.bytes);
        true
    }))
}

#[test]
fn instructions_are_recorded_with_what_they_wrote_and_handed_on() {
    let traced = traced("local function f(a, b) return a + b end local x = f(1, 2) local t = {x} t.y = 'z' return t");
    let expected = [
        "1 CLOSURE -> r0 = function1",
        "1 MOVE -> r1 = function1",
        "1 LOADK -> r2 = 1",
        "1 LOADK -> r3 = 2",
        "1 CALL function1 1 2 -> r1 = 3",
        "2 ADD -> r2 = 3",
        "2 RETURN 3 returned",
        "1 NEWTABLE -> r2 = table2",
        "1 MOVE -> r3 = 3",
        "1 SETLIST table2 3",
        "1 SETTABLE table2 'y' 'z'",
        "1 RETURN table2 unended",
    ];
    assert_eq!(traced.lines(), expected);
    assert_eq!((traced.begun(), traced.run.instructions), (12, 12));
}

#[test]
fn prototypes_are_described_before_they_run() {
    let traced = traced("local function f()\n  return 1\nend\nf() f() local function unused() end");
    let prototypes: Vec<_> = traced.prototypes().collect();
    assert_eq!(prototypes, [(0, "=t", 0, 0), (1, "=t", 1, 3)]);
    let first = |is: fn(&Event) -> bool| traced.events.iter().position(is);
    assert!(
        first(|event| matches!(event, Event::Prototype { number: 1, .. }))
            < first(|event| matches!(event, Event::Begun { prototype: 1, .. }))
    );
}

#[test]
fn an_error_ends_what_it_goes_through() {
    let traced = traced("local function f() local x = nil + 1 end local a, b = pcall(function() f() end) error('e')");
    let expected = [
        "1 CALL pcall function2 -> r1 = false, r2 = 't:1: attempt to perform arithmetic on a nil valu'",
        "3 CALL function1 raised",
    ];
    assert_eq!(traced.only(&["CALL"])[..2], expected);
    assert_eq!(traced.only(&["ADD", "LOADNIL"]), ["4 ADD raised"]);
    assert_eq!(traced.lines().last().map(String::as_str), Some("1 CALL error 'e' unended"));
    assert!(matches!(traced.run.ending, Ending::Raised { .. }));
}

#[test]
fn coroutines_have_depths_of_their_own() {
    let traced = traced(
        "local c = coroutine.wrap(function(a) local b = coroutine.yield(a, 7) return b end)
        local function f() return c(3) end local x, y = f() local z = c('b')",
    );
    let expected = [
        "1 CALL coroutine.wrap function1 -> r0 = function2",
        "1 CALL function3 -> r2 = 3, r3 = 7",
        "1@4 CALL coroutine.yield 3 7 -> r1 = 'b'",
        "1 CALL function2 'b' -> r4 = 'b'",
    ];
    assert_eq!(traced.only(&["CALL"]), expected);
    assert_eq!(
        traced.only(&["TAILCALL"]),
        ["2 TAILCALL function2 3 -> r0 = 3, r1 = 7"],
        "a native takes no frame over"
    );
}

#[test]
fn tail_calls_take_the_frame_over_and_open_results_reach_to_the_top() {
    let traced = traced(
        "local function g(...) return ... end local function f(...) return g(...) end
        local a, b, c = f(1, nil, 3) local t = {f(5, 6)} print(f())",
    );
    let expected = [
        "2 VARARG -> r2 = 1, r3 = nil, r4 = 3",
        "2 TAILCALL function1 1 nil 3 called",
        "2 VARARG -> r1 = 1, r2 = nil, r3 = 3",
        "2 RETURN 1 nil 3 returned",
        "1 CALL function2 5 6 -> r6 = 5, r7 = 6",
        "2 VARARG -> r2 = 5, r3 = 6",
        "2 TAILCALL function1 5 6 called",
        "2 VARARG -> r1 = 5, r2 = 6",
        "2 RETURN 5 6 returned",
        "1 SETLIST table3 5 6",
        "1 CALL function2",
        "2 VARARG",
        "2 TAILCALL function1 called",
        "2 VARARG",
        "2 RETURN returned",
        "1 CALL print",
        "1 RETURN unended",
    ];
    let lines = traced.only(&["VARARG", "TAILCALL", "RETURN", "SETLIST", "CALL"]);
    assert_eq!(lines[0], "1 CALL function2 1 nil 3 -> r2 = 1, r3 = nil, r4 = 3");
    assert_eq!(lines[1..], expected);
}

#[test]
fn metamethods_complete_their_instructions() {
    let traced = traced(
        "local t = setmetatable({}, {__index = function(t, k) return k end, __add = function(a, b) return b end})
        local x = t.k local y = t + 4 t = t .. 'n'",
    );
    let lines = traced.lines();
    let from = lines.iter().position(|line| line.contains("'k'")).expect("the look-up");
    let expected = ["1 GETTABLE -> r1 = 'k'", "2 RETURN 'k' returned", "1 ADD -> r2 = 4", "2 RETURN 4 returned"];
    assert_eq!(lines[from..from + 4], expected);
    assert_eq!(lines.last().map(String::as_str), Some("1 CONCAT unended"));
}

#[test]
fn operands_are_seen_wherever_they_are() {
    let source = "local a, f = 1 do local b = 'closed' f = function() return b end end
        local function g() return a end
        local x, y, z = f(), g(), coroutine.wrap(g)()
        return a == 1, x .. 'k', print, z";
    let mut bytes = Vec::new();
    let mut recorder = keeping(&mut bytes).with_all_operands();
    let run = FerrousEngine::new().trace(&program(source), &LIMITS, &mut recorder);
    let labels = recorder.labels().to_vec();
    drop(recorder);
    let traced = Traced { run, events: unlabelled(&bytes), labels };
    let expected = ["2 GETUPVAL 'closed' -> r0 = 'closed'", "2 GETUPVAL 1 -> r0 = 1", "1@4 GETUPVAL 1 -> r0 = 1"];
    assert_eq!(traced.only(&["GETUPVAL"]), expected, "closed, open, open in another thread");
    assert_eq!(traced.only(&["EQ", "CONCAT"]), ["1 EQ 1 1", "1 CONCAT 'closed' 'k' -> r7 = 'closedk'"]);
    assert!(traced.only(&["GETGLOBAL"]).contains(&"1 GETGLOBAL 'print' -> r8 = print".to_owned()));
}

#[test]
fn finalisers_and_hooks_are_silent() {
    let gone = traced(
        "local p = newproxy(true) getmetatable(p).__gc = function() for i = 1, 100 do end print 'gone' end
        p = nil collectgarbage() local x = 1",
    );
    assert_eq!((gone.run.output.as_slice(), gone.run.instructions, gone.begun()), (&b"gone\n"[..], 13, 13));
    let hooked = traced(
        "local n = 0 debug.sethook(function() n = n + 1 end, 'crl', 1) local x = tostring(5) debug.sethook() return n",
    );
    assert!(matches!(hooked.run.ending, Ending::Returned(_)));
    assert_eq!(hooked.begun(), hooked.run.instructions);
    assert!(hooked.lines().iter().all(|line| line.starts_with("1 ")), "{:?}", hooked.lines());
    assert!(hooked.only(&["CALL"]).contains(&"1 CALL tostring 5 -> r1 = '5'".to_owned()));
}

#[test]
fn a_recorded_run_is_the_same_run() {
    let closing =
        "local p = newproxy(true) getmetatable(p).__gc = function() coroutine.wrap(function() print 'in' end)() end";
    let mut engine = FerrousEngine::new();
    for instructions in [0, 5, 1000, u64::MAX] {
        let limits = Limits { instructions, ..LIMITS };
        for source in ["for i = 1, 20 do print(i) end return 1, 'x'", "error({})", "os.exit(3)", "=", closing] {
            let traced = traced_by(&mut engine, source, &limits);
            let run = engine.run(&program(source), &limits);
            assert_eq!((&traced.run.output, traced.run.instructions), (&run.output, run.instructions), "{source}");
            assert_eq!(traced.run.ending, run.ending, "{source}");
            match (instructions, source == closing) {
                (u64::MAX, _) => assert_eq!(traced.begun() == 0, source == "=", "{source}"),
                (1000, true) => assert!(traced.begun() < run.instructions, "closing is not recorded"),
                _ => assert_eq!(traced.begun(), run.instructions, "{source}"),
            }
        }
    }
}

#[test]
fn a_run_ends_when_the_recorder_wants_no_more() {
    let mut blocks = 0;
    let mut recorder = Recorder::new(Box::new(|_| {
        blocks += 1;
        false
    }));
    let source = "local n = 0 while true do n = n + 1 pcall(function() n = n end) end";
    let run = FerrousEngine::new().trace(&program(source), &LIMITS, &mut recorder);
    assert_eq!(run.ending, Ending::OverBudget);
    assert_eq!(recorder.instructions(), run.instructions);
    assert!((500..5000).contains(&run.instructions), "{}", run.instructions);
    drop(recorder);
    assert_eq!(blocks, 1);
}

#[test]
fn what_the_globals_reach_is_labelled_breadth_first() {
    let labels = traced("").labels;
    let place = |label: &str| labels.iter().position(|other| other == label).unwrap_or_else(|| panic!("no {label}"));
    assert_eq!(labels[..3], ["_G", "arg", "assert"]);
    assert_eq!(place("xpcall") + 1, place("coroutine.create"), "the globals before what is in them");
    assert!(place("io.stdout") < place("io.tmpfile") && place("io.tmpfile") < place("math.abs"));
    assert!(
        !labels.iter().any(|label| label.starts_with("package.loaded.") || label.contains("_G.")),
        "first labels stay"
    );
    let used = traced("local a, b = ('x').upper, _G._G.package.loaded.io.stdout");
    assert_eq!(used.only(&["SELF", "GETTABLE"])[0], "1 GETTABLE -> r0 = string.upper");
    assert!(used.lines().contains(&"1 GETTABLE -> r1 = io.stdout".to_owned()));
}

#[test]
fn objects_in_places_of_dead_ones_have_numbers_of_their_own() {
    let source = "for i = 1, 50 do local t = {} t = nil collectgarbage() end";
    for mut engine in [FerrousEngine::new(), FerrousEngine::with_stress(Stress::WholeCollections)] {
        let made = traced_by(&mut engine, source, &LIMITS).only(&["NEWTABLE"]);
        let expected: Vec<String> = (1..=50).map(|number| format!("1 NEWTABLE -> r4 = table{number}")).collect();
        assert_eq!(made, expected);
    }
}

#[test]
fn prototypes_in_places_of_dead_ones_are_described_anew() {
    let traced = traced("for i = 1, 20 do loadstring('return 1', '=' .. i)() collectgarbage() end");
    let expected: Vec<String> = std::iter::once("=t".into()).chain((1..=20).map(|n| format!("={n}"))).collect();
    assert_eq!(traced.prototypes().map(|(_, source, ..)| source.to_owned()).collect::<Vec<_>>(), expected);
}

#[test]
fn the_names_of_the_dead_are_taken_away() {
    let mut bytes = Vec::new();
    let mut recorder = keeping(&mut bytes);
    let source = "local kept = {} for i = 1, 150000 do local t = {} end return kept";
    FerrousEngine::new().trace(&program(source), &LIMITS, &mut recorder);
    assert!(!recorder.has_many_names());
    drop(recorder);
    let events = unlabelled(&bytes);
    let tables: Vec<u32> = events
        .iter()
        .flat_map(|event| match event {
            Event::Ended { written, .. } => written.as_slice(),
            _ => &[],
        })
        .filter_map(|(_, datum)| if let Datum::Object(Kind::Table, number) = datum { Some(*number) } else { None })
        .collect();
    assert_eq!(tables.len(), 150_001);
    assert!(tables.is_sorted_by(|one, next| one < next), "none has a number that another one has had");
    let Some(Event::Begun { operands, .. }) = events.iter().rev().find(|event| matches!(event, Event::Begun { .. }))
    else {
        panic!("no instruction");
    };
    assert_eq!(*operands, [Datum::Object(Kind::Table, tables[0])], "what lives keeps its name");
}

#[test]
fn prototypes_that_are_gone_are_forgotten() {
    let mut recorder = Recorder::new(Box::new(|_| true));
    let source = "for i = 1, 70000 do loadstring('return 1')() end";
    FerrousEngine::new().trace(&program(source), &LIMITS, &mut recorder);
    assert!(recorder.instructions() > 70_000 * 7, "{}", recorder.instructions());
    assert!(recorder.known() < 70_000, "{}", recorder.known());
}

#[test]
fn looking_closely_changes_no_digest() {
    // A module's table is in a register before any instruction has written it, and another one is made first.
    let source = "local pcall, foreach, module = pcall, table.foreach, module
        local function f(a, b) return a.x + b.x end
        local function see(m) local first = {} local second = m end
        for i = 1, 3000 do
            local t = {x = i} pcall(f, {x = i}, t) foreach({{t}}, function(k, v) t = v[1].x end)
            module('m' .. i, see)
        end";
    let traced = |prepare: fn(&mut Recorder<'_>)| {
        let mut blocks = Vec::new();
        let mut recorder = Recorder::new(Box::new(|block| {
            blocks.push((block.first, block.instructions, block.digest));
            true
        }));
        prepare(&mut recorder);
        FerrousEngine::new().trace(&program(source), &LIMITS, &mut recorder);
        let moments = recorder.take_moments().len();
        drop(recorder);
        (blocks, moments)
    };
    let (plain, _) = traced(|_| ());
    assert!(plain.len() > 5, "{}", plain.len());
    let (close, moments) = traced(|recorder| {
        recorder.detail(1..3);
        recorder.watch(100..20_000);
    });
    assert_eq!((moments, &close), (19_900, &plain));
    assert_eq!(traced(|recorder| recorder.detail(0..u64::MAX)).0, plain);
}
