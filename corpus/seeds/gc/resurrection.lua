-- seed: gc/resurrection — what a finaliser sees is alive, and what it saves stays alive
local function proxy(finaliser)
  local made = newproxy(true)
  getmetatable(made).__gc = finaliser
  return made
end

-- The userdata itself.
local saved
local p = proxy(function(self) saved = self end)
local name = tostring(p)
p = nil
collectgarbage()
print(type(saved), tostring(saved) == name)
saved = nil
collectgarbage()
print(saved)

-- What it reaches, through its environment of upvalues.
local weak = setmetatable({}, {__mode = "v"})
do
  local reached = {text = "still here", {deeper = {"and here"}}}
  weak[1] = reached
  weak[2] = reached[1].deeper
  p = proxy(function() print(reached.text, reached[1].deeper[1]) saved = reached[1] end)
end
p = nil
collectgarbage()
print(saved.deeper[1])
collectgarbage()
print(weak[1], weak[2] == saved.deeper)
saved = nil
collectgarbage()
print(weak[1], weak[2])

-- Userdata that die together: each sees the other.
local a, b
local seen = {}
do
  local x, y
  x = proxy(function(self) seen[#seen + 1] = "x sees " .. type(y) .. " " .. tostring(rawequal(self, x)) end)
  y = proxy(function(self) seen[#seen + 1] = "y sees " .. type(x) .. " " .. tostring(rawequal(self, y)) end)
end
collectgarbage()
print(table.concat(seen, ", "))

-- A userdata that had no finaliser when it died, and was saved by another one, never has one.
local calls = {}
do
  local plain = newproxy(true)
  local saver = proxy(function()
    saved = plain
    getmetatable(plain).__gc = function() calls[#calls + 1] = "too late" end
  end)
  saver = nil
end
collectgarbage()
print(type(saved))
saved = nil
collectgarbage()
collectgarbage()
print("calls", #calls)

-- A new userdata in a finaliser waits for the next collection.
local generations = 0
local function again()
  generations = generations + 1
  local child = newproxy(true)
  if generations < 5 then getmetatable(child).__gc = again end
end
p = proxy(again)
p = nil
for i = 1, 8 do
  collectgarbage()
end
print(generations)

-- A thread that only its finaliser reaches goes on.
do
  local thread = coroutine.create(function(x)
    while true do x = coroutine.yield(x * 2) end
  end)
  coroutine.resume(thread, 1)
  p = proxy(function() saved = thread print("resumed", coroutine.resume(thread, 21)) end)
end
p = nil
collectgarbage()
collectgarbage()
print(coroutine.status(saved), coroutine.resume(saved, 4))
