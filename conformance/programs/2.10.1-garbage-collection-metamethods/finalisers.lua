-- 2.10.1 Garbage-collection metamethods: __gc of userdata (newproxy gives some): order, errors, resurrection.

local log = {}
local function flush(label) print(label, table.concat(log, " ")) log = {} end
local function object(name, extra)
  local u = newproxy(true)
  local mt = getmetatable(u)
  mt.__gc = function(...)
    log[#log + 1] = name .. (select("#", ...) == 1 and "" or "!") .. ((...) == nil and "?" or "")
    if extra then extra(...) end
  end
  mt.__tostring = function() return name end
  return u
end

-- Called once, after the object became garbage, in the reverse order of creation.
do local a = object("a") end
collectgarbage()
flush("one")
collectgarbage()
flush("not again")
do local list = {} for i = 1, 6 do list[i] = object("o" .. i) end end
collectgarbage()
flush("reverse")
do
  local o1, o2, o3 = object("first"), object("second"), object("third")
  o2 = nil
  collectgarbage()
  flush("only the second")
  o1, o3 = nil, nil
  collectgarbage()
  flush("the others")
end

-- What the object refers to is alive while the finaliser runs.
do
  local data = {text = "data"}
  local u = object("holder", function(self) log[#log + 1] = getmetatable(self).data.text end)
  getmetatable(u).data = data
end
collectgarbage()
flush("refers")
-- Objects that refer to each other.
do
  local x, y = object("x"), object("y")
  getmetatable(x).other, getmetatable(y).other = y, x
end
collectgarbage()
flush("cycle")

-- Resurrection: stored again, the object lives on, but is finalised no second time.
local saved
do object("phoenix", function(self) saved = self end) end
collectgarbage()
flush("resurrected")
print(type(saved), tostring(saved))
saved = nil
collectgarbage() collectgarbage()
flush("no second time")

-- One that makes a new object with a finaliser each time.
local generations = 0
local function again() generations = generations + 1 if generations < 4 then object("generation" .. generations, again) end end
object("generation0", again)
for i = 1, 5 do collectgarbage() flush("cycle " .. i) end

-- An error in a finaliser is raised by the call that ran it; the others run in the next cycle's turn.
object("quiet")
object("loud", function() error("from the finaliser", 0) end)
object("quiet2")
print(pcall(collectgarbage))
flush("with an error")
print(pcall(collectgarbage))
flush("after the error")
object("table error", function() error({}) end)
print(select("#", pcall(collectgarbage)), (pcall(collectgarbage)))
flush("table")

-- The metamethod counts if it is there when the metatable's owner is marked as garbage, of any callable or none.
local u = newproxy(true)
getmetatable(u).__gc = true
u = nil
print(pcall(collectgarbage))
u = newproxy(true)
getmetatable(u).__gc = setmetatable({}, {__call = function(_, o) log[#log + 1] = "callable " .. type(o) end})
u = nil
print(pcall(collectgarbage))
flush("callable")
u = newproxy(true)
getmetatable(u).__gc = false
u = nil
print(pcall(collectgarbage))
u = newproxy(true)
getmetatable(u).__gc = function() log[#log + 1] = "old" end
getmetatable(u).__gc = function() log[#log + 1] = "new" end
u = nil
collectgarbage()
flush("replaced")
u = newproxy(true)
getmetatable(u).__gc = function() log[#log + 1] = "removed" end
getmetatable(u).__gc = nil
u = nil
collectgarbage()
flush("removed")
-- A shared metatable: each userdata is finalised for itself.
local prototype = newproxy(true)
getmetatable(prototype).__gc = function() log[#log + 1] = "shared" end
for i = 1, 3 do newproxy(prototype) end
collectgarbage()
flush("shared")
-- Without a metatable there is nothing; tables have no finalisers.
newproxy() newproxy(false)
setmetatable({}, {__gc = function() log[#log + 1] = "table" end})
collectgarbage()
flush("none")

-- In finalisers: globals, coroutines, collections, more garbage, pcall.
object("busy", function()
  for i = 1, 100 do local _ = {i} end
  collectgarbage()
  log[#log + 1] = tostring(select(2, pcall(error, "inside")))
  log[#log + 1] = coroutine.wrap(function() return coroutine.yield("yielded") end)()
  object("from inside")
end)
collectgarbage()
flush("busy")
collectgarbage()
flush("then")
object("yielding", function() coroutine.yield() end)
print(pcall(collectgarbage))
print(coroutine.resume(coroutine.create(function() object("in a coroutine", function() log[#log + 1] = coroutine.running() and "running" or "main" end) collectgarbage() return "done" end)))
flush("coroutine")

-- By themselves, without an explicit collection, in the end.
coroutine.wrap(function() object("automatic") end)() -- not on this stack, whose dead slots would keep it
local rounds = 0
repeat rounds = rounds + 1 local _ = {rounds} until #log > 0 or rounds > 1e6
flush("automatic")

-- Order over several generations of creation: later ones first.
local pool = {}
for i = 1, 10 do pool[i] = object("p" .. i) end
for i = 1, 10, 2 do pool[i] = nil end
collectgarbage()
flush("odd")
pool = nil
collectgarbage()
flush("even")

-- At the end of the program those that are left run, later ones first; errors in them are lost.
function at_exit(name) local o = object(name, function() print("at exit", name) end) return o end
exit1, exit2 = at_exit("one"), at_exit("two")
exit3 = object("failing", function() print("failing at exit") error("lost") end)
exit4 = at_exit("four")
