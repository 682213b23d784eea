-- 5.2 Coroutine manipulation: wrap: values, errors and their positions, identity, use as an iterator.

local function show(...)
  local out = {}
  for i = 1, select("#", ...) do out[i] = tostring((select(i, ...))):gsub("[^%s'\"<]*%.lua:(%d+)", "here:%1"):gsub("0x%x+", "address") end
  print(select("#", ...), unpack(out))
end

local w = coroutine.wrap(function(...) local r = {...} while true do r = {coroutine.yield(select("#", unpack(r)), unpack(r))} end end)
show(type(w), w == coroutine.wrap(function() end)) show(w()) show(w(1)) show(w(1, 2, 3)) show(w(nil)) show((w(1, 2)))
local once = coroutine.wrap(function(a) return a, "once" end)
show(once(1)) show(pcall(once)) show(pcall(once))
show(pcall(coroutine.wrap)) show(pcall(coroutine.wrap, print)) show(pcall(coroutine.wrap, nil)) show(pcall(coroutine.wrap, setmetatable({}, {__call = function() end}))) show(pcall(coroutine.wrap, coroutine.create(function() end)))

-- Errors go to the caller; a text gets the position of the call in front.
show(pcall(coroutine.wrap(function() error("m") end))) show(pcall(coroutine.wrap(function() error("m", 0) end))) show(pcall(coroutine.wrap(function() error("m", 2) end))) show(pcall(coroutine.wrap(function() error() end))) show(pcall(coroutine.wrap(function() error(5) end)))
local object = setmetatable({}, {__tostring = function() return "object" end})
show(pcall(coroutine.wrap(function() error(object) end)))
show(pcall(function() coroutine.wrap(function() error("m") end)() end)) show(pcall(function() coroutine.wrap(function() error("m", 0) end)() end)) show(pcall(function() coroutine.wrap(function() error(object) end)() end)) show(pcall(function() coroutine.wrap(function() error(7, 0) end)() end)) show(pcall(function() coroutine.wrap(function() local x = nil + 1 end)() end))
show(pcall(function() coroutine.wrap(function() coroutine.wrap(function() error("deep") end)() end)() end)) show(pcall(function() coroutine.wrap(function() coroutine.wrap(function() error("deep", 0) end)() end)() end))
show(pcall(function() return coroutine.wrap(function() error("tail") end)() end)) show(pcall(function() local t = {w = coroutine.wrap(function() error("field") end)} t.w() end)) show(pcall(function() for _ in coroutine.wrap(function() error("iterator") end) do end end))
show(pcall(coroutine.wrap(function() return coroutine.wrap(function() return coroutine.yield() end)() end)))
local dead = coroutine.wrap(function() error("first") end)
show(pcall(dead)) show(pcall(dead)) show(pcall(function() dead() end)) show(pcall(function() return dead() end)) show(pcall(function() for _ in dead do end end))
local me
me = coroutine.wrap(function() return me() end)
show(pcall(me))
me = coroutine.wrap(function() return pcall(me) end)
show(me())

-- Iterators.
local function chars(s) return coroutine.wrap(function() for c in s:gmatch(".") do coroutine.yield(c) end end) end
local out = {}
for c in chars("hello") do out[#out + 1] = c end
print(table.concat(out, "-"))
local function walk(t, path) path = path or "" for i, v in ipairs(t) do if type(v) == "table" then walk(v, path .. i .. ".") else coroutine.yield(path .. i, v) end end end
for path, v in coroutine.wrap(function() walk{1, {2, {3, 4}}, 5} end) do print(path, v) end
-- The state and the control variable of "for" arrive as arguments.
for a in coroutine.wrap(function(s, c) show("start", s, c) local s2, c2 = coroutine.yield("one") show("again", s2, c2) end), "state", "control" do print(a) end
-- A loop that is left early leaves the coroutine suspended.
local left = chars("abc")
for c in left do if c == "b" then break end end
show(left()) show(left()) show(pcall(left))

-- Two wraps of one function, closures over the same variables, environments.
local shared = 0
local function body() while true do shared = shared + 1 coroutine.yield(shared) end end
local a, b = coroutine.wrap(body), coroutine.wrap(body)
print(a(), b(), a(), b(), shared)
local env = coroutine.wrap(setfenv(function(co) name = "own" co.yield(name) return name end, {}))
print(env(coroutine), env(), rawget(_G, "name"))
print(getfenv(a) == _G, getfenv(coroutine.wrap) == _G)

-- What is inside of a wrapped call: running, status seen from within, tracebacks.
local thread
local inner = coroutine.wrap(function() thread = coroutine.running() coroutine.yield(coroutine.status(thread)) return debug.traceback("inside") end)
show(inner(), type(thread), coroutine.status(thread)) show(inner()) show(coroutine.status(thread))
show(coroutine.resume(thread))

-- Hundreds nested by hand, one in another: each resumes the next.
local function nest(n) return coroutine.wrap(function(v) if n == 0 then v = coroutine.yield(v) return v end local inside = nest(n - 1) v = inside(v + 1) v = coroutine.yield(v) return inside(v * 2) end) end
local chain = nest(50)
print(chain(0), chain(1))
