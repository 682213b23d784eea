-- 5.2 Coroutine manipulation: coroutines together with errors, upvalues, collection, hooks, environments and varargs.

local function clean(v) return (tostring(v):gsub("[^%s'\"<]*%.lua:(%d+)", "here:%1"):gsub("0x%x+", "address")) end

-- Upvalues that live on the stack of a suspended coroutine.
local get, set
local co = coroutine.create(function() local v = 1 get = function() return v end set = function(n) v = n end coroutine.yield(v) coroutine.yield(v) return v end)
print(coroutine.resume(co)) set(10) print(coroutine.resume(co)) set(20) print(get(), coroutine.resume(co)) set(30) print(get(), coroutine.status(co))
-- Of a dead one, of one that failed, of one that was collected.
local survivors = {}
for i = 1, 3 do
  local c = coroutine.wrap(function() local v = "v" .. i survivors[i] = function(n) v = n or v return v end if i == 2 then error("failed") end coroutine.yield() end)
  pcall(c)
end
collectgarbage() collectgarbage()
print(survivors[1](), survivors[2](), survivors[3](), survivors[2]("changed"), survivors[2]())

-- An error unwinds only the coroutine; pcall frames of the others stay.
print(pcall(function()
  local inner = coroutine.create(function() pcall(error, "swallowed") error("from inner", 0) end)
  local ok, m = coroutine.resume(inner)
  return "outer goes on", ok, m
end))
local steps = {}
local machine = coroutine.wrap(function()
  for i = 1, 3 do
    local ok, m = pcall(function() steps[#steps + 1] = "try" .. i if i == 2 then error("two", 0) end end)
    coroutine.yield(i, ok, m)
  end
end)
print(machine()) print(machine()) print(machine()) print(table.concat(steps, " "))

-- Varargs and open calls across yields.
local va = coroutine.wrap(function(...) local function inner(...) coroutine.yield(select("#", ...)) return ... end return inner(inner(...)) end)
print(va(1, 2, 3)) print(va()) print(va())
local many = coroutine.wrap(function(...) coroutine.yield(select("#", ...)) return select("#", unpack({...}, 1, 200)), ... end)
local hundred = {}
for i = 1, 100 do hundred[i] = i end
print(many(unpack(hundred))) print(select("#", many()))

-- Metamethods inside of coroutines, generic for over the coroutine's own state.
local mt = {__index = function(t, k) return k .. "?" end, __add = function(a, b) return "sum" end}
print(coroutine.wrap(function() local t = setmetatable({}, mt) coroutine.yield(t.x) return t + 1 end)())
local fib = coroutine.wrap(function() local a, b = 0, 1 while true do coroutine.yield(a) a, b = b, a + b end end)
local numbers = {}
for v in fib do if v > 100 then break end numbers[#numbers + 1] = v end
print(table.concat(numbers, " "))

-- Unreachable suspended coroutines are collected, with what they hold.
local weak = setmetatable({}, {__mode = "v"})
for i = 1, 100 do
  local c = coroutine.create(function() local held = {} weak[i] = held coroutine.yield() return held end)
  coroutine.resume(c)
end
collectgarbage()
local n = 0
for _ in pairs(weak) do n = n + 1 end
print("left", n <= 1)
-- A cycle of coroutine, closure and table.
do
  local t = {}
  t.co = coroutine.wrap(function() t.self = t.co coroutine.yield(t) end)
  t.co()
  weak.cycle = t
end
collectgarbage()
print(weak.cycle)

-- A scheduler: tasks that wait for each other's messages.
local queue, log = {}, {}
local function spawn(name, f) queue[#queue + 1] = {name = name, co = coroutine.create(f)} end
local boxes = {}
local function send(to, message) boxes[to] = boxes[to] or {} table.insert(boxes[to], message) end
local function receive(me) while not (boxes[me] and boxes[me][1]) do coroutine.yield() end return table.remove(boxes[me], 1) end
spawn("a", function() for i = 1, 3 do send("b", "ping" .. i) log[#log + 1] = receive("a") end send("b", "stop") end)
spawn("b", function() while true do local m = receive("b") log[#log + 1] = m if m == "stop" then return end send("a", m:gsub("ping", "pong")) end end)
spawn("c", function() coroutine.yield() error("c fails", 0) end)
while #queue > 0 do
  local task = table.remove(queue, 1)
  local ok, m = coroutine.resume(task.co)
  if not ok then log[#log + 1] = task.name .. ":" .. m end
  if coroutine.status(task.co) ~= "dead" then queue[#queue + 1] = task end
end
print(table.concat(log, " "))

-- Tracebacks of suspended, running, finished and failed coroutines.
local function inner() coroutine.yield("in") error("failed here") end
local traced = coroutine.create(function() inner() end)
print(clean(debug.traceback(traced))) coroutine.resume(traced) print(clean(debug.traceback(traced))) print(clean(debug.traceback(traced, "message"))) print(clean(debug.traceback(traced, "level", 1))) print(clean(debug.traceback(traced, nil, 5)))
print(clean(select(2, coroutine.resume(traced)))) print(clean(debug.traceback(traced)))
local finished = coroutine.create(function() end)
coroutine.resume(finished)
print(clean(debug.traceback(finished)))

-- getinfo, getlocal, setlocal on another thread.
local inspected = coroutine.create(function(p) local x = p * 2 coroutine.yield() return x end)
coroutine.resume(inspected, 21)
print(debug.getlocal(inspected, 1, 1)) print(debug.getlocal(inspected, 1, 2)) print(debug.getlocal(inspected, 1, 3)) print(debug.setlocal(inspected, 1, 2, "set")) print(coroutine.resume(inspected)) print(pcall(debug.getlocal, inspected, 1, 1))

-- Environments of threads.
local own = coroutine.create(function() return getfenv(0).marker, loadstring("return marker")() end)
debug.setfenv(own, setmetatable({marker = "thread's"}, {__index = _G}))
print(coroutine.resume(own)) print(marker, debug.getfenv(coroutine.create(function() end)) == _G)

-- Very many short ones, and one resumed very often.
local sum = 0
for i = 1, 3000 do sum = sum + coroutine.wrap(function(a) local b = coroutine.yield(a) return a + b end)(i) end
local often = coroutine.wrap(function() local k = 0 while true do k = k + coroutine.yield(k) end end)
often()
for i = 1, 10000 do often(i) end
print(sum, often(0))
