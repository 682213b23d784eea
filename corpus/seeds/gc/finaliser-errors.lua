-- seed: gc/finaliser-errors — an error in a finaliser is an error of whoever collects
local function proxy(finaliser)
  local made = newproxy(true)
  getmetatable(made).__gc = finaliser
  return made
end

-- The error goes through collectgarbage; those that are left wait for the next collection.
local set = {
  proxy(function() print "first" end),
  proxy(function() error("second fails") end),
  proxy(function() print "third" end),
}
set = nil
print(pcall(collectgarbage))
local busy = {}
for i = 1, 10 do busy[i] = i end
print("nothing meanwhile", #busy)
print(pcall(collectgarbage))
print(pcall(collectgarbage))

-- Any value, a position by level.
for _, value in ipairs {{}, 42, false} do
  local p = proxy(function() error(value) end)
  p = nil
  local ok, message = pcall(collectgarbage)
  print(ok, message == value, type(message))
end
local p = proxy(function() error("at level 2", 2) end)
p = nil
print(pcall(collectgarbage))
p = proxy(function() error("at level 3", 3) end)
p = nil
print(pcall(function()
  collectgarbage()
  return "not reached"
end))
p = proxy(function() local x = nil; return x.field end)
p = nil
print(pcall(collectgarbage, "collect"))

-- A handler sees it where it happens.
p = proxy(function() error("for the handler") end)
p = nil
print(xpcall(collectgarbage, function(message) return "handled: " .. message end))

-- Caught inside, it is nobody's.
p = proxy(function() print(pcall(error, "inside", 0)) end)
p = nil
print(pcall(collectgarbage))

-- In a coroutine it ends the coroutine.
local thread = coroutine.create(function()
  collectgarbage()
  return "not reached"
end)
p = proxy(function() error("in a coroutine", 0) end)
p = nil
print(coroutine.resume(thread))
print(coroutine.status(thread))

-- A finaliser cannot yield.
thread = coroutine.wrap(function()
  print(pcall(collectgarbage))
  return "goes on"
end)
p = proxy(function() coroutine.yield(1) end)
p = nil
print(thread())

-- It can run coroutines.
p = proxy(function()
  local inner = coroutine.wrap(function() coroutine.yield "one" coroutine.yield "two" end)
  print(inner(), inner())
end)
p = nil
collectgarbage()

-- Endless nesting of collections runs into the limit of C calls, and the program goes on.
local depth, deepest = 0, 0
local function nest()
  depth = depth + 1
  deepest = math.max(deepest, depth)
  local child = proxy(nest)
  child = nil
  collectgarbage()
  depth = depth - 1
end
p = proxy(nest)
p = nil
local ok, message = pcall(collectgarbage)
print(ok, message, depth == deepest, deepest)
nest = function() end
