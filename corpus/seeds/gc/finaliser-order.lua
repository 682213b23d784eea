-- seed: gc/finaliser-order — the newest userdata is finalised first, each once, within collectgarbage
local function proxy(name, finaliser)
  local made = newproxy(true)
  getmetatable(made).__gc = finaliser or function(self) print("gc", name, type(self), self == made) end
  return made
end
local log = {}
local function note(name)
  local made = newproxy(true)
  getmetatable(made).__gc = function() log[#log + 1] = name end
  return made
end
local function show(title)
  print(title, #log, table.concat(log, " "))
  log = {}
end

local kept = {note "a", note "b", note "c", note "d"}
kept = nil
collectgarbage()
show "newest first"
collectgarbage()
show "once"

-- Slots that are used again do not change the order.
local old = {}
for i = 1, 6 do old[i] = note("old" .. i) end
old[2], old[4] = nil, nil
collectgarbage()
show "holes"
for i = 1, 3 do old[#old + 1] = note("new" .. i) end
old = nil
collectgarbage()
show "slots used again"

-- Copies of a proxy share the metatable, and so the finaliser.
local first = newproxy(true)
local count = 0
getmetatable(first).__gc = function() count = count + 1 end
local copies = {first}
for i = 2, 10 do copies[i] = newproxy(first) end
first, copies = nil, nil
collectgarbage()
print("copies", count)

-- What a finaliser returns is dropped, and it gets one argument.
local p = newproxy(true)
getmetatable(p).__gc = function(...) print("arguments", select("#", ...)) return 1, 2, 3 end
p = nil
print("results", collectgarbage())

-- A finaliser is called by collectgarbage, also by a step, in the middle of an expression.
local q = note "in an expression"
q = nil
print((function(...) return select("#", ...), ... end)(1, collectgarbage("collect"), 3))
show "expression"
local r = note "in a coroutine"
r = nil
print(coroutine.resume(coroutine.create(function() collectgarbage() return "done" end)))
show "coroutine"

-- One that is called may collect itself, and is called once all the same.
local nested = {note "n1", 0, note "n3"}
local outer = newproxy(true)
getmetatable(outer).__gc = function()
  log[#log + 1] = "outer begins"
  collectgarbage()
  log[#log + 1] = "outer ends"
end
nested[2], nested[4], outer = outer, note "n4", nil
nested = nil
collectgarbage()
show "nested"
collectgarbage()
show "nothing left"
