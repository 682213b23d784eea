//! What lies around a program: files, the system, the debugger, environments, the collector, modules.
//!
//! Nothing here changes what outlives the run: no file but temporary ones is written, and paths that are to be missing lie in a folder that
//! does not exist. What differs from run to run is shown by its type, by a rule.

use super::builder::Builder;
use super::rules::Rule;
use super::template::expand;

/// One of these snippets, in a block of its own; the rules of its name are applied.
fn snippet(builder: &mut Builder<'_, '_>, snippets: &[(&str, Option<Rule>)]) {
    let (template, rule) = *builder.choices.pick(snippets);
    if let Some(rule) = rule
        && !builder.may_show(rule)
    {
        return;
    }
    let text = expand(builder, template);
    builder.line(&format!("do {text} end"));
}

const FILES: [(&str, Option<Rule>); 37] = [
    ("try(function() for line in io.lines(\".\") do show(line) end end)", None),
    ("local f = io.tmpfile() f:close() show(getmetatable(f).__tostring(f)) show(pcall(getmetatable(f).__gc, f))", None),
    (
        "local f = io.tmpfile(); show(f:write($s, $d, \"\\n\")); show(f:seek(\"set\")); show(f:read(\"*a\")); f:close()",
        None,
    ),
    (
        "local f = io.tmpfile(); f:write(\"12 0x1F -3.5 x\\nline\\n\"); f:seek(\"set\"); show(f:read(\"*n\", \"*n\", \"*n\", \"*n\", \"*l\", \"*l\")) f:close()",
        None,
    ),
    (
        "local f = io.tmpfile(); f:write(\"a\\nb\\n\\nc\"); f:seek(\"set\"); for line in f:lines() do show(line) end show(f:read(0), f:read(1), f:seek(\"cur\", $i)) f:close()",
        None,
    ),
    (
        "local f = io.tmpfile(); show(io.type(f), f:close(), io.type(f), io.type($a)) try(f.read, f) try(function() return f:write(1) end) show(pcall(tostring, f) and \"shown\")",
        Some(Rule::Addresses),
    ),
    (
        "local f = io.tmpfile(); show(f:setvbuf(\"no\"), f:setvbuf(\"full\", 64), f:setvbuf(\"line\")) try(f.setvbuf, f, \"x\") try(f.seek, f, \"x\") f:close()",
        None,
    ),
    ("show(io.open(\"no/such/file\"))", None),
    ("show(io.open(\"no/such/file\", \"w\"))", None),
    ("try(io.lines, \"no/such/file\")", None),
    ("try(io.input, \"no/such/file\") try(io.output, \"no/such/file\")", None),
    ("show(io.read()) show(io.read(\"*n\")) show(io.read(\"*a\")) show(io.read(0))", None),
    (
        "try(io.read, \"*x\") try(io.read, \"x\") try(io.read, {}) try(function() return io.stdin:read(\"*q\") end)",
        None,
    ),
    ("show(io.write($s, $d) == io.stdout) io.write(\"\\n\")", None),
    ("try(io.write, {}) try(io.write, $w)", None),
    ("show(io.output() == io.stdout, io.input() == io.stdin, io.type(io.stderr)) io.flush() io.stdout:flush()", None),
    ("show(pcall(io.close, io.stderr))", None),
    (
        "local f = io.tmpfile(); io.output(f); io.write($s); io.output(io.stdout); f:seek(\"set\"); io.input(f); show(io.read(\"*a\")); io.input(io.stdin); f:close()",
        None,
    ),
    ("local f = io.tmpfile(); io.input(f); f:close(); try(io.read) try(io.lines) io.input(io.stdin)", None),
    ("local f = io.tmpfile(); io.output(f); f:close(); try(io.write, 1) io.output(io.stdout)", None),
    (
        "local f = io.tmpfile(); f:write(\"x\\ny\\n\") f:seek(\"set\") local next_line = f:lines() show(next_line()) f:close() try(next_line)",
        None,
    ),
    (
        "local f = io.tmpfile(); io.input(f) local next_line = io.lines() show(next_line()) try(next_line) io.input(io.stdin) f:close()",
        None,
    ),
    ("local f = io.tmpfile(); show(pcall(getmetatable(f).__gc, f), pcall(f.read, f)) show(io.type(f))", None),
    ("try(io.stdout.seek) try(io.stdout.seek, 1) try(function() return io.stdout.seek(\"x\") end) try(io.type)", None),
    (
        "try(function() return io.stdout.nothing() end) try(function() local f = io.stdout return f.write() end) try(function() return (\"x\"):rep() end)",
        None,
    ),
    ("local f = io.popen(\"echo one; echo two\"); if f then show(f:read(), f:read(\"*a\"), f:close()) end", None),
    ("try(io.popen, $w) try(io.open) try(io.open, $w, \"r\") try(io.close, $w)", None),
    ("show(loadfile(\"no/such/file\")) try(dofile, \"no/such/file\")", None),
    ("show(io.open(\".\") and \"folder\") local f = io.open(\".\") show(f and f:read(1)) show(loadfile(\".\"))", None),
    ("local f = io.open(\"no/such\\0file\") show(f)", None),
    (
        "local name = os.tmpname() local f = io.open(name, \"w\") f:write(\"return 1 + $d, ...\") f:close() show(pcall(dofile, name)) show((loadfile(name))(2)) for l in io.lines(name) do show(l) end show(os.remove(name))",
        Some(Rule::TemporaryName),
    ),
    (
        "local name = os.tmpname() local f = io.open(name, \"wb\") f:write(string.dump(function(a) return a, $d end)) f:close() show(loadfile(name)(3)) show(os.rename(name, name .. \"x\")) show(os.remove(name .. \"x\"))",
        Some(Rule::TemporaryName),
    ),
    (
        "local name = os.tmpname() local f = io.open(name, \"w\") f:write(\"# first\\nreturn $d\") f:close() show(pcall(dofile, name)) f = io.open(name, \"a+\") show(f:write(\"!\"), f:seek(\"end\")) f:close() os.remove(name)",
        Some(Rule::TemporaryName),
    ),
    (
        "local name = os.tmpname() local f = io.open(name, \"r\") show(f:read(\"*a\"), f:write(\"x\")) f:close() os.remove(name)",
        Some(Rule::TemporaryName),
    ),
    ("io.output():write($s, \"\\n\")", None),
    (
        "local f = io.tmpfile() io.lines() f:write(1, 2, 0.5, -0) f:seek(\"set\", 1) show(f:read(2, 3, 10, 10)) f:close()",
        None,
    ),
    ("local f = io.tmpfile() io.output(f) show(io.close()) io.output(io.stdout)", None),
];

/// Something done with files.
pub fn files(builder: &mut Builder<'_, '_>) {
    snippet(builder, &FILES);
}

const SYSTEM: [(&str, Option<Rule>); 20] = [
    ("show(type(os.clock()), type(os.time()), type(os.date()))", Some(Rule::Clock)),
    ("show(os.time({year = 2001, month = $c, day = $i, hour = $c}))", None),
    ("try(os.time, {year = 2001}) try(os.time, {year = 2001, month = \"x\", day = 1})", None),
    ("show(os.date(\"!%Y-%m-%d %H:%M:%S\", math.floor(positive($n)) % 2^31))", Some(Rule::IntegerRange)),
    (
        "show(os.date(\"!*t\", math.floor(positive($n)) % 2^31)) show(os.date(\"!%a %A %b %B %c %d %H %I %j %m %M %p %S %U %w %W %x %X %y %%\", $c))",
        Some(Rule::IntegerRange),
    ),
    ("show(os.date(\"*t\", $c * 86400)) show(os.difftime($c, $c))", None),
    ("show(os.getenv(\"LOCKSTEP_IS_NOT_SET\")) show(type(os.getenv(\"PATH\")))", Some(Rule::System)),
    ("show(os.remove(\"no/such/file\")) show(os.rename(\"no/such/file\", \"no/such/other\"))", None),
    (
        "show(os.setlocale(), os.setlocale(\"C\"), os.setlocale(\"no such locale\"), os.setlocale(nil, \"numeric\")) try(os.setlocale, \"C\", \"x\")",
        None,
    ),
    ("show(os.execute() ~= 0, os.execute(\"exit 3\"))", Some(Rule::System)),
    ("local name = os.tmpname() show(type(name), os.remove(name) and true)", Some(Rule::TemporaryName)),
    ("try(os.date, {}) try(os.difftime) try(os.execute, $w) try(os.getenv) try(os.remove) try(os.rename, $s)", None),
    ("show(kinds(package.loadlib(\"no/such/library\", \"f\")))", Some(Rule::DynamicLibraries)),
    ("try(package.loadlib) try(os.exit, {})", None),
    ("math.randomseed($c) show(math.random(), math.random($c + 1), math.random(-3, $c))", None),
    ("try(math.random, 0) try(math.random, 2, 1) try(math.random, 1, 2, 3) try(math.randomseed)", None),
    ("try(os.time, {year = 2001, month = 1}) try(os.date, \"%Y\", {})", None),
    ("show(_VERSION, type(arg), #arg)", None),
    ("show(os.date(\"%\", 0)) show(os.date(\"!%H\\0%M\", 60)) show(#os.date(\"\", 0))", None),
    ("if $b and $b and $b then os.exit($c) end", None),
];

/// Something asked of the system.
pub fn system(builder: &mut Builder<'_, '_>) {
    snippet(builder, &SYSTEM);
}

const DEBUG: [(&str, Option<Rule>); 34] = [
    (
        "show(debug.traceback($s)) show(debug.traceback($s, $c)) show(debug.traceback({}), debug.traceback(nil, 1))",
        None,
    ),
    (
        "local function f(a, b) for i = 1, 3 do show(debug.getlocal(1, i)) end show(debug.setlocal(1, 1, $n), a, b) end f($n, $s)",
        None,
    ),
    (
        "local function f(x, ...) local y = x; local i = 1 while debug.getlocal(1, i) do show(debug.getlocal(1, i)) i = i + 1 if i > 9 then break end end end f($n, $s)",
        None,
    ),
    (
        "local u = $n; local function f() return u end show(debug.getupvalue(f, 1), debug.setupvalue(f, 1, $n), u, debug.getupvalue(f, 2))",
        None,
    ),
    (
        "local i = debug.getinfo(1) show(i.currentline, i.what, i.short_src, i.source, i.linedefined, i.lastlinedefined, i.nups, i.namewhat, i.name)",
        None,
    ),
    (
        "local function f(...) local i = debug.getinfo(1, \"nSlu\") return i.name, i.namewhat, i.what, i.currentline end show(f()) local t = {m = f} show(t.m()) show(t:m()) show((f()))",
        None,
    ),
    ("local i = debug.getinfo(print) show(i.what, i.short_src, i.source, i.currentline, i.linedefined, i.nups)", None),
    ("local i = debug.getinfo(function(a)\n local b = a\n return b end, \"L\") show(i.activelines)", None),
    ("try(debug.getinfo, 1, \"x\") try(debug.getinfo, $w) show(debug.getinfo(99))", Some(Rule::InfoOptions)),
    ("try(debug.getlocal, 99, 1) try(debug.setlocal, 99, 1, 2) try(debug.getlocal, $w, 1)", None),
    (
        "local lines = 0; debug.sethook(function(e, l) lines = lines + 1 end, \"l\")\n local x = 1\n x = x + $d\n debug.sethook() show(lines)",
        None,
    ),
    (
        "local count = 0; debug.sethook(function() count = count + 1 end, \"\", 1) local x = $n debug.sethook() show(count, type(debug.gethook()))",
        Some(Rule::CountHookPeriod),
    ),
    (
        "local calls = {}; debug.sethook(function(e) calls[#calls + 1] = e end, \"cr\") local function f() return math.abs(1) end f(); (function() return f() end)() debug.sethook() show(calls)",
        None,
    ),
    (
        "try(function() debug.sethook(function() debug.sethook() error(\"in hook\") end, \"l\")\n local x = 1\n return x end) debug.sethook()",
        None,
    ),
    ("show(debug.gethook()) show(kinds(debug.getregistry())) try(debug.getfenv) try(debug.setfenv, 1, {})", None),
    ("local f = function() return x end show(debug.getfenv(f) == _G, debug.setfenv(f, {x = $n}) == f, f())", None),
    (
        "show(debug.getmetatable(\"\").__index == string) local t = {} debug.setmetatable(t, {__index = {x = $n}}) show(t.x) try(debug.setmetatable, t, 1)",
        None,
    ),
    (
        "debug.setmetatable(1, {__index = function(n, k) event(\"__index\") return n end, __call = function(n, x) event(\"__call\") return x end}) show((5).x, (3)($n)) debug.setmetatable(1, nil)",
        None,
    ),
    (
        "debug.setmetatable(nil, {__index = function() event(\"__index\") end}) show((nil).x, undefined_table.field) debug.setmetatable(nil, nil)",
        None,
    ),
    (
        "debug.setmetatable(print, {__concat = function(a, b) event(\"__concat\") return type(a) .. type(b) end, __len = function() event(\"__len\") return 9 end}) show(print .. 1, 1 .. print, #print) debug.setmetatable(print, nil)",
        None,
    ),
    (
        "debug.setmetatable(true, {__lt = function(a, b) event(\"__lt\") return not a and b end, __unm = function(a) event(\"__unm\") return not a end}) show(-true, true < false, false < true, false <= true) debug.setmetatable(true, nil)",
        None,
    ),
    (
        "local co = coroutine.create(function(a) local b = a coroutine.yield() end) coroutine.resume(co, $n) show(debug.getlocal(co, 1, 1)) show(debug.traceback(co)) show(debug.getinfo(co, 1, \"l\").currentline)",
        None,
    ),
    ("debug.debug()", None),
    (
        "local function f() return debug.traceback(\"t\", 1) end show(f()) local function g() local s = f() return s end show((g()))",
        None,
    ),
    (
        "try(debug.sethook, 1) try(debug.getupvalue, $w, 1) try(debug.setupvalue, print, 1) try(debug.getmetatable) try(debug.traceback)",
        None,
    ),
    ("show(xpcall(function() local x = nil; return x.y end, debug.traceback))", None),
    ("show(xpcall(function() error($t) end, function(e) return kinds(e), debug.traceback(\"\", 1) end))", None),
    (
        "local function f(n) if n == 0 then return debug.traceback() end local r = f(n - 1) return r end show(f(30))",
        None,
    ),
    ("show(debug.getinfo(1, \"f\").func ~= nil, debug.getinfo(2, \"l\") == nil)", None),
    (
        "local p = newproxy(true) local mt = getmetatable(p) show(debug.getfenv(p) ~= nil, debug.setfenv(p, {}) == p)",
        None,
    ),
    (
        "local co = coroutine.create(function() end) show(debug.getfenv(co) == _G, debug.setfenv(co, {}) == co, pcall(debug.getfenv, co))",
        None,
    ),
    (
        "local co = coroutine.create(function() x = 1\n coroutine.yield() end) local n = 0 debug.sethook(co, function() n = n + 1 end, \"l\") coroutine.resume(co) show(n)",
        None,
    ),
    ("try(debug.getlocal, 1) try(debug.setlocal, 1, 1) try(debug.getinfo) try(debug.setfenv, {}, {})", None),
    ("show(debug.getlocal(1, 100), debug.getupvalue(print, 1), debug.getupvalue(string.gmatch(\"\", \"\"), 1))", None),
];

/// Something done with the debugger.
pub fn debug(builder: &mut Builder<'_, '_>) {
    snippet(builder, &DEBUG);
}

const ENVIRONMENTS: [(&str, Option<Rule>); 18] = [
    ("local f = function() y = $d; return x, y end setfenv(f, {x = $n}) show(f(), getfenv(f))", None),
    (
        "local env = setmetatable({}, {__index = _G}) local function f() setfenv(1, env); x = $n; return x end show(f(), rawget(_G, \"x\"), env.x)",
        None,
    ),
    ("show(getfenv() == _G, getfenv(0) == _G, getfenv(print) == _G)", None),
    ("try(setfenv, print, {}) try(setfenv, 1, 1) try(setfenv, 99, {}) try(getfenv, -1) try(getfenv, 99)", None),
    (
        "local env = setmetatable({}, {__index = function(t, k) event(\"__index\") return k end, __newindex = function(t, k, v) event(\"__newindex\") rawset(t, k, v) end}) local f = setfenv(function() z = w; return z, w end, env) show(f())",
        None,
    ),
    ("local f = loadstring(\"a = (a or 0) + 1 return a\") local e = {a = $n} setfenv(f, e) show(f(), f(), e)", None),
    ("local function g() return getfenv(2) == _G end local function f() return (g()) end show(f())", None),
    (
        "local function f() return getfenv(1).v end local g = setfenv(function() return f() end, {v = 1}) show(pcall(g))",
        None,
    ),
    ("local co = coroutine.create(function() return getfenv(0) == _G end) show(coroutine.resume(co))", None),
    ("local function f() return setfenv(2, getfenv(2)) end local function g() f() return 1 end show(g())", None),
    ("local function tail() return getfenv(2) end local function f() return tail() end try(f)", None),
    ("rawset(_G, \"gx\", $n) show(gx, _G.gx, rawget(_G, \"gx\")) gx = nil", None),
    (
        "setmetatable(_G, {__index = function(t, k) event(\"__index\") return nil end, __newindex = function(t, k, v) event(\"__newindex\") rawset(t, k, v) end}) show(undefined_name) new_name = $n setmetatable(_G, nil) show(new_name)",
        None,
    ),
    ("show(pcall(setfenv(function() return print(1) end, {})))", None),
    ("try(setfenv) try(setfenv, $w, {}) try(getfenv, $w) try(setfenv, 0)", None),
    ("local f = setfenv(function() return function() return v end end, {v = $n}) show(f()(), getfenv(f()).v)", None),
    ("for k, v in pairs({1, 2}) do local f = setfenv(function() return i end, {i = v}) show(f()) end", None),
    ("local t = {} local f = function() t.x = a end setfenv(f, {a = $s}) f() show(t)", None),
];

/// Something done with environments.
pub fn environments(builder: &mut Builder<'_, '_>) {
    snippet(builder, &ENVIRONMENTS);
}

const COLLECTOR: [(&str, Option<Rule>); 12] = [
    ("show(type(collectgarbage(\"count\")), type(gcinfo()))", Some(Rule::MemoryInUse)),
    (
        "show(collectgarbage()) show(collectgarbage(\"collect\"), collectgarbage(\"stop\"), collectgarbage(\"restart\"))",
        None,
    ),
    (
        "show(collectgarbage(\"setpause\", 200), collectgarbage(\"setstepmul\", 200)) collectgarbage(\"setpause\", 200)",
        None,
    ),
    (
        "local w = setmetatable({}, {__mode = \"k\"}) w[{}] = 1 w[1] = {} w.x = \"s\" collectgarbage() local n = 0 for k in pairs(w) do n = n + 1 end show(n) if n == 2 then event(\"__mode\") end",
        Some(Rule::CollectorMoment),
    ),
    (
        "local w = setmetatable({}, {__mode = \"v\"}) w[1] = {} w[2] = 5 w.x = \"s\" w.f = function() return w end collectgarbage() show(w[1], w[2], w.x, w.f ~= nil) event(\"__mode\")",
        Some(Rule::CollectorMoment),
    ),
    (
        "local w = setmetatable({}, {__mode = \"kv\"}) local key = {} w[key] = key w[{}] = {} collectgarbage() local n = 0 for k in pairs(w) do n = n + 1 end show(n, w[key] == key) event(\"__mode\")",
        Some(Rule::CollectorMoment),
    ),
    (
        "local p = newproxy(true) getmetatable(p).__gc = function(o) event(\"__gc\") show(type(o)) end p = nil collectgarbage() collectgarbage()",
        Some(Rule::CollectorMoment),
    ),
    (
        "local p = newproxy(true) getmetatable(p).__gc = function(o) event(\"__gc\", $n) end kept = {kept, p}",
        Some(Rule::CollectorMoment),
    ),
    (
        "collectgarbage() collectgarbage(\"stop\") for i = 1, 3 do local p = newproxy(true) getmetatable(p).__gc = function() event(\"__gc\") show(i) end end collectgarbage() collectgarbage(\"restart\")",
        Some(Rule::CollectorMoment),
    ),
    (
        "local p = newproxy(true) getmetatable(p).__gc = function() error(\"in gc\") end p = nil try(collectgarbage)",
        Some(Rule::CollectorMoment),
    ),
    (
        "collectgarbage(\"step\", $c) collectgarbage(\"stop\") local t = {} for i = 1, 50 do t[i] = {i} end collectgarbage(\"restart\") show(#t)",
        None,
    ),
    ("try(collectgarbage, \"x\") try(collectgarbage, $w) try(newproxy, $w) try(newproxy, 1)", None),
];

/// Something done with the collector.
pub fn collector(builder: &mut Builder<'_, '_>) {
    snippet(builder, &COLLECTOR);
}

const MODULES: [(&str, Option<Rule>); 16] = [
    ("try(require, \"no.such.module\")", None),
    (
        "package.preload.made = function(name) show(name) return {x = $n} end show(require(\"made\"), require(\"made\") == package.loaded.made) package.loaded.made = nil package.preload.made = nil",
        None,
    ),
    (
        "package.preload.looping = function() return require(\"looping\") end try(require, \"looping\") package.loaded.looping = nil",
        None,
    ),
    (
        "package.preload.failing = function() error(\"in loader\") end try(require, \"failing\") package.loaded.failing = nil",
        None,
    ),
    (
        "local f = function() module(\"mod_a\", package.seeall) made_value = $n; show(_NAME, _PACKAGE, _M == package.loaded.mod_a) end f() show(mod_a.made_value) package.loaded.mod_a = nil mod_a = nil",
        None,
    ),
    (
        "local f = function() module(\"pack.inner\") x = 1 end f() show(type(pack), package.loaded[\"pack.inner\"].x, pack.inner._PACKAGE) package.loaded[\"pack.inner\"] = nil pack = nil",
        None,
    ),
    ("clash = 5 try(function() module(\"clash.inner\") end) clash = nil", None),
    ("try(module) try(pcall, module, \"mod_b\") mod_b = nil package.loaded.mod_b = nil", None),
    (
        "local p = package.path package.path = \"?/no/such;?.nothing\" try(require, \"a.b\") package.path = 5 try(require, \"a.b\") package.path = {} try(require, \"a.b\") package.path = p",
        None,
    ),
    (
        "local l = package.loaders package.loaders = nil try(require, \"xx\") package.loaders = {} try(require, \"xx\") package.loaders = {function(n) return n .. \"!\" end} try(require, \"xx\") package.loaders = l",
        None,
    ),
    ("local p = package.preload package.preload = 1 try(require, \"xx\") package.preload = p", None),
    ("try(require) try(require, $w) try(package.seeall, $w) try(package.seeall, {})", None),
    (
        "local name = os.tmpname() local f = io.open(name, \"w\") f:write(\"return +\") f:close() local p = package.path package.path = name local ok, e = pcall(require, \"broken\") show(ok, (e:gsub(name:gsub(\"%p\", \"%%%0\"), \"NAME\"))) package.path = p os.remove(name)",
        Some(Rule::TemporaryName),
    ),
    (
        "local p = package.cpath package.cpath = \"?.nothing\" try(require, \"lib.part\") package.cpath = p show(package.config)",
        None,
    ),
    ("local p = package.cpath package.cpath = 1 / 0 == 0 try(require, \"lib.part\") package.cpath = p", None),
    (
        "show(type(package.path), type(package.cpath), #package.loaders, package.loaded._G == _G, package.loaded.string == string)",
        Some(Rule::System),
    ),
];

/// Something done with modules.
pub fn modules(builder: &mut Builder<'_, '_>) {
    snippet(builder, &MODULES);
}
