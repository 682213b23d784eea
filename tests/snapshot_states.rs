//! A state that is put back to what it was when it was new does what a new state does: the same output, end, traceback and count of
//! instructions for every program, and the same chunk or message from the compiler, whatever ran in it before.
//!
//! What is compared is all of a run, with addresses renamed as `outcome::normalise` does it. Memory is not a field of a run; that it is
//! accounted for alike shows in where programs run into their bound, and in what `collectgarbage("count")` says.
#![cfg(feature = "lockstep")]

use std::{cell::RefCell, fs, path::PathBuf, thread};

use lockstep::{
    engine::{
        Ending, Engine, Limits, Program, Run,
        reference::{ReferenceEngine, STACK_SIZE, SnapshotEngine},
    },
    generate::{Choices, program::generate},
    outcome::normalise,
    script,
};
use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{RngSeed, TestRunner},
};

/// There are at least so many seeds: a folder that is empty, or is not found, must not pass for sameness.
const SEEDS: usize = 150;

/// Enough for most programs, and little enough for those that never end.
const LIMITS: Limits = Limits { instructions: 200_000, memory: 16 << 20 };

/// The bounds of what runs before, and of programs that run often: deep recursion and large blocks are within them.
const SHORT: Limits = Limits { instructions: 100_000, memory: 4 << 20 };

/// Programs that leave behind what a next one might find: bytes in blocks, settings of the collector, changed libraries, metatables
/// of types, open files, hooks, blocks of every size, and a state that was stopped in the middle. No endless finaliser is among them:
/// no instruction of a finaliser is counted.
const TROUBLESOME: &[&str] = &[
    "print(collectgarbage('count'), collectgarbage('setpause', 50), collectgarbage('setstepmul', 1000), gcinfo())",
    "collectgarbage('stop') for i = 1, 5000 do local t = {i} end print(collectgarbage('count'))",
    "for i = 1, 20 do collectgarbage('step', i) print(collectgarbage('count')) local t = {i, {i .. 'x'}} end",
    "collectgarbage() print(collectgarbage('count')) collectgarbage() print(collectgarbage('count'))",
    "getmetatable('').__index = function(s, k) return k end print(('x').anything) string.rep = nil",
    "getmetatable('').__add = print debug.setmetatable(1, {__call = print}) debug.setmetatable(nil, {__index = print})
     debug.setmetatable(print, {__tostring = error}) debug.setmetatable(true, {__gc = print})",
    "package.loaded.string = 'gone' package.path = 'nowhere' package.preload.x = function() return 7 end print(require 'x')
     module('left.behind', package.seeall) y = 1",
    "for k in pairs(_G) do if k ~= 'print' then _G[k] = nil end end print(next(_G) == 'print')",
    "setmetatable(_G, {__index = function(_, k) return k end, __newindex = error}) print(undefined)",
    "math.randomseed(42) print(math.random(), math.random(1000)) math.randomseed(7)",
    "print(math.random(), math.random(1000), math.random(-5, 5))",
    "local f = io.tmpfile() f:write(('x'):rep(20000)) kept = f print(io.type(f), f:seek())",
    "local f = io.tmpfile() io.output(f) io.write('not seen') io.input(f) print(io.read())",
    "io.output():setvbuf('full', 64) io.write('buffered ') print 'and more' io.write('rest')",
    "io.stdin:setvbuf('no') print(io.stdin:write('x'), io.stdin:seek('set', 100), io.stdin:seek('end'), io.read('*n', '*l', 5))",
    "print(io.stdin:read(0), io.stdin:read('*a'), io.lines()(), io.stdin:close(), io.close())",
    "for _, f in ipairs {io.stdin, io.stdout, io.stderr} do print(io.type(f), getmetatable(f) == getmetatable(io.stdin)) end
     getmetatable(io.stdout).__gc = function(f) print('closing', io.type(f)) end",
    "getmetatable(io.stdout).__index = nil getmetatable(io.stdout).__gc = nil io.stdout = nil",
    "debug.setfenv(io.stdout, {__close = type}) print(pcall(io.close, io.stdout))",
    "kept = newproxy(true) getmetatable(kept).__gc = function() print('closed', kept, string, collectgarbage('count')) end",
    "for i = 1, 5 do local p = newproxy(true) getmetatable(p).__gc = function() print(i) error {i} end _G[i] = p end",
    "local function again() local p = newproxy(true) getmetatable(p).__gc = function() print 'again' again() end kept = p end again()
     collectgarbage() collectgarbage()",
    "local p = newproxy(true) getmetatable(p).__gc = function() error('in a finaliser') end p = nil collectgarbage()",
    "kept = newproxy(true) getmetatable(kept).__gc = function() local t = {} for i = 1, 1e6 do t[i] = {} end end",
    "kept = newproxy(true) getmetatable(kept).__gc = function() os.exit(9) end print 'exits'",
    "kept = newproxy(true) getmetatable(kept).__gc = function() print(coroutine.wrap(function() return ('x'):rep(50) end)()) end",
    "local co = coroutine.wrap(function() for i = 1, 100 do coroutine.yield(i, {}) end end) print(co(), co()) suspended = co",
    "kept = {} for i = 1, 300 do kept[i] = coroutine.create(function() coroutine.yield() end) coroutine.resume(kept[i]) end",
    "coroutine.wrap(function() error(setmetatable({}, {__tostring = function() return 'E' end})) end)()",
    "local function f() return f() + 1 end print(pcall(f)) f()",
    "local function f() return pcall(f) end print(f())",
    "local n = 0 local function f() n = n + 1 string.gsub('a', 'a', f) end print(pcall(f), n) f()",
    "local t = {} for i = 1, 30000 do t[i] = i end for i = 1, 3000 do t[i .. ''] = {i} end print(#t)",
    "local s = ('0123456789'):rep(300000) print(#s, #(s .. s), #s:upper(), s:byte(-1)) return s:sub(1, 40000)",
    "local s = '' for i = 1, 3000 do s = s .. i .. ',' end print(#s) local t = {} for i = 1, 3000 do t[i] = s:sub(i) end print(#t)",
    "local t = {} while true do t[#t + 1] = ('x'):rep(#t * 100) end",
    "local s = 'x' while true do s = s .. s end",
    "pcall(function() local s = 'x' while true do s = s .. s end end) print 'not reached'",
    "while true do pcall(string.rep, 'x', 1e9) end",
    "while true do end",
    "pcall(function() while true do end end) while true do end",
    "print 'before' os.exit(3)",
    "pcall(os.exit, 256) print 'not reached'",
    "kept = newproxy(true) getmetatable(kept).__gc = print os.exit()",
    "debug.sethook(function(event, line) last = line end, 'crl', 3) local function f() return 1 end f() f()
     print(debug.gethook()) hooked = coroutine.create(f) debug.sethook(hooked, print, 'l') print(debug.gethook(hooked))",
    "print(debug.gethook()) print(last, hooked, kept, suspended, left)",
    "local r = debug.getregistry() for k, v in pairs(r) do if type(k) == 'string' then r[k] = nil end end print(io.type(io.stdout))",
    "debug.getregistry()._LOADED = nil print(pcall(require, 'string')) print(pcall(io.open, 'no/such/file'))",
    "debug.setupvalue(print, 1, 2) for k, v in pairs(package) do print(k, type(v)) end package.loaders = nil",
    "local names = {} for name, library in pairs(package.loaded) do for k in pairs(library) do names[#names + 1] = name .. '.' .. tostring(k) end end
     table.sort(names) print(table.concat(names, ' '))",
    "for _, library in pairs {string, table, math, os, io, coroutine, debug} do for k in pairs(library) do library[k] = nil end end",
    "print(loadstring(string.dump(function(...) return ..., {} end))(1), loadstring('x ='), load(function() error('no') end))",
    "print(tostring(print):match '^%a+', tostring({}), {}, print, io.stdout, newproxy(), coroutine.create(print))",
    "return {}, print, io.stdin, coroutine.create(print), {}, 'text', 0/0, -0, nil, false",
    "error({})",
    "error('at level 2', 2)",
    "error()",
    "xpcall(function() error('x') end, function(m) error(m) end) error('x', 0)",
    "goto = = 1",
    "x = \"unfinished",
    "\u{1b}Lua",
    "os.setlocale('C') print(os.time {year = 2000, month = 1, day = 1, hour = 12}, os.getenv('NO_SUCH_VARIABLE'))",
    "arg[0] = nil arg = nil print(...)",
    "",
];

fn program(chunk: impl Into<Vec<u8>>) -> Program {
    Program { chunk: chunk.into(), name: b"=t".to_vec(), arguments: Vec::new(), script: b"t.lua".to_vec() }
}

/// An engine whose state has seen much, beside one that makes a new one every time.
struct Engines {
    kept: SnapshotEngine,
    fresh: ReferenceEngine,
}

impl Engines {
    fn new() -> Self {
        Self { kept: SnapshotEngine::new(), fresh: ReferenceEngine::new() }
    }

    /// What the engines do differently with a program, if anything.
    fn difference(&mut self, program: &Program, limits: &Limits) -> Option<String> {
        let kept = self.kept.compile(&program.chunk, &program.name);
        let fresh = self.fresh.compile(&program.chunk, &program.name);
        if kept != fresh {
            return Some(format!("compiled\nin a new state: {fresh:?}\nin one put back: {kept:?}"));
        }
        let [kept, fresh] =
            [self.kept.run(program, limits), self.fresh.run(program, limits)].map(|run| normalise(&run));
        (kept != fresh).then(|| format!("with {limits:?}\nin a new state: {fresh:?}\nin one put back: {kept:?}"))
    }

    /// The difference between the engines, where the kept state runs this before, without a look at it. What is not there again is
    /// none: a second may have passed between two runs of a program that shows the time.
    fn difference_after(&mut self, before: &str, program: &Program, limits: &Limits) -> Option<String> {
        let mut look = || {
            self.kept.run(&self::program(before), &SHORT);
            self.difference(program, limits)
        };
        let difference = look().and_then(|_| look())?;
        Some(format!("after {before:?}:\n{difference}"))
    }
}

/// Does this on a thread with as much stack as programs need.
fn on_a_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let thread = thread::Builder::new().stack_size(2 * STACK_SIZE).spawn(work).expect("a thread");
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// The memory bounds under which a program is run: none that it notices, and some that it runs into wherever it is.
fn bounds(number: usize) -> [Limits; 3] {
    let tight = 25_000 + (number * 7_919) % 60_000;
    [LIMITS, Limits { memory: tight as u64, ..LIMITS }, Limits { instructions: 7 * number as u64 % 3_000, ..LIMITS }]
}

#[test]
fn every_seed_of_the_corpus_runs_as_in_a_new_state() {
    let (files, unusable) = script::find(&[PathBuf::from("corpus/seeds")]);
    assert!(unusable.is_empty(), "unusable: {unusable:?}");
    assert!(files.len() >= SEEDS, "only {} seeds", files.len());
    on_a_thread(move || {
        let mut engines = Engines::new();
        let differing = files.iter().enumerate().filter_map(|(number, file)| {
            let program = script::read(file, &[]).expect("a readable seed");
            let before = TROUBLESOME[number % TROUBLESOME.len()];
            let mut bounds = bounds(number).into_iter();
            let difference = bounds.find_map(|limits| engines.difference_after(before, &program, &limits));
            difference.map(|difference| format!("{}: {difference}", file.display()))
        });
        let differing = differing.collect::<Vec<_>>();
        assert!(differing.is_empty(), "{} seeds:\n{}", differing.len(), differing.join("\n\n"));
    });
}

/// Every one of them after several others.
#[test]
fn no_program_finds_what_another_one_left() {
    const DISTANCES: [usize; 8] = [0, 1, 2, 5, 11, 19, 29, 43];
    on_a_thread(|| {
        let mut kept = SnapshotEngine::new();
        let mut fresh: Vec<Run> = Vec::new();
        for (number, source) in TROUBLESOME.iter().enumerate() {
            let new = normalise(&ReferenceEngine::new().run(&program(*source), &SHORT));
            for distance in DISTANCES {
                let before = TROUBLESOME[(number + distance) % TROUBLESOME.len()];
                kept.run(&program(before), &SHORT);
                let run = normalise(&kept.run(&program(*source), &SHORT));
                assert!(run == new, "{source:?} after {before:?}:\nin a new state: {new:?}\nin one put back: {run:?}");
            }
            fresh.push(new);
        }
        let ends = |wanted: fn(&Ending) -> bool| fresh.iter().filter(|run| wanted(&run.ending)).count();
        let counts = [
            ends(|ending| matches!(ending, Ending::Returned(_))),
            ends(|ending| matches!(ending, Ending::Raised { .. })),
            ends(|ending| matches!(ending, Ending::Refused(_))),
            ends(|ending| matches!(ending, Ending::Exited(_))),
            ends(|ending| *ending == Ending::OverBudget),
            ends(|ending| *ending == Ending::OverMemory),
        ];
        assert!(counts.iter().all(|count| *count >= 2), "every way to end is among them: {counts:?}");
    });
}

/// The account of memory is the same byte by byte: the bound is met at the same instruction wherever it lies.
#[test]
fn memory_runs_out_at_the_same_instruction() {
    on_a_thread(|| {
        let mut engines = Engines::new();
        let source = "local t = {} for i = 1, 200 do t[i] = {i .. 'x', function() return i end} end print(#t)";
        let mut over = 0;
        for memory in (25_000..130_000).step_by(101) {
            let limits = Limits { memory, ..LIMITS };
            assert_eq!(engines.difference(&program(source), &limits), None);
            over += u32::from(engines.kept.run(&program(source), &limits).ending == Ending::OverMemory);
        }
        assert!((100..1000).contains(&over), "{over}");
    });
}

#[test]
fn files_are_closed_with_what_was_written_to_them() {
    on_a_thread(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut kept = SnapshotEngine::new();
        let names = (0..1100).map(|number| folder.path().join(format!("{number}")));
        // More than most processes may have open.
        for name in names {
            let source = format!("file = io.open({name:?}, 'w') file:write('written') file:seek('cur') print 'ok'");
            assert_eq!(kept.run(&program(source), &LIMITS).output, b"ok\n");
            assert_eq!(fs::read(&name).expect("written"), b"written");
            fs::remove_file(&name).expect("removed");
        }
    });
}

#[test]
fn generated_programs_run_as_in_a_new_state() {
    on_a_thread(|| {
        let engines = RefCell::new(Engines::new());
        let cases = (vec(any::<u8>(), 0..3000), 0..TROUBLESOME.len(), any::<u16>());
        let mut runner = TestRunner::new(ProptestConfig {
            cases: 100,
            failure_persistence: None,
            rng_seed: RngSeed::Fixed(1),
            ..ProptestConfig::default()
        });
        let result = runner.run(&cases, |(bytes, before, number)| {
            let program = program(generate(&mut Choices::new(&bytes)).source);
            for limits in bounds(number.into()) {
                let difference = engines.borrow_mut().difference_after(TROUBLESOME[before], &program, &limits);
                prop_assert!(difference.is_none(), "{}", difference.unwrap_or_default());
            }
            Ok(())
        });
        result.unwrap_or_else(|failure| panic!("{failure}"));
    });
}
