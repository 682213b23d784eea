//! Hostile programs under trace: they end as they do without it, do the same on both engines, and nothing crashes.

use std::{path::Path, time::Duration};

use lockstep::{
    diagnose::{Located, Subject, locate},
    engine::{Engine, Limits, Program, TraceEngine, TraceOrder, ferrous::FerrousEngine},
    report::trace::divergence,
    script,
};

use crate::tracer::tracer;

const TIMEOUT: Duration = Duration::from_secs(60);
const LIMITS: Limits = Limits { instructions: 3_000_000, memory: 256 << 20 };

fn program(source: &str) -> Program {
    script::program("hostile.lua".as_ref(), source.into(), &[])
}

/// Both traces are the same, have so many instructions at least, and the run ends as it does when nobody looks.
#[track_caller]
fn check(at_least: u64, source: &str) {
    let program = program(source);
    let [reference, ferrous] = ["reference", "ferrous"].map(|engine| tracer(engine, Path::new("."), TIMEOUT));
    let left = Subject { engine: &reference, program: &program };
    let right = Subject { engine: &ferrous, program: &program };
    match locate(left, right, &LIMITS) {
        Ok(Located::Same { instructions, .. }) => assert!(instructions >= at_least, "only {instructions}: {source}"),
        Ok(Located::Diverged(found)) => panic!("{source}\n{}", divergence::text(&found, &program)),
        other => panic!("{source}\n{other:?}"),
    }
    let untraced = FerrousEngine::new().run(&program, &LIMITS);
    let traced = ferrous.start(&TraceOrder::whole(program, LIMITS)).and_then(lockstep::engine::TracedRun::finish);
    let traced = traced.unwrap_or_else(|error| panic!("{source}\n{error}"));
    let kind = std::mem::discriminant::<lockstep::engine::Ending>;
    assert_eq!(kind(&traced.run.ending), kind(&untraced.ending), "{source}: {:?}", traced.run.ending);
    assert_eq!((traced.run.output, traced.run.instructions), (untraced.output, untraced.instructions), "{source}");
}

#[test]
fn errors_in_error_handlers() {
    check(3, "print(xpcall(function() error('a') end, function() error('b') end))");
    check(3, "print(xpcall(function() local x = nil + 1 end, function(m) return m .. nil end))");
    check(3, "local function h() return xpcall(error, h) end print(xpcall(error, h))");
    check(3, "print(pcall(error, setmetatable({}, { __tostring = function() error('c') end })))");
    check(3, "error(setmetatable({}, { __index = function() error('d') end }))");
    check(5, "local function f() return xpcall(f, f) end print(f())");
    check(3, "local ok, m = pcall(pcall, error, {}) print(ok, m) error()");
}

#[test]
fn yields_across_protected_calls_and_metamethods() {
    check(3, "print(coroutine.wrap(function() return pcall(coroutine.yield, 1) end)())");
    check(
        3,
        "local t = setmetatable({}, { __index = coroutine.yield }) print(pcall(coroutine.wrap(function() return t.x end)))",
    );
    check(3, "print(pcall(coroutine.wrap(function() table.sort({ 3, 1, 2 }, coroutine.yield) end)))");
    check(3, "print(pcall(coroutine.wrap(function() string.gsub('abc', '.', coroutine.yield) end)))");
    check(3, "print(pcall(coroutine.wrap(function() for a in coroutine.yield do end end), 1))");
    check(3, "local c = coroutine.create(function() error({}) end) print(coroutine.resume(c), coroutine.resume(c))");
    check(3, "local c c = coroutine.create(function() print(coroutine.resume(c)) end) print(coroutine.resume(c))");
    check(
        100,
        "local function nest(n) if n == 0 then return 0 end return 1 + coroutine.wrap(nest)(n - 1) end print(pcall(nest, 150))",
    );
    check(100, "local function nest(n) return 1 + coroutine.wrap(nest)(n + 1) end print(pcall(nest, 1))");
    check(
        1000,
        "for i = 1, 500 do local c = coroutine.create(function() coroutine.yield(i) end) coroutine.resume(c) end",
    );
}

#[test]
fn deep_recursion() {
    check(1000, "local function f(n) return 1 + f(n + 1) end print(pcall(f, 1))");
    check(1000, "local function f(n) local ok, m = pcall(f, n + 1) return m end print(f(1))");
    check(1000, "local function f() return f() end f()");
    check(200, "local function f(s) return (s:gsub('.', f)) end print(pcall(f, 'x'))");
    check(
        200,
        "local t = setmetatable({}, {}) getmetatable(t).__index = function(t, k) return t[k] end print(pcall(function() return t.x end))",
    );
    check(
        200,
        "local t = setmetatable({}, {}) getmetatable(t).__eq = function(a, b) return a == b end print(pcall(function() return t == setmetatable({}, getmetatable(t)) end))",
    );
    check(
        3,
        "local t = {} for i = 1, 200 do t = setmetatable({}, { __index = t }) end print(pcall(function() return t.x end))",
    );
    check(3, "print(pcall(string.rep, 'x', -1), pcall(loadstring, ('('):rep(1000)))");
    check(3, "print(select('#', unpack({}, 1, 5000)), pcall(unpack, {}, 1, 1e6))");
}

#[test]
fn debug_meddling() {
    check(
        5,
        "local n = 0 debug.sethook(function() n = n + 1 end, 'l')\nlocal a = 1\nlocal b = 2\ndebug.sethook() print(n)",
    );
    check(
        5,
        "debug.sethook(function(event) print(event) end, 'cr') local function f() return 1 end f() pcall(f) debug.sethook()",
    );
    check(5, "debug.sethook(function() error('in hook') end, 'l')\nlocal a = 1\nprint(a)");
    check(3, "debug.sethook(print, 'crl', 1) debug.sethook() print(debug.gethook())");
    check(5, "local function f() local a = 1 debug.setlocal(1, 1, 'x') return a end print(f())");
    check(5, "local u = 1 local function f() return u end debug.setupvalue(f, 1, 2) print(f(), u)");
    check(3, "local function f() for i = 1, 3 do debug.setlocal(1, 4, 'x') end end print(pcall(f))");
    check(3, "local function f(...) local a for i = 1, 9 do a = debug.getlocal(1, i) end return a end print(f(1, 2))");
    check(
        3,
        "debug.setmetatable(nil, { __index = function() return 1 end }) local x = nil print(x.y) debug.setmetatable(nil, nil)",
    );
    check(3, "debug.setmetatable(print, { __call = 1, __add = function(a, b) return b end }) print(print + 5)");
    check(
        3,
        "for k in pairs(debug.getregistry()) do if type(k) == 'string' then local v = debug.getregistry()[k] end end",
    );
    check(3, "setfenv(1, setmetatable({}, { __index = _G })) x = 1 print(x, _G.x)");
    check(
        3,
        "local co = coroutine.create(function(a) local b = a coroutine.yield(b) end) coroutine.resume(co, 1) print(debug.getlocal(co, 1, 1), debug.setlocal(co, 1, 2, 7), coroutine.resume(co))",
    );
    check(
        3,
        "print(debug.traceback(coroutine.create(print)), debug.getinfo(1, 'S').what, pcall(debug.getinfo, 1, '>'))",
    );
    check(3, "local f = loadstring(string.dump(function(a) return a + 1 end)) print(f(1), pcall(f))");
    check(
        3,
        "_G.print = nil string.format = nil local t = {} t[t] = t setmetatable(_G, { __index = function(_, k) return k end }) return undefined",
    );
}

#[test]
fn collection_at_every_step() {
    check(
        1000,
        "collectgarbage('setpause', 0) collectgarbage('setstepmul', 1000000) local t for i = 1, 300 do t = { i, {}, function() return t end } end print(#t)",
    );
    check(1000, "for i = 1, 200 do local t = {} collectgarbage() t[i] = i collectgarbage('step', 0) end");
    check(
        300,
        "local n = 0 for i = 1, 50 do local p = newproxy(true) getmetatable(p).__gc = function() n = n + 1 end end collectgarbage() collectgarbage() print(n)",
    );
    check(
        5,
        "local p = newproxy(true) getmetatable(p).__gc = function() error('in finaliser') end p = nil print(pcall(collectgarbage))",
    );
    check(
        5,
        "local kept local p = newproxy(true) getmetatable(p).__gc = function(o) kept = o end p = nil collectgarbage() collectgarbage() print(type(kept))",
    );
    check(
        300,
        "local w = setmetatable({}, { __mode = 'kv' }) for i = 1, 100 do w[i] = {} end collectgarbage() local n = 0 for _ in pairs(w) do n = n + 1 end print(n)",
    );
    check(
        3,
        "local p = newproxy(true) getmetatable(p).__gc = function() print('closing') coroutine.wrap(function() print('deep') end)() end",
    );
    check(1000, "for i = 1, 300 do loadstring('return ' .. i)() if i % 50 == 0 then collectgarbage() end end");
}

#[test]
fn other_processes_and_streams() {
    check(3, "os.execute('echo out; echo err >&2; cat')");
    check(5, "local p = io.popen('cat; echo done') print(p:read('*a')) p:close()");
    check(5, "local p = io.popen('cat', 'w') p:write('written') p:close()");
    check(5, "io.write('x') io.stdout:write('y') io.stdout:flush() print(io.read())");
    check(5, "io.stdout:setvbuf('no') io.output():write('z') print(io.stdin:read('*n'), io.stdin:close())");
    check(5, "io.stdout:close() print(pcall(io.write, 'x'))");
}

#[test]
fn ends_in_the_middle() {
    check(3, "print('a') os.exit(3) print('b')");
    check(3, "pcall(function() os.exit(0) end)");
    check(3, "coroutine.wrap(function() os.exit(1) end)()");
    check(LIMITS.instructions, "while true do end");
    check(LIMITS.instructions, "while true do pcall(error) end");
    check(LIMITS.instructions, "local function f() return pcall(f) end while true do f() end");
    check(0, "return + ");
    check(1, "");
}
