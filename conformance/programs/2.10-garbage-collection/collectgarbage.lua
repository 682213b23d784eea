-- 2.10 Garbage collection: what is collected and what survives, pause and step multiplier. Amounts of memory are
-- compared, never printed: they differ between machines.

local function kilobytes() return collectgarbage("count") end

-- Garbage goes away, what is referenced stays.
collectgarbage()
local before = kilobytes()
do
  local junk = {}
  for i = 1, 5000 do junk[i] = {i, tostring(i)} end
  assert(kilobytes() > before + 100)
end
collectgarbage()
assert(kilobytes() < before + 60)
local kept = {}
for i = 1, 500 do kept[i] = {i, "s" .. i, function() return i end} end
collectgarbage()
for i = 1, 500 do assert(kept[i][1] == i and kept[i][2] == "s" .. i and kept[i][3]() == i) end
kept = nil

-- Cycles are no obstacle, nor are closures, coroutines and metatables.
collectgarbage()
before = kilobytes()
for round = 1, 200 do
  local a, b = {}, {}
  a.b, b.a, a.self = b, a, a
  setmetatable(a, {__index = b, owner = a})
  a.f = function() return a, b end
  a.co = coroutine.create(function(x) coroutine.yield(x, a) return b end)
  coroutine.resume(a.co, a)
  a.proxy = newproxy(true)
  getmetatable(a.proxy).owner = a
end
collectgarbage() collectgarbage()
assert(kilobytes() < before + 60)

-- It runs by itself: a loop that makes garbage needs a bounded amount.
collectgarbage()
before = kilobytes()
local highest = 0
for i = 1, 200000 do
  local _ = {i}
  if i % 1000 == 0 then highest = math.max(highest, kilobytes()) end
end
assert(highest < before * 3 + 2000)
for i = 1, 20000 do local _ = ("x"):rep(100) .. i end
assert(kilobytes() < before * 3 + 2000)

-- Stopped, it does not; restarted, it does.
collectgarbage()
collectgarbage("stop")
before = kilobytes()
for i = 1, 20000 do local _ = {i} end
assert(kilobytes() > before + 500)
collectgarbage("restart")
collectgarbage()
assert(kilobytes() < before + 60)
-- A full collection works while stopped, and does not restart.
collectgarbage("stop")
for i = 1, 20000 do local _ = {i} end
collectgarbage()
assert(kilobytes() < before + 60)
collectgarbage("restart")

-- Pause and step multiplier give the value before.
print(collectgarbage("setpause", 150), collectgarbage("setpause", 0), collectgarbage("setpause", 1000), collectgarbage("setpause", -5), collectgarbage("setpause", 200))
print(collectgarbage("setstepmul", 300), collectgarbage("setstepmul", 0), collectgarbage("setstepmul", 1), collectgarbage("setstepmul", 200))
print(collectgarbage("setpause"), collectgarbage("setpause", 199.9), collectgarbage("setpause", "200"), collectgarbage("setstepmul"), collectgarbage("setstepmul", 200))

-- Results of the options.
print(collectgarbage(), collectgarbage("collect"), collectgarbage("stop"), collectgarbage("restart"), type(collectgarbage("count")), type(collectgarbage("step")), select("#", collectgarbage()), select("#", collectgarbage("count")))
assert(collectgarbage("count") * 1024 % 1 == 0 and math.abs(gcinfo() - collectgarbage("count")) < 2 and gcinfo() % 1 == 0)

-- Steps finish a cycle in the end, larger ones sooner.
local function steps_to_finish(size)
  collectgarbage()
  local waste = {}
  for i = 1, 2000 do waste[i] = {i} end
  waste = nil
  local steps = 0
  repeat steps = steps + 1 until collectgarbage("step", size) or steps > 100000
  collectgarbage("restart")
  return steps
end
local small, large = steps_to_finish(0), steps_to_finish(200)
assert(small >= large and large >= 1 and small < 100000)
assert(steps_to_finish(1e6) == 1 and collectgarbage("step", 1e6) == true)

-- Wrong options.
for _, option in ipairs{"", "Collect", "collect ", "generational", "isrunning", "incremental", "x"} do print(pcall(collectgarbage, option)) end
print(pcall(collectgarbage, 1)) print(pcall(collectgarbage, {})) print(pcall(collectgarbage, true)) print(pcall(collectgarbage, "step", "x")) print(pcall(collectgarbage, "step", {})) print(pcall(collectgarbage, nil))
print(pcall(collectgarbage, "setpause", "x")) print(pcall(collectgarbage, "collect", {})) print(pcall(collectgarbage, "count", 5) == true)

-- Collections in the middle of everything.
local t = setmetatable({}, {__index = function(_, k) collectgarbage() return k .. k end, __add = function(a, b) collectgarbage("step") return b end, __concat = function(_, s) collectgarbage() return s .. s end})
assert(t.ab == "abab" and t + "x" == "x" and t .. "y" == "yy")
local s = ("abc"):gsub("%w", function(c) collectgarbage() return c .. c end)
assert(s == "aabbcc")
local list = {5, 3, 4, 1, 2}
table.sort(list, function(a, b) collectgarbage("step", 10) return a < b end)
assert(table.concat(list) == "12345")
local co = coroutine.wrap(function() for i = 1, 10 do local v = {i} collectgarbage() coroutine.yield(v) end end)
for i = 1, 10 do assert(co()[1] == i) collectgarbage() end
for k, v in pairs{a = {1}, b = {2}, c = {3}} do collectgarbage() assert(v[1]) end
local function deep(n) local v = {n} if n == 0 then collectgarbage() return 0 end local r = deep(n - 1) assert(v[1] == n) return r + 1 end
assert(deep(150) == 150)
assert(select("#", unpack({1, 2, 3, {}, collectgarbage()})) == 5)
