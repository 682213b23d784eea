-- seed: gc/options — what collectgarbage answers, and what it does to memory
-- not for trace: how much memory is held is the engine's own
print(collectgarbage("stop"), collectgarbage("restart"), collectgarbage("collect"), collectgarbage())
print(collectgarbage("setpause", 150), collectgarbage("setpause", 200), collectgarbage("setpause"), collectgarbage("setpause", 200))
print(collectgarbage("setstepmul", 400), collectgarbage("setstepmul", -3), collectgarbage("setstepmul", 2.9), collectgarbage("setstepmul", 200))
print(pcall(collectgarbage, "Collect"), pcall(collectgarbage, "count", "x"), select("#", collectgarbage "count"))
print(gcinfo() == math.floor(gcinfo()), gcinfo() > 0, math.abs(gcinfo() - collectgarbage "count") < 64)

local before = collectgarbage "count"
local data = {}
for i = 1, 2000 do data[i] = {i, tostring(i)} end
local during = collectgarbage "count"
data = nil
collectgarbage()
local after = collectgarbage "count"
print(during - before > 50, after < during, after - before < 50)
local text = ("x"):rep(200000)
during = collectgarbage "count"
text = nil
collectgarbage()
print(during - collectgarbage "count" > 150)

-- A full collection ends a stop: something is collected on its own after that.
local function is_collected_unasked()
  local weak = setmetatable({{}}, {__mode = "v"})
  for i = 1, 20000 do local garbage = {i} end
  return weak[1] == nil
end
collectgarbage("stop")
collectgarbage()
print("after a collection", (is_collected_unasked()))
collectgarbage("stop")
print("a step ends", (collectgarbage("step", 1000000)))
print("after a step", (is_collected_unasked()))
collectgarbage("stop")
collectgarbage("restart")
print("after a restart", (is_collected_unasked()))

-- Finalisers are called without being asked for, too, one after the other, and what they execute is not counted.
local called, inside = 0, 0
local function finaliser()
  inside = inside + 1
  if inside > 1 then print "one in the other" end
  for i = 1, 10 do called = called + 1 end
  inside = inside - 1
end
local function open(...) return select("#", ...), ... end
local wrong = 0
for i = 1, 20000 do
  getmetatable(newproxy(true)).__gc = finaliser
  local n, a, b = open(i, {}, open({}, i .. "", open()))
  if n ~= 6 or a ~= i or #{open(open({}, i, "x" .. i))} ~= 5 then wrong = wrong + 1 end
end
print("called", called >= 3, called % 10, wrong)
