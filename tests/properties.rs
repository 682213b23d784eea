//! Properties of Ferrous over the corpus and over generated programs: binary chunks survive a round trip unchanged, and a
//! copy of a state goes on as the original does.
#![cfg(feature = "lockstep")]

use std::{fs, path::Path};

use lockstep::lua::bytecode::{dump, undump};
use lockstep::lua::compiler::{CompileOptions, compile};
use lockstep::oracle;
use proptest::prelude::*;

/// As in `tests/seeds.rs`.
const SEEDS: usize = 150;

/// The programs of the corpus, with their paths.
fn seeds() -> Vec<(String, Vec<u8>)> {
    let mut seeds = Vec::new();
    let mut folders = vec![Path::new("corpus/seeds").to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the corpus is there") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "lua") {
                seeds.push((path.display().to_string(), fs::read(&path).expect("readable")));
            }
        }
    }
    assert!(seeds.len() >= SEEDS, "only {} seeds", seeds.len());
    seeds
}

#[test]
fn dumped_seeds_come_back_and_go_out_unchanged() {
    let mut compared = 0;
    for (path, source) in seeds() {
        let Ok(function) = compile(&source, format!("@{path}").as_bytes(), CompileOptions { levels: 0 }) else {
            continue;
        };
        for strip in [false, true] {
            let chunk = dump(&function, strip);
            let loaded = undump(&chunk, b"=again", 0).unwrap_or_else(|error| panic!("{path}: {error}"));
            assert!(dump(&loaded, strip) == chunk, "{path}, strip: {strip}");
        }
        compared += 1;
    }
    println!("{compared} seeds dumped and loaded");
    assert!(compared * 10 >= SEEDS * 7, "only {compared} compile");
}

/// Runs one chunk, copies the state, and expects the copy to do with the other chunk what the original does with it, whichever
/// of them goes first.
fn copy_goes_on(first: &[u8], second: &[u8]) -> Result<(), String> {
    let verdict = oracle::clone::check(first, second);
    verdict.finding().map_or(Ok(()), |finding| Err(finding.to_string()))
}

#[test]
fn a_copy_of_a_state_runs_every_seed_as_the_original_does() {
    let seeds = seeds();
    // Each after the one before it, so that there is something in the state.
    for (before, now) in seeds.iter().zip(&seeds[1..]) {
        copy_goes_on(&before.1, &now.1).unwrap_or_else(|how| panic!("{}, after {}:\n{how}", now.0, before.0));
    }
}

/// What may be left behind in globals, a suspended coroutine and closures over its variables among them.
const LEFT: &[&str] = &[
    "a = {1, 2, 3, x = 'y', [2.5] = true}",
    "b = setmetatable({}, {__index = function(t, k) return k .. '!' end, __call = function(self, n) return n end})",
    "do local n = 0 function c() n = n + 1 return n end function d() return n end end",
    "e = coroutine.create(function(...) local n = 0 f = function() n = n + 10 return n end \
     while true do n = n + select('#', coroutine.yield(n)) end end) coroutine.resume(e)",
    "g = coroutine.wrap(function() pcall(function() g2 = 1 end) for i = 1, 100 do coroutine.yield(i) end end) g()",
    "h = setmetatable({}, {__mode = 'k'}) h[a or 1] = 1 h[{}] = 2",
    "math.randomseed(42) i = math.random(100)",
    "j = {} for k = 1, 50 do j[k] = {k, j[k - 1]} end j[25] = nil",
    "k = ('long string '):rep(20) l = k:gsub('o', '0')",
    "m = loadstring('return ..., a') setfenv(m, {a = 5})",
    "n = ('a b c'):gmatch('%a') n()",
    "setmetatable(_G, {__newindex = function(t, k, v) rawset(t, k, v) end})",
    "o = newproxy(true) getmetatable(o).__index = function() return 7 end",
    "p = string.dump(function(x) return x end)",
    "error('stopped here')",
    "local function q() return 1 + q() end q()",
    "for r = 1, 1e9 do s = r end",
];

/// What looks at what was left.
const LOOKS: &[&str] = &[
    "for k, v in pairs(a or {}) do print(k, v) end a = nil",
    "if b then print(b.x, b(3)) end",
    "if c then print(c(), c(), d()) end",
    "if e then print(coroutine.resume(e, 1, 2)) print(f(), coroutine.resume(e), f(), coroutine.status(e)) end",
    "if g then print(pcall(g)) end",
    "collectgarbage() if h then local n = 0 for k in pairs(h) do n = n + 1 end print(n) end",
    "print(i, math.random(1000), math.random())",
    "if j then print(#j, j[50], j[1][2]) end",
    "print(k, l, k == ('long string '):rep(20))",
    "if m then print(m(1)) end",
    "if n then print(n(), n()) end",
    "t = 1 print(t, tostring(print), tostring({}), tostring(_G))",
    "if o then print(o.x, type(o)) end",
    "if p then print(loadstring(p)(9)) end",
    "print(s) u = {} for v = 1, 300 do u[v] = {} end return collectgarbage('count'), u",
    "return a, b, c, e, pcall(error, h)",
];

fn chunk(statements: &'static [&'static str]) -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(statements), 0..8).prop_map(|parts| {
        let (last, before) = parts.split_last().map_or(("", &[][..]), |(last, before)| (*last, before));
        // A `return` can only come last.
        let kept: Vec<&str> = before
            .iter()
            .copied()
            .filter(|part| !part.contains("return collect") && !part.starts_with("return"))
            .collect();
        format!("{}\n{last}", kept.join("\n"))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_copy_of_a_state_does_what_the_original_does(first in chunk(LEFT), second in chunk(LOOKS)) {
        copy_goes_on(first.as_bytes(), second.as_bytes()).map_err(TestCaseError::fail)?;
    }
}

#[test]
fn everything_that_the_properties_are_made_of_compiles() {
    for part in LEFT.iter().chain(LOOKS) {
        compile(part.as_bytes(), b"=part", CompileOptions { levels: 0 }).unwrap_or_else(|_| panic!("{part}"));
    }
}
