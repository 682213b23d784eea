-- 2.9 Environments: which environment each of many functions has after its neighbours were changed.

-- Functions that are defined together, with and without upvalues, share their environment until one is changed.
local function family()
  local up = 1
  local function plain() return tag end
  local function with_upvalue() up = up + 1 return tag, up end
  local function maker() return function() return tag end end
  return plain, with_upvalue, maker
end
tag = "global"
local plain, with, maker = family()
local child = maker()
print(plain(), with(), maker()(), child())
setfenv(plain, {tag = "plain"})
print(plain(), with(), maker()(), child())
setfenv(maker, {tag = "maker"})
print(plain(), with(), maker()(), child())
setfenv(family, {tag = "family"})
local plain2, with2, maker2 = family()
print(plain(), with(), plain2(), with2(), maker2()())

-- The same function made again and again gets the environment of its maker at that time.
local functions = {}
local function build(env)
  setfenv(1, setmetatable(env, {__index = _G}))
  return function() return tag end
end
for i = 1, 3 do functions[i] = build{tag = "build " .. i} end
print(functions[1](), functions[2](), functions[3](), tag)

-- setfenv(2): the level that calls the changing function, in the middle of its work.
local function enter(env) setfenv(2, setmetatable(env, {__index = getfenv(2)})) end
local function work()
  local before = tag
  enter{tag = "entered"}
  local after = tag
  tag = "assigned"
  local inner = (function() return tag end)()
  return before, after, inner, rawget(getfenv(1), "tag")
end
print(work()) print(tag) print(work())

-- The environment of a running coroutine's function and of its thread are two things.
local thread = coroutine.wrap(function()
  setfenv(1, setmetatable({tag = "function"}, {__index = _G}))
  coroutine.yield(tag, getfenv(0).tag)
  setfenv(0, setmetatable({tag = "thread"}, {__index = _G}))
  coroutine.yield(tag, getfenv(0).tag, loadstring("return tag")())
  return loadstring("return (function() return tag end)()")()
end)
print(thread()) print(thread()) print(thread()) print(tag, loadstring("return tag")())

-- Modules by hand: functions of an environment that see one another.
local module = setmetatable({}, {__index = _G})
setfenv(loadstring([[
  local hidden = 0
  function bump() hidden = hidden + 1 return get() end
  function get() return hidden end
  version = "1"
]]), module)()
print(module.bump(), module.bump(), module.get(), module.version, bump, rawget(_G, "get"))
module.get = function() return "replaced" end
print(module.bump())

-- getfenv of functions of all kinds.
for _, f in ipairs{print, string.rep, coroutine.wrap(function() end), setmetatable, plain, functions[1]} do
  local env = getfenv(f)
  print(env == _G, rawget(env, "tag"))
end

-- A method call, a metamethod, an iterator and a comparison run in their own environments.
local own = setmetatable({tag = "own"}, {__index = _G})
local object = setmetatable({}, setfenv(function() return {
  __index = function() return tag end, __add = function() return tag end, __call = function() return tag end, __tostring = function() return tag end,
} end, own)())
print(object.x, object + 1, object(), tostring(object), tag)
print((("x"):gsub("x", setfenv(function() return tag end, own))))
local sorted = {3, 1, 2}
table.sort(sorted, setfenv(function(a, b) assert(tag == "own") return a < b end, own))
print(table.concat(sorted, " "))
for v in setfenv(function(_, c) if not c then return tag end end, own) do print(v) end
print(pcall(setfenv(function() return tag end, own))) print(select(2, xpcall(function() error() end, setfenv(function() return tag end, own))))
tag = nil
