-- 5.9 The debug library: getregistry, getmetatable, setmetatable, getfenv, setfenv, and metatables for types that have none.

local function clean(v) return (tostring(v):gsub("[^%s'\"<]*%.lua:(%d+)", "here:%1"):gsub("0x%x+", "address")) end
local function show(...)
  local out = {}
  for i = 1, select("#", ...) do out[i] = clean((select(i, ...))) end
  print(select("#", ...), unpack(out))
end

-- The registry: one table, with the loaded modules and the metatable of files.
local registry = debug.getregistry()
show(type(registry), registry == debug.getregistry(), registry._LOADED == package.loaded, registry["FILE*"] == getmetatable(io.stdout), type(registry["_LOADLIB"]), select("#", debug.getregistry(1, 2)))
registry.mine = "kept" show(debug.getregistry().mine) registry.mine = nil

-- getmetatable and setmetatable go round __metatable.
local protected = setmetatable({}, {__metatable = "hidden"})
show(getmetatable(protected), type(debug.getmetatable(protected)), debug.getmetatable({}), debug.getmetatable("").__index == string, debug.getmetatable(5), debug.getmetatable(nil)) show(debug.setmetatable(protected, nil)) show(getmetatable(protected))
show(pcall(debug.getmetatable)) show(pcall(debug.setmetatable)) show(pcall(debug.setmetatable, {})) show(pcall(debug.setmetatable, {}, 5)) show(pcall(debug.setmetatable, 5, "x")) show(pcall(debug.setmetatable, nil, nil)) show(debug.setmetatable({}, {}), select("#", debug.setmetatable({}, nil)))

-- Numbers.
show(debug.setmetatable(0, {__index = {half = function(n) return n / 2 end}, __call = function(n, m) return n * m end, __len = function(n) return -n end, __concat = function(a, b) return "never for numbers" end, __tostring = function(n) return "number " .. string.format("%g", n) end, __add = function() return "never" end, __eq = function() return true end, __lt = function() return true end}))
show((10):half(), (5)(6), #7, 1 .. 2, tostring(8), 1 + 1, 1 == 2, 2 < 1, pcall(function() return (5).none end)) print(1, 2.5) show(pcall(function() return 1 + {} end)) show(pcall(function() return {} + 1 end)) debug.setmetatable(0, {__add = function(a, b) return type(a) .. "+" .. type(b) end, __newindex = function(n, k, v) show("set", n, k, v) end}) show(1 + {}, {} + 1, "x" + 1, 1 + true) local n = 5 n.field = "value"
show(pcall(function() return 1 < {} end)) show(pcall(function() return 1 .. {} end)) debug.setmetatable(0, nil) show(pcall(function() return (1).x end))
-- nil.
debug.setmetatable(nil, {__index = function(_, k) return "nil." .. tostring(k) end, __call = function(_, ...) return "called nil", ... end, __add = function() return "sum" end, __concat = function() return "joined" end, __tostring = function() return "NIL" end, __newindex = function() end})
show(undefined.x, (nil).y, undefined(1, 2)) show(undefined + 1, nil .. "x", 1 .. nil, tostring(nil)) undefined.z = 1 local empty = {} show(empty.a.b.c, pcall(nil)) print(nil) show(pcall(function() return nil < 1 end)) debug.setmetatable(nil, nil) show(pcall(function() return undefined.x end))
-- Booleans, functions, threads.
debug.setmetatable(true, {__index = {yes = 1}, __tostring = function(b) return b and "YES" or "NO" end, __call = function(b, x) return b, x end, __unm = function(b) return not b end, __lt = function(a, b) return not a and b end}) show(tostring(true), tostring(false), (true).yes, (false)(5)) show(-true == false, false < true, true < false) show(pcall(function() return true <= false end)) debug.setmetatable(true, nil)
debug.setmetatable(print, {__index = function(f, k) return k end, __add = function(f, g) return function(...) return f(g(...)) end end, __concat = function() return "functions" end, __eq = function() return true end}) show(print.name, (math.sqrt + math.abs)(-16), print .. type, print == type, clean.x) debug.setmetatable(print, nil) show(pcall(function() return print.x end))
local co = coroutine.create(function() end) debug.setmetatable(co, {__index = coroutine, __call = coroutine.resume}) show(co:status(), co()) show(co:status()) debug.setmetatable(co, nil)
-- Userdata, and the strings' shared one.
local u = newproxy() show(debug.setmetatable(u, {__index = {x = "u.x"}}), debug.getmetatable(u).__index.x, u.x) show(pcall(newproxy, u)) 
local strings = debug.getmetatable("")
debug.setmetatable("", nil)
local without, length = {pcall(function() return ("x"):rep(2) end)}, #"x"
debug.setmetatable("", strings)
show(unpack(without)) show(length, ("x"):rep(2))
local files = debug.getmetatable(io.stdout) show(debug.getmetatable(io.stderr) == files)

-- getfenv and setfenv of functions, threads, userdata, and of others.
local e = setmetatable({marker = "e"}, {__index = _G})
local function f() return marker end
show(debug.getfenv(f) == _G, debug.setfenv(f, e) == f, debug.getfenv(f) == e, f()) local thread = coroutine.create(function() return marker, getfenv(0).marker end) show(debug.getfenv(thread) == _G, debug.setfenv(thread, e) == thread, debug.getfenv(thread) == e) show(coroutine.resume(thread))
local proxy = newproxy() show(type(debug.getfenv(proxy)), debug.setfenv(proxy, e) == proxy, debug.getfenv(proxy) == e) show(type(debug.getfenv(print)), debug.getfenv(print) == _G) for _, v in ipairs{5, "x", true, {}} do show(type(v), debug.getfenv(v), pcall(debug.setfenv, v, {})) end show(debug.getfenv(nil)) show(pcall(debug.getfenv)) show(pcall(debug.setfenv, f)) show(pcall(debug.setfenv, f, 5)) show(pcall(debug.setfenv)) show(pcall(debug.setfenv, nil, {}))
-- A C function's environment may be changed here, and is seen by getfenv.
local wrapped = coroutine.wrap(function() end) show(debug.setfenv(wrapped, e) == wrapped, getfenv(wrapped) == _G, debug.getfenv(wrapped) == e) show(pcall(setfenv, wrapped, e))
-- The names of the library.
local names = {} for k in pairs(debug) do names[#names + 1] = k end table.sort(names) show(unpack(names))
