-- 5.3 Modules: module: tables that it makes, dotted names, fields, options, package.seeall, environments, errors.

local function clean(v) return (tostring(v):gsub("[^%s'\"<]*%.lua:(%d+)", "here:%1"):gsub("0x%x+", "address")) end
local function show(...)
  local out = {}
  for i = 1, select("#", ...) do out[i] = clean((select(i, ...))) end
  print(select("#", ...), unpack(out))
end

-- module(name) makes a table, in package.loaded and as a global, and becomes the environment of its caller.
local function make()
  local G = _G
  local m = module
  m("simple")
  x = 1
  function f() return x end
  return G.getfenv(1), G.print == print, _M, _NAME, _PACKAGE
end
local env, same_print, M, NAME, PACKAGE = make()
show(env == simple, env == package.loaded.simple, same_print, M == simple, NAME, ("%q"):format(PACKAGE), simple.x, simple.f(), rawget(_G, "x"), print ~= nil, getfenv(make) == simple)
local fields = {}
for k in pairs(simple) do fields[#fields + 1] = k end
table.sort(fields)
show(unpack(fields))

-- Dotted names are fields of fields.
local function run(name, ...) local f = setfenv(loadstring("local name = ... module(...) here = name", "=chunk"), setmetatable({}, {__index = _G})) return pcall(f, name, ...) end
for _, name in ipairs{"a", "a.b", "a.b.c", "a.d", "a..e", ".f", "g.", ".", "", "h i", "1", "a.b.c"} do
  show(name, run(name))
  local m = package.loaded[name]
  show(m and m._NAME, m and m._PACKAGE and ("%q"):format(m._PACKAGE), m and m._M == m, m and m.here)
end
show(a.b.c == package.loaded["a.b.c"], a.b == package.loaded["a.b"], a.d._PACKAGE, a.b.c._PACKAGE, a[""] and a[""].e == package.loaded["a..e"], _G[""] and _G[""].f ~= nil)
for _, name in ipairs{"a", "h i", "1", "g", "", "simple"} do _G[name] = nil end

-- A name that is taken by something else.
taken = 5
show(run("taken")) show(run("taken.sub")) show(run("print")) show(run("print.x")) show(run("string.format.x")) show(run("math.pi"))
taken = nil
-- An existing table is used as it is, and gets the fields once.
existing = {old = "kept"}
show(run("existing")) show(existing.old, existing.here, existing._NAME, package.loaded.existing == existing)
existing._NAME = "renamed"
show(run("existing")) show(existing._NAME)
package.loaded.preset = {preset = true}
show(run("preset")) show(package.loaded.preset.preset, package.loaded.preset._NAME, rawget(_G, "preset"))
package.loaded.number = 5
show(run("number")) show(type(package.loaded.number), number == package.loaded.number)
-- Library tables as modules.
show(run("string")) show(string._NAME, string.here, ("x"):rep(2))
string._NAME, string._M, string._PACKAGE, string.here, existing = nil

-- Options are called with the module, in order.
local log = {}
show(run("opt", function(m, ...) log[#log + 1] = select("#", ...) .. type(m) m.from = "first" end, function(m) log[#log + 1] = m._NAME .. m.from end))
show(unpack(log)) show(opt.from)
show(run("opt2", function() error("option raises", 0) end)) show(type(opt2)) show(run("opt3", 5)) show(run("opt4", {})) show(run("opt5", setmetatable({}, {__call = function(_, m) m.called = true end}))) show(type(opt5), opt5 and opt5.called)

-- package.seeall: globals are visible, not copied.
show(run("seeing", package.seeall)) show(seeing.print == print, rawget(seeing, "print"), getmetatable(seeing).__index == _G)
show(run("blind")) show(blind.print, getmetatable(blind))
local m = {}
show(package.seeall(m), m.print == print, select("#", package.seeall({})))
local with = setmetatable({}, {__newindex = "kept"})
package.seeall(with)
show(getmetatable(with).__newindex, getmetatable(with).__index == _G)
for _, bad in ipairs{5, "x", true, print} do show(pcall(package.seeall, bad)) end show(pcall(package.seeall)) show(pcall(package.seeall, nil))

-- Who may call it: Lua functions, whose environment changes.
show(pcall(module, "by_pcall")) show(type(by_pcall), type(package.loaded.by_pcall))
show(pcall(coroutine.wrap(function() module("in_coroutine", package.seeall) return _NAME, getfenv(1) == in_coroutine end)))
show(pcall(loadstring("return module('tail')", "=tail")))
show(pcall(module)) show(pcall(module, nil)) show(pcall(module, {})) show(pcall(loadstring("module()", "=none"))) show(pcall(loadstring("module({})", "=table"))) show(run(5)) show(type(package.loaded["5"]), _G["5"] ~= nil)

-- A file's worth of a module: functions, locals, and access from outside.
local chunk = loadstring("local function hide() return hidden end module(..., package.seeall) local hidden = 0 function bump(n) hidden = hidden + (n or 1) return hidden end function whole() return tostring(_M) ~= nil, _NAME end", "=geometry")
show(pcall(chunk, "shapes.geometry")) show(shapes.geometry.bump(), shapes.geometry.bump(5), shapes.geometry.hidden, shapes.geometry._PACKAGE) show(shapes.geometry.whole()) show(require "shapes.geometry" == shapes.geometry)
