-- 2.9 Environments: of functions, of threads and of C functions; setfenv, getfenv, inheritance by closures.

local function clean(v) return (tostring(v):gsub("[^%s'\"<]*%.lua:(%d+)", "here:%1"):gsub("0x%x+", "address")) end
local function message(f, ...) local ok, m = pcall(f, ...) return ok and "fine" or clean(m) end

-- Globals of a function are fields of its environment.
local function f() return v, type(print) end
local e = {v = "in e", type = type, print = print}
assert(setfenv(f, e) == f and getfenv(f) == e)
print(f())
e.v = nil
print(f())
local g = loadstring("x = 1; y = x + 1; function z() return y end; return z")
local ge = {}
setfenv(g, ge)
local z = g()
print(ge.x, ge.y, ge.z == z, z(), rawget(_G, "x"), getfenv(z) == ge)

-- A closure inherits the environment of the function that creates it, at that moment.
local function make() return function() return name end end
local before = make()
setfenv(make, {name = "second"})
local after = make()
name = "global"
print(before(), after(), getfenv(before) == _G, getfenv(after) == getfenv(make))
setfenv(after, {name = "own"})
print(after(), make()())
name = nil

-- loadstring, load and loadfile give the global environment, whoever calls.
local loader = setfenv(function() return loadstring("return marker") end, {loadstring = loadstring, marker = "of the loader"})
print(loader()(), getfenv(loader()) == getfenv(0))

-- Levels: 1 is the function that calls, 2 its caller, 0 the thread.
local function level(n) return getfenv(n) end
local env1, env2 = {level = level, name = "env1"}, {name = "env2"}
setfenv(level, setmetatable({getfenv = getfenv}, {__index = _G}))
local caller = setfenv(function(n) local r = level(n) return r end, env1)
local outer = setfenv(function(n) local r = caller(n) return r end, setmetatable(env2, {__index = {caller = caller}}))
print(outer(1) == getfenv(level), outer(2) == env1, outer(3) == env2, outer(0) == _G, getfenv() == getfenv(1))
coroutine.wrap(function() print(message(getfenv, 3), message(getfenv, 100), message(getfenv, -1), message(setfenv, 100, {}), message(setfenv, -1, {})) end)()
local function change() setfenv(1, {assert = assert, where = "changed"}) return where end
print(change(), getfenv(change).where, where)
local function change_caller() setfenv(2, {print = print, who = "caller's"}) end
local function victim() change_caller() print(who) return who end
print(victim(), who)

-- Of threads: level 0. New threads start with the environment of their creator; functions are loaded into it.
local co = coroutine.create(function()
  local mine = setmetatable({}, {__index = _G})
  local same = getfenv(0) == _G
  setfenv(0, mine)
  return same, getfenv(0) == mine, getfenv(1) == _G, getfenv(loadstring("")) == mine, getfenv(coroutine.wrap(function() return 1 end)) ~= nil
end)
print(coroutine.resume(co))
print(getfenv(co == nil or 0) == _G, debug.getfenv(co) ~= _G)
local nested = coroutine.wrap(function()
  local mine = setmetatable({inner = true}, {__index = _G})
  setfenv(0, mine)
  return coroutine.wrap(function() return getfenv(0) == mine, getfenv(1) == _G end)()
end)
print(nested())

-- Of C functions: getfenv gives the thread's, setfenv refuses.
print(getfenv(print) == _G, getfenv(string.rep) == _G, message(setfenv, print, {}), message(setfenv, string.len, {}))
print(coroutine.wrap(function() setfenv(0, setmetatable({}, {__index = _G})) return getfenv(print) == getfenv(0), getfenv(0) ~= _G end)())
-- pcall is one of the levels.
local function through() local ok, r = pcall(getfenv, 1) return r == getfenv(0), select(2, pcall(getfenv, 2)) == getfenv(1) end
print(through())
-- A tail call leaves a level without a function.
local function tail() return getfenv(2) end
local function tailing() return tail() end
print(message(function() local r = tailing() return r end)) print(message(function() local function t() return setfenv(2, {}) end local function u() return t() end local r = u() end))
print(message(function() local function t() local r = getfenv(2) return r end local function u() return t() end local r = u() return r end))

-- Environments with metatables.
local log = {}
local watched = setmetatable({}, {__index = function(_, k) log[#log + 1] = "get " .. k return k == "seven" and 7 or nil end, __newindex = function(s, k, v) log[#log + 1] = "set " .. k rawset(s, k, v) end})
local w = setfenv(loadstring("a = seven b = a a = 2 local l = unknown function c() end c = nil return a, b"), watched)
print(w()) print(table.concat(log, ", "))
local strict = setmetatable({}, {__index = function(_, k) error("undefined " .. k, 2) end, __newindex = function(_, k) error("assigned " .. k, 2) end})
print(pcall(setfenv(loadstring("\nreturn q", "=strict"), strict))) print(pcall(setfenv(loadstring("\n\nq = 1", "=strict"), strict)))
local sandbox = setfenv(loadstring("print = 1 string = nil x = tostring(2) return x, print, string == nil"), setmetatable({}, {__index = _G}))
print(sandbox()) print(type(print), type(string))

-- Errors in an environment without the names that are used.
print(pcall(setfenv(loadstring("print('x')", "=empty"), {}))) print(pcall(setfenv(loadstring("return x.y", "=empty"), {}))) print(pcall(setfenv(loadstring("return x + 1", "=empty"), {})))

-- Arguments.
for _, bad in ipairs{"s", true, {}, newproxy(), coroutine.create(function() end)} do print(type(bad), message(getfenv, bad), message(setfenv, bad, {}), message(setfenv, function() end, bad)) end
print(message(setfenv), message(setfenv, 1), message(setfenv, function() end), message(setfenv, function() end, nil), message(getfenv, nil), message(setfenv, nil, {}), message(getfenv, function() end, 5))
local function numbers() return getfenv("1") == getfenv(1), getfenv(1.9) == getfenv(1), getfenv(0.5) == getfenv(0), select("#", setfenv(1, getfenv(1))), type(setfenv(1, getfenv(1))) end
print(numbers()) print(select("#", setfenv(0, getfenv(0))), message(setfenv, 0, 5))

-- _G is a field like others; changing it changes no environment.
local saved = _G
_G = {fake = true}
print(fake, _G.fake, getfenv(0) == saved, getfenv(1) == saved, saved._G == _G)
_G = saved
print(_G._G._G == _G, getfenv() == _G)
