-- 5.1 Basic functions: getfenv, setfenv, getmetatable, setmetatable, collectgarbage: results, levels, identities.

local function show(...)
  local out = {}
  for i = 1, select("#", ...) do out[i] = tostring((select(i, ...))):gsub("[^%s'\"<]*%.lua:(%d+)", "here:%1"):gsub("0x%x+", "address") end
  print(select("#", ...), unpack(out))
end

-- getfenv by function, by level, by default.
local G = getfenv(0)
local function f() return getfenv() == getfenv(1), getfenv(1) end
assert(select(2, f()) == G and getfenv(f) == G and getfenv(print) == G and getfenv(2 - 1) == G and getfenv("1") == G and getfenv(1.99) == G)
local env = {getfenv = getfenv, pcall = pcall, name = "env"}
local g = setfenv(function(n) return getfenv(n) end, env)
print(g(1) == env, g() == env, g(2) == G, g(0) == G, getfenv(g) == env)
show(pcall(getfenv, -1)) show(pcall(getfenv, 1e6)) show(pcall(getfenv, {})) show(pcall(getfenv, "x")) show(pcall(getfenv, true)) show(pcall(getfenv, newproxy())) show(select("#", getfenv()))
-- __fenv is a name like others in 5.1.
local marked = setmetatable({}, {__fenv = "hidden"})
print(getfenv(setfenv(function() end, marked)) == marked)

-- setfenv gives the function, or nothing for level 0.
show(setfenv(f, G) == f) show(select("#", setfenv(0, G))) show(type(setfenv(1, G))) show(pcall(setfenv, print, G)) show(pcall(setfenv, 1)) show(pcall(setfenv, f)) show(pcall(setfenv, f, "x")) show(pcall(setfenv, "x", {})) show(pcall(setfenv, {}, {})) show(pcall(setfenv, -1, {})) show(pcall(setfenv, 1e6, {})) show(pcall(setfenv, nil, {})) show(pcall(setfenv))
local function by_level() local mine = {y = "mine"} setfenv(1, mine) return y end
print(by_level())
local function set_up(level, e) setfenv(level, e) end
local function user() set_up(2, {z = "from set_up"}) return z end
print(user())
local function deeper() local function inner() set_up(3, {w = "two levels"}) return w end local a = inner() return a, w end
print(deeper())
-- Through pcall there is a C function between: its level cannot be set.
local function through() return pcall(setfenv, 1, {}) end
show(through()) 
local function through2() local ok, m = pcall(setfenv, 2, {q = "q"}) return ok, q end
print(through2())

-- getmetatable and setmetatable.
local mt = {}
show(setmetatable({}, nil) ~= nil, getmetatable({}), getmetatable(setmetatable({}, mt)) == mt, getmetatable("x").__index == string, getmetatable(5), getmetatable(nil), getmetatable(print), getmetatable(io.stdout).__index == getmetatable(io.stdout))
show(pcall(getmetatable)) show(pcall(setmetatable, {})) show(pcall(setmetatable, {}, 5)) show(pcall(setmetatable, 5, {})) show(pcall(setmetatable, "x", {})) show(pcall(setmetatable, newproxy(), {})) show(pcall(setmetatable, setmetatable({}, {__metatable = 1}), {})) show(getmetatable(setmetatable({}, {__metatable = "m"}))) show(getmetatable(setmetatable({}, {__metatable = false})))
show(pcall(setmetatable, setmetatable({}, {__metatable = false}), nil)) show(pcall(setmetatable, setmetatable({}, {__metatable = nil}), nil)) show(select("#", getmetatable({}))) show(select("#", setmetatable({}, {}), 1))
-- A metatable may be its own, or shared, or protect itself.
local own = {}
own.__index = own
own.shared = "shared"
setmetatable(own, own)
print(pcall(function() return own.missing end) == false, own.shared, getmetatable(own) == own)
-- __metatable is found raw, the event as well.
local inherited = setmetatable({}, {__index = {__metatable = "inherited"}})
print(getmetatable(setmetatable({}, inherited)) == inherited)

-- collectgarbage: options by their full names.
for _, option in ipairs{"collect", "stop", "restart", "setpause", "setstepmul"} do show(option, pcall(collectgarbage, option, 200)) end
collectgarbage("setpause", 200) collectgarbage("setstepmul", 200)
for _, option in ipairs{"co", "collects", "COLLECT", " ", "stop\0x", "restart\0", 0, 12} do show(option, pcall(collectgarbage, option)) end
show(type(collectgarbage("count")), type(collectgarbage("step")), type(collectgarbage("step", 0)), collectgarbage("step", 1e9), collectgarbage("step", 2 ^ 30))
show(pcall(collectgarbage, "step", {})) show(pcall(collectgarbage, {})) show(pcall(collectgarbage, "collect", "x")) show(collectgarbage("collect", "12")) show(collectgarbage(nil, nil))
